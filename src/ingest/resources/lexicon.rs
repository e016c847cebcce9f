//! Lexicon folders: `lexicon.toml`, `terms.LANG.csv` and `calibration.csv`.

use crate::error::{Error, Result};
use crate::ingest::fold;
use crate::ingest::resources::resource_path::ResourcePath;
use crate::ingest::resources::toml_errors::mistake;
use crate::ingest::tables::sheet::Row;
use crate::model::{Axis, Calibration, Derived, Entry, EntryKind, Lexicon, Pattern, PatternPart};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// Where to see how such a file is written.
const EXAMPLE: &str = "`stance lexicon export integration-sovereignty DIR` writes one to look at";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    id: String,
    name: String,
    version: String,
    languages: Vec<String>,
    axis: Vec<HeadAxis>,
    #[serde(default)]
    derived: Vec<HeadDerived>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadAxis {
    id: String,
    name: String,
    negative: String,
    positive: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadDerived {
    id: String,
    name: String,
    negative: String,
    positive: String,
    formula: BTreeMap<String, f64>,
}

/// A lexicon with the errors of single rows, so that all of them can be reported at once.
#[derive(Debug)]
pub struct Draft {
    /// What could be read, repeated rows included.
    pub lexicon: Lexicon,
    /// Rows that could not be read.
    pub broken: Vec<Error>,
}

/// Reads a lexicon folder.
///
/// # Errors
/// For the first row that is wrong, with file and line.
pub fn lexicon(folder: impl Into<ResourcePath>) -> Result<Lexicon> {
    let Draft { lexicon, broken } = draft(folder)?;
    let repeated = repeated(&lexicon);
    let line = |error: &Error| {
        let (file, line) = error.place.rsplit_once(':').unwrap_or((&error.place, ""));
        (file.to_string(), line.parse::<usize>().unwrap_or(0))
    };
    // The first of them in the order of the file.
    match broken.into_iter().chain(repeated).min_by_key(line) {
        Some(error) => Err(error),
        None => Ok(lexicon),
    }
}

/// The first row that repeats an earlier one: same language, pattern, kind and axis.
fn repeated(lexicon: &Lexicon) -> Option<Error> {
    let mut seen: HashMap<(&str, &Pattern, EntryKind, Option<usize>), &str> = HashMap::new();
    lexicon.entries.iter().find_map(|entry| {
        let key = (entry.language.as_str(), &entry.pattern, entry.kind, entry.axis);
        let first = seen.insert(key, &entry.place)?;
        Some(Error::input(
            &entry.place,
            format!("'{}' is already at {first} with this kind and axis", entry.term),
            "keep one of the two rows",
        ))
    })
}

/// Reads a lexicon folder and goes on after bad rows.
///
/// # Errors
/// For a lexicon.toml that is missing or wrong, and for missing tables.
pub fn draft(folder: impl Into<ResourcePath>) -> Result<Draft> {
    let folder: ResourcePath = folder.into();
    let path = folder.join("lexicon.toml");
    let place = path.to_string();
    if folder.is_file() {
        return Err(Error::input(
            folder.to_string(),
            "a lexicon is a folder, and this is a file",
            "give --lexicon the folder with lexicon.toml and terms.en.csv",
        ));
    }
    let text = path.read_text().map_err(|cause| {
        Error::input(
            &place,
            "a lexicon is a folder with a lexicon.toml, and this one cannot be read",
            "check the path given to --lexicon",
        )
        .because(cause)
    })?;
    let head: Head = toml::from_str(&text).map_err(|cause| mistake(&place, &text, &cause, EXAMPLE))?;
    let axes: Vec<Axis> = head
        .axis
        .into_iter()
        .map(|axis| Axis {
            id: axis.id.into(),
            name: axis.name,
            negative: axis.negative,
            positive: axis.positive,
        })
        .collect();
    let derived: Vec<Derived> = head
        .derived
        .into_iter()
        .map(|derived| Derived {
            axis: Axis {
                id: derived.id.into(),
                name: derived.name,
                negative: derived.negative,
                positive: derived.positive,
            },
            formula: derived.formula,
        })
        .collect();
    if axes.is_empty() {
        return Err(Error::input(&place, "the lexicon has no axis", "add an [[axis]] with id and poles"));
    }
    let all: Vec<&str> =
        axes.iter().chain(derived.iter().map(|derived| &derived.axis)).map(|axis| axis.id.as_str()).collect();
    for (index, id) in all.iter().enumerate() {
        let at = format!("{place}:{}", line_of(&text, id));
        if id.is_empty() || !id.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-'))
        {
            return Err(Error::input(
                at,
                format!("'{id}' cannot be the id of an axis"),
                "it names columns of the tables: use letters, digits, _ and -, as in id = \"membership\"",
            ));
        }
        if all[..index].contains(id) {
            return Err(Error::input(
                at,
                format!("two axes have the id '{id}'"),
                "give each axis an id of its own",
            ));
        }
    }
    for derived in &derived {
        if let Some(unknown) =
            derived.formula.keys().find(|axis| !axes.iter().any(|known| known.id == **axis))
        {
            return Err(Error::input(
                &place,
                format!("the formula of '{}' names an unknown axis '{unknown}'", derived.axis.id),
                format!("axes are {}", names(&axes)),
            ));
        }
    }
    let mut entries = Vec::new();
    let mut broken = Vec::new();
    for language in &head.languages {
        let sheet =
            folder.join(&format!("terms.{language}.csv")).sheet(&["term", "kind", "axis", "weight"])?;
        for row in sheet.rows() {
            match entry(&row, &axes, language) {
                Ok(entry) => entries.push(entry),
                Err(error) => broken.push(error),
            }
        }
    }
    let calibration = calibration(&folder, &axes, &derived)?;
    let lexicon = Lexicon {
        id: head.id,
        name: head.name,
        version: head.version,
        languages: head.languages,
        axes,
        derived,
        calibration,
        entries,
    };
    Ok(Draft { lexicon, broken })
}

/// Fitted weights (`calibration.csv`: axis, feature, weight), if there are any.
fn calibration(
    folder: &ResourcePath,
    axes: &[Axis],
    derived: &[Derived],
) -> Result<BTreeMap<String, Calibration>> {
    let path = folder.join("calibration.csv");
    let mut found: BTreeMap<String, Calibration> = BTreeMap::new();
    if !path.exists() {
        return Ok(found);
    }
    for row in path.sheet(&["axis", "feature", "weight"])?.rows() {
        let axis = row.get("axis");
        let mut known = axes.iter().chain(derived.iter().map(|derived| &derived.axis));
        if !known.any(|known| known.id == axis) {
            return Err(row.error(
                format!("axis '{axis}' is not in lexicon.toml"),
                "fit the weights anew with `stance calibrate`",
            ));
        }
        let weight = row.number("weight", -10.0, 10.0)?;
        found.entry(axis.to_string()).or_default().weights.push((row.get("feature").into(), weight));
    }
    Ok(found)
}

/// The last line on which an id is given.
fn line_of(text: &str, id: &str) -> usize {
    let given = format!("\"{id}\"");
    let lines = text.lines().enumerate();
    let found = lines.filter(|(_, line)| line.trim_start().starts_with("id") && line.contains(&given)).last();
    found.map_or(1, |(index, _)| index + 1)
}

fn names(axes: &[Axis]) -> String {
    axes.iter().map(|axis| axis.id.as_str()).collect::<Vec<_>>().join(", ")
}

fn entry(row: &Row, axes: &[Axis], language: &str) -> Result<Entry> {
    let kind = row.choice("kind", &EntryKind::ALL)?;
    let name = row.get("axis");
    let axis = match axes.iter().position(|axis| axis.id == name) {
        Some(axis) => Some(axis),
        None if name.is_empty() && kind == EntryKind::Appraisal => None,
        None if name.is_empty() => {
            return Err(row
                .error(format!("a {} needs an axis", kind.as_str()), format!("use one of {}", names(axes))));
        }
        None => {
            return Err(row.error(
                format!("axis '{name}' is not in lexicon.toml"),
                format!("use one of {}", names(axes)),
            ));
        }
    };
    let weight = row.number("weight", -1.0, 1.0)?;
    let negated = if row.get("negated").is_empty() { -weight } else { row.number("negated", -1.0, 1.0)? };
    let sign = if weight > 0.0 { 1 } else { -i8::from(weight < 0.0) };
    Ok(Entry {
        term: row.get("term").into(),
        pattern: pattern(row)?,
        kind,
        axis,
        weight,
        negated,
        direction: row.choice("direction", &[(sign, ""), (1, "more"), (-1, "less"), (0, "same")])?,
        note: row.get("note").to_string(),
        language: language.to_string(),
        place: row.place(),
    })
}

fn pattern(row: &Row) -> Result<Pattern> {
    let term = row.get("term");
    let mut parts = Vec::new();
    for word in term.split_whitespace() {
        if word == "..." || word == "…" {
            parts.push(PatternPart::Gap);
        } else if word.chars().all(|character| character == '*') {
            return Err(row.error(
                format!("'*' is a word of its own in '{term}'"),
                "write `...` for a gap of up to three words, or give the word some letters",
            ));
        } else if word.contains('*') {
            parts.push(PatternPart::Glob(fold(word)));
        } else {
            parts.push(PatternPart::Word(fold(word)));
        }
    }
    match (parts.first(), parts.last()) {
        (None, _) => Err(row.error("the term is empty", "write a word or leave the row out")),
        (Some(PatternPart::Gap), _) | (_, Some(PatternPart::Gap)) => {
            Err(row
                .error(format!("'{term}' begins or ends with a gap"), "write a gap `...` between two words"))
        }
        _ => Ok(Pattern { parts }),
    }
}
