//! From options and `stance.toml` to everything a run needs.
//!
//! Lives here: defaults, what fits together. May not live here: file formats
//! (see `ingest`), or where files lie (see `sources`).

use crate::cache::Cache;
use crate::cli::{Common, MethodArg};
use crate::error::{Error, Result};
use crate::ingest;
use crate::model::{Article, Axis, Language, Scope};
use crate::pipeline::Resources;
use crate::project::settings;
pub use crate::project::settings::Settings;
use crate::project::sources;
use crate::project::sources::{Sources, shipped, shipped_lexicons};
use crate::report;
use std::path::PathBuf;

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
    let text = crate::files::read_text(&path, ingest::RESOURCE_BYTES).map_err(|cause| {
        Error::input(&place, "the settings file cannot be read", "check the path given to --config")
            .because(cause)
    })?;
    settings::parse(&place, &text)
}

/// The rules of the languages that come with stance.
pub fn languages() -> Result<Vec<Language>> {
    ingest::languages(&shipped("lexicons/languages"))
}

/// Resources with the hashes of the files they came from.
pub struct Loaded {
    /// Ready for the pipeline.
    pub resources: Resources,
    /// Path and SHA-256 of every lexicon, language, roster, settings and events file.
    pub hashes: Vec<(String, String)>,
    /// What rows follow from beside articles and options of scoring, in one order; None
    /// where that cannot be known.
    pub follows: Option<Vec<String>>,
    /// Rows that were computed before.
    pub cache: Option<Cache>,
}

/// The axes of some lexicons, or of those that come with stance.
pub fn axes_of_lexicons(folders: &[PathBuf]) -> Result<Vec<Axis>> {
    let folders = if folders.is_empty() { shipped_lexicons() } else { folders.to_vec() };
    let lexicons = folders.iter().map(|folder| ingest::lexicon(folder)).collect::<Result<Vec<_>>>()?;
    Ok(axes_of_all(&lexicons))
}

/// All axes, derived ones behind the others of their lexicon.
fn axes_of_all(lexicons: &[crate::model::Lexicon]) -> Vec<Axis> {
    let of = |lexicon: &crate::model::Lexicon| {
        let derived = lexicon.derived.iter().map(|derived| derived.axis.clone());
        lexicon.axes.iter().cloned().chain(derived).collect::<Vec<_>>()
    };
    lexicons.iter().flat_map(of).collect()
}

/// Reads languages, roster and lexicons.
pub fn load(common: &Common, settings: &Settings, method: MethodArg) -> Result<Loaded> {
    load_from(common, &Sources::new(common, settings), method)
}

/// The same from files that were found before.
pub fn load_from(common: &Common, sources: &Sources, method: MethodArg) -> Result<Loaded> {
    let languages = ingest::languages(&sources.languages)?;
    let mut roster = ingest::roster(&sources.roster, &sources.languages)?;
    if common.no_roster {
        // Countries stay: they are no speakers, and titles are read with them.
        roster.actors.clear();
    }
    let mut lexicons = Vec::new();
    for folder in &sources.lexicons {
        let lexicon = ingest::lexicon(folder)?;
        let taken = lexicons.iter().flat_map(axes_of).find(|axis| axes_of(&lexicon).contains(axis));
        if let Some(axis) = taken {
            return Err(Error::input(
                folder.display().to_string(),
                format!("axis '{axis}' is defined by another lexicon of this run too"),
                "rename the axis in one lexicon.toml, or leave one lexicon out",
            ));
        }
        let known = |code: &str| languages.iter().any(|language| language.code == code);
        if let Some(code) = lexicon.languages.iter().find(|code| !known(code)) {
            let known: Vec<&str> = languages.iter().map(|language| language.code.as_str()).collect();
            return Err(Error::input(
                folder.join("lexicon.toml").display().to_string(),
                format!("the lexicon has terms for '{code}', a language without rules"),
                format!("take it out of `languages`; there are rules for {}", known.join(", ")),
            ));
        }
        lexicons.push(lexicon);
    }
    let names =
        report::statements_schema(&axes_of_all(&lexicons)).fields().into_iter().map(|field| field.name);
    let mut seen = std::collections::HashSet::new();
    if let Some(twice) = names.into_iter().find(|name| !seen.insert(name.clone())) {
        return Err(Error::input(
            sources.lexicons.iter().map(|folder| folder.display().to_string()).collect::<Vec<_>>().join(", "),
            format!("an axis makes a second column '{twice}' of statements.csv"),
            "rename the axis in lexicon.toml: its id and id_hits must not be names of other columns",
        ));
    }
    let follows = match sources::last(sources.of_rows()) {
        true => Some(follows(common, sources)?),
        false => None,
    };
    let hashes = sources.hashes()?;
    let mut resources = Resources::new(languages, &roster, lexicons, method.into());
    if common.all_attributions {
        resources.scope = Scope::All;
    }
    Ok(Loaded { resources, hashes, follows, cache: None })
}

/// What rows follow from beside articles and options of scoring.
fn follows(common: &Common, sources: &Sources) -> Result<Vec<String>> {
    let mut follows = vec![format!("{:?} {}", sources.lexicons, common.no_roster)];
    for path in sources.of_rows() {
        let mut files = Vec::new();
        sources::hash(path, &mut files)?;
        follows.extend(files.into_iter().flat_map(|(path, hash)| [path, hash]));
    }
    Ok(follows)
}

fn axes_of(lexicon: &crate::model::Lexicon) -> Vec<String> {
    let derived = lexicon.derived.iter().map(|derived| derived.axis.id.to_string());
    lexicon.axes.iter().map(|axis| axis.id.to_string()).chain(derived).collect()
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
        let error = Error::input(
            "--language",
            format!("no rules for language '{code}'"),
            format!("known: {}", known.join(", ")),
        );
        return settings.blame("language", common.language.is_some(), Err(error));
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
