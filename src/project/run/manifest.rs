//! The `run.json` of a run: its options, counts and warnings.

use crate::aggregate::Plan;
use crate::model::{Choice, Period};
use crate::project::options::analysis;
use crate::project::resources::load::Loaded;
use crate::project::run::gather::Gathered;
use crate::project::run::request::RunRequest;
use crate::report::Manifest;

/// The manifest of a run.
pub fn manifest(
    request: &RunRequest,
    plan: &Plan,
    period: Period,
    loaded: &Loaded,
    gathered: &Gathered,
) -> Manifest {
    let RunRequest { settings, inputs, scoring, .. } = request;
    let configuration = serde_json::json!({
        "inputs": inputs,
        "method": scoring.method.as_str(),
        "scale": scoring.scale.as_str(),
        "analysis": analysis::configuration(settings, plan, period),
        "keep_duplicates": settings.keep_duplicates.unwrap_or(false),
        "language": settings.language,
        "no_roster": settings.no_roster.unwrap_or(false),
    });
    let files = gathered.taken.files.iter();
    let hashes: Vec<(String, String)> = files.map(|file| (file.path.clone(), file.sha256.clone())).collect();
    gathered.tally.manifest(configuration, loaded, &hashes)
}
