//! A table of weights by hashed feature.
//!
//! It is machinery and still in `model`, because `ingest` reads it from a file and `attribute` looks
//! features up in it, and neither may import the other.

/// Weights of linear models: for each hashed feature `width` bytes, one per label.
///
/// A perfect hash (hash and displace: Pagh 1999; Belazzougui, Botelho and Dietzfelbinger 2009) gives
/// every feature a row of its own. The row holds the feature and its numbers, so that a look-up
/// touches one small table and one cache line and has no unpredictable branch: the row of another
/// feature is masked, not skipped.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WeightTable {
    /// Numbers for each feature.
    pub width: usize,
    /// A weight is its byte times this.
    pub scale: f32,
    /// The displacement of each group of features, by the upper bits of the feature.
    seeds: Vec<u16>,
    /// Rows of [`WeightTable::lanes`] bytes: the feature (0 if the row is free), its numbers, padding.
    rows: Vec<i8>,
}

/// Bytes that a feature takes in its row.
const KEY: usize = 4;
/// Number of features that are looked up at once.
const BATCH: usize = 48;
/// Average number of features per seed.
const GROUP_SIZE: usize = 4;

impl WeightTable {
    /// Length of a row that holds a feature and `width` numbers.
    pub const fn lanes(width: usize) -> usize {
        (KEY + width).next_power_of_two()
    }

    /// A table of features with their numbers, `width` each; of two entries with the same feature the
    /// last one counts.
    pub fn new(width: usize, scale: f32, entries: &[(u32, Vec<i8>)]) -> Self {
        let mut features: Vec<u32> = entries.iter().map(|(feature, _)| (*feature).max(1)).collect();
        features.sort_unstable();
        features.dedup();
        let mut slots = features.len() * 5 / 4 + 1;
        let seeds = loop {
            match seeds(&features, slots) {
                Some(seeds) => break seeds,
                None => slots += slots / 8 + 1,
            }
        };
        let lanes = Self::lanes(width);
        let mut table = WeightTable { width, scale, seeds, rows: vec![0; slots * lanes] };
        for (feature, values) in entries {
            let feature = (*feature).max(1);
            let start = table.place(feature, slots) * lanes;
            let row = feature.to_le_bytes().map(|byte| byte as i8).into_iter().chain(values.iter().copied());
            for (cell, value) in table.rows[start..start + lanes].iter_mut().zip(row) {
                *cell = value;
            }
        }
        table
    }

    /// The row of a feature, if it has one.
    #[inline(always)]
    fn place(&self, feature: u32, slots: usize) -> usize {
        let seed = self.seeds.get(scaled(feature, self.seeds.len())).copied().unwrap_or(0);
        scaled(displaced(feature, seed), slots)
    }

    /// The numbers of a feature; None if it has no weight.
    pub fn get(&self, feature: u32) -> Option<&[i8]> {
        let lanes = Self::lanes(self.width);
        let feature = feature.max(1);
        let start = self.place(feature, self.rows.len() / lanes) * lanes;
        let row = self.rows.get(start..start + lanes)?;
        (owner(row) == feature).then_some(&row[KEY..KEY + self.width])
    }

    /// The first `N` sums of the numbers of features. `LANES` must be
    /// [`WeightTable::lanes`] of the width; with any other the sum is zero. A
    /// sum of up to 250 features cannot overflow.
    #[inline]
    pub fn sum<const N: usize, const LANES: usize>(&self, features: &[u32]) -> [i16; N] {
        let mut sum = [0i16; LANES];
        let rows = self.rows.as_chunks::<LANES>().0;
        if LANES == Self::lanes(self.width) && !rows.is_empty() {
            // All row numbers first, so that the cache misses of the rows overlap.
            let mut places = [0u32; BATCH];
            for features in features.chunks(BATCH) {
                for (place, feature) in places.iter_mut().zip(features) {
                    *place = self.place((*feature).max(1), rows.len()) as u32;
                }
                for (place, feature) in places.iter().zip(features) {
                    let Some(row) = rows.get(*place as usize) else { continue };
                    let own = 0i8.wrapping_sub(i8::from(owner(row) == (*feature).max(1)));
                    // The bytes of the feature itself are added too, but never read.
                    for (total, value) in sum.iter_mut().zip(row) {
                        *total = total.wrapping_add(i16::from(*value & own));
                    }
                }
            }
        }
        std::array::from_fn(|index| sum.get(KEY + index).copied().unwrap_or(0))
    }

    /// All features with their numbers, in the order of the features.
    pub fn entries(&self) -> Vec<(u32, &[i8])> {
        let rows = self.rows.chunks_exact(Self::lanes(self.width));
        let mut all: Vec<(u32, &[i8])> =
            rows.filter(|row| owner(row) != 0).map(|row| (owner(row), &row[KEY..KEY + self.width])).collect();
        all.sort_unstable();
        all
    }
}

/// The feature of a row; 0 if the row is free.
#[inline(always)]
fn owner(row: &[i8]) -> u32 {
    row.first_chunk::<KEY>().map_or(0, |key| u32::from_le_bytes(key.map(|byte| byte as u8)))
}

/// Scales a hash to 0..places.
#[inline(always)]
fn scaled(hash: u32, places: usize) -> usize {
    ((u64::from(hash) * places as u64) >> 32) as usize
}

#[inline(always)]
fn displaced(feature: u32, seed: u16) -> u32 {
    (feature ^ u32::from(seed).wrapping_mul(0x9e37_79b1)).wrapping_mul(0x85eb_ca6b)
}

/// Seeds that give each of the features (sorted, all different) a row of its own; None if there are
/// too few rows.
fn seeds(features: &[u32], slots: usize) -> Option<Vec<u16>> {
    let mut seeds = vec![0u16; features.len() / GROUP_SIZE + 1];
    // Features that share a seed are neighbours.
    let groups = features.chunk_by(|a, b| scaled(*a, seeds.len()) == scaled(*b, seeds.len()));
    let mut groups: Vec<&[u32]> = groups.collect();
    // The largest first, while there is room.
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    let mut taken = vec![false; slots];
    let mut places = Vec::new();
    for group in groups {
        let seed = (0..=u16::MAX).find(|seed| {
            places.clear();
            group.iter().all(|feature| {
                let place = scaled(displaced(*feature, *seed), slots);
                let free = !taken[place] && !places.contains(&place);
                places.push(place);
                free
            })
        })?;
        let at = scaled(*group.first()?, seeds.len());
        seeds[at] = seed;
        places.iter().for_each(|place| taken[*place] = true);
    }
    Some(seeds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_feature_is_found_and_no_other(
            features in proptest::collection::btree_map(1u32.., -128i8..=127, 0..400),
            others in proptest::collection::vec(any::<u32>(), 20),
        ) {
            let entries: Vec<(u32, Vec<i8>)> =
                features.iter().map(|(feature, value)| (*feature, vec![*value, 1, 2])).collect();
            let table = WeightTable::new(3, 1.0, &entries);
            for (feature, values) in &entries {
                prop_assert_eq!(table.get(*feature), Some(values.as_slice()));
            }
            for other in others.into_iter().filter(|other| !features.contains_key(other) && *other > 0) {
                prop_assert_eq!(table.get(other), None);
                prop_assert_eq!(table.sum::<3, 8>(&[other]), [0; 3]);
            }
            let all: Vec<u32> = features.keys().copied().take(100).collect();
            let sum: i16 = features.values().take(100).map(|value| i16::from(*value)).sum();
            prop_assert_eq!(table.sum::<3, 8>(&all), [sum, all.len() as i16, 2 * all.len() as i16]);
            prop_assert_eq!(table.entries().len(), entries.len());
        }
    }
}
