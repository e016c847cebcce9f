//! Could the difference be chance? The permutation test of a difference of means over
//! articles, exact or Monte Carlo (Phipson & Smyth 2010), Cliff's delta, and the correction
//! for many tests (Benjamini & Hochberg 1995).
//!
//! Not to be believed when the series drifts smoothly: articles of neighbouring
//! years are then not exchangeable, and any cut of a slope looks like a shift.

use crate::aggregate::bootstrap::{Cluster, total};
use crate::stats::draws::Key;

/// Maximum number of relabellings that are all enumerated.
const EXACT: u64 = 10_000;
/// Random relabellings beyond that.
const RANDOM: usize = 9_999;
/// Random relabellings where there are more clusters than [`MANY`].
const FEWER: usize = 999;
/// See [`FEWER`].
const MANY: usize = 20_000;

/// The outcome of a permutation test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// Two-sided p.
    pub p: f64,
    /// The smallest p that these clusters can reach.
    pub smallest: f64,
    /// Relabellings looked at.
    pub permutations: usize,
    /// Whether these are all there are.
    pub exact: bool,
}

/// The clusters of one stratum on both sides; labels are exchanged only within.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stratum {
    /// Earlier.
    pub a: Vec<Cluster>,
    /// Later.
    pub b: Vec<Cluster>,
}

impl Stratum {
    /// The same with scores counted from the stratum's mean.
    fn centred(&self) -> Stratum {
        let mut all = total(&self.a);
        all += total(&self.b);
        let Some(mean) = all.mean() else { return self.clone() };
        let move_all = |clusters: &[Cluster]| {
            clusters.iter().map(|one| Cluster { sum: one.sum - mean * one.count, ..*one }).collect()
        };
        Stratum { a: move_all(&self.a), b: move_all(&self.b) }
    }
}

/// Later mean minus earlier; None when a side is empty.
pub fn difference(a: Cluster, b: Cluster) -> Option<f64> {
    Some(b.mean()? - a.mean()?)
}

/// Two-sided permutation p of the difference of the means of all clusters. With
/// several strata, scores are counted from the mean of their stratum, so that
/// only differences within strata count. None when no stratum has articles on both sides.
pub fn test(strata: &[Stratum], key: Key) -> Option<Outcome> {
    let centred: Vec<Stratum>;
    let strata = if strata.len() > 1 {
        centred = strata
            .iter()
            .filter(|one| !one.a.is_empty() && !one.b.is_empty())
            .map(Stratum::centred)
            .collect();
        &centred
    } else {
        strata
    };
    let mut all = Cluster::default();
    let mut earlier = Cluster::default();
    for stratum in strata {
        earlier += total(&stratum.a);
        all += total(&stratum.a);
        all += total(&stratum.b);
    }
    let rest = |chosen: Cluster| Cluster {
        sum: all.sum - chosen.sum,
        count: all.count - chosen.count,
        ..Cluster::default()
    };
    let observed = difference(earlier, rest(earlier))?.abs();
    // Every relabelling has as many articles on each side as the data, so none is empty.
    let size = |chosen: Cluster| difference(chosen, rest(chosen)).map_or(0.0, f64::abs);
    // Rounding must not make a relabelling that equals the data look smaller.
    let observed = observed * (1.0 - 1e-12) - 1e-12;
    let pools: Vec<(Vec<Cluster>, usize)> = strata
        .iter()
        .map(|stratum| (stratum.a.iter().chain(&stratum.b).copied().collect(), stratum.a.len()))
        .collect();
    let ways = pools.iter().fold(1u64, |ways, (pool, chosen)| {
        ways.saturating_mul(combinations(pool.len() as u64, *chosen as u64))
    });
    if ways <= EXACT {
        let mut sizes = Vec::with_capacity(ways as usize);
        enumerate(&pools, Cluster::default(), &mut |chosen| sizes.push(size(chosen)));
        let most = sizes.iter().copied().fold(0.0, f64::max) * (1.0 - 1e-12) - 1e-12;
        let share =
            |bound: f64| sizes.iter().filter(|size| **size >= bound).count() as f64 / sizes.len() as f64;
        let (p, smallest) = (share(observed), share(most));
        return Some(Outcome { p, smallest, permutations: sizes.len(), exact: true });
    }
    let clusters: usize = pools.iter().map(|(pool, _)| pool.len()).sum();
    let rounds = if clusters > MANY { FEWER } else { RANDOM };
    let mut extreme = 0;
    let mut pools = pools;
    for round in 0..rounds {
        let mut draws = key.replicate(round);
        let mut chosen = Cluster::default();
        for (pool, size) in &mut pools {
            // The smaller side is drawn, the larger is the rest.
            for index in 0..*size {
                let other = index + draws.below(pool.len() - index);
                pool.swap(index, other);
                chosen += pool[index];
            }
        }
        extreme += usize::from(size(chosen) >= observed);
    }
    Some(Outcome {
        p: (1 + extreme) as f64 / (1 + rounds) as f64,
        smallest: 1.0 / (1 + rounds) as f64,
        permutations: rounds,
        exact: false,
    })
}

/// All ways to choose from every pool as many as were chosen, with their totals.
fn enumerate(pools: &[(Vec<Cluster>, usize)], so_far: Cluster, visit: &mut dyn FnMut(Cluster)) {
    let Some(((pool, size), rest)) = pools.split_first() else { return visit(so_far) };
    let mut chosen: Vec<usize> = (0..*size).collect();
    loop {
        let mut sum = so_far;
        for index in &chosen {
            sum += pool[*index];
        }
        enumerate(rest, sum, visit);
        if !next_combination(&mut chosen, pool.len()) {
            return;
        }
    }
}

fn combinations(n: u64, k: u64) -> u64 {
    let mut result: u64 = 1;
    for step in 0..k.min(n - k) {
        result = result.saturating_mul(n - step) / (step + 1);
        if result > EXACT {
            return result;
        }
    }
    result
}

fn next_combination(chosen: &mut [usize], n: usize) -> bool {
    let k = chosen.len();
    for position in (0..k).rev() {
        if chosen[position] < n - k + position {
            chosen[position] += 1;
            for later in position + 1..k {
                chosen[later] = chosen[later - 1] + 1;
            }
            return true;
        }
    }
    false
}

/// Cliff's (1993) delta of article means: the share of pairs in which the later
/// article lies higher, less the share in which it lies lower. None when a side is empty.
pub fn cliffs_delta(a: &[Cluster], b: &[Cluster]) -> Option<f64> {
    let sorted = |clusters: &[Cluster]| {
        let mut means: Vec<f64> = clusters.iter().filter_map(|cluster| cluster.mean()).collect();
        means.sort_by(f64::total_cmp);
        means
    };
    let (a, b) = (sorted(a), sorted(b));
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let mut sum = 0i64;
    for value in &b {
        let lower = a.partition_point(|other| other < value) as i64;
        let higher = (a.len() - a.partition_point(|other| other <= value)) as i64;
        sum += lower - higher;
    }
    Some(sum as f64 / (a.len() * b.len()) as f64)
}

/// Benjamini & Hochberg's q of each p.
pub fn corrected(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|one, two| p[*two].total_cmp(&p[*one]));
    let mut q = vec![1.0; p.len()];
    let mut least = 1.0f64;
    for (position, index) in order.iter().enumerate() {
        least = least.min(p[*index] * p.len() as f64 / (p.len() - position) as f64);
        q[*index] = least;
    }
    q
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ones(values: &[f64]) -> Vec<Cluster> {
        values.iter().map(|value| Cluster { sum: *value, count: 1.0, ..Cluster::default() }).collect()
    }

    fn key() -> Key {
        Key::new(1, &["test"])
    }

    #[test]
    fn six_articles_can_never_reach_five_percent() {
        let (a, b) = (ones(&[0.9, 0.7, 0.8]), ones(&[0.1, 0.2, 0.0]));
        assert!((difference(total(&a), total(&b)).unwrap() + 0.7).abs() < 1e-12);
        let found = test(&[Stratum { a, b }], key()).unwrap();
        assert!((found.p - 0.1).abs() < 1e-12, "{found:?}");
        assert!((found.smallest - 0.1).abs() < 1e-12);
        assert_eq!((found.permutations, found.exact), (20, true));
    }

    #[test]
    fn chance_and_exact_agree() {
        let (a, b) =
            (ones(&[0.9, 0.7, 0.8, 0.2, 0.4, 0.3, 0.35]), ones(&[0.1, 0.2, 0.0, 0.5, 0.3, 0.6, 0.45]));
        let exact = test(&[Stratum { a: a.clone(), b: b.clone() }], key()).unwrap();
        let drawn =
            test(&[Stratum { a, b }, Stratum { a: ones(&[0.0; 9]), b: ones(&[0.0; 9]) }], key()).unwrap();
        assert!(exact.exact && !drawn.exact);
        assert!((exact.p - drawn.p).abs() < 0.03, "{} {}", exact.p, drawn.p);
    }

    #[test]
    fn labels_stay_within_their_source() {
        // One source is cold throughout, one warm throughout; only the mix changed.
        let warm = Stratum { a: ones(&[0.8; 6]), b: ones(&[0.8; 2]) };
        let cold = Stratum { a: ones(&[-0.8; 2]), b: ones(&[-0.8; 6]) };
        let pooled = Stratum { a: [&warm.a[..], &cold.a].concat(), b: [&warm.b[..], &cold.b].concat() };
        assert_eq!(test(&[warm, cold], key()).unwrap().p, 1.0);
        assert!(test(&[pooled], key()).unwrap().p < 0.2);
    }

    #[test]
    fn without_articles_on_both_sides_there_is_no_test() {
        let (early, late) =
            (Stratum { a: ones(&[0.8]), b: Vec::new() }, Stratum { a: Vec::new(), b: ones(&[0.1]) });
        assert_eq!(test(&[early.clone(), late], key()), None);
        assert_eq!(test(&[early], key()), None);
        assert_eq!(difference(Cluster::default(), Cluster::default()), None);
    }

    #[test]
    fn deltas_and_corrections() {
        assert_eq!(cliffs_delta(&ones(&[0.1, 0.2]), &ones(&[0.3, 0.4])), Some(1.0));
        assert_eq!(cliffs_delta(&ones(&[0.1, 0.2]), &ones(&[0.2, 0.0])), Some(-0.25));
        assert_eq!(cliffs_delta(&ones(&[0.1]), &ones(&[0.1])), Some(0.0));
        assert_eq!(cliffs_delta(&ones(&[0.1]), &[]), None);
        let q = corrected(&[0.01, 0.04, 0.03, 0.5]);
        for (found, wanted) in q.iter().zip([0.04, 0.16 / 3.0, 0.16 / 3.0, 0.5]) {
            assert!((found - wanted).abs() < 1e-12, "{q:?}");
        }
    }
}
