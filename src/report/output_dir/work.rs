//! The hidden folder into which a run writes.
//!
//! It carries a mark of ours and is locked as long as a run uses it. Only marked folders
//! that nobody locks are removed. Once its results are complete the mark says so, and a
//! run that finds such a folder finishes moving its files.

use crate::report::output_dir::mark::{COMPLETE, MARK, WRITING, mark};
use crate::report::output_dir::replace;
use crate::report::output_dir::replace::Kept;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Folders of this process that a signal must remove.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// A hidden folder in use.
#[derive(Debug)]
pub struct Work {
    folder: tempfile::TempDir,
    /// Held as long as the folder is used. None where folders cannot be locked: then
    /// leftovers cannot be distinguished from folders in use.
    lock: Option<File>,
}

impl Work {
    /// Makes one beside a target.
    pub fn begin(target: &Path) -> io::Result<Work> {
        // Under the lock of the list, so that a signal finds no folder that is in no list.
        let mut list = unfinished();
        let make = || -> io::Result<tempfile::TempDir> {
            let folder = tempfile::Builder::new().prefix(&prefix(target)).tempdir_in(parent(target))?;
            std::fs::write(folder.path().join(MARK), WRITING)?;
            Ok(folder)
        };
        for _ in 0..3 {
            let folder = make()?;
            let lock = File::open(folder.path()).ok().filter(|folder| folder.try_lock().is_ok());
            // Another run may have taken the folder for a leftover before the lock.
            if lock.is_some() && folder.path().join(MARK).exists() {
                return Ok(Work::in_use(folder, lock, &mut list));
            }
        }
        Ok(Work::in_use(make()?, None, &mut list))
    }

    fn in_use(folder: tempfile::TempDir, lock: Option<File>, list: &mut Vec<PathBuf>) -> Work {
        list.push(folder.path().to_path_buf());
        Work { folder, lock }
    }

    /// Where to write.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Moves everything to the target.
    pub fn put_in_place(mut self, target: &Path) -> io::Result<Vec<Kept>> {
        // A signal waits until everything is in its place.
        let mut unfinished = unfinished();
        std::fs::write(self.path().join(MARK), COMPLETE)?;
        let kept = replace::put_in_place(self.path(), target);
        if kept.is_err() {
            // The results are complete: the next run finishes what could not be done now.
            unfinished.retain(|path| path != self.path());
            drop(unfinished);
            let path = self.path().to_path_buf();
            std::mem::forget(self);
            return kept.map_err(|cause| {
                io::Error::new(cause.kind(), format!("{cause}; they are complete in {}", path.display()))
            });
        }
        // Nobody is to finish again what is finished.
        let _ = std::fs::remove_file(self.path().join(MARK));
        // The folder may be the target now, and whoever locks that next must not wait for
        // this one as long as it waits for the list.
        drop(self.lock.take());
        drop(unfinished);
        kept
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        let path = self.folder.path().to_path_buf();
        let mut list = unfinished();
        let _ = std::fs::remove_dir_all(&path);
        list.retain(|unfinished| *unfinished != path);
    }
}

fn unfinished() -> MutexGuard<'static, Vec<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes the hidden folders of this process. For the end by a signal: waits for results
/// that are being put in place, and lets none begin afterwards as long as the guard lives.
pub fn remove_unfinished() -> impl Drop {
    let unfinished = unfinished();
    for path in unfinished.iter() {
        let _ = std::fs::remove_dir_all(path);
    }
    unfinished
}

/// Finishes or removes what killed runs left beside a target.
pub fn tidy(target: &Path) -> io::Result<()> {
    let prefix = prefix(target);
    for entry in std::fs::read_dir(parent(target)).into_iter().flatten().flatten() {
        let path = entry.path();
        // A link of that name is somebody else's; the type is that of the entry itself.
        let is_dir = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if !is_dir || !entry.file_name().to_string_lossy().starts_with(&prefix) {
            continue;
        }
        let Some(lock) = File::open(&path).ok().filter(|folder| folder.try_lock().is_ok()) else { continue };
        match mark(&path).as_deref() {
            Some(COMPLETE) => {
                replace::put_in_place(&path, target)?;
                std::fs::remove_dir_all(&path).or_else(|cause| match cause.kind() {
                    io::ErrorKind::NotFound => Ok(()),
                    _ => Err(cause),
                })?;
            }
            Some(WRITING) => {
                let _ = std::fs::remove_dir_all(&path);
            }
            _ => {}
        }
        drop(lock);
    }
    Ok(())
}

/// The folder in which a target lies.
fn parent(target: &Path) -> PathBuf {
    match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

/// How the hidden folders of a target begin.
fn prefix(target: &Path) -> String {
    let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    format!(".{name}.stance-")
}
