//! The files of a coding task: sheets, codebook, key.

use crate::cli::commands::sample::args::{SampleArgs, Unnamed};
use crate::error::{Error, Result};
use crate::model::{Axis, counted};
use crate::report::{Table, maybe, number};
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
    let mut header = vec!["id", "coder", "language"];
    if args.show_actor {
        header.push("actor");
    }
    if around {
        header.push("before");
    }
    header.push("text");
    if around {
        header.push("after");
    }
    header.extend(coded.iter().map(|axis| axis.id.as_str()));
    header.push("note");
    let mut table = Table::create(path, &header)?;
    for unit in units {
        let mut cells = vec![unit.blind.clone(), coder.to_string(), unit.statement.language.clone()];
        if args.show_actor {
            cells.push(unit.statement.actor.clone());
        }
        if around {
            cells.push(unit.around[0].clone());
        }
        cells.push(unit.statement.text.clone());
        if around {
            cells.push(unit.around[1].clone());
        }
        cells.resize(header.len(), String::new());
        table.row(cells)?;
    }
    table.finish()
}

/// What the coders must not see: who, when, where from, and the scores.
fn key(path: &Path, scored: &[String], units: &[Unnamed]) -> Result<()> {
    let mut header: Vec<&str> = vec![
        "id",
        "statement_id",
        "article_id",
        "language",
        "actor",
        "form",
        "said_from",
        "said_to",
        "stratum",
        "weight",
    ];
    header.extend(scored.iter().map(String::as_str));
    header.push("text");
    let mut table = Table::create(path, &header)?;
    for unit in units {
        let statement = &unit.statement;
        let said = statement.said.as_ref();
        let mut cells = vec![
            unit.blind.clone(),
            statement.id.clone(),
            statement.article.clone(),
            statement.language.clone(),
            statement.actor.clone(),
            statement.form.clone(),
            said.map_or(String::new(), |said| said.from.to_string()),
            said.map_or(String::new(), |said| said.to.to_string()),
            unit.stratum.clone(),
            number(unit.weight),
        ];
        cells.extend(statement.scores.iter().map(|score| maybe(score.value)));
        cells.push(statement.text.clone());
        table.row(cells)?;
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
