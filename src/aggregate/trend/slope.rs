//! Is there a steady drift? The Theil-Sen slope and the Mann-Kendall test (Mann 1945,
//! Kendall 1975, Sen 1968), with the variance of Hamed & Rao (1998) for autocorrelated
//! series.
//!
//! The variance is only ever made larger. Hamed & Rao, and the packages that
//! follow them, let neighbours that alternate make it smaller too; in series as
//! short as ours such alternation is mostly chance, and the correction then finds
//! a drift in noise.
//!
//! Not to be believed for a series that goes up and down again: the test looks
//! for one direction.

use crate::stats::correlation::ranks;
use crate::stats::interval::Interval;
use crate::stats::quantile::{NORMAL_975, median};
use statrs::distribution::{ContinuousCDF, Normal};

/// Below this number of periods the p of S is exact instead of normal.
const EXACT_BELOW: usize = 8;
/// Below this number of periods autocorrelation cannot be distinguished from chance, and
/// the variance is not corrected.
const CORRECTED_FROM: usize = 10;

/// Slope and test of one series.
#[derive(Debug, Clone, PartialEq)]
pub struct Drift {
    /// Median of pairwise slopes, in units of y per unit of t.
    pub slope: f64,
    /// 95 % interval of the slope (the rule that SciPy uses).
    pub interval: Interval,
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
    /// Exact two-sided p over all orders; only below 8 periods.
    pub exact_p: Option<f64>,
    /// S as a share of all pairs.
    pub tau: f64,
    /// The same with the variance corrected for autocorrelation; None below 10
    /// periods.
    pub corrected: Option<Corrected>,
}

/// The test of a series whose neighbours are alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Corrected {
    /// Variance of S, never below the plain one.
    pub variance: f64,
    /// S standardised with it.
    pub z: f64,
    /// Its two-sided normal p.
    pub p: f64,
}

/// Slope and test of y over times t, which rise. None below 3 points or when all times are
/// equal.
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
    let slope = median(&slopes)?;
    let intercept = median(&sorted(y))? - slope * median(&sorted(t))?;
    let s = kendall(y);
    let variance = variance(y);
    let (z, normal_p) = standardise(s, variance);
    let corrected = (n >= CORRECTED_FROM).then(|| {
        let variance = variance * autocorrelation_factor(t, y, slope).max(1.0);
        let (z, p) = standardise(s, variance);
        Corrected { variance, z, p }
    });
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
        corrected,
    })
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
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
/// without its slope, only lags that are significant at 5 %. Below 1, even below
/// 0, where neighbours alternate.
fn autocorrelation_factor(t: &[f64], y: &[f64], slope: f64) -> f64 {
    let n = y.len();
    let detrended: Vec<f64> = y.iter().zip(t).map(|(y, t)| y - slope * t).collect();
    let ranks = ranks(&detrended);
    let mean = ranks.iter().sum::<f64>() / n as f64;
    let spread: f64 = ranks.iter().map(|rank| (rank - mean).powi(2)).sum();
    if spread <= 0.0 {
        return 1.0;
    }
    let bound = NORMAL_975 / (n as f64).sqrt();
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
    1.0 + 2.0 / (n * (n - 1.0) * (n - 2.0)) * sum
}

fn slope_interval(slopes: &[f64], variance: f64) -> Interval {
    let count = slopes.len() as f64;
    let reach = NORMAL_975 * variance.sqrt();
    let last = slopes.len() as i64 - 1;
    // Half to even, as Python rounds.
    let low = (((count - reach) / 2.0).round_ties_even() as i64 - 1).clamp(0, last);
    let high = (((count + reach) / 2.0).round_ties_even() as i64).clamp(0, last);
    Interval { low: slopes[low as usize], high: slopes[high as usize] }
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
    use crate::stats::draws::Key;

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
        near(found.interval.low, -0.075);
        near(found.interval.high, -0.060);
        let corrected = found.corrected.unwrap();
        near(corrected.variance, 803.569_9);
        near(corrected.z, -4.197_929);
        near(corrected.p, 2.693_667e-5);
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
    fn neighbours_that_alternate_make_nothing_clearer() {
        let t: Vec<f64> = (0..12).map(f64::from).collect();
        let y: Vec<f64> =
            (0..12).map(|i| f64::from(i) * 0.03 + if i % 2 == 0 { 0.3 } else { -0.3 }).collect();
        let found = drift(&t, &y).unwrap();
        assert!(autocorrelation_factor(&t, &y, found.slope) < 0.5);
        assert_eq!(found.corrected.unwrap().p, found.normal_p);
        assert!(found.normal_p > 0.05, "{found:?}");
        // Nine periods are too few to say how neighbours hang together.
        assert_eq!(drift(&t[..9], &y[..9]).unwrap().corrected, None);
    }

    /// Shares of series without a drift in which the plain and the corrected test
    /// find one at 5 %; each value holds on to `carried` of the one before.
    fn rejections(n: usize, carried: f64) -> (f64, f64) {
        const SERIES: usize = 4000;
        let t: Vec<f64> = (0..n).map(|t| t as f64).collect();
        let (mut plain, mut corrected) = (0usize, 0usize);
        for series in 0..SERIES {
            let mut draws =
                Key::new(11, &["no drift", &n.to_string(), &carried.to_string()]).replicate(series);
            let mut normal = || Normal::standard().inverse_cdf(draws.unit().max(1e-12));
            let mut last = normal() / (1.0 - carried * carried).sqrt();
            let y: Vec<f64> = (0..n)
                .map(|_| {
                    last = carried * last + normal();
                    last
                })
                .collect();
            let found = drift(&t, &y).unwrap();
            let p = found.exact_p.unwrap_or(found.normal_p);
            plain += usize::from(p < 0.05);
            corrected += usize::from(found.corrected.map_or(p, |found| found.p) < 0.05);
        }
        (plain as f64 / SERIES as f64, corrected as f64 / SERIES as f64)
    }

    #[test]
    fn noise_drifts_in_one_of_twenty_series_at_most() {
        for n in [6, 8, 9, 10, 12, 20, 40] {
            let (plain, corrected) = rejections(n, 0.0);
            println!("{n} periods of noise: plain {plain:.3}, corrected {corrected:.3}");
            assert!((0.01..0.06).contains(&plain), "{n}: {plain}");
            assert!(corrected <= plain, "{n}: {corrected}");
        }
    }

    /// The correction comes into its own late: up to twenty periods it hardly
    /// helps, and no test here does.
    #[test]
    fn what_lingers_is_taken_for_a_drift_less_often_in_long_series() {
        for n in [12, 20, 40] {
            let (plain, corrected) = rejections(n, 0.5);
            println!("{n} periods that hold on to half: plain {plain:.3}, corrected {corrected:.3}");
            assert!(plain > 0.12 && corrected <= plain, "{n}: {plain} {corrected}");
            assert!(n < 40 || corrected < plain - 0.03, "{n}: {plain} {corrected}");
        }
    }

    #[test]
    fn missing_periods_keep_their_distance() {
        let found = drift(&[2000.0, 2001.0, 2010.0], &[0.0, 0.1, 1.0]).unwrap();
        near(found.slope, 0.1);
    }
}
