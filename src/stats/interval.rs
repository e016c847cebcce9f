//! Intervals of 95 %.

use crate::stats::quantile::{NORMAL_975, quantile};

/// Where an estimate lies with 95 %.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// The normal interval: `value ± 1.96 error` with all digits of the quantile.
    pub fn normal(value: f64, error: f64) -> Interval {
        let reach = NORMAL_975 * error;
        Interval { low: value - reach, high: value + reach }
    }

    /// The percentile interval of replicates: the middle 95 % of them. None without any.
    /// Reorders the replicates.
    pub fn percentile(replicates: &mut [f64]) -> Option<Interval> {
        Some(Interval { low: quantile(replicates, 0.025)?, high: quantile(replicates, 0.975)? })
    }

    /// The percentile interval of the replicates in which a statistic exists, out of `drawn`.
    /// None when more than a tenth of them had none: the rest would be a selection.
    pub fn percentile_of_most(mut replicates: Vec<f64>, drawn: usize) -> Option<Interval> {
        if replicates.len() * 10 < drawn * 9 {
            return None;
        }
        Interval::percentile(&mut replicates)
    }

    /// Both ends.
    pub fn ends(self) -> (f64, f64) {
        (self.low, self.high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_needs_nearly_all_its_replicates() {
        let found = Interval::percentile_of_most((0..=1000).map(f64::from).collect(), 1001).unwrap();
        assert_eq!(found.ends(), (25.0, 975.0));
        assert_eq!(Interval::percentile_of_most(vec![1.0; 89], 100), None);
        assert!(Interval::percentile_of_most(vec![1.0; 90], 100).is_some());
        assert_eq!(Interval::percentile_of_most(Vec::new(), 0), None);
        assert_eq!(Interval::percentile(&mut []), None);
    }

    #[test]
    fn the_normal_interval_has_all_digits() {
        let found = Interval::normal(0.5, 2.0);
        assert!((found.high - 4.419_927_969).abs() < 1e-9 && (found.low + 3.419_927_969).abs() < 1e-9);
    }
}
