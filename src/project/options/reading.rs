//! How a project's inputs are read: from settings to the options of `ingest`.

use crate::error::{Error, Result};
use crate::ingest::{DateFormat, FileKind, Filter, Mapping, Options};
use crate::model::Language;
use crate::project::options::settings::Settings;
use std::path::Path;

/// The options of `ingest` that settings name, else its defaults.
///
/// # Errors
/// For values that mean nothing, with the flag or the line of the settings file.
pub fn options<'a>(
    settings: &Settings,
    languages: &'a [Language],
    language: Option<&'a str>,
) -> Result<Options<'a>> {
    let columns: Vec<(String, String)> = settings.col.clone().unwrap_or_default().into_iter().collect();
    let columns = settings.blame("col", Mapping::new(&columns))?;
    with_settings(settings, Options { columns, ..Options::new(languages, language) })
}

/// The same for records that are statements (`--unit statement`). Of the columns that only the
/// settings file names, those of articles alone do not count.
///
/// # Errors
/// As those of [`options`].
pub fn statement_options<'a>(
    settings: &Settings,
    languages: &'a [Language],
    language: Option<&'a str>,
) -> Result<Options<'a>> {
    let columns = settings.col.iter().flatten();
    let wanted =
        columns.filter(|(role, _)| !settings.is_of_file(role) || !ARTICLE_ROLES.contains(&role.as_str()));
    let columns: Vec<(String, String)> =
        wanted.map(|(role, column)| (role.clone(), column.clone())).collect();
    let options = settings.blame("col", Options::statements(languages, language, &columns))?;
    with_settings(settings, options)
}

/// Everything but the columns.
fn with_settings<'a>(settings: &Settings, mut options: Options<'a>) -> Result<Options<'a>> {
    let format = settings.date_format.as_ref().map(|format| DateFormat::new(format)).transpose();
    options.date_format = settings.blame("date-format", format)?;
    let include = settings.include.clone().unwrap_or_default();
    let exclude = settings.exclude.clone().unwrap_or_default();
    // One after the other, so that the right key is blamed.
    settings.blame("include", Filter::new(&include, &[]))?;
    options.filter = settings.blame("exclude", Filter::new(&include, &exclude))?;
    options.follow_links = settings.follow_links.unwrap_or(false);
    if let Some(size) = &settings.max_article_bytes {
        options.max_article_bytes = settings.blame("max-article-bytes", bytes(size))?;
    }
    if let Some(format) = &settings.input_format {
        let kind = FileKind::of(Path::new(&format!("x.{}", format.trim_start_matches('.'))));
        let kind = kind.map_err(|_| {
            Error::input(
                "--input-format",
                format!("'{format}' is not known"),
                "use txt, md, html, docx, jsonl, json, csv, tsv or parquet, with .gz or .zst behind it",
            )
        });
        options.input_format = Some(settings.blame("input-format", kind)?);
    }
    Ok(options)
}

/// Roles of columns that records of articles have and statements have not.
const ARTICLE_ROLES: [&str; 4] = ["title", "source", "author", "url"];

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
