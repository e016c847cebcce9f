//! The cluster bootstrap. Statements of one article are not independent, so articles are
//! drawn, not statements.

use crate::stats::draws::{Draws, Key, bounded};
use crate::stats::quantile::{NORMAL_975, student_975};
use std::ops::AddAssign;
use std::sync::LazyLock;

/// What the statements of one article (or of one group of near-duplicates) add
/// to a cell. Sums of clusters are clusters.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Cluster {
    /// Sum of scores.
    pub sum: f64,
    /// Number of statements.
    pub count: f64,
    /// Hits for the positive pole.
    pub positive: f64,
    /// Hits for the negative pole.
    pub negative: f64,
}

impl AddAssign for Cluster {
    fn add_assign(&mut self, other: Cluster) {
        self.sum += other.sum;
        self.count += other.count;
        self.positive += other.positive;
        self.negative += other.negative;
    }
}

impl Cluster {
    /// The mean of its statements; None without any.
    pub fn mean(self) -> Option<f64> {
        (self.count > 0.0).then(|| self.sum / self.count)
    }

    /// The same article as one observation, whatever the number of its
    /// statements.
    pub fn as_one(self) -> Cluster {
        match self.mean() {
            Some(mean) => Cluster { sum: mean, count: 1.0, ..self },
            None => self,
        }
    }
}

/// Clusters added up.
pub fn total(clusters: &[Cluster]) -> Cluster {
    let mut total = Cluster::default();
    for cluster in clusters {
        total += *cluster;
    }
    total
}

/// Totals of `replicates` samples of as many clusters, drawn with replacement.
pub fn totals(clusters: &[Cluster], replicates: usize, key: Key) -> Vec<Cluster> {
    let mut all = Vec::with_capacity(replicates + LANES - 1);
    for first in (0..replicates).step_by(LANES) {
        all.extend(resample(clusters, std::array::from_fn(|lane| key.replicate(first + lane))));
    }
    all.truncate(replicates);
    all
}

/// Samples that are drawn side by side: a sum waits for the sum before it, and the
/// processor can work on the others meanwhile.
const LANES: usize = 2;

/// The totals of samples of as many clusters.
fn resample(clusters: &[Cluster], mut draws: [Draws; LANES]) -> [Cluster; LANES] {
    let mut totals = [Cluster::default(); LANES];
    let n = clusters.len() as u64;
    let pick = |half: u64| clusters[bounded(half, n)];
    for _ in 0..clusters.len() / 2 {
        for (total, draws) in totals.iter_mut().zip(&mut draws) {
            let both = draws.bits();
            *total += pick(both >> 32);
            *total += pick(both & 0xffff_ffff);
        }
    }
    if clusters.len() % 2 == 1 {
        for (total, draws) in totals.iter_mut().zip(&mut draws) {
            *total += pick(draws.bits() >> 32);
        }
    }
    totals
}

/// Degrees of freedom up to which t quantiles are kept.
const KEPT: usize = 400;

/// Factor on the half-widths of percentile intervals of `clusters` clusters.
/// The bootstrap's spread is too small by sqrt((m - 1) / m) and normal where
/// Student's t is due; both vanish as m grows (the expanded percentile interval
/// of Hesterberg 2015, on the half-widths).
pub fn expansion(clusters: usize) -> f64 {
    static FACTORS: LazyLock<Vec<f64>> = LazyLock::new(|| {
        (0..=KEPT)
            .map(|m| if m < 2 { 1.0 } else { unbiased(m) * student_975((m - 1) as f64) / NORMAL_975 })
            .collect()
    });
    // Beyond the table the two factors differ from 1 by about 1.2 / m and 0.5 / m.
    FACTORS
        .get(clusters)
        .copied()
        .unwrap_or(1.0 + (0.5 + (NORMAL_975 * NORMAL_975 + 1.0) / 4.0) / clusters as f64)
}

/// sqrt(m / (m - 1)): makes the bootstrap's spread that of a sample.
pub fn unbiased(clusters: usize) -> f64 {
    if clusters < 2 { 1.0 } else { (clusters as f64 / (clusters - 1) as f64).sqrt() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::moments::standard_deviation;

    fn ones(values: &[f64]) -> Vec<Cluster> {
        values.iter().map(|value| Cluster { sum: *value, count: 1.0, ..Cluster::default() }).collect()
    }

    fn means(clusters: &[Cluster], replicates: usize, key: Key) -> Vec<f64> {
        totals(clusters, replicates, key).into_iter().filter_map(Cluster::mean).collect()
    }

    #[test]
    fn the_error_of_six_clusters_is_the_ideal_one() {
        let clusters = ones(&[0.9, 0.7, 0.8, 0.1, 0.2, 0.0]);
        let error = standard_deviation(&means(&clusters, 20_000, Key::new(1, &["golden"]))).unwrap();
        assert!((error / 0.146_723_5 - 1.0).abs() < 0.02, "{error}");
    }

    #[test]
    fn the_same_seed_and_cell_give_the_same_numbers() {
        let clusters = ones(&[0.5, -0.5, 0.1, 0.2, 0.7]);
        let once = means(&clusters, 50, Key::new(7, &["a", "b"]));
        assert_eq!(once, means(&clusters, 50, Key::new(7, &["a", "b"])));
        assert_ne!(once, means(&clusters, 50, Key::new(7, &["ab", ""])));
        assert_ne!(once, means(&clusters, 50, Key::new(8, &["a", "b"])));
    }

    #[test]
    fn intervals_of_few_articles_are_wider() {
        assert!((expansion(5) - 1.25f64.sqrt() * 2.776_445 / NORMAL_975).abs() < 1e-5);
        assert!((expansion(KEPT) - expansion(KEPT + 1)).abs() < 1e-4);
        assert!((2..500).all(|m| expansion(m) > expansion(m + 1)));
    }
}
