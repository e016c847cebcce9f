//! What stands in `stance.toml`.
//!
//! Lives here: its keys, and mistakes in them. May not live here: what a value
//! means, nor anything of the command line (the fuzz targets take this file alone).

use crate::error::{Error, Result};
use crate::ingest::mistake;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;

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
    /// Folder of language rules.
    pub languages: Option<PathBuf>,
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
    /// True to follow links in folders.
    pub follow_links: Option<bool>,
    /// Largest article, as in "10M".
    pub max_article_bytes: Option<String>,
    /// auto, year, half, quarter or month.
    pub period: Option<String>,
    /// Two windows: "2003..2013,2019".
    pub compare: Option<String>,
    /// Ids of actors to draw.
    pub draw: Option<Vec<String>>,
    /// File and line of each key, for messages.
    #[serde(skip)]
    lines: BTreeMap<String, String>,
}

/// The settings in a text; `place` is the file's path, for messages.
pub fn parse(place: &str, text: &str) -> Result<Settings> {
    let mut settings: Settings = toml::from_str(text).map_err(|cause| {
        mistake(place, text, &cause, "the README shows a stance.toml under \"More of your own\"")
    })?;
    settings.lines = text
        .lines()
        .enumerate()
        .filter_map(|(index, line)| {
            let key = line.split('=').next()?.trim().trim_matches(['[', ']']);
            (!key.is_empty() && !key.starts_with('#'))
                .then(|| (key.to_string(), format!("{place}:{}", index + 1)))
        })
        .collect();
    Ok(settings)
}

impl Settings {
    /// Blames the line of this file for a mistake, unless a flag was given instead.
    pub fn blame<T>(&self, key: &str, flag: bool, result: Result<T>) -> Result<T> {
        result.map_err(|error| match self.lines.get(key) {
            Some(place) if !flag => Error { place: format!("{place}: {key}"), ..error },
            _ => error,
        })
    }
}
