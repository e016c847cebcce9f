//! Records that are one person's words already (`--unit statement`), read into memory.

use crate::error::{Error, Result};
use crate::ingest::articles::item::Item;
use crate::ingest::articles::reader::open;
use crate::ingest::notes::{MAX_NOTES, Notes};
use crate::ingest::options::Options;
use crate::ingest::short::short;
use crate::model::{InputFile, Record, Skipped};
use std::collections::HashMap;

/// Maximum number of bytes of all statements together, which are held in memory.
const MAX_BYTES: u64 = 4 << 30;

/// Statements with the notes about them.
#[derive(Debug, Default)]
pub struct StatementRecords {
    /// In the order of the inputs, files of a folder sorted by path.
    pub records: Vec<Record>,
    /// What could not be used, or only in part: rows that were left out, and (`no_date`) records
    /// whose date could not be read.
    pub skipped: Vec<Skipped>,
    /// The files that were opened, in the order of the inputs.
    pub files: Vec<InputFile>,
}

/// Reads the records of files, folders and globs in every format with columns. `options` are
/// those of [`Options::statements`]. Errors: an input that does not exist, a mapping that does
/// not fit a file, more than 4 GiB of text. No record at all is no error.
pub fn statements(inputs: &[String], options: &Options) -> Result<StatementRecords> {
    let mut found = StatementRecords::default();
    let mut notes = Notes::default();
    let mut bytes = 0;
    for work in open(inputs, options)? {
        let mut items = work?.read(options);
        notes.limit(&mut items);
        for item in items {
            match item {
                Item::Statement(record) => {
                    bytes += (record.text.len() + record.place.len() + record.id.len()) as u64;
                    if bytes > MAX_BYTES {
                        return Err(too_many(&record.place));
                    }
                    found.records.push(record);
                }
                Item::Skipped(skipped) => found.skipped.push(skipped),
                Item::FurtherNotes(further) => {
                    let detail =
                        format!("and {} more of this kind, which run.json counts as one", further.count);
                    found.skipped.push(Skipped::new(further.path, further.reason, detail));
                }
                Item::File(file) => found.files.push(file),
                Item::Article(_) | Item::End(_) => {}
            }
        }
    }
    Ok(found)
}

fn too_many(place: &str) -> Error {
    Error::input(
        place,
        format!("the records up to here have more than {} GiB, and all are held in memory", MAX_BYTES >> 30),
        "give fewer files at once, and run once for each part",
    )
}

impl StatementRecords {
    /// Notes about records whose id an earlier record has: tables cannot tell the two apart. At
    /// most [`MAX_NOTES`] are given one by one.
    pub fn repeated_ids(&self) -> Vec<Skipped> {
        let mut first: HashMap<&str, &str> = HashMap::new();
        let mut rows = Vec::new();
        let mut further = 0;
        for record in &self.records {
            let before = *first.entry(&record.id).or_insert(&record.place);
            if before == record.place {
                continue;
            }
            if rows.len() == MAX_NOTES {
                further += 1;
                continue;
            }
            let id = short(&record.id, 60);
            let detail =
                format!("the id '{id}' is also that of {before}; the record is kept: give each its own id");
            rows.push(Skipped::new(&record.place, "id", detail));
        }
        if let Some(last) = rows.last().filter(|_| further > 0) {
            let detail = format!("and {further} more records after this one have the id of another");
            rows.push(Skipped::new(last.path.clone(), "id", detail));
        }
        rows
    }
}
