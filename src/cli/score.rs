//! `stance score`: statements and hits only.

use super::resources::{self, Loaded, Read};
use super::{Common, Scoring, notes, tables};
use crate::error::{Error, Result};
use crate::ingest;
use crate::model::{Article, Axis, Row, Skipped};
use crate::pipeline;
use crate::report::{self, Folder, Table};
use clap::{Args, ValueEnum};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Options of `stance score`.
#[derive(Args, Debug)]
pub struct ScoreArgs {
    /// Folders and files of articles; with --unit statement, files of records
    input: Vec<String>,
    /// What one text is
    #[arg(long, value_enum, default_value = "article")]
    unit: Unit,
    /// For --unit statement: which columns hold what, as in
    /// id=id,text=statement,actor=actor,date=date
    #[arg(long, value_name = "ROLE=COLUMN", value_delimiter = ',')]
    col: Vec<String>,
    /// Folder for the tables, or - for statements on standard output
    #[arg(long, value_name = "DIR", default_value = "-")]
    out: String,
    #[command(flatten)]
    scoring: Scoring,
    #[command(flatten)]
    common: Common,
}

/// What one text is.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// An article: statements are looked for in it
    Article,
    /// One person's words already: a speech, a tweet, a coded statement
    Statement,
}

/// Runs the command.
pub fn run(args: ScoreArgs) -> Result<()> {
    let settings = resources::settings(&args.common)?;
    let inputs = resources::inputs(&args.input, &settings)?;
    let mut loaded = resources::load(&args.common, &settings, args.scoring.method)?;
    args.scoring.set(&mut loaded)?;
    let axes = tables::axes(&loaded);
    match args.unit {
        Unit::Article => {
            let read = resources::read(&inputs, &args.common, &settings, &loaded)?;
            let rows = tables::rows(&read, &loaded, args.common.quiet);
            write(&args, &rows, &axes, &read)
        }
        Unit::Statement => statements(&args, &inputs, &loaded, &axes),
    }
}

fn write(args: &ScoreArgs, rows: &[Row], axes: &[Axis], read: &Read) -> Result<()> {
    if args.out == "-" {
        let articles: BTreeMap<&str, &Article> =
            read.articles.iter().map(|article| (article.id.as_str(), article)).collect();
        return to_stdout(rows, axes, &articles);
    }
    let folder = Folder::begin(&PathBuf::from(&args.out))?;
    tables::write(folder.path(), rows, axes, read)?;
    finish(args, folder, rows.len())
}

fn to_stdout(rows: &[Row], axes: &[Axis], articles: &BTreeMap<&str, &Article>) -> Result<()> {
    let header = report::statements_header(axes);
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut table = Table::new(out, "standard output".into(), &header)?;
    for row in rows {
        table.row(report::statements_row(row, articles.get(row.article.as_str()).copied(), axes))?;
    }
    table.finish()
}

fn finish(args: &ScoreArgs, folder: Folder, rows: usize) -> Result<()> {
    let mut manifest = report::Manifest {
        program: "stancetrack".into(),
        version: env!("CARGO_PKG_VERSION").into(),
        configuration: serde_json::json!({ "inputs": args.input, "method": args.scoring.method.name(), "scale": args.scoring.scale.name() }),
        resources: BTreeMap::new(),
        inputs: BTreeMap::new(),
        counts: BTreeMap::new(),
        warnings: Vec::new(),
    };
    manifest.counts.insert("rows".into(), rows);
    report::manifest(&folder.path().join("run.json"), &manifest)?;
    let place = folder.commit()?;
    if !args.common.quiet {
        eprintln!("{rows} rows: {}", place.display());
    }
    Ok(())
}

fn statements(args: &ScoreArgs, inputs: &[String], loaded: &Loaded, axes: &[Axis]) -> Result<()> {
    let columns = columns(&args.col)?;
    let mut records = Vec::new();
    let mut skipped: Vec<Skipped> = Vec::new();
    for input in inputs {
        let (more, left) =
            ingest::records(input, &columns, &loaded.resources.languages, args.common.language.as_deref())?;
        records.extend(more);
        skipped.extend(left);
    }
    if records.is_empty() {
        let why =
            skipped.first().map_or(String::new(), |row| format!(" (first: {}: {})", row.path, row.detail));
        return Err(Error {
            usage: false,
            ..Error::input(inputs.join(", "), format!("no record could be used{why}"), "check --col")
        });
    }
    let rows: Vec<Row> = records
        .par_iter()
        .map(|record| pipeline::record_row(record, &loaded.resources))
        .collect::<Vec<Option<Row>>>()
        .into_iter()
        .flatten()
        .collect();
    let articles: Vec<Article> = records.iter().map(pipeline::record_article).collect();
    let articles: BTreeMap<&str, &Article> =
        articles.iter().map(|article| (article.id.as_str(), article)).collect();
    notes::tell(&skipped, args.out != "-");
    if args.out == "-" {
        return to_stdout(&rows, axes, &articles);
    }
    let folder = Folder::begin(&PathBuf::from(&args.out))?;
    report::statements_table(&folder.path().join("statements.csv"), &rows, axes, &articles)?;
    report::hits_table(&folder.path().join("hits.csv"), &rows, &articles)?;
    report::skipped_table(&folder.path().join("skipped.csv"), &skipped)?;
    finish(args, folder, rows.len())
}

/// The mapping of `--col`, as role and column.
pub fn columns(pairs: &[String]) -> Result<Vec<(String, String)>> {
    pairs
        .iter()
        .map(|pair| {
            pair.split_once('=')
                .map(|(role, name)| (role.trim().to_string(), name.trim().to_string()))
                .ok_or_else(|| {
                    Error::input(
                        "--col",
                        format!("'{pair}' is no mapping"),
                        "write ROLE=COLUMN, as in text=statement",
                    )
                })
        })
        .collect()
}
