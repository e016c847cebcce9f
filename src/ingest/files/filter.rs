//! Which files of folders are read: `--include`, `--exclude`, and inputs with a glob.

use crate::error::{Error, Result};
use crate::ingest::short::short;
use globset::{GlobBuilder, GlobSet};
use std::path::{Path, PathBuf};

/// Maximum number of characters of a glob in a message.
const QUOTED: usize = 200;

/// Which files of folders are read (`--include`, `--exclude`). Files that are
/// named themselves are always read.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    include: Option<GlobSet>,
    exclude: Option<GlobSet>,
    /// The folder into which the run writes, without links.
    target: Option<PathBuf>,
}

impl Filter {
    /// From globs; one without a slash matches a name at any depth (`*.txt`), one with a slash a
    /// path below the input (`2019/**/*.txt`). A malformed glob is an error.
    pub fn new(include: &[String], exclude: &[String]) -> Result<Filter> {
        Ok(Filter {
            include: globs("--include", include, true)?,
            exclude: globs("--exclude", exclude, true)?,
            target: None,
        })
    }

    /// The same for a run that writes into a folder, which need not exist yet.
    pub fn writing_into(self, target: &Path) -> Filter {
        let there = |folder: &&Path| folder.exists();
        let real = std::path::absolute(target).ok().and_then(|target| {
            let folder = target.ancestors().find(there)?;
            Some(folder.canonicalize().ok()?.join(target.strip_prefix(folder).ok()?))
        });
        Filter { target: real, ..self }
    }

    /// True for the folder into which the run writes.
    pub fn is_target(&self, folder: &Path) -> bool {
        self.target.is_some() && folder.canonicalize().ok() == self.target
    }

    /// The path of the folder into which the run writes, if it is below another folder and not
    /// excluded there; relative to that folder.
    pub fn target_below(&self, folder: &Path) -> Option<PathBuf> {
        let real = folder.canonicalize().ok()?;
        let below = self.target.as_ref()?.strip_prefix(real).ok()?;
        let hidden = |part: std::path::Component| part.as_os_str().as_encoded_bytes().starts_with(b".");
        let out = below.as_os_str().is_empty()
            || below.components().any(hidden)
            || below.ancestors().any(|part| self.leaves_out(part));
        (!out).then(|| below.to_path_buf())
    }

    /// The files below a folder that match an input with a glob.
    pub fn below(&self, input: &str, glob: String) -> Result<Filter> {
        let include = globs(input, &[glob], false)?;
        Ok(Filter { include, ..self.clone() })
    }

    /// True if a file or folder is excluded.
    pub fn leaves_out(&self, below: &Path) -> bool {
        self.exclude.as_ref().is_some_and(|globs| globs.is_match(below))
    }

    /// True if a file is read.
    pub fn takes(&self, below: &Path) -> bool {
        !self.leaves_out(below) && self.include.as_ref().is_none_or(|globs| globs.is_match(below))
    }
}

/// `anywhere`: a glob without a slash matches a name at any depth.
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
            let (glob, kind) = (short(pattern, QUOTED), short(&cause.kind().to_string(), QUOTED));
            Error::input(short(flag, QUOTED), format!("'{glob}' is no glob: {kind}"), remedy)
        })?;
        set.add(glob);
    }
    set.build().map(Some).map_err(|cause| {
        Error::input(short(flag, QUOTED), short(&cause.to_string(), QUOTED), "give fewer globs")
    })
}
