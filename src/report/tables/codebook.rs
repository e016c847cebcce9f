//! `CODEBOOK.md`: what every column of every table means, written from the schemas.

use crate::error::{Error, Result};
use crate::model::{Axis, Choice};
use crate::report::tables::schema::Description;
use crate::report::tables::write::format::Format;
use crate::report::tables::{analysis, duplicates, hits, inputs, pooled, skipped, speakers, statements};
use std::fmt::Write;
use std::path::Path;

/// All tables that a run may write, in the order of the codebook.
pub fn tables(axes: &[Axis]) -> Vec<Description> {
    vec![
        statements::schema(axes).describe(),
        hits::schema().describe(),
        analysis::trend::schema().describe(),
        analysis::smooth::schema().describe(),
        analysis::slopes::schema().describe(),
        analysis::models::schema().describe(),
        analysis::breaks::schema().describe(),
        analysis::shifts::schema().describe(),
        pooled::schema().describe(),
        duplicates::schema().describe(),
        speakers::actors_schema().describe(),
        speakers::unlisted_schema().describe(),
        inputs::schema().describe(),
        skipped::schema().describe(),
    ]
}

/// Writes the codebook for those of the tables that are in the folder.
pub fn codebook(folder: &Path, axes: &[Axis]) -> Result<()> {
    let path = folder.join("CODEBOOK.md");
    let written = |table: &Description| {
        Format::ALL.iter().any(|format| folder.join(format!("{}.{}", table.table, format.ending())).exists())
    };
    let tables: Vec<Description> = tables(axes).into_iter().filter(written).collect();
    std::fs::write(&path, text(&tables, axes)).map_err(|cause| {
        Error::run(path.display().to_string(), "the codebook cannot be written", "check the disk")
            .because(cause)
    })
}

/// The codebook of some tables.
pub fn text(tables: &[Description], axes: &[Axis]) -> String {
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
    for Description { table, row, columns } in tables {
        let _ =
            write!(text, "\n## {table}.csv\n\n{row}\n\n| column | meaning | unit, range | empty when |\n");
        text.push_str("| --- | --- | --- | --- |\n");
        for column in columns {
            let (name, meaning) = (&column.field.name, &column.meaning);
            let _ = writeln!(text, "| {name} | {meaning} | {} | {} |", column.range, column.empty);
        }
    }
    text
}
