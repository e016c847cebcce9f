//! `CODEBOOK.md`: what every column of every table means.
//!
//! Lives here: writing it (its words are in `words`). May not live here: the tables. A test
//! holds that each column of each table of a run is explained.

pub(crate) mod words;

use crate::error::{Error, Result};
use crate::model::{Axis, Choice};
use crate::report::tables::codebook::words::{AXIS, Column, TABLES, WHO};
use crate::report::tables::format::Format;
use std::fmt::Write;
use std::path::Path;

/// The columns of a table that the codebook explains, for given axes.
pub fn documented(table: &str, axes: &[Axis]) -> Vec<String> {
    let mut all = Vec::new();
    for (_, who, columns, _) in TABLES.iter().filter(|(name, ..)| *name == table) {
        if *who {
            all.extend(WHO.iter().map(|column| column.0.to_string()));
        }
        all.extend(columns.iter().map(|column| column.0.to_string()));
        if *table == *"statements.csv" {
            let of = |axis: &Axis| {
                AXIS.iter().map(|column| format!("{}{}", axis.id, column.0)).collect::<Vec<_>>()
            };
            all.extend(axes.iter().flat_map(of));
        }
    }
    all
}

/// Writes the codebook for those of the tables that lie in the folder.
pub fn codebook(folder: &Path, axes: &[Axis]) -> Result<()> {
    let path = folder.join("CODEBOOK.md");
    std::fs::write(&path, text(folder, axes)).map_err(|cause| {
        Error::run(path.display().to_string(), "the codebook cannot be written", "check the disk")
            .because(cause)
    })
}

fn text(folder: &Path, axes: &[Axis]) -> String {
    let mut text = String::from(
        "# Codebook\n\nTables are UTF-8 CSV, one row an observation, dates as YYYY-MM-DD, numbers with a point; an \
         empty cell is a missing value, never 0. How each number is computed, with sources and when not to believe \
         it, is in docs/METHOD.md of stancetrack; `run.json` holds version, options, seed and hashes.\n",
    );
    if !axes.is_empty() {
        text.push_str("\n## Axes\n\n| axis | name | -1 | +1 |\n| --- | --- | --- | --- |\n");
        for axis in axes {
            let _ = writeln!(text, "| {} | {} | {} | {} |", axis.id, axis.name, axis.negative, axis.positive);
        }
    }
    for (table, who, columns, row) in TABLES {
        let stem = table.trim_end_matches("csv");
        if !Format::ALL.iter().any(|format| folder.join(format!("{stem}{}", format.ending())).exists()) {
            continue;
        }
        let _ = write!(text, "\n## {table}\n\n{row}\n\n| column | meaning | unit, range | empty when |\n");
        text.push_str("| --- | --- | --- | --- |\n");
        let head: &[Column] = if *who { &WHO } else { &[] };
        for (name, meaning, range, missing) in head.iter().chain(*columns) {
            let _ = writeln!(text, "| {name} | {meaning} | {range} | {missing} |");
        }
        if *table == "statements.csv" {
            for axis in axes {
                for (ending, meaning, range, missing) in AXIS {
                    let _ = writeln!(
                        text,
                        "| {}{ending} | {}: {meaning} | {range} | {missing} |",
                        axis.id, axis.name
                    );
                }
            }
        }
    }
    text
}
