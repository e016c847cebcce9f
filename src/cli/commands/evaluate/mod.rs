//! `stance evaluate`: agreement with hand coding.

pub(crate) mod agreement;
pub(crate) mod scored_statement;

use crate::aggregate::Options;
use crate::cli::args::choice::choice;
use crate::cli::args::common::Common;
use crate::cli::commands::evaluate::scored_statement::Scored;
use crate::cli::{messages, notes, say as telling};
use crate::error::{Error, Result};
use crate::evaluate;
use crate::evaluate::{CodedStatement, Resampling};
use crate::ingest;
use crate::ingest::ListedScore;
use crate::model::{Choice, Gold, Record, Row, word_count};
use crate::pipeline;
use crate::pipeline::Resources;
use crate::project::resources::load;
use crate::project::{run_counts as tally, tables};
use crate::report;
use crate::report::OutputDir;
use crate::score::{Method, account};
use chrono::Datelike;
use clap::Args;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Options of `stance evaluate`.
#[derive(Args, Debug)]
pub struct EvaluateArgs {
    /// Hand-coded scores: CSV with id and a column named after the axis (one
    /// row an id and coder, the coder's name in the column coder), or one row
    /// an id and a column a coder (AXIS_ann, AXIS_ben, or see --coders). Several
    /// files are read as one, for instance a sheet a coder
    #[arg(required = true)]
    gold: Vec<PathBuf>,
    /// The key.csv of `stance sample`: the codes stand under the ids of its sheet.
    /// Its scores are compared, unless --statements or --items give others
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Files of the statements (.csv, .tsv, .jsonl, .json, .parquet), as for `score
    /// --unit statement`; may be given several times [default: the column text of
    /// GOLD]
    #[arg(long, value_name = "FILE", conflicts_with = "statements")]
    items: Vec<PathBuf>,
    /// Statements that were scored already: the statements table of a run (.csv,
    /// .jsonl or .parquet); nothing is scored anew
    #[arg(long, value_name = "FILE")]
    statements: Option<PathBuf>,
    /// The axis that is compared
    #[arg(long, default_value = "position")]
    axis: String,
    /// The columns of the coders, where they are not named after the axis
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    coders: Vec<String>,
    /// The greatest code in size: codes are divided by it
    #[arg(long, default_value_t = 2.0)]
    scale: f64,
    /// How statements are scored
    #[arg(long, value_parser = choice::<Method>(), default_value = "compositional")]
    method: Method,
    /// Replicates of the 95 % intervals; 0 for none
    #[arg(long, value_name = "N", default_value_t = 2000)]
    replicates: usize,
    /// Seed of the resampling; the same seed gives the same intervals
    #[arg(long, default_value_t = Options::default().seed)]
    seed: u64,
    /// Folder for evaluation.csv and disagreements.csv
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    common: Common,
}

/// Runs the command.
pub fn run(args: EvaluateArgs) -> Result<()> {
    if args.scale.is_nan() || args.scale <= 0.0 {
        return Err(Error::input("--scale", "not above 0", "leave it out, or give the greatest code"));
    }
    let mut gold = ingest::codes_by_coder(&args.gold, &args.axis, &args.coders, args.scale)?;
    let scored = match (&args.statements, &args.key) {
        (Some(path), _) => read(path, "statement_id", &args)?,
        (None, Some(key)) if args.items.is_empty() => read(key, "id", &args)?,
        _ => score(&args)?,
    };
    if let Some(key) = args.key.as_ref().filter(|_| args.statements.is_some() || !args.items.is_empty()) {
        unblind(&mut gold, &ingest::coding_key(key)?);
    }
    let (items, missing) = join(&gold, &scored, args.scale);
    if items.is_empty() {
        return Err(Error::input(
            places(&args.gold),
            format!(
                "none of its ids ({}) is among those of the statements ({})",
                gold.items.len(),
                scored.len()
            ),
            "the ids of codes and statements must be the same; check --col id=COLUMN",
        ));
    }
    if let Some(first) = missing.first() {
        messages::note_line(format!(
            "coded ids without a statement, left out: {} (first: {first})",
            missing.len()
        ));
    }
    let resampling =
        (args.replicates > 0).then_some(Resampling { seed: args.seed, replicates: args.replicates });
    let groups = evaluate::agreement(&items, resampling);
    // A reader who needs no more (`| head`) must not lose the folder.
    let told =
        messages::answer(&agreement::text(&args.axis, &gold.coders, &items, &groups, resampling, &scored));
    if let Some(out) = &args.out {
        let folder = OutputDir::begin(out)?;
        let compared = agreement::Compared {
            axis: &args.axis,
            scale: args.scale,
            coders: &gold.coders,
            items: &items,
            groups: &groups,
            resampling,
        };
        agreement::tables(folder.path(), &compared, &scored)?;
        report::manifest(&folder.path().join("run.json"), &manifest(&args, items.len(), missing.len()))?;
        let placed = folder.commit()?;
        if !args.common.quiet {
            messages::note_line(placed.path.display().to_string());
        }
        telling::kept(&placed);
    }
    told
}

fn manifest(args: &EvaluateArgs, items: usize, missing: usize) -> report::Manifest {
    let configuration = serde_json::json!({
        "gold": args.gold,
        "key": args.key,
        "items": args.items,
        "statements": args.statements,
        "axis": args.axis,
        "scale": args.scale,
        "method": args.method.as_str(),
        "replicates": args.replicates,
        "seed": args.seed,
    });
    report::Manifest {
        counts: BTreeMap::from([("coded".into(), items), ("without_statement".into(), missing)]),
        ..tally::begun(configuration)
    }
}

/// Codes beside scores, in the order of the codes; then the ids without a
/// statement.
fn join(gold: &Gold, scored: &BTreeMap<String, Scored>, scale: f64) -> (Vec<CodedStatement>, Vec<String>) {
    let mut items = Vec::new();
    let mut missing = Vec::new();
    for coded in &gold.items {
        match scored.get(&coded.id) {
            Some(found) => {
                let codes = coded.codes.iter().map(|code| code.map(|code| code / scale)).collect();
                items.push(CodedStatement { codes, ..found.judged.clone() });
            }
            None => missing.push(format!("'{}' at {}", coded.id, coded.place)),
        }
    }
    (items, missing)
}

/// The statements' own ids instead of those that coders saw.
fn unblind(gold: &mut Gold, key: &BTreeMap<String, String>) {
    for item in &mut gold.items {
        if let Some(id) = key.get(&item.id) {
            item.id = id.clone();
        }
    }
}

fn places(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}

/// Statements of an earlier run, by the ids in one of its columns.
fn read(path: &Path, id_column: &str, args: &EvaluateArgs) -> Result<BTreeMap<String, Scored>> {
    let filled = |cell: String| Some(cell).filter(|cell| !cell.is_empty());
    let list = ingest::statements_on_axis(path, id_column, &args.axis)?;
    let scored = list.rows.into_iter().map(|row| {
        let ListedScore { value, why_not } = row.scores.into_iter().next().unwrap_or_default();
        let sum = match value {
            Some(score) => format!("{} {score:+.2}; its hits are in the table of hits", args.axis),
            None if why_not.is_empty() => format!("{} no score", args.axis),
            None => format!("{} no score: {why_not}", args.axis),
        };
        let judged = CodedStatement {
            id: row.id.clone(),
            codes: Vec::new(),
            score: value,
            language: filled(row.language),
            actor: filled(row.actor),
            year: row.said.map(|said| said.middle().year()),
            form: filled(row.form),
            words: words(&row.text),
        };
        (row.id, Scored { judged, text: row.text, arithmetic: vec![sum] })
    });
    Ok(scored.collect())
}

/// Statements scored now.
fn score(args: &EvaluateArgs) -> Result<BTreeMap<String, Scored>> {
    let settings = args.common.settings(&[], |_| ())?;
    let loaded = load::load(&settings, args.method)?;
    let axes: Vec<String> = tables::axes(&loaded).into_iter().map(|axis| axis.id.to_string()).collect();
    if !axes.contains(&args.axis) {
        return Err(Error::input(
            "--axis",
            format!("no lexicon has an axis '{}'", args.axis),
            format!("use one of {}, or --lexicon DIR", axes.join(", ")),
        ));
    }
    let in_gold = args.items.is_empty();
    let paths = if in_gold { &args.gold } else { &args.items };
    let inputs: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let ingest::StatementRecords { records, skipped, .. } = load::records(&inputs, &settings, &loaded)?;
    if records.is_empty() {
        let why = skipped.first().map_or(String::new(), |row| format!(" ({}: {})", row.path, row.detail));
        let remedy = if in_gold {
            "name the file of the statements with --items, or scores with --statements"
        } else {
            "check --col"
        };
        return Err(Error::input(
            places(paths),
            format!("it holds no text that could be scored{why}"),
            remedy,
        ));
    }
    notes::tell(&skipped, false);
    // A gold table has one row a coder: the same words come several times.
    let mut seen = BTreeMap::new();
    let mut twice = BTreeSet::new();
    for record in &records {
        if seen.insert(record.id.as_str(), &record.text).is_some_and(|text| *text != record.text) {
            twice.insert(format!("{}: id '{}'", record.place, record.id));
        }
    }
    if let Some(first) = twice.first() {
        return Err(Error::input(first, "stands for two different texts", "give every statement its own id"));
    }
    let rows: Vec<(String, Scored)> = records
        .par_iter()
        .filter_map(|record| {
            let row = pipeline::record_row(record, &loaded.resources)?;
            Some((record.id.clone(), scored(&row, record, &args.axis, &loaded.resources)))
        })
        .collect();
    Ok(rows.into_iter().collect())
}

fn scored(row: &Row, record: &Record, axis: &str, resources: &Resources) -> Scored {
    let (body, form) = (&record.text, record.form.as_ref());
    let mut pairs = row.scored.iter().zip(&resources.matchers);
    let found = pairs.find_map(|(scored, matcher)| {
        let score = scored.scores.iter().find(|score| score.axis == axis)?;
        Some((score, scored, matcher.lexicon()))
    });
    let score = found.map(|(score, _, _)| score);
    let mut arithmetic = Vec::new();
    if let Some((score, scored, lexicon)) = found {
        let (method, number) = (resources.method, &report::number);
        arithmetic.extend(scored.hits.iter().map(|hit| account::hit_line(hit, body, method, number)));
        let sum = account::score(score, scored, lexicon, method, resources.scale);
        arithmetic.push(account::score_line(score, &sum, number));
    }
    let judged = CodedStatement {
        id: row.id.clone(),
        codes: Vec::new(),
        score: score.and_then(|score| score.value.ok()),
        language: Some(row.language.clone()),
        actor: Some(row.statement.speaker.name.clone()).filter(|name| !name.is_empty()),
        year: row.said.as_ref().map(|said| said.middle().year()),
        form: form.cloned(),
        words: words(&row.text),
    };
    Scored { judged, text: row.text.clone(), arithmetic }
}

/// Number of words; None where there is no text.
fn words(text: &str) -> Option<usize> {
    Some(word_count(text)).filter(|count| *count > 0)
}
