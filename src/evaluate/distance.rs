//! Distance of scores from codes, in units of the score, so that 2 is from pole to pole.

use crate::stats::interval::Interval;
use crate::stats::moments::{mean, standard_deviation};

/// Fewer pairs than this have no limits of agreement.
const LEAST_PAIRS: usize = 3;

/// Mean absolute difference; None without pairs.
pub fn mean_absolute_error(pairs: &[(f64, f64)]) -> Option<f64> {
    mean(pairs.iter().map(|(x, y)| (x - y).abs()))
}

/// Limits of agreement (Bland & Altman 1986, Lancet): the mean of second minus first, less and more 1.96 of
/// its standard deviations (divisor n - 1). 95 % of the differences lie within if
/// they are normal. None below 3 pairs.
pub fn limits(pairs: &[(f64, f64)]) -> Option<Interval> {
    if pairs.len() < LEAST_PAIRS {
        return None;
    }
    let differences: Vec<f64> = pairs.iter().map(|(x, y)| y - x).collect();
    let bias = mean(differences.iter().copied())?;
    Some(Interval::normal(bias, standard_deviation(&differences)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::quantile::NORMAL_975;

    #[test]
    fn values_by_hand() {
        let shifted = [(0.0, 1.0), (1.0, 2.0), (2.0, 3.0)];
        assert_eq!(mean_absolute_error(&shifted), Some(1.0));
        assert_eq!(limits(&shifted).map(Interval::ends), Some((1.0, 1.0)));
        // Differences -1, 0, 1: mean 0, standard deviation 1.
        let found = limits(&[(1.0, 0.0), (0.0, 0.0), (0.0, 1.0)]).unwrap();
        assert_eq!(found.ends(), (-NORMAL_975, NORMAL_975));
    }

    #[test]
    fn nothing_to_compare_is_no_number() {
        assert_eq!(mean_absolute_error(&[]), None);
        assert_eq!(limits(&[(1.0, 2.0), (2.0, 3.0)]), None);
    }
}
