//! Parquet in bounded memory: one row group after another.
//!
//! Lives here: cells to typed columns. May not live here: other formats.

use crate::report::tables::cells::{Cells, Column, Kind};
use chrono::NaiveDate;
use polars::error::PolarsError;
use polars::prelude::{DataFrame, DataType, Field, IntoColumn, NamedFrom, PlSmallStr, Schema, Series};
use polars_io::parquet::write::{BatchedWriter, ParquetWriter, StatisticsOptions};
use std::io::Write;
use std::str::FromStr;

/// A row group is written when it holds so many bytes of text or so many rows.
const GROUP_BYTES: usize = 3 << 20;
const GROUP_ROWS: usize = 100_000;
/// A long file has larger groups, up to so many times as large: what the writer notes of each
/// group stays in memory until the file ends, a few kilobytes a column.
const LARGER: usize = 4;
/// After so many groups of one size they become larger.
const GROUPS: usize = 60;

/// Why rows could not be written.
#[derive(Debug)]
pub enum Unwritten {
    /// A column of numbers or days holds a word, which would be lost. A sentence.
    Word(String),
    /// The disk, or the format's own machinery.
    Failed(PolarsError),
}

impl From<PolarsError> for Unwritten {
    fn from(cause: PolarsError) -> Self {
        Unwritten::Failed(cause)
    }
}

/// A Parquet file being written.
pub struct Parquet<W: Write> {
    writer: BatchedWriter<W>,
    columns: Vec<Column>,
    waiting: Cells,
    /// Groups written.
    groups: usize,
}

impl<W: Write> Parquet<W> {
    /// A file with these columns.
    pub fn new(out: W, columns: &[Column]) -> Result<Self, PolarsError> {
        let fields = columns.iter().map(|column| {
            let kind = match column.kind {
                Kind::Text => DataType::String,
                Kind::Count => DataType::Int64,
                Kind::Number => DataType::Float64,
                Kind::Day => DataType::Date,
            };
            Field::new(PlSmallStr::from(column.name.as_str()), kind)
        });
        let schema: Schema = fields.collect();
        let writer = ParquetWriter::new(out)
            .set_parallel(false)
            // Least and greatest words of each group would stay in memory, and nobody looks for them.
            .with_statistics(StatisticsOptions::empty())
            .batched(&schema)?;
        Ok(Parquet { writer, columns: columns.to_vec(), waiting: Cells::default(), groups: 0 })
    }

    /// Adds rows.
    pub fn rows(&mut self, cells: &Cells) -> Result<(), Unwritten> {
        self.waiting.append(cells);
        let rows = self.waiting.len() / self.columns.len().max(1);
        let larger = (self.groups / GROUPS + 1).min(LARGER);
        let full = self.waiting.size() >= GROUP_BYTES * larger || rows >= GROUP_ROWS * larger;
        if full { self.group() } else { Ok(()) }
    }

    fn group(&mut self) -> Result<(), Unwritten> {
        let cells = std::mem::take(&mut self.waiting);
        let width = self.columns.len();
        let height = cells.len() / width.max(1);
        if height == 0 {
            return Ok(());
        }
        let mut columns = Vec::with_capacity(width);
        for (at, column) in self.columns.iter().enumerate() {
            let cells = (0..height).map(|row| Some(cells.cell(row * width + at)).filter(|c| !c.is_empty()));
            let name = PlSmallStr::from(column.name.as_str());
            let series = match column.kind {
                Kind::Text => Series::new(name, cells.collect::<Vec<Option<&str>>>()),
                Kind::Count => Series::new(name, parsed::<i64>(cells, column, "whole number")?),
                Kind::Number => Series::new(name, parsed::<f64>(cells, column, "number")?),
                Kind::Day => Series::new(name, parsed::<NaiveDate>(cells, column, "day")?),
            };
            columns.push(series.into_column());
        }
        let frame = DataFrame::new(height, columns)?;
        self.groups += 1;
        Ok(self.writer.write_batch(&frame)?)
    }

    /// Writes what is left and the file's footer.
    pub fn finish(mut self) -> Result<(), Unwritten> {
        self.group()?;
        self.writer.finish()?;
        Ok(())
    }
}

/// Cells as values; a cell that is none would become null, and so be lost in
/// silence, if it were let through.
fn parsed<'a, T: FromStr>(
    cells: impl Iterator<Item = Option<&'a str>>,
    column: &Column,
    what: &str,
) -> Result<Vec<Option<T>>, Unwritten> {
    cells
        .map(|cell| {
            let Some(cell) = cell else { return Ok(None) };
            cell.parse().map(Some).map_err(|_| {
                let short: String = cell.chars().take(60).collect();
                Unwritten::Word(format!("column '{}' holds '{short}', which is no {what}", column.name))
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_among_numbers_or_days_is_told_and_never_lost() {
        let cases = [
            ("n_seats", ["7", "many"], Some("column 'n_seats' holds 'many', which is no whole number")),
            ("value", ["0.5", "-"], Some("column 'value' holds '-', which is no number")),
            ("published", ["2019-03-01", "soon"], Some("column 'published' holds 'soon', which is no day")),
            ("n_seats", ["7", ""], None),
            ("actor", ["7", "many"], None),
        ];
        for (column, words, expected) in cases {
            let mut file = Parquet::new(Vec::new(), &[Column::named(column)]).unwrap();
            let mut cells = Cells::default();
            words.iter().for_each(|word| cells.text(word));
            let told = match file.rows(&cells).and_then(|()| file.finish()) {
                Ok(()) => None,
                Err(Unwritten::Word(what)) => Some(what),
                Err(Unwritten::Failed(cause)) => panic!("{cause}"),
            };
            assert_eq!(told.as_deref(), expected, "{column}");
        }
    }
}
