//! Which statements people should code: a stratified random sample (Cochran 1977, ch. 5).

use crate::model::Choice;
use crate::stats::draws::Key;
use std::collections::BTreeMap;

/// Smallest default size of a sample.
const LEAST: usize = 200;
/// Default share of large collections that is coded.
const SHARE: f64 = 0.01;

/// How a sample is divided among the strata.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allocation {
    /// In proportion to its size: figures of the sample hold for the whole.
    Proportional,
    /// As equal as sizes allow: rare strata are seen, and figures of the sample
    /// hold for the whole only with weights.
    Equal,
}

impl Choice for Allocation {
    const ALL: &'static [Allocation] = &[Allocation::Proportional, Allocation::Equal];

    fn as_str(self) -> &'static str {
        match self {
            Allocation::Proportional => "proportional",
            Allocation::Equal => "equal",
        }
    }
}

/// One statement of the sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// Its index among the statements.
    pub at: usize,
    /// Number of statements of its stratum that it represents: size over number drawn.
    pub weight: f64,
}

/// The default size of a sample: 200 statements or 1 % of them, whichever is more, but at
/// most all.
pub fn default_size(statements: usize) -> usize {
    LEAST.max((statements as f64 * SHARE).ceil() as usize).min(statements)
}

/// Draws `size` statements without replacement, in random order; all of them
/// when there are no more. `strata` names the stratum of each statement.
pub fn stratified(strata: &[String], size: usize, allocation: Allocation, seed: u64) -> Vec<Drawn> {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, stratum) in strata.iter().enumerate() {
        groups.entry(stratum).or_default().push(at);
    }
    let sizes: Vec<usize> = groups.values().map(Vec::len).collect();
    let shares = match allocation {
        Allocation::Proportional => proportional(&sizes, size.min(strata.len())),
        Allocation::Equal => equal(&sizes, size.min(strata.len())),
    };
    let mut drawn = Vec::new();
    for ((name, mut members), share) in groups.into_iter().zip(shares) {
        let weight = members.len() as f64 / share.max(1) as f64;
        Key::new(seed, &["stratum", name]).replicate(0).shuffle(&mut members);
        drawn.extend(members.into_iter().take(share).map(|at| Drawn { at, weight }));
    }
    Key::new(seed, &["order"]).replicate(0).shuffle(&mut drawn);
    drawn
}

/// Shares by largest remainders; equal remainders go to the earlier stratum.
fn proportional(sizes: &[usize], size: usize) -> Vec<usize> {
    let all: usize = sizes.iter().sum();
    let mut shares: Vec<usize> = sizes.iter().map(|own| own * size / all.max(1)).collect();
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(sizes[*at] * size % all.max(1)), *at));
    let missing = size - shares.iter().sum::<usize>();
    order.into_iter().take(missing).for_each(|at| shares[at] += 1);
    shares
}

/// One after the other from every stratum that has any left.
fn equal(sizes: &[usize], size: usize) -> Vec<usize> {
    let mut shares = vec![0; sizes.len()];
    let mut left = size;
    while left > 0 {
        let before = left;
        for (share, own) in shares.iter_mut().zip(sizes) {
            if left > 0 && *share < *own {
                *share += 1;
                left -= 1;
            }
        }
        if left == before {
            break;
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn shares_follow_sizes_or_are_equal() {
        assert_eq!(proportional(&[70, 20, 10], 10), [7, 2, 1]);
        assert_eq!(proportional(&[5, 5, 5], 10), [4, 3, 3]);
        assert_eq!(equal(&[70, 20, 1], 10), [5, 4, 1]);
        assert_eq!(equal(&[2, 1], 10), [2, 1]);
        assert_eq!((default_size(150), default_size(1000), default_size(50_001)), (150, 200, 501));
    }

    proptest! {
        #[test]
        fn each_is_drawn_once_and_weights_add_up(
            sizes in proptest::collection::vec(0usize..30, 1..8), size in 0usize..120, seed in 0u64..9, even: bool
        ) {
            let strata: Vec<String> =
                sizes.iter().enumerate().flat_map(|(at, size)| vec![at.to_string(); *size]).collect();
            let allocation = if even { Allocation::Equal } else { Allocation::Proportional };
            let drawn = stratified(&strata, size, allocation, seed);
            prop_assert_eq!(drawn.len(), size.min(strata.len()));
            let once: BTreeSet<usize> = drawn.iter().map(|drawn| drawn.at).collect();
            prop_assert_eq!(once.len(), drawn.len());
            prop_assert_eq!(&drawn, &stratified(&strata, size, allocation, seed));
            // Every stratum that is in the sample is stood for as a whole.
            let met: BTreeSet<&String> = drawn.iter().map(|drawn| &strata[drawn.at]).collect();
            let stood: f64 = drawn.iter().map(|drawn| drawn.weight).sum();
            let whole = strata.iter().filter(|stratum| met.contains(stratum)).count();
            prop_assert!((stood - whole as f64).abs() < 1e-9);
        }
    }
}
