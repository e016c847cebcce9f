//! Correlation of two series: Pearson, Spearman, Lin.
//!
//! Spearman (1904) is Pearson's r of mid-ranks: do both put the values in the same order?
//! Lin's concordance (1989, Biometrics 45) = 2 s_xy / (s_x² + s_y² + (x̄ - ȳ)²) asks for the
//! same values, not just the same order. When not to believe them: many equal values make
//! ranks coarse, and below some 30 pairs a correlation is hardly more than a guess.

use crate::stats::moments::mean;

/// Fewer pairs than this give no correlation.
const LEAST_PAIRS: usize = 3;

/// Pearson's r in [-1, 1]; None below 3 pairs or when a side does not vary.
pub fn pearson(pairs: &[(f64, f64)]) -> Option<f64> {
    let spread = Spread::of(pairs)?;
    let both = spread.xx * spread.yy;
    (both > 0.0).then(|| (spread.xy / both.sqrt()).clamp(-1.0, 1.0))
}

/// Spearman's rho in [-1, 1], equal values share their mean rank; None as for Pearson.
pub fn spearman(pairs: &[(f64, f64)]) -> Option<f64> {
    let one = ranks(&pairs.iter().map(|pair| pair.0).collect::<Vec<_>>());
    let two = ranks(&pairs.iter().map(|pair| pair.1).collect::<Vec<_>>());
    pearson(&one.into_iter().zip(two).collect::<Vec<_>>())
}

/// The same of values that are given as their index among the different values of each
/// side: linear in the number of pairs, for the many replicates of a bootstrap.
pub fn spearman_of_indices(pairs: &[(usize, usize)]) -> Option<f64> {
    let ranks = |of: &dyn Fn(&(usize, usize)) -> usize| {
        let mut counts = vec![0usize; pairs.iter().map(of).max().map_or(0, |most| most + 1)];
        pairs.iter().for_each(|pair| counts[of(pair)] += 1);
        ranks_of_counts(&counts)
    };
    let (one, two) = (ranks(&|pair| pair.0), ranks(&|pair| pair.1));
    pearson(&pairs.iter().map(|pair| (one[pair.0], two[pair.1])).collect::<Vec<_>>())
}

/// Lin's concordance in [-1, 1]; None as for Pearson.
pub fn concordance(pairs: &[(f64, f64)]) -> Option<f64> {
    let spread = Spread::of(pairs)?;
    let below = spread.xx + spread.yy + (spread.x - spread.y).powi(2);
    (spread.xx > 0.0 && spread.yy > 0.0).then(|| 2.0 * spread.xy / below)
}

/// Ranks from 1; equal values share the mean of their ranks.
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0;
    for tie in order.chunk_by(|a, b| values[*a] == values[*b]) {
        let rank = before as f64 + (tie.len() as f64 + 1.0) / 2.0;
        tie.iter().for_each(|index| ranks[*index] = rank);
        before += tie.len();
    }
    ranks
}

/// The shared rank of each of the different values, from how often each occurs, in rising
/// order.
pub fn ranks_of_counts(counts: &[usize]) -> Vec<f64> {
    let mut below = 0;
    let rank = |count: &usize| {
        below += count;
        (2 * below - count + 1) as f64 / 2.0
    };
    counts.iter().map(rank).collect()
}

/// Means, variances and covariance (divided by n, as Lin does).
struct Spread {
    x: f64,
    y: f64,
    xx: f64,
    yy: f64,
    xy: f64,
}

impl Spread {
    fn of(pairs: &[(f64, f64)]) -> Option<Spread> {
        if pairs.len() < LEAST_PAIRS {
            return None;
        }
        let x = mean(pairs.iter().map(|pair| pair.0))?;
        let y = mean(pairs.iter().map(|pair| pair.1))?;
        Some(Spread {
            x,
            y,
            xx: mean(pairs.iter().map(|pair| (pair.0 - x).powi(2)))?,
            yy: mean(pairs.iter().map(|pair| (pair.1 - y).powi(2)))?,
            xy: mean(pairs.iter().map(|pair| (pair.0 - x) * (pair.1 - y)))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_by_hand() {
        // Ranks 1 2 3 4 against 1 2.5 2.5 4: r = 4.5 / sqrt(5 * 4.5).
        let pairs = [(1.0, 10.0), (2.0, 20.0), (3.0, 20.0), (9.0, 21.0)];
        assert!((spearman(&pairs).unwrap() - 4.5 / 22.5f64.sqrt()).abs() < 1e-12);
        // A constant shift of 1: variance 2/3, so 2 · 2/3 / (4/3 + 1) = 4/7.
        let shifted = [(0.0, 1.0), (1.0, 2.0), (2.0, 3.0)];
        assert_eq!(pearson(&shifted), Some(1.0));
        assert!((concordance(&shifted).unwrap() - 4.0 / 7.0).abs() < 1e-12);
        assert_eq!(ranks(&[3.0, 1.0, 3.0, 2.0]), [3.5, 1.0, 3.5, 2.0]);
    }

    #[test]
    fn indices_give_what_values_give() {
        let indices = [(0, 0), (1, 1), (2, 1), (3, 2), (1, 1), (0, 2)];
        let values: Vec<(f64, f64)> =
            indices.iter().map(|(x, y)| (f64::from(*x as u8), f64::from(*y as u8))).collect();
        let (one, two) = (spearman_of_indices(&indices).unwrap(), spearman(&values).unwrap());
        assert!((one - two).abs() < 1e-12);
        assert_eq!(spearman_of_indices(&[]), None);
    }

    #[test]
    fn nothing_to_compare_is_no_number() {
        assert_eq!(spearman(&[(1.0, 2.0), (2.0, 3.0)]), None);
        assert_eq!(spearman(&[(1.0, 0.0), (2.0, 0.0), (3.0, 0.0)]), None);
        assert_eq!(concordance(&[]), None);
    }
}
