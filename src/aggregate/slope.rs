//! Is there a steady drift?
//!
//! Lives here: the Theil-Sen slope and the Mann-Kendall test (Mann 1945, Kendall
//! 1975, Sen 1968), with the variance of Hamed & Rao (1998) for autocorrelated
//! series. May not live here: breaks of level (see `steps`).
//!
//! Not to be believed for a series that goes up and down again: the test looks
//! for one direction.

use super::bootstrap::Z;
use statrs::distribution::{ContinuousCDF, Normal};

/// Below so many periods the p of S is counted out, not taken as normal.
const EXACT_BELOW: usize = 8;

/// Slope and test of one series.
#[derive(Debug, Clone, PartialEq)]
pub struct Drift {
    /// Median of pairwise slopes, in units of y per unit of t.
    pub slope: f64,
    /// 95 % interval of the slope (the rule that SciPy uses).
    pub interval: (f64, f64),
    /// `median(y) - slope * median(t)`.
    pub intercept: f64,
    /// Rising less falling pairs.
    pub s: i64,
    /// Variance of S without a trend, ties counted.
    pub variance: f64,
    /// Standardised S, continuity corrected.
    pub z: f64,
    /// Two-sided normal p.
    pub normal_p: f64,
    /// Two-sided p counted over all orders; below 8 periods.
    pub exact_p: Option<f64>,
    /// S as a share of all pairs.
    pub tau: f64,
    /// Variance corrected for autocorrelation.
    pub corrected_variance: f64,
    /// z with that variance.
    pub corrected_z: f64,
    /// Its two-sided p.
    pub corrected_p: f64,
}

/// Slope and test of y over times t, which rise. None below 3 points.
pub fn drift(t: &[f64], y: &[f64]) -> Option<Drift> {
    let n = y.len();
    if n < 3 || t.len() != n {
        return None;
    }
    let mut slopes = Vec::with_capacity(n * (n - 1) / 2);
    for i in 0..n {
        for j in i + 1..n {
            if t[j] > t[i] {
                slopes.push((y[j] - y[i]) / (t[j] - t[i]));
            }
        }
    }
    slopes.sort_by(f64::total_cmp);
    let slope = median(&slopes);
    let intercept = median(&sorted(y)) - slope * median(&sorted(t));
    let s = kendall(y);
    let variance = variance(y);
    let (z, normal_p) = standardise(s, variance);
    let corrected_variance = variance * autocorrelation_factor(t, y, slope);
    let (corrected_z, corrected_p) = standardise(s, corrected_variance);
    let pairs = (n * (n - 1)) as f64 / 2.0;
    Some(Drift {
        slope,
        interval: slope_interval(&slopes, variance),
        intercept,
        s,
        variance,
        z,
        normal_p,
        exact_p: (n < EXACT_BELOW).then(|| exact(y, s)),
        tau: s as f64 / pairs,
        corrected_variance,
        corrected_z,
        corrected_p,
    })
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

fn median(sorted: &[f64]) -> f64 {
    match sorted.len() {
        0 => 0.0,
        n if n % 2 == 1 => sorted[n / 2],
        n => (sorted[n / 2 - 1] + sorted[n / 2]) / 2.0,
    }
}

fn kendall(y: &[f64]) -> i64 {
    let mut s = 0;
    for i in 0..y.len() {
        for j in i + 1..y.len() {
            s += i64::from(y[j] > y[i]) - i64::from(y[j] < y[i]);
        }
    }
    s
}

/// `[n(n-1)(2n+5) - sum of t(t-1)(2t+5) over ties] / 18`.
fn variance(y: &[f64]) -> f64 {
    let term = |n: f64| n * (n - 1.0) * (2.0 * n + 5.0);
    let sorted = sorted(y);
    let ties: f64 = sorted.chunk_by(|a, b| a == b).map(|tie| term(tie.len() as f64)).sum();
    (term(y.len() as f64) - ties) / 18.0
}

fn standardise(s: i64, variance: f64) -> (f64, f64) {
    if s == 0 || variance <= 0.0 {
        return (0.0, 1.0);
    }
    let z = (s - s.signum()) as f64 / variance.sqrt();
    (z, 2.0 * Normal::standard().sf(z.abs()))
}

/// Hamed & Rao's factor from the autocorrelation of the ranks of the series
/// without its slope, only lags that are significant at 5 %.
fn autocorrelation_factor(t: &[f64], y: &[f64], slope: f64) -> f64 {
    let n = y.len();
    let detrended: Vec<f64> = y.iter().zip(t).map(|(y, t)| y - slope * t).collect();
    let ranks = ranks(&detrended);
    let mean = ranks.iter().sum::<f64>() / n as f64;
    let spread: f64 = ranks.iter().map(|rank| (rank - mean).powi(2)).sum();
    if spread <= 0.0 {
        return 1.0;
    }
    let bound = Z / (n as f64).sqrt();
    let mut sum = 0.0;
    for lag in 1..n {
        let together: f64 = (0..n - lag).map(|i| (ranks[i] - mean) * (ranks[i + lag] - mean)).sum();
        let correlation = together / spread;
        if correlation.abs() > bound {
            let left = (n - lag) as f64;
            sum += left * (left - 1.0) * (left - 2.0) * correlation;
        }
    }
    let n = n as f64;
    let factor = 1.0 + 2.0 / (n * (n - 1.0) * (n - 2.0)) * sum;
    // Strong negative autocorrelation can make the estimate negative.
    if factor > 0.0 { factor } else { 1.0 }
}

/// Ranks from 1, ties share the mean of theirs.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut at = 0;
    for tie in order.chunk_by(|a, b| values[*a] == values[*b]) {
        let rank = at as f64 + (tie.len() as f64 + 1.0) / 2.0;
        for index in tie {
            ranks[*index] = rank;
        }
        at += tie.len();
    }
    ranks
}

fn slope_interval(slopes: &[f64], variance: f64) -> (f64, f64) {
    let count = slopes.len() as f64;
    let reach = Z * variance.sqrt();
    let last = slopes.len() as i64 - 1;
    // Half to even, as Python rounds.
    let low = (((count - reach) / 2.0).round_ties_even() as i64 - 1).clamp(0, last);
    let high = (((count + reach) / 2.0).round_ties_even() as i64).clamp(0, last);
    (slopes[low as usize], slopes[high as usize])
}

/// The share of all orders of the values with an S as far from 0.
fn exact(y: &[f64], s: i64) -> f64 {
    let (mut extreme, mut all) = (0u32, 0u32);
    let mut order = y.to_vec();
    orders(&mut order, 0, &mut |order| {
        all += 1;
        extreme += u32::from(kendall(order).abs() >= s.abs());
    });
    f64::from(extreme) / f64::from(all)
}

fn orders(values: &mut [f64], from: usize, visit: &mut dyn FnMut(&[f64])) {
    if from == values.len() {
        return visit(values);
    }
    for other in from..values.len() {
        values.swap(from, other);
        orders(values, from + 1, visit);
        values.swap(from, other);
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// The series by which METHODS, SciPy and strucchange were compared.
    pub const GOLDEN: [f64; 17] = [
        0.62, 0.55, 0.60, 0.41, 0.38, 0.45, 0.20, 0.11, 0.25, -0.05, -0.12, 0.02, -0.20, -0.31, -0.28, -0.35,
        -0.40,
    ];

    fn near(found: f64, wanted: f64) {
        assert!((found / wanted - 1.0).abs() < 1e-6, "{found} instead of {wanted}");
    }

    #[test]
    fn golden_values_of_mann_kendall_and_theil_sen() {
        let t: Vec<f64> = (0..17).map(f64::from).collect();
        let found = drift(&t, &GOLDEN).unwrap();
        assert_eq!(found.s, -120);
        near(found.variance, 589.333_333_3);
        near(found.z, -4.901_923_2);
        near(found.normal_p, 9.490_318e-7);
        near(found.tau, -0.882_352_94);
        near(found.slope, -0.069_166_67);
        near(found.intercept, 0.663_333_33);
        near(found.interval.0, -0.075);
        near(found.interval.1, -0.060);
        near(found.corrected_variance, 803.569_9);
        near(found.corrected_z, -4.197_929);
        near(found.corrected_p, 2.693_667e-5);
        assert_eq!(found.exact_p, None);
    }

    #[test]
    fn few_periods_are_counted_out() {
        let t = [0.0, 1.0, 2.0, 3.0];
        let rising = drift(&t, &[0.1, 0.2, 0.3, 0.4]).unwrap();
        // One rising and one falling order of 24.
        near(rising.exact_p.unwrap(), 2.0 / 24.0);
        assert_eq!(drift(&t[..2], &[0.0, 1.0]), None);
        let flat = drift(&t, &[0.5; 4]).unwrap();
        assert_eq!((flat.s, flat.z, flat.exact_p), (0, 0.0, Some(1.0)));
    }

    #[test]
    fn missing_periods_keep_their_distance() {
        let found = drift(&[2000.0, 2001.0, 2010.0], &[0.0, 0.1, 1.0]).unwrap();
        near(found.slope, 0.1);
    }
}
