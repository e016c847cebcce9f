//! `stance score`: statements and hits only.

use super::cached::{Before, CacheArgs};
use super::fingerprint::{Asked, Taken};
use super::reading::pairs;
use super::resources::{self, Loaded, Settings};
use super::sources::Sources;
use super::tables::{self, Statements, TableArgs};
use super::tally::Tally;
use super::unchanged::Watched;
use super::{Common, Scoring, notes, telling};
use crate::cache::Told;
use crate::error::{Error, Result};
use crate::ingest;
use crate::model::{Article, Axis, Row, Skipped, counted};
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
    let sources = Sources::new(&args.common, &settings);
    let target = Path::new(&args.out);
    let asked =
        Asked { common: &args.common, settings: &settings, inputs: &inputs, target, sources: &sources };
    let kept = args.unit == Unit::Article && args.out != "-";
    let watched = match kept.then(|| args.cache.before(asked)) {
        Some(Before::Stands(told)) => {
            telling::say_again(&told, target, args.common.quiet);
            return Ok(());
        }
        Some(Before::Compute(watched)) => watched,
        None => None,
    };
    let mut loaded = resources::load_from(&args.common, &sources, args.scoring.method)?;
    args.scoring.set(&mut loaded)?;
    let axes = tables::axes(&loaded);
    if kept {
        args.cache.open(&mut loaded, target);
    }
    match args.unit {
        Unit::Article => articles(&args, (&inputs, &settings), &loaded, &axes, watched),
        Unit::Statement => statements(&args, &inputs, &loaded, &axes),
    }
}

fn articles(
    args: &ScoreArgs,
    (inputs, settings): (&[String], &Settings),
    loaded: &Loaded,
    axes: &[Axis],
    watched: Option<Watched>,
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
    let mut taken = Taken::default();
    out.stream(inputs, &options, loaded, quiet, |beside, batch| {
        tally.articles(beside.articles);
        taken.files.extend(beside.files);
        bodies.add(&batch.bodies)?;
        for skipped in &beside.skipped {
            tally.skip(skipped);
            taken.skip(skipped);
            report::skipped_row(&mut notes, skipped)?;
        }
        for (reason, count) in &beside.summed {
            tally.skip_more(reason, *count);
        }
        tally.merge(&batch.tally);
        speakers.merge(&batch.speakers);
        Ok(())
    })?;
    out.finish()?;
    notes.finish()?;
    bodies.finish()?;
    taken.files.sort_by(|one, two| one.path.cmp(&two.path));
    report::inputs_table(&place, &taken.files)?;
    let hashes: Vec<(String, String)> =
        taken.files.iter().map(|file| (file.path.clone(), file.sha256.clone())).collect();
    speakers.actors_table(&place)?;
    speakers.unlisted_table(&place)?;
    let manifest = tally.manifest(configuration(args, inputs), loaded, &hashes);
    let told = finish(args, &folder, manifest, tally.rows())?;
    let ready = watched.and_then(|watched| watched.done(folder.path(), &loaded.hashes, &taken, &told));
    folder.commit()?;
    telling::say(&told, quiet);
    args.cache.close(loaded, ready, quiet);
    Ok(())
}

/// Writes the last file; what is then to be said.
fn finish(args: &ScoreArgs, folder: &Folder, manifest: Manifest, rows: usize) -> Result<Told> {
    report::manifest(&folder.path().join("run.json"), &manifest)?;
    let summary = format!("{}: {}\n", counted(rows, "row"), args.out);
    Ok(Told { summary: [summary.clone(), summary], ..Told::default() })
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
    let told = finish(args, &folder, manifest, tally.rows())?;
    folder.commit()?;
    telling::say(&told, args.common.quiet);
    Ok(())
}
