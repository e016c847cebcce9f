//! Parquet as rows of text, some at a time, in bounded memory. Polars is used only here, in
//! `aggregate` and in the tables of `report`; none of its types leaves this file.
//!
//! One row group at a time is read, and of that at most a few megabytes at once, because writers of
//! other tools put a million rows into one group.

use crate::ingest::columns::{Cells, Columns, Role};
use crate::ingest::files::bytes::{RATIO, UNCHECKED};
use crate::ingest::short::short;
use crate::ingest::tables::parquet_guard::guarded;
use polars::prelude::{BinaryChunked, Column, DataFrame, DataType, StringChunked};
use polars_io::prelude::{FileMetadata, FileMetadataRef, ParallelStrategy, ParquetReader, SerReader};
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::sync::Arc;

/// Approximate number of bytes of unpacked cells that are read at once.
const BATCH: usize = 4 << 20;
/// Maximum length of the description at the file's end. That of a million columns of rows
/// has some 50 MB.
const FOOTER: u64 = 64 << 20;

/// A Parquet file being read.
pub struct ParquetFile {
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
    /// Bytes of the file, and of what came out of it.
    length: u64,
    handed_out: u64,
}

/// Some rows of a file.
#[derive(Debug, Default)]
pub struct ParquetRows {
    /// Number in the file, counted from 1, and cells by role.
    pub rows: Vec<(usize, Cells)>,
    /// Cells that hold something and could not be read as text: the row, and a
    /// sentence.
    pub lost: Vec<(usize, String)>,
    /// Rows that were left out because a cell is larger than an article may be.
    pub too_large: Vec<usize>,
}

/// Some rows of some columns as text.
pub struct TextRows {
    /// Number of the first row in the file, counted from 1.
    pub first: usize,
    /// Number of rows.
    pub rows: usize,
    /// The cells of each column; None for a missing value.
    pub columns: Vec<Vec<Option<String>>>,
    /// Cells that hold something and could not be read as text: the row, and a
    /// sentence.
    pub lost: Vec<(usize, String)>,
    /// Rows of which no cell was copied because one is too large.
    pub too_large: Vec<usize>,
}

impl ParquetFile {
    /// Reads the description at the file's end. The error is a sentence.
    pub fn open(mut file: File) -> Result<ParquetFile, String> {
        let length = checked_footer(&mut file)?;
        let copy = file.try_clone().map_err(|cause| cause.to_string())?;
        guarded(move || {
            let mut reader = ParquetReader::new(BufReader::new(copy));
            let schema = reader.schema().map_err(|cause| cause.to_string())?;
            let names = schema.iter_names().map(|name| name.to_string()).collect();
            let metadata = reader.get_metadata().map_err(|cause| cause.to_string())?.clone();
            let mut empty = (*metadata).clone();
            empty.row_groups.clear();
            Ok(ParquetFile {
                file,
                metadata,
                empty,
                alone: None,
                names,
                group: 0,
                row: 0,
                before: 0,
                length,
                handed_out: 0,
            })
        })
    }

    /// The names of the columns.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The next rows; None at the end. A row with a cell of more than `most` bytes is left
    /// out. The error is a sentence.
    pub fn batch(&mut self, columns: &Columns, most: usize) -> Result<Option<ParquetRows>, String> {
        let (roles, wanted): (Vec<Role>, Vec<usize>) =
            Role::ALL.into_iter().filter_map(|role| Some((role, columns[role as usize]?))).unzip();
        let Some(texts) = self.texts(&wanted, most)? else { return Ok(None) };
        let mut all = ParquetRows {
            rows: (0..texts.rows).map(|row| (texts.first + row, Cells::default())).collect(),
            lost: texts.lost,
            too_large: texts.too_large,
        };
        for (role, column) in roles.into_iter().zip(texts.columns) {
            for (cell, (_, cells)) in column.into_iter().zip(&mut all.rows) {
                if let Some(cell) = cell {
                    cells.set(role, cell);
                }
            }
        }
        let too_large = &all.too_large;
        all.rows.retain(|(row, _)| too_large.binary_search(row).is_err());
        Ok(Some(all))
    }

    /// The next rows of some columns, by their places; None at the end. A cell of more
    /// than `most` bytes makes its row too large. The error is a sentence.
    pub fn texts(&mut self, wanted: &[usize], most: usize) -> Result<Option<TextRows>, String> {
        while self.metadata.row_groups.get(self.group).is_some_and(|group| self.row >= group.num_rows()) {
            self.skip_group();
        }
        let Some(group) = self.metadata.row_groups.get(self.group) else { return Ok(None) };
        let rows = group.num_rows();
        let unpacked = group.total_byte_size();
        self.plausible(unpacked as u64)?;
        let one = (unpacked / rows.max(1)).max(1);
        let count = (BATCH / one).clamp(1, 4096).min(rows - self.row);
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
        let (texts, bytes) = guarded(move || {
            let mut reader = ParquetReader::new(BufReader::new(file))
                .read_parallel(ParallelStrategy::None)
                .with_columns(Some(names.clone()))
                .with_slice(Some((row, count)));
            reader.set_metadata(alone);
            let frame = reader.finish().map_err(|cause| cause.to_string())?;
            texts(&frame, &names, first, most)
        })?;
        // A frame without rows must not be read again without end.
        self.row += texts.rows.max(1);
        self.handed_out += bytes + texts.rows as u64;
        self.plausible(self.handed_out)?;
        Ok(Some(texts))
    }

    /// An error if the file unpacks to something absurdly large, as for compressed files: a
    /// dictionary can repeat a megabyte a thousand times in one byte each.
    fn plausible(&self, unpacked: u64) -> Result<(), String> {
        if unpacked > UNCHECKED && unpacked / self.length.max(1) > RATIO {
            return Err(format!("it unpacks to more than {RATIO} times its size: this is no text"));
        }
        Ok(())
    }

    /// Continues with the next row group, after an error in this one.
    pub fn skip_group(&mut self) {
        if let Some(group) = self.metadata.row_groups.get(self.group) {
            self.alone = None;
            self.before += group.num_rows();
            self.group += 1;
            self.row = 0;
        }
    }
}

/// The file's length. A footer that cannot be one is refused before polars is asked, which
/// takes as much memory as it claims to need.
fn checked_footer(file: &mut File) -> Result<u64, String> {
    let mut end = [0; 8];
    let length = file.seek(SeekFrom::End(0)).map_err(|cause| cause.to_string())?;
    let read =
        file.seek(SeekFrom::End(-8)).and_then(|_| file.read_exact(&mut end)).and_then(|()| file.rewind());
    read.map_err(|_| "it is too short".to_string())?;
    let [a, b, c, d, magic @ ..] = end;
    let footer = u64::from(u32::from_le_bytes([a, b, c, d]));
    if magic != *b"PAR1" {
        return Err("it does not end as a Parquet file does".into());
    }
    if footer > FOOTER || footer + 12 > length {
        return Err(format!("the description at its end is said to have {footer} bytes"));
    }
    Ok(length)
}

/// The rows of a frame as text, up to the size of a batch, and their number of bytes. Lengths
/// are checked before anything is copied: cells of a frame can share their text.
fn texts(frame: &DataFrame, names: &[String], first: usize, most: usize) -> Result<(TextRows, u64), String> {
    let mut columns = Vec::with_capacity(names.len());
    for name in names {
        let column = frame.column(name).map_err(|cause| cause.to_string())?;
        // Text and bytes are used as they are; other types are converted.
        let plain = matches!(column.dtype(), DataType::String | DataType::Binary);
        let text = if plain { None } else { column.cast(&DataType::String).ok() };
        columns.push((name, column, text));
    }
    let cells: Vec<TextColumn> = columns
        .iter()
        .map(|(name, column, text)| {
            let cells = match column.dtype() {
                DataType::String => column.str().ok(),
                _ => text.as_ref().and_then(|text| text.str().ok()),
            };
            TextColumn { name, column, text: cells, bytes: column.binary().ok() }
        })
        .collect();
    let mut all = TextRows {
        first,
        rows: 0,
        columns: vec![Vec::new(); names.len()],
        lost: Vec::new(),
        too_large: Vec::new(),
    };
    let mut bytes = 0;
    for row in 0..frame.height() {
        let lengths = || cells.iter().map(|cells| cells.get(row).map_or(0, str::len));
        let too_large = lengths().any(|length| length > most);
        let length = if too_large { 0 } else { lengths().sum() };
        if row > 0 && bytes + length > BATCH {
            break;
        }
        bytes += length;
        all.rows += 1;
        if too_large {
            all.too_large.push(first + row);
        }
        for (cells, into) in cells.iter().zip(&mut all.columns) {
            let cell = cells.get(row);
            // A value that is no text (a list, bytes that are no UTF-8) must not become an empty cell.
            if cell.is_none() && !too_large && cells.is_there(row) {
                all.lost.push((first + row, cells.no_text()));
            }
            into.push(cell.filter(|_| !too_large).map(str::to_string));
        }
    }
    Ok((all, bytes as u64))
}

/// A column of a frame.
struct TextColumn<'a> {
    name: &'a str,
    column: &'a Column,
    text: Option<&'a StringChunked>,
    bytes: Option<&'a BinaryChunked>,
}

impl TextColumn<'_> {
    fn get(&self, row: usize) -> Option<&str> {
        // One cell of bytes that are no UTF-8 must not cost the whole column.
        match self.bytes {
            Some(bytes) => bytes.get(row).and_then(|cell| std::str::from_utf8(cell).ok()),
            None => self.text.and_then(|text| text.get(row)),
        }
    }

    fn is_there(&self, row: usize) -> bool {
        self.column.get(row).is_ok_and(|value| !value.is_null())
    }

    fn no_text(&self) -> String {
        format!(
            "column '{}' holds what is no text ({}): the cell was left out; write the column as text",
            short(self.name, 60),
            self.column.dtype()
        )
    }
}
