//! Weights of the learned part of attribution.
//!
//! Lives here: tables of numbers that features are looked up in. May not live
//! here: what a feature is (see `attribute::learned`) or how the file is read
//! (see `ingest`).

use super::text::Span;

/// Weights by hashed feature: `width` small numbers for each, one a label.
///
/// An open-addressed hash table: most features of a text are in no table, and
/// that must be cheap to find out. The numbers of a feature stand in a row of
/// [`WeightTable::lanes`] bytes, so that they are added all at once.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WeightTable {
    /// Numbers for each feature.
    pub width: usize,
    /// What one unit of a number is worth.
    pub scale: f32,
    /// Right shift from a feature to its place.
    shift: u32,
    /// Features, 0 where the place is free; a power of two of them.
    keys: Vec<u32>,
    /// A row of numbers for each place.
    values: Vec<i8>,
}

impl WeightTable {
    /// Length of a row that holds `width` numbers.
    pub const fn lanes(width: usize) -> usize {
        if width < 4 { 4 } else { width.next_power_of_two() }
    }

    /// A table of features with their numbers, `width` each.
    pub fn new(width: usize, scale: f32, entries: &[(u32, Vec<i8>)]) -> Self {
        let lanes = Self::lanes(width);
        let places = (entries.len() * 3 / 2 + 1).next_power_of_two().max(2);
        let shift = u32::BITS - places.trailing_zeros();
        let mut table =
            WeightTable { width, scale, shift, keys: vec![0; places], values: vec![0; places * lanes] };
        for (feature, values) in entries {
            let feature = (*feature).max(1);
            let mut place = (feature >> shift) as usize;
            while table.keys[place] != 0 {
                place = (place + 1) % places;
            }
            table.keys[place] = feature;
            for (value, given) in table.values[place * lanes..].iter_mut().zip(values) {
                *value = *given;
            }
        }
        table
    }

    /// The place of a feature; none when it has no weight.
    #[inline]
    fn place(&self, feature: u32) -> Option<usize> {
        let feature = feature.max(1);
        let mask = self.keys.len().wrapping_sub(1);
        let mut place = feature.checked_shr(self.shift)? as usize;
        loop {
            let key = *self.keys.get(place)?;
            if key == feature {
                return Some(place);
            }
            if key == 0 {
                return None;
            }
            place = (place + 1) & mask;
        }
    }

    /// The numbers of a feature; none when it has no weight.
    pub fn get(&self, feature: u32) -> Option<&[i8]> {
        let start = self.place(feature)? * Self::lanes(self.width);
        self.values.get(start..start + self.width)
    }

    /// The sum of the numbers of features, in a row of `LANES`, which must be
    /// [`WeightTable::lanes`] of the width; with any other the sum is zero. A
    /// sum of up to 250 features cannot overflow.
    #[inline]
    pub fn sum<const LANES: usize>(&self, features: &[u32]) -> [i16; LANES] {
        let mut sum = [0i16; LANES];
        if LANES != Self::lanes(self.width) {
            return sum;
        }
        let rows = self.values.as_chunks::<LANES>().0;
        for feature in features {
            if let Some(row) = self.place(*feature).and_then(|place| rows.get(place)) {
                for (total, value) in sum.iter_mut().zip(row) {
                    *total = total.wrapping_add(i16::from(*value));
                }
            }
        }
        sum
    }

    /// All features with their numbers, in the order of the features.
    pub fn entries(&self) -> Vec<(u32, &[i8])> {
        let mut all: Vec<(u32, &[i8])> = self
            .keys
            .iter()
            .enumerate()
            .filter(|(_, key)| **key != 0)
            .map(|(place, key)| {
                let start = place * Self::lanes(self.width);
                (*key, &self.values[start..start + self.width])
            })
            .collect();
        all.sort_unstable();
        all
    }
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
