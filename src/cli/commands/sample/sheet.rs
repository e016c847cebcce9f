//! The files of a coding task: sheets, codebook, key.

use crate::cli::commands::sample::args::{SampleArgs, Unnamed};
use crate::error::{Error, Result};
use crate::model::{Axis, counted};
use crate::report::{Schema, Style, Table};
use crate::stats::draws::Key;
use std::fmt::Write;
use std::path::Path;

/// What goes to the coders.
pub const FOLDER: &str = "for-coders";

/// Writes `for-coders/sheet.csv` (or a sheet a coder), `for-coders/codebook.md`
/// and `key.csv`.
pub fn write(
    folder: &Path,
    args: &SampleArgs,
    coded: &[Axis],
    scored: &[String],
    units: &[Unnamed],
) -> Result<()> {
    let coders_folder = folder.join(FOLDER);
    let failed = |path: &Path, cause: std::io::Error| {
        Error::run(path.display().to_string(), "cannot be written", "check the disk").because(cause)
    };
    std::fs::create_dir_all(&coders_folder).map_err(|cause| failed(&coders_folder, cause))?;
    let names: Vec<(String, &str)> = if args.coders.is_empty() {
        vec![("sheet.csv".into(), "")]
    } else {
        args.coders.iter().map(|name| (format!("sheet-{}.csv", plain(name)), name.as_str())).collect()
    };
    for (file, coder) in &names {
        let mut order: Vec<&Unnamed> = units.iter().collect();
        if !coder.is_empty() {
            Key::new(args.seed, &["sheet", coder]).replicate(0).shuffle(&mut order);
        }
        sheet(&coders_folder.join(file), coder, args, coded, &order)?;
    }
    let book = coders_folder.join("codebook.md");
    std::fs::write(&book, codebook(args, coded, units)).map_err(|cause| failed(&book, cause))?;
    key(&folder.join("key.csv"), scored, units)
}

/// A coder's name as part of a file's name.
fn plain(name: &str) -> String {
    name.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '_' }).collect()
}

fn sheet(path: &Path, coder: &str, args: &SampleArgs, coded: &[Axis], units: &[&Unnamed]) -> Result<()> {
    let around = units.iter().any(|unit| unit.around.iter().any(|words| !words.is_empty()));
    let mut schema = Schema::new("sheet", "A row is a statement to be coded.")
        .text("id", "random id of the statement", "text", "never", |row: &SheetRow| &row.unit.blind)
        .text("coder", "name of the coder", "text", "to be filled in", |row| row.coder)
        .text("language", "language of the article", "two letters", "never", |row| {
            &row.unit.statement.language
        });
    if args.show_actor {
        schema =
            schema.text("actor", "who said it", "text", "nobody is named", |row| &row.unit.statement.actor);
    }
    if around {
        schema =
            schema.text("before", "the sentence before", "text", "there is none", |row| &row.unit.around[0]);
    }
    schema = schema.text("text", "the words", "text", "never", |row| &row.unit.statement.text);
    if around {
        schema =
            schema.text("after", "the sentence after", "text", "there is none", |row| &row.unit.around[1]);
    }
    for axis in coded {
        schema = schema.text(axis.id.to_string(), "the code", "-2 to 2", "to be filled in", |_| "");
    }
    schema = schema.text("note", "remarks of the coder", "text", "to be filled in", |_| "");
    let mut table = Table::in_file(path, schema, Style::default())?;
    for unit in units {
        table.row(&SheetRow { unit, coder })?;
    }
    table.finish()
}

/// A row of a coding sheet.
struct SheetRow<'a> {
    unit: &'a Unnamed,
    coder: &'a str,
}

/// What the coders must not see: who, when, where from, and the scores.
fn key(path: &Path, scored: &[String], units: &[Unnamed]) -> Result<()> {
    let schema = Schema::new("key", "A row is a statement of the sheet.")
        .text("id", "random id on the sheet", "text", "never", |unit: &Unnamed| &unit.blind)
        .text("statement_id", "id of the statement", "text", "never", |unit| &unit.statement.id)
        .text("article_id", "id of the article", "text", "never", |unit| &unit.statement.article)
        .text("language", "language of the article", "two letters", "never", |unit| &unit.statement.language)
        .text("actor", "who said it", "text", "nobody is named", |unit| &unit.statement.actor)
        .text("form", "how it is reported", "direct, mixed, indirect, turn", "unknown", |unit| {
            &unit.statement.form
        })
        .day("said_from", "first day on which it can have been said", "date", "unknown", |unit| {
            unit.statement.said.as_ref().map(|said| said.from)
        })
        .day("said_to", "last day", "date", "unknown", |unit| {
            unit.statement.said.as_ref().map(|said| said.to)
        })
        .text("stratum", "the group it was drawn from", "text", "never", |unit| &unit.stratum)
        .number("weight", "how many statements it stands for", ">= 1", "never", |unit| unit.weight);
    let schema = scored.iter().enumerate().fold(schema, |schema, (at, axis)| {
        schema.number(axis.clone(), "score on the axis", "[-1, 1]", "no evidence", move |unit| {
            unit.statement.scores.get(at).and_then(|score| score.value)
        })
    });
    let schema = schema.text("text", "the words", "text", "never", |unit| &unit.statement.text);
    let mut table = Table::in_file(path, schema, Style::default())?;
    for unit in units {
        table.row(unit)?;
    }
    table.finish()
}

/// What the coders are told.
fn codebook(args: &SampleArgs, coded: &[Axis], units: &[Unnamed]) -> String {
    let mut text = String::from("# How to code\n\n");
    let _ = writeln!(
        text,
        "{}, in random order. Each row of the sheet is what one person said. Put a whole number from\n\
         -2 to 2 into each of the columns {}.\n",
        counted(units.len(), "statement"),
        coded.iter().map(|axis| format!("`{}`", axis.id)).collect::<Vec<_>>().join(", ")
    );
    let _ = writeln!(text, "| column | -2 | -1 | 0 | 1 | 2 |\n| --- | --- | --- | --- | --- | --- |");
    for axis in coded {
        let pole =
            |name: &str, other: &str| if name.is_empty() { other.to_string() } else { name.to_string() };
        let (negative, positive) =
            (pole(&axis.negative, "negative pole"), pole(&axis.positive, "positive pole"));
        let _ = writeln!(
            text,
            "| `{}` ({}) | clearly: {negative} | mildly or in passing: {negative} | neither, or both alike | \
             mildly or in passing: {positive} | clearly: {positive} |",
            axis.id, axis.name
        );
    }
    text.push_str(
        "\n- Code what the speaker means, not which words stand there: \"not sacred\" is not \"sacred\".\n\
         - Code what this statement says, not what you know of the speaker or of the time.\n\
         - 0 is a judgement: the statement has nothing to do with the question, or leans to no side. Leave a cell empty\n\
         \u{20} only if you cannot understand the statement, and say why in `note`.\n\
         - `before` and `after`, if they are there, are the sentences around. They help to understand, and are not coded\n\
         \u{20} themselves.\n\
         - Work alone, in the order of the sheet, and do not go back to make rows alike. Talk about differences only\n\
         \u{20} after everybody is done.\n\
         - Write your name into `coder` in every row, if it is not there. Change no other column, and keep the rows in\n\
         \u{20} one file; order and separators do not matter.\n",
    );
    if !args.show_actor {
        text.push_str(
            "- Who spoke and when is left out on purpose. If you recognise it, say so in `note`.\n",
        );
    }
    text
}
