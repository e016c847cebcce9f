//! The files that a run depends on beside its inputs: languages, lexicons, roster, events and
//! settings, with their hashes.

use crate::error::{Error, Result};
use crate::ingest::ResourcePath;
use crate::project::options::settings::Settings;
use crate::report;
use std::path::{Path, PathBuf};

/// Names of the lexicons that are used where none is named.
const DEFAULT_LEXICONS: [&str; 2] = ["integration-sovereignty", "sentiment"];
/// Name of the roster that is used where none is named.
const DEFAULT_ROSTER: &str = "data/actors/belarus-russia.toml";

/// The lexicons that are used where none is named.
pub fn default_lexicons() -> Vec<ResourcePath> {
    DEFAULT_LEXICONS.map(|name| ResourcePath::Builtin(format!("lexicons/{name}"))).to_vec()
}

/// The files and folders that a run depends on beside its inputs.
#[derive(Debug, Clone)]
pub struct Sources {
    /// The folder of language rules.
    pub languages: ResourcePath,
    /// The roster.
    pub roster: ResourcePath,
    /// Folders of lexicons.
    pub lexicons: Vec<ResourcePath>,
    /// The settings file, if there is one.
    pub settings: Option<PathBuf>,
    /// The file of events, if there is one.
    pub events: Option<ResourcePath>,
}

impl Sources {
    /// What settings name, else what this program carries.
    pub fn new(settings: &Settings) -> Sources {
        let lexicons = match settings.lexicon.as_deref() {
            None | Some([]) => default_lexicons(),
            Some(named) => named.iter().map(|path| ResourcePath::lexicon(path)).collect(),
        };
        let default_roster = || ResourcePath::Builtin(DEFAULT_ROSTER.into());
        Sources {
            languages: settings.languages.as_ref().map_or_else(ResourcePath::languages, ResourcePath::from),
            roster: settings.actors.as_ref().map_or_else(default_roster, |path| ResourcePath::roster(path)),
            lexicons,
            settings: settings.file.clone(),
            events: settings.events.as_ref().map(|path| ResourcePath::events(path)),
        }
    }

    /// The paths on disk among them.
    pub fn on_disk(&self) -> impl Iterator<Item = &Path> {
        let resources = self.of_rows().chain(&self.events);
        resources.filter_map(ResourcePath::on_disk).chain(self.settings.as_deref())
    }

    /// The resources that rows depend on. Rows depend on the options in the settings, too;
    /// these are keys of their own.
    pub fn of_rows(&self) -> impl Iterator<Item = &ResourcePath> {
        [&self.languages, &self.roster].into_iter().chain(&self.lexicons)
    }

    /// Name and SHA-256 of all their files, sorted by name.
    ///
    /// # Errors
    /// For a file that cannot be read.
    pub fn hashes(&self) -> Result<Vec<(String, String)>> {
        let mut hashes = Vec::new();
        for resource in self.of_rows().chain(&self.events) {
            hash_resource(resource, &mut hashes)?;
        }
        if let Some(settings) = &self.settings {
            hash(settings, &mut hashes)?;
        }
        hashes.sort();
        Ok(hashes)
    }
}

/// True if every path is a regular file, or a folder of nothing else. A pipe can be read only
/// once, so that a run that depends on one is never kept.
pub fn all_regular_files<'a>(mut paths: impl Iterator<Item = &'a Path>) -> bool {
    let kept = |kind: std::fs::FileType| kind.is_file() || kind.is_dir();
    paths.all(|path| path.exists() && walk(path).flatten().all(|entry| kept(entry.file_type())))
}

/// Adds name and SHA-256 of every file of a resource.
///
/// # Errors
/// For a file that cannot be read.
pub fn hash_resource(resource: &ResourcePath, into: &mut Vec<(String, String)>) -> Result<()> {
    if let Some(path) = resource.on_disk() {
        return hash(path, into);
    }
    for (file, bytes) in resource.embedded_files() {
        let unreadable = |cause| Error::run(file.to_string(), "the file cannot be read", "").because(cause);
        into.push((file.to_string(), report::hash(bytes).map_err(unreadable)?));
    }
    Ok(())
}

/// Adds path and SHA-256 of a file, or of every file of a folder. Links are followed, as
/// they are when the files are read.
///
/// # Errors
/// For a file that cannot be read.
pub fn hash(path: &Path, into: &mut Vec<(String, String)>) -> Result<()> {
    for entry in walk(path).flatten() {
        if !entry.file_type().is_file() {
            continue;
        }
        let digest = report::file_hash(entry.path()).map_err(|cause| {
            Error::run(entry.path().display().to_string(), "the file cannot be read", "check its permissions")
                .because(cause)
        })?;
        into.push((ResourcePath::from(entry.path()).to_string(), digest));
    }
    Ok(())
}

/// Everything in a folder, in a fixed order; a file is a folder of itself.
pub fn walk(path: &Path) -> walkdir::IntoIter {
    walkdir::WalkDir::new(path).follow_links(true).sort_by_file_name().into_iter()
}
