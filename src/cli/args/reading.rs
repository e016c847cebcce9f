//! The options of every command that reads articles.
//!
//! Lives here: flags, their place in `stance.toml`, and mistakes in them. May not
//! live here: reading (see `ingest`).

use crate::error::{Error, Result};
use crate::ingest::{DateFormat, FileKind, Filter, Mapping, Options};
use crate::model::Language;
use crate::project::load::Settings;
use clap::Args;
use std::path::Path;

/// How articles are read.
#[derive(Args, Debug, Clone, Default)]
pub struct Reading {
    /// Which columns or fields of records hold what, as in
    /// text=body,date=published_at; roles are id, text, date, title, source,
    /// language, author, url (with --unit statement: id, text, actor, date,
    /// language)
    #[arg(long, value_name = "ROLE=COLUMN", value_delimiter = ',', help_heading = "Reading")]
    pub col: Vec<String>,
    /// How dates of metadata are written that could be two days: DD/MM/YYYY,
    /// MM/DD/YYYY, or a format like %d %B %Y
    #[arg(long, value_name = "FORMAT", help_heading = "Reading")]
    pub date_format: Option<String>,
    /// Of folders read only files that fit the glob, as in '2019/**/*.txt'; may
    /// be given several times
    #[arg(long, value_name = "GLOB", help_heading = "Reading")]
    pub include: Vec<String>,
    /// Of folders leave out files and folders that fit the glob; may be given
    /// several times
    #[arg(long, value_name = "GLOB", help_heading = "Reading")]
    pub exclude: Vec<String>,
    /// Read what links in folders lead to, each file once; without it links are
    /// left out and listed in skipped.csv
    #[arg(long, help_heading = "Reading")]
    pub follow_links: bool,
    /// Skip articles larger than this [default: 10M]
    #[arg(long, value_name = "BYTES", help_heading = "Reading")]
    pub max_article_bytes: Option<String>,
    /// What standard input and files without a known ending hold: txt, md, html,
    /// docx, jsonl, json, csv, tsv or parquet, with .gz or .zst behind it
    #[arg(long, value_name = "FORMAT", help_heading = "Reading")]
    pub input_format: Option<String>,
}

impl Reading {
    /// The options of `ingest`: flags, else settings, else defaults.
    pub fn options<'a>(
        &self,
        settings: &Settings,
        languages: &'a [Language],
        language: Option<&'a str>,
    ) -> Result<Options<'a>> {
        let mut pairs = pairs(&self.col)?;
        for (role, column) in settings.col.iter().flatten() {
            if !pairs.iter().any(|(given, _)| given == role) {
                pairs.push((role.clone(), column.clone()));
            }
        }
        let columns = settings.blame("col", !self.col.is_empty(), Mapping::new(&pairs))?;
        self.reading(settings, Options { columns, ..Options::new(languages, language) })
    }

    /// The same for records that are statements (`--unit statement`). The mapping of the settings
    /// is one of articles and does not count.
    pub fn statement_options<'a>(
        &self,
        settings: &Settings,
        languages: &'a [Language],
        language: Option<&'a str>,
    ) -> Result<Options<'a>> {
        self.reading(settings, Options::statements(languages, language, &pairs(&self.col)?)?)
    }

    /// Everything but the mapping.
    fn reading<'a>(&self, settings: &Settings, mut options: Options<'a>) -> Result<Options<'a>> {
        let format = self.date_format.as_ref().or(settings.date_format.as_ref());
        let format = format.map(|format| DateFormat::new(format)).transpose();
        options.date_format = settings.blame("date-format", self.date_format.is_some(), format)?;
        let or = |flags: &[String], setting: &Option<Vec<String>>| {
            if flags.is_empty() { setting.clone().unwrap_or_default() } else { flags.to_vec() }
        };
        let (include, exclude) = (or(&self.include, &settings.include), or(&self.exclude, &settings.exclude));
        // One after the other, so that the right key is blamed.
        settings.blame("include", !self.include.is_empty(), Filter::new(&include, &[]))?;
        options.filter =
            settings.blame("exclude", !self.exclude.is_empty(), Filter::new(&include, &exclude))?;
        options.follow_links = self.follow_links || settings.follow_links.unwrap_or(false);
        if let Some(size) = self.max_article_bytes.as_ref().or(settings.max_article_bytes.as_ref()) {
            let given = self.max_article_bytes.is_some();
            options.max_article_bytes = settings.blame("max-article-bytes", given, bytes(size))?;
        }
        if let Some(format) = &self.input_format {
            let kind = FileKind::of(Path::new(&format!("x.{}", format.trim_start_matches('.'))));
            options.input_format = Some(kind.map_err(|_| {
                Error::input(
                    "--input-format",
                    format!("'{format}' is not known"),
                    "use txt, md, html, docx, jsonl, json, csv, tsv or parquet, with .gz or .zst behind it",
                )
            })?);
        }
        Ok(options)
    }
}

/// The mapping of `--col`, as role and column.
pub fn pairs(given: &[String]) -> Result<Vec<(String, String)>> {
    given
        .iter()
        .map(|pair| {
            pair.split_once('=')
                .map(|(role, name)| (role.trim().to_string(), name.trim().to_string()))
                .ok_or_else(|| {
                    Error::input(
                        "--col",
                        format!("'{pair}' is no mapping"),
                        "write ROLE=COLUMN, as in text=statement",
                    )
                })
        })
        .collect()
}

/// "10M" as a number of bytes.
fn bytes(size: &str) -> Result<usize> {
    let digits = size.trim_end_matches(|character: char| !character.is_ascii_digit());
    let factor = match size[digits.len()..].trim().to_ascii_lowercase().as_str() {
        "" => Some(1),
        "k" | "kb" => Some(1_000),
        "m" | "mb" => Some(1_000_000),
        "g" | "gb" => Some(1_000_000_000),
        _ => None,
    };
    let count =
        digits.parse::<usize>().ok().zip(factor).and_then(|(count, factor)| count.checked_mul(factor));
    count.filter(|count| *count > 0).ok_or_else(|| {
        Error::input(
            "--max-article-bytes",
            format!("'{size}' is no size"),
            "give a number of bytes, as in 2000000, 500k or 20M",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read() {
        assert_eq!(bytes("500k").unwrap(), 500_000);
        assert_eq!(bytes("20 MB").unwrap(), 20_000_000);
        assert_eq!(bytes("7").unwrap(), 7);
        for wrong in ["", "0", "ten", "-1", "1.5M", "7Q", "99999999999999999999", "9999999999999999G"] {
            assert!(bytes(wrong).is_err(), "{wrong}");
        }
    }
}
