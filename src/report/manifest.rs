//! `run.json`: what a run was made of, so that it can be repeated.
//!
//! Lives here: version, configuration, hashes, counts. No clock and no host: the
//! same inputs give the same bytes on any day and machine.

use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

/// The file's name.
pub const MANIFEST: &str = "run.json";

/// What a run was made of.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always "stancetrack".
    pub program: String,
    /// Its version.
    pub version: String,
    /// The revision it was built from, where that is known.
    pub revision: Option<String>,
    /// The command line without what cannot change a result (where to, how many
    /// threads, how loud).
    pub arguments: Vec<String>,
    /// The options in force.
    pub configuration: serde_json::Value,
    /// SHA-256 by path of lexicons, language rules, roster and settings.
    pub resources: BTreeMap<String, String>,
    /// SHA-256 by path of the inputs.
    pub inputs: BTreeMap<String, String>,
    /// Counts at every stage.
    pub counts: BTreeMap<String, usize>,
    /// What a reader must know.
    pub warnings: Vec<String>,
    /// SHA-256 by name of the files that were written.
    #[serde(default)]
    pub outputs: BTreeMap<String, String>,
}

/// The page of a results folder.
const PAGE: &str = "index.html";

/// Writes `run.json`, with the hashes of all that lies in its folder already.
pub fn manifest(path: &Path, manifest: &Manifest) -> Result<()> {
    let mut manifest = manifest.clone();
    let place = path.display().to_string();
    let failed = || Error::run(&place, "run.json cannot be written", "check the disk");
    manifest.outputs = outputs(path.parent().unwrap_or(path))?;
    let mut text = serde_json::to_string_pretty(&manifest).map_err(|cause| failed().because(cause))?;
    text.push('\n');
    std::fs::write(path, text).map_err(|cause| failed().because(cause))
}

/// Reads the `run.json` of a folder.
pub fn read_manifest(folder: &Path) -> Result<Manifest> {
    let path = folder.join(MANIFEST);
    let place = path.display().to_string();
    let failed = || {
        Error::input(&place, "this is no run.json of stance", "name a folder that `stance run` has written")
    };
    let text = std::fs::read_to_string(&path).map_err(|cause| failed().because(cause))?;
    serde_json::from_str(&text).map_err(|cause| failed().because(cause))
}

/// SHA-256 of every file of a results folder, by name: all but `run.json` and
/// the page, which repeats the tables and links from its own place to articles.
pub fn outputs(folder: &Path) -> Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let failed = |cause: std::io::Error| {
            let place = folder.display().to_string();
            Error::run(place, "a file of the results cannot be read", "check the disk").because(cause)
        };
        let entry = entry.map_err(|cause| failed(cause.into()))?;
        let name = entry.path().strip_prefix(folder).unwrap_or(entry.path()).display().to_string();
        if entry.file_type().is_file() && name != MANIFEST && name != PAGE {
            found.insert(name, file_hash(entry.path()).map_err(failed)?);
        }
    }
    Ok(found)
}

/// SHA-256 of a file, read piece by piece.
pub fn file_hash(path: &Path) -> std::io::Result<String> {
    let mut file = std::fs::File::open(path)?;
    let mut hash = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    loop {
        match file.read(&mut piece)? {
            0 => break,
            read => hash.update(piece.get(..read).unwrap_or(&[])),
        }
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}
