//! `stance sample`: a blind sheet for hand coding, its key and a codebook.

pub(crate) mod args;
pub(crate) mod context;
pub(crate) mod sheet;

use crate::aggregate;
use crate::cli::args::unit::UnitArg;
use crate::cli::commands::sample::args::{SampleArgs, Unnamed};
use crate::cli::progress::with_progress;
use crate::cli::{messages, notes};
use crate::error::{Error, Result};
use crate::evaluate;
use crate::evaluate::{Class, SCORE_BAR};
use crate::ingest;
use crate::ingest::{ListedScore, StatementList, StatementRow};
use crate::model::{Article, Axis, Choice, Counting, Row, counted};
use crate::pipeline;
use crate::project::options::scoring::Scoring;
use crate::project::resources::load;
use crate::project::resources::load::Loaded;
use crate::project::{run_counts as tally, tables};
use crate::report;
use crate::report::OutputDir;
use chrono::Datelike;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// What is drawn from.
struct Source {
    /// Ids of the axes, in the order of the scores.
    axes: Vec<String>,
    /// Statements of speakers.
    statements: Vec<StatementRow>,
    /// The articles, where they are there.
    articles: Vec<Article>,
}

/// Runs the command.
pub fn run(args: SampleArgs) -> Result<()> {
    let settings = args.common.settings(&args.input, |settings| args.scoring.fill(settings))?;
    let scoring = Scoring::new(&settings)?;
    let mut loaded = load::load(&settings, scoring.method)?;
    loaded.resources.scale = scoring.scale;
    let mut source = source(&args, &settings, &loaded)?;
    let seen = source.statements.len();
    source.statements.retain(|statement| Counting::default().is_a_statement(statement.voice()));
    source.statements.retain(|statement| !statement.text.trim().is_empty());
    if source.statements.is_empty() {
        return Err(Error {
            usage: false,
            ..Error::input("", format!("none of {seen} rows is a speaker's statement"), "give more texts")
        });
    }
    let strata_axis = known(&args, &source, &loaded)?;
    let coded = if args.code.is_empty() { source.axes.clone() } else { args.code.clone() };
    let strata: Vec<String> =
        source.statements.iter().map(|statement| stratum(statement, strata_axis)).collect();
    let size = args.size.unwrap_or_else(|| evaluate::default_size(strata.len()));
    let drawn = evaluate::stratified(&strata, size, args.allocation, args.seed);
    let width = drawn.len().to_string().len();
    let mut units: Vec<Unnamed> = drawn
        .into_iter()
        .enumerate()
        .map(|(number, drawn)| Unnamed {
            blind: format!("u{:0width$}", number + 1),
            statement: source.statements[drawn.at].clone(),
            stratum: strata[drawn.at].clone(),
            weight: drawn.weight,
            around: Default::default(),
        })
        .collect();
    if !args.no_context {
        context::around(&mut units, &source.articles, &loaded);
    }
    let folder = OutputDir::begin_over_unchanged(&args.out)?;
    let axes: Vec<Axis> = coded.iter().map(|id| axis(id, &loaded)).collect();
    sheet::write(folder.path(), &args, &axes, &source.axes, &units)?;
    report::manifest(
        &folder.path().join("run.json"),
        &manifest(&args, scoring, strata.len(), units.len(), &loaded),
    )?;
    let place = folder.commit()?.path;
    if !args.common.quiet {
        messages::note_line(format!(
            "{} of {}: {} goes to the coders, key.csv stays with you",
            units.len(),
            counted(strata.len(), "statement"),
            place.join(sheet::FOLDER).display()
        ));
    }
    Ok(())
}

/// The place of the axis whose classes are the strata; all axes named must be
/// there.
fn known(args: &SampleArgs, source: &Source, loaded: &Loaded) -> Result<usize> {
    let main = tables::main_axis(loaded).map(|axis| axis.id.to_string());
    let main = main.filter(|main| source.axes.contains(main)).or_else(|| source.axes.first().cloned());
    let strata_axis = args.axis.clone().or(main).unwrap_or_default();
    for (flag, axis) in args.code.iter().map(|axis| ("--code", axis)).chain([("--axis", &strata_axis)]) {
        if !source.axes.contains(axis) {
            return Err(Error::input(
                flag,
                format!("there is no axis '{axis}'"),
                format!("use one of {}", source.axes.join(", ")),
            ));
        }
    }
    Ok(source.axes.iter().position(|axis| *axis == strata_axis).unwrap_or(0))
}

/// Five years and predicted class: "2015-2019 endorse", "undated absent".
fn stratum(statement: &StatementRow, axis: usize) -> String {
    let period =
        statement.said.as_ref().map_or("undated".to_string(), |said| evaluate::period(said.middle().year()));
    let class = statement.scores[axis].value.map_or("absent", |score| Class::of(score, SCORE_BAR).as_str());
    format!("{period} {class}")
}

/// Name and poles of an axis; only its id when no lexicon of the run has it.
fn axis(id: &str, loaded: &Loaded) -> Axis {
    let known = tables::axes(loaded).into_iter().find(|axis| axis.id == id);
    known.unwrap_or_else(|| Axis { id: id.into(), name: id.into(), ..Axis::default() })
}

fn source(args: &SampleArgs, settings: &load::Settings, loaded: &Loaded) -> Result<Source> {
    if let Some(path) = &args.statements {
        let StatementList { axes, rows: statements } = ingest::statement_list(path)?;
        let articles = match args.input.is_empty() {
            true => Vec::new(),
            false => load::read(&args.input, settings, loaded)?,
        };
        return Ok(Source { axes, statements, articles });
    }
    let inputs = load::inputs(settings)?;
    let axes = tables::axes(loaded);
    let ids: Vec<String> = axes.iter().map(|axis| axis.id.to_string()).collect();
    if args.unit == UnitArg::Article {
        let articles = load::read(&inputs, settings, loaded)?;
        let mut rows = with_progress(args.common.quiet, |progress| {
            pipeline::rows(&articles, &loaded.resources, &|| progress(1))
        });
        aggregate::mark_duplicates(&mut rows);
        let statements = rows.iter().map(|row| listed(row, &axes)).collect();
        return Ok(Source { axes: ids, statements, articles });
    }
    let ingest::StatementRecords { records, skipped, .. } = load::records(&inputs, settings, loaded)?;
    notes::tell(&skipped, false);
    let rows: Vec<Option<Row>> =
        records.par_iter().map(|record| pipeline::record_row(record, &loaded.resources)).collect();
    let statements = rows.iter().flatten().map(|row| listed(row, &axes)).collect();
    Ok(Source { axes: ids, statements, articles: Vec::new() })
}

/// A row scored now as if it had been read from a table.
fn listed(row: &Row, axes: &[Axis]) -> StatementRow {
    let value = |axis: &Axis| {
        let mut scores = row.scored.iter().flat_map(|scored| &scored.scores);
        let found = scores.find(|score| score.axis == axis.id).and_then(|score| score.value.ok());
        ListedScore { value: found, why_not: String::new() }
    };
    StatementRow {
        id: row.id.clone(),
        article: row.article.clone(),
        span: Some(row.statement.hull()),
        text: row.text.clone(),
        language: row.language.clone(),
        actor: row.statement.speaker.name.clone(),
        form: row.statement.form.as_str().into(),
        said: row.said.clone(),
        duplicate: row.duplicate_of.is_some(),
        scores: axes.iter().map(value).collect(),
    }
}

fn manifest(
    args: &SampleArgs,
    scoring: Scoring,
    statements: usize,
    drawn: usize,
    loaded: &Loaded,
) -> report::Manifest {
    let configuration = serde_json::json!({
        "inputs": args.input,
        "statements": args.statements,
        "axis": args.axis,
        "allocation": args.allocation.as_str(),
        "method": scoring.method.as_str(), "scale": scoring.scale.as_str(),
        "seed": args.seed,
    });
    report::Manifest {
        resources: loaded.hashes.iter().cloned().collect(),
        counts: BTreeMap::from([("statements".into(), statements), ("drawn".into(), drawn)]),
        ..tally::begun(configuration)
    }
}
