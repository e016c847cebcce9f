//! The statements seen so far, kept so that millions fit.
//!
//! In memory is what every look-up touches: numbers, days and lists, about 52
//! bytes a statement. The rest is read only where speaker, words and days agree
//! so far, and goes into a file in order once there is much of it.
//!
//! The lists are those of linear hashing (Litwin 1980): their number grows by one at a time,
//! each time one list is divided into two, so that nothing is ever copied. The place of a
//! list says the lower half of a look-up number, so that only the upper half is kept.

use crate::model::Blocks;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

/// Number of the smallest shingle hashes that are kept of a statement.
pub const SKETCH: usize = 32;
/// Number of hashes by which a statement is looked up: two statements that share half of
/// their shingles share one of six with 98 %.
pub const KEYS: usize = 6;
/// The day of a statement without a date.
pub const UNDATED: i32 = i32::MIN;

/// End of a list.
const NONE: u32 = u32::MAX;
/// Lists to begin with: their places are the lower half of a look-up number.
const LISTS: usize = 1 << 16;
/// Look-up numbers to a list, on average, at most.
const CROWDED: usize = 2;
/// Maximum number of records that wait in memory (3 MB).
const MOST_IN_MEMORY: usize = 1 << 14;
/// Bytes of a record in the file.
const SIZE: usize = 36 + 4 * SKETCH;

/// What is needed to compare a statement.
#[derive(Debug, Clone)]
pub struct Record {
    /// Number of the article.
    pub article: u32,
    /// Number of the statement in it.
    pub number: u32,
    pub speaker: u64,
    pub words: u64,
    pub signs: u64,
    pub shingles: u32,
    pub sketch: [u32; SKETCH],
}

impl Record {
    /// The smallest hashes.
    pub fn sketch(&self) -> &[u32] {
        &self.sketch[..(self.shingles as usize).min(SKETCH)]
    }

    fn write(&self, bytes: &mut Vec<u8>) {
        for number in [self.article, self.number, self.shingles] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        for number in [self.speaker, self.words, self.signs] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        for number in self.sketch {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
    }

    fn read(bytes: &[u8; SIZE]) -> Record {
        let short = |at: usize| u32::from_le_bytes(std::array::from_fn(|index| bytes[at + index]));
        let long = |at: usize| u64::from_le_bytes(std::array::from_fn(|index| bytes[at + index]));
        Record {
            article: short(0),
            number: short(4),
            shingles: short(8),
            speaker: long(12),
            words: long(20),
            signs: long(28),
            sketch: std::array::from_fn(|index| short(36 + 4 * index)),
        }
    }
}

fn upper(key: u32) -> u16 {
    (key >> LISTS.trailing_zeros()) as u16
}

/// The statements in the order in which they came.
#[derive(Debug, Default)]
pub struct Seen {
    days: Blocks<i32>,
    /// Upper halves of the look-up numbers.
    keys: Blocks<[u16; KEYS]>,
    /// For each look-up number of a statement, the one before it in its list.
    before: Blocks<[u32; KEYS]>,
    /// The latest of each list: number of the statement times KEYS plus the place
    /// of the look-up number in it.
    latest: Blocks<u32>,
    /// The largest power of two that is not above the number of lists.
    level: usize,
    used: usize,
    /// Records that are not in the file.
    records: Vec<Record>,
    /// Records in the file.
    spilled: usize,
    file: Option<File>,
    most: Option<usize>,
}

impl Seen {
    /// With a file for records.
    pub fn on_disk(file: File) -> Self {
        Seen { file: Some(file), ..Seen::default() }
    }

    #[cfg(test)]
    pub fn most_in_memory(&mut self, most: usize) {
        self.most = Some(most);
    }

    /// The day of a statement.
    pub fn day(&self, index: u32) -> i32 {
        self.days.get(index as usize).unwrap_or(UNDATED)
    }

    /// The statements with a look-up number, the latest first.
    pub fn under(&self, key: u32) -> impl Iterator<Item = u32> + '_ {
        let mut at = if self.latest.is_empty() { NONE } else { self.latest[self.slot(key)] };
        let upper = upper(key);
        std::iter::from_fn(move || {
            while at != NONE {
                let (index, place) = (at as usize / KEYS, at as usize % KEYS);
                at = self.before[index][place];
                // Lists of several numbers share a slot.
                if self.keys[index][place] == upper {
                    return Some(index as u32);
                }
            }
            None
        })
    }

    fn slot(&self, key: u32) -> usize {
        let slot = key as usize & (2 * self.level - 1);
        if slot < self.latest.len() { slot } else { slot - self.level }
    }

    /// Remembers a statement.
    pub fn add(&mut self, day: i32, keys: impl Iterator<Item = u32>, record: Record) -> io::Result<()> {
        if self.latest.is_empty() {
            (0..LISTS).for_each(|_| self.latest.push(NONE));
            self.level = LISTS;
        }
        let index = self.days.len();
        let (mut own, mut before) = ([0; KEYS], [NONE; KEYS]);
        for (place, key) in keys.take(KEYS).enumerate() {
            let slot = self.slot(key);
            own[place] = upper(key);
            before[place] = self.latest[slot];
            self.latest[slot] = (index * KEYS + place) as u32;
            self.used += 1;
        }
        self.days.push(day);
        self.keys.push(own);
        self.before.push(before);
        while self.used > self.latest.len() * CROWDED {
            self.split();
        }
        self.records.push(record);
        if self.file.is_some() && self.records.len() >= self.most.unwrap_or(MOST_IN_MEMORY) {
            self.spill()?;
        }
        Ok(())
    }

    /// Deals the next list out into itself and a new one, both in the order it had.
    fn split(&mut self) {
        let list = self.latest.len() - self.level;
        // The bit of a look-up number that tells the two apart, in its upper half.
        let bit = self.level.trailing_zeros() - LISTS.trailing_zeros();
        let mut heads = [NONE; 2];
        let mut tails: [Option<(usize, usize)>; 2] = [None; 2];
        let mut at = self.latest[list];
        while at != NONE {
            let (index, place) = (at as usize / KEYS, at as usize % KEYS);
            let side = usize::from(self.keys[index][place] >> bit & 1);
            match tails[side].replace((index, place)) {
                Some((index, place)) => self.before[index][place] = at,
                None => heads[side] = at,
            }
            at = self.before[index][place];
        }
        for (index, place) in tails.into_iter().flatten() {
            self.before[index][place] = NONE;
        }
        self.latest[list] = heads[0];
        self.latest.push(heads[1]);
        if self.latest.len() == 2 * self.level {
            self.level *= 2;
        }
    }

    fn spill(&mut self) -> io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        let mut bytes = Vec::with_capacity(self.records.len() * SIZE);
        self.records.iter().for_each(|record| record.write(&mut bytes));
        let mut file = file;
        file.seek(SeekFrom::End(0))?;
        file.write_all(&bytes)?;
        self.spilled += self.records.len();
        self.records.clear();
        Ok(())
    }

    /// What is known of a statement.
    pub fn record(&self, index: u32) -> io::Result<Record> {
        let index = index as usize;
        if let Some(record) = index.checked_sub(self.spilled).and_then(|at| self.records.get(at)) {
            return Ok(record.clone());
        }
        let Some(file) = &self.file else { return Err(io::ErrorKind::NotFound.into()) };
        let mut file = file;
        file.seek(SeekFrom::Start((index * SIZE) as u64))?;
        let mut bytes = [0; SIZE];
        file.read_exact(&mut bytes)?;
        Ok(Record::read(&bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn lists_hold_what_was_added_the_latest_first() {
        let mut seen = Seen::default();
        let mut wanted: HashMap<u32, Vec<u32>> = HashMap::new();
        let record = Record {
            article: 0,
            number: 0,
            speaker: 0,
            words: 0,
            signs: 0,
            shingles: 0,
            sketch: [0; SKETCH],
        };
        // Numbers that differ in their upper half only share a list at first.
        let key = |n: u32| ((n.wrapping_mul(2_654_435_761) >> 13 << 16) | (n % 1009)).max(1);
        for statement in 0..60_000u32 {
            let keys: Vec<u32> = (0..statement % 7).map(|place| key(statement / 3 * 7 + place)).collect();
            keys.iter().for_each(|key| wanted.entry(*key).or_default().insert(0, statement));
            seen.add(statement as i32, keys.into_iter(), record.clone()).unwrap();
        }
        assert!(seen.latest.len() > LISTS && seen.level >= LISTS);
        for (key, statements) in wanted {
            assert_eq!(seen.under(key).collect::<Vec<_>>(), statements, "{key:x}");
        }
        assert_eq!(seen.under(7 << 16 | 60_000).count(), 0);
    }
}
