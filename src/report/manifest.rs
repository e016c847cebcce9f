//! `run.json`: what a run was made of, so that it can be repeated.
//!
//! Lives here: version, configuration, hashes, counts. No clock and no host.

use crate::error::{Error, Result};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

/// What a run was made of.
#[derive(Debug, Clone, Serialize)]
pub struct Manifest {
    /// Always "stancetrack".
    pub program: String,
    /// Its version.
    pub version: String,
    /// The options in force.
    pub configuration: serde_json::Value,
    /// SHA-256 by path of lexicons, language rules and roster.
    pub resources: BTreeMap<String, String>,
    /// SHA-256 by path of the inputs.
    pub inputs: BTreeMap<String, String>,
    /// Counts at every stage.
    pub counts: BTreeMap<String, usize>,
    /// What a reader must know.
    pub warnings: Vec<String>,
}

/// Writes `run.json`.
pub fn manifest(path: &Path, manifest: &Manifest) -> Result<()> {
    let place = path.display().to_string();
    let failed = || Error::run(&place, "run.json cannot be written", "check the disk");
    let mut text = serde_json::to_string_pretty(manifest).map_err(|cause| failed().because(cause))?;
    text.push('\n');
    std::fs::write(path, text).map_err(|cause| failed().because(cause))
}
