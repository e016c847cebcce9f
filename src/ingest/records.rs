//! Records that are one person's words already: `--unit statement`.
//!
//! Lives here: JSON Lines, CSV and TSV with a column mapping. May not live
//! here: anything about articles.

use super::decode::decode;
use super::detect::detect_text;
use super::partial;
use crate::error::{Error, Result};
use crate::model::{Language, Record, Skipped};
use std::collections::BTreeMap;
use std::path::Path;

/// The roles that columns can be mapped to.
const ROLES: [&str; 6] = ["id", "text", "actor", "date", "language", "form"];

/// Reads records. `columns` maps roles to column names (`text=statement`); a
/// role that is not mapped is looked for under its own name. Beside them come
/// notes: rows that were left out, and records that are kept without a date
/// because theirs could not be read (`no_date`).
pub fn records(
    path: &str,
    columns: &[(String, String)],
    languages: &[Language],
    default: Option<&str>,
) -> Result<(Vec<Record>, Vec<Skipped>)> {
    if let Some((role, _)) = columns.iter().find(|(role, _)| !ROLES.contains(&role.as_str())) {
        return Err(Error::input(
            "--col",
            format!("role '{role}' is not known"),
            format!("map {} to your columns, as in --col text=statement", ROLES.join(", ")),
        ));
    }
    let bytes = std::fs::read(path)
        .map_err(|cause| Error::input(path, "the file cannot be read", "check the path").because(cause))?;
    let text =
        decode(&bytes).map_err(|why| Error::input(path, format!("the file {why}"), "save it as UTF-8"))?;
    let mut skipped = Vec::new();
    let ending = Path::new(path).extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let rows = match ending.as_str() {
        "jsonl" | "ndjson" => json_lines(path, &text, &mut skipped),
        "csv" => table(path, &text, b',')?,
        "tsv" => table(path, &text, b'\t')?,
        _ => {
            return Err(Error::input(
                path,
                format!("files ending in '.{ending}' hold no records that stance can read"),
                "use .jsonl, .csv or .tsv",
            ));
        }
    };
    let known: Vec<String> = rows.first().map(|(_, row)| row.keys().cloned().collect()).unwrap_or_default();
    let column = |role: &str| {
        columns.iter().find(|(mapped, _)| mapped == role).map_or(role.to_string(), |(_, name)| name.clone())
    };
    for (role, name) in columns {
        if !rows.iter().any(|(_, row)| row.contains_key(name)) {
            return Err(Error::input(
                path,
                format!("there is no column '{name}' for {role}; there are: {}", known.join(", ")),
                "correct --col",
            ));
        }
    }
    let mut records = Vec::new();
    for (line, row) in rows {
        let place = format!("{path}:{line}");
        let cell = |role: &str| row.get(&column(role)).filter(|cell| !cell.is_empty()).cloned();
        let Some(text) = cell("text") else {
            skipped.push(Skipped {
                path: place,
                reason: "record".into(),
                detail: format!("no text: column '{}' is missing or empty", column("text")),
            });
            continue;
        };
        let language = cell("language")
            .or_else(|| row.get("lang").cloned())
            .or(default.map(str::to_string))
            .unwrap_or_else(|| detect_text(&text, languages));
        if !languages.iter().any(|known| known.code == language) {
            skipped.push(Skipped {
                path: place,
                reason: "language".into(),
                detail: format!("no rules for language '{language}'"),
            });
            continue;
        }
        let written = cell("date");
        let date = written.as_deref().and_then(partial::said);
        if let Some(written) = written.filter(|_| date.is_none()) {
            skipped.push(Skipped {
                path: place.clone(),
                reason: "no_date".into(),
                detail: format!(
                    "'{written}' is not a date, the record is kept without one; {}",
                    partial::FORMS
                ),
            });
        }
        records.push(Record {
            id: cell("id").unwrap_or_else(|| line.to_string()),
            place,
            actor: cell("actor"),
            form: cell("form"),
            date,
            text,
            language,
        });
    }
    Ok((records, skipped))
}

type Cells = Vec<(usize, BTreeMap<String, String>)>;

fn json_lines(path: &str, text: &str, skipped: &mut Vec<Skipped>) -> Cells {
    let mut rows = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(line) {
            Ok(record) => {
                let cells = record
                    .into_iter()
                    .map(|(key, value)| match value {
                        serde_json::Value::String(text) => (key, text),
                        serde_json::Value::Null => (key, String::new()),
                        other => (key, other.to_string()),
                    })
                    .collect();
                rows.push((index + 1, cells));
            }
            Err(cause) => skipped.push(Skipped {
                path: format!("{path}:{}", index + 1),
                reason: "record".into(),
                detail: format!("the line is no JSON object: {cause}"),
            }),
        }
    }
    rows
}

fn table(path: &str, text: &str, separator: u8) -> Result<Cells> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes());
    let wrong = |cause: csv::Error| {
        let line = cause.position().map_or(1, csv::Position::line);
        Error::input(format!("{path}:{line}"), "the row cannot be read", "check its quotes").because(cause)
    };
    let header: Vec<String> = reader.headers().map_err(wrong)?.iter().map(str::to_string).collect();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(wrong)?;
        let line = record.position().map_or(0, |position| position.line() as usize);
        let cells = header.iter().cloned().zip(record.iter().map(str::to_string)).collect();
        rows.push((line, cells));
    }
    Ok(rows)
}
