//! A folder of results that appears whole, and in which nothing of the user is lost.
//!
//! A run writes into a hidden folder beside its target. At the end its files are moved
//! into the target one by one (see [`replace`]); the target itself is never exchanged or
//! removed, so that whatever else lies there stays where it is.

pub(crate) mod mark;
pub(crate) mod replace;
#[cfg(test)]
pub(crate) mod tests;
pub(crate) mod work;

pub use crate::report::output_dir::replace::{Kept, replace_file, result_names};
pub use crate::report::output_dir::work::remove_unfinished;

use crate::error::{Error, Result};
use crate::files::{FORMAT, MANIFEST, PROGRAM};
use crate::report::manifest;
use crate::report::output_dir::work::Work;
use std::io;
use std::path::{Path, PathBuf};

/// Names shown of what lies in a folder.
const SHOWN: usize = 5;

/// A results folder being written.
#[derive(Debug)]
pub struct OutputDir {
    work: Work,
    target: PathBuf,
}

/// Results in their place.
#[derive(Debug)]
pub struct Placed {
    /// The results folder.
    pub path: PathBuf,
    /// Files of the user that had the name of a result, and the names that they have now.
    pub kept: Vec<Kept>,
}

impl OutputDir {
    /// Starts a folder that will become `target`.
    ///
    /// # Errors
    /// When `target` is a file, or a folder with content that is not results of stance, or
    /// when the disk cannot be written.
    pub fn begin(target: &Path) -> Result<OutputDir> {
        let target = resolved(target)?;
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent).map_err(|cause| cannot_be_made(&target, cause))?;
        }
        tidy(&target).map_err(|cause| cannot_be_made(&target, cause))?;
        check(&target)?;
        OutputDir::beside(&target)
    }

    /// The same, but refuses results that somebody has changed since they were written:
    /// sheets that coders have filled in must not be replaced by empty ones.
    ///
    /// # Errors
    /// Those of [`OutputDir::begin`], and results that were changed.
    pub fn begin_over_unchanged(target: &Path) -> Result<OutputDir> {
        let folder = OutputDir::begin(target)?;
        let changed = match manifest::read_manifest(&folder.target) {
            Ok(earlier) => replace::changed(&folder.target, &earlier),
            Err(_) => Vec::new(),
        };
        if changed.is_empty() {
            return Ok(folder);
        }
        Err(Error::input(
            folder.target.display().to_string(),
            format!("{} changed since the command wrote this folder", listed(&changed)),
            "name another folder with --out, so that nothing of this work is replaced",
        ))
    }

    /// Starts a folder beside `target` without a look at what lies there: for results that
    /// are only compared and never put in place.
    ///
    /// # Errors
    /// When the disk cannot be written.
    pub fn beside(target: &Path) -> Result<OutputDir> {
        let work = Work::begin(target).map_err(|cause| cannot_be_made(target, cause))?;
        Ok(OutputDir { work, target: target.to_path_buf() })
    }

    /// Where to write.
    pub fn path(&self) -> &Path {
        self.work.path()
    }

    /// Puts the results in their place. An earlier run there is replaced; everything else
    /// stays.
    ///
    /// # Errors
    /// When files cannot be moved. What was moved then stays, and the next run moves the
    /// rest.
    pub fn commit(self) -> Result<Placed> {
        let OutputDir { work, target } = self;
        let kept = work.put_in_place(&target).map_err(|cause| {
            let remedy = "check that nothing else uses the folder";
            Error::run(target.display().to_string(), "the results cannot be put in place", remedy)
                .because(cause)
        })?;
        Ok(Placed { path: target, kept })
    }
}

impl Placed {
    /// A sentence for each file of the user that was given another name.
    pub fn notes(&self) -> impl Iterator<Item = String> {
        let place = self.path.display();
        self.kept.iter().map(move |Kept { name, now }| {
            format!("{name} in {place} was not as the last run wrote it; it is kept as {now}")
        })
    }
}

/// The folder that a target names, through a link.
///
/// # Errors
/// A file, a link that leads nowhere, a name without an end.
pub fn resolved(target: &Path) -> Result<PathBuf> {
    let place = target.display().to_string();
    let refused = |what: &str| Error::input(&place, what, "name another folder with --out");
    let Ok(found) = target.symlink_metadata() else {
        return match target.file_name() {
            // "a/." as "a".
            Some(_) => Ok(target.components().collect()),
            None => Err(refused("there is no such folder")),
        };
    };
    let is_dir = std::fs::metadata(target).is_ok_and(|found| found.is_dir());
    match (found.is_symlink(), is_dir) {
        (true, false) => Err(refused("this link leads to no folder")),
        (false, false) => Err(refused("this is a file, not a folder")),
        // The folder has a name only when it is written out: ".", "a/..".
        _ if found.is_symlink() || target.file_name().is_none() => {
            let path =
                target.canonicalize().map_err(|cause| refused("cannot be looked at").because(cause))?;
            if path.file_name().is_none() { Err(refused("this is the root of the disk")) } else { Ok(path) }
        }
        _ => Ok(target.to_path_buf()),
    }
}

/// Finishes what killed runs had begun to put in place, and removes what they left beside
/// the target.
///
/// # Errors
/// When results that were complete cannot be moved.
pub fn tidy(target: &Path) -> io::Result<()> {
    work::tidy(target)
}

/// Refuses a folder that holds something and is not ours.
fn check(target: &Path) -> Result<()> {
    let there = entries(target);
    if there.is_empty() {
        return Ok(());
    }
    let refused = |what: String| {
        let remedy = "name another folder with --out, so that nothing here is touched";
        Error::input(target.display().to_string(), what, remedy)
    };
    let is_file = target.join(MANIFEST).symlink_metadata().is_ok_and(|found| found.is_file());
    match manifest::read_manifest(target) {
        Ok(earlier) if is_file && earlier.program == PROGRAM && earlier.format <= FORMAT => Ok(()),
        Ok(earlier) if is_file && earlier.program == PROGRAM => {
            Err(refused(format!("a newer version of stance wrote these results ({})", earlier.version)))
        }
        _ => Err(refused(format!("this folder holds {} and no results of stance", listed(&there)))),
    }
}

/// Sorted names in a folder; none when there is no folder.
fn entries(folder: &Path) -> Vec<String> {
    let found = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = found.map(|entry| crate::files::place(entry.file_name().as_ref())).collect();
    names.sort();
    names
}

/// "a, b and 3 more".
fn listed(names: &[String]) -> String {
    let shown = names.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN { format!("{shown} and {} more", names.len() - SHOWN) } else { shown }
}

fn cannot_be_made(target: &Path, cause: io::Error) -> Error {
    let remedy = "check that the disk may be written to";
    Error::run(target.display().to_string(), "the results folder cannot be made", remedy).because(cause)
}
