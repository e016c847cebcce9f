//! `stance score`: statements and hits only.

use super::cached::CacheArgs;
use super::reading::pairs;
use super::resources::{self, Loaded, Settings};
use super::tables::{self, Statements, TableArgs};
use super::tally::Tally;
use super::{Common, Scoring, notes};
use crate::error::{Error, Result};
use crate::ingest;
use crate::model::{Article, Axis, Row, Skipped};
use crate::pipeline;
use crate::report::{self, Folder, Manifest, Place, Speakers};
use clap::{Args, ValueEnum};
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// Options of `stance score`.
#[derive(Args, Debug)]
pub struct ScoreArgs {
    /// Folders and files of articles; with --unit statement, files of records
    input: Vec<String>,
    /// What one text is
    #[arg(long, value_enum, default_value = "article")]
    unit: Unit,
    /// Folder for the tables, or - for statements on standard output
    #[arg(long, value_name = "DIR", default_value = "-")]
    out: String,
    #[command(flatten)]
    scoring: Scoring,
    #[command(flatten)]
    cache: CacheArgs,
    #[command(flatten)]
    tables: TableArgs,
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
            if args.out != "-" {
                args.cache.open(&mut loaded, Path::new(&args.out));
            }
            articles(&args, &inputs, &settings, &loaded, &axes)?;
            args.cache.tell(&loaded, args.common.quiet);
            Ok(())
        }
        Unit::Statement => statements(&args, &inputs, &loaded, &axes),
    }
}

fn articles(
    args: &ScoreArgs,
    inputs: &[String],
    settings: &Settings,
    loaded: &Loaded,
    axes: &[Axis],
) -> Result<()> {
    let options = resources::options(&args.common, settings, loaded)?;
    let quiet = args.common.quiet;
    let style = args.tables.style();
    if args.out == "-" {
        let mut out = Statements::on_stdout(style, axes)?;
        out.stream(inputs, &options, loaded, quiet, |_, _| Ok(()))?;
        return out.finish();
    }
    let folder = Folder::begin(&PathBuf::from(&args.out))?;
    let place = Place { folder: folder.path().to_path_buf(), style };
    let mut out = Statements::in_folder(&place, axes)?;
    let mut notes = report::skipped_begin(&place)?;
    let mut speakers = Speakers::default();
    let mut tally = Tally::default();
    let mut bodies = report::Bodies::begin(&place.folder);
    let mut files = Vec::new();
    out.stream(inputs, &options, loaded, quiet, |beside, batch| {
        tally.articles(beside.articles);
        files.extend(beside.files);
        bodies.add(&batch.bodies)?;
        for skipped in &beside.skipped {
            tally.skip(skipped);
            report::skipped_row(&mut notes, skipped)?;
        }
        tally.merge(&batch.tally);
        speakers.merge(&batch.speakers);
        Ok(())
    })?;
    out.finish()?;
    notes.finish()?;
    bodies.finish()?;
    files.sort_by(|one, two| one.path.cmp(&two.path));
    report::inputs_table(&place, &files)?;
    let hashes: Vec<(String, String)> = files.into_iter().map(|file| (file.path, file.sha256)).collect();
    speakers.actors_table(&place)?;
    speakers.unlisted_table(&place)?;
    let manifest = tally.manifest(configuration(args, inputs), loaded, &hashes);
    finish(args, folder, manifest, tally.rows())
}

fn finish(args: &ScoreArgs, folder: Folder, manifest: Manifest, rows: usize) -> Result<()> {
    report::manifest(&folder.path().join("run.json"), &manifest)?;
    let place = folder.commit()?;
    if !args.common.quiet {
        eprintln!("{rows} rows: {}", place.display());
    }
    Ok(())
}

fn configuration(args: &ScoreArgs, inputs: &[String]) -> serde_json::Value {
    serde_json::json!({
        "inputs": inputs,
        "unit": format!("{:?}", args.unit).to_lowercase(),
        "method": args.scoring.method.name(),
        "scale": args.scoring.scale.name(),
        "language": args.common.language,
        "no_roster": args.common.no_roster,
    })
}

fn statements(args: &ScoreArgs, inputs: &[String], loaded: &Loaded, axes: &[Axis]) -> Result<()> {
    let columns = pairs(&args.common.reading.col)?;
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
    let rows: Vec<(Article, Vec<Row>)> = records
        .par_iter()
        .map(|record| {
            let row = pipeline::record_row(record, &loaded.resources);
            (pipeline::record_article(record), row.into_iter().collect())
        })
        .collect();
    let mut tally = Tally::default();
    rows.iter().flat_map(|(_, rows)| rows).for_each(|row| tally.add(row));
    notes::tell(&skipped, args.out != "-");
    let style = args.tables.style();
    if args.out == "-" {
        let mut out = Statements::on_stdout(style, axes)?;
        out.write(&rows)?;
        return out.finish();
    }
    let folder = Folder::begin(&PathBuf::from(&args.out))?;
    let place = Place { folder: folder.path().to_path_buf(), style };
    let mut out = Statements::in_folder(&place, axes)?;
    out.write(&rows)?;
    out.finish()?;
    report::skipped_table(&place, &skipped)?;
    let hashes: Vec<(String, String)> = inputs
        .iter()
        .filter_map(|input| Some((input.clone(), report::file_hash(input.as_ref()).ok()?)))
        .collect();
    tally.articles(records.len());
    skipped.iter().for_each(|skipped| tally.skip(skipped));
    let manifest = tally.manifest(configuration(args, inputs), loaded, &hashes);
    finish(args, folder, manifest, tally.rows())
}
