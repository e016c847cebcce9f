//! Parquet in bounded memory: one row group after another.
//!
//! Lives here: cells to typed columns. May not live here: other formats.

use super::cells::{Cells, Column, Kind};
use chrono::NaiveDate;
use polars::prelude::{DataFrame, DataType, Field, IntoColumn, NamedFrom, PlSmallStr, Schema, Series};
use polars_io::parquet::write::{BatchedWriter, ParquetWriter};
use std::io::Write;

/// A row group is written when it holds so many bytes of text or so many rows.
const GROUP_BYTES: usize = 3 << 20;
const GROUP_ROWS: usize = 100_000;

/// A Parquet file being written.
pub struct Parquet<W: Write> {
    writer: BatchedWriter<W>,
    columns: Vec<Column>,
    waiting: Cells,
}

impl<W: Write> Parquet<W> {
    /// A file with these columns.
    pub fn new(out: W, columns: &[Column]) -> Result<Self, polars::error::PolarsError> {
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
        let writer = ParquetWriter::new(out).set_parallel(false).batched(&schema)?;
        Ok(Parquet { writer, columns: columns.to_vec(), waiting: Cells::default() })
    }

    /// Adds rows.
    pub fn rows(&mut self, cells: &Cells) -> Result<(), polars::error::PolarsError> {
        self.waiting.append(cells);
        let rows = self.waiting.len() / self.columns.len().max(1);
        if self.waiting.size() >= GROUP_BYTES || rows >= GROUP_ROWS { self.group() } else { Ok(()) }
    }

    fn group(&mut self) -> Result<(), polars::error::PolarsError> {
        let cells = std::mem::take(&mut self.waiting);
        let width = self.columns.len();
        let height = cells.len() / width.max(1);
        if height == 0 {
            return Ok(());
        }
        let columns = self.columns.iter().enumerate().map(|(at, column)| {
            let of_column =
                (0..height).map(|row| Some(cells.cell(row * width + at)).filter(|c| !c.is_empty()));
            let name = PlSmallStr::from(column.name.as_str());
            match column.kind {
                Kind::Text => Series::new(name, of_column.collect::<Vec<Option<&str>>>()),
                Kind::Count => {
                    Series::new(name, of_column.map(|cell| cell?.parse().ok()).collect::<Vec<Option<i64>>>())
                }
                Kind::Number => {
                    Series::new(name, of_column.map(|cell| cell?.parse().ok()).collect::<Vec<Option<f64>>>())
                }
                Kind::Day => Series::new(
                    name,
                    of_column.map(|cell| cell?.parse().ok()).collect::<Vec<Option<NaiveDate>>>(),
                ),
            }
            .into_column()
        });
        let frame = DataFrame::new(height, columns.collect())?;
        self.writer.write_batch(&frame)
    }

    /// Writes what is left and the file's footer.
    pub fn finish(mut self) -> Result<(), polars::error::PolarsError> {
        self.group()?;
        self.writer.finish().map(|_| ())
    }
}
