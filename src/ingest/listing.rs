//! What is to be read: inputs and folders as a list of files, lazily and in a
//! fixed order.
//!
//! Lives here: walking folders, and what is never opened. May not live here:
//! reading. Nothing here opens a file; a folder's entries are sorted by name,
//! one folder in memory at a time.

use super::format::stem;
use crate::error::{Error, Result};
use crate::files::place;
use crate::model::Skipped;
use globset::{GlobBuilder, GlobSet};
use std::path::{Path, PathBuf};

/// How deep folders may lie in each other.
const DEPTH: usize = 64;

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Where it is; `-` is standard input.
    pub path: PathBuf,
    /// The path as the user named it.
    pub place: String,
}

impl Source {
    /// Whether this is standard input.
    pub fn is_standard_input(&self) -> bool {
        self.path.as_os_str() == "-"
    }

    /// Its name without endings, for ids.
    pub fn stem(&self) -> String {
        if self.is_standard_input() { "stdin".into() } else { stem(&self.path) }
    }
}

/// An entry of the list.
#[derive(Debug, PartialEq, Eq)]
pub enum Listed {
    /// To be read.
    Source(Source),
    /// Not to be read, and why.
    Skipped(Skipped),
}

/// Which files of folders are read (`--include`, `--exclude`). Files that are
/// named themselves are always read.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    include: Option<GlobSet>,
    exclude: Option<GlobSet>,
}

impl Filter {
    /// From globs; one without a slash fits a name at any depth (`*.txt`), one
    /// with a slash a path below the input (`2019/**/*.txt`).
    pub fn new(include: &[String], exclude: &[String]) -> Result<Filter> {
        Ok(Filter {
            include: globs("--include", include, true)?,
            exclude: globs("--exclude", exclude, true)?,
        })
    }

    fn leaves_out(&self, below: &Path) -> bool {
        self.exclude.as_ref().is_some_and(|globs| globs.is_match(below))
    }

    fn takes(&self, below: &Path) -> bool {
        !self.leaves_out(below) && self.include.as_ref().is_none_or(|globs| globs.is_match(below))
    }
}

/// `anywhere`: a glob without a slash fits a name at any depth.
fn globs(flag: &str, patterns: &[String], anywhere: bool) -> Result<Option<GlobSet>> {
    if patterns.is_empty() {
        return Ok(None);
    }
    let mut set = GlobSet::builder();
    for pattern in patterns {
        let whole =
            if !anywhere || pattern.contains('/') { pattern.clone() } else { format!("**/{pattern}") };
        let glob = GlobBuilder::new(&whole).literal_separator(true).build().map_err(|cause| {
            let remedy = "use * for any name, ** for folders, {a,b} for either";
            Error::input(flag, format!("'{pattern}' is no glob: {}", cause.kind()), remedy)
        })?;
        set.add(glob);
    }
    set.build().map(Some).map_err(|cause| Error::input(flag, cause.to_string(), "give fewer globs"))
}

/// The list.
pub struct Listing {
    inputs: std::vec::IntoIter<(PathBuf, Filter)>,
    walk: Option<(walkdir::IntoIter, PathBuf, Filter)>,
}

impl Listing {
    /// Checks that every input is there and may be read.
    pub fn new(inputs: &[String], filter: &Filter) -> Result<Listing> {
        let mut all = Vec::new();
        for input in inputs {
            if input == "-" {
                all.push((PathBuf::from(input), Filter::default()));
                continue;
            }
            if let Some((folder, pattern)) = pattern(input) {
                let include = globs(input, std::slice::from_ref(&pattern), false)?;
                all.push((folder, Filter { include, exclude: filter.exclude.clone() }));
                continue;
            }
            let kind = std::fs::metadata(input).map_err(|cause| match cause.kind() {
                std::io::ErrorKind::NotFound => {
                    Error::input(input, "there is no such file or folder", "check the spelling")
                }
                _ => Error::input(input, "cannot be looked at", "check its permissions").because(cause),
            })?;
            if !kind.is_file() && !kind.is_dir() {
                return Err(Error::input(
                    input,
                    "this is neither a file nor a folder (a pipe or a device)",
                    "pipe the text in and name - as the input, or save it to a file",
                ));
            }
            all.push((PathBuf::from(input), filter.clone()));
        }
        Ok(Listing { inputs: all.into_iter(), walk: None })
    }
}

impl Iterator for Listing {
    type Item = Listed;

    fn next(&mut self) -> Option<Listed> {
        loop {
            let Some((walk, base, filter)) = &mut self.walk else {
                let (input, filter) = self.inputs.next()?;
                if input.is_dir() {
                    let walk = walkdir::WalkDir::new(&input).follow_links(true).sort_by_file_name();
                    self.walk = Some((walk.into_iter(), input, filter));
                    continue;
                }
                let place = place(&input);
                return Some(Listed::Source(Source { path: input, place }));
            };
            let entry = match walk.next() {
                None => {
                    self.walk = None;
                    continue;
                }
                Some(Ok(entry)) => entry,
                Some(Err(cause)) => return Some(Listed::Skipped(unreadable(&cause))),
            };
            let kind = entry.file_type();
            let below = entry.path().strip_prefix(&*base).unwrap_or(entry.path());
            let hidden = entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
            if hidden || entry.depth() > 0 && filter.leaves_out(below) {
                if kind.is_dir() {
                    walk.skip_current_dir();
                }
                continue;
            }
            let place = place(entry.path());
            if kind.is_dir() {
                if entry.depth() > DEPTH {
                    walk.skip_current_dir();
                    let detail = format!(
                        "folders lie more than {DEPTH} deep in each other: name this folder itself to read it"
                    );
                    return Some(Listed::Skipped(Skipped::new(place, "depth", detail)));
                }
            } else if !filter.takes(below) {
                continue;
            } else if !kind.is_file() {
                let detail =
                    "this is a pipe, a socket or a device and was not opened: save its text to a file";
                return Some(Listed::Skipped(Skipped::new(place, "special", detail)));
            } else if !is_note(entry.path()) {
                return Some(Listed::Source(Source { path: entry.into_path(), place }));
            }
        }
    }
}

/// An input that is no file but a glob the shell did not resolve: the folder
/// before it and the glob below that.
fn pattern(input: &str) -> Option<(PathBuf, String)> {
    if !input.contains(['*', '?', '[', '{']) || Path::new(input).exists() {
        return None;
    }
    let parts: Vec<&str> = input.split('/').collect();
    let literal = parts.iter().take_while(|part| !part.contains(['*', '?', '[', '{'])).count();
    let folder = match parts[..literal].join("/") {
        folder if folder.is_empty() && input.starts_with('/') => "/".to_string(),
        folder if folder.is_empty() => ".".to_string(),
        folder => folder,
    };
    let rest = parts[literal..].join("/");
    Path::new(&folder).is_dir().then(|| (PathBuf::from(folder), rest))
}

/// README and LICENSE files speak of the folder and are no articles.
fn is_note(path: &Path) -> bool {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default();
    stem == "readme" || stem.starts_with("license")
}

fn unreadable(cause: &walkdir::Error) -> Skipped {
    let place = cause.path().map_or(String::new(), place);
    if let Some(ancestor) = cause.loop_ancestor() {
        let detail = format!("the link leads back to {}: it was not followed", crate::files::place(ancestor));
        return Skipped::new(place, "loop", detail);
    }
    let why = cause.io_error().map_or_else(|| cause.to_string(), ToString::to_string);
    Skipped::new(place, "unreadable", format!("cannot be read: {why}; check the permissions"))
}
