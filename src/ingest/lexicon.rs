//! Lexicon folders: `lexicon.toml` and `terms.LANG.csv`.
//!
//! Lives here: the format and its mistakes. May not live here: matching.

use super::fold;
use super::sheet::{Row, Sheet};
use crate::error::{Error, Result};
use crate::model::{Axis, Calibration, Derived, Entry, EntryKind, Lexicon, Pattern, PatternPart};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

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

/// The line on which a TOML error lies, counted from 1.
pub fn toml_line(text: &str, cause: &toml::de::Error) -> usize {
    cause.span().map_or(1, |span| text.get(..span.start).unwrap_or("").matches('\n').count() + 1)
}

/// Reads a lexicon folder.
pub fn lexicon(folder: &Path) -> Result<Lexicon> {
    let path = folder.join("lexicon.toml");
    let place = path.display().to_string();
    let text = std::fs::read_to_string(&path).map_err(|cause| {
        Error::input(
            &place,
            "a lexicon is a folder with a lexicon.toml, and this one cannot be read",
            "check the path given to --lexicon",
        )
        .because(cause)
    })?;
    let head: Head = toml::from_str(&text).map_err(|cause| {
        Error::input(
            format!("{place}:{}", toml_line(&text, &cause)),
            cause.message().to_string(),
            "see lexicons/integration-sovereignty/lexicon.toml for the keys",
        )
    })?;
    let axes: Vec<Axis> = head
        .axis
        .into_iter()
        .map(|axis| Axis { id: axis.id, name: axis.name, negative: axis.negative, positive: axis.positive })
        .collect();
    let derived: Vec<Derived> = head
        .derived
        .into_iter()
        .map(|derived| Derived {
            axis: Axis {
                id: derived.id,
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
    for language in &head.languages {
        let sheet =
            Sheet::read(&folder.join(format!("terms.{language}.csv")), &["term", "kind", "axis", "weight"])?;
        let mut seen: HashMap<(Pattern, EntryKind, Option<usize>), String> = HashMap::new();
        for row in sheet.rows() {
            let entry = entry(&row, &axes, language)?;
            let key = (entry.pattern.clone(), entry.kind, entry.axis);
            if let Some(first) = seen.insert(key, entry.place.clone()) {
                return Err(row.error(
                    format!("'{}' stands at {first} already with this kind and axis", entry.term),
                    "keep one of the two rows",
                ));
            }
            entries.push(entry);
        }
    }
    let calibration = calibration(folder, &axes, &derived)?;
    Ok(Lexicon {
        id: head.id,
        name: head.name,
        version: head.version,
        languages: head.languages,
        axes,
        derived,
        calibration,
        entries,
    })
}

/// Fitted weights (`calibration.csv`: axis, feature, weight), if there are any.
fn calibration(folder: &Path, axes: &[Axis], derived: &[Derived]) -> Result<BTreeMap<String, Calibration>> {
    let path = folder.join("calibration.csv");
    let mut found: BTreeMap<String, Calibration> = BTreeMap::new();
    if !path.exists() {
        return Ok(found);
    }
    for row in Sheet::read(&path, &["axis", "feature", "weight"])?.rows() {
        let axis = row.get("axis");
        let mut known = axes.iter().chain(derived.iter().map(|derived| &derived.axis));
        if !known.any(|known| known.id == axis) {
            return Err(row.error(
                format!("axis '{axis}' is not in lexicon.toml"),
                "fit the weights anew with `stance calibrate`",
            ));
        }
        let weight = row.number("weight", -10.0, 10.0)?;
        found.entry(axis.to_string()).or_default().weights.push((row.get("feature").to_string(), weight));
    }
    Ok(found)
}

fn names(axes: &[Axis]) -> String {
    axes.iter().map(|axis| axis.id.as_str()).collect::<Vec<_>>().join(", ")
}

fn entry(row: &Row, axes: &[Axis], language: &str) -> Result<Entry> {
    let kind = row.choice(
        "kind",
        &[(EntryKind::Target, "target"), (EntryKind::Appraisal, "appraisal"), (EntryKind::Term, "term")],
    )?;
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
        term: row.get("term").to_string(),
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
                format!("'*' stands alone in '{term}'"),
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
                .error(format!("'{term}' begins or ends with a gap"), "a gap `...` stands between two words"))
        }
        _ => Ok(Pattern { parts }),
    }
}
