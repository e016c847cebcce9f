//! What was computed before: the rows of articles, by what they were computed from,
//! and which results of whole runs still stand.
//!
//! Lives here: when two computations are the same, and what is kept of a row and of a
//! run. May not live here: how rows are computed (the pipeline hands that in).
//!
//! A row is kept under a hash of everything it follows from: the program's own
//! source, all lexicons, language rules and the roster, the options of scoring, and
//! the article as it was read, body and metadata. So nothing is ever out of date:
//! what changes is looked up under another name. What lies in the folder is
//! checked before it is used; an entry that is damaged is none. Entries are written as
//! articles are done, so that a run that was killed has left what it had finished.

pub(crate) mod hash;
pub(crate) mod packs;
pub(crate) mod private;
pub(crate) mod rows;
pub(crate) mod runs;

pub use crate::cache::hash::Pieces;
pub use crate::cache::private::Folder as CacheFolder;
pub use crate::cache::runs::{Memo, Told, keep, recall};

use crate::cache::packs::{Key, Packs};
use crate::model::{Article, Row};

/// The program: its version and a fingerprint of its own source.
pub const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), " ", env!("STANCE_SOURCE"));
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
    /// articles and program, in any order that is always the same.
    pub fn open(folder: CacheFolder, made_of: &[String]) -> Cache {
        let mut pieces = Pieces::default();
        for part in ["2", PROGRAM].into_iter().chain(made_of.iter().map(String::as_str)) {
            pieces.add(part);
        }
        let context = pieces.bytes();
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
        let mut pieces = Pieces::default();
        pieces.add(self.context).add(language);
        pieces.add(format!("{published:?}{extracted:?}{title:?}{source:?}{author:?}{url:?}"));
        for span in excluded {
            pieces.add((span.start as u64).to_le_bytes()).add((span.end as u64).to_le_bytes());
        }
        // What is empty tells where the spans end.
        pieces.add("").add(body);
        let hash = pieces.bytes();
        std::array::from_fn(|index| hash[index])
    }
}
