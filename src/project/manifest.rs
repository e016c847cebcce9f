//! What `run.json` says of a run.
//!
//! Lives here: the options, counts and warnings of this command. May not live
//! here: how they are written (see `report`).

use crate::cli::args::analysis;
use crate::cli::commands::run::RunArgs;
use crate::model::{Choice, Period};
use crate::project::gather::Gathered;
use crate::project::load::Loaded;
use crate::report::Manifest;

/// The manifest of a run.
pub fn manifest(
    args: &RunArgs,
    inputs: &[String],
    period: Period,
    loaded: &Loaded,
    gathered: &Gathered,
) -> Manifest {
    let configuration = serde_json::json!({
        "inputs": inputs,
        "method": args.scoring.method.as_str(),
        "scale": args.scoring.scale.as_str(),
        "analysis": analysis::configuration(&args.analysis, period),
        "keep_duplicates": args.keep_duplicates,
        "language": args.common.language,
        "no_roster": args.common.no_roster,
    });
    let files = gathered.taken.files.iter();
    let hashes: Vec<(String, String)> = files.map(|file| (file.path.clone(), file.sha256.clone())).collect();
    gathered.tally.manifest(configuration, loaded, &hashes)
}
