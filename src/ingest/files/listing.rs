//! The list of files in the inputs, lazily and in a fixed order: a folder's entries are sorted by
//! name, with one folder in memory at a time. No article is opened here.

use crate::error::{Error, Result};
use crate::files::{is_results, place};
use crate::ingest::files::filter::Filter;
use crate::ingest::files::format::{Compression, FileFormat, FileKind, stem};
use crate::ingest::files::links;
use crate::ingest::files::links::SeenFiles;
use crate::model::Skipped;
use std::path::{Path, PathBuf};

/// Maximum depth of folders.
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
    /// True for standard input.
    pub fn is_standard_input(&self) -> bool {
        self.path.as_os_str() == "-"
    }

    /// What the file holds, by its name; `given` is for standard input and for names without a
    /// known ending. The error is a sentence for the user.
    pub fn kind(&self, given: Option<FileKind>) -> std::result::Result<FileKind, String> {
        match (given, self.is_standard_input()) {
            (Some(kind), true) => Ok(kind),
            (None, true) => Ok(FileKind { format: FileFormat::Text, compression: Compression::Plain }),
            (Some(kind), false) => FileKind::of(&self.path).or(Ok(kind)),
            (None, false) => FileKind::of(&self.path),
        }
    }

    /// The row of `skipped.csv` if no format fits the file.
    pub fn unknown_format(&self, detail: String) -> Skipped {
        Skipped::new(&self.place, "format", detail)
    }

    /// Its name without endings, for ids.
    pub fn stem(&self) -> String {
        if self.is_standard_input() { "stdin".into() } else { stem(&self.path) }
    }
}

/// An entry of the list.
#[derive(Debug, PartialEq, Eq)]
pub enum ListingEntry {
    /// A file to be read.
    File(Source),
    /// Not to be read, and why.
    Skipped(Skipped),
}

/// The list, an iterator of entries.
pub struct Listing {
    inputs: std::vec::IntoIter<(PathBuf, Filter)>,
    follow_links: bool,
    walk: Option<Walk>,
    /// Files listed before; used only where links are followed.
    seen: SeenFiles,
    /// A file whose note was given; comes next.
    waiting: Option<Source>,
}

/// A folder being walked.
struct Walk {
    entries: walkdir::IntoIter,
    base: PathBuf,
    filter: Filter,
    /// Folders walked before; used only where links are followed.
    seen: SeenFiles,
}

impl Listing {
    /// Lists inputs. An input that does not exist, or is neither file nor folder, is an error.
    pub fn new(inputs: &[String], filter: &Filter, follow_links: bool) -> Result<Listing> {
        let mut all = Vec::new();
        for input in inputs {
            if input == "-" {
                all.push((PathBuf::from(input), Filter::default()));
                continue;
            }
            if let Some((folder, pattern)) = pattern(input) {
                all.push((folder, filter.below(input, pattern)?));
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
        let inputs = all.into_iter();
        Ok(Listing { inputs, follow_links, walk: None, seen: SeenFiles::default(), waiting: None })
    }

    /// The next input: a folder is walked, a file is listed whatever was seen before.
    fn next_input(&mut self) -> Option<Option<ListingEntry>> {
        let (input, filter) = self.inputs.next()?;
        if input.is_dir() {
            let entries = walkdir::WalkDir::new(&input).follow_links(self.follow_links).sort_by_file_name();
            // The same whether results of an earlier run are there or not, so that the first
            // and the second run write the same tables.
            let target = filter.target_below(&input);
            let note = target.map(|below| ListingEntry::Skipped(results(&input.join(below))));
            self.walk =
                Some(Walk { entries: entries.into_iter(), base: input, filter, seen: SeenFiles::default() });
            return Some(note);
        }
        if let Some(found) = input.metadata().ok().filter(|_| self.follow_links) {
            self.seen.first(&input, &found);
        }
        let place = place(&input);
        Some(Some(ListingEntry::File(Source { path: input, place })))
    }
}

impl Iterator for Listing {
    type Item = ListingEntry;

    fn next(&mut self) -> Option<ListingEntry> {
        loop {
            if let Some(source) = self.waiting.take() {
                return Some(ListingEntry::File(source));
            }
            let Some(walk) = &mut self.walk else {
                match self.next_input()? {
                    Some(listed) => return Some(listed),
                    None => continue,
                }
            };
            let entry = match walk.entries.next() {
                None => {
                    self.walk = None;
                    continue;
                }
                Some(Ok(entry)) => entry,
                Some(Err(cause)) => return Some(ListingEntry::Skipped(unreadable(&cause))),
            };
            let kind = entry.file_type();
            // The input itself is followed if it is a link: the user named it.
            let is_root = entry.depth() == 0;
            let below = entry.path().strip_prefix(&walk.base).unwrap_or(entry.path());
            let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            let out = !is_root && (hidden || walk.filter.leaves_out(below));
            let listed = if out {
                None
            } else if is_root || kind.is_dir() {
                match walk.folder(&entry, self.follow_links) {
                    Folder::Walked(note) => {
                        if let Some(note) = note {
                            return Some(ListingEntry::Skipped(note));
                        }
                        continue;
                    }
                    Folder::LeftOut(note) => note,
                }
            } else if kind.is_symlink() {
                let wanted = entry.path().is_dir() || walk.filter.takes(below) && !is_note(entry.path());
                wanted.then(|| links::not_followed(entry.path()))
            } else if !walk.filter.takes(below) {
                None
            } else if !kind.is_file() {
                let detail =
                    "this is a pipe, a socket or a device and was not opened: save its text to a file";
                Some(Skipped::new(place(entry.path()), "special", detail))
            } else if is_note(entry.path()) {
                None
            } else {
                let is_link = entry.path_is_symlink();
                let first = !self.follow_links
                    || entry.metadata().map_or(true, |found| self.seen.first(entry.path(), &found));
                if !first {
                    return Some(ListingEntry::Skipped(links::seen_before(entry.path(), is_link)));
                }
                let note = if is_link { links::leads_out(entry.path(), &walk.base) } else { None };
                let place = place(entry.path());
                self.waiting = Some(Source { path: entry.into_path(), place });
                match note {
                    Some(note) => return Some(ListingEntry::Skipped(note)),
                    None => continue,
                }
            };
            if kind.is_dir() || is_root {
                walk.entries.skip_current_dir();
            }
            if let Some(note) = listed {
                return Some(ListingEntry::Skipped(note));
            }
        }
    }
}

/// What is done with a folder.
enum Folder {
    /// Its entries come next, after a note.
    Walked(Option<Skipped>),
    /// It is left out, and why if that is worth a note.
    LeftOut(Option<Skipped>),
}

impl Walk {
    fn folder(&mut self, entry: &walkdir::DirEntry, follow_links: bool) -> Folder {
        let path = entry.path();
        if entry.depth() > DEPTH {
            let detail = format!(
                "folders lie more than {DEPTH} deep in each other: name this folder itself to read it"
            );
            return Folder::LeftOut(Some(Skipped::new(place(path), "depth", detail)));
        }
        // Its tables would be read as articles, more of them with every run.
        if is_results(path) {
            if self.filter.is_target(path) {
                return Folder::LeftOut(None);
            }
            return Folder::LeftOut(Some(results(path)));
        }
        if !follow_links {
            return Folder::Walked(None);
        }
        let is_link = entry.depth() > 0 && entry.path_is_symlink();
        if !path.metadata().map_or(true, |found| self.seen.first(path, &found)) {
            return Folder::LeftOut(Some(links::seen_before(path, is_link)));
        }
        Folder::Walked(if is_link { links::leads_out(path, &self.base) } else { None })
    }
}

/// An input that is no file but a glob that the shell did not expand: its folder and the glob
/// below it.
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

/// The row of a folder with results.
fn results(folder: &Path) -> Skipped {
    let detail = "results of stance, not articles: this folder was left out";
    Skipped::new(place(folder), "results", detail)
}

/// README and LICENSE files describe the folder and are no articles.
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
