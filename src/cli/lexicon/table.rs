//! Tables of the subcommands, for people and for machines.

use crate::cli::messages;
use crate::error::Result;
use crate::model::visible_line;
use crate::report::Table;
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
pub fn table(format: Format, header: &[&str], rows: Vec<Vec<String>>) -> Result<()> {
    if format == Format::Csv {
        let mut table = Table::new(messages::machine(), messages::STANDARD_OUTPUT.into(), header)?;
        for row in rows {
            table.row(row)?;
        }
        return table.finish();
    }
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| visible_line(cell).into_owned()).collect()).collect();
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
    let mut text = line(header.to_vec());
    for row in &rows {
        text.push_str(&line(row.iter().map(String::as_str).collect()));
    }
    messages::answer(&text)
}
