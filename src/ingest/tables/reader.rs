//! A table of results row by row, whatever its format: CSV or TSV, JSON Lines or Parquet,
//! compressed or not. Only one batch of rows is in memory.

use crate::error::{Error, Result};
use crate::files::open_regular;
use crate::ingest::files::bytes::{Bytes, seekable};
use crate::ingest::files::format::{Compression, FileFormat, FileKind};
use crate::ingest::files::listing::Source;
use crate::ingest::short::short;
use crate::ingest::tables::csv::{CsvReader, for_each_row};
use crate::ingest::tables::json;
use crate::ingest::tables::json_lines::LineReader;
use crate::ingest::tables::parquet::ParquetFile;
use crate::ingest::text::encoding::Stream;
use std::collections::HashMap;
use std::io::{self, Read};
use std::path::Path;

/// Maximum number of bytes of a cell.
const LONGEST_CELL: usize = 10_000_000;
/// Maximum number of bytes of a row as text.
const LONGEST_ROW: usize = 8 * LONGEST_CELL;

/// Maximum number of different keys of JSON objects.
const MAX_KEYS: usize = 10_000;

/// The cells of a row in the order of the header, of which the last ones may be missing; or why
/// the row cannot be used, as a sentence for the user.
pub type RowCells<'a> = std::result::Result<&'a [&'a str], String>;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// CSV or TSV.
    Delimited,
    /// One JSON object a line.
    JsonLines,
    /// Parquet.
    Parquet,
}

impl TableFormat {
    /// The format of a file: Parquet by its first bytes, JSON Lines by its ending.
    pub fn of(path: &Path) -> TableFormat {
        let mut first = [0; 4];
        let read = open_regular(path).and_then(|mut file| file.read_exact(&mut first));
        let format = FileKind::of(path).map(|kind| kind.format);
        match format {
            _ if read.is_ok() && first == *b"PAR1" => TableFormat::Parquet,
            Ok(FileFormat::Parquet) => TableFormat::Parquet,
            Ok(FileFormat::JsonLines) => TableFormat::JsonLines,
            _ => TableFormat::Delimited,
        }
    }
}

/// A table being read.
pub struct TableReader {
    place: String,
    header: Vec<String>,
    rows: Rows,
}

enum Rows {
    Delimited(CsvReader<Stream<Bytes>>),
    JsonLines(LineReader<Stream<Bytes>>),
    Parquet(ParquetFile),
}

impl TableReader {
    /// Opens a table and reads its header. A file that cannot be read is an error.
    pub fn open(path: &Path) -> Result<TableReader> {
        let place = path.display().to_string();
        let source = Source { path: path.to_path_buf(), place: place.clone() };
        let compression = FileKind::of(path).map_or(Compression::Plain, |kind| kind.compression);
        let format = TableFormat::of(path);
        let (header, rows) = match format {
            TableFormat::Parquet => {
                let (file, _) = seekable(&source, compression).map_err(|cause| unreadable(&place, cause))?;
                let parquet = ParquetFile::open(file).map_err(|why| damaged(&place, &why))?;
                (parquet.names().to_vec(), Rows::Parquet(parquet))
            }
            TableFormat::JsonLines => {
                let open = || text(&source, compression).map(|text| LineReader::new(text, LONGEST_ROW));
                let header = keys(open()?, &place)?;
                (header, Rows::JsonLines(open()?))
            }
            TableFormat::Delimited => {
                let (table, header) = CsvReader::new(text(&source, compression)?, None, LONGEST_ROW)
                    .map_err(|cause| unreadable(&place, cause))?;
                (header, Rows::Delimited(table))
            }
        };
        Ok(TableReader { place, header, rows })
    }

    /// The names of the columns.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// Calls `each` for every row with its line (in Parquet its row, counted from 1) and its
    /// cells. Only the columns `used` need to be read; other cells may be empty. A file that
    /// breaks off is an error.
    pub fn for_each(self, used: &[usize], mut each: impl FnMut(usize, RowCells) -> Result<()>) -> Result<()> {
        let TableReader { place, header, rows } = self;
        match rows {
            Rows::Delimited(table) => delimited(&place, &header, table, &mut each),
            Rows::JsonLines(lines) => json_lines(&place, &header, lines, used, &mut each),
            Rows::Parquet(parquet) => parquet_rows(&place, parquet, used, &mut each),
        }
    }
}

fn unreadable(place: &str, cause: io::Error) -> Error {
    Error::input(place, "the table cannot be read", "check that the file is there").because(cause)
}

fn damaged(place: &str, why: &str) -> Error {
    Error::input(place, format!("this cannot be read as Parquet: {why}"), "write the file again")
}

/// A file as a stream of UTF-8.
fn text(source: &Source, compression: Compression) -> Result<Stream<Bytes>> {
    let bytes = Bytes::open(source, compression).map_err(|cause| unreadable(&source.place, cause))?;
    Stream::new(bytes)
        .map_err(|(why, _)| Error::input(&source.place, format!("the file {why}"), "save it as UTF-8 CSV"))
}

type Each<'a> = &'a mut dyn FnMut(usize, RowCells) -> Result<()>;

fn delimited(place: &str, header: &[String], mut table: CsvReader<Stream<Bytes>>, each: Each) -> Result<()> {
    let separator = table.separator();
    while let Some(batch) = table.batch().map_err(|cause| unreadable(place, cause))? {
        for line in batch.unclosed {
            each(line, Err("a quotation mark that opens a cell on this line is never closed".into()))?;
        }
        for_each_row(&batch.bytes, separator, |line, record| {
            let number = batch.first + line;
            let mut cells = Vec::with_capacity(record.len());
            for cell in record {
                match std::str::from_utf8(cell) {
                    Ok(cell) => cells.push(cell),
                    Err(cause) => {
                        return each(
                            number,
                            Err(format!("the row is not UTF-8 ({cause}): save it as UTF-8")),
                        );
                    }
                }
            }
            let surplus = cells.iter().skip(header.len()).any(|cell| !cell.trim().is_empty());
            if surplus {
                let (cells, columns) = (cells.len(), header.len());
                return each(number, Err(format!("{cells} cells, but the header has {columns}")));
            }
            each(number, Ok(&cells))
        })?;
    }
    Ok(())
}

/// The keys of all objects, in the order in which they appear first.
fn keys(mut lines: LineReader<Stream<Bytes>>, place: &str) -> Result<Vec<String>> {
    let mut keys = indexed(&[]);
    let mut header: Vec<String> = Vec::new();
    while let Some(batch) = lines.batch().map_err(|cause| unreadable(place, cause))? {
        for object in batch.bytes.split(|byte| *byte == b'\n').filter_map(|line| object(line).ok()) {
            for key in object.into_iter().map(|(key, _)| key) {
                if !keys.contains_key(&key) {
                    keys.insert(key.clone(), header.len());
                    header.push(key);
                }
            }
            if header.len() > MAX_KEYS {
                return Err(Error::input(
                    place,
                    format!("the records have more than {MAX_KEYS} different keys: this is no table"),
                    "give a statements table that `stance run` or `stance score` wrote",
                ));
            }
        }
    }
    Ok(header)
}

fn indexed(header: &[String]) -> HashMap<String, usize> {
    header.iter().enumerate().map(|(place, name)| (name.clone(), place)).collect()
}

fn object(line: &[u8]) -> serde_json::Result<serde_json::Map<String, serde_json::Value>> {
    serde_json::from_slice(line)
}

fn json_lines(
    place: &str,
    header: &[String],
    mut lines: LineReader<Stream<Bytes>>,
    used: &[usize],
    each: Each,
) -> Result<()> {
    let places = indexed(header);
    let width = used.iter().max().map_or(0, |last| last + 1);
    while let Some(batch) = lines.batch().map_err(|cause| unreadable(place, cause))? {
        for line in batch.too_long {
            each(line, Err(format!("the line has more than {LONGEST_ROW} bytes")))?;
        }
        for (index, line) in batch.bytes.split(|byte| *byte == b'\n').enumerate() {
            if line.trim_ascii().is_empty() {
                continue;
            }
            let object = match object(line) {
                Ok(object) => object,
                Err(cause) => {
                    each(batch.first + index, Err(json::problem(&cause)))?;
                    continue;
                }
            };
            let mut cells = vec![String::new(); width];
            for (key, value) in object {
                let Some(cell) = places.get(&key).and_then(|place| cells.get_mut(*place)) else { continue };
                *cell = match value {
                    serde_json::Value::Null => String::new(),
                    serde_json::Value::String(text) => text,
                    other => other.to_string(),
                };
            }
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            each(batch.first + index, Ok(&cells))?;
        }
    }
    Ok(())
}

/// Only the columns that are used are unpacked.
fn parquet_rows(place: &str, mut parquet: ParquetFile, used: &[usize], each: Each) -> Result<()> {
    let width = used.iter().max().map_or(0, |last| last + 1);
    while let Some(rows) = parquet.texts(used, LONGEST_CELL).map_err(|why| damaged(place, &why))? {
        let mut left_out = rows.too_large.clone();
        for row in &rows.too_large {
            each(*row, Err(format!("a cell has more than {LONGEST_CELL} bytes")))?;
        }
        for (row, problem) in rows.lost {
            if left_out.last() != Some(&row) {
                each(row, Err(short(&problem, 200)))?;
                left_out.push(row);
            }
        }
        left_out.sort_unstable();
        for at in 0..rows.rows {
            let number = rows.first + at;
            if left_out.binary_search(&number).is_ok() {
                continue;
            }
            let mut cells = vec![""; width];
            for (index, column) in used.iter().zip(&rows.columns) {
                cells[*index] = column[at].as_deref().unwrap_or("");
            }
            each(number, Ok(&cells))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, bytes: &[u8]) -> (Vec<String>, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let table = TableReader::open(&path).unwrap();
        let (header, mut rows) = (table.header().to_vec(), Vec::new());
        table
            .for_each(&[0, 1, 2], |number, cells| {
                rows.push(format!("{number}: {}", cells.map_or_else(|why| why, |cells| cells.join("|"))));
                Ok(())
            })
            .unwrap();
        (header, rows)
    }

    #[test]
    fn csv_and_json_lines_give_the_same_rows() {
        let json = "{\"id\": \"a\", \"score\": 0.5}\n\n{\"id\": \"b\", \"text\": \"x\"}\n{oops\n";
        let (header, rows) = read("t.jsonl", json.as_bytes());
        assert_eq!(header, ["id", "score", "text"]);
        assert_eq!(rows[..2], ["1: a|0.5|", "3: b||x"]);
        assert!(rows[2].starts_with("4: the line is no JSON object"), "{rows:?}");
        let csv = "\u{feff}id;score;text\na;0.5\nb;;x\nc;1;y;z\nd;1;y;\n";
        let (header, rows) = read("t.csv", csv.as_bytes());
        assert_eq!(header, ["id", "score", "text"]);
        assert_eq!(rows, ["2: a|0.5", "3: b||x", "4: 4 cells, but the header has 3", "5: d|1|y|"]);
        let packed = zstd::encode_all(csv.as_bytes(), 1).unwrap();
        assert_eq!(read("t.csv.zst", &packed).1, rows);
    }
}
