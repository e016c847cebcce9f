//! Loads everything that a run needs, from options and `stance.toml`, and checks that it fits
//! together.

use crate::cache::Cache;
use crate::cli::{Common, MethodArg, messages};
use crate::error::{Error, Result};
use crate::ingest;
use crate::ingest::ResourcePath;
use crate::model::{Article, Axis, Lexicon, Scope};
use crate::pipeline::Resources;
use crate::project::settings;
pub use crate::project::settings::Settings;
use crate::project::sources;
use crate::project::sources::{SETTINGS, Sources};
use crate::report;
use std::path::PathBuf;

/// The settings of the file named, or of `stance.toml` in the current folder. That the
/// latter was read is said: nobody asked for it.
///
/// # Errors
/// For a file that cannot be read, and for keys and values that are wrong.
pub fn settings(common: &Common) -> Result<Settings> {
    let path = common.config.clone().unwrap_or_else(|| PathBuf::from(SETTINGS));
    if common.config.is_none() && !path.exists() {
        return Ok(Settings::default());
    }
    let place = path.display().to_string();
    let text = crate::files::read_text(&path, ingest::RESOURCE_BYTES).map_err(|cause| {
        Error::input(&place, "the settings file cannot be read", "check the path given to --config")
            .because(cause)
    })?;
    let settings = settings::parse(&place, &text)?;
    if common.config.is_none() && !common.quiet {
        messages::note_line(format!("{SETTINGS}: the options in this file are used"));
    }
    Ok(settings)
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
pub fn load(common: &Common, settings: &Settings, method: MethodArg) -> Result<Loaded> {
    load_from(common, &Sources::new(common, settings), method)
}

/// The same from files that were found before.
///
/// # Errors
/// Those of [`load`].
pub fn load_from(common: &Common, sources: &Sources, method: MethodArg) -> Result<Loaded> {
    let languages = ingest::languages(&sources.languages)?;
    let mut roster = ingest::roster(&sources.roster, &sources.languages)?;
    if common.no_roster {
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
    let names = report::statements_columns(&axes).into_iter().map(|column| column.name);
    let mut seen = std::collections::HashSet::new();
    if let Some(twice) = names.into_iter().find(|name| !seen.insert(name.clone())) {
        return Err(Error::input(
            sources.lexicons.iter().map(ResourcePath::to_string).collect::<Vec<_>>().join(", "),
            format!("an axis makes a second column '{twice}' of statements.csv"),
            "rename the axis in lexicon.toml: its id and id_hits must not be names of other columns",
        ));
    }
    let follows = match sources::all_regular_files(sources.of_rows().filter_map(ResourcePath::on_disk)) {
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
    let mut follows = vec![format!("no_roster={}", common.no_roster)];
    for resource in sources.of_rows() {
        // The order of lexicons is that of the scores.
        follows.push(resource.to_string());
        let mut files = Vec::new();
        sources::hash_resource(resource, &mut files)?;
        follows.extend(files.into_iter().flat_map(|(path, hash)| [path, hash]));
    }
    Ok(follows)
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
