//! `stance verify`: do results still follow from their inputs?
//!
//! Lives here: the three questions and their answers. May not live here: how
//! results are made.

use super::sources;
use crate::error::{Error, Result};
use crate::model::counted;
use crate::report::{self, Manifest};
use clap::Args;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Options of `stance verify`.
#[derive(Args, Debug)]
pub struct VerifyArgs {
    /// Folder of results, with its run.json; run this where the results were made
    folder: PathBuf,
    /// Compare hashes only; do not compute anything again
    #[arg(long)]
    hashes_only: bool,
}

/// Runs the command.
pub fn run(args: VerifyArgs) -> Result<()> {
    let before = report::read_manifest(&args.folder)?;
    let mut faults = Vec::new();
    for (name, what) in differences(&before.outputs, &report::outputs(&args.folder)?) {
        faults.push(format!("{name} {what} since the run wrote it"));
    }
    for (kind, recorded) in [("input", &before.inputs), ("resource", &before.resources)] {
        for (path, hash) in recorded {
            match sources::hash_now(path) {
                Some(now) if now == *hash => {}
                Some(_) => faults.push(format!("{kind} {path} has changed")),
                None => faults.push(format!("{kind} {path} cannot be read")),
            }
        }
    }
    if before.version != env!("CARGO_PKG_VERSION") {
        let (theirs, ours) = (&before.version, env!("CARGO_PKG_VERSION"));
        faults.push(format!("made by version {theirs}, this is {ours}"));
    }
    if args.hashes_only {
        return told(&args.folder, &before, faults, "hashes agree");
    }
    if before.inputs.contains_key("-") {
        faults.push("the run read standard input, which cannot be read again".into());
        return told(&args.folder, &before, faults, "");
    }
    // Beside the results, so that links in the page are the same.
    let parent = args.folder.parent().filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    let scratch = tempfile::Builder::new().prefix(".verify-").tempdir_in(parent).map_err(|cause| {
        let place = parent.display().to_string();
        Error::run(place, "no temporary folder can be made", "check that it may be written to").because(cause)
    })?;
    compute(&before, scratch.path())?;
    let now = report::read_manifest(scratch.path())?;
    for (name, what) in differences(&before.outputs, &now.outputs) {
        faults.push(format!("{name}, computed again, {what}"));
    }
    for (path, what) in differences(&before.inputs, &now.inputs) {
        if what != "has changed" {
            faults.push(format!("input {path} {what}"));
        }
    }
    told(&args.folder, &before, faults, "computed again, every file came out the same")
}

/// The same command once more, in a process of its own, into another folder.
fn compute(before: &Manifest, into: &Path) -> Result<()> {
    let line = before.arguments.join(" ");
    let failed = |what: String| {
        let remedy = "run it by hand to see why; results of another version need that version";
        Error::run(format!("stance {line}"), what, remedy)
    };
    let program = std::env::current_exe().map_err(|cause| failed(cause.to_string()))?;
    let done = Command::new(program)
        .args(&before.arguments)
        .arg("--out")
        .arg(into)
        .arg("--quiet")
        // What was computed before proves nothing.
        .args(
            before.arguments.first().filter(|name| *name == "run" || *name == "score").map(|_| "--no-cache"),
        )
        .stdin(Stdio::null())
        .output()
        .map_err(|cause| failed(cause.to_string()))?;
    if done.status.success() {
        return Ok(());
    }
    let told = String::from_utf8_lossy(&done.stderr);
    Err(failed(format!("computing again failed: {}", told.trim())))
}

/// Names whose hashes are not the same, with what is the matter.
fn differences<'a>(
    before: &'a BTreeMap<String, String>,
    now: &'a BTreeMap<String, String>,
) -> Vec<(&'a str, &'static str)> {
    let gone = before.iter().filter_map(|(name, hash)| match now.get(name) {
        Some(found) if found == hash => None,
        Some(_) => Some((name.as_str(), "has changed")),
        None => Some((name.as_str(), "is missing")),
    });
    let new = now.keys().filter(|name| !before.contains_key(*name)).map(|name| (name.as_str(), "is new"));
    gone.chain(new).collect()
}

fn told(folder: &Path, before: &Manifest, faults: Vec<String>, fine: &str) -> Result<()> {
    let place = folder.display();
    if faults.is_empty() {
        println!(
            "{place}: {fine} ({}, {}, {})",
            counted(before.outputs.len(), "file"),
            counted(before.inputs.len(), "input"),
            counted(before.resources.len(), "resource")
        );
        return Ok(());
    }
    for fault in &faults {
        println!("{fault}");
    }
    Err(Error::run(
        place.to_string(),
        format!("the results do not follow from what is there now: {}", counted(faults.len(), "difference")),
        "run the command again, or bring the files back as they were",
    ))
}
