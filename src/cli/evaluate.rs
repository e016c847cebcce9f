//! `stance evaluate`: agreement with hand coding.

use super::{Common, MethodArg, agreement, explain, resources, tables};
use crate::error::{Error, Result};
use crate::evaluate::{self, Judged};
use crate::ingest;
use crate::model::{Gold, Row};
use crate::pipeline;
use crate::report::{self, Folder};
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
    /// an id and a column a coder (AXIS_ann, AXIS_ben, or see --coders)
    gold: PathBuf,
    /// Files of the statements (.jsonl, .csv, .tsv), as for `score --unit
    /// statement`; may be given several times [default: the column text of GOLD]
    #[arg(long, value_name = "FILE", conflicts_with = "statements")]
    items: Vec<PathBuf>,
    /// Which columns of the statements hold what, as in
    /// id=id,text=statement,actor=actor,date=date
    #[arg(long, value_name = "ROLE=COLUMN", value_delimiter = ',')]
    col: Vec<String>,
    /// Statements that were scored already: a statements.csv with
    /// statement_id and the axis; nothing is scored anew
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
    #[arg(long, value_enum, default_value = "compositional")]
    method: MethodArg,
    /// Folder for evaluation.csv and disagreements.csv
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    common: Common,
}

/// What is known of a scored statement beside its codes.
pub(super) struct Scored {
    /// With the codes still empty.
    judged: Judged,
    /// The words.
    pub text: String,
    /// How the score came about, one line each; the last is the sum.
    pub arithmetic: Vec<String>,
}

/// Runs the command.
pub fn run(args: EvaluateArgs) -> Result<()> {
    if args.scale.is_nan() || args.scale <= 0.0 {
        return Err(Error::input("--scale", "not above 0", "leave it out, or give the greatest code"));
    }
    let gold = ingest::coders(&args.gold, &args.axis, &args.coders, args.scale)?;
    let scored = match &args.statements {
        Some(path) => read(path, &args)?,
        None => score(&args)?,
    };
    let (items, missing) = join(&gold, &scored, args.scale);
    if items.is_empty() {
        return Err(Error::input(
            args.gold.display().to_string(),
            format!("none of its {} ids is among the {} statements", gold.items.len(), scored.len()),
            "the ids of codes and statements must be the same; check --col id=COLUMN",
        ));
    }
    if let Some(first) = missing.first() {
        eprintln!("coded ids without a statement, left out: {} (first: {first})", missing.len());
    }
    let groups = evaluate::agreement(&items);
    print!("{}", agreement::text(&args.axis, &gold.coders, &items, &groups, &scored));
    if let Some(out) = &args.out {
        let folder = Folder::begin(out)?;
        agreement::tables(folder.path(), &args.axis, args.scale, &gold.coders, &items, &groups, &scored)?;
        report::manifest(&folder.path().join("run.json"), &manifest(&args, items.len(), missing.len()))?;
        let place = folder.commit()?;
        if !args.common.quiet {
            eprintln!("{}", place.display());
        }
    }
    Ok(())
}

fn manifest(args: &EvaluateArgs, items: usize, missing: usize) -> report::Manifest {
    report::Manifest {
        program: "stancetrack".into(),
        version: env!("CARGO_PKG_VERSION").into(),
        configuration: serde_json::json!({
            "gold": args.gold,
            "items": args.items,
            "statements": args.statements,
            "axis": args.axis,
            "scale": args.scale,
            "method": format!("{:?}", args.method).to_lowercase(),
        }),
        resources: BTreeMap::new(),
        inputs: BTreeMap::new(),
        counts: BTreeMap::from([("coded".into(), items), ("without_statement".into(), missing)]),
        warnings: Vec::new(),
        ..report::Manifest::default()
    }
}

/// Codes beside scores, in the order of the codes; then the ids without a
/// statement.
fn join(gold: &Gold, scored: &BTreeMap<String, Scored>, scale: f64) -> (Vec<Judged>, Vec<String>) {
    let mut items = Vec::new();
    let mut missing = Vec::new();
    for coded in &gold.items {
        match scored.get(&coded.id) {
            Some(found) => {
                let codes = coded.codes.iter().map(|code| code.map(|code| code / scale)).collect();
                items.push(Judged { codes, ..found.judged.clone() });
            }
            None => missing.push(format!("'{}' at {}", coded.id, coded.place)),
        }
    }
    (items, missing)
}

/// Statements of an earlier run.
fn read(path: &Path, args: &EvaluateArgs) -> Result<BTreeMap<String, Scored>> {
    let rows = ingest::scores(path, &args.axis)?;
    let scored = rows.into_iter().map(|row| {
        let sum = match row.score {
            Some(score) => format!("{} {score:+.2}; its hits are in hits.csv", args.axis),
            None => format!("{} no score: {}", args.axis, row.why_not),
        };
        let judged = Judged {
            id: row.id.clone(),
            codes: Vec::new(),
            score: row.score,
            language: row.language,
            actor: row.actor,
            year: row.said.map(|day| day.year()),
        };
        (row.id, Scored { judged, text: row.text, arithmetic: vec![sum] })
    });
    Ok(scored.collect())
}

/// Statements scored now.
fn score(args: &EvaluateArgs) -> Result<BTreeMap<String, Scored>> {
    let settings = resources::settings(&args.common)?;
    let loaded = resources::load(&args.common, &settings, args.method)?;
    let axes: Vec<String> = tables::axes(&loaded).into_iter().map(|axis| axis.id).collect();
    if !axes.contains(&args.axis) {
        return Err(Error::input(
            "--axis",
            format!("no lexicon has an axis '{}'", args.axis),
            format!("use one of {}, or --lexicon DIR", axes.join(", ")),
        ));
    }
    let columns = super::score::columns(&args.col)?;
    let language = args.common.language.as_deref().or(settings.language.as_deref());
    let in_gold = args.items.is_empty();
    let paths = if in_gold { std::slice::from_ref(&args.gold) } else { &args.items };
    let mut records = Vec::new();
    let mut skipped = Vec::new();
    for path in paths {
        let (more, left) =
            ingest::records(&path.display().to_string(), &columns, &loaded.resources.languages, language)?;
        records.extend(more);
        skipped.extend(left);
    }
    if records.is_empty() {
        let why = skipped.first().map_or(String::new(), |row| format!(" ({}: {})", row.path, row.detail));
        let remedy = if in_gold {
            "name the file of the statements with --items, or scores with --statements"
        } else {
            "check --col"
        };
        return Err(Error::input(
            paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", "),
            format!("it holds no text that could be scored{why}"),
            remedy,
        ));
    }
    for row in &skipped {
        eprintln!("skipped {}: {}", row.path, row.detail);
    }
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
            Some((record.id.clone(), scored(&row, &record.text, &args.axis)))
        })
        .collect();
    Ok(rows.into_iter().collect())
}

fn scored(row: &Row, body: &str, axis: &str) -> Scored {
    let with = row.scored.iter().find(|scored| scored.scores.iter().any(|score| score.axis == axis));
    let score = with.and_then(|scored| scored.scores.iter().find(|score| score.axis == axis));
    let mut arithmetic = Vec::new();
    if let (Some(with), Some(score)) = (with, score) {
        arithmetic.extend(with.hits.iter().map(|hit| explain::line(hit, body)));
        arithmetic.push(explain::sum(score, &with.hits));
    }
    let judged = Judged {
        id: row.id.clone(),
        codes: Vec::new(),
        score: score.and_then(|score| score.value.ok()),
        language: Some(row.language.clone()),
        actor: Some(row.statement.speaker.name.clone()).filter(|name| !name.is_empty()),
        year: row.said.as_ref().map(|said| said.from.year()),
    };
    Scored { judged, text: row.text.clone(), arithmetic }
}
