//! Remembers which parts of patterns a word matches.
//!
//! The words of texts repeat. The trie of a large lexicon does not fit the processor's nearest
//! cache, the few thousand words that make up nearly all of any text do.

use crate::model::WordMap;
use crate::score::lookup::trie::Trie;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, MutexGuard, TryLockError};

/// Maximum number of remembered words; a memory that is full starts again.
const MOST: usize = 50_000;
/// Number of threads that can use the memory at the same time; further ones do without.
const SLOTS: usize = 32;

/// The memory of one trie. It belongs to its matcher and goes with it.
#[derive(Debug, Default)]
pub struct Memo {
    slots: [Mutex<Slot>; SLOTS],
}

/// The memory of one thread at a time.
#[derive(Debug, Default)]
pub struct Slot {
    /// Where the ids of a word begin and end in `ids`.
    words: WordMap<(u32, u32)>,
    ids: Vec<u32>,
}

impl Memo {
    /// A slot that no other thread uses now, if possible the one that this thread used
    /// before; None if all are taken.
    pub fn slot(&self) -> Option<MutexGuard<'_, Slot>> {
        let mut hasher = DefaultHasher::new();
        std::thread::current().id().hash(&mut hasher);
        let first = hasher.finish() as usize % SLOTS;
        (first..first + SLOTS).find_map(|at| match self.slots[at % SLOTS].try_lock() {
            Ok(slot) => Some(slot),
            // A panic while it was written: what it holds is of no use.
            Err(TryLockError::Poisoned(poisoned)) => {
                let mut slot = poisoned.into_inner();
                *slot = Slot::default();
                Some(slot)
            }
            Err(TryLockError::WouldBlock) => None,
        })
    }
}

impl Slot {
    /// Adds to `found` what [`Trie::matches`] adds. `trie` is the same in all calls.
    pub fn matches(&mut self, trie: &Trie, word: &str, found: &mut Vec<u32>) {
        if let Some((start, end)) = self.words.get(word) {
            found.extend_from_slice(self.ids.get(*start as usize..*end as usize).unwrap_or(&[]));
            return;
        }
        if self.words.len() >= MOST {
            *self = Slot::default();
        }
        let start = self.ids.len();
        trie.matches(word, &mut self.ids);
        found.extend_from_slice(&self.ids[start..]);
        self.words.insert(word.to_string(), (start as u32, self.ids.len() as u32));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PatternPart, Possessives};

    #[test]
    fn a_remembered_word_gives_the_same_as_the_trie() {
        let parts = ["un*", "union*"].map(|glob| PatternPart::Glob(glob.into()));
        let trie = Trie::new(parts.iter(), &Possessives::default());
        let memo = Memo::default();
        let look = |word: &str| {
            let mut found = vec![7];
            memo.slot().unwrap().matches(&trie, word, &mut found);
            found
        };
        for _ in 0..2 {
            assert_eq!(look("unions"), [7, 0, 1]);
            assert_eq!(look("units"), [7, 0]);
            assert_eq!(look("state"), [7]);
        }
        for number in 0..MOST + 10 {
            look(&format!("w{number}"));
        }
        assert_eq!(look("unions"), [7, 0, 1]);
    }

    #[test]
    fn a_slot_serves_one_user_at_a_time_and_none_is_left_when_all_are_taken() {
        let memo = Memo::default();
        let mut taken: Vec<_> = (0..SLOTS).map(|_| memo.slot().unwrap()).collect();
        assert!(memo.slot().is_none());
        taken.pop();
        assert!(memo.slot().is_some());
    }
}
