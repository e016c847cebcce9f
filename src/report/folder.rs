//! A folder of results that appears whole or not at all.
//!
//! Lives here: the temporary folder and its renaming. May not live here: what
//! goes into it.

use crate::error::{Error, Result};
use std::path::{Path, PathBuf};

/// A results folder being written.
pub struct Folder {
    work: tempfile::TempDir,
    target: PathBuf,
}

/// The file by which a results folder of ours is known.
const MARK: &str = "run.json";

impl Folder {
    /// Starts a folder beside `target`. Refuses a target that holds something
    /// else than an earlier run.
    pub fn begin(target: &Path) -> Result<Folder> {
        let place = target.display().to_string();
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
        let parent = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
            _ => PathBuf::from("."),
        };
        let failed = |cause: std::io::Error| {
            Error::run(&place, "the results folder cannot be made", "check that the disk may be written to")
                .because(cause)
        };
        std::fs::create_dir_all(&parent).map_err(failed)?;
        let work = tempfile::Builder::new().prefix(".stance-").tempdir_in(&parent).map_err(failed)?;
        Ok(Folder { work, target: target.to_path_buf() })
    }

    /// Where to write.
    pub fn path(&self) -> &Path {
        self.work.path()
    }

    /// Puts the folder in its place; an earlier run there is replaced.
    pub fn commit(self) -> Result<PathBuf> {
        let place = self.target.display().to_string();
        let failed = |cause: std::io::Error| {
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
        let old = self.target.exists().then(|| {
            let name =
                self.target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            self.target.with_file_name(format!(".{name}.replaced"))
        });
        if let Some(old) = &old {
            let _ = std::fs::remove_dir_all(old);
            std::fs::rename(&self.target, old).map_err(failed)?;
        }
        let work = self.work.keep();
        if let Err(cause) = std::fs::rename(&work, &self.target) {
            if let Some(old) = &old {
                let _ = std::fs::rename(old, &self.target);
            }
            let _ = std::fs::remove_dir_all(&work);
            return Err(failed(cause));
        }
        if let Some(old) = old {
            let _ = std::fs::remove_dir_all(old);
        }
        Ok(self.target)
    }
}
