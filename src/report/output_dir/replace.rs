//! Puts new results in place of earlier ones, file by file.
//!
//! What may be replaced or removed is exactly what the earlier run.json lists and what is
//! still as that run wrote it (by SHA-256). Everything else is the user's: it stays, and
//! where it has the name of a new result it gets a name of its own beside it.

use crate::files::MANIFEST;
use crate::report::manifest::{Manifest, PAGE, file_hash, read_manifest};
use crate::report::output_dir::mark::{COMPLETE, MARK, mark};
use crate::report::seal::is_sealed;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file of the user that had the name of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its name before, below the results folder.
    pub name: String,
    /// Its name now.
    pub now: String,
}

/// Moves all files of `work` into `target`. May be repeated after a failure in between.
pub fn put_in_place(work: &Path, target: &Path) -> io::Result<Vec<Kept>> {
    if take_place(work, target) {
        // A run that ends at the same moment may have removed it.
        let _ = std::fs::remove_file(target.join(MARK));
        return Ok(Vec::new());
    }
    std::fs::create_dir_all(target)?;
    // Runs that end at the same moment move their files one run after the other.
    let lock = File::open(target).ok();
    if let Some(folder) = &lock {
        let _ = folder.lock();
    }
    let earlier: BTreeMap<String, String> = match read_manifest(target) {
        Ok(earlier) if is_own_file(&target.join(MANIFEST)) => earlier.files().map(owned).collect(),
        _ => BTreeMap::new(),
    };
    let is_ours = |name: &str| match name {
        PAGE => is_sealed(&target.join(PAGE)),
        _ => is_unchanged(target, name, earlier.get(name)),
    };
    let new = result_names(work)?;
    // A run that was stopped in between has moved some of them already.
    let listed: Vec<String> = match read_manifest(work) {
        Ok(manifest) => manifest.files().map(|(name, _)| name.to_string()).collect(),
        Err(_) => Vec::new(),
    };
    let page = PAGE.to_string();
    // The page is in no list. It is moved last, so that it has not been moved before as
    // long as everything else is still here.
    let page_is_old = listed.iter().all(|name| new.contains(name));
    for name in earlier.keys().chain(page_is_old.then_some(&page)) {
        if !listed.contains(name) && !new.contains(name) && is_ours(name) {
            std::fs::remove_file(target.join(name))?;
            remove_empty_folders(target, name);
        }
    }
    // All hashes before the first move: the fewer moments a killed run can leave half of both.
    let in_the_way: Vec<bool> = new
        .iter()
        .map(|name| {
            let own_manifest = name == MANIFEST && is_own_manifest(target);
            target.join(name).symlink_metadata().is_ok() && !own_manifest && !is_ours(name)
        })
        .collect();
    let mut kept = Vec::new();
    for (name, in_the_way) in new.iter().zip(in_the_way) {
        let path = target.join(name);
        if let Some(folder) = path.parent().filter(|folder| *folder != target) {
            make_way(target, folder, &mut kept)?;
            std::fs::create_dir_all(folder)?;
        }
        if in_the_way && path.symlink_metadata().is_ok() {
            kept.push(Kept { now: keep_aside(&path)?, name: name.clone() });
        }
        std::fs::rename(work.join(name), &path)?;
    }
    // From a run that was stopped right after it had renamed its folder.
    if mark(target).is_some_and(|text| text == COMPLETE) {
        let _ = std::fs::remove_file(target.join(MARK));
    }
    Ok(kept)
}

/// Files of an earlier run that are not as it wrote them.
pub fn changed(target: &Path, earlier: &Manifest) -> Vec<String> {
    let there = |name: &str| target.join(name).symlink_metadata().is_ok();
    let files = earlier.files().map(owned);
    files
        .filter(|(name, hash)| there(name) && !is_unchanged(target, name, Some(hash)))
        .map(|(name, _)| name)
        .collect()
}

/// Gives a file or folder a name that is free: "a.csv" becomes "a.kept-1.csv". Returns the
/// new name.
///
/// # Errors
/// What the system says of the move.
fn keep_aside(path: &Path) -> io::Result<String> {
    let text = |part: Option<&std::ffi::OsStr>| part.map(|part| part.to_string_lossy().into_owned());
    let stem = text(path.file_stem()).unwrap_or_default();
    let ending = text(path.extension()).map(|ending| format!(".{ending}")).unwrap_or_default();
    for number in 1.. {
        let name = format!("{stem}.kept-{number}{ending}");
        let free = path.with_file_name(&name);
        if free.symlink_metadata().is_err() {
            std::fs::rename(path, free)?;
            return Ok(name);
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Writes a file whole, beside one that has its name: that gets another one, which is
/// returned. A file that holds the same already stays as it is.
///
/// # Errors
/// What the system says.
pub fn replace_file(path: &Path, bytes: &[u8]) -> io::Result<Option<String>> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if is_own_file(path) && std::fs::read(path).is_ok_and(|found| found == bytes) {
        return Ok(None);
    }
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    let kept = path.symlink_metadata().is_ok().then(|| keep_aside(path)).transpose()?;
    file.persist(path).map_err(|cause| cause.error)?;
    Ok(kept)
}

/// Renames the whole work folder, where there is no target yet or an empty one. A folder
/// with content is never replaced by that: the system refuses it.
fn take_place(work: &Path, target: &Path) -> bool {
    let is_link = target.symlink_metadata().is_ok_and(|found| found.is_symlink());
    if is_link {
        return false;
    }
    // Made by us so that its permissions are those that the user gives to new folders.
    let _ = std::fs::create_dir(target);
    let Ok(found) = std::fs::metadata(target) else { return false };
    let before = std::fs::metadata(work).map(|found| found.permissions());
    if std::fs::set_permissions(work, found.permissions()).is_err() {
        return false;
    }
    let renamed = std::fs::rename(work, target).is_ok();
    if let (false, Ok(before)) = (renamed, before) {
        let _ = std::fs::set_permissions(work, before);
    }
    renamed
}

/// A regular file with the recorded hash; neither it nor a folder on the way is a link.
fn is_unchanged(target: &Path, name: &str, recorded: Option<&String>) -> bool {
    let Some(recorded) = recorded else { return false };
    let path = target.join(name);
    let folders = path.ancestors().skip(1).take_while(|folder| *folder != target);
    folders.into_iter().all(|folder| folder.symlink_metadata().is_ok_and(|found| found.is_dir()))
        && is_own_file(&path)
        && file_hash(&path).is_ok_and(|found| found == *recorded)
}

fn is_own_file(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|found| found.is_file())
}

fn is_own_manifest(target: &Path) -> bool {
    is_own_file(&target.join(MANIFEST))
        && read_manifest(target).is_ok_and(|earlier| earlier.program == crate::files::PROGRAM)
}

/// Moves a file of the user aside that lies where a folder of results must be.
fn make_way(target: &Path, folder: &Path, kept: &mut Vec<Kept>) -> io::Result<()> {
    let above = folder.ancestors().take_while(|above| *above != target).collect::<Vec<_>>();
    for path in above.into_iter().rev() {
        if path.symlink_metadata().is_ok_and(|found| !found.is_dir()) {
            let name = crate::files::place(path.strip_prefix(target).unwrap_or(path));
            kept.push(Kept { now: keep_aside(path)?, name });
        }
    }
    Ok(())
}

/// Names of all files of new results, below their folder, the page and `run.json` last.
///
/// # Errors
/// When the folder cannot be read.
pub fn result_names(work: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in walkdir::WalkDir::new(work).sort_by_file_name() {
        let entry = entry?;
        let name = entry.path().strip_prefix(work).unwrap_or(entry.path()).display().to_string();
        if entry.file_type().is_file() && name != MARK {
            names.push(name);
        }
    }
    names.sort_by_key(|name| (name == MANIFEST, name == PAGE));
    Ok(names)
}

/// Removes the folders of a removed file that are empty now.
fn remove_empty_folders(target: &Path, name: &str) {
    let folders: Vec<PathBuf> = Path::new(name).ancestors().skip(1).map(|part| target.join(part)).collect();
    for folder in folders.iter().filter(|folder| *folder != target) {
        // Fails, as it should, for a folder that holds something.
        if std::fs::remove_dir(folder).is_err() {
            break;
        }
    }
}

fn owned((name, hash): (&str, &str)) -> (String, String) {
    (name.to_string(), hash.to_string())
}
