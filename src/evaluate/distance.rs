//! Order and distance of two series: Spearman, Pearson, Lin, MAE, bias.
//!
//! Spearman (1904) is Pearson's r of mid-ranks: do both put the statements in
//! the same order? Lin's concordance (1989, Biometrics 45) = 2 s_xy / (s_x² +
//! s_y² + (x̄ - ȳ)²) asks for the same values, not just the same order; it
//! falls when the program is timid or shifted. Mean absolute error and bias (Bland
//! & Altman 1986, Lancet) are in units of the score, so 2 is from pole to pole.
//! When not to believe them: many equal codes make ranks coarse, and below some 30
//! statements a correlation is hardly more than a guess.

/// Fewer pairs than this give no correlation.
const LEAST: usize = 3;

/// Pearson's r in [-1, 1]; None below 3 pairs or when a side does not vary.
pub fn pearson(pairs: &[(f64, f64)]) -> Option<f64> {
    let moments = Moments::of(pairs)?;
    let both = moments.xx * moments.yy;
    (both > 0.0).then(|| (moments.xy / both.sqrt()).clamp(-1.0, 1.0))
}

/// Spearman's rho in [-1, 1], equal values share their mean rank; None as for
/// Pearson.
pub fn spearman(pairs: &[(f64, f64)]) -> Option<f64> {
    let ranks = |values: Vec<f64>| {
        let mut sorted = values.clone();
        sorted.sort_by(f64::total_cmp);
        let rank = move |value: f64| {
            let below = sorted.partition_point(|other| *other < value);
            let upto = sorted.partition_point(|other| *other <= value);
            (below + upto + 1) as f64 / 2.0
        };
        values.into_iter().map(rank).collect::<Vec<f64>>()
    };
    let one = ranks(pairs.iter().map(|pair| pair.0).collect());
    let two = ranks(pairs.iter().map(|pair| pair.1).collect());
    pearson(&one.into_iter().zip(two).collect::<Vec<_>>())
}

/// Lin's concordance in [-1, 1]; None as for Pearson.
pub fn concordance(pairs: &[(f64, f64)]) -> Option<f64> {
    let moments = Moments::of(pairs)?;
    let below = moments.xx + moments.yy + (moments.x - moments.y).powi(2);
    (moments.xx > 0.0 && moments.yy > 0.0).then(|| 2.0 * moments.xy / below)
}

/// Mean absolute difference; None without pairs.
pub fn mean_absolute_error(pairs: &[(f64, f64)]) -> Option<f64> {
    mean(pairs.iter().map(|(x, y)| (x - y).abs()))
}

/// Mean of second minus first: above 0 when the second leans to the positive
/// pole. None without pairs.
pub fn bias(pairs: &[(f64, f64)]) -> Option<f64> {
    mean(pairs.iter().map(|(x, y)| y - x))
}

/// The mean; None of nothing.
pub fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0usize), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / count as f64)
}

/// Means, variances and covariance (divided by n, as Lin does).
struct Moments {
    x: f64,
    y: f64,
    xx: f64,
    yy: f64,
    xy: f64,
}

impl Moments {
    fn of(pairs: &[(f64, f64)]) -> Option<Moments> {
        if pairs.len() < LEAST {
            return None;
        }
        let x = mean(pairs.iter().map(|pair| pair.0))?;
        let y = mean(pairs.iter().map(|pair| pair.1))?;
        Some(Moments {
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
        assert_eq!((mean_absolute_error(&shifted), bias(&shifted)), (Some(1.0), Some(1.0)));
    }

    #[test]
    fn nothing_to_compare_is_no_number() {
        assert_eq!(spearman(&[(1.0, 2.0), (2.0, 3.0)]), None);
        assert_eq!(spearman(&[(1.0, 0.0), (2.0, 0.0), (3.0, 0.0)]), None);
        assert_eq!(mean_absolute_error(&[]), None);
    }
}
