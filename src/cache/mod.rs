//! Cache of the rows of articles, and records of whole runs whose results are still valid.
//!
//! Rows are stored under a hash of everything that they depend on: the program's own source, all
//! lexicons, language rules and the roster, the options of scoring, and the article as it was read.
//! So an entry never becomes outdated; after a change another hash is looked up. Every entry is
//! verified before use, and a damaged one is ignored. Entries are written as soon as an article is
//! done, so that a killed run loses nothing it had finished.

pub(crate) mod folder;
pub(crate) mod hash;
pub(crate) mod packs;
pub(crate) mod rows;
pub(crate) mod runs;
pub(crate) mod usage;

pub use crate::cache::folder::CacheFolder;
pub use crate::cache::hash::HashBuilder;
pub use crate::cache::runs::{RunSummary, StoredRun, load_run, store_run};
pub use crate::cache::usage::CacheUsage;

use crate::cache::packs::{Key, Packs};
use crate::model::{Article, Row};

/// The version of the program and a fingerprint of its source.
pub const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), " ", env!("STANCE_SOURCE"));
/// Size of the largest cached article, in bytes.
const MAX_ARTICLE_BYTES: usize = 4_000_000;

/// A cache of rows in a folder.
#[derive(Debug)]
pub struct Cache {
    /// Hash of everything that all rows depend on.
    context: [u8; 32],
    packs: Packs,
}

impl Cache {
    /// Opens a cache. `dependencies` is everything that rows depend on besides the article and the
    /// program, in a fixed order.
    pub fn open(folder: CacheFolder, dependencies: &[String]) -> Cache {
        let mut hash = HashBuilder::default();
        for part in ["2", PROGRAM].into_iter().chain(dependencies.iter().map(String::as_str)) {
            hash.add(part);
        }
        let context = hash.bytes();
        Cache { context, packs: Packs::open(folder, &context) }
    }

    /// True if an article is small enough to be cached: the rows of larger ones should not be in memory at
    /// once.
    pub fn accepts(&self, article: &Article) -> bool {
        article.body.len() <= MAX_ARTICLE_BYTES
    }

    /// The rows of an article, from the cache or from `compute`. `words` gives the words of a statement.
    pub fn rows(
        &self,
        article: &Article,
        compute: impl FnOnce() -> Vec<Row>,
        words: impl Fn(&Row) -> String,
    ) -> Vec<Row> {
        if !self.accepts(article) {
            self.packs.count_computed();
            return compute();
        }
        let key = self.key(article);
        let found = self.packs.get(&key).and_then(|bytes| rows::decode(&bytes, article, &words));
        if let Some(rows) = found {
            self.packs.count_found();
            return rows;
        }
        self.packs.count_computed();
        let rows = compute();
        self.packs.put(&key, &rows::encode(&rows));
        rows
    }

    /// How often the cache was used so far.
    pub fn usage(&self) -> CacheUsage {
        self.packs.usage()
    }

    fn key(&self, article: &Article) -> Key {
        // Id and place are not stored in the rows.
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
        let mut hash = HashBuilder::default();
        hash.add(self.context).add(language);
        hash.add(format!("{published:?}{extracted:?}{title:?}{source:?}{author:?}{url:?}"));
        for span in excluded {
            hash.add((span.start as u64).to_le_bytes()).add((span.end as u64).to_le_bytes());
        }
        // An empty value separates the spans from the body.
        hash.add("").add(body);
        let bytes = hash.bytes();
        std::array::from_fn(|index| bytes[index])
    }
}
