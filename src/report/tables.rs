//! CSV tables: tidy, UTF-8, ISO dates, empty for missing.
//!
//! Lives here: writing cells and the table of skipped inputs. May not live here:
//! the tables of statements (see `statements`) and of trends (see `analysis`).

use crate::error::{Error, Result};
use crate::model::Skipped;
use std::fs::File;
use std::io::Write;
use std::path::Path;

/// A CSV table being written.
pub struct Table<W: Write> {
    writer: csv::Writer<W>,
    place: String,
}

impl Table<std::io::BufWriter<File>> {
    /// A table in a file.
    pub fn create(path: &Path, header: &[&str]) -> Result<Self> {
        let place = path.display().to_string();
        let file = File::create(path).map_err(|cause| {
            Error::run(&place, "the table cannot be written", "check the disk and permissions").because(cause)
        })?;
        Table::new(std::io::BufWriter::new(file), place, header)
    }
}

impl<W: Write> Table<W> {
    /// A table on any writer; `place` names it in errors.
    pub fn new(writer: W, place: String, header: &[&str]) -> Result<Self> {
        let mut table = Table { writer: csv::Writer::from_writer(writer), place };
        table.raw(header.iter().map(|name| name.to_string()))?;
        Ok(table)
    }

    /// One row. Cells that a spreadsheet would run as a formula get an
    /// apostrophe in front.
    pub fn row(&mut self, cells: Vec<String>) -> Result<()> {
        self.raw(cells.into_iter().map(harmless))
    }

    fn raw(&mut self, cells: impl Iterator<Item = String>) -> Result<()> {
        self.writer.write_record(cells).map_err(|cause| {
            Error::run(&self.place, "the table cannot be written", "check the disk").because(cause)
        })
    }

    /// Writes what is left.
    pub fn finish(mut self) -> Result<()> {
        self.writer.flush().map_err(|cause| {
            Error::run(&self.place, "the table cannot be written", "check the disk").because(cause)
        })
    }
}

fn harmless(cell: String) -> String {
    let risky = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if risky && cell.parse::<f64>().is_err() { format!("'{cell}") } else { cell }
}

/// A number with at most six decimals, no trailing zeros, never "-0".
pub fn number(value: f64) -> String {
    let rounded = (value * 1e6).round() / 1e6 + 0.0;
    format!("{rounded}")
}

/// A number or nothing.
pub fn maybe(value: Option<f64>) -> String {
    value.map_or(String::new(), number)
}

/// `skipped.csv`.
pub fn skipped_table(path: &Path, skipped: &[Skipped]) -> Result<()> {
    let mut table = Table::create(path, &["path", "reason", "detail"])?;
    for row in skipped {
        table.row(vec![row.path.clone(), row.reason.clone(), row.detail.clone()])?;
    }
    table.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_cannot_run_and_numbers_stay_numbers() {
        assert_eq!(harmless("=SUM(A1)".into()), "'=SUM(A1)");
        assert_eq!(harmless("-0.5".into()), "-0.5");
        assert_eq!(harmless("- he said".into()), "'- he said");
        assert_eq!(number(-0.0000001), "0");
        assert_eq!(number(1.0 / 3.0), "0.333333");
    }
}
