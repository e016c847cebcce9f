//! Weights of the learned part of attribution.
//!
//! Lives here: tables of numbers that features are looked up in. May not live
//! here: what a feature is (see `attribute::learned`) or how the file is read
//! (see `ingest`).

use super::text::Span;

/// Weights by hashed feature: `width` small numbers for each, one a label.
///
/// Every feature stands in one of two buckets of four (cuckoo hashing, Pagh and
/// Rodler 2004), and what stands nowhere has a row of zeros: so a look-up has
/// no branch that a processor could guess wrongly, and the rows are added
/// without asking whether there is one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WeightTable {
    /// Numbers for each feature.
    pub width: usize,
    /// What one unit of a number is worth.
    pub scale: f32,
    /// Features, 0 where a place is free.
    keys: Vec<[u32; PLACES]>,
    /// A row of [`WeightTable::lanes`] bytes of zeros, then one for each place.
    rows: Vec<i8>,
}

/// Places of a bucket.
const PLACES: usize = 4;

impl WeightTable {
    /// Length of a row that holds `width` numbers.
    pub const fn lanes(width: usize) -> usize {
        if width < 4 { 4 } else { width.next_power_of_two() }
    }

    /// A table of features with their numbers, `width` each; of two entries
    /// with the same feature the last one stands.
    pub fn new(width: usize, scale: f32, entries: &[(u32, Vec<i8>)]) -> Self {
        let mut buckets = entries.len() * 5 / 4 / PLACES + 1;
        let keys = loop {
            match placed(entries, buckets) {
                Some(keys) => break keys,
                None => buckets += buckets / 8 + 1,
            }
        };
        let lanes = Self::lanes(width);
        let rows = vec![0; (keys.len() * PLACES + 1) * lanes];
        let mut table = WeightTable { width, scale, keys, rows };
        for (feature, values) in entries {
            let start = table.place(*feature) * lanes;
            for (value, given) in table.rows[start..start + lanes].iter_mut().zip(values) {
                *value = *given;
            }
        }
        table
    }

    /// The row of a feature; 0, the row of zeros, when it has no weight.
    #[inline(always)]
    fn place(&self, feature: u32) -> usize {
        let feature = feature.max(1);
        let (one, two) = places(feature, self.keys.len());
        let mut found = 0;
        for bucket in [one, two] {
            let Some(keys) = self.keys.get(bucket) else { return 0 };
            let first = (bucket * PLACES + 1) as u32;
            let rows: [u32; PLACES] = std::array::from_fn(|index| {
                let same = 0u32.wrapping_sub(u32::from(keys[index] == feature));
                (first + index as u32) & same
            });
            found |= rows[0] | rows[1] | rows[2] | rows[3];
        }
        found as usize
    }

    /// The numbers of a feature; none when it has no weight.
    pub fn get(&self, feature: u32) -> Option<&[i8]> {
        let place = Some(self.place(feature)).filter(|place| *place > 0)?;
        let start = place * Self::lanes(self.width);
        self.rows.get(start..start + self.width)
    }

    /// The sum of the numbers of features, in a row of `LANES`, which must be
    /// [`WeightTable::lanes`] of the width; with any other the sum is zero. A
    /// sum of up to 250 features cannot overflow.
    #[inline]
    pub fn sum<const LANES: usize>(&self, features: &[u32]) -> [i16; LANES] {
        let mut sum = [0i16; LANES];
        if LANES != Self::lanes(self.width) || self.keys.is_empty() {
            return sum;
        }
        let rows = self.rows.as_chunks::<LANES>().0;
        for feature in features {
            if let Some(row) = rows.get(self.place(*feature)) {
                for (total, value) in sum.iter_mut().zip(row) {
                    *total = total.wrapping_add(i16::from(*value));
                }
            }
        }
        sum
    }

    /// All features with their numbers, in the order of the features.
    pub fn entries(&self) -> Vec<(u32, &[i8])> {
        let features = self.keys.iter().flatten().filter(|key| **key != 0);
        let mut all: Vec<(u32, &[i8])> =
            features.filter_map(|feature| Some((*feature, self.get(*feature)?))).collect();
        all.sort_unstable();
        all
    }
}

/// The two buckets of a feature among so many.
#[inline(always)]
fn places(feature: u32, buckets: usize) -> (usize, usize) {
    let of = |hash: u32| ((u64::from(hash) * buckets as u64) >> 32) as usize;
    (of(feature), of(feature.wrapping_mul(0x9e37_79b1)))
}

/// All features in their buckets; None when there are too few buckets.
fn placed(entries: &[(u32, Vec<i8>)], buckets: usize) -> Option<Vec<[u32; PLACES]>> {
    let mut keys = vec![[0; PLACES]; buckets];
    for (feature, _) in entries {
        let mut feature = (*feature).max(1);
        let (one, two) = places(feature, buckets);
        if keys[one].contains(&feature) || keys[two].contains(&feature) {
            continue;
        }
        // Who finds both buckets full drives somebody out, who tries the other.
        let mut bucket = one;
        let mut turn = 0;
        loop {
            let (one, two) = places(feature, buckets);
            let free = |bucket: usize| keys[bucket].iter().position(|key| *key == 0);
            if let Some((bucket, place)) =
                free(one).map(|place| (one, place)).or_else(|| free(two).map(|place| (two, place)))
            {
                keys[bucket][place] = feature;
                break;
            }
            if turn > 1000 {
                return None;
            }
            bucket = if bucket == one { two } else { one };
            std::mem::swap(&mut keys[bucket][turn % PLACES], &mut feature);
            turn += 1;
        }
    }
    Some(keys)
}

/// Weights of a tagger.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TaggerTables {
    /// What is this word to the cue? One number a label.
    pub emission: WeightTable,
    /// And after that label? One number a pair of labels.
    pub transition: WeightTable,
}

/// What was learned for one language.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Learned {
    /// Where the weights come from: corpus, program, options.
    pub provenance: String,
    /// Is this word a cue here? One number for each of [`Verdict`]'s labels.
    pub judge: WeightTable,
    /// Labels what stands around one cue.
    pub first: TaggerTables,
    /// The same where several cues compete, knowing what the first said.
    pub second: TaggerTables,
    /// Is what the tagger made of a cue right? One number each for no, for a
    /// thought, for a report of speech.
    pub verifier: WeightTable,
    /// A cue is looked at when the judge's probability reaches this.
    pub floor: f32,
    /// A statement is taken when the verifier's probability reaches this.
    pub threshold: f32,
}

/// An attribution that people marked in an article, to learn from.
#[derive(Debug, Clone, PartialEq)]
pub struct Annotation {
    /// The attributing words.
    pub cue: Vec<Span>,
    /// The words that name the source; empty when nobody is named.
    pub source: Vec<Span>,
    /// What is attributed.
    pub content: Vec<Span>,
    /// A report of speech, not of a thought or a wish.
    pub statement: bool,
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
                prop_assert_eq!(table.sum::<4>(&[other]), [0; 4]);
            }
            let all: Vec<u32> = features.keys().copied().take(100).collect();
            let sum: i16 = features.values().take(100).map(|value| i16::from(*value)).sum();
            prop_assert_eq!(table.sum::<4>(&all), [sum, all.len() as i16, 2 * all.len() as i16, 0]);
            prop_assert_eq!(table.entries().len(), entries.len());
        }
    }
}
