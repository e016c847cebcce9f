//! What passes between the files of this folder: work items, batches of records, and the
//! items that come out of them.

use crate::ingest::columns::{Cells, Columns};
use crate::ingest::files::format::FileKind;
use crate::ingest::files::listing::Source;
use crate::model::{Article, InputFile, Record, Skipped};
use std::sync::Arc;

/// One result of reading the inputs.
#[derive(Debug, PartialEq)]
pub enum Item {
    /// An article.
    Article(Article),
    /// A record that is a statement (`--unit statement`).
    Statement(Record),
    /// Something that could not be used, or only in part.
    Skipped(Skipped),
    /// A file that was opened; follows everything that was in it.
    File(InputFile),
    /// Number of further notes about a file; see [`Notes`](crate::ingest::Notes).
    FurtherNotes(FurtherNotes),
    /// The end of a file of records. [`Notes::limit`](crate::ingest::Notes::limit) removes it.
    End(String),
}

/// Number of further notes of one reason about one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FurtherNotes {
    /// The file.
    pub path: String,
    /// The reason.
    pub reason: String,
    /// Number of notes.
    pub count: usize,
}

impl FurtherNotes {
    /// The row of `skipped.csv` for all of them.
    pub fn row(&self) -> Skipped {
        let detail = format!("and {} more of this kind in this file", self.count);
        Skipped::new(&self.path, &self.reason, detail)
    }
}

/// A part of the inputs that one thread reads.
#[derive(Debug)]
pub enum WorkItem {
    /// A file with one article, not opened yet.
    File(Source, FileKind),
    /// Some records of a large file.
    Records(Box<RecordBatch>),
    /// Read already.
    Ready(Vec<Item>),
}

/// Some records of a file.
#[derive(Debug)]
pub struct RecordBatch {
    /// The file's path as the user named it.
    pub place: String,
    /// Its name without endings, for ids.
    pub stem: String,
    /// Number of the first line or row in the file, counted from 1.
    pub first: usize,
    /// The records.
    pub records: RawRecords,
    /// Notes that were made while the records were read.
    pub notes: Vec<Item>,
}

/// Records as they are read from a file.
#[derive(Debug)]
pub enum RawRecords {
    /// Lines of JSON.
    Lines(String),
    /// Objects of a JSON array, one a line; numbers count objects, not lines of the file.
    Objects(String),
    /// Rows of a CSV or TSV file, not yet split into cells.
    Rows {
        /// The rows.
        text: String,
        /// Between cells.
        separator: u8,
        /// The names of the columns.
        header: Arc<Vec<String>>,
        /// The column of each role.
        columns: Columns,
    },
    /// Rows with their numbers, split into cells already.
    Cells {
        /// The rows.
        rows: Vec<(usize, Cells)>,
        /// The names of the columns.
        header: Arc<Vec<String>>,
    },
}
