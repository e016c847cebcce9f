//! `stance score`: statements and hits only.

use crate::cache::Told;
use crate::cli::args::cache::{Before, CacheArgs};
use crate::cli::args::reading::pairs;
use crate::cli::commands::verify::Allowed;
use crate::cli::{Common, Scoring, notes, say as telling};
use crate::error::{Error, Result};
use crate::ingest;
use crate::model::{Article, Row, Skipped, counted};
use crate::pipeline;
use crate::project::load;
use crate::project::load::{Loaded, Settings};
use crate::project::run_counts::Tally;
use crate::project::run_key::{Asked, Taken};
use crate::project::sources::Sources;
use crate::project::tables;
use crate::project::tables::{Statements, TableArgs};
use crate::report;
use crate::report::{Manifest, OutputDir, Place, Speakers};
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

/// Where statements go when no folder is named.
const STDOUT: &str = "-";

/// What is asked for, as options and settings say together.
struct Request {
    settings: Settings,
    inputs: Vec<String>,
    sources: Sources,
    /// None for standard output.
    target: Option<PathBuf>,
}

/// Results that are not in their place yet.
struct Computed {
    folder: OutputDir,
    loaded: Loaded,
    taken: Taken,
    told: Told,
}

/// Runs the command.
pub fn run(args: ScoreArgs) -> Result<()> {
    let request = request(&args)?;
    let Some(target) = &request.target else { return on_stdout(&args, &request) };
    let quiet = args.common.quiet;
    let asked = Asked {
        common: &args.common,
        settings: &request.settings,
        inputs: &request.inputs,
        target,
        sources: &request.sources,
    };
    let watched = match (args.unit == Unit::Article).then(|| args.cache.before(asked)) {
        Some(Before::Stands(told)) => {
            telling::say_again(&told, target, quiet);
            return Ok(());
        }
        Some(Before::Compute(watched)) => watched,
        None => None,
    };
    let Computed { folder, loaded, taken, told } = compute(&args, &request, target, OutputDir::begin)?;
    let ready = watched.and_then(|watched| watched.done(folder.path(), &loaded.hashes, &taken, &told));
    let placed = folder.commit()?;
    telling::say(&told, quiet);
    telling::kept(&placed);
    if args.unit == Unit::Article {
        args.cache.close(&loaded, ready, target, quiet);
    }
    Ok(())
}

/// Computes the results of a folder again, beside it, for a comparison.
pub fn repeat(mut args: ScoreArgs, target: &Path, allowed: &Allowed) -> Result<OutputDir> {
    allowed.refuse(&[("--out", args.out != STDOUT)])?;
    args.out = target.display().to_string();
    args.common.quiet = true;
    args.cache.off();
    let request = Request { target: Some(target.to_path_buf()), ..request(&args)? };
    allowed.check(&request.inputs, &request.sources)?;
    Ok(compute(&args, &request, target, OutputDir::beside)?.folder)
}

fn request(args: &ScoreArgs) -> Result<Request> {
    let settings = load::settings(&args.common)?;
    let inputs = load::inputs(&args.input, &settings)?;
    let sources = Sources::new(&args.common, &settings);
    let target = (args.out != STDOUT).then(|| report::resolved(Path::new(&args.out))).transpose()?;
    Ok(Request { settings, inputs, sources, target })
}

fn load(args: &ScoreArgs, request: &Request) -> Result<Loaded> {
    let mut loaded = load::load_from(&args.common, &request.sources, args.scoring.method)?;
    args.scoring.set(&mut loaded)?;
    Ok(loaded)
}

fn on_stdout(args: &ScoreArgs, request: &Request) -> Result<()> {
    let loaded = load(args, request)?;
    let axes = tables::axes(&loaded);
    let style = args.tables.style();
    if args.unit == Unit::Article {
        let options = load::options(&args.common, &request.settings, &loaded)?;
        let mut out = Statements::on_stdout(style, &axes)?;
        out.stream(&request.inputs, &options, &loaded, args.common.quiet, |_, _| Ok(()))?;
        return out.finish();
    }
    let ScoredRecords { rows, skipped } = score_records(args, request, &loaded)?;
    notes::tell(&skipped, false);
    let mut out = Statements::on_stdout(style, &axes)?;
    out.write(&rows)?;
    out.finish()
}

/// Computes everything into a folder that `begin` makes for the target.
fn compute(
    args: &ScoreArgs,
    request: &Request,
    target: &Path,
    begin: impl FnOnce(&Path) -> Result<OutputDir>,
) -> Result<Computed> {
    let mut loaded = load(args, request)?;
    if args.unit == Unit::Article {
        args.cache.open(&mut loaded, target);
        articles(args, request, loaded, || begin(target))
    } else {
        statements(args, request, loaded, || begin(target))
    }
}

fn articles(
    args: &ScoreArgs,
    request: &Request,
    loaded: Loaded,
    begin: impl FnOnce() -> Result<OutputDir>,
) -> Result<Computed> {
    let mut options = load::options(&args.common, &request.settings, &loaded)?;
    if let Some(target) = &request.target {
        options.filter = options.filter.writing_into(target);
    }
    let axes = tables::axes(&loaded);
    let folder = begin()?;
    let place = Place { folder: folder.path().to_path_buf(), style: args.tables.style() };
    let mut out = Statements::in_folder(&place, &axes)?;
    let mut notes = place.table(report::skipped_schema())?;
    let mut speakers = Speakers::default();
    let mut tally = Tally::default();
    let mut bodies = report::Bodies::begin(&place.folder);
    let mut taken = Taken::default();
    out.stream(&request.inputs, &options, &loaded, args.common.quiet, |beside, batch| {
        tally.articles(beside.articles);
        taken.files.extend(beside.files);
        bodies.add(&batch.bodies)?;
        for skipped in &beside.skipped {
            tally.skip(skipped);
            taken.skip(skipped);
            notes.row(skipped)?;
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
    place.write(report::inputs_schema(), &taken.files)?;
    let hashes: Vec<(String, String)> =
        taken.files.iter().map(|file| (file.path.clone(), file.sha256.clone())).collect();
    speakers.actors_table(&place)?;
    speakers.unlisted_table(&place)?;
    let manifest = tally.manifest(configuration(args, &request.inputs), &loaded, &hashes);
    let told = finish(args, &folder, manifest, tally.rows())?;
    Ok(Computed { folder, loaded, taken, told })
}

/// Writes the last file; what is then to be said.
fn finish(args: &ScoreArgs, folder: &OutputDir, manifest: Manifest, rows: usize) -> Result<Told> {
    report::manifest(&folder.path().join("run.json"), &manifest)?;
    let summary = format!("{}: {}\n", counted(rows, "row"), args.out);
    Ok(Told { summary: [summary.clone(), summary], ..Told::default() })
}

fn configuration(args: &ScoreArgs, inputs: &[String]) -> serde_json::Value {
    serde_json::json!({
        "inputs": inputs,
        "unit": crate::cli::word(&args.unit),
        "method": args.scoring.method.name(),
        "scale": args.scoring.scale.name(),
        "language": args.common.language,
        "no_roster": args.common.no_roster,
    })
}

/// Records with their scores.
struct ScoredRecords {
    rows: Vec<(Article, Vec<Row>)>,
    skipped: Vec<Skipped>,
}

fn score_records(args: &ScoreArgs, request: &Request, loaded: &Loaded) -> Result<ScoredRecords> {
    let columns = pairs(&args.common.reading.col)?;
    let mut records = Vec::new();
    let mut skipped: Vec<Skipped> = Vec::new();
    for input in &request.inputs {
        let (more, left) =
            ingest::records(input, &columns, &loaded.resources.languages, args.common.language.as_deref())?;
        records.extend(more);
        skipped.extend(left);
    }
    if records.is_empty() {
        let why =
            skipped.first().map_or(String::new(), |row| format!(" (first: {}: {})", row.path, row.detail));
        let place = request.inputs.join(", ");
        return Err(Error {
            usage: false,
            ..Error::input(place, format!("no record could be used{why}"), "check --col")
        });
    }
    let rows: Vec<(Article, Vec<Row>)> = records
        .par_iter()
        .map(|record| {
            let row = pipeline::record_row(record, &loaded.resources);
            (pipeline::record_article(record), row.into_iter().collect())
        })
        .collect();
    Ok(ScoredRecords { rows, skipped })
}

fn statements(
    args: &ScoreArgs,
    request: &Request,
    loaded: Loaded,
    begin: impl FnOnce() -> Result<OutputDir>,
) -> Result<Computed> {
    let ScoredRecords { rows, skipped } = score_records(args, request, &loaded)?;
    let axes = tables::axes(&loaded);
    let mut tally = Tally::default();
    rows.iter().flat_map(|(_, rows)| rows).for_each(|row| tally.add(row));
    let folder = begin()?;
    let place = Place { folder: folder.path().to_path_buf(), style: args.tables.style() };
    let mut out = Statements::in_folder(&place, &axes)?;
    out.write(&rows)?;
    out.finish()?;
    place.write(report::skipped_schema(), &skipped)?;
    let hashes: Vec<(String, String)> = request
        .inputs
        .iter()
        .filter_map(|input| Some((input.clone(), report::file_hash(input.as_ref()).ok()?)))
        .collect();
    tally.articles(rows.len());
    skipped.iter().for_each(|skipped| tally.skip(skipped));
    let manifest = tally.manifest(configuration(args, &request.inputs), &loaded, &hashes);
    let warnings = notes::lines(&skipped, true);
    let told = Told { warnings, ..finish(args, &folder, manifest, tally.rows())? };
    Ok(Computed { folder, loaded, taken: Taken::default(), told })
}
