//! Language folders (`lexicons/languages/*`): cues, shifters, words, pronouns, titles,
//! calendar and the other tables of a language.

use crate::error::{Error, Result};
use crate::ingest::fold;
use crate::ingest::resources::resource_path::ResourcePath;
use crate::ingest::tables::sheet::Row;
use crate::model::{
    CalendarKind, Cue, CueClass, Declension, Declensions, Ending, Gender, Language, PresetRole, Pronoun,
    PronounRole, Role, Shifter, ShifterKind, ShifterScope, Takes, Title, WordClass, WordMap,
};
use std::sync::Arc;

/// All languages of a folder, sorted by code.
///
/// # Errors
/// For a folder without languages, and for the first row that is wrong, with file and line.
pub fn languages(folder: impl Into<ResourcePath>) -> Result<Vec<Language>> {
    let folder: ResourcePath = folder.into();
    let remedy =
        "name a folder with one folder a language, as `stance lexicon export languages DIR` writes it";
    let folders = folder.folders().map_err(|cause| {
        let message = "the folder of language rules cannot be read";
        Error::input(folder.to_string(), message, remedy).because(cause)
    })?;
    if folders.is_empty() {
        return Err(Error::input(folder.to_string(), "the folder holds no language", remedy));
    }
    folders.iter().map(language).collect()
}

/// The rules of one language; the folder's name is its code.
///
/// # Errors
/// For a missing file, and for the first row that is wrong, with file and line.
pub fn language(folder: impl Into<ResourcePath>) -> Result<Language> {
    let folder = &folder.into();
    let mut language = Language::new(folder.name().to_string());
    cues(folder, &mut language)?;
    for row in folder.join("shifters.csv").sheet(&["shifter", "kind", "factor", "scope"])?.rows() {
        language.add_shifter(shifter(&row)?);
    }
    for row in folder.join("words.csv").sheet(&["word", "class"])?.rows() {
        let class = row.choice("class", &WordClass::ALL)?;
        let words = words(row.get("word"));
        match words.as_slice() {
            [only] => language.words.entry(only.clone()).or_default().push(class),
            _ => language.phrases.push((words, class)),
        }
    }
    for row in folder.join("pronouns.csv").sheet(&["pronoun", "gender", "number", "person", "role"])?.rows() {
        let pronoun = Pronoun {
            gender: gender(&row)?,
            plural: plural(&row)?,
            person: row.number("person", 1.0, 3.0)? as u8,
            role: row.choice("role", &PronounRole::ALL)?,
        };
        language.pronouns.entry(fold(row.get("pronoun"))).or_default().push(pronoun);
    }
    for row in folder.join("titles.csv").sheet(&["title", "role", "gender", "number"])?.rows() {
        language.titles.push(Title {
            words: words(row.get("title")),
            role: row.choice("role", &Role::ALL)?,
            gender: gender(&row)?,
            plural: plural(&row)?,
        });
    }
    calendar(&folder.join("calendar.csv"), &mut language.calendar)?;
    language.dating = language.calendar.clone();
    let dating = folder.join("dating.csv");
    if dating.exists() {
        calendar(&dating, &mut language.dating)?;
    }
    for row in folder.join("abbreviations.csv").sheet(&["abbreviation"])?.rows() {
        language.abbreviations.insert(fold(row.get("abbreviation")));
    }
    for row in folder.join("boilerplate.csv").sheet(&["pattern", "kind"])?.rows() {
        let byline = row.choice("kind", &[(false, "prefix"), (true, "byline")])?;
        let pattern = fold(row.get("pattern"));
        if byline {
            language.bylines.push(pattern);
        } else {
            language.boilerplate.push(pattern);
        }
    }
    for row in folder.join("endings.csv").sheet(&["ending", "class"])?.rows() {
        let (ending, class) = (fold(row.get("ending")), row.choice("class", &Ending::ALL)?);
        let keeps = row.get("keeps");
        if class == Ending::Possessive && !language.possessives.add(&ending, &fold(keeps)) {
            return Err(row.error(
                format!("'{ending}' does not begin with '{keeps}' and go on"),
                "write in `keeps` what of the ending belongs to the word: s in s', nothing in 's",
            ));
        }
        language.endings.push((ending, class));
    }
    for row in declensions(folder)?.0 {
        let forms = row.forms.iter().map(|form| fold(form)).collect();
        let row = Declension { ending: fold(&row.ending), forms, ..row };
        if !language.declensions.0.contains(&row) {
            language.declensions.0.push(row);
        }
    }
    given_names(folder, &mut language)?;
    presets(folder, &mut language)?;
    language.learned = crate::ingest::weights(&folder.join("attribution.weights"))?.map(Arc::new);
    language.index();
    Ok(language)
}

/// What the rules of other tools name, if the language has a `presets.csv`.
fn presets(folder: &ResourcePath, language: &mut Language) -> Result<()> {
    let path = folder.join("presets.csv");
    if !path.exists() {
        return Ok(());
    }
    for row in path.sheet(&["role", "words", "value"])?.rows() {
        let value = if row.get("value").is_empty() { 0.0 } else { row.number("value", -4.0, 4.0)? };
        let words = words(row.get("words")).join(" ");
        language.presets.entry(row.choice("role", &PresetRole::ALL)?).or_default().push((words, value));
    }
    Ok(())
}

/// A table of words of time: `calendar.csv` and `dating.csv`.
fn calendar(path: &ResourcePath, words: &mut WordMap<Vec<(CalendarKind, i32)>>) -> Result<()> {
    for row in path.sheet(&["word", "kind", "value"])?.rows() {
        let kind = row.choice("kind", &CalendarKind::ALL)?;
        let value = if kind == CalendarKind::Unit {
            let units: Vec<(i32, &str)> =
                CalendarKind::UNITS.iter().enumerate().map(|(n, word)| (n as i32, *word)).collect();
            row.choice("value", &units)?
        } else if row.get("value").is_empty() {
            0
        } else {
            row.number("value", -100.0, 100.0)? as i32
        };
        let word = fold(row.get("word").trim_end_matches('.'));
        words.entry(word).or_default().push((kind, value));
    }
    Ok(())
}

/// How names of a language decline; empty without a `declensions.csv`.
pub fn declensions(folder: &ResourcePath) -> Result<Declensions> {
    let path = folder.join("declensions.csv");
    let mut all = Vec::new();
    if path.exists() {
        for row in path.sheet(&["ending", "gender", "forms"])?.rows() {
            let gender = Some(gender(&row)?).filter(|gender| *gender != Gender::Unknown);
            let forms = row.get("forms").split('|').map(str::to_string).collect();
            let ending = row.get("ending").to_string();
            let surname = row.choice("of", &[(true, "surname"), (false, "")])?;
            all.push(Declension { ending, gender, forms, surname });
        }
    }
    Ok(Declensions(all))
}

/// First names in all cases; none without a `given_names.csv`.
fn given_names(folder: &ResourcePath, language: &mut Language) -> Result<()> {
    let path = folder.join("given_names.csv");
    if !path.exists() {
        return Ok(());
    }
    for row in path.sheet(&["name", "gender"])?.rows() {
        let gender = gender(&row)?;
        for (case, form) in
            language.declensions.given_name(&fold(row.get("name")), gender).into_iter().enumerate()
        {
            let readings = language.given_names.entry(form).or_default();
            if !readings.contains(&(gender, case == 0)) {
                readings.push((gender, case == 0));
            }
        }
    }
    Ok(())
}

fn words(phrase: &str) -> Vec<String> {
    phrase.split_whitespace().map(fold).collect()
}

fn gender(row: &Row) -> Result<Gender> {
    row.choice("gender", &Gender::ALL)
}

fn plural(row: &Row) -> Result<bool> {
    row.choice("number", &[(false, "singular"), (true, "plural"), (false, "any")])
}

fn cues(folder: &ResourcePath, language: &mut Language) -> Result<()> {
    let sheet = folder.join("cues.csv").sheet(&["cue", "forms", "class", "takes"])?;
    for row in sheet.rows() {
        let class = row.choice("class", &CueClass::ALL)?;
        let mut takes = Takes::default();
        for word in row.get("takes").split('|').map(str::trim) {
            *(row.choice_of("takes", word, &Takes::ALL)?)(&mut takes) = true;
        }
        for form in row.get("forms").split('|') {
            let words = words(form);
            let Some(first) = words.first().cloned() else {
                return Err(row.error("an empty form", "write forms as a|b|c"));
            };
            let cue = Cue { lemma: row.get("cue").to_string(), words, class, takes };
            language.cues.entry(first).or_default().push(cue);
        }
    }
    for cues in language.cues.values_mut() {
        cues.sort_by_key(|cue| std::cmp::Reverse(cue.words.len()));
    }
    Ok(())
}

fn shifter(row: &Row) -> Result<Shifter> {
    let words = words(row.get("shifter"));
    let letters = words.first().map_or(0, |word| word.trim_end_matches('*').chars().count());
    if letters == 0 || letters < 2 && row.get("shifter").contains('*') {
        return Err(row.error(
            format!("shifter '{}' begins with too few letters", row.get("shifter")),
            "write at least two letters before `*`",
        ));
    }
    Ok(Shifter {
        words,
        kind: row.choice("kind", &ShifterKind::ALL)?,
        factor: row.number("factor", -2.0, 2.0)?,
        scope: row.choice("scope", &ShifterScope::ALL)?,
    })
}
