//! `stance verify`: do results still follow from their inputs?
//!
//! The results may come from a stranger. So nothing that their run.json says is run: its
//! arguments are parsed into the known options of three commands, these compute into a
//! hidden folder of our own that is never put in place, and only files below the folders
//! that the user names are read.

pub(crate) mod allowed;
pub(crate) mod args;

use crate::cli::command_line::{Cli, Command};
use crate::cli::commands::verify::allowed::Allowed;
use crate::cli::commands::verify::args::VerifyArgs;
use crate::cli::messages;
use crate::error::{Error, Result};
use crate::files;
use crate::ingest::ResourcePath;
use crate::model::{counted, visible_line};
use crate::project::resources::sources;
use crate::report;
use crate::report::{Manifest, OutputDir};
use clap::Parser;
use std::collections::BTreeMap;
use std::path::Path;

/// Runs the command.
pub fn run(args: VerifyArgs) -> Result<()> {
    let before = report::read_manifest(&args.folder)?;
    // What a killed one left beside the results.
    let _ = report::tidy(&args.folder);
    let allowed = Allowed::new(&args)?;
    let mut faults = changed_files(&args.folder, &before)?;
    for (kind, recorded) in [("input", &before.inputs), ("resource", &before.resources)] {
        for (path, hash) in recorded {
            if path == "-" {
                continue;
            }
            if let Some(builtin) = ResourcePath::of_builtin_place(path).filter(|_| kind == "resource") {
                faults.extend(builtin_fault(&builtin, hash));
                continue;
            }
            let place = files::path_of(path);
            match allowed.path(&place).map(|()| report::file_hash(&place)) {
                Ok(Ok(now)) if now == *hash => {}
                Ok(Ok(_)) => faults.push(format!("{kind} {path} has changed")),
                Ok(Err(_)) => faults.push(format!("{kind} {path} cannot be read")),
                Err(refused) => faults.push(format!("{kind} {refused}")),
            }
        }
    }
    faults.extend(other_program(&before));
    if args.hashes_only {
        return told(&args.folder, &before, faults, "hashes agree");
    }
    if before.inputs.contains_key("-") {
        faults.push("the run read standard input, which cannot be read again".into());
        return told(&args.folder, &before, faults, "");
    }
    let again = compute(&before, &args.folder, &allowed)?;
    let now = report::read_manifest(again.path())?;
    for (name, what) in differences(&before.outputs, &now.outputs) {
        faults.push(format!("{name}, computed again, {what}"));
    }
    for (kind, before, now) in
        [("input", &before.inputs, &now.inputs), ("resource", &before.resources, &now.resources)]
    {
        // A file that has changed was found above.
        let missing = differences(before, now).into_iter().filter(|(_, what)| *what != CHANGED);
        faults.extend(missing.map(|(path, what)| format!("{kind} {path} {what}")));
    }
    let parts = [
        ("configuration", before.configuration == now.configuration),
        ("counts", before.counts == now.counts),
        ("warnings", before.warnings == now.warnings),
    ];
    let other = parts.iter().filter(|(_, same)| !same);
    faults.extend(other.map(|(part, _)| format!("run.json: {part}, computed again, {CHANGED}")));
    told(&args.folder, &before, faults, "computed again, every file came out the same")
}

/// What is wrong with a resource that the run took from its program; None if this program has
/// the same one.
fn builtin_fault(builtin: &ResourcePath, hash: &str) -> Option<String> {
    let mut now = Vec::new();
    sources::hash_resource(builtin, &mut now).ok()?;
    match now.as_slice() {
        [(name, found)] if *name == builtin.to_string() && found == hash => None,
        [(name, _)] if *name == builtin.to_string() => {
            Some(format!("resource {builtin} is another one in this stance"))
        }
        _ => Some(format!("resource {builtin} is missing in this stance")),
    }
}

/// Files of the results that are not as the run wrote them, and whatever else lies there.
fn changed_files(folder: &Path, before: &Manifest) -> Result<Vec<String>> {
    let now = report::outputs(folder)?;
    let mut faults: Vec<String> = differences(&before.outputs, &now)
        .into_iter()
        .map(|(name, what)| format!("{name} {what} since the run wrote it"))
        .collect();
    // Earlier versions did not seal it.
    let page = folder.join(report::PAGE);
    if before.format > 0 && page.symlink_metadata().is_ok() && !report::is_sealed(&page) {
        faults.push(format!("{} {CHANGED} since the run wrote it", report::PAGE));
    }
    for name in report::not_regular(folder)? {
        faults.push(format!("{name} is a link, a pipe or a device, which no run writes"));
    }
    Ok(faults)
}

fn other_program(before: &Manifest) -> Vec<String> {
    let mut faults = Vec::new();
    let ours = Manifest::new();
    if before.program != ours.program {
        faults.push(format!("run.json is of the program '{}'", before.program));
    }
    if before.version != ours.version {
        faults.push(format!("made by version {}, this is {}", before.version, ours.version));
    }
    let revision = option_env!("STANCE_REVISION");
    if before.revision.as_deref() != revision {
        let name = |revision: Option<&str>| revision.unwrap_or("without a name").to_string();
        let (theirs, ours) = (name(before.revision.as_deref()), name(revision));
        faults.push(format!("made from revision {theirs}, this is {ours}"));
    }
    faults
}

/// The same computation once more, in a hidden folder beside the results.
fn compute(before: &Manifest, folder: &Path, allowed: &Allowed) -> Result<OutputDir> {
    let line = before.arguments.join(" ");
    let words = ["stance"].into_iter().chain(before.arguments.iter().map(String::as_str));
    let parsed = Cli::try_parse_from(words).map_err(|cause| {
        let first = cause.to_string().lines().next().unwrap_or_default().to_string();
        allowed.forged(&format!("its arguments cannot be understood ({line}): {first}"))
    })?;
    let again = match parsed.command {
        Command::Run(args) => crate::cli::commands::run::repeat(args, folder, allowed),
        Command::Score(args) => crate::cli::commands::score::repeat(args, folder, allowed),
        Command::Trend(args) => crate::cli::commands::trend::repeat(args, folder, allowed),
        _ => Err(allowed.forged(&format!("only run, score and trend are computed again, not: {line}"))),
    };
    again.map_err(|error| Error { message: format!("computing again failed: {}", error.message), ..error })
}

const CHANGED: &str = "has changed";

/// Names whose hashes are not the same, with what is the matter.
fn differences<'a>(
    before: &'a BTreeMap<String, String>,
    now: &'a BTreeMap<String, String>,
) -> Vec<(&'a str, &'static str)> {
    let gone = before.iter().filter_map(|(name, hash)| match now.get(name) {
        Some(found) if found == hash => None,
        Some(_) => Some((name.as_str(), CHANGED)),
        None => Some((name.as_str(), "is missing")),
    });
    let new = now.keys().filter(|name| !before.contains_key(*name)).map(|name| (name.as_str(), "is new"));
    gone.chain(new).collect()
}

fn told(folder: &Path, before: &Manifest, faults: Vec<String>, fine: &str) -> Result<()> {
    let place = folder.display();
    if faults.is_empty() {
        return messages::answer(&format!(
            "{place}: {fine} ({}, {}, {})\n",
            counted(before.outputs.len(), "file"),
            counted(before.inputs.len(), "input"),
            counted(before.resources.len(), "resource")
        ));
    }
    let all: String = faults.iter().map(|fault| format!("{}\n", visible_line(fault))).collect();
    messages::answer(&all)?;
    Err(Error::run(
        place.to_string(),
        format!("the results do not follow from what is there now: {}", counted(faults.len(), "difference")),
        "run the command again, or bring the files back as they were",
    ))
}
