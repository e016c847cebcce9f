//! `stance lexicon`: is the dictionary sound, and which of its terms does harm?
//!
//! Lives here: the options that the subcommands share, and how their tables are
//! written. May not live here: what is found (see `diagnose`).

pub(crate) mod check;
pub(crate) mod convert;
pub(crate) mod coverage;
pub(crate) mod expand;
pub(crate) mod sensitivity;
pub(crate) mod stats;

use crate::cli::args::reading::pairs;
use crate::cli::commands::score::Unit;
use crate::cli::messages;
use crate::cli::messages::answer as say;
use crate::cli::{Common, MethodArg, notes};
use crate::error::Result;
use crate::ingest;
use crate::model::{Article, Row, visible_line};
use crate::pipeline;
use crate::project::load;
use crate::project::load::Loaded;
use crate::project::tables;
use crate::report::{Cells, Schema, Style, Table};
use clap::{Args, Subcommand, ValueEnum};
use rayon::prelude::*;
use unicode_width::UnicodeWidthStr;

/// Options of `stance lexicon`.
#[derive(Args, Debug)]
pub struct LexiconArgs {
    #[command(subcommand)]
    command: LexiconCommand,
}

#[derive(Subcommand, Debug)]
enum LexiconCommand {
    /// What is wrong with a lexicon: repeated, contradictory, unreachable and idle
    /// entries; exit code 2 if there is an error
    Check(check::CheckArgs),
    /// How many entries there are by language, kind, axis and pole
    Stats(stats::StatsArgs),
    /// How many statements have no hit, and the words that are frequent in them
    Coverage(coverage::CoverageArgs),
    /// What each glob (`integr*`) matched in the texts, by frequency
    Expand(expand::ExpandArgs),
    /// A dictionary of quanteda, LIWC or Lexicoder, or a weighted list, as a lexicon
    /// folder
    Convert(convert::ConvertArgs),
    /// Which terms an actor's mean, or its change, rests on
    Sensitivity(sensitivity::SensitivityArgs),
}

/// How tables are written.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    /// Aligned for people
    Text,
    /// CSV with a header, nothing left out
    Csv,
}

/// What the subcommands that read texts share.
#[derive(Args, Debug)]
struct Texts {
    /// Folders and files of articles; with --unit statement, files of records
    input: Vec<String>,
    /// What one text is
    #[arg(long, value_enum, default_value = "article")]
    unit: Unit,
    /// How tables are written
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[command(flatten)]
    common: Common,
}

/// Texts with the statements in them.
struct Corpus {
    loaded: Loaded,
    articles: Vec<Article>,
    rows: Vec<Row>,
}

/// Runs the command.
pub fn run(args: LexiconArgs) -> Result<()> {
    match args.command {
        LexiconCommand::Check(args) => check::run(args),
        LexiconCommand::Stats(args) => stats::run(args),
        LexiconCommand::Coverage(args) => coverage::run(args),
        LexiconCommand::Expand(args) => expand::run(args),
        LexiconCommand::Convert(args) => convert::run(args),
        LexiconCommand::Sensitivity(args) => sensitivity::run(args),
    }
}

impl Texts {
    /// Reads the texts and scores their statements.
    fn corpus(&self, method: MethodArg) -> Result<Corpus> {
        let settings = load::settings(&self.common)?;
        let inputs = load::inputs(&self.input, &settings)?;
        let loaded = load::load(&self.common, &settings, method)?;
        if self.unit == Unit::Article {
            let articles = load::read(&inputs, &self.common, &settings, &loaded)?;
            let rows = tables::rows(&articles, &loaded, self.common.quiet);
            return Ok(Corpus { rows, articles, loaded });
        }
        let columns = pairs(&self.common.reading.col)?;
        let mut records = Vec::new();
        for input in &inputs {
            let language = self.common.language.as_deref();
            let (more, skipped) = ingest::records(input, &columns, &loaded.resources.languages, language)?;
            records.extend(more);
            notes::tell(&skipped, false);
        }
        let rows: Vec<Option<Row>> =
            records.par_iter().map(|record| pipeline::record_row(record, &loaded.resources)).collect();
        let articles = records.iter().map(pipeline::record_article).collect();
        Ok(Corpus { rows: rows.into_iter().flatten().collect(), articles, loaded })
    }
}

/// Writes a table for people or for machines. For people, columns are aligned and numbers stand on
/// the right of theirs.
fn table<R>(format: Format, schema: Schema<R>, rows: &[R]) -> Result<()> {
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
    say(&text)
}
