//! Statements that were seen, by their look-up numbers.
//!
//! Lives here: how they are kept so that millions fit. May not live here: what
//! makes two statements the same.
//!
//! In memory is what every look-up touches: numbers, days and lists, about 75
//! bytes a statement. The rest is read only where speaker, words and days agree
//! so far, and goes into a file in order once there is much of it.

use super::{KEYS, SKETCH, UNDATED};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

/// End of a list.
const NONE: u32 = u32::MAX;
/// So many records wait in memory (11 MB).
const MOST_IN_MEMORY: usize = 1 << 16;
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

/// The statements in the order in which they came.
#[derive(Debug, Default)]
pub struct Seen {
    days: Vec<i32>,
    keys: Vec<[u32; KEYS]>,
    /// For each look-up number of a statement, the one before it in its list.
    before: Vec<[u32; KEYS]>,
    /// The latest of each list: number of the statement times KEYS plus the place
    /// of the look-up number in it. A power of two long.
    latest: Vec<u32>,
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
        self.days.get(index as usize).copied().unwrap_or(UNDATED)
    }

    /// The statements with a look-up number, the latest first.
    pub fn under(&self, key: u32) -> impl Iterator<Item = u32> + '_ {
        let mut at = if self.latest.is_empty() { NONE } else { self.latest[self.slot(key)] };
        std::iter::from_fn(move || {
            while at != NONE {
                let (index, place) = (at as usize / KEYS, at as usize % KEYS);
                at = self.before[index][place];
                // Lists of several numbers share a slot.
                if self.keys[index][place] == key {
                    return Some(index as u32);
                }
            }
            None
        })
    }

    fn slot(&self, key: u32) -> usize {
        key as usize & (self.latest.len() - 1)
    }

    /// Remembers a statement.
    pub fn add(&mut self, day: i32, keys: impl Iterator<Item = u32>, record: Record) -> io::Result<()> {
        let mut own = [0; KEYS];
        let mut count = 0;
        for (place, key) in own.iter_mut().zip(keys) {
            *place = key;
            count += 1;
        }
        self.days.push(day);
        self.keys.push(own);
        self.before.push([NONE; KEYS]);
        self.used += count;
        if self.used > self.latest.len() * 2 {
            self.grow();
        } else {
            self.link(self.keys.len() - 1, count);
        }
        self.records.push(record);
        if self.file.is_some() && self.records.len() >= self.most.unwrap_or(MOST_IN_MEMORY) {
            self.spill()?;
        }
        Ok(())
    }

    /// Puts a statement at the head of its lists.
    fn link(&mut self, index: usize, count: usize) {
        for place in 0..count {
            let slot = self.slot(self.keys[index][place]);
            self.before[index][place] = self.latest[slot];
            self.latest[slot] = (index * KEYS + place) as u32;
        }
    }

    /// Doubles the number of lists and deals all statements out anew.
    fn grow(&mut self) {
        let size = (self.latest.len() * 2).max(1024);
        self.latest = Vec::new();
        self.latest.resize(size, NONE);
        for index in 0..self.keys.len() {
            // Look-up numbers are not 0; what is not used is.
            let count = self.keys[index].iter().rposition(|key| *key != 0).map_or(0, |last| last + 1);
            self.link(index, count);
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
