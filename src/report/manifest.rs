//! `run.json`: version, configuration, hashes and counts of a run, so that it can be repeated. No clock
//! and no host: the same inputs give the same bytes on any day and machine.

use crate::error::{Error, Result};
use crate::files::{FORMAT, MANIFEST, PROGRAM, open_regular};
use crate::report::output_dir::mark::MARK;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{BufReader, Read};
use std::path::{Component, Path};

/// What a run was made of.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always "stancetrack".
    pub program: String,
    /// Version of this format. By it and by `program` a results folder is known as ours.
    #[serde(default)]
    pub format: u32,
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

impl Manifest {
    /// A manifest of this program with everything else empty.
    pub fn new() -> Manifest {
        Manifest {
            program: PROGRAM.into(),
            format: FORMAT,
            version: env!("CARGO_PKG_VERSION").into(),
            ..Manifest::default()
        }
    }

    /// Name and SHA-256 of every file of the results but `run.json` and the page. Names that
    /// lead out of the folder are left out: no run writes them.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        let inside = |name: &str| {
            !name.is_empty() && Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
        };
        let outputs = self.outputs.iter().map(|(name, hash)| (name.as_str(), hash.as_str()));
        outputs.filter(move |(name, _)| inside(name))
    }
}

/// The page of a results folder.
pub const PAGE: &str = "index.html";
/// A `run.json` of two million inputs has about 250 MB.
const MOST_BYTES: u64 = 1 << 30;

/// Writes `run.json`, with the hashes of all that lies in its folder already.
pub fn manifest(path: &Path, manifest: &Manifest) -> Result<()> {
    let mut manifest = manifest.clone();
    let place = path.display().to_string();
    let failed = || Error::run(&place, "run.json cannot be written", "check the disk");
    let folder = path.parent().unwrap_or(path);
    manifest.outputs = outputs(folder)?;
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
    let file = open_regular(&path).map_err(|cause| failed().because(cause))?;
    serde_json::from_reader(BufReader::new(file.take(MOST_BYTES))).map_err(|cause| failed().because(cause))
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
        if entry.file_type().is_file() && ![MANIFEST, PAGE, MARK].contains(&name.as_str()) {
            found.insert(name, file_hash(entry.path()).map_err(failed)?);
        }
    }
    Ok(found)
}

/// What lies in a results folder and is neither a regular file nor a folder.
///
/// # Errors
/// When the folder cannot be read.
pub fn not_regular(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1).sort_by_file_name() {
        let entry = entry.map_err(|cause| {
            let place = folder.display().to_string();
            Error::run(place, "the results cannot be read", "check the disk").because(cause)
        })?;
        if !entry.file_type().is_file() && !entry.file_type().is_dir() {
            names.push(crate::files::place(entry.path().strip_prefix(folder).unwrap_or(entry.path())));
        }
    }
    Ok(names)
}

/// SHA-256 of a regular file.
pub fn file_hash(path: &Path) -> std::io::Result<String> {
    hash(open_regular(path)?)
}

/// SHA-256 of all that can be read, piece by piece.
pub fn hash(mut from: impl Read) -> std::io::Result<String> {
    let mut hash = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    loop {
        match from.read(&mut piece)? {
            0 => break,
            read => hash.update(piece.get(..read).unwrap_or(&[])),
        }
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}
