//! Which statements the page shows: a bounded choice of all.
//!
//! Lives here: the order of choice. May not live here: what is counted over all
//! statements (see `counts`). Rows come one after the other, so that memory
//! does not grow with their number.
//!
//! When not all fit, these are kept first: statements with a score on the main
//! axis by actors on the roster; then such by other speakers; then those with
//! a score on another axis only; then those without a score, and copies; last
//! the articles' own voice. Of a group that does not fit whole a sample is
//! kept, by the hash of the statement's id: spread over years and sources, and
//! the same in every run.

use super::entry::Entry;
use crate::model::{Article, Form, Row};
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
    /// The best rank that did not fit.
    limit: Option<Rank>,
}

/// An entry in the heap, whose top is the first to go.
#[derive(Debug)]
struct Kept {
    rank: Rank,
    entry: Box<Entry>,
}

impl Choice {
    /// Nothing kept yet. `main` is the id of the axis that is drawn, `listed`
    /// the ids on the roster, `budget` the bytes that statements may take.
    pub fn new(main: Option<String>, listed: BTreeSet<String>, budget: usize) -> Self {
        Choice { main, listed, budget, size: 0, kept: BinaryHeap::new(), limit: None }
    }

    /// Offers a row; whether it is kept is known at the end.
    pub fn offer(&mut self, row: &Row, article: &Article) {
        let rank = (self.group(row), chance(&row.id));
        if self.limit.is_some_and(|limit| rank >= limit) {
            return;
        }
        let entry = Box::new(Entry::new(row, article));
        self.size += entry.size();
        self.kept.push(Kept { rank, entry });
        while self.size > self.budget
            && let Some(worst) = self.kept.pop()
        {
            self.size -= worst.entry.size();
            self.limit = Some(worst.rank);
        }
    }

    /// The statements that are kept, by the day they were made, then by their
    /// ids; those without a date last.
    pub fn entries(self) -> Vec<Entry> {
        let mut entries: Vec<Entry> = self.kept.into_iter().map(|kept| *kept.entry).collect();
        entries.sort_by_cached_key(|entry| {
            let (article, number) = entry.id.rsplit_once('#').unwrap_or((&entry.id, ""));
            let number: usize = number.parse().unwrap_or(0);
            (entry.said.is_none(), entry.day(), article.to_string(), number, entry.id.clone())
        });
        entries
    }

    fn group(&self, row: &Row) -> u8 {
        if row.statement.form == Form::Author {
            return 4;
        }
        let scores = || row.scored.iter().flat_map(|scored| &scored.scores);
        let main = scores()
            .any(|score| self.main.as_ref().is_some_and(|main| score.axis == *main) && score.value.is_ok());
        let listed = row.statement.speaker.actor.as_ref().is_some_and(|id| self.listed.contains(id));
        match (row.duplicate_of.is_some(), main, listed) {
            (true, _, _) => 3,
            (false, true, true) => 0,
            (false, true, false) => 1,
            (false, false, _) => {
                if scores().any(|score| score.value.is_ok()) {
                    2
                } else {
                    3
                }
            }
        }
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
        self.rank.cmp(&other.rank).then_with(|| self.entry.id.cmp(&other.entry.id))
    }
}
