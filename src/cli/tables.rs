//! What `run` and `score` share: from inputs to rows and their tables.
//!
//! Lives here: the calls in their order, with progress. May not live here: the
//! stages.

use super::resources::{Loaded, Read};
use crate::error::Result;
use crate::model::{Article, Axis, Row};
use crate::pipeline;
use crate::report;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::Path;

/// All axes of the lexicons, derived ones included, in order.
pub fn axes(loaded: &Loaded) -> Vec<Axis> {
    loaded
        .resources
        .matchers
        .iter()
        .flat_map(|matcher| {
            let lexicon = matcher.lexicon();
            let derived = lexicon.derived.iter().map(|derived| derived.axis.clone());
            lexicon.axes.iter().cloned().chain(derived).collect::<Vec<_>>()
        })
        .collect()
}

/// The axis drawn and summarised: the first derived one, else the first.
pub fn main_axis(loaded: &Loaded) -> Option<Axis> {
    let lexicons: Vec<_> = loaded.resources.matchers.iter().map(|matcher| matcher.lexicon()).collect();
    let derived = lexicons.iter().flat_map(|lexicon| &lexicon.derived).next();
    derived
        .map(|derived| derived.axis.clone())
        .or_else(|| lexicons.iter().flat_map(|lexicon| &lexicon.axes).next().cloned())
}

/// The factors of scored axes in an axis: its formula, or itself with 1.
pub fn formula(loaded: &Loaded, axis: &Axis) -> BTreeMap<String, f64> {
    let lexicons = loaded.resources.matchers.iter().map(|matcher| matcher.lexicon());
    let derived = lexicons.flat_map(|lexicon| &lexicon.derived).find(|derived| derived.axis.id == axis.id);
    derived.map_or_else(|| BTreeMap::from([(axis.id.clone(), 1.0)]), |derived| derived.formula.clone())
}

/// Reads, attributes, dates and scores all articles, with a progress bar on a
/// terminal.
pub fn rows(read: &Read, loaded: &Loaded, quiet: bool) -> Vec<Row> {
    let bar = ProgressBar::new(read.articles.len() as u64);
    bar.set_draw_target(if quiet || !std::io::stderr().is_terminal() || read.articles.len() < 200 {
        ProgressDrawTarget::hidden()
    } else {
        ProgressDrawTarget::stderr()
    });
    if let Ok(style) = ProgressStyle::with_template("reading articles {wide_bar} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    let rows = pipeline::rows(&read.articles, &loaded.resources, &|| bar.inc(1));
    bar.finish_and_clear();
    rows
}

/// Writes `statements.csv`, `hits.csv`, `actors.csv`, `unlisted_speakers.csv`
/// and `skipped.csv` into a folder.
pub fn write(folder: &Path, rows: &[Row], axes: &[Axis], read: &Read) -> Result<()> {
    let articles: BTreeMap<&str, &Article> =
        read.articles.iter().map(|article| (article.id.as_str(), article)).collect();
    report::statements_table(&folder.join("statements.csv"), rows, axes, &articles)?;
    report::hits_table(&folder.join("hits.csv"), rows, &articles)?;
    report::actors_table(&folder.join("actors.csv"), rows)?;
    report::unlisted_table(&folder.join("unlisted_speakers.csv"), rows)?;
    report::skipped_table(&folder.join("skipped.csv"), &read.skipped)
}
