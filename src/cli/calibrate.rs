//! `stance calibrate`: weights of readable features, fitted on hand-coded
//! statements.

use super::{Common, MethodArg, notes, resources};
use crate::error::{Error, Result};
use crate::ingest;
use crate::model::{Lexicon, Record};
use crate::pipeline;
use crate::score::{self, Example, Matcher};
use clap::Args;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Parts of the examples that are held out in turn.
const FOLDS: usize = 10;

/// Options of `stance calibrate`.
#[derive(Args, Debug)]
pub struct CalibrateArgs {
    /// Files of statements (.jsonl, .csv, .tsv), as for `score --unit statement`
    #[arg(required = true)]
    input: Vec<String>,
    /// Hand-coded scores: CSV with id and a column an axis; several rows of one
    /// id are several coders; may be given several times
    #[arg(long, value_name = "FILE", required = true)]
    gold: Vec<PathBuf>,
    /// Which columns of the statements hold what, as in id=id,text=statement
    #[arg(long, value_name = "ROLE=COLUMN", value_delimiter = ',')]
    col: Vec<String>,
    /// The greatest code in size: codes are divided by it
    #[arg(long, default_value_t = 2.0)]
    scale: f64,
    /// How strongly weights are drawn towards 0
    #[arg(long, default_value_t = 10.0)]
    lambda: f64,
    /// Folder for LEXICON.calibration.csv; put it as calibration.csv into the
    /// lexicon's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    out: PathBuf,
    #[command(flatten)]
    common: Common,
}

/// Runs the command.
pub fn run(args: CalibrateArgs) -> Result<()> {
    if args.scale <= 0.0 || args.lambda <= 0.0 {
        return Err(Error::input("--scale, --lambda", "not above 0", "leave them out, or give more than 0"));
    }
    let settings = resources::settings(&args.common)?;
    let loaded = resources::load(&args.common, &settings, MethodArg::Compositional)?;
    let columns = super::score::columns(&args.col)?;
    let mut records: Vec<Record> = Vec::new();
    for input in &args.input {
        let language = args.common.language.as_deref();
        let (more, skipped) = ingest::records(input, &columns, &loaded.resources.languages, language)?;
        records.extend(more);
        notes::tell(&skipped, false);
    }
    let read: Vec<_> =
        records.par_iter().map(|record| pipeline::record_features(record, &loaded.resources)).collect();
    for (index, matcher) in loaded.resources.matchers.iter().enumerate() {
        let axes = axes(matcher.lexicon());
        let mut codes: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
        for gold in &args.gold {
            codes.extend(ingest::gold(gold, &axes)?);
        }
        let mut file = String::from("axis,feature,weight\n");
        for axis in &axes {
            let examples: Vec<Example> = records
                .iter()
                .zip(&read)
                .filter_map(|(record, features)| {
                    let code = codes.get(&record.id)?.get(axis)? / args.scale;
                    let none = || vec![0.0; matcher.features().len()];
                    let features = features.as_ref()?.get(index)?.clone().unwrap_or_else(none);
                    Some(Example { features, code })
                })
                .collect();
            let signs = signs(matcher.lexicon(), axis);
            weights(axis, matcher, &examples, args.lambda, &signs, &mut file);
            if !args.common.quiet && !examples.is_empty() {
                eprintln!("{axis}: {}", unseen(&examples, args.lambda, &signs));
            }
        }
        let path = args.out.join(format!("{}.calibration.csv", matcher.lexicon().id));
        std::fs::write(&path, file).map_err(|cause| {
            Error::run(path.display().to_string(), "cannot be written", "check --out").because(cause)
        })?;
        if !args.common.quiet {
            eprintln!("{}", path.display());
        }
    }
    Ok(())
}

fn axes(lexicon: &Lexicon) -> Vec<String> {
    let derived = lexicon.derived.iter().map(|derived| derived.axis.id.clone());
    lexicon.axes.iter().map(|axis| axis.id.clone()).chain(derived).collect()
}

/// The signs that weights must have: an axis is itself, a derived one its formula.
fn signs(lexicon: &Lexicon, axis: &str) -> Vec<f64> {
    let derived = lexicon.derived.iter().find(|derived| derived.axis.id == axis);
    let own = BTreeMap::from([(axis.to_string(), 1.0)]);
    score::signs(lexicon, derived.map_or(&own, |derived| &derived.formula))
}

/// The rows of one axis: features that some example has.
fn weights(
    axis: &str,
    matcher: &Matcher,
    examples: &[Example],
    lambda: f64,
    signs: &[f64],
    file: &mut String,
) {
    let Some(fitted) = score::fit(examples, lambda, signs) else { return };
    for (at, (name, weight)) in matcher.features().iter().zip(fitted).enumerate() {
        if examples.iter().any(|example| example.features[at] != 0.0) {
            let _ = writeln!(file, "{axis},{name},{weight:.3}");
        }
    }
}

/// How far the fit is from codes it has not seen, every tenth held out in turn.
fn unseen(examples: &[Example], lambda: f64, signs: &[f64]) -> String {
    let mut error = 0.0;
    for fold in 0..FOLDS {
        let part = |keep: bool| {
            let parts = examples.iter().enumerate().filter(move |(at, _)| (at % FOLDS == fold) == keep);
            parts.map(|(_, example)| example.clone()).collect::<Vec<Example>>()
        };
        let fitted = score::fit(&part(false), lambda, signs).unwrap_or_default();
        error += part(true)
            .iter()
            .map(|example| {
                let sum: f64 = example.features.iter().zip(&fitted).map(|(x, w)| x * w).sum();
                (example.code - sum).abs()
            })
            .sum::<f64>();
    }
    let none: f64 = examples.iter().map(|example| example.code.abs()).sum();
    let count = examples.len() as f64;
    format!(
        "{} statements; mean distance from codes held out {:.2}, of 0 from them {:.2}",
        examples.len(),
        error / count,
        none / count
    )
}
