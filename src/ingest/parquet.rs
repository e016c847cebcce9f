//! Parquet as rows, some at a time.
//!
//! Lives here: the one place outside `aggregate` and the tables of `report` that
//! knows polars, because only polars' reader knows the format. Nothing of polars
//! leaves this file: cells come out as text. May not live here: what the columns
//! mean.
//!
//! One row group at a time is looked at, and of that no more rows at once than
//! come to a few megabytes, because writers of other tools put a million rows
//! into one group.

use super::columns::{COUNT, Cells, Mapping, Role};
use polars::prelude::DataType;
use polars_io::prelude::{FileMetadata, FileMetadataRef, ParallelStrategy, ParquetReader, SerReader};
use std::fs::File;
use std::io::BufReader;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// About how many bytes of unpacked cells are read at once.
const BATCH: usize = 4 << 20;

/// A Parquet file being read.
pub struct Parquet {
    file: File,
    /// The description of the whole file.
    metadata: FileMetadataRef,
    /// The same without any row group, and with the one being read.
    empty: FileMetadata,
    alone: Option<FileMetadataRef>,
    names: Vec<String>,
    group: usize,
    row: usize,
    /// Rows in the groups before.
    before: usize,
}

/// Some rows of a file.
#[derive(Debug, Default)]
pub struct ParquetRows {
    /// Number in the file, counted from 1, and cells by role.
    pub rows: Vec<(usize, Cells)>,
    /// Cells that hold something and could not be read as text: the row, and a
    /// sentence.
    pub lost: Vec<(usize, String)>,
}

/// Some rows of some columns as text.
pub struct Texts {
    /// Number of the first row in the file, counted from 1.
    pub first: usize,
    /// How many rows there are.
    pub rows: usize,
    /// The cells of each column; None for a missing value.
    pub columns: Vec<Vec<Option<String>>>,
    /// Cells that hold something and could not be read as text: the row, and a
    /// sentence.
    pub lost: Vec<(usize, String)>,
}

impl Parquet {
    /// Reads the description at the file's end. The error is a sentence.
    pub fn open(file: File) -> Result<Parquet, String> {
        let copy = file.try_clone().map_err(|cause| cause.to_string())?;
        guarded(move || {
            let mut reader = ParquetReader::new(BufReader::new(copy));
            let schema = reader.schema().map_err(|cause| cause.to_string())?;
            let names = schema.iter_names().map(|name| name.to_string()).collect();
            let metadata = reader.get_metadata().map_err(|cause| cause.to_string())?.clone();
            let mut empty = (*metadata).clone();
            empty.row_groups.clear();
            Ok(Parquet { file, metadata, empty, alone: None, names, group: 0, row: 0, before: 0 })
        })
    }

    /// The names of the columns.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The next rows; None at the end. The error is a sentence.
    pub fn batch(&mut self, places: &[Option<usize>; COUNT]) -> Result<Option<ParquetRows>, String> {
        let (roles, wanted): (Vec<Role>, Vec<usize>) =
            Mapping::roles().filter_map(|role| Some((role, places[role as usize]?))).unzip();
        let Some(texts) = self.texts(&wanted)? else { return Ok(None) };
        let mut all = ParquetRows {
            rows: (0..texts.rows).map(|row| (texts.first + row, Cells::default())).collect(),
            lost: texts.lost,
        };
        for (role, column) in roles.into_iter().zip(texts.columns) {
            for (cell, (_, cells)) in column.into_iter().zip(&mut all.rows) {
                if let Some(cell) = cell {
                    cells.set(role, cell);
                }
            }
        }
        Ok(Some(all))
    }

    /// The next rows of some columns, by their places; None at the end. The error
    /// is a sentence.
    pub fn texts(&mut self, wanted: &[usize]) -> Result<Option<Texts>, String> {
        while self.metadata.row_groups.get(self.group).is_some_and(|group| self.row >= group.num_rows()) {
            self.skip_group();
        }
        let Some(group) = self.metadata.row_groups.get(self.group) else { return Ok(None) };
        let rows = group.num_rows();
        let one = (group.total_byte_size() / rows.max(1)).max(1);
        let count = (BATCH / one).clamp(16, 4096).min(rows - self.row);
        let alone = self.alone.get_or_insert_with(|| {
            let mut alone = self.empty.clone();
            alone.row_groups = vec![group.clone()];
            alone.num_rows = rows;
            Arc::new(alone)
        });
        let alone = alone.clone();
        let file = self.file.try_clone().map_err(|cause| cause.to_string())?;
        let names: Vec<String> = wanted.iter().map(|index| self.names[*index].clone()).collect();
        let (first, row) = (self.before + self.row + 1, self.row);
        self.row += count;
        guarded(move || {
            let mut reader = ParquetReader::new(BufReader::new(file))
                .read_parallel(ParallelStrategy::None)
                .with_columns(Some(names.clone()))
                .with_slice(Some((row, count)));
            reader.set_metadata(alone);
            let frame = reader.finish().map_err(|cause| cause.to_string())?;
            let mut lost = Vec::new();
            let mut columns = Vec::with_capacity(names.len());
            for name in &names {
                let column = frame.column(name).map_err(|cause| cause.to_string())?;
                let text = column.cast(&DataType::String).ok();
                let text = text.as_ref().and_then(|text| text.str().ok());
                // One cell of bytes that are no UTF-8 must not cost the whole column.
                let bytes = column.binary().ok();
                let there = column.is_not_null();
                let mut cells = Vec::with_capacity(frame.height());
                for row in 0..frame.height() {
                    let cell = match bytes {
                        Some(bytes) => bytes.get(row).and_then(|cell| std::str::from_utf8(cell).ok()),
                        None => text.and_then(|text| text.get(row)),
                    };
                    let cell = cell.map(str::to_string);
                    // What is no text (a list, bytes that are no UTF-8) must not pass for an empty cell.
                    if cell.is_none() && there.get(row) == Some(true) {
                        let what = format!(
                            "column '{name}' holds what is no text ({}): the cell was left out; write the column as text",
                            column.dtype()
                        );
                        lost.push((first + row, what));
                    }
                    cells.push(cell);
                }
                columns.push(cells);
            }
            Ok(Some(Texts { first, rows: frame.height(), columns, lost }))
        })
    }

    /// Goes on to the next row group, after an error in this one.
    pub fn skip_group(&mut self) {
        if let Some(group) = self.metadata.row_groups.get(self.group) {
            self.alone = None;
            self.before += group.num_rows();
            self.group += 1;
            self.row = 0;
        }
    }
}

/// A damaged file must not end the run: the reader of the format panics on some.
fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err("the file is damaged".into()))
}
