//! Parquet in bounded memory: one row group after another.

use crate::report::tables::schema::{ColumnType, Field};
use crate::report::tables::write::cells::Cells;
use chrono::NaiveDate;
use polars::error::PolarsError;
use polars::prelude::{
    DataFrame, DataType, Field as ParquetField, IntoColumn, NamedFrom, PlSmallStr, Schema, Series,
};
use polars_io::parquet::write::{BatchedWriter, ParquetWriter, StatisticsOptions};
use std::io::Write;
use std::str::FromStr;

/// A row group is written when it holds this many bytes of text or this many rows.
const GROUP_BYTES: usize = 3 << 20;
const GROUP_ROWS: usize = 100_000;
/// A long file has larger groups, at most this many times as large: the writer keeps notes on each
/// group in memory until the file ends, a few kilobytes a column.
const LARGER: usize = 4;
/// After this many groups of one size they become larger.
const GROUPS: usize = 60;

/// Why rows could not be written.
#[derive(Debug)]
pub enum Unwritten {
    /// A column of numbers or days holds something else, which would be lost. A sentence.
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
    fields: Vec<Field>,
    waiting: Cells,
    /// Groups written.
    groups: usize,
}

impl<W: Write> Parquet<W> {
    /// A file with these columns.
    pub fn new(out: W, fields: &[Field]) -> Result<Self, PolarsError> {
        let typed = fields.iter().map(|field| {
            let data_type = match field.column_type {
                ColumnType::Text | ColumnType::YesNo => DataType::String,
                ColumnType::Integer => DataType::Int64,
                ColumnType::Number => DataType::Float64,
                ColumnType::Day => DataType::Date,
            };
            ParquetField::new(PlSmallStr::from(field.name.as_ref()), data_type)
        });
        let schema: Schema = typed.collect();
        let writer = ParquetWriter::new(out)
            .set_parallel(false)
            // Least and greatest words of each group would stay in memory, and nobody uses them.
            .with_statistics(StatisticsOptions::empty())
            .batched(&schema)?;
        Ok(Parquet { writer, fields: fields.to_vec(), waiting: Cells::default(), groups: 0 })
    }

    /// Adds rows.
    pub fn rows(&mut self, cells: &Cells) -> Result<(), Unwritten> {
        self.waiting.append(cells);
        let rows = self.waiting.len() / self.fields.len().max(1);
        let larger = (self.groups / GROUPS + 1).min(LARGER);
        let full = self.waiting.size() >= GROUP_BYTES * larger || rows >= GROUP_ROWS * larger;
        if full { self.group() } else { Ok(()) }
    }

    fn group(&mut self) -> Result<(), Unwritten> {
        let cells = std::mem::take(&mut self.waiting);
        let width = self.fields.len();
        let height = cells.len() / width.max(1);
        if height == 0 {
            return Ok(());
        }
        let mut columns = Vec::with_capacity(width);
        for (at, field) in self.fields.iter().enumerate() {
            let cells = (0..height).map(|row| Some(cells.cell(row * width + at)).filter(|c| !c.is_empty()));
            let name = PlSmallStr::from(field.name.as_ref());
            let series = match field.column_type {
                ColumnType::Text | ColumnType::YesNo => {
                    Series::new(name, cells.collect::<Vec<Option<&str>>>())
                }
                ColumnType::Integer => Series::new(name, parsed::<i64>(cells, field, "whole number")?),
                ColumnType::Number => Series::new(name, parsed::<f64>(cells, field, "number")?),
                ColumnType::Day => Series::new(name, parsed::<NaiveDate>(cells, field, "day")?),
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

/// Cells as values. A cell that cannot be parsed is an error: as null it would be lost without a
/// word.
fn parsed<'a, T: FromStr>(
    cells: impl Iterator<Item = Option<&'a str>>,
    field: &Field,
    what: &str,
) -> Result<Vec<Option<T>>, Unwritten> {
    cells
        .map(|cell| {
            let Some(cell) = cell else { return Ok(None) };
            cell.parse().map(Some).map_err(|_| {
                let short: String = cell.chars().take(60).collect();
                Unwritten::Word(format!("column '{}' holds '{short}', which is not a {what}", field.name))
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_in_a_column_of_numbers_or_days_is_an_error() {
        let cases = [
            (
                ColumnType::Integer,
                ["7", "many"],
                Some("column 'x' holds 'many', which is not a whole number"),
            ),
            (ColumnType::Number, ["0.5", "-"], Some("column 'x' holds '-', which is not a number")),
            (ColumnType::Day, ["2019-03-01", "soon"], Some("column 'x' holds 'soon', which is not a day")),
            (ColumnType::Integer, ["7", ""], None),
            (ColumnType::Text, ["7", "many"], None),
        ];
        for (column_type, words, expected) in cases {
            let mut file = Parquet::new(Vec::new(), &[Field { name: "x".into(), column_type }]).unwrap();
            let mut cells = Cells::default();
            words.iter().for_each(|word| cells.text(word));
            let found = match file.rows(&cells).and_then(|()| file.finish()) {
                Ok(()) => None,
                Err(Unwritten::Word(what)) => Some(what),
                Err(Unwritten::Failed(cause)) => panic!("{cause}"),
            };
            assert_eq!(found.as_deref(), expected, "{column_type:?}");
        }
    }
}
