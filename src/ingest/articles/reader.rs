//! The door as a stream: from inputs to pieces, from pieces to articles.
//!
//! Lives here: the order of things and what is held in memory. May not live
//! here: formats.
//!
//! [`open`] lists and reads serially and cheaply: it yields [`Piece`]s, each a
//! file not opened yet or some records of a large one. [`Piece::read`] does the
//! work, depends on nothing but the piece and the options, and may run on any
//! thread. [`Ids::admit`] then gives the articles their ids, serially and in the
//! order of the pieces, so that they do not depend on the threads. At no time is
//! more in memory than the pieces that the caller holds.

use crate::error::{Error, Result};
use crate::ingest::articles::from_file;
use crate::ingest::articles::from_file::too_large;
use crate::ingest::articles::record_file::RecordFile;
use crate::ingest::columns::{COUNT, Cells, Mapping};
use crate::ingest::files::filter::Filter;
use crate::ingest::files::format::{Format, Kind, Packing};
use crate::ingest::files::listing::{Listed, Listing, Source};
use crate::ingest::notes::{More, Notes};
use crate::ingest::text::dates::format::DateFormat;
use crate::model::{Article, InputFile, Language, Skipped};
use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;
use std::sync::Arc;

/// How inputs are read.
#[derive(Debug, Clone)]
pub struct Options<'a> {
    /// The languages that have rules.
    pub languages: &'a [Language],
    /// The language of texts that do not say theirs; None to detect it.
    pub language: Option<&'a str>,
    /// Which columns of records hold what.
    pub columns: Mapping,
    /// How dates are written that could be two days.
    pub date_format: Option<DateFormat>,
    /// The greatest article in bytes, unpacked. Larger ones are skipped.
    pub max_article_bytes: usize,
    /// Which files of folders are read.
    pub filter: Filter,
    /// True to read what links in folders lead to, each target once.
    pub follow_links: bool,
    /// What standard input and files without a known ending hold.
    pub input_format: Option<Kind>,
}

impl<'a> Options<'a> {
    /// The defaults.
    pub fn new(languages: &'a [Language], language: Option<&'a str>) -> Self {
        Options {
            languages,
            language,
            columns: Mapping::default(),
            date_format: None,
            max_article_bytes: 10_000_000,
            filter: Filter::default(),
            follow_links: false,
            input_format: None,
        }
    }
}

/// What comes in.
#[derive(Debug, PartialEq)]
pub enum Item {
    /// An article.
    Article(Article),
    /// Something that could not be used, or only in part.
    Skipped(Skipped),
    /// A file that was opened; comes after all that was in it.
    File(InputFile),
    /// Further notes of one kind about a file, counted only; see [`Notes`].
    More(More),
    /// The end of a file of records. [`Notes::admit`] removes it.
    End(String),
}

/// A piece of the inputs that one thread reads.
#[derive(Debug)]
pub enum Piece {
    /// A file with one article, not opened yet.
    File(Source, Kind),
    /// Some records of a large file.
    Records(Records),
    /// Already read.
    Ready(Vec<Item>),
}

/// Some records of a file.
#[derive(Debug)]
pub struct Records {
    /// The file's path as the user named it.
    pub place: String,
    /// Its name without endings, for ids.
    pub stem: String,
    /// Number of the first line or row in the file, counted from 1.
    pub first: usize,
    /// The records.
    pub lot: Lot,
    /// Notes about them that were made when they were read.
    pub notes: Vec<Item>,
}

/// Records as they come out of a file.
#[derive(Debug)]
pub enum Lot {
    /// Lines of JSON.
    Lines(String),
    /// Rows of a table as they stand there.
    Rows {
        /// The rows.
        text: String,
        /// Between cells.
        separator: u8,
        /// The names of the columns.
        header: Arc<Vec<String>>,
        /// Where the columns are, by role.
        places: [Option<usize>; COUNT],
    },
    /// Rows with their numbers, taken apart already.
    Cells {
        /// The rows.
        rows: Vec<(usize, Cells)>,
        /// The names of the columns.
        header: Arc<Vec<String>>,
    },
}

impl Piece {
    /// Reads the piece.
    pub fn read(self, options: &Options) -> Vec<Item> {
        match self {
            Piece::File(source, kind) => from_file::file(&source, kind, options),
            Piece::Records(records) => from_file::records(records, options),
            Piece::Ready(items) => items,
        }
    }
}

/// The stream of pieces.
pub struct Door<'a> {
    listing: Listing,
    options: &'a Options<'a>,
    open: Option<RecordFile>,
}

/// Opens the inputs: files, folders (recursively) and `-` (standard input). An
/// input that is not there is an error, and a column mapping that does not fit a
/// table; whatever else cannot be used becomes an [`Item::Skipped`]. The order is
/// that of the inputs, folders sorted by name.
pub fn open<'a>(inputs: &[String], options: &'a Options<'a>) -> Result<Door<'a>> {
    Ok(Door { listing: Listing::new(inputs, &options.filter, options.follow_links)?, options, open: None })
}

impl Iterator for Door<'_> {
    type Item = Result<Piece>;

    fn next(&mut self) -> Option<Result<Piece>> {
        if let Some(file) = self.open.take() {
            return Some(Ok(self.go_on(file)));
        }
        let source = match self.listing.next()? {
            Listed::Skipped(skipped) => return Some(Ok(ready(skipped))),
            Listed::Source(source) => source,
        };
        match kind(&source, self.options.input_format) {
            Err(detail) => Some(Ok(ready(no_format(&source, detail)))),
            Ok(kind) if !kind.format.has_records() => Some(Ok(Piece::File(source, kind))),
            Ok(kind) => match RecordFile::open(source, kind, self.options) {
                Ok(Ok(file)) => Some(Ok(self.go_on(file))),
                Ok(Err(items)) => Some(Ok(Piece::Ready(items))),
                Err(error) => Some(Err(error)),
            },
        }
    }
}

impl Door<'_> {
    /// The next records of a file, or what is to be said at its end.
    fn go_on(&mut self, mut file: RecordFile) -> Piece {
        match file.next(self.options) {
            Some(records) => {
                self.open = Some(file);
                Piece::Records(records)
            }
            None => Piece::Ready(file.end()),
        }
    }
}

/// What a file holds, by its name; `given` is for those whose name does not tell.
pub(crate) fn kind(source: &Source, given: Option<Kind>) -> std::result::Result<Kind, String> {
    match (given, source.is_standard_input()) {
        (Some(kind), true) => Ok(kind),
        (None, true) => Ok(Kind { format: Format::Text, packing: Packing::Plain }),
        (Some(kind), false) => Kind::of(&source.path).or(Ok(kind)),
        (None, false) => Kind::of(&source.path),
    }
}

/// The row of a file that nothing here can read.
pub(crate) fn no_format(source: &Source, detail: String) -> Skipped {
    Skipped::new(&source.place, "format", detail)
}

fn ready(skipped: Skipped) -> Piece {
    Piece::Ready(vec![Item::Skipped(skipped)])
}

/// Gives articles ids that nobody else has.
///
/// Keeps eight bytes an article: ids are known by a hash of 64 bits. Among ten
/// million articles the chance that two different ids are taken for the same, so
/// that one of them gets a needless `-2`, is one in 400,000.
#[derive(Debug, Default)]
pub struct Ids {
    seen: HashSet<u64, foldhash::fast::FixedState>,
    repeated: HashMap<u64, usize, foldhash::fast::FixedState>,
}

impl Ids {
    /// Makes the id unique: the second `x` becomes `x-2`. To be called in the
    /// order of the pieces.
    pub fn admit(&mut self, article: &mut Article) {
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

/// Everything that came in, in memory.
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
    let mut ids = Ids::default();
    let mut notes = Notes::default();
    for piece in open(inputs, options)? {
        let mut items = piece?.read(options);
        notes.admit(&mut items);
        for item in items {
            match item {
                Item::Article(mut article) => {
                    ids.admit(&mut article);
                    found.articles.push(article);
                }
                Item::Skipped(skipped) => found.skipped.push(skipped),
                Item::File(file) => found.files.push(file),
                Item::More(more) => found.skipped.push(more.row()),
                Item::End(_) => {}
            }
        }
    }
    found.files.sort_by(|one, two| one.path.cmp(&two.path));
    if found.articles.is_empty() {
        return Err(nothing(inputs, found.skipped.first()));
    }
    Ok(found)
}

/// The error when there was no article at all.
pub fn nothing(inputs: &[String], first: Option<&Skipped>) -> Error {
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
                Format::endings()
            ),
        ),
    }
}

/// The row of what is larger than an article may be, at a line or row.
pub(crate) fn too_large_at(place: &str, number: usize, options: &Options) -> Skipped {
    too_large(&format!("{place}:{number}"), options.max_article_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admitted(ids: &[&str]) -> Vec<String> {
        let mut known = Ids::default();
        ids.iter()
            .map(|id| {
                let mut article = Article { id: id.to_string(), ..Article::default() };
                known.admit(&mut article);
                article.id
            })
            .collect()
    }

    #[test]
    fn ids_become_unique_in_the_order_they_come() {
        assert_eq!(admitted(&["x", "x", "y", "x"]), ["x", "x-2", "y", "x-3"]);
        assert_eq!(admitted(&["x-2", "x", "x", "x-2"]), ["x-2", "x", "x-3", "x-2-2"]);
    }
}
