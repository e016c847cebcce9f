//! The log-odds scale of Lowe, Benoit, Mikhaylov & Laver (2011, Legislative Studies
//! Quarterly 36): position, standard error, interval and importance from counts on two poles.
//!
//! Of several statements the counts are added up first: a mean of single logits mostly shows
//! the half that is added to each count. The published errors are simulated; the error here is
//! that of the empirical logit. It takes counts for independent, so that where counts of one
//! article hang together it is too small and the bootstrap over articles is to be used.

use crate::stats::beta;
use crate::stats::interval::Interval;

/// With fewer counts than this on a pole the normal interval is poor.
const FEW_COUNTS: f64 = 5.0;

/// `ln((positive + 0.5) / (negative + 0.5))`; 0 is balance. None when nothing was counted.
pub fn position(positive: f64, negative: f64) -> Option<f64> {
    (positive + negative > 0.0).then(|| logit(positive, negative))
}

fn logit(positive: f64, negative: f64) -> f64 {
    ((positive + 0.5) / (negative + 0.5)).ln()
}

/// `sqrt(1 / (positive + 0.5) + 1 / (negative + 0.5))`, the standard error of the empirical
/// logit (Haldane, Anscombe, Gart).
pub fn error(positive: f64, negative: f64) -> f64 {
    (1.0 / (positive + 0.5) + 1.0 / (negative + 0.5)).sqrt()
}

/// How much of a text is about the axis: `ln((positive + negative + 1) / units)`, where
/// `units` counts all units of the text, also those that matched nothing. None without units.
pub fn importance(positive: f64, negative: f64, units: f64) -> Option<f64> {
    (units > 0.0).then(|| ((positive + negative + 1.0) / units).ln())
}

/// The 95 % interval of a position, and how it was made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Made {
    /// From the Beta posterior, where a pole has fewer than 5 counts.
    Beta(Interval),
    /// From the error.
    Normal(Interval),
}

/// The 95 % interval if every count were independent.
pub fn interval(positive: f64, negative: f64) -> Made {
    if positive.min(negative) < FEW_COUNTS {
        Made::Beta(beta_interval(positive, negative))
    } else {
        Made::Normal(normal_interval(positive, negative))
    }
}

fn normal_interval(positive: f64, negative: f64) -> Interval {
    Interval::normal(logit(positive, negative), error(positive, negative))
}

/// The logits of the 2.5 and 97.5 % points of Beta(positive + 0.5, negative + 0.5), the
/// posterior under Jeffreys' prior: right also when a pole has no count at all.
fn beta_interval(positive: f64, negative: f64) -> Interval {
    let (right, left) = (positive + 0.5, negative + 0.5);
    // The tail near 1 is taken from the mirrored distribution, where no digit is lost.
    match (beta::quantile(0.025, right, left), beta::quantile(0.025, left, right)) {
        (Some(low), Some(high)) => {
            Interval { low: (low / (1.0 - low)).ln(), high: ((1.0 - high) / high).ln() }
        }
        _ => normal_interval(positive, negative),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn golden_values_of_lowe_and_others() {
        // Computed independently: counts, position, closed error, Beta interval.
        let golden = [
            (0.0, 0.0, 0.0, 2.0, -6.473_565, 6.473_565),
            (3.0, 2.0, 0.336_472, 0.828_079, -1.328_445, 2.261_170),
            (10.0, 1.0, 1.945_910, 0.872_872, 0.605_984, 4.595_983),
            (40.0, 20.0, 0.680_877, 0.271_057, 0.167_445, 1.242_058),
        ];
        for (right, left, theta, se, low, high) in golden {
            let found = (logit(right, left), error(right, left), beta_interval(right, left));
            assert!((found.0 - theta).abs() < 1e-6, "{found:?}");
            assert!((found.1 - se).abs() < 1e-6, "{found:?}");
            assert!((found.2.low - low).abs() < 1e-5, "({right},{left}) {found:?}");
            assert!((found.2.high - high).abs() < 1e-5, "({right},{left}) {found:?}");
        }
        assert!((error(1.0, 0.0) - 1.632_993).abs() < 1e-6);
        assert!((importance(12.0, 4.0, 1000.0).unwrap() + 4.074_542).abs() < 1e-6);
    }

    #[test]
    fn nothing_counted_is_not_balance() {
        assert_eq!(position(0.0, 0.0), None);
        assert_eq!(position(2.0, 2.0), Some(0.0));
        assert!((position(1.0, 0.0).unwrap() - 1.098_612).abs() < 1e-6);
        assert_eq!(importance(0.0, 0.0, 0.0), None);
    }

    #[test]
    fn swapping_the_poles_turns_the_scale() {
        let (one, two) = (beta_interval(7.0, 1.0), beta_interval(1.0, 7.0));
        assert!((one.low + two.high).abs() < 1e-9 && (one.high + two.low).abs() < 1e-9);
    }

    #[test]
    fn the_interval_is_beta_where_a_pole_is_nearly_empty() {
        assert!(matches!(interval(10.0, 1.0), Made::Beta(found) if (found.low - 0.605_984).abs() < 1e-5));
        assert!(matches!(interval(40.0, 20.0), Made::Normal(found) if (found.high - 1.212_139).abs() < 1e-5));
    }
}
