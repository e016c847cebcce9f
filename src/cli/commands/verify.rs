//! `stance verify`: do results still follow from their inputs?
//!
//! The results may come from a stranger. So nothing that their run.json says is run: its
//! arguments are parsed into the known options of three commands, these compute into a
//! hidden folder of our own that is never put in place, and only files below the folders
//! that the user names are read.

use crate::cli::{Cli, Command, messages};
use crate::error::{Error, Result};
use crate::files;
use crate::ingest::ResourcePath;
use crate::model::{counted, visible_line};
use crate::project::sources;
use crate::project::sources::Sources;
use crate::report;
use crate::report::{Manifest, OutputDir};
use clap::{Args, Parser};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Options of `stance verify`.
#[derive(Args, Debug)]
pub struct VerifyArgs {
    /// Folder of results, with its run.json; run this where the results were made
    folder: PathBuf,
    /// Compare hashes only; do not compute anything again
    #[arg(long)]
    hashes_only: bool,
    /// A folder or file outside of this folder and of the one around the results from
    /// which inputs, lexicons and roster may be read; may be given several times
    #[arg(long, value_name = "PATH")]
    allow: Vec<PathBuf>,
}

/// What a run.json may make verify read.
#[derive(Debug)]
pub struct Allowed {
    /// Folders and files, without links in them.
    roots: Vec<PathBuf>,
    /// The results that are verified.
    folder: PathBuf,
}

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

impl Allowed {
    fn new(args: &VerifyArgs) -> Result<Allowed> {
        let around = args.folder.canonicalize().ok().and_then(|folder| Some(folder.parent()?.to_path_buf()));
        let named = args.allow.iter().map(|path| {
            path.canonicalize().map_err(|cause| {
                let place = format!("--allow {}", path.display());
                Error::input(place, "there is no such file or folder", "check the spelling").because(cause)
            })
        });
        let mut roots = named.collect::<Result<Vec<PathBuf>>>()?;
        roots.extend(around);
        roots.extend(std::env::current_dir().ok().and_then(|here| here.canonicalize().ok()));
        Ok(Allowed { roots, folder: args.folder.clone() })
    }

    /// Refuses a path that the user has not named, and what is neither file nor folder.
    /// What is not there is left to whoever opens it.
    ///
    /// # Errors
    /// With the path and what to do.
    pub fn path(&self, path: &Path) -> Result<()> {
        let place = || files::place(path);
        let Ok(real) = path.canonicalize() else { return Ok(()) };
        let kind = std::fs::metadata(&real).map(|found| found.is_file() || found.is_dir());
        if !kind.unwrap_or(false) {
            let remedy = "do not trust these results";
            return Err(Error::input(place(), "is a pipe or a device and was not opened", remedy));
        }
        if self.roots.iter().any(|root| real.starts_with(root)) {
            return Ok(());
        }
        let remedy = format!("if you trust run.json, allow it with --allow {}", place());
        Err(Error::input(place(), "lies outside of this folder and of the results, and was not read", remedy))
    }

    /// Refuses the paths of a command that the user has not named.
    ///
    /// # Errors
    /// For the first one.
    pub fn check(&self, inputs: &[String], sources: &Sources) -> Result<()> {
        if inputs.iter().any(|input| input == "-") {
            return Err(self.forged("its arguments read standard input, its inputs do not say so"));
        }
        // The folder before a glob.
        let before_glob = |input: &String| -> PathBuf {
            let fixed = Path::new(input).components();
            let literal = |part: &std::path::Component| {
                !part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{'])
            };
            if Path::new(input).exists() { input.into() } else { fixed.take_while(literal).collect() }
        };
        let inputs: Vec<PathBuf> = inputs.iter().map(before_glob).collect();
        inputs.iter().map(PathBuf::as_path).chain(sources.on_disk()).try_for_each(|path| self.path(path))
    }

    /// Refuses options that no run.json of ours holds.
    ///
    /// # Errors
    /// For the first option that is given.
    pub fn refuse(&self, given: &[(&str, bool)]) -> Result<()> {
        match given.iter().find(|(_, given)| *given) {
            Some((flag, _)) => Err(self.forged(&format!("its arguments hold {flag}, which no run records"))),
            None => Ok(()),
        }
    }

    fn forged(&self, what: &str) -> Error {
        let place = self.folder.join(files::MANIFEST).display().to_string();
        Error::input(place, what, "do not trust these results")
    }
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
