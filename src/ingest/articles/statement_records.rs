//! Records that are one person's words already: `--unit statement`. JSON Lines, CSV and
//! TSV with a column mapping.

use crate::error::{Error, Result};
use crate::ingest::notes::summed;
use crate::ingest::short::{names, short};
use crate::ingest::text::dates::partial;
use crate::ingest::text::encoding::decode;
use crate::ingest::text::language_id::detect_text;
use crate::ingest::text::metadata::Changes;
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
    let bytes = crate::files::read_bytes(Path::new(path), crate::ingest::TABLE_BYTES)
        .map_err(|cause| Error::input(path, "the file cannot be read", "check the path").because(cause))?;
    let text =
        decode(&bytes).map_err(|why| Error::input(path, format!("the file {why}"), "save it as UTF-8"))?;
    let column = |role: &str| {
        columns.iter().find(|(mapped, _)| mapped == role).map_or(role.to_string(), |(_, name)| name.clone())
    };
    let mut skipped = Vec::new();
    let ending = Path::new(path).extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let rows = match ending.as_str() {
        "jsonl" | "ndjson" => {
            let wanted: Vec<String> = ROLES.iter().map(|role| column(role)).collect();
            json_lines(path, &text, &wanted, &mut skipped)
        }
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
    for (role, name) in columns {
        if !rows.iter().any(|(_, row)| row.contains_key(name)) {
            return Err(Error::input(
                path,
                format!("there is no column '{name}' for {role}; there are: {}", names(&known)),
                "correct --col",
            ));
        }
    }
    let mut records = Vec::new();
    for (line, row) in rows {
        let place = format!("{path}:{line}");
        let cell = |role: &str| row.get(&column(role)).filter(|cell| !cell.is_empty()).cloned();
        let Some(text) = cell("text") else {
            let detail = format!("no text: column '{}' is missing or empty", column("text"));
            skipped.push(Skipped::new(place, "record", detail));
            continue;
        };
        let language = cell("language")
            .or_else(|| row.get("lang").cloned())
            .or(default.map(str::to_string))
            .unwrap_or_else(|| detect_text(&text, languages));
        if !languages.iter().any(|known| known.code == language) {
            let detail = format!("no rules for language '{}'", short(&language, 60));
            skipped.push(Skipped::new(place, "language", detail));
            continue;
        }
        let written = cell("date");
        let date = written.as_deref().and_then(partial::said);
        if let Some(written) = written.filter(|_| date.is_none()) {
            let written = short(&written, 60);
            let detail =
                format!("'{written}' is not a date, the record is kept without one; {}", partial::FORMS);
            skipped.push(Skipped::new(&place, "no_date", detail));
        }
        let (mut id, mut actor) = (cell("id").unwrap_or_else(|| line.to_string()), cell("actor"));
        let mut changes = Changes::default();
        changes.id(&mut id);
        changes.field("actor", &mut actor);
        let mut form = cell("form");
        changes.field("form", &mut form);
        skipped.extend(changes.note(&place));
        records.push(Record { id, place, actor, form, date, text, language });
    }
    Ok((records, summed(path, skipped)))
}

type Cells = Vec<(usize, BTreeMap<String, String>)>;

/// An object with all of its keys, those that stand twice among them.
struct Pairs(Vec<(String, serde_json::Value)>);

impl<'de> serde::Deserialize<'de> for Pairs {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Object;
        impl<'de> serde::de::Visitor<'de> for Object {
            type Value = Pairs;

            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> std::result::Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

/// `wanted` are the keys of ours.
fn json_lines(path: &str, text: &str, wanted: &[String], skipped: &mut Vec<Skipped>) -> Cells {
    let mut rows = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str::<Pairs>(line) {
            Ok(Pairs(pairs)) => {
                let mut cells = BTreeMap::new();
                for (key, value) in pairs {
                    let cell = match value {
                        serde_json::Value::String(text) => text,
                        serde_json::Value::Null => String::new(),
                        other => other.to_string(),
                    };
                    let name = if wanted.contains(&key) { short(&key, 60) } else { String::new() };
                    if cells.insert(key, cell).is_some() && !name.is_empty() {
                        let detail = format!("the key '{name}' stands twice in the record: the last is used");
                        skipped.push(Skipped::new(format!("{path}:{}", index + 1), "record", detail));
                    }
                }
                rows.push((index + 1, cells));
            }
            Err(cause) => {
                let detail = format!("the line is no JSON object: {}", short(&cause.to_string(), 200));
                skipped.push(Skipped::new(format!("{path}:{}", index + 1), "record", detail));
            }
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
