//! Tables of the subcommands, for people and for machines.

use crate::cli::messages;
use crate::error::Result;
use crate::model::visible_line;
use crate::report::{Cells, Schema, Style, Table};
use clap::ValueEnum;
use unicode_width::UnicodeWidthStr;

/// How tables are written.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Aligned for people
    Text,
    /// CSV with a header, nothing left out
    Csv,
}

/// Writes a table. For people, numbers are aligned to the right and the last column is as
/// wide as it needs to be.
///
/// # Errors
/// When standard output cannot be written.
pub fn table<R>(format: Format, schema: Schema<R>, rows: &[R]) -> Result<()> {
    if format == Format::Csv {
        let out = Box::new(messages::machine());
        let mut table = Table::begin(out, messages::STANDARD_OUTPUT.into(), schema, Style::default())?;
        rows.iter().try_for_each(|row| table.row(row))?;
        return table.finish();
    }
    let fields = schema.fields();
    let header: Vec<&str> = fields.iter().map(|field| field.name.as_ref()).collect();
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let mut cells = Cells::default();
            schema.fill(row, &mut cells);
            cells.iter().map(|cell| visible_line(cell).into_owned()).collect()
        })
        .collect();
    let cell = |row: &Vec<String>, at: usize| row.get(at).map_or(0, |cell| cell.width());
    let widths: Vec<usize> = (0..header.len())
        .map(|at| rows.iter().map(|row| cell(row, at)).chain([header[at].width()]).max().unwrap_or(0))
        .collect();
    let number = |at: usize| {
        let of =
            |row: &Vec<String>| row.get(at).is_none_or(|cell| cell.is_empty() || cell.parse::<f64>().is_ok());
        !rows.is_empty() && rows.iter().all(of)
    };
    let right: Vec<bool> = (0..header.len()).map(number).collect();
    let line = |cells: Vec<&str>| {
        let padded = cells.iter().enumerate().map(|(at, cell)| {
            let blanks = " ".repeat(widths[at].saturating_sub(cell.width()));
            if right[at] { format!("{blanks}{cell}") } else { format!("{cell}{blanks}") }
        });
        let line = padded.collect::<Vec<_>>().join("  ");
        format!("{}\n", line.trim_end())
    };
    let mut text = line(header.clone());
    for row in &rows {
        text.push_str(&line(row.iter().map(String::as_str).collect()));
    }
    messages::answer(&text)
}
