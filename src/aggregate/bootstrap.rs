//! Resampling articles.
//!
//! Lives here: random numbers, the cluster bootstrap (statements of one article
//! are not independent, so articles are drawn, not statements), quantiles, the
//! correction for few articles. May not live here: what is estimated.
//!
//! Random numbers are counter based (the output function of SplitMix64; Steele,
//! Lea & Flood 2014) and keyed by seed, cell and replicate, so that neither
//! threads nor the order of cells can change a digit.

use sha2::{Digest, Sha256};
use statrs::distribution::{ContinuousCDF, StudentsT};
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

/// The key of one cell of one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key(u64);

impl Key {
    /// From the run's seed and the parts of the cell's name.
    pub fn new(seed: u64, cell: &[&str]) -> Key {
        let mut hasher = Sha256::new();
        hasher.update(seed.to_le_bytes());
        for part in cell {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        let digest = hasher.finalize();
        let mut first = [0u8; 8];
        first.copy_from_slice(&digest[..8]);
        Key(u64::from_le_bytes(first))
    }

    /// The random numbers of one replicate.
    pub fn replicate(self, replicate: usize) -> Draws {
        Draws { state: mix(self.0 ^ mix(replicate as u64 + 1)), spare: None }
    }
}

/// The output function of SplitMix64.
fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// A stream of random numbers.
#[derive(Debug, Clone)]
pub struct Draws {
    state: u64,
    spare: Option<u32>,
}

impl Draws {
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.state)
    }

    /// A whole number below `n`, which must be positive.
    pub fn below(&mut self, n: usize) -> usize {
        let half = match self.spare.take() {
            Some(half) => half,
            None => {
                let both = self.next();
                self.spare = Some(both as u32);
                (both >> 32) as u32
            }
        };
        ((u64::from(half) * n as u64) >> 32) as usize
    }

    /// A number in [0, 1).
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
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

/// So many samples are drawn side by side: a sum waits for the sum before it, and
/// the processor can work on the others meanwhile.
const LANES: usize = 2;

/// The totals of samples of as many clusters.
fn resample(clusters: &[Cluster], mut draws: [Draws; LANES]) -> [Cluster; LANES] {
    let mut totals = [Cluster::default(); LANES];
    let n = clusters.len() as u64;
    let pick = |half: u64| clusters[((half * n) >> 32) as usize];
    for _ in 0..clusters.len() / 2 {
        for (total, draws) in totals.iter_mut().zip(&mut draws) {
            let both = draws.next();
            *total += pick(both >> 32);
            *total += pick(both & 0xffff_ffff);
        }
    }
    if clusters.len() % 2 == 1 {
        for (total, draws) in totals.iter_mut().zip(&mut draws) {
            *total += pick(draws.next() >> 32);
        }
    }
    totals
}

/// A quantile by linear interpolation (R's type 7). Reorders the values; 0
/// without any.
pub fn quantile(values: &mut [f64], p: f64) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    let position = (values.len() - 1) as f64 * p;
    let low = position.floor() as usize;
    let share = position - low as f64;
    let (_, value, above) = values.select_nth_unstable_by(low, f64::total_cmp);
    let value = *value;
    match above.iter().copied().min_by(f64::total_cmp) {
        Some(next) if share > 0.0 => value + share * (next - value),
        _ => value,
    }
}

/// The middle 95 % of replicates. Reorders them.
pub fn middle(values: &mut [f64]) -> (f64, f64) {
    (quantile(values, 0.025), quantile(values, 0.975))
}

/// The standard deviation of replicates (divisor n - 1).
pub fn standard_deviation(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    if n < 2.0 {
        return 0.0;
    }
    let mean = values.iter().sum::<f64>() / n;
    (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt()
}

/// 97.5 % quantile of the normal distribution.
pub const Z: f64 = 1.959_963_984_540_054;

/// Degrees of freedom up to which t quantiles are kept.
const KEPT: usize = 400;

/// 97.5 % quantile of Student's t.
pub fn t_quantile(degrees: f64) -> f64 {
    match StudentsT::new(0.0, 1.0, degrees.max(1.0)) {
        Ok(t) if degrees <= 1e6 => t.inverse_cdf(0.975),
        _ => Z,
    }
}

/// Factor on the half-widths of percentile intervals of `clusters` clusters.
/// The bootstrap's spread is too small by sqrt((m - 1) / m) and normal where
/// Student's t is due; both vanish as m grows (the expanded percentile interval
/// of Hesterberg 2015, on the half-widths).
pub fn expansion(clusters: usize) -> f64 {
    static FACTORS: LazyLock<Vec<f64>> = LazyLock::new(|| {
        (0..=KEPT).map(|m| if m < 2 { 1.0 } else { unbiased(m) * t_quantile((m - 1) as f64) / Z }).collect()
    });
    // Beyond the table the two factors differ from 1 by about 1.2 / m and 0.5 / m.
    FACTORS.get(clusters).copied().unwrap_or(1.0 + (0.5 + (Z * Z + 1.0) / 4.0) / clusters as f64)
}

/// sqrt(m / (m - 1)): makes the bootstrap's spread that of a sample.
pub fn unbiased(clusters: usize) -> f64 {
    if clusters < 2 { 1.0 } else { (clusters as f64 / (clusters - 1) as f64).sqrt() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ones(values: &[f64]) -> Vec<Cluster> {
        values.iter().map(|value| Cluster { sum: *value, count: 1.0, ..Cluster::default() }).collect()
    }

    fn means(clusters: &[Cluster], replicates: usize, key: Key) -> Vec<f64> {
        totals(clusters, replicates, key).into_iter().filter_map(Cluster::mean).collect()
    }

    #[test]
    fn the_error_of_six_clusters_is_the_ideal_one() {
        let clusters = ones(&[0.9, 0.7, 0.8, 0.1, 0.2, 0.0]);
        let error = standard_deviation(&means(&clusters, 20_000, Key::new(1, &["golden"])));
        assert!((error / 0.146_723_5 - 1.0).abs() < 0.02, "{error}");
    }

    #[test]
    fn quantiles_interpolate_as_r_does() {
        let mut values = [4.0, 2.0, 1.0, 3.0];
        assert_eq!(quantile(&mut values, 0.0), 1.0);
        assert_eq!(quantile(&mut values, 0.5), 2.5);
        assert_eq!(quantile(&mut values, 1.0), 4.0);
        assert!((quantile(&mut values, 0.975) - 3.925).abs() < 1e-12);
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
    fn every_cluster_is_drawn_as_often() {
        let mut counts = [0usize; 7];
        let mut draws = Key::new(3, &["even"]).replicate(0);
        for _ in 0..70_000 {
            counts[draws.below(7)] += 1;
        }
        assert!(counts.iter().all(|count| (9_700..10_300).contains(count)), "{counts:?}");
    }

    #[test]
    fn intervals_of_few_articles_are_wider() {
        assert!((expansion(5) - 1.25f64.sqrt() * 2.776_445 / Z).abs() < 1e-5);
        assert!((expansion(KEPT) - expansion(KEPT + 1)).abs() < 1e-4);
        assert!((2..500).all(|m| expansion(m) > expansion(m + 1)));
    }
}
