//! A folder of results that appears whole or not at all.
//!
//! Lives here: the temporary folder and how it takes its place. May not live
//! here: what goes into it.
//!
//! A run writes into a hidden folder beside its target. At the end the two are
//! exchanged in one step where the system can do that (Linux), so that there is no
//! moment without results. Elsewhere the earlier results are set aside first, and a
//! run that is killed between the two steps leaves them under a name by which
//! the next run finds them and puts them back. A run locks its hidden folder; one
//! that nobody locks was left by a killed run and is removed by the next.

use crate::error::{Error, Result};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// A results folder being written.
pub struct Folder {
    work: tempfile::TempDir,
    target: PathBuf,
    /// Held as long as the folder is being written.
    _lock: Option<File>,
}

/// The file by which a results folder of ours is known.
const MARK: &str = "run.json";

impl Folder {
    /// Starts a folder beside `target`. Refuses a target that holds something
    /// else than an earlier run.
    pub fn begin(target: &Path) -> Result<Folder> {
        let place = target.display().to_string();
        let failed = |cause: io::Error| {
            Error::run(&place, "the results folder cannot be made", "check that the disk may be written to")
                .because(cause)
        };
        let parent = parent(target);
        std::fs::create_dir_all(&parent).map_err(failed)?;
        Folder::tidy(target).map_err(failed)?;
        let foreign = target.exists()
            && !target.join(MARK).exists()
            && std::fs::read_dir(target).map_or(true, |mut entries| entries.next().is_some());
        if foreign {
            return Err(Error::input(
                place,
                "this folder is not empty and holds no earlier results of stance",
                "name another folder with --out",
            ));
        }
        let (work, lock) = start(&parent, target).map_err(failed)?;
        Ok(Folder { work, target: target.to_path_buf(), _lock: lock })
    }

    /// Puts earlier results back that a killed run had set aside, and removes what
    /// killed runs left beside them.
    pub fn tidy(target: &Path) -> io::Result<()> {
        put_back(target)?;
        clean(&parent(target), target);
        Ok(())
    }

    /// Where to write.
    pub fn path(&self) -> &Path {
        self.work.path()
    }

    /// Puts the folder in its place; an earlier run there is replaced.
    pub fn commit(self) -> Result<PathBuf> {
        let place = self.target.display().to_string();
        let failed = |cause: io::Error| {
            Error::run(
                &place,
                "the results cannot be put in place",
                "check that nothing else uses the folder",
            )
            .because(cause)
        };
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(self.work.path(), std::fs::Permissions::from_mode(0o755))
                .map_err(failed)?;
        }
        if !self.target.exists() {
            std::fs::rename(self.work.path(), &self.target).map_err(failed)?;
            // The folder went away under its old name.
            let _ = self.work.keep();
        } else if exchange(self.work.path(), &self.target).is_err() {
            let aside = aside(&self.target);
            let _ = std::fs::remove_dir_all(&aside);
            std::fs::rename(&self.target, &aside).map_err(failed)?;
            if let Err(cause) = std::fs::rename(self.work.path(), &self.target) {
                let _ = std::fs::rename(&aside, &self.target);
                return Err(failed(cause));
            }
            let _ = self.work.keep();
            let _ = std::fs::remove_dir_all(aside);
        }
        // After an exchange the earlier results go with the temporary folder.
        Ok(self.target)
    }
}

/// The folder beside whose entries a target stands.
fn parent(target: &Path) -> PathBuf {
    match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

fn name(target: &Path) -> String {
    target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// How the hidden folders of a target begin.
fn prefix(target: &Path) -> String {
    format!(".{}.stance-", name(target))
}

/// Where earlier results wait between two renames.
fn aside(target: &Path) -> PathBuf {
    target.with_file_name(format!(".{}.replaced", name(target)))
}

/// Earlier results that a killed run had set aside, back to their place.
fn put_back(target: &Path) -> io::Result<()> {
    let aside = aside(target);
    if !aside.join(MARK).exists() {
        return Ok(());
    }
    if target.exists() { std::fs::remove_dir_all(aside) } else { std::fs::rename(aside, target) }
}

/// Removes what killed runs left beside a target.
fn clean(parent: &Path, target: &Path) {
    let prefix = prefix(target);
    for entry in std::fs::read_dir(parent).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(&prefix)
            && let Ok(folder) = File::open(entry.path())
            && folder.try_lock().is_ok()
        {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// A hidden folder of our own, locked where folders can be.
fn start(parent: &Path, target: &Path) -> io::Result<(tempfile::TempDir, Option<File>)> {
    let make = || tempfile::Builder::new().prefix(&prefix(target)).tempdir_in(parent);
    for _ in 0..3 {
        let work = make()?;
        let lock = File::open(work.path()).ok().filter(|folder| folder.try_lock().is_ok());
        // Another run may have taken the folder for a leftover before the lock.
        if lock.is_some() && work.path().exists() {
            return Ok((work, lock));
        }
    }
    // No locks on this disk: then leftovers are not told from folders in use.
    Ok((make()?, None))
}

/// Exchanges two folders in one step.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn exchange(one: &Path, two: &Path) -> io::Result<()> {
    use std::ffi::{CString, c_char, c_int, c_uint};
    use std::os::unix::ffi::OsStrExt;
    unsafe extern "C" {
        fn renameat2(from: c_int, one: *const c_char, to: c_int, two: *const c_char, flags: c_uint) -> c_int;
    }
    const HERE: c_int = -100;
    const EXCHANGE: c_uint = 2;
    let path = |path: &Path| CString::new(path.as_os_str().as_bytes()).map_err(io::Error::other);
    let (one, two) = (path(one)?, path(two)?);
    // SAFETY: both pointers are strings that end in NUL and outlive the call.
    let done = unsafe { renameat2(HERE, one.as_ptr(), HERE, two.as_ptr(), EXCHANGE) };
    if done == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::Error::from(io::ErrorKind::Unsupported))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn results(target: &Path, text: &str) {
        let folder = Folder::begin(target).unwrap();
        std::fs::write(folder.path().join(MARK), text).unwrap();
        folder.commit().unwrap();
    }

    fn entries(parent: &Path) -> Vec<String> {
        let mut all: Vec<String> = std::fs::read_dir(parent)
            .unwrap()
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        all.sort();
        all
    }

    #[test]
    fn new_results_replace_old_ones_and_nothing_else_is_left() {
        let parent = tempfile::tempdir().unwrap();
        let target = parent.path().join("a");
        results(&target, "1");
        results(&target, "2");
        assert_eq!(std::fs::read_to_string(target.join(MARK)).unwrap(), "2");
        drop(Folder::begin(&target).unwrap());
        assert_eq!(entries(parent.path()), ["a"]);
    }

    #[test]
    fn leftovers_of_killed_runs_go_and_folders_in_use_stay() {
        let parent = tempfile::tempdir().unwrap();
        let target = parent.path().join("a");
        std::fs::create_dir(parent.path().join(".a.stance-left")).unwrap();
        let using = Folder::begin(&target).unwrap();
        let other = Folder::begin(&target).unwrap();
        assert!(using.path().exists() && other.path().exists());
        assert_eq!(entries(parent.path()).len(), 2);
    }

    #[test]
    fn results_that_were_set_aside_come_back() {
        let parent = tempfile::tempdir().unwrap();
        let target = parent.path().join("a");
        results(&target, "1");
        std::fs::rename(&target, aside(&target)).unwrap();
        drop(Folder::begin(&target).unwrap());
        assert_eq!(std::fs::read_to_string(target.join(MARK)).unwrap(), "1");
        assert_eq!(entries(parent.path()), ["a"]);
    }
}
