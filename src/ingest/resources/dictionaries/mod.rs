//! Readers of dictionaries in other formats: quanteda YAML, LIWC, Lexicoder and weighted
//! tables. What cannot be expressed in a lexicon folder is reported.

pub(crate) mod lines;
pub(crate) mod table;
pub(crate) mod yaml;

pub use crate::ingest::resources::dictionaries::lines::{lexicoder, liwc};
pub use crate::ingest::resources::dictionaries::table::{Columns, weighted};
pub use crate::ingest::resources::dictionaries::yaml::quanteda;

use crate::ingest::fold;
use std::collections::BTreeSet;

/// One entry of a foreign lexicon, as far as ours can hold it.
#[derive(Debug, Clone, PartialEq)]
pub struct Foreign {
    /// Words with `*` where any letters may stand.
    pub term: String,
    /// The key or category it stood under; empty in a list without any.
    pub category: String,
    /// Its weight on its own scale; None where the format has none.
    pub weight: Option<f64>,
    /// Line of the file, where it has lines.
    pub line: Option<usize>,
}

/// What was read and what was lost.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Import {
    /// In the order of the file.
    pub entries: Vec<Foreign>,
    /// One sentence an entry or mark that has no place in our format.
    pub losses: Vec<String>,
}

impl Import {
    /// Keeps an entry if our patterns can say it.
    fn add(&mut self, entry: Foreign) {
        let term = entry.term.split_whitespace().collect::<Vec<_>>().join(" ");
        let place = entry.line.map_or(String::new(), |line| format!("line {line}: "));
        let why = if term.is_empty() {
            Some("is empty")
        } else if term.contains('\u{fffd}') {
            Some("holds a character that could not be read")
        } else if term.contains('?') {
            Some("has '?' for one letter, which our patterns do not know")
        } else if term.starts_with('#') {
            Some("begins with '#', which makes a row a comment here")
        } else if term.split(' ').any(|word| !word.contains(char::is_alphanumeric)) {
            Some("has a part without letters, which is no word here")
        } else {
            None
        };
        match why {
            Some(why) => self.losses.push(format!("{place}'{}' {why}: left out", entry.term)),
            None => self.entries.push(Foreign { term, ..entry }),
        }
    }

    /// Leaves out entries that repeat an earlier one of the same category, upper and
    /// lower case being the same.
    fn without_repeats(mut self) -> Import {
        let mut seen = BTreeSet::new();
        let losses = &mut self.losses;
        self.entries.retain(|entry| {
            let new = seen.insert((fold(&entry.term), entry.category.clone()));
            if !new {
                let place = entry.line.map_or(String::new(), |line| format!("line {line}: "));
                losses.push(format!("{place}'{}' stands there already: left out", entry.term));
            }
            new
        });
        self
    }
}
