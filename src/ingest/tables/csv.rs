//! CSV and TSV as a stream of rows, in batches, in bounded memory.
//!
//! Rows are separated here and split into cells later, on any thread. A cell in quotation
//! marks may hold line breaks, so one missing mark would take in rows without end. It is
//! noticed in three ways: the file ends inside the cell; the cell outgrows the largest
//! article; or a mark that closes a cell of several lines is followed by a letter. Then the
//! row's first line is given up, with its number, and reading goes on behind it.

use crate::ingest::tables::separator::{OF_TABLES, guess};
use std::io::{self, BufRead};

/// Approximate number of bytes of a batch.
const BATCH: usize = 256 << 10;

/// Consecutive whole rows of a file.
#[derive(Debug, Default, PartialEq)]
pub struct CsvBatch {
    /// The rows, not yet split into cells.
    pub bytes: Vec<u8>,
    /// Number of the first row's line; the file's first is 1.
    pub first: usize,
    /// Lines on which a row begins whose quotation mark is never closed.
    pub unclosed: Vec<usize>,
}

/// A stream of rows.
pub struct CsvReader<R> {
    reader: R,
    /// Bytes read but not yet returned, and the position in them.
    held: Vec<u8>,
    at: usize,
    line: usize,
    separator: u8,
    longest: usize,
    ended: bool,
    broken: Option<io::Error>,
}

/// The state of the search for the end of a row.
#[derive(Clone, Copy, PartialEq)]
enum State {
    /// At the start of a cell.
    Start,
    /// In a cell without marks.
    Plain,
    /// Between marks.
    Quoted,
    /// Behind a mark that closes, or is the first of two.
    Closing,
}

impl<R: BufRead> CsvReader<R> {
    /// Reads the header. `separator` is None to take the one that is most
    /// frequent in it (comma, semicolon, tab); Excel's line `sep=;` is obeyed.
    pub fn new(reader: R, separator: Option<u8>, longest: usize) -> io::Result<(CsvReader<R>, Vec<String>)> {
        let mut table = CsvReader {
            reader,
            held: Vec::new(),
            at: 0,
            line: 1,
            separator: separator.unwrap_or(b','),
            longest,
            ended: false,
            broken: None,
        };
        table.fill()?;
        if let [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', mark, rest @ ..] = &table.held[..]
            && let Some(end) = rest.iter().position(|byte| *byte == b'\n').filter(|end| *end <= 1)
        {
            table.separator = *mark;
            table.at = 5 + end + 1;
            table.line = 2;
        } else if separator.is_none() {
            let first = table.held.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty());
            table.separator = guess(first.unwrap_or(&[]), OF_TABLES);
        }
        let mut header = Vec::new();
        while header.is_empty() {
            let mut row = CsvBatch::default();
            if !table.row(&mut row)? {
                break;
            }
            header = cells(&row.bytes, table.separator)
                .next()
                .map(|(_, cells)| cells.iter().map(|cell| cell.trim().to_string()).collect())
                .unwrap_or_default();
        }
        Ok((table, header))
    }

    /// The separator between cells.
    pub fn separator(&self) -> u8 {
        self.separator
    }

    /// The stream behind.
    pub fn into_inner(self) -> R {
        self.reader
    }

    /// The next batch; None at the end. Whole rows before an error come first,
    /// the error with the next call.
    pub fn batch(&mut self) -> io::Result<Option<CsvBatch>> {
        if let Some(cause) = self.broken.take() {
            return Err(cause);
        }
        let mut rows = CsvBatch { first: self.line, ..CsvBatch::default() };
        while rows.bytes.len() < BATCH {
            match self.row(&mut rows) {
                Ok(true) => {}
                Ok(false) => break,
                Err(cause) if self.line == rows.first => return Err(cause),
                Err(cause) => {
                    self.broken = Some(cause);
                    break;
                }
            }
        }
        Ok((self.line > rows.first).then_some(rows))
    }

    /// Moves one row into `rows`; false at the end.
    fn row(&mut self, rows: &mut CsvBatch) -> io::Result<bool> {
        let mut state = State::Start;
        let mut length = 0;
        let mut first_line = None;
        loop {
            if self.at + length >= self.held.len() {
                if length <= self.longest && self.fill()? {
                    continue;
                }
                if length == 0 {
                    return Ok(false);
                }
                if state == State::Quoted || length > self.longest {
                    self.give_up(rows, first_line);
                } else {
                    self.move_over(rows, length);
                }
                return Ok(true);
            }
            let byte = self.held[self.at + length];
            length += 1;
            state = match (state, byte) {
                (State::Quoted, b'"') => State::Closing,
                (State::Quoted, _) => {
                    if byte == b'\n' && first_line.is_none() {
                        first_line = Some(length);
                    }
                    State::Quoted
                }
                (State::Closing, b'"') => State::Quoted,
                (_, b'\n') => {
                    self.move_over(rows, length);
                    return Ok(true);
                }
                (State::Start, b'"') => State::Quoted,
                (_, byte) if byte == self.separator => State::Start,
                (State::Closing, byte) if byte != b'\r' && first_line.is_some() => {
                    self.give_up(rows, first_line);
                    return Ok(true);
                }
                (State::Closing, b'\r') => State::Closing,
                _ => State::Plain,
            };
        }
    }

    fn move_over(&mut self, rows: &mut CsvBatch, length: usize) {
        let row = &self.held[self.at..self.at + length];
        self.line += row.iter().filter(|byte| **byte == b'\n').count();
        // A last row without an end is a line too.
        self.line += usize::from(row.last() != Some(&b'\n'));
        rows.bytes.extend_from_slice(row);
        self.at += length;
    }

    /// Replaces the first line of a row by an empty line, so that the lines behind keep their
    /// numbers.
    fn give_up(&mut self, rows: &mut CsvBatch, first_line: Option<usize>) {
        let rest = &self.held[self.at..];
        let length = first_line
            .or_else(|| rest.iter().position(|byte| *byte == b'\n').map(|end| end + 1))
            .unwrap_or(rest.len());
        rows.unclosed.push(self.line);
        rows.bytes.push(b'\n');
        self.line += 1;
        self.at += length;
    }

    /// Reads more; false at the end.
    fn fill(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        // The first bytes were returned already: move the rest to the front.
        if self.at > 0 {
            self.held.drain(..self.at);
            self.at = 0;
        }
        let more = self.reader.fill_buf()?;
        let count = more.len();
        self.held.extend_from_slice(more);
        self.reader.consume(count);
        self.ended = count == 0;
        Ok(count > 0)
    }
}

/// The cells of separated rows, each row with its line counted from 0. Blank lines are left
/// out.
pub fn cells(bytes: &[u8], separator: u8) -> impl Iterator<Item = (usize, Vec<String>)> {
    let mut reader = splitter(bytes, separator);
    let mut record = csv::ByteRecord::new();
    std::iter::from_fn(move || {
        if !reader.read_byte_record(&mut record).ok()? {
            return None;
        }
        let line = line_of(&record, bytes);
        Some((line, record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect()))
    })
}

/// Calls `each` for the same rows without copying their cells, until it fails.
pub fn for_each_row<E>(
    bytes: &[u8],
    separator: u8,
    mut each: impl FnMut(usize, &csv::ByteRecord) -> Result<(), E>,
) -> Result<(), E> {
    let mut reader = splitter(bytes, separator);
    let mut record = csv::ByteRecord::new();
    // Reading from memory without checking lengths cannot fail.
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        each(line_of(&record, bytes), &record)?;
    }
    Ok(())
}

fn splitter(bytes: &[u8], separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(separator).flexible(true).has_headers(false).from_reader(bytes)
}

/// The line of a row, counted from 0.
fn line_of(record: &csv::ByteRecord, bytes: &[u8]) -> usize {
    // The position is where the row before it ended: blank lines may follow.
    let (from, line) = record.position().map_or((0, 0), |at| (at.byte() as usize, at.line() as usize - 1));
    let blank = bytes.get(from..).unwrap_or(&[]).iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    line + blank.filter(|byte| **byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Lines and cells, and the lines given up.
    fn read(text: &str, longest: usize) -> (Vec<(usize, Vec<String>)>, Vec<usize>) {
        let (mut table, header) = CsvReader::new(text.as_bytes(), None, longest).unwrap();
        let (mut all, mut unclosed) = (vec![(0, header)], Vec::new());
        while let Some(rows) = table.batch().unwrap() {
            all.extend(cells(&rows.bytes, table.separator()).map(|(line, cells)| (rows.first + line, cells)));
            unclosed.extend(rows.unclosed);
        }
        (all, unclosed)
    }

    fn row(line: usize, cells: &[&str]) -> (usize, Vec<String>) {
        (line, cells.iter().map(|cell| cell.to_string()).collect())
    }

    #[test]
    fn rows_keep_their_lines() {
        let text = "id;text\r\n1;\"two\nlines; \"\"quoted\"\"\"\r\n\r\n2;plain";
        let (rows, unclosed) = read(text, 1000);
        assert_eq!(
            rows,
            [row(0, &["id", "text"]), row(2, &["1", "two\nlines; \"quoted\""]), row(5, &["2", "plain"])]
        );
        assert!(unclosed.is_empty());
        assert_eq!(read("sep=|\nid|a,b\n1|2\n", 99).0, [row(0, &["id", "a,b"]), row(3, &["1", "2"])]);
    }

    #[test]
    fn a_missing_mark_costs_one_line() {
        let (rows, unclosed) = read("id,text\n1,\"open\n2,\"whole\"\n3,c\n", 1000);
        assert_eq!(rows[1..], [row(3, &["2", "whole"]), row(4, &["3", "c"])]);
        assert_eq!(unclosed, [2]);
        let (rows, unclosed) = read("id,text\n1,a\n2,\"open\n3,c\n", 1000);
        assert_eq!(rows[1..], [row(2, &["1", "a"]), row(4, &["3", "c"])]);
        assert_eq!(unclosed, [3]);
        let long = format!("id,text\n1,\"open\n{}", "2,b\n".repeat(100));
        let (rows, unclosed) = read(&long, 50);
        assert_eq!((rows.len(), unclosed), (101, vec![2]));
    }

    proptest! {
        #[test]
        fn any_text_ends_and_loses_no_line_number(text in "[a\",;\n\r ]{0,60}") {
            let (rows, unclosed) = read(&text, 20);
            let lines = text.split('\n').count();
            for line in rows.iter().skip(1).map(|(line, _)| line).chain(&unclosed) {
                prop_assert!(*line >= 1 && *line <= lines);
            }
        }

        #[test]
        fn what_csv_writes_is_read_back(cells in proptest::collection::vec("[a\",;\n é]{1,8}", 3)) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["x", "y", "z"]).unwrap();
            writer.write_record(&cells).unwrap();
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let (rows, unclosed) = read(&text, 1000);
            prop_assert!(unclosed.is_empty());
            prop_assert_eq!(&rows[1].1, &cells);
        }
    }
}
