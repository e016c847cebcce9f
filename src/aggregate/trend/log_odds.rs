//! The log-odds scale of Lowe, Benoit, Mikhaylov & Laver (2011).
//!
//! Lives here: position and importance from counts of hits per pole, with two
//! standard errors. May not live here: how hits are counted.
//!
//! The counts of all statements of a cell are added up first: the mean of single
//! statements' logits would mostly show the one half that is added to each count.

use crate::aggregate::bootstrap;
use crate::aggregate::bootstrap::{Cluster, Z};
use crate::model::LogOdds;
use statrs::distribution::{Beta, ContinuousCDF};

/// With fewer hits than this at a pole the normal interval is poor.
const FEW_HITS: f64 = 5.0;
/// From here on the bootstrap error replaces the model's.
pub const OVERDISPERSED: f64 = 2.0;

/// `ln((positive + 0.5) / (negative + 0.5))`.
pub fn position(positive: f64, negative: f64) -> f64 {
    ((positive + 0.5) / (negative + 0.5)).ln()
}

/// `sqrt(1 / (positive + 0.5) + 1 / (negative + 0.5))`, the variance of the
/// empirical logit (Haldane, Anscombe, Gart).
pub fn error(positive: f64, negative: f64) -> f64 {
    (1.0 / (positive + 0.5) + 1.0 / (negative + 0.5)).sqrt()
}

/// How much of the text is about the axis: `ln((positive + negative + 1) / all)`
/// where `all` counts every unit, also those that matched nothing.
pub fn importance(positive: f64, negative: f64, all: f64) -> f64 {
    ((positive + negative + 1.0) / all).ln()
}

/// 95 % interval on the logit scale from the Beta posterior under Jeffreys'
/// prior: right also when a pole has no hit at all.
pub fn beta_interval(positive: f64, negative: f64) -> (f64, f64) {
    let theta = position(positive, negative);
    let reach = Z * error(positive, negative);
    let (Ok(right), Ok(left)) =
        (Beta::new(positive + 0.5, negative + 0.5), Beta::new(negative + 0.5, positive + 0.5))
    else {
        return (theta - reach, theta + reach);
    };
    // The tail near 1 is taken from the mirrored distribution, where no digit
    // is lost.
    let low = right.inverse_cdf(0.025);
    let high = left.inverse_cdf(0.025);
    ((low / (1.0 - low)).ln(), ((1.0 - high) / high).ln())
}

/// The scale for a cell: its clusters' `total` and, where articles were
/// resampled, the totals of the replicates. None without any hit for a pole.
pub fn log_odds(total: Cluster, bootstrap_error: Option<f64>) -> Option<LogOdds> {
    let (positive, negative) = (total.positive, total.negative);
    if positive + negative <= 0.0 {
        return None;
    }
    let value = position(positive, negative);
    let model_error = error(positive, negative);
    let design_effect = bootstrap_error.map(|error| (error / model_error).powi(2));
    let interval = match (bootstrap_error, design_effect) {
        (Some(error), Some(effect)) if effect > OVERDISPERSED => (value - Z * error, value + Z * error),
        _ if positive.min(negative) < FEW_HITS => beta_interval(positive, negative),
        _ => (value - Z * model_error, value + Z * model_error),
    };
    Some(LogOdds {
        positive: positive as usize,
        negative: negative as usize,
        value,
        model_error,
        bootstrap_error,
        design_effect,
        interval,
    })
}

/// The bootstrap error of the scale from the totals of replicates.
pub fn bootstrap_error(replicates: &[Cluster]) -> f64 {
    let values: Vec<f64> = replicates.iter().map(|total| position(total.positive, total.negative)).collect();
    bootstrap::standard_deviation(&values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn golden_values_of_lowe_and_others() {
        let golden = [
            (0.0, 0.0, 0.0, 2.0, -6.473_565, 6.473_565),
            (3.0, 2.0, 0.336_472, 0.828_079, -1.328_445, 2.261_170),
            (10.0, 1.0, 1.945_910, 0.872_872, 0.605_984, 4.595_983),
            (40.0, 20.0, 0.680_877, 0.271_057, 0.167_445, 1.242_058),
        ];
        for (right, left, theta, se, low, high) in golden {
            let found = (position(right, left), error(right, left), beta_interval(right, left));
            assert!((found.0 - theta).abs() < 1e-6, "{found:?}");
            assert!((found.1 - se).abs() < 1e-6, "{found:?}");
            assert!((found.2.0 - low).abs() < 1e-5, "({right},{left}) {found:?}");
            assert!((found.2.1 - high).abs() < 1e-5, "({right},{left}) {found:?}");
        }
        assert!((position(1.0, 0.0) - 1.098_612).abs() < 1e-6);
        assert!((error(1.0, 0.0) - 1.632_993).abs() < 1e-6);
        assert!((importance(12.0, 4.0, 1000.0) + 4.074_542).abs() < 1e-6);
    }

    #[test]
    fn swapping_the_poles_turns_the_scale() {
        let (low, high) = beta_interval(7.0, 1.0);
        let turned = beta_interval(1.0, 7.0);
        assert!((low + turned.1).abs() < 1e-9 && (high + turned.0).abs() < 1e-9);
    }

    #[test]
    fn dependent_matches_take_the_bootstrap_error() {
        let total = Cluster { sum: 0.0, count: 1.0, positive: 40.0, negative: 20.0 };
        let found = log_odds(total, Some(0.5)).unwrap();
        assert!(found.design_effect.unwrap() > 3.0);
        assert!((found.interval.1 - (0.680_877 + Z * 0.5)).abs() < 1e-6);
        assert_eq!(log_odds(Cluster::default(), None), None);
    }
}
