//! `stance calibrate`: weights of readable features, fitted on hand-coded
//! statements.

use crate::cli::args::common::Common;
use crate::cli::{messages, notes, say as telling};
use crate::error::{Error, Result};
use crate::evaluate;
use crate::ingest;
use crate::model::Record;
use crate::pipeline;
use crate::project::resources::load;
use crate::score;
use crate::score::{Example, Matcher, Method, Prior};
use crate::stats::correlation::spearman;
use clap::Args;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
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
    /// The greatest code in size: codes are divided by it
    #[arg(long, default_value_t = 2.0)]
    scale: f64,
    /// How strongly weights are drawn towards 0, or towards the rule for what is rare
    #[arg(long, default_value_t = 10.0)]
    lambda: f64,
    /// What is held out in turn to tell how the weights do on codes that they were
    /// not fitted on
    #[arg(long, value_enum, default_value_t = HoldOut::Tenths)]
    hold_out: HoldOut,
    /// Folder for LEXICON.calibration.csv; put it as calibration.csv into the
    /// lexicon's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    out: PathBuf,
    #[command(flatten)]
    common: Common,
}

/// Parts of the statements that are held out in turn.
#[derive(clap::ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum HoldOut {
    /// Every tenth statement
    Tenths,
    /// Each input file: batches, sources or debates of their own
    Files,
}

/// Runs the command.
pub fn run(args: CalibrateArgs) -> Result<()> {
    if args.scale <= 0.0 || args.lambda <= 0.0 {
        return Err(Error::input("--scale, --lambda", "not above 0", "leave them out, or give more than 0"));
    }
    let settings = args.common.settings(&[], |_| ())?;
    let loaded = load::load(&settings, Method::Compositional)?;
    if args.hold_out == HoldOut::Files && args.input.len() < 2 {
        return Err(Error::input("--hold-out files", "there is one file of statements", "give two or more"));
    }
    let mut records: Vec<Record> = Vec::new();
    let mut files: Vec<usize> = Vec::new();
    for (file, input) in args.input.iter().enumerate() {
        let found = load::records(std::slice::from_ref(input), &settings, &loaded)?;
        records.extend(found.records);
        files.resize(records.len(), file);
        notes::tell(&found.skipped, false);
    }
    let read: Vec<_> =
        records.par_iter().map(|record| pipeline::record_features(record, &loaded.resources)).collect();
    for (index, matcher) in loaded.resources.matchers.iter().enumerate() {
        let axes: Vec<String> = matcher.lexicon().all_axes().map(|axis| axis.id.to_string()).collect();
        let mut codes: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
        for gold in &args.gold {
            codes.extend(ingest::mean_codes(gold, &axes)?);
        }
        let mut file = String::from("axis,feature,weight\n");
        for axis in &axes {
            let coded: Vec<(Example, usize)> = records
                .iter()
                .zip(&read)
                .zip(&files)
                .filter_map(|((record, features), file)| {
                    let code = codes.get(&record.id)?.get(axis)? / args.scale;
                    let none = || vec![0.0; matcher.features().len()];
                    let features = features.as_ref()?.get(index)?.clone().unwrap_or_else(none);
                    Some((Example { features, code }, *file))
                })
                .collect();
            let parts: Vec<usize> = match args.hold_out {
                HoldOut::Tenths => (0..coded.len()).map(|at| at % FOLDS).collect(),
                HoldOut::Files => coded.iter().map(|(_, file)| *file).collect(),
            };
            let examples: Vec<Example> = coded.into_iter().map(|(example, _)| example).collect();
            let priors = score::priors(matcher.lexicon(), &matcher.lexicon().formula(axis));
            weights(axis, matcher, &examples, args.lambda, &priors, &mut file);
            if !args.common.quiet && !examples.is_empty() {
                let unseen = unseen(&examples, &parts, args.lambda, &priors);
                messages::note_line(format!("{axis}: {unseen}"));
            }
        }
        let path = args.out.join(format!("{}.calibration.csv", matcher.lexicon().id));
        telling::replace(&path, file.as_bytes())?;
        if !args.common.quiet {
            messages::note_line(path.display().to_string());
        }
    }
    Ok(())
}

/// The rows of one axis: features that some example has, and those whose weight
/// is given.
fn weights(
    axis: &str,
    matcher: &Matcher,
    examples: &[Example],
    lambda: f64,
    priors: &[Prior],
    file: &mut String,
) {
    let Some(fitted) = score::fit(examples, lambda, priors) else { return };
    for (at, (name, weight)) in matcher.features().iter().zip(fitted).enumerate() {
        if priors[at].floor != 0.0 || examples.iter().any(|example| example.features[at] != 0.0) {
            let _ = writeln!(file, "{axis},{name},{weight:.3}");
        }
    }
}

/// How the fit does on codes it has not seen, each part held out in turn.
fn unseen(examples: &[Example], parts: &[usize], lambda: f64, priors: &[Prior]) -> String {
    let mut pairs: Vec<(f64, f64)> = Vec::new();
    let all: BTreeSet<usize> = parts.iter().copied().collect();
    for held in &all {
        let part = |keep: bool| {
            let of = examples.iter().zip(parts).filter(move |(_, part)| (*part == held) == keep);
            of.map(|(example, _)| example.clone()).collect::<Vec<Example>>()
        };
        let fitted = score::fit(&part(false), lambda, priors).unwrap_or_default();
        pairs.extend(part(true).iter().map(|example| {
            let sum: f64 = example.features.iter().zip(&fitted).map(|(x, w)| x * w).sum();
            (example.code, score::soft_threshold(sum))
        }));
    }
    let wrong = pairs.iter().filter(|(code, score)| {
        code.abs() >= evaluate::CODE_BAR && score.abs() >= evaluate::SCORE_BAR && code * score < 0.0
    });
    let none: f64 = examples.iter().map(|example| example.code.abs()).sum();
    let count = examples.len() as f64;
    format!(
        "{} statements, {} parts held out in turn: Spearman {}, wrong pole {:.1} %, mean distance {} (of 0: {:.2})",
        examples.len(),
        all.len(),
        spearman(&pairs).map_or("-".to_string(), |rho| format!("{rho:.3}")),
        100.0 * wrong.count() as f64 / count,
        evaluate::mean_absolute_error(&pairs).map_or("-".to_string(), |error| format!("{error:.2}")),
        none / count
    )
}
