//! Seeded draws: which statements a replicate or a sample holds.
//!
//! Lives here: the only source of chance in this folder (ChaCha8, keyed by the
//! seed and the name of what is drawn for, so that neither threads nor the order
//! of calls can change a digit), and quantiles. May not live here: what is
//! estimated.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sha2::{Digest, Sha256};

/// A stream of draws.
pub struct Draws(ChaCha8Rng);

impl Draws {
    /// The stream for one purpose under one seed.
    pub fn new(seed: u64, purpose: &str) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(seed.to_le_bytes());
        hasher.update(purpose.as_bytes());
        Draws(ChaCha8Rng::from_seed(hasher.finalize().into()))
    }

    /// As many numbers below `count` as `count`, with replacement.
    pub fn resample(&mut self, count: usize, into: &mut Vec<usize>) {
        into.clear();
        into.extend((0..count).map(|_| self.0.random_range(0..count)));
    }

    /// Puts values into random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, values: &mut [T]) {
        for last in (1..values.len()).rev() {
            values.swap(last, self.0.random_range(0..=last));
        }
    }
}

/// A 95 % interval from replicates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The 2.5 % point of the replicates.
    pub low: f64,
    /// The 97.5 % point.
    pub high: f64,
}

impl Interval {
    /// The percentile interval (R's type 7) of the replicates in which the
    /// statistic exists. None when more than a tenth of them had none: what is
    /// left would be a choice.
    pub fn of(mut replicates: Vec<f64>, drawn: usize) -> Option<Interval> {
        if replicates.is_empty() || replicates.len() * 10 < drawn * 9 {
            return None;
        }
        replicates.sort_by(f64::total_cmp);
        let point = |share: f64| {
            let at = (replicates.len() - 1) as f64 * share;
            let low = at.floor() as usize;
            let high = (low + 1).min(replicates.len() - 1);
            replicates[low] + (at - low as f64) * (replicates[high] - replicates[low])
        };
        Some(Interval { low: point(0.025), high: point(0.975) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shuffle_keeps_all_and_repeats_with_its_seed() {
        let shuffled = |seed, purpose| {
            let mut values: Vec<usize> = (0..50).collect();
            Draws::new(seed, purpose).shuffle(&mut values);
            values
        };
        let one = shuffled(1, "a");
        assert_eq!(one, shuffled(1, "a"));
        assert_ne!(one, shuffled(2, "a"));
        assert_ne!(one, shuffled(1, "b"));
        let mut sorted = one.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, (0..50).collect::<Vec<_>>());
    }

    #[test]
    fn an_interval_needs_nearly_all_its_replicates() {
        let found = Interval::of((0..=1000).map(f64::from).collect(), 1001).unwrap();
        assert_eq!((found.low, found.high), (25.0, 975.0));
        assert_eq!(Interval::of(vec![1.0; 89], 100), None);
        assert!(Interval::of(vec![1.0; 90], 100).is_some());
    }
}
