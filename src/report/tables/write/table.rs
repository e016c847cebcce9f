//! Tables in files and on standard output: tidy, UTF-8, ISO dates, empty for missing.

use crate::error::{Error, Result};
use crate::report::tables::schema::Schema;
use crate::report::tables::write::cells::Cells;
use crate::report::tables::write::format::{Chunk, Encoder, Format, Style};
use crate::report::tables::write::parquet::{Parquet, Unwritten};
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
    /// Begins the table of a schema in a file of its name. Fails if the file cannot be made.
    pub fn table<R>(&self, schema: Schema<R>) -> Result<Table<R>> {
        let path = self.folder.join(format!("{}.{}", schema.table(), self.style.format.ending()));
        Table::in_file(&path, schema, self.style)
    }

    /// Writes a whole table.
    pub fn write<'r, R: 'r>(&self, schema: Schema<R>, rows: impl IntoIterator<Item = &'r R>) -> Result<()> {
        let mut table = self.table(schema)?;
        rows.into_iter().try_for_each(|row| table.row(row))?;
        table.finish()
    }
}

/// A table being written row by row.
pub struct Table<R> {
    schema: Schema<R>,
    out: TableWriter,
    waiting: Cells,
}

/// Rows are encoded when their cells hold this many bytes.
const BATCH: usize = 1 << 16;

impl<R> Table<R> {
    /// A table in a file. Fails if the file cannot be made.
    pub fn in_file(path: &Path, schema: Schema<R>, style: Style) -> Result<Self> {
        let place = path.display().to_string();
        let file = File::create(path).map_err(|cause| {
            Error::run(&place, "the table cannot be written", "check the disk and permissions").because(cause)
        })?;
        Table::begin(Box::new(BufWriter::with_capacity(1 << 16, file)), place, schema, style)
    }

    /// A table on any writer; `place` names it in errors.
    pub fn begin(out: Sink, place: String, schema: Schema<R>, style: Style) -> Result<Self> {
        let out = TableWriter::begin(out, place, Encoder { fields: schema.fields(), style })?;
        Ok(Table { schema, out, waiting: Cells::default() })
    }

    /// One row.
    pub fn row(&mut self, row: &R) -> Result<()> {
        self.schema.fill(row, &mut self.waiting);
        if self.waiting.size() >= BATCH { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let chunk = self.out.encoder.encode(std::mem::take(&mut self.waiting));
        self.out.chunk(&chunk)
    }

    /// Writes what is left.
    pub fn finish(mut self) -> Result<()> {
        self.flush()?;
        self.out.finish()
    }

    /// The writer alone, for rows that are encoded on other threads.
    pub fn into_writer(self) -> TableWriter {
        self.out
    }
}

/// A table being written from encoded rows.
pub struct TableWriter {
    out: Out,
    encoder: Encoder,
    place: String,
}

enum Out {
    Bytes(Sink),
    Parquet(Box<Parquet<Sink>>),
}

impl TableWriter {
    fn begin(mut writer: Sink, place: String, encoder: Encoder) -> Result<Self> {
        let out = if encoder.style.format == Format::Parquet {
            Out::Parquet(Box::new(Parquet::new(writer, &encoder.fields).map_err(|c| failed(&place, c))?))
        } else {
            writer.write_all(&encoder.head()).map_err(|cause| failed(&place, cause))?;
            Out::Bytes(writer)
        };
        Ok(TableWriter { out, encoder, place })
    }

    /// What turns rows into chunks for this table, on any thread.
    pub fn encoder(&self) -> Encoder {
        self.encoder.clone()
    }

    /// Adds encoded rows.
    pub fn chunk(&mut self, chunk: &Chunk) -> Result<()> {
        if let Chunk::Several(chunks) = chunk {
            return chunks.iter().try_for_each(|chunk| self.chunk(chunk));
        }
        match (&mut self.out, chunk) {
            (Out::Bytes(out), Chunk::Bytes(bytes)) => {
                out.write_all(bytes).map_err(|cause| failed(&self.place, cause))
            }
            (Out::Parquet(out), Chunk::Cells(cells)) => {
                out.rows(cells).map_err(|cause| unwritten(&self.place, cause))
            }
            _ => Err(Error::run(&self.place, "rows of another format", "report this as a bug")),
        }
    }

    /// Writes what is left.
    pub fn finish(self) -> Result<()> {
        match self.out {
            Out::Bytes(mut out) => out.flush().map_err(|cause| failed(&self.place, cause)),
            Out::Parquet(out) => out.finish().map_err(|cause| unwritten(&self.place, cause)),
        }
    }
}

fn unwritten(place: &str, cause: Unwritten) -> Error {
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
