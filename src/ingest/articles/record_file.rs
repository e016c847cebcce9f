//! Files of records, read some records at a time.
//!
//! Lives here: JSON Lines, tables and Parquet as a stream of [`Records`], with
//! what is said of a file at its end. May not live here: what a record means.

use crate::error::Result;
use crate::ingest::articles::from_file::{broken, damaged_characters, opened};
use crate::ingest::articles::reader::{Item, Lot, Options, Records, too_large_at};
use crate::ingest::columns::COUNT;
use crate::ingest::files::bytes::{Bytes, seekable};
use crate::ingest::files::format::{Format, Kind};
use crate::ingest::files::listing::Source;
use crate::ingest::notes;
use crate::ingest::notes::Notes;
use crate::ingest::tables::csv::Table;
use crate::ingest::tables::json;
use crate::ingest::tables::json_lines::Lines;
use crate::ingest::tables::parquet::{Parquet, ParquetRows};
use crate::ingest::text::encoding::{Judged, Stream, decoded};
use crate::model::Skipped;
use std::collections::HashSet;
use std::sync::Arc;

/// How many lines of JSON are looked at for the names of fields.
const LOOKED_AT: usize = 100;

/// A file of records being read.
pub struct RecordFile {
    source: Source,
    kind: Kind,
    reader: Reader,
    header: Arc<Vec<String>>,
    places: [Option<usize>; COUNT],
    /// Characters of lines that were mended.
    replaced: usize,
    any: bool,
    last: Vec<Item>,
}

enum Reader {
    Lines(Lines<Stream<Bytes>>),
    Table(Table<Stream<Bytes>>),
    Parquet(Parquet, (String, u64)),
}

impl RecordFile {
    /// Opens a file. The outer error is a mapping that does not fit; the inner
    /// is what is to be said of a file that cannot be used at all.
    pub fn open(
        source: Source,
        kind: Kind,
        options: &Options,
    ) -> Result<std::result::Result<RecordFile, Vec<Item>>> {
        if kind.format == Format::Parquet {
            return RecordFile::parquet(source, kind, options);
        }
        let bytes = match Bytes::open(&source, kind.packing) {
            Ok(bytes) => bytes,
            Err(cause) => return Ok(Err(vec![Item::Skipped(broken(&source.place, kind.packing, &cause))])),
        };
        let stream = match Stream::new(bytes) {
            Ok(stream) => stream,
            Err((why, bytes)) => {
                return Ok(Err(ended(&source, kind, "encoding", format!("the file {why}"), bytes)));
            }
        };
        // A body in JSON is up to six times as long with its escapes.
        let longest = options.max_article_bytes.saturating_mul(6).saturating_add(1 << 16);
        let whole = |reader| RecordFile {
            source: source.clone(),
            kind,
            reader,
            header: Arc::default(),
            places: [None; COUNT],
            replaced: 0,
            any: false,
            last: Vec::new(),
        };
        if kind.format == Format::JsonLines {
            let mut lines = Lines::new(stream, longest);
            // A mapped field must be in one record at least of those at the top.
            if options.columns.is_mapped()
                && let Ok(Some(batch)) = lines.peek()
            {
                let text = String::from_utf8_lossy(&batch.bytes);
                let mut seen = HashSet::new();
                let all = text.lines().take(LOOKED_AT).flat_map(json::names);
                let names: Vec<String> = all.filter(|name| seen.insert(name.clone())).collect();
                if !names.is_empty() {
                    options.columns.check(&source.place, &names)?;
                }
            }
            return Ok(Ok(whole(Reader::Lines(lines))));
        }
        let separator = if kind.format == Format::Tsv { Some(b'\t') } else { None };
        let (table, header) = match Table::new(stream, separator, longest) {
            Ok(opened) => opened,
            Err(cause) => return Ok(Err(vec![Item::Skipped(broken(&source.place, kind.packing, &cause))])),
        };
        if header.is_empty() {
            let bytes = table.into_inner().into_inner();
            return Ok(Err(ended(&source, kind, "empty", "the file holds no text".into(), bytes)));
        }
        let place = format!("{}:1", source.place);
        match options.columns.places(&place, &header) {
            Ok(places) => {
                Ok(Ok(RecordFile { header: Arc::new(header), places, ..whole(Reader::Table(table)) }))
            }
            Err(error) if options.columns.is_mapped() => Err(error),
            Err(error) => {
                let detail = format!("{}; {}", error.message, error.remedy);
                Ok(Err(ended(&source, kind, "columns", detail, table.into_inner().into_inner())))
            }
        }
    }

    fn parquet(
        source: Source,
        kind: Kind,
        options: &Options,
    ) -> Result<std::result::Result<RecordFile, Vec<Item>>> {
        let (file, digest) = match seekable(&source, kind.packing) {
            Ok(opened) => opened,
            Err(cause) => return Ok(Err(vec![Item::Skipped(broken(&source.place, kind.packing, &cause))])),
        };
        let said = |reason: &str, detail: String, digest| {
            vec![
                Item::Skipped(Skipped::new(&source.place, reason, detail)),
                opened(source.place.clone(), kind, None, 0, digest),
            ]
        };
        let parquet = match Parquet::open(file) {
            Ok(parquet) => parquet,
            Err(why) => {
                let detail = format!("this cannot be read as Parquet: {why}; write the file again");
                return Ok(Err(said("damaged", detail, digest)));
            }
        };
        let header = parquet.names().to_vec();
        match options.columns.places(&source.place, &header) {
            Ok(places) => Ok(Ok(RecordFile {
                source,
                kind,
                reader: Reader::Parquet(parquet, digest),
                header: Arc::new(header),
                places,
                replaced: 0,
                any: false,
                last: Vec::new(),
            })),
            Err(error) if options.columns.is_mapped() => Err(error),
            Err(error) => Ok(Err(said("columns", format!("{}; {}", error.message, error.remedy), digest))),
        }
    }

    /// The next records; None at the end of the file or where it breaks off.
    pub fn next(&mut self, options: &Options) -> Option<Records> {
        let place = self.source.place.clone();
        let mut notes = Vec::new();
        let (first, lot) = match &mut self.reader {
            Reader::Lines(lines) => match lines.batch() {
                Ok(Some(batch)) => {
                    let too_large = |line| too_large_at(&place, line, options);
                    notes.extend(notes::bounded(&place, &batch.too_long, too_large));
                    let text = self.replaced_text(batch.bytes, batch.first, &mut notes);
                    (batch.first, Lot::Lines(text))
                }
                Ok(None) => return None,
                Err(cause) => return self.broken_off(&cause),
            },
            Reader::Table(table) => match table.batch() {
                Ok(Some(rows)) => {
                    let separator = table.separator();
                    notes.extend(notes::bounded(&place, &rows.unclosed, |line| unclosed(&place, line)));
                    let text = self.replaced_text(rows.bytes, rows.first, &mut notes);
                    let (header, places) = (self.header.clone(), self.places);
                    (rows.first, Lot::Rows { text, separator, header, places })
                }
                Ok(None) => return None,
                Err(cause) => return self.broken_off(&cause),
            },
            Reader::Parquet(parquet, _) => match parquet.batch(&self.places, options.max_article_bytes) {
                Ok(Some(ParquetRows { rows, lost, too_large })) => {
                    let first = rows.first().map_or(1, |(number, _)| *number);
                    let large = |row| too_large_at(&place, row, options);
                    notes.extend(notes::bounded(&place, &too_large, large));
                    let cell = |(row, what)| Skipped::new(format!("{place}:{row}"), "cell", what);
                    notes.extend(lost.into_iter().map(cell).map(Item::Skipped));
                    (first, Lot::Cells { rows, header: self.header.clone() })
                }
                Ok(None) => return None,
                Err(why) => {
                    let detail =
                        format!("a group of rows cannot be read: {why}; the rest of the file is used");
                    notes.push(Item::Skipped(Skipped::new(&place, "damaged", detail)));
                    parquet.skip_group();
                    (1, Lot::Cells { rows: Vec::new(), header: self.header.clone() })
                }
            },
        };
        let mut counted = Notes::of(&place);
        counted.bound(&mut notes, 0);
        notes.extend(counted.more());
        self.any |= !notes.is_empty()
            || match &lot {
                Lot::Lines(text) | Lot::Rows { text, .. } => !text.trim_start().is_empty(),
                Lot::Cells { rows, .. } => !rows.is_empty(),
            };
        Some(Records { place, stem: self.source.stem(), first, lot, notes })
    }

    fn broken_off(&mut self, cause: &std::io::Error) -> Option<Records> {
        self.last.push(Item::Skipped(broken(&self.source.place, self.kind.packing, cause)));
        None
    }

    /// Lines as text; where some are no UTF-8, each is decided by itself.
    fn replaced_text(&mut self, bytes: Vec<u8>, first: usize, notes: &mut Vec<Item>) -> String {
        String::from_utf8(bytes).unwrap_or_else(|cause| {
            mended(&cause.into_bytes(), first, &self.source.place, &mut self.replaced, notes)
        })
    }

    /// What is to be said at the end of the file.
    pub fn end(self) -> Vec<Item> {
        let place = self.source.place.clone();
        let mut items = self.last_items();
        items.push(Item::End(place));
        items
    }

    fn last_items(self) -> Vec<Item> {
        let mut items = self.last;
        let place = self.source.place;
        if !self.any && items.is_empty() {
            items.push(Item::Skipped(Skipped::new(&place, "empty", "the file holds no records")));
        }
        let stream = match self.reader {
            Reader::Parquet(_, digest) => {
                items.push(opened(place, self.kind, None, 0, digest));
                return items;
            }
            Reader::Lines(lines) => lines.into_inner(),
            Reader::Table(table) => table.into_inner(),
        };
        let judged: Judged = stream.judged();
        if stream.replaced() > 0 {
            items.push(Item::Skipped(damaged_characters(&place, &judged, stream.replaced())));
        }
        let replaced = self.replaced + stream.replaced();
        if let Ok(digest) = stream.into_inner().digest() {
            items.push(opened(place, self.kind, Some(judged), replaced, digest));
        }
        items
    }
}

/// What is said of a file of which nothing can be used.
fn ended(source: &Source, kind: Kind, reason: &str, detail: String, bytes: Bytes) -> Vec<Item> {
    let mut items = vec![Item::Skipped(Skipped::new(&source.place, reason, detail))];
    if let Ok(digest) = bytes.digest() {
        items.push(opened(source.place.clone(), kind, None, 0, digest));
    }
    items
}

fn unclosed(place: &str, line: usize) -> Skipped {
    let detail = "a quotation mark that opens a cell on this line is never closed: the line was left out; double \
                  the quotes inside of cells";
    Skipped::new(format!("{place}:{line}"), "ragged", detail)
}

/// Lines of a file in UTF-8 of which some are not.
fn mended(bytes: &[u8], first: usize, place: &str, replaced: &mut usize, notes: &mut Vec<Item>) -> String {
    let mut text = String::with_capacity(bytes.len());
    for (index, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        if let Ok(line) = std::str::from_utf8(line) {
            text.push_str(line);
            continue;
        }
        let place = format!("{place}:{}", first + index);
        match decoded(line, None) {
            Ok(line) => {
                notes.push(Item::Skipped(match line.replaced {
                    0 => {
                        let name = line.judged.encoding.name();
                        let detail = format!("the line is {name}, unlike the rest of the file: read as such");
                        Skipped::new(place, "replaced", detail)
                    }
                    count => damaged_characters(&place, &line.judged, count),
                }));
                *replaced += line.replaced;
                text.push_str(&line.text);
            }
            Err(why) => {
                notes.push(Item::Skipped(Skipped::new(place, "encoding", format!("the line {why}"))));
                text.push_str(&String::from_utf8_lossy(line));
            }
        }
    }
    text
}
