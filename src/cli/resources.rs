//! From options and `stance.toml` to everything a run needs.
//!
//! Lives here: defaults, where lexicons and roster are found, threads. May not
//! live here: file formats (see `ingest`).

use super::{Common, MethodArg};
use crate::cache::Cache;
use crate::error::{Error, Result};
use crate::ingest;
use crate::model::{Article, Axis, Language, Scope};
use crate::pipeline::Resources;
use crate::report;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Settings of `stance.toml`; flags win over them.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// Files and folders to read.
    pub input: Option<Vec<String>>,
    /// Folder for the results.
    pub out: Option<PathBuf>,
    /// Folders of lexicons.
    pub lexicon: Option<Vec<PathBuf>>,
    /// Roster file.
    pub actors: Option<PathBuf>,
    /// Language of texts that do not say theirs.
    pub language: Option<String>,
    /// Which columns of records hold what: role to column.
    pub col: Option<BTreeMap<String, String>>,
    /// How dates of metadata are written.
    pub date_format: Option<String>,
    /// Globs of files to read.
    pub include: Option<Vec<String>>,
    /// Globs of files to leave out.
    pub exclude: Option<Vec<String>>,
    /// Largest article, as in "10M".
    pub max_article_bytes: Option<String>,
    /// auto, year, half, quarter or month.
    pub period: Option<String>,
    /// Two windows: "2003..2013,2019".
    pub compare: Option<String>,
    /// Ids of actors to draw.
    pub draw: Option<Vec<String>>,
}

/// The settings file: the one named, or `stance.toml` if it is there.
pub fn settings(common: &Common) -> Result<Settings> {
    let (path, wanted) = match &common.config {
        Some(path) => (path.clone(), true),
        None => (PathBuf::from("stance.toml"), false),
    };
    if !wanted && !path.exists() {
        return Ok(Settings::default());
    }
    let place = path.display().to_string();
    let text = std::fs::read_to_string(&path).map_err(|cause| {
        Error::input(&place, "the settings file cannot be read", "check the path given to --config")
            .because(cause)
    })?;
    toml::from_str(&text).map_err(|cause| {
        let line =
            cause.span().map_or(1, |span| text.get(..span.start).unwrap_or("").matches('\n').count() + 1);
        Error::input(
            format!("{place}:{line}"),
            format!("the settings do not parse: {}", cause.message()),
            "known keys are input, out, lexicon, actors, language, col, date-format, include, exclude, \
             max-article-bytes, period, compare, draw",
        )
    })
}

/// Where the files that come with stance lie: this folder, else the folder it
/// was built from.
fn shipped(relative: &str) -> PathBuf {
    let here = PathBuf::from(relative);
    if here.exists() {
        return here;
    }
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

/// The rules of the languages that come with stance.
pub fn languages() -> Result<Vec<Language>> {
    ingest::languages(&shipped("lexicons/languages"))
}

/// Resources with the hashes of the files they came from.
pub struct Loaded {
    /// Ready for the pipeline.
    pub resources: Resources,
    /// Path and SHA-256 of every lexicon, language and roster file.
    pub hashes: Vec<(String, String)>,
    /// What rows follow from beside articles and options of scoring, in one order.
    pub follows: Vec<String>,
    /// Rows that were computed before.
    pub cache: Option<Cache>,
}

/// Sets the number of threads.
pub fn threads(wanted: Option<usize>) -> Result<()> {
    if let Some(threads) = wanted {
        if threads == 0 {
            return Err(Error::input("--threads", "0 threads can do nothing", "give 1 or more"));
        }
        // Fails only when a pool exists already; then its size stands.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }
    Ok(())
}

/// The lexicons that come with stance.
fn shipped_lexicons() -> Vec<PathBuf> {
    vec![shipped("lexicons/integration-sovereignty"), shipped("lexicons/sentiment")]
}

/// The axes of some lexicons, or of those that come with stance.
pub fn axes_of_lexicons(folders: &[PathBuf]) -> Result<Vec<Axis>> {
    let folders = if folders.is_empty() { shipped_lexicons() } else { folders.to_vec() };
    let mut axes = Vec::new();
    for folder in folders {
        let lexicon = ingest::lexicon(&folder)?;
        axes.extend(lexicon.axes);
        axes.extend(lexicon.derived.into_iter().map(|derived| derived.axis));
    }
    Ok(axes)
}

/// Reads languages, roster and lexicons, and sets the number of threads.
pub fn load(common: &Common, settings: &Settings, method: MethodArg) -> Result<Loaded> {
    threads(common.threads)?;
    let languages_folder = shipped("lexicons/languages");
    let languages = ingest::languages(&languages_folder)?;
    let mut paths = vec![languages_folder.clone()];
    let roster_path = common.actors.clone().or_else(|| settings.actors.clone());
    let path = roster_path.unwrap_or_else(|| shipped("data/actors/belarus-russia.toml"));
    let mut roster = ingest::roster(&path, &languages_folder)?;
    paths.push(path);
    if common.no_roster {
        // Countries stay: they are no speakers, and titles are read with them.
        roster.actors.clear();
    }
    let mut folders = common.lexicon.clone();
    if folders.is_empty() {
        folders = settings.lexicon.clone().unwrap_or_default();
    }
    if folders.is_empty() {
        folders = shipped_lexicons();
    }
    let mut lexicons = Vec::new();
    for folder in &folders {
        let lexicon = ingest::lexicon(folder)?;
        let taken = lexicons.iter().flat_map(axes_of).find(|axis| axes_of(&lexicon).contains(axis));
        if let Some(axis) = taken {
            return Err(Error::input(
                folder.display().to_string(),
                format!("axis '{axis}' is defined by another lexicon of this run too"),
                "rename the axis in one lexicon.toml, or leave one lexicon out",
            ));
        }
        lexicons.push(lexicon);
        paths.push(folder.clone());
    }
    // Settings come in as the options that they are.
    let mut follows = vec![format!("{folders:?} {}", common.no_roster)];
    for path in &paths {
        let mut files = Vec::new();
        hash(path, &mut files)?;
        follows.extend(files.into_iter().flat_map(|(path, hash)| [path, hash]));
    }
    let settings_file = common.config.clone().unwrap_or_else(|| PathBuf::from("stance.toml"));
    if settings_file.is_file() {
        paths.push(settings_file);
    }
    let mut hashes = Vec::new();
    for path in &paths {
        hash(path, &mut hashes)?;
    }
    hashes.sort();
    let mut resources = Resources::new(languages, &roster, lexicons, method.into());
    if common.all_attributions {
        resources.scope = Scope::All;
    }
    Ok(Loaded { resources, hashes, follows, cache: None })
}

fn axes_of(lexicon: &crate::model::Lexicon) -> Vec<String> {
    let derived = lexicon.derived.iter().map(|derived| derived.axis.id.clone());
    lexicon.axes.iter().map(|axis| axis.id.clone()).chain(derived).collect()
}

/// Adds path and SHA-256 of a file, or of every file of a folder.
pub fn hash(path: &Path, into: &mut Vec<(String, String)>) -> Result<()> {
    for entry in walkdir::WalkDir::new(path).sort_by_file_name().into_iter().flatten() {
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

/// The SHA-256 that a recorded file has today; None when it cannot be read.
pub fn hash_now(recorded: &str) -> Option<String> {
    report::file_hash(&shipped(recorded)).ok()
}

/// The inputs of a command: flags, else settings, else an error that says so.
pub fn inputs(given: &[String], settings: &Settings) -> Result<Vec<String>> {
    if !given.is_empty() {
        return Ok(given.to_vec());
    }
    settings.input.clone().filter(|input| !input.is_empty()).ok_or_else(|| {
        Error::input(
            "",
            "no input was named",
            "name a folder of articles, for example `stance run data/articles`",
        )
    })
}

/// How the inputs are read.
pub fn options<'a>(
    common: &'a Common,
    settings: &'a Settings,
    loaded: &'a Loaded,
) -> Result<ingest::Options<'a>> {
    let language = common.language.as_deref().or(settings.language.as_deref());
    if let Some(code) = language
        && loaded.resources.language(code).is_none()
    {
        let known: Vec<&str> =
            loaded.resources.languages.iter().map(|language| language.code.as_str()).collect();
        return Err(Error::input(
            "--language",
            format!("no rules for language '{code}'"),
            format!("known: {}", known.join(", ")),
        ));
    }
    common.reading.options(settings, &loaded.resources.languages, language)
}

/// Reads the inputs into memory.
pub fn read(
    inputs: &[String],
    common: &Common,
    settings: &Settings,
    loaded: &Loaded,
) -> Result<Vec<Article>> {
    Ok(ingest::articles(inputs, &options(common, settings, loaded)?)?.articles)
}
