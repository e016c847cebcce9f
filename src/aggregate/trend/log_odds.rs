//! The log-odds scale of a cell (see `stats::log_odds`) with two standard errors: that of
//! independent hits and that of resampled articles.

use crate::aggregate::bootstrap::Cluster;
use crate::model::{IntervalBasis, LogOdds};
use crate::stats::interval::Interval;
use crate::stats::log_odds;
use crate::stats::log_odds::Made;
use crate::stats::moments::standard_deviation;

/// Design effect above which the bootstrap error replaces the model's.
pub const OVERDISPERSED: f64 = 2.0;

/// The scale for a cell: its clusters' `total` and, where articles were
/// resampled, the totals of the replicates. None without any hit for a pole.
pub fn log_odds(total: Cluster, bootstrap_error: Option<f64>) -> Option<LogOdds> {
    let (positive, negative) = (total.positive, total.negative);
    let value = log_odds::position(positive, negative)?;
    let model_error = log_odds::error(positive, negative);
    let design_effect = bootstrap_error.map(|error| (error / model_error).powi(2));
    let (interval, basis) = match (bootstrap_error, design_effect) {
        (Some(error), Some(effect)) if effect > OVERDISPERSED => {
            (Interval::normal(value, error), IntervalBasis::Articles)
        }
        _ => match log_odds::interval(positive, negative) {
            Made::Beta(interval) => (interval, IntervalBasis::Beta),
            Made::Normal(interval) => (interval, IntervalBasis::Normal),
        },
    };
    Some(LogOdds {
        positive: positive as usize,
        negative: negative as usize,
        value,
        model_error,
        bootstrap_error,
        design_effect,
        interval: interval.ends(),
        basis,
    })
}

/// The bootstrap error of the scale from the totals of replicates; None below 2 replicates
/// with a hit.
pub fn bootstrap_error(replicates: &[Cluster]) -> Option<f64> {
    let position = |total: &Cluster| log_odds::position(total.positive, total.negative);
    standard_deviation(&replicates.iter().filter_map(position).collect::<Vec<f64>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::quantile::NORMAL_975;

    #[test]
    fn dependent_matches_take_the_bootstrap_error() {
        let total = Cluster { sum: 0.0, count: 1.0, positive: 40.0, negative: 20.0 };
        let found = log_odds(total, Some(0.5)).unwrap();
        assert!(found.design_effect.unwrap() > 3.0);
        assert!((found.interval.1 - (0.680_877 + NORMAL_975 * 0.5)).abs() < 1e-6);
        assert_eq!(found.basis, IntervalBasis::Articles);
        assert_eq!(log_odds(total, None).map(|found| found.basis), Some(IntervalBasis::Normal));
        assert_eq!(log_odds(Cluster::default(), None), None);
    }
}
