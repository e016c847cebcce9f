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
        let wanted: Vec<(Role, String)> = Mapping::roles()
            .filter_map(|role| places[role as usize].map(|index| (role, self.names[index].clone())))
            .collect();
        let (first, row) = (self.before + self.row + 1, self.row);
        self.row += count;
        guarded(move || {
            let mut reader = ParquetReader::new(BufReader::new(file))
                .read_parallel(ParallelStrategy::None)
                .with_columns(Some(wanted.iter().map(|(_, name)| name.clone()).collect()))
                .with_slice(Some((row, count)));
            reader.set_metadata(alone);
            let frame = reader.finish().map_err(|cause| cause.to_string())?;
            let mut all = ParquetRows {
                rows: (0..frame.height()).map(|row| (first + row, Cells::default())).collect(),
                lost: Vec::new(),
            };
            for (role, name) in &wanted {
                let column = frame.column(name).map_err(|cause| cause.to_string())?;
                let text = column.cast(&DataType::String).ok();
                let text = text.as_ref().and_then(|text| text.str().ok());
                let there = column.is_not_null();
                for (row, (number, cells)) in all.rows.iter_mut().enumerate() {
                    match text.and_then(|text| text.get(row)) {
                        Some(cell) => cells.set(*role, cell.to_string()),
                        // What is no text (a list, bytes that are no UTF-8) must not pass for an empty cell.
                        None if there.get(row) == Some(true) => {
                            let what = format!(
                                "column '{name}' holds what is no text ({}): the cell was left out; write the column as text",
                                column.dtype()
                            );
                            all.lost.push((*number, what));
                        }
                        None => {}
                    }
                }
            }
            Ok(Some(all))
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
