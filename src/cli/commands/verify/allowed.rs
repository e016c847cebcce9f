//! Which files a run.json of a stranger may make verify read.

use crate::cli::commands::verify::args::VerifyArgs;
use crate::error::{Error, Result};
use crate::files;
use crate::project::resources::sources::Sources;
use std::path::{Path, PathBuf};

/// What a run.json may make verify read.
#[derive(Debug)]
pub struct Allowed {
    /// Folders and files, without links in them.
    roots: Vec<PathBuf>,
    /// The results that are verified.
    folder: PathBuf,
}

impl Allowed {
    /// The folders and files that options name, with the current folder and the one around
    /// the results.
    ///
    /// # Errors
    /// Where a path of --allow is not there.
    pub fn new(args: &VerifyArgs) -> Result<Allowed> {
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

    /// The error of a run.json that no run of ours wrote.
    pub fn forged(&self, what: &str) -> Error {
        let place = self.folder.join(files::MANIFEST).display().to_string();
        Error::input(place, what, "do not trust these results")
    }
}
