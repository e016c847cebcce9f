//! Loads everything that a run needs, from options and `stance.toml`, and checks that it fits
//! together.

use crate::cache::Cache;
use crate::error::{Error, Result};
use crate::ingest;
use crate::ingest::{ResourcePath, StatementRecords};
use crate::model::{Article, Axis, Lexicon, Scope};
use crate::pipeline::Resources;
use crate::project::options::reading;
pub use crate::project::options::settings::Settings;
use crate::project::resources::sources;
use crate::project::resources::sources::Sources;
use crate::report;
use crate::score::Method;
use std::path::PathBuf;

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

/// The axes of some lexicons, or of the default ones.
///
/// # Errors
/// Those of the lexicons.
pub fn axes_of_lexicons(folders: &[PathBuf]) -> Result<Vec<Axis>> {
    let folders = match folders {
        [] => sources::default_lexicons(),
        named => named.iter().map(|path| ResourcePath::lexicon(path)).collect(),
    };
    let lexicons = folders.iter().map(ingest::lexicon).collect::<Result<Vec<Lexicon>>>()?;
    Ok(lexicons.iter().flat_map(Lexicon::all_axes).cloned().collect())
}

/// Reads languages, roster and lexicons.
///
/// # Errors
/// For files that are wrong or do not fit together.
pub fn load(settings: &Settings, method: Method) -> Result<Loaded> {
    load_from(settings, &Sources::new(settings), method)
}

/// The same from files that were found before.
///
/// # Errors
/// Those of [`load`].
pub fn load_from(settings: &Settings, sources: &Sources, method: Method) -> Result<Loaded> {
    let languages = ingest::languages(&sources.languages)?;
    let mut roster = ingest::roster(&sources.roster, &sources.languages)?;
    let no_roster = settings.no_roster.unwrap_or(false);
    if no_roster {
        // Countries stay: they are not speakers, and titles are read with them.
        roster.actors.clear();
    }
    let mut lexicons: Vec<Lexicon> = Vec::new();
    for folder in &sources.lexicons {
        let lexicon = ingest::lexicon(folder)?;
        let has = |axis: &&Axis| lexicon.all_axes().any(|own| own.id == axis.id);
        if let Some(Axis { id, .. }) = lexicons.iter().flat_map(Lexicon::all_axes).find(has) {
            return Err(Error::input(
                folder.to_string(),
                format!("axis '{id}' is defined by another lexicon of this run too"),
                "rename the axis in one lexicon.toml, or leave one lexicon out",
            ));
        }
        let known = |code: &str| languages.iter().any(|language| language.code == code);
        if let Some(code) = lexicon.languages.iter().find(|code| !known(code)) {
            let known: Vec<&str> = languages.iter().map(|language| language.code.as_str()).collect();
            return Err(Error::input(
                folder.join("lexicon.toml").to_string(),
                format!("the lexicon has terms for '{code}', a language without rules"),
                format!("take it out of `languages`; there are rules for {}", known.join(", ")),
            ));
        }
        lexicons.push(lexicon);
    }
    let axes: Vec<Axis> = lexicons.iter().flat_map(Lexicon::all_axes).cloned().collect();
    let names = report::statements_schema(&axes).fields().into_iter().map(|field| field.name);
    let mut seen = std::collections::HashSet::new();
    if let Some(twice) = names.into_iter().find(|name| !seen.insert(name.clone())) {
        return Err(Error::input(
            sources.lexicons.iter().map(ResourcePath::to_string).collect::<Vec<_>>().join(", "),
            format!("an axis makes a second column '{twice}' of statements.csv"),
            "rename the axis in lexicon.toml: its id and id_hits must not be names of other columns",
        ));
    }
    let follows = match sources::all_regular_files(sources.of_rows().filter_map(ResourcePath::on_disk)) {
        true => Some(follows(no_roster, sources)?),
        false => None,
    };
    let hashes = sources.hashes()?;
    let mut resources = Resources::new(languages, &roster, lexicons, method);
    if settings.all_attributions.unwrap_or(false) {
        resources.scope = Scope::All;
    }
    Ok(Loaded { resources, hashes, follows, cache: None })
}

/// What rows follow from beside articles and options of scoring.
fn follows(no_roster: bool, sources: &Sources) -> Result<Vec<String>> {
    let mut follows = vec![format!("no_roster={no_roster}")];
    for resource in sources.of_rows() {
        // The order of lexicons is that of the scores.
        follows.push(resource.to_string());
        let mut files = Vec::new();
        sources::hash_resource(resource, &mut files)?;
        follows.extend(files.into_iter().flat_map(|(path, hash)| [path, hash]));
    }
    Ok(follows)
}

/// The inputs of a command.
///
/// # Errors
/// Where none is named.
pub fn inputs(settings: &Settings) -> Result<Vec<String>> {
    settings.input.clone().filter(|input| !input.is_empty()).ok_or_else(|| {
        Error::input(
            "",
            "no input was named",
            "name a folder of articles, for example `stance run data/articles`",
        )
    })
}

/// How the inputs are read.
///
/// # Errors
/// For values that mean nothing, with the flag or the line of the settings file.
pub fn options<'a>(settings: &'a Settings, loaded: &'a Loaded) -> Result<ingest::Options<'a>> {
    let language = known_language(settings, loaded)?;
    reading::options(settings, &loaded.resources.languages, language)
}

/// How records that are statements are read (`--unit statement`).
///
/// # Errors
/// As those of [`options`].
pub fn statement_options<'a>(settings: &'a Settings, loaded: &'a Loaded) -> Result<ingest::Options<'a>> {
    let language = known_language(settings, loaded)?;
    reading::statement_options(settings, &loaded.resources.languages, language)
}

/// The language that is asked for; without rules for it that is an error.
fn known_language<'a>(settings: &'a Settings, loaded: &Loaded) -> Result<Option<&'a str>> {
    let language = settings.language.as_deref();
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
        return settings.blame("language", Err(error));
    }
    Ok(language)
}

/// Reads the inputs into memory.
///
/// # Errors
/// Where no article can be read, or an option means nothing.
pub fn read(inputs: &[String], settings: &Settings, loaded: &Loaded) -> Result<Vec<Article>> {
    Ok(ingest::articles(inputs, &options(settings, loaded)?)?.articles)
}

/// The records of `--unit statement`.
///
/// # Errors
/// Where a file cannot be read, or a column is not there.
pub fn records(inputs: &[String], settings: &Settings, loaded: &Loaded) -> Result<StatementRecords> {
    ingest::statements(inputs, &statement_options(settings, loaded)?)
}
