//! What was computed before: the rows of articles, by what they were computed from.
//!
//! Lives here: when two computations are the same, and what is kept of a row. May
//! not live here: how rows are computed (the pipeline hands that in).
//!
//! A row is kept under a hash of everything it follows from: the program's own
//! source, all lexicons, language rules and the roster, the options of scoring, and
//! the article as it was read, body and metadata. So nothing is ever out of date:
//! what changes is looked up under another name. What lies in the folder is
//! checked before it is used; an entry that is damaged is none. Entries are written as
//! articles are done, so that a run that was killed has left what it had finished.

mod packs;
mod rows;

use crate::model::{Article, Row};
use packs::{Key, Packs};
use sha2::{Digest, Sha256};
use std::path::Path;

/// Larger articles are computed anew.
const MOST_BYTES: usize = 4_000_000;

/// A cache of rows in a folder.
#[derive(Debug)]
pub struct Cache {
    /// What everything follows from.
    context: [u8; 32],
    packs: Packs,
}

/// What was found and what was not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// Articles whose rows were there.
    pub found: usize,
    /// Articles whose rows were computed.
    pub computed: usize,
    /// Why the folder could not be written, if so.
    pub trouble: Option<String>,
}

impl Cache {
    /// Opens or begins a cache. `made_of` is everything that rows follow from beside
    /// articles and program, in any order that is always the same. A folder that
    /// cannot be used gives an empty cache.
    pub fn open(folder: &Path, made_of: &[String]) -> Cache {
        let mut hash = Sha256::new();
        for part in ["1", env!("CARGO_PKG_VERSION"), env!("STANCE_SOURCE")]
            .into_iter()
            .chain(made_of.iter().map(String::as_str))
        {
            add(&mut hash, part.as_bytes());
        }
        let context: [u8; 32] = hash.finalize().into();
        Cache { context, packs: Packs::open(folder, &context) }
    }

    /// Whether an article is kept: larger ones should not be held as rows at once.
    pub fn takes(&self, article: &Article) -> bool {
        article.body.len() <= MOST_BYTES
    }

    /// The rows of an article: those that were kept, else what `compute` says.
    /// `words` gives the words of a statement.
    pub fn rows(
        &self,
        article: &Article,
        compute: impl FnOnce() -> Vec<Row>,
        words: impl Fn(&Row) -> String,
    ) -> Vec<Row> {
        if !self.takes(article) {
            self.packs.missed();
            return compute();
        }
        let key = self.key(article);
        let found = self.packs.get(&key).and_then(|bytes| rows::decode(&bytes, article, &words));
        if let Some(rows) = found {
            self.packs.found();
            return rows;
        }
        self.packs.missed();
        let rows = compute();
        self.packs.put(&key, &rows::encode(&rows));
        rows
    }

    /// What was used.
    pub fn used(&self) -> Use {
        self.packs.used()
    }

    fn key(&self, article: &Article) -> Key {
        // The id and the place change nothing but names.
        let Article {
            id: _,
            place: _,
            title,
            published,
            source,
            author,
            url,
            language,
            body,
            extracted,
            excluded,
        } = article;
        let mut hash = Sha256::new();
        hash.update(self.context);
        add(&mut hash, language.as_bytes());
        add(&mut hash, format!("{published:?}{extracted:?}{title:?}{source:?}{author:?}{url:?}").as_bytes());
        for span in excluded {
            hash.update((span.start as u64).to_le_bytes());
            hash.update((span.end as u64).to_le_bytes());
        }
        add(&mut hash, body.as_bytes());
        let hash: [u8; 32] = hash.finalize().into();
        std::array::from_fn(|index| hash[index])
    }
}

/// Adds bytes and their number, so that what follows each other cannot run together.
fn add(hash: &mut Sha256, bytes: &[u8]) {
    hash.update((bytes.len() as u64).to_le_bytes());
    hash.update(bytes);
}
