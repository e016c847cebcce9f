//! Tables that are read as a whole and strictly: word lists, codes, keys. A mistake in a row is
//! an error that names file and line.

use crate::error::{Error, Result};
use crate::files;
use crate::ingest::closed;
use crate::ingest::files::format::{Compression, FileKind};
use crate::ingest::short;
use crate::ingest::tables::reader::{TableFormat, TableReader};
use crate::ingest::tables::separator::{OF_TABLES, guess, row_error};
use crate::ingest::text::encoding::decode;
use std::path::Path;

/// A table with named columns; every row knows its line.
pub struct Sheet {
    place: String,
    header: Vec<String>,
    rows: Vec<(u64, Vec<String>)>,
}

/// One row.
pub struct Row<'a> {
    sheet: &'a Sheet,
    line: u64,
    cells: &'a [String],
}

impl Sheet {
    /// Reads a table. `,`, `;` and tab are accepted as separators; blank lines and lines that
    /// begin with `#` are left out. A missing column of `columns` is an error.
    pub fn read(path: &Path, columns: &[&str]) -> Result<Sheet> {
        Sheet::read_up_to(crate::ingest::RESOURCE_BYTES, path, columns)
    }

    /// The same for a table that a run wrote or people coded, which may be large, and be JSON
    /// Lines, Parquet or compressed. In those `#` begins no comment.
    pub fn read_large(path: &Path, columns: &[&str]) -> Result<Sheet> {
        let compressed = FileKind::of(path).is_ok_and(|kind| kind.compression != Compression::Plain);
        if TableFormat::of(path) == TableFormat::Delimited && !compressed {
            return Sheet::read_up_to(crate::ingest::TABLE_BYTES, path, columns);
        }
        let place = path.display().to_string();
        let table = TableReader::open(path)?;
        let header: Vec<String> = table.header().iter().map(|name| name.to_lowercase()).collect();
        check_header(&place, &header, columns)?;
        let all: Vec<usize> = (0..header.len()).collect();
        let mut rows = Vec::new();
        table.for_each(&all, |number, cells| {
            let cells = cells.map_err(|problem| {
                Error::input(format!("{place}:{number}"), problem, "correct the row, or take it out")
            })?;
            let cells: Vec<String> = cells.iter().map(|cell| cell.trim().to_string()).collect();
            if cells.iter().any(|cell| !cell.is_empty()) {
                rows.push((number as u64, cells));
            }
            Ok(())
        })?;
        Ok(Sheet { place, header, rows })
    }

    fn read_up_to(limit: u64, path: &Path, columns: &[&str]) -> Result<Sheet> {
        let place = path.display().to_string();
        let bytes = files::read_bytes(path, limit).map_err(|cause| {
            Error::input(&place, "the file cannot be read", "check that it is there").because(cause)
        })?;
        let text = decode(&bytes)
            .map_err(|why| Error::input(&place, format!("the file {why}"), "save it as UTF-8 CSV"))?;
        Sheet::parse(place, &text, columns)
    }

    /// The same from text.
    pub fn parse(place: String, text: &str, columns: &[&str]) -> Result<Sheet> {
        let first = text.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#'));
        let separator = guess(first.unwrap_or("").as_bytes(), OF_TABLES);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .comment(Some(b'#'))
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let header: Vec<String> = reader
            .headers()
            .map_err(|cause| row_error(&place, cause))?
            .iter()
            .map(|name| name.trim().to_lowercase())
            .collect();
        check_header(&place, &header, columns)?;
        let mut rows = Vec::new();
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record).map_err(|cause| row_error(&place, cause))? {
            let line = record.position().map_or(0, csv::Position::line);
            let cells: Vec<String> = record.iter().map(str::to_string).collect();
            if cells.iter().all(String::is_empty) {
                continue;
            }
            if cells.len() > header.len() {
                return Err(Error::input(
                    format!("{place}:{line}"),
                    format!("{} cells, but the header has {}", cells.len(), header.len()),
                    "put a cell that contains the separator in double quotes",
                ));
            }
            rows.push((line, cells));
        }
        // An open quotation mark takes in all lines behind it.
        if let Some((line, cells)) = rows.last()
            && text.matches('"').count() % 2 == 1
            && cells.iter().any(|cell| cell.contains('\n'))
        {
            return Err(Error::input(
                format!("{place}:{line}"),
                "a quotation mark that opens a cell on this line is never closed",
                "close it; inside a cell in quotation marks, write each mark twice",
            ));
        }
        Ok(Sheet { place, header, rows })
    }

    /// The names of the columns, in lower case.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The rows in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, cells)| Row { sheet: self, line: *line, cells })
    }
}

/// An error if a table is empty or a column is missing.
fn check_header(place: &str, header: &[String], columns: &[&str]) -> Result<()> {
    if header.iter().all(String::is_empty) {
        return Err(Error::input(
            place,
            "the file is empty",
            format!("its first line must name the columns: {}", columns.join(",")),
        ));
    }
    for column in columns {
        if !header.iter().any(|name| name == column) {
            return Err(Error::input(
                format!("{place}:1"),
                format!("column '{column}' is missing; there are: {}", short::names(header)),
                format!("the header must name {}", columns.join(",")),
            ));
        }
    }
    Ok(())
}

impl Row<'_> {
    /// A cell by column name; empty when the row is short.
    pub fn get(&self, column: &str) -> &str {
        self.sheet
            .header
            .iter()
            .position(|name| name == column)
            .and_then(|index| self.cells.get(index))
            .map_or("", String::as_str)
    }

    /// `file:line`.
    pub fn place(&self) -> String {
        format!("{}:{}", self.sheet.place, self.line)
    }

    /// An error at this row.
    pub fn error(&self, message: impl Into<String>, remedy: impl Into<String>) -> Error {
        Error::input(self.place(), message, remedy)
    }

    /// The value of a cell, one of named choices; any other word is an error.
    pub fn choice<T: Copy>(&self, column: &str, choices: &[(T, &str)]) -> Result<T> {
        self.choice_of(column, self.get(column), choices)
    }

    /// The value of one word of a cell among named choices.
    pub fn choice_of<T: Copy>(&self, column: &str, word: &str, choices: &[(T, &str)]) -> Result<T> {
        closed::word(column, word, choices).map_err(|(message, remedy)| self.error(message, remedy))
    }

    /// A number from `least` to `greatest`; anything else is an error.
    pub fn number(&self, column: &str, least: f64, greatest: f64) -> Result<f64> {
        let cell = self.get(column).replace(',', ".");
        match cell.parse::<f64>() {
            Ok(value) if value.is_finite() && (least..=greatest).contains(&value) => Ok(value),
            Ok(value) => Err(self.error(
                format!("{column} {value} is out of range"),
                format!("use a number from {least} to {greatest}"),
            )),
            Err(_) if cell.is_empty() => Err(self.error(
                format!("the {column} is empty"),
                format!("write a number from {least} to {greatest}"),
            )),
            Err(_) => Err(self.error(
                format!("{column} '{}' is not a number", self.get(column)),
                format!("use a number from {least} to {greatest}"),
            )),
        }
    }
}
