//! What `run.json` says of a run.
//!
//! Lives here: the options, counts and warnings of this command. May not live
//! here: how they are written (see `report`).

use super::super::analysis;
use super::super::resources::{Loaded, Read};
use super::super::tally::Tally;
use super::RunArgs;
use crate::model::{Period, Row};
use crate::report::Manifest;

/// The manifest of a run.
pub fn manifest(
    args: &RunArgs,
    inputs: &[String],
    period: Period,
    loaded: &Loaded,
    read: &Read,
    rows: &[Row],
) -> Manifest {
    let mut tally = Tally::default();
    rows.iter().for_each(|row| tally.add(row));
    tally.articles(read.articles.len());
    read.skipped.iter().for_each(|skipped| tally.skip(skipped));
    let configuration = serde_json::json!({
        "inputs": inputs,
        "method": args.scoring.method.name(),
        "scale": args.scoring.scale.name(),
        "analysis": analysis::configuration(&args.analysis, period),
        "keep_duplicates": args.keep_duplicates,
        "language": args.common.language,
        "no_roster": args.common.no_roster,
    });
    tally.manifest(configuration, loaded, &read.hashes)
}
