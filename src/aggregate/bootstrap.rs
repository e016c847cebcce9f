//! Resampling articles.
//!
//! Lives here: the cluster bootstrap (statements of one article are not
//! independent, so articles are drawn, not statements). May not live here:
//! what is estimated.
//!
//! Random numbers are counter based (ChaCha8, keyed by seed and cell), so that
//! neither threads nor the order of cells can change a digit.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sha2::{Digest, Sha256};

/// Sum and number of the statements of one article.
pub type Cluster = (f64, usize);

/// A generator for one cell of one run.
pub fn generator(seed: u64, cell: &str) -> ChaCha8Rng {
    let mut hasher = Sha256::new();
    hasher.update(seed.to_le_bytes());
    hasher.update(cell.as_bytes());
    let digest = hasher.finalize();
    let mut key = [0u8; 32];
    key.copy_from_slice(&digest);
    ChaCha8Rng::from_seed(key)
}

/// The mean of all statements of some clusters.
pub fn mean(clusters: &[Cluster]) -> f64 {
    let (sum, count) = clusters.iter().fold((0.0, 0), |(s, n), (sum, count)| (s + sum, n + count));
    if count == 0 { 0.0 } else { sum / count as f64 }
}

/// Means of `replicates` samples of as many clusters, drawn with replacement.
pub fn means(clusters: &[Cluster], replicates: usize, generator: &mut ChaCha8Rng) -> Vec<f64> {
    let mut drawn = Vec::with_capacity(clusters.len());
    (0..replicates)
        .map(|_| {
            drawn.clear();
            drawn.extend((0..clusters.len()).map(|_| clusters[generator.random_range(0..clusters.len())]));
            mean(&drawn)
        })
        .collect()
}

/// A quantile by linear interpolation (R's type 7). The values must be sorted.
pub fn quantile(sorted: &[f64], p: f64) -> f64 {
    if sorted.is_empty() {
        return 0.0;
    }
    let position = (sorted.len() - 1) as f64 * p;
    let low = position.floor() as usize;
    let high = (low + 1).min(sorted.len() - 1);
    sorted[low] + (position - low as f64) * (sorted[high] - sorted[low])
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_of_six_clusters_is_the_ideal_one() {
        let clusters: Vec<Cluster> = [0.9, 0.7, 0.8, 0.1, 0.2, 0.0].iter().map(|value| (*value, 1)).collect();
        let replicates = means(&clusters, 20_000, &mut generator(1, "golden"));
        let error = standard_deviation(&replicates);
        assert!((error / 0.1467235 - 1.0).abs() < 0.02, "{error}");
    }

    #[test]
    fn quantiles_interpolate_as_r_does() {
        let values = [1.0, 2.0, 3.0, 4.0];
        assert_eq!(quantile(&values, 0.0), 1.0);
        assert_eq!(quantile(&values, 0.5), 2.5);
        assert!((quantile(&values, 0.975) - 3.925).abs() < 1e-12);
    }

    #[test]
    fn the_same_seed_and_cell_give_the_same_numbers() {
        let clusters = [(0.5, 2), (-0.5, 1), (0.1, 1)];
        let once = means(&clusters, 50, &mut generator(7, "a"));
        assert_eq!(once, means(&clusters, 50, &mut generator(7, "a")));
        assert_ne!(once, means(&clusters, 50, &mut generator(7, "b")));
    }
}
