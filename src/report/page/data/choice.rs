//! Which statements the page shows: a bounded selection. Rows come one after the other, so that memory
//! does not grow with their number.
//!
//! When not all fit, these are kept first: statements with a score on the main
//! axis by actors on the roster; then those by other speakers; then those with
//! a score on another axis only; then those without a score, and copies; last
//! the articles' own voice. Of a group that does not fit as a whole a sample is
//! kept, by the hash of the statement's id: spread over years and sources, and
//! the same in every run.

use crate::model::{Article, Counting, Form, Row};
use crate::report::page::data::entry;
use crate::report::page::data::entry::{Accounts, Entry};
use crate::report::page::data::packed;
use crate::report::page::data::packed::Shared;
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, BinaryHeap};

/// Bytes that the statements of a page may take, about; with charts and tables
/// the page stays under 40 MB.
pub const BUDGET: usize = 32_000_000;

/// A place in the order of choice, the smaller the sooner: group, then chance.
type Rank = (u8, u64);

/// The statements kept so far.
#[derive(Debug)]
pub struct Choice {
    main: Option<String>,
    listed: BTreeSet<String>,
    budget: usize,
    size: usize,
    kept: BinaryHeap<Kept>,
    shared: Shared,
    /// The best rank that did not fit.
    limit: Option<Rank>,
    counting: Counting,
}

/// An entry in the heap, whose top is the first to go.
#[derive(Debug)]
struct Kept {
    rank: Rank,
    /// What it takes in the page.
    size: u32,
    packed: Box<[u8]>,
}

impl Choice {
    /// Nothing kept yet. `main` is the id of the axis that is drawn, `listed`
    /// the ids on the roster, `budget` the bytes that statements may take.
    pub fn new(main: Option<String>, listed: BTreeSet<String>, budget: usize, counting: Counting) -> Self {
        Choice {
            main,
            listed,
            budget,
            size: 0,
            kept: BinaryHeap::new(),
            shared: Shared::default(),
            limit: None,
            counting,
        }
    }

    /// Offers a row; whether it is kept is known at the end.
    pub fn offer(&mut self, row: &Row, article: &Article, accounts: &dyn Fn() -> Accounts) {
        let rank = (self.group(row), chance(&row.id));
        if self.limit.is_some_and(|limit| rank >= limit) {
            return;
        }
        let entry = Entry::new(row, article, accounts());
        let size = u32::try_from(entry.size()).unwrap_or(u32::MAX);
        self.size += size as usize;
        self.kept.push(Kept { rank, size, packed: packed::pack(&entry, &mut self.shared) });
        while self.size > self.budget
            && let Some(worst) = self.kept.pop()
        {
            self.size -= worst.size as usize;
            self.limit = Some(worst.rank);
        }
    }

    /// The statements that are kept, by the day they were made, then by their
    /// ids; those without a date last.
    pub fn entries(self) -> Entries {
        let mut packed: Vec<Box<[u8]>> = self.kept.into_iter().map(|kept| kept.packed).collect();
        packed.sort_by_cached_key(|bytes| {
            let (id, said) = packed::head(bytes);
            let (article, number) = id.rsplit_once('#').unwrap_or((id, ""));
            let number: usize = number.parse().unwrap_or(0);
            (said.is_none(), entry::middle(said), article.to_string(), number, id.to_string())
        });
        Entries { packed, shared: self.shared }
    }

    fn group(&self, row: &Row) -> u8 {
        if row.statement.form == Form::Author {
            return 4;
        }
        let scores = || row.scored.iter().flat_map(|scored| &scored.scores);
        let main = scores()
            .any(|score| self.main.as_ref().is_some_and(|main| score.axis == *main) && score.value.is_ok());
        let listed = row.statement.speaker.actor.as_ref().is_some_and(|id| self.listed.contains(id));
        match (self.counting.counts_copy(row.duplicate_of.as_deref()), main, listed) {
            (false, _, _) => 3,
            (true, true, true) => 0,
            (true, true, false) => 1,
            (true, false, _) => {
                if scores().any(|score| score.value.is_ok()) {
                    2
                } else {
                    3
                }
            }
        }
    }
}

/// The statements of the page in its order, each made anew when it is looked at.
#[derive(Debug)]
pub struct Entries {
    packed: Vec<Box<[u8]>>,
    shared: Shared,
}

impl Entries {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.packed.len()
    }

    /// The one with a number, counted from 0.
    pub fn get(&self, index: usize) -> Option<Entry> {
        self.packed.get(index).map(|bytes| packed::unpack(bytes, &self.shared))
    }

    /// One after the other.
    pub fn iter(&self) -> impl Iterator<Item = Entry> + '_ {
        self.packed.iter().map(|bytes| packed::unpack(bytes, &self.shared))
    }
}

fn chance(id: &str) -> u64 {
    Sha256::digest(id.as_bytes()).iter().take(8).fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Kept {}

impl PartialOrd for Kept {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Kept {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.rank
            .cmp(&other.rank)
            .then_with(|| packed::head(&self.packed).0.cmp(packed::head(&other.packed).0))
    }
}
