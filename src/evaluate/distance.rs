//! Order and distance of two series: Spearman, Pearson, Lin, MAE, limits.
//!
//! Spearman (1904) is Pearson's r of mid-ranks: do both put the statements in
//! the same order? Lin's concordance (1989, Biometrics 45) = 2 s_xy / (s_x² +
//! s_y² + (x̄ - ȳ)²) asks for the same values, not just the same order; it
//! falls when the program is timid or shifted. Mean absolute error and limits of
//! agreement (Bland & Altman 1986, Lancet) are in units of the score, so 2 is from pole to pole.
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

/// The same of values that are given as their index among the different values
/// of each side: linear in the number of pairs, for the many replicates of a
/// bootstrap.
pub fn spearman_of_ranks(pairs: &[(usize, usize)]) -> Option<f64> {
    let middle = |of: &dyn Fn(&(usize, usize)) -> usize| {
        let mut counts = vec![0usize; pairs.iter().map(of).max().map_or(0, |most| most + 1)];
        pairs.iter().for_each(|pair| counts[of(pair)] += 1);
        let mut below = 0;
        counts
            .into_iter()
            .map(|count| {
                below += count;
                (2 * below - count + 1) as f64 / 2.0
            })
            .collect::<Vec<f64>>()
    };
    let (one, two) = (middle(&|pair| pair.0), middle(&|pair| pair.1));
    pearson(&pairs.iter().map(|pair| (one[pair.0], two[pair.1])).collect::<Vec<_>>())
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

/// Limits of agreement: the mean of second minus first, less and more 1.96 of
/// its standard deviations (divisor n - 1). 95 % of the differences lie within if
/// they are normal. None below 3 pairs.
pub fn limits(pairs: &[(f64, f64)]) -> Option<(f64, f64)> {
    if pairs.len() < LEAST {
        return None;
    }
    let bias = mean(pairs.iter().map(|(x, y)| y - x))?;
    let squares: f64 = pairs.iter().map(|(x, y)| (y - x - bias).powi(2)).sum();
    let reach = 1.96 * (squares / (pairs.len() - 1) as f64).sqrt();
    Some((bias - reach, bias + reach))
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
        assert_eq!(mean_absolute_error(&shifted), Some(1.0));
        assert_eq!(limits(&shifted), Some((1.0, 1.0)));
        // Differences -1, 0, 1: mean 0, standard deviation 1.
        assert_eq!(limits(&[(1.0, 0.0), (0.0, 0.0), (0.0, 1.0)]), Some((-1.96, 1.96)));
    }

    #[test]
    fn ranks_do_what_values_do() {
        let indices = [(0, 0), (1, 1), (2, 1), (3, 2), (1, 1), (0, 2)];
        let values: Vec<(f64, f64)> =
            indices.iter().map(|(x, y)| (f64::from(*x as u8), f64::from(*y as u8))).collect();
        let (one, two) = (spearman_of_ranks(&indices).unwrap(), spearman(&values).unwrap());
        assert!((one - two).abs() < 1e-12);
        assert_eq!(spearman_of_ranks(&[]), None);
    }

    #[test]
    fn nothing_to_compare_is_no_number() {
        assert_eq!(spearman(&[(1.0, 2.0), (2.0, 3.0)]), None);
        assert_eq!(spearman(&[(1.0, 0.0), (2.0, 0.0), (3.0, 0.0)]), None);
        assert_eq!(mean_absolute_error(&[]), None);
        assert_eq!(limits(&[(1.0, 2.0), (2.0, 3.0)]), None);
    }
}
