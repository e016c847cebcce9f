//! Tables: tidy, UTF-8, ISO dates, empty for missing.
//!
//! Lives here: tables being written, and that of skipped inputs. May not live
//! here: the statements' tables (see `statements`), those of trends (see
//! `analysis`), formats (see `format`).

use crate::error::{Error, Result};
use crate::model::Skipped;
use crate::report::tables::cells::{Cells, Column, number_into};
use crate::report::tables::format::{Chunk, Encoder, Format, Style};
use crate::report::tables::parquet::{Parquet, Unwritten};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Where the bytes of a table go.
pub type Sink = Box<dyn Write + Send>;

/// Where the tables of a command go, and how they are written.
#[derive(Debug, Clone)]
pub struct Place {
    /// The folder.
    pub folder: PathBuf,
    /// Format and style.
    pub style: Style,
}

impl Place {
    /// A table named `name` ("trend"), with columns whose kinds their names say.
    pub fn table(&self, name: &str, header: &[&str]) -> Result<Table<Sink>> {
        self.typed(name, header.iter().map(|name| Column::named(name)).collect())
    }

    /// The same with columns of any kind.
    pub fn typed(&self, name: &str, columns: Vec<Column>) -> Result<Table<Sink>> {
        let path = self.folder.join(format!("{name}.{}", self.style.format.ending()));
        let place = path.display().to_string();
        let file = File::create(&path).map_err(|cause| {
            Error::run(&place, "the table cannot be written", "check the disk and permissions").because(cause)
        })?;
        let out: Sink = Box::new(BufWriter::with_capacity(1 << 16, file));
        Table::begin(out, place, Encoder { columns, style: self.style })
    }
}

/// A table being written.
pub struct Table<W: Write> {
    out: Out<W>,
    encoder: Encoder,
    waiting: Cells,
    place: String,
}

enum Out<W: Write> {
    Bytes(W),
    Parquet(Box<Parquet<W>>),
}

/// Rows are encoded when they hold so many bytes.
const BATCH: usize = 1 << 16;

impl Table<Sink> {
    /// A CSV table in a file, with columns whose kinds their names say.
    pub fn create(path: &Path, header: &[&str]) -> Result<Self> {
        let place = path.display().to_string();
        let file = File::create(path).map_err(|cause| {
            Error::run(&place, "the table cannot be written", "check the disk and permissions").because(cause)
        })?;
        Table::new(Box::new(BufWriter::new(file)), place, header)
    }
}

impl<W: Write> Table<W> {
    /// A CSV table on any writer; `place` names it in errors.
    pub fn new(writer: W, place: String, header: &[&str]) -> Result<Self> {
        let columns = header.iter().map(|name| Column::named(name)).collect();
        Table::begin(writer, place, Encoder { columns, style: Style::default() })
    }

    /// A table in any format.
    pub fn begin(mut writer: W, place: String, encoder: Encoder) -> Result<Self> {
        let out = if encoder.style.format == Format::Parquet {
            Out::Parquet(Box::new(Parquet::new(writer, &encoder.columns).map_err(|c| failed(&place, c))?))
        } else {
            writer.write_all(&encoder.head()).map_err(|cause| failed(&place, cause))?;
            Out::Bytes(writer)
        };
        Ok(Table { out, encoder, waiting: Cells::default(), place })
    }

    /// What turns rows into chunks for this table, on any thread.
    pub fn encoder(&self) -> Encoder {
        self.encoder.clone()
    }

    /// One row.
    pub fn row(&mut self, cells: Vec<String>) -> Result<()> {
        for cell in &cells {
            self.waiting.text(cell);
        }
        if self.waiting.size() >= BATCH { self.flush() } else { Ok(()) }
    }

    /// Rows that stand behind all before.
    pub fn cells(&mut self, cells: Cells) -> Result<()> {
        self.flush()?;
        let chunk = self.encoder.encode(cells);
        self.chunk(&chunk)
    }

    /// Rows that were encoded before, behind all rows so far.
    pub fn chunk(&mut self, chunk: &Chunk) -> Result<()> {
        if let Chunk::Several(chunks) = chunk {
            return chunks.iter().try_for_each(|chunk| self.chunk(chunk));
        }
        match (&mut self.out, chunk) {
            (Out::Bytes(out), Chunk::Bytes(bytes)) => {
                out.write_all(bytes).map_err(|cause| failed(&self.place, cause))
            }
            (Out::Parquet(out), Chunk::Cells(cells)) => {
                out.rows(cells).map_err(|cause| told(&self.place, cause))
            }
            _ => Err(Error::run(&self.place, "rows of another format", "report this as a bug")),
        }
    }

    fn flush(&mut self) -> Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let chunk = self.encoder.encode(std::mem::take(&mut self.waiting));
        self.chunk(&chunk)
    }

    /// Writes what is left.
    pub fn finish(mut self) -> Result<()> {
        self.flush()?;
        match self.out {
            Out::Bytes(mut out) => out.flush().map_err(|cause| failed(&self.place, cause)),
            Out::Parquet(out) => out.finish().map_err(|cause| told(&self.place, cause)),
        }
    }
}

fn told(place: &str, cause: Unwritten) -> Error {
    match cause {
        Unwritten::Word(what) => {
            let remedy = "use --format csv or jsonl, which keep the words as they are";
            Error::run(place, what, remedy)
        }
        Unwritten::Failed(cause) => failed(place, cause),
    }
}

fn failed(place: &str, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::run(place, "the table cannot be written", "check the disk").because(cause)
}

/// A number with at most six decimals, no trailing zeros, never "-0".
pub fn number(value: f64) -> String {
    let mut text = String::new();
    number_into(value, &mut text);
    text
}

/// A number or nothing.
pub fn maybe(value: Option<f64>) -> String {
    value.map_or(String::new(), number)
}

/// The table `skipped`.
pub fn skipped_table(place: &Place, skipped: &[Skipped]) -> Result<()> {
    let mut table = skipped_begin(place)?;
    for row in skipped {
        skipped_row(&mut table, row)?;
    }
    table.finish()
}

/// The table `skipped` while inputs stream by.
pub fn skipped_begin(place: &Place) -> Result<Table<Sink>> {
    place.table("skipped", &["path", "reason", "detail"])
}

/// One row of it.
pub fn skipped_row(table: &mut Table<Sink>, row: &Skipped) -> Result<()> {
    table.row(vec![row.path.clone(), row.reason.clone(), row.detail.clone()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        assert_eq!(number(-0.0000001), "0");
        assert_eq!(number(1.0 / 3.0), "0.333333");
    }
}
