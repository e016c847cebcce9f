//! The inputs as a stream of work items, and work items as articles or statements.
//!
//! [`open`] lists and reads serially and cheaply: it yields [`WorkItem`]s, each a file not
//! opened yet or some records of a large one. [`WorkItem::read`] does the work, depends on
//! nothing but the item and the options, and may run on any thread. [`IdAllocator::assign`]
//! then gives the articles their ids, serially and in the order of the items, so that ids do
//! not depend on the threads. Only the work items that the caller holds are in memory.

use crate::error::{Error, Result};
use crate::ingest::articles::item::{Item, WorkItem};
use crate::ingest::articles::record_file::RecordFile;
use crate::ingest::articles::{from_file, from_record};
use crate::ingest::columns::RecordKind;
use crate::ingest::files::format::FileFormat;
use crate::ingest::files::listing::{Listing, ListingEntry};
use crate::ingest::notes::Notes;
use crate::ingest::options::Options;
use crate::model::{Article, InputFile, Skipped};
use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;

impl WorkItem {
    /// Reads the item.
    pub fn read(self, options: &Options) -> Vec<Item> {
        match self {
            WorkItem::File(source, kind) => from_file::items(&source, kind, options),
            WorkItem::Records(batch) => from_record::items(*batch, options),
            WorkItem::Ready(items) => items,
        }
    }
}

/// The stream of work items.
pub struct ArticleReader<'a> {
    listing: Listing,
    options: &'a Options<'a>,
    open: Option<RecordFile>,
}

/// Opens the inputs: files, folders (recursively), globs and `-` (standard input). An input
/// that does not exist is an error, and a column mapping that does not fit a table; whatever
/// else cannot be used becomes an [`Item::Skipped`]. The order is that of the inputs, folders
/// sorted by name.
pub fn open<'a>(inputs: &[String], options: &'a Options<'a>) -> Result<ArticleReader<'a>> {
    let listing = Listing::new(inputs, &options.filter, options.follow_links)?;
    Ok(ArticleReader { listing, options, open: None })
}

impl Iterator for ArticleReader<'_> {
    type Item = Result<WorkItem>;

    fn next(&mut self) -> Option<Result<WorkItem>> {
        if let Some(file) = self.open.take() {
            return Some(Ok(self.next_batch(file)));
        }
        let source = match self.listing.next()? {
            ListingEntry::Skipped(skipped) => return Some(Ok(ready(skipped))),
            ListingEntry::File(source) => source,
        };
        let kind = match source.kind(self.options.input_format) {
            Ok(kind) => kind,
            Err(detail) => return Some(Ok(ready(source.unknown_format(detail)))),
        };
        if kind.format.has_records() {
            return Some(match RecordFile::open(source, kind, self.options) {
                Ok(Ok(file)) => Ok(self.next_batch(file)),
                Ok(Err(items)) => Ok(WorkItem::Ready(items)),
                Err(error) => Err(error),
            });
        }
        Some(Ok(match self.options.columns.kind() {
            RecordKind::Article => WorkItem::File(source, kind),
            RecordKind::Statement => {
                let endings = FileFormat::record_endings();
                let what = format!(
                    "this is text without columns, and --unit statement reads records: use {endings}"
                );
                ready(source.unknown_format(what))
            }
        }))
    }
}

impl ArticleReader<'_> {
    /// The next records of a file, or the notes at its end.
    fn next_batch(&mut self, mut file: RecordFile) -> WorkItem {
        match file.next(self.options) {
            Some(batch) => {
                self.open = Some(file);
                WorkItem::Records(Box::new(batch))
            }
            None => WorkItem::Ready(file.end()),
        }
    }
}

fn ready(skipped: Skipped) -> WorkItem {
    WorkItem::Ready(vec![Item::Skipped(skipped)])
}

/// Gives articles ids that no other article has.
///
/// Keeps eight bytes an article, a hash of its id. Among ten million articles the chance that
/// two different ids have the same hash, so that one of them gets a needless `-2`, is one in
/// 400,000.
#[derive(Debug, Default)]
pub struct IdAllocator {
    seen: HashSet<u64, foldhash::fast::FixedState>,
    repeated: HashMap<u64, usize, foldhash::fast::FixedState>,
}

impl IdAllocator {
    /// Makes the id unique: the second `x` becomes `x-2`. To be called in the
    /// order of the work items.
    pub fn assign(&mut self, article: &mut Article) {
        let hash = foldhash::quality::FixedState::default();
        let key = hash.hash_one(&article.id);
        if self.seen.insert(key) {
            return;
        }
        let count = self.repeated.entry(key).or_insert(1);
        loop {
            *count += 1;
            let id = format!("{}-{count}", article.id);
            if self.seen.insert(hash.hash_one(&id)) {
                article.id = id;
                return;
            }
        }
    }
}

/// Everything that was read, in memory.
#[derive(Debug, Default)]
pub struct Inputs {
    /// In the order of the inputs, files of a folder sorted by path.
    pub articles: Vec<Article>,
    /// What could not be used.
    pub skipped: Vec<Skipped>,
    /// The files that were opened, sorted by path.
    pub files: Vec<InputFile>,
}

/// Reads everything at once: [`open`], collected. No article at all is an error.
pub fn articles(inputs: &[String], options: &Options) -> Result<Inputs> {
    let mut found = Inputs::default();
    let mut ids = IdAllocator::default();
    let mut notes = Notes::default();
    for work in open(inputs, options)? {
        let mut items = work?.read(options);
        notes.limit(&mut items);
        for item in items {
            match item {
                Item::Article(mut article) => {
                    ids.assign(&mut article);
                    found.articles.push(article);
                }
                Item::Skipped(skipped) => found.skipped.push(skipped),
                Item::File(file) => found.files.push(file),
                Item::FurtherNotes(further) => found.skipped.push(further.row()),
                Item::Statement(_) | Item::End(_) => {}
            }
        }
    }
    found.files.sort_by(|one, two| one.path.cmp(&two.path));
    if found.articles.is_empty() {
        return Err(no_articles(inputs, found.skipped.first()));
    }
    Ok(found)
}

/// The error when there was no article at all.
pub fn no_articles(inputs: &[String], first: Option<&Skipped>) -> Error {
    let message = "no article was found";
    let all = inputs.join(", ");
    match first {
        Some(skipped) => Error::run(
            all,
            format!("{message}; first skipped: {}: {}", skipped.path, skipped.detail),
            "mend that, or name another folder",
        ),
        None => Error::run(
            all,
            message,
            format!(
                "name a folder with files ending in {}; --include and --exclude, if you gave them, may have left \
                 out all",
                FileFormat::endings()
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assigned(ids: &[&str]) -> Vec<String> {
        let mut known = IdAllocator::default();
        ids.iter()
            .map(|id| {
                let mut article = Article { id: id.to_string(), ..Article::default() };
                known.assign(&mut article);
                article.id
            })
            .collect()
    }

    #[test]
    fn ids_become_unique_in_the_order_they_come() {
        assert_eq!(assigned(&["x", "x", "y", "x"]), ["x", "x-2", "y", "x-3"]);
        assert_eq!(assigned(&["x-2", "x", "x", "x-2"]), ["x-2", "x", "x-3", "x-2-2"]);
    }
}
