//! Files of records, read some records at a time: JSON, CSV, TSV and Parquet as a stream of
//! [`RecordBatch`]es, with the notes about a file at its end.

use crate::error::Result;
use crate::ingest::articles::file_notes::{broken, damaged_characters, opened, skip, too_large};
use crate::ingest::articles::item::{Item, RawRecords, RecordBatch};
use crate::ingest::columns::{COUNT, Columns};
use crate::ingest::files::bytes::{Bytes, seekable};
use crate::ingest::files::format::{FileFormat, FileKind};
use crate::ingest::files::listing::Source;
use crate::ingest::notes;
use crate::ingest::notes::Notes;
use crate::ingest::options::Options;
use crate::ingest::tables::csv::CsvReader;
use crate::ingest::tables::json;
use crate::ingest::tables::json_array::ObjectLines;
use crate::ingest::tables::json_lines::LineReader;
use crate::ingest::tables::parquet::{ParquetFile, ParquetRows};
use crate::ingest::text::encoding::{DetectedEncoding, Stream, decoded};
use crate::model::Skipped;
use std::collections::HashSet;
use std::io::BufRead;
use std::sync::Arc;

/// Number of lines of JSON that are searched for the names of fields.
const SEARCHED: usize = 100;

/// A file of records being read.
pub struct RecordFile {
    source: Source,
    kind: FileKind,
    reader: Reader,
    header: Arc<Vec<String>>,
    columns: Columns,
    /// Number of characters that were replaced in lines of another encoding.
    replaced: usize,
    any: bool,
    last: Vec<Item>,
}

enum Reader {
    Lines(LineReader<Stream<Bytes>>),
    Objects(LineReader<ObjectLines<Stream<Bytes>>>),
    Table(CsvReader<Stream<Bytes>>),
    Parquet(ParquetFile, (String, u64)),
}

/// A file that was opened, or the items about a file that cannot be used at all.
type Opened = std::result::Result<RecordFile, Vec<Item>>;

impl RecordFile {
    /// Opens a file. A mapping that does not fit is an error.
    pub fn open(source: Source, kind: FileKind, options: &Options) -> Result<Opened> {
        if kind.format == FileFormat::Parquet {
            return RecordFile::parquet(source, kind, options);
        }
        let unreadable = |cause| vec![Item::Skipped(broken(&source.place, kind.compression, &cause))];
        let bytes = match Bytes::open(&source, kind.compression) {
            Ok(bytes) => bytes,
            Err(cause) => return Ok(Err(unreadable(cause))),
        };
        let stream = match Stream::new(bytes) {
            Ok(stream) => stream,
            Err((why, bytes)) => {
                return Ok(Err(unused(&source, kind, "encoding", format!("the file {why}"), bytes)));
            }
        };
        // A body in JSON is up to six times as long with its escapes.
        let longest = options.max_article_bytes.saturating_mul(6).saturating_add(1 << 16);
        match kind.format {
            FileFormat::JsonLines => {
                let mut lines = LineReader::new(stream, longest);
                check_fields(&mut lines, &source, options)?;
                return Ok(Ok(RecordFile::new(source, kind, Reader::Lines(lines))));
            }
            FileFormat::Json => {
                let mut lines = LineReader::new(ObjectLines::new(stream), longest);
                check_fields(&mut lines, &source, options)?;
                return Ok(Ok(RecordFile::new(source, kind, Reader::Objects(lines))));
            }
            _ => {}
        }
        let separator = if kind.format == FileFormat::Tsv { Some(b'\t') } else { None };
        let (table, header) = match CsvReader::new(stream, separator, longest) {
            Ok(opened) => opened,
            Err(cause) => return Ok(Err(unreadable(cause))),
        };
        if header.is_empty() {
            let bytes = table.into_inner().into_inner();
            return Ok(Err(unused(&source, kind, "empty", "the file holds no text".into(), bytes)));
        }
        match options.columns.columns(&format!("{}:1", source.place), &header) {
            Ok(columns) => Ok(Ok(RecordFile {
                header: Arc::new(header),
                columns,
                ..RecordFile::new(source, kind, Reader::Table(table))
            })),
            Err(error) if options.columns.is_mapped() => Err(error),
            Err(error) => {
                let detail = format!("{}; {}", error.message, error.remedy);
                Ok(Err(unused(&source, kind, "columns", detail, table.into_inner().into_inner())))
            }
        }
    }

    fn new(source: Source, kind: FileKind, reader: Reader) -> RecordFile {
        let (header, columns) = (Arc::default(), [None; COUNT]);
        RecordFile { source, kind, reader, header, columns, replaced: 0, any: false, last: Vec::new() }
    }

    fn parquet(source: Source, kind: FileKind, options: &Options) -> Result<Opened> {
        let (file, digest) = match seekable(&source, kind.compression) {
            Ok(opened) => opened,
            Err(cause) => {
                return Ok(Err(vec![Item::Skipped(broken(&source.place, kind.compression, &cause))]));
            }
        };
        let unused = |reason: &str, detail: String, digest| {
            vec![skip(&source.place, reason, detail), opened(source.place.clone(), kind, None, 0, digest)]
        };
        let parquet = match ParquetFile::open(file) {
            Ok(parquet) => parquet,
            Err(why) => {
                let detail = format!("this cannot be read as Parquet: {why}; write the file again");
                return Ok(Err(unused("damaged", detail, digest)));
            }
        };
        let header = parquet.names().to_vec();
        match options.columns.columns(&source.place, &header) {
            Ok(columns) => Ok(Ok(RecordFile {
                header: Arc::new(header),
                columns,
                ..RecordFile::new(source, kind, Reader::Parquet(parquet, digest))
            })),
            Err(error) if options.columns.is_mapped() => Err(error),
            Err(error) => Ok(Err(unused("columns", format!("{}; {}", error.message, error.remedy), digest))),
        }
    }

    /// The next records; None at the end of the file or where it breaks off.
    pub fn next(&mut self, options: &Options) -> Option<RecordBatch> {
        let place = self.source.place.clone();
        let mut notes = Vec::new();
        let too_long = |number| too_large(&format!("{place}:{number}"), options.max_article_bytes);
        let (first, records) = match &mut self.reader {
            Reader::Lines(lines) => match lines.batch() {
                Ok(Some(batch)) => {
                    notes.extend(notes::bounded(&place, &batch.too_long, too_long));
                    (batch.first, RawRecords::Lines(self.text(batch.bytes, batch.first, &mut notes)))
                }
                Ok(None) => return None,
                Err(cause) => return self.broken_off(&cause),
            },
            Reader::Objects(lines) => match lines.batch() {
                Ok(Some(batch)) => {
                    notes.extend(notes::bounded(&place, &batch.too_long, too_long));
                    (batch.first, RawRecords::Objects(self.text(batch.bytes, batch.first, &mut notes)))
                }
                Ok(None) => return None,
                Err(cause) => return self.broken_off(&cause),
            },
            Reader::Table(table) => match table.batch() {
                Ok(Some(rows)) => {
                    let separator = table.separator();
                    notes.extend(notes::bounded(&place, &rows.unclosed, |line| unclosed(&place, line)));
                    let text = self.text(rows.bytes, rows.first, &mut notes);
                    let (header, columns) = (self.header.clone(), self.columns);
                    (rows.first, RawRecords::Rows { text, separator, header, columns })
                }
                Ok(None) => return None,
                Err(cause) => return self.broken_off(&cause),
            },
            Reader::Parquet(parquet, _) => match parquet.batch(&self.columns, options.max_article_bytes) {
                Ok(Some(ParquetRows { rows, lost, too_large })) => {
                    let first = rows.first().map_or(1, |(number, _)| *number);
                    notes.extend(notes::bounded(&place, &too_large, too_long));
                    notes.extend(
                        lost.into_iter().map(|(row, what)| skip(&format!("{place}:{row}"), "cell", what)),
                    );
                    (first, RawRecords::Cells { rows, header: self.header.clone() })
                }
                Ok(None) => return None,
                Err(why) => {
                    let detail =
                        format!("a group of rows cannot be read: {why}; the rest of the file is used");
                    notes.push(skip(&place, "damaged", detail));
                    parquet.skip_group();
                    (1, RawRecords::Cells { rows: Vec::new(), header: self.header.clone() })
                }
            },
        };
        let mut counted = Notes::of(&place);
        counted.bound(&mut notes, 0);
        notes.extend(counted.further());
        self.any |= !notes.is_empty()
            || match &records {
                RawRecords::Lines(text) | RawRecords::Objects(text) | RawRecords::Rows { text, .. } => {
                    !text.trim_start().is_empty()
                }
                RawRecords::Cells { rows, .. } => !rows.is_empty(),
            };
        Some(RecordBatch { place, stem: self.source.stem(), first, records, notes })
    }

    fn broken_off(&mut self, cause: &std::io::Error) -> Option<RecordBatch> {
        self.last.push(Item::Skipped(broken(&self.source.place, self.kind.compression, cause)));
        None
    }

    /// Lines as text; where some are no UTF-8, the encoding of each is decided by itself.
    fn text(&mut self, bytes: Vec<u8>, first: usize, notes: &mut Vec<Item>) -> String {
        String::from_utf8(bytes).unwrap_or_else(|cause| {
            decoded_lines(&cause.into_bytes(), first, &self.source.place, &mut self.replaced, notes)
        })
    }

    /// The notes at the end of the file.
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
            Reader::Objects(lines) => lines.into_inner().into_inner(),
            Reader::Table(table) => table.into_inner(),
        };
        let detected: DetectedEncoding = stream.detected();
        if stream.replaced() > 0 {
            items.push(Item::Skipped(damaged_characters(&place, &detected, stream.replaced())));
        }
        let replaced = self.replaced + stream.replaced();
        if let Ok(digest) = stream.into_inner().digest() {
            items.push(opened(place, self.kind, Some(detected), replaced, digest));
        }
        items
    }
}

/// An error if a mapped field is in none of the records at the top of a file.
fn check_fields<R: BufRead>(lines: &mut LineReader<R>, source: &Source, options: &Options) -> Result<()> {
    if options.columns.is_mapped()
        && let Ok(Some(batch)) = lines.peek()
    {
        let text = String::from_utf8_lossy(&batch.bytes);
        let mut seen = HashSet::new();
        let all = text.lines().take(SEARCHED).flat_map(json::names);
        let names: Vec<String> = all.filter(|name| seen.insert(name.clone())).collect();
        if !names.is_empty() {
            options.columns.check(&source.place, &names)?;
        }
    }
    Ok(())
}

/// The items about a file of which nothing can be used.
fn unused(source: &Source, kind: FileKind, reason: &str, detail: String, bytes: Bytes) -> Vec<Item> {
    let mut items = vec![skip(&source.place, reason, detail)];
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

/// Lines of a file in UTF-8, some of them in another encoding.
fn decoded_lines(
    bytes: &[u8],
    first: usize,
    place: &str,
    replaced: &mut usize,
    notes: &mut Vec<Item>,
) -> String {
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
                        let name = line.detected.encoding.name();
                        let detail = format!("the line is {name}, unlike the rest of the file: read as such");
                        Skipped::new(place, "replaced", detail)
                    }
                    count => damaged_characters(&place, &line.detected, count),
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
