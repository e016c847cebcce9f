//! Where lexicons, language rules, roster and settings lie.
//!
//! Lives here: which files a run follows from beside its inputs, and their hashes. May
//! not live here: what stands in them (see `ingest`).

use crate::error::{Error, Result};
use crate::project::settings::Settings;
use crate::report;
use std::path::{Path, PathBuf};

/// Where the files that come with stance lie: this folder, else the folder it
/// was built from.
pub fn shipped(relative: &str) -> PathBuf {
    let here = PathBuf::from(relative);
    if here.exists() {
        return here;
    }
    built_from().join(relative)
}

/// The folder that stance was built from.
pub fn built_from() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The lexicons that come with stance.
pub fn shipped_lexicons() -> Vec<PathBuf> {
    vec![shipped("lexicons/integration-sovereignty"), shipped("lexicons/sentiment")]
}

/// The files and folders that a run follows from beside its inputs.
#[derive(Debug, Clone)]
pub struct Sources {
    /// The folder of language rules.
    pub languages: PathBuf,
    /// The roster.
    pub roster: PathBuf,
    /// Folders of lexicons.
    pub lexicons: Vec<PathBuf>,
    /// The settings file, if there is one.
    pub settings: Option<PathBuf>,
    /// The file of events, if there is one.
    pub events: Option<PathBuf>,
}

impl Sources {
    /// What settings name, else what comes with stance.
    pub fn new(settings: &Settings) -> Sources {
        let mut lexicons = settings.lexicon.clone().unwrap_or_default();
        if lexicons.is_empty() {
            lexicons = shipped_lexicons();
        }
        let roster = settings.actors.clone();
        Sources {
            languages: shipped("lexicons/languages"),
            roster: roster.unwrap_or_else(|| shipped("data/actors/belarus-russia.toml")),
            lexicons,
            settings: settings.file.clone(),
            events: None,
        }
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Path> {
        self.of_rows().chain(self.settings.as_deref()).chain(self.events.as_deref())
    }

    /// Those that rows follow from; settings come in as the options that they are.
    pub fn of_rows(&self) -> impl Iterator<Item = &Path> {
        [&self.languages, &self.roster].into_iter().chain(&self.lexicons).map(PathBuf::as_path)
    }

    /// Path and SHA-256 of all their files, sorted.
    pub fn hashes(&self) -> Result<Vec<(String, String)>> {
        let mut hashes = Vec::new();
        for path in self.all() {
            hash(path, &mut hashes)?;
        }
        hashes.sort();
        Ok(hashes)
    }
}

/// Whether everything can be read a second time, which a pipe cannot: what comes out of
/// one is in no hash, so that nothing that follows from it can be kept.
pub fn last<'a>(mut paths: impl Iterator<Item = &'a Path>) -> bool {
    let kept = |kind: std::fs::FileType| kind.is_file() || kind.is_dir();
    paths.all(|path| path.exists() && walk(path).flatten().all(|entry| kept(entry.file_type())))
}

/// Adds path and SHA-256 of a file, or of every file of a folder. Links are followed, as
/// they are when the files are read.
pub fn hash(path: &Path, into: &mut Vec<(String, String)>) -> Result<()> {
    for entry in walk(path).flatten() {
        if !entry.file_type().is_file() {
            continue;
        }
        let digest = report::file_hash(entry.path()).map_err(|cause| {
            Error::run(entry.path().display().to_string(), "the file cannot be read", "check its permissions")
                .because(cause)
        })?;
        let name = entry.path().strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(entry.path());
        into.push((name.display().to_string(), digest));
    }
    Ok(())
}

/// All that lies in a folder, in a fixed order; a file is a folder of itself.
pub fn walk(path: &Path) -> walkdir::IntoIter {
    walkdir::WalkDir::new(path).follow_links(true).sort_by_file_name().into_iter()
}

/// The file that a run.json records, which may have come with stance.
pub fn recorded(place: &str) -> PathBuf {
    let path = crate::files::path_of(place);
    if path.exists() { path } else { built_from().join(path) }
}
