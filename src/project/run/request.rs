//! A run that is asked for: settings, inputs, the folder for the results, and resources.

use crate::error::Result;
use crate::project::options::scoring::Scoring;
use crate::project::resources::load;
use crate::project::resources::load::Settings;
use crate::project::resources::sources::Sources;
use crate::project::reuse::run_key::Asked;
use crate::report;
use std::path::{Path, PathBuf};

/// A run that is asked for.
pub struct RunRequest {
    pub settings: Settings,
    /// Files, folders and globs of articles.
    pub inputs: Vec<String>,
    /// Folder for the results.
    pub target: PathBuf,
    pub sources: Sources,
    pub scoring: Scoring,
}

impl RunRequest {
    /// What settings ask for.
    ///
    /// # Errors
    /// Where no input is named, or the folder for the results cannot be one.
    pub fn new(settings: Settings) -> Result<RunRequest> {
        let inputs = load::inputs(&settings)?;
        let target = report::resolved(&target(&settings, &inputs))?;
        let sources = Sources::new(&settings);
        let scoring = Scoring::new(&settings)?;
        Ok(RunRequest { settings, inputs, target, sources, scoring })
    }

    /// The same, for the look whether its results are there already.
    pub fn asked(&self, threads: Option<usize>) -> Asked<'_> {
        let RunRequest { settings, inputs, target, sources, .. } = self;
        Asked { settings, inputs, target, sources, threads }
    }
}

/// The folder for the results: the one that settings name, else one after the first input.
fn target(settings: &Settings, inputs: &[String]) -> PathBuf {
    settings.out.clone().unwrap_or_else(|| {
        let input = inputs.first().filter(|input| *input != "-").map(Path::new);
        // `.` and `..` have no name of their own.
        let name = input.and_then(|input| match input.file_stem() {
            Some(stem) => Some(stem.to_os_string()),
            None => input.canonicalize().ok()?.file_name().map(ToOwned::to_owned),
        });
        Path::new("reports").join(name.unwrap_or_else(|| "stdin".into()))
    })
}
