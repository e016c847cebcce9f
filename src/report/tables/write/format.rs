//! The formats of tables: CSV, JSON Lines and Parquet with the same content.

use crate::model::Choice;
use crate::report::tables::schema::{ColumnType, Field};
use crate::report::tables::write::cells::Cells;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Comma-separated, quoted where needed, UTF-8.
    #[default]
    Csv,
    /// One JSON object a line; a missing value is null.
    Jsonl,
    /// Parquet with typed columns.
    Parquet,
}

impl Choice for Format {
    const ALL: &'static [Format] = &[Format::Csv, Format::Parquet, Format::Jsonl];

    fn as_str(self) -> &'static str {
        self.ending()
    }

    fn help(self) -> &'static str {
        match self {
            Format::Csv => "Comma-separated, UTF-8",
            Format::Parquet => "Typed columns, compressed",
            Format::Jsonl => "One JSON object a line",
        }
    }
}

impl Format {
    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Jsonl => "jsonl",
            Format::Parquet => "parquet",
        }
    }
}

/// How tables are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// The format.
    pub format: Format,
    /// True to leave CSV cells as they are, even where a spreadsheet would run them as a formula.
    pub raw: bool,
    /// True to begin each CSV with a byte order mark, from which Excel recognises UTF-8.
    pub bom: bool,
}

/// Rows ready to be written.
#[derive(Debug, Clone)]
pub enum Chunk {
    /// Bytes of CSV or JSON Lines.
    Bytes(Vec<u8>),
    /// For formats that store columns.
    Cells(Cells),
    /// Several chunks in order.
    Several(Vec<Chunk>),
}

/// Turns rows of one table into a format, on any thread.
#[derive(Debug, Clone)]
pub struct Encoder {
    /// Names and types of the columns.
    pub fields: Vec<Field>,
    /// The format.
    pub style: Style,
}

/// Collects rows of one table and encodes them a part at a time: the cells of a row take four
/// times the memory of its bytes, and a single article may have a million rows.
#[derive(Debug)]
pub struct Encoding<'a> {
    encoder: &'a Encoder,
    waiting: Cells,
    done: Vec<Chunk>,
}

/// Cells are encoded when they hold this many bytes of text.
const WAITING: usize = 1 << 20;

impl<'a> Encoding<'a> {
    /// No rows yet.
    pub fn new(encoder: &'a Encoder) -> Self {
        Encoding { encoder, waiting: Cells::default(), done: Vec::new() }
    }

    /// Adds whole rows.
    pub fn rows(&mut self, add: impl FnOnce(&mut Cells)) {
        add(&mut self.waiting);
        if self.waiting.size() >= WAITING {
            self.done.push(self.encoder.encode(std::mem::take(&mut self.waiting)));
        }
    }

    /// All rows.
    pub fn finish(mut self) -> Chunk {
        let last = self.encoder.encode(self.waiting);
        if self.done.is_empty() {
            return last;
        }
        self.done.push(last);
        Chunk::Several(self.done)
    }
}

/// The byte order mark of UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

impl Encoder {
    /// The bytes before the first row.
    pub fn head(&self) -> Vec<u8> {
        if self.style.format != Format::Csv {
            return Vec::new();
        }
        let mut head = if self.style.bom { MARK.to_vec() } else { Vec::new() };
        csv_row(self.fields.iter().map(|field| field.name.as_ref()), true, &mut head);
        head
    }

    /// Rows as bytes, or as they are for formats that store columns.
    pub fn encode(&self, cells: Cells) -> Chunk {
        let mut bytes = Vec::new();
        match self.style.format {
            Format::Parquet => return Chunk::Cells(cells),
            Format::Csv => {
                bytes.reserve(cells.size() + cells.len() * 2);
                let mut all = cells.iter();
                for _ in 0..cells.len() / self.fields.len().max(1) {
                    csv_row(all.by_ref().take(self.fields.len()), self.style.raw, &mut bytes);
                }
            }
            Format::Jsonl => {
                let mut all = cells.iter();
                for _ in 0..cells.len() / self.fields.len().max(1) {
                    self.json_row(all.by_ref().take(self.fields.len()), &mut bytes);
                }
            }
        }
        Chunk::Bytes(bytes)
    }

    fn json_row<'a>(&self, cells: impl Iterator<Item = &'a str>, bytes: &mut Vec<u8>) {
        for (index, (field, cell)) in self.fields.iter().zip(cells).enumerate() {
            bytes.push(if index == 0 { b'{' } else { b',' });
            json_text(&field.name, bytes);
            bytes.push(b':');
            match field.column_type {
                _ if cell.is_empty() => bytes.extend_from_slice(b"null"),
                ColumnType::Text | ColumnType::YesNo | ColumnType::Day => json_text(cell, bytes),
                ColumnType::Integer | ColumnType::Number => bytes.extend_from_slice(cell.as_bytes()),
            }
        }
        bytes.extend_from_slice(b"}\n");
    }
}

fn json_text(text: &str, bytes: &mut Vec<u8>) {
    // Writing a string into memory cannot fail.
    let _ = serde_json::to_writer(bytes, text);
}

/// One row of CSV (RFC 4180 with a bare line feed): a cell is quoted where it
/// holds a comma, a quote or a line break. Unless `raw`, a cell that a spreadsheet
/// would run as a formula gets an apostrophe in front.
fn csv_row<'a>(cells: impl Iterator<Item = &'a str>, raw: bool, bytes: &mut Vec<u8>) {
    let mut first = true;
    let mut empty = true;
    for cell in cells {
        if !first {
            bytes.push(b',');
        }
        empty = first && cell.is_empty();
        first = false;
        let risky = !raw && runs(cell);
        if !cell.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
            if risky {
                bytes.push(b'\'');
            }
            bytes.extend_from_slice(cell.as_bytes());
            continue;
        }
        bytes.push(b'"');
        if risky {
            bytes.push(b'\'');
        }
        for (index, piece) in cell.split('"').enumerate() {
            if index > 0 {
                bytes.extend_from_slice(b"\"\"");
            }
            bytes.extend_from_slice(piece.as_bytes());
        }
        bytes.push(b'"');
    }
    // A row of one empty cell would be an empty line, which readers skip.
    if empty {
        bytes.extend_from_slice(b"\"\"");
    }
    bytes.push(b'\n');
}

/// True if a spreadsheet would run a cell: it begins like a formula and is not a
/// number. East Asian editions of Excel take the full-width signs for the others.
fn runs(cell: &str) -> bool {
    matches!(
        cell.chars().next(),
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}')
    ) && !(cell.parse::<f64>().is_ok_and(f64::is_finite))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn field(name: &'static str, column_type: ColumnType) -> Field {
        Field { name: name.into(), column_type }
    }

    fn csv(cells: &[&str], raw: bool) -> String {
        let mut bytes = Vec::new();
        csv_row(cells.iter().copied(), raw, &mut bytes);
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn cells_cannot_run_and_numbers_stay_numbers() {
        let cases = [
            ("=SUM(A1)", "'=SUM(A1)\n"),
            ("-0.5", "-0.5\n"),
            ("+7", "+7\n"),
            ("- he said", "'- he said\n"),
            ("@now", "'@now\n"),
            ("\tx", "'\tx\n"),
            ("\rx", "\"'\rx\"\n"),
            ("-inf", "'-inf\n"),
            ("=HYPERLINK(\"x\",1)", "\"'=HYPERLINK(\"\"x\"\",1)\"\n"),
            ("a-b", "a-b\n"),
            ("＝SUM(A1)", "'＝SUM(A1)\n"),
            ("＋1", "'＋1\n"),
            ("－1", "'－1\n"),
            ("＠SUM(A1)", "'＠SUM(A1)\n"),
            ("Минск", "Минск\n"),
        ];
        for (cell, expected) in cases {
            assert_eq!(csv(&[cell], false), expected);
        }
        assert_eq!(csv(&["=1+1", "-x"], true), "=1+1,-x\n");
    }

    proptest! {
        #[test]
        fn csv_is_what_the_csv_crate_writes_and_reads(
            rows in proptest::collection::vec(proptest::collection::vec("[a-c,\"\n\r é=]{0,6}", 3), 1..5)
        ) {
            let mut ours = Vec::new();
            let mut theirs = csv::Writer::from_writer(Vec::new());
            for row in &rows {
                csv_row(row.iter().map(String::as_str), true, &mut ours);
                theirs.write_record(row).unwrap();
            }
            prop_assert_eq!(String::from_utf8(ours).unwrap(), String::from_utf8(theirs.into_inner().unwrap()).unwrap());
        }

        #[test]
        fn json_lines_hold_the_cells(words in "\\PC{0,20}", count in 0usize..99) {
            let fields = vec![field("a", ColumnType::Text), field("b", ColumnType::Integer), field("c", ColumnType::Number)];
            let encoder = Encoder { fields, style: Style { format: Format::Jsonl, ..Style::default() } };
            let mut cells = Cells::default();
            cells.text(&words);
            cells.count(Some(count));
            cells.none();
            let Chunk::Bytes(bytes) = encoder.encode(cells) else { panic!("JSON is bytes") };
            let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
            prop_assert_eq!(value["a"].as_str().unwrap_or(""), words);
            prop_assert_eq!(value["b"].as_u64(), Some(count as u64));
            prop_assert!(value["c"].is_null());
        }
    }

    #[test]
    fn many_rows_are_encoded_a_part_at_a_time_and_stay_the_same() {
        let fields = vec![field("a", ColumnType::Text), field("b", ColumnType::Integer)];
        let encoder = Encoder { fields, style: Style::default() };
        let (mut all, mut encoding) = (Cells::default(), Encoding::new(&encoder));
        for row in 0..3000 {
            let add = |cells: &mut Cells| {
                cells.text(&"word ".repeat(200));
                cells.count(Some(row));
            };
            add(&mut all);
            encoding.rows(add);
        }
        let Chunk::Several(parts) = encoding.finish() else { panic!("there are parts") };
        assert!(parts.len() == 3, "{}", parts.len());
        let bytes: Vec<u8> = parts
            .into_iter()
            .flat_map(|part| match part {
                Chunk::Bytes(bytes) => bytes,
                _ => Vec::new(),
            })
            .collect();
        let Chunk::Bytes(whole) = encoder.encode(all) else { panic!("CSV is bytes") };
        assert!(bytes == whole);
    }
}
