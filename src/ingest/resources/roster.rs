//! Rosters of persons and bodies (TOML). Case forms of their names come from the
//! `declensions.csv` of each language.

use crate::error::{Error, Result};
use crate::ingest::closed;
use crate::ingest::resources::language;
use crate::ingest::resources::resource_path::ResourcePath;
use crate::ingest::resources::toml_errors::mistake;
use crate::model::{Actor, ActorKind, Country, Declensions, Gender, Office, Role, Roster};
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};

type ByLanguage = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    country: Vec<FileCountry>,
    #[serde(default)]
    actor: Vec<FileActor>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileCountry {
    id: String,
    #[serde(default)]
    names: ByLanguage,
    #[serde(default)]
    adjectives: ByLanguage,
    #[serde(default)]
    capital: ByLanguage,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileActor {
    id: toml::Spanned<String>,
    name: String,
    kind: String,
    #[serde(default)]
    gender: String,
    country: Option<String>,
    #[serde(default)]
    aliases: ByLanguage,
    #[serde(default)]
    surnames: ByLanguage,
    #[serde(default)]
    office: Vec<FileOffice>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileOffice {
    role: String,
    title: String,
    country: String,
    to_country: Option<String>,
    from: Option<toml::value::Datetime>,
    to: Option<toml::value::Datetime>,
}

/// Genders with the words of a roster; bodies have none.
const GENDERS: [(Gender, &str); 4] =
    [(Gender::Male, "male"), (Gender::Female, "female"), (Gender::Unknown, "none"), (Gender::Unknown, "")];

/// Reads a roster. `languages` is the folder of language rules, whose
/// `declensions.csv` give the case forms of names.
///
/// # Errors
/// For the first entry that is wrong, with file and line.
pub fn roster(path: impl Into<ResourcePath>, languages: impl Into<ResourcePath>) -> Result<Roster> {
    let (path, languages): (ResourcePath, ResourcePath) = (path.into(), languages.into());
    let place = path.to_string();
    let text = path.read_text().map_err(|cause| {
        Error::input(&place, "the roster cannot be read", "check the path given to --actors").because(cause)
    })?;
    let example = "`stance lexicon export actors DIR` writes a roster to look at";
    let file: File = toml::from_str(&text).map_err(|cause| mistake(&place, &text, &cause, example))?;
    let mut roster = Roster::default();
    let mut ids = HashSet::new();
    // Looked up for each actor, of which there may be a hundred thousand.
    let line_ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    let countries: HashSet<String> = file.country.iter().map(|country| country.id.clone()).collect();
    let mut declensions: HashMap<String, Declensions> = HashMap::new();
    for country in file.country {
        roster.countries.push(Country {
            id: country.id,
            names: country.names,
            adjectives: country.adjectives,
            capital: country.capital,
        });
    }
    for actor in file.actor {
        let line = line_ends.partition_point(|end| *end < actor.id.span().start) + 1;
        let at = format!("{place}:{line}");
        let id = actor.id.get_ref().clone();
        if id.is_empty() || !ids.insert(id.clone()) {
            return Err(Error::input(
                at,
                format!("the id '{id}' is empty or used twice"),
                "give every actor an id of its own",
            ));
        }
        if let Some(country) = actor.country.as_ref().filter(|country| !countries.contains(*country)) {
            return Err(Error::input(
                at,
                format!("{id} belongs to the unknown country '{country}'"),
                "add a [[country]] with this id above, or correct it",
            ));
        }
        if let Some((language, _)) = actor
            .aliases
            .iter()
            .chain(&actor.surnames)
            .find(|(_, names)| names.iter().any(|name| !name.chars().any(char::is_alphanumeric)))
        {
            return Err(Error::input(
                at,
                format!("a name of {id} in '{language}' is empty"),
                "write the name between the quotation marks, or take it out",
            ));
        }
        if let Some(language) = actor
            .aliases
            .keys()
            .chain(actor.surnames.keys())
            .find(|language| !declensions.contains_key(*language) && !languages.join(language).is_dir())
        {
            return Err(Error::input(
                at,
                format!("{id} has names in '{language}', a language without rules"),
                format!("use one of {}, as in aliases.en = [\"Ann Lind\"]", codes(&languages).join(", ")),
            ));
        }
        let refused =
            |(message, remedy): (String, String)| Error::input(&at, format!("{id}: {message}"), remedy);
        let gender = closed::word("gender", &actor.gender, &GENDERS).map_err(refused)?;
        let kind = closed::word("kind", &actor.kind, &ActorKind::ALL).map_err(refused)?;
        let mut offices = Vec::new();
        for office in actor.office {
            offices.push(self::office(office, &countries, &at, &id)?);
        }
        let mut aliases = ByLanguage::new();
        let mut surnames = ByLanguage::new();
        for (given, forms) in [(&actor.aliases, &mut aliases), (&actor.surnames, &mut surnames)] {
            for (language, names) in given {
                if !declensions.contains_key(language) {
                    let endings = language::declensions(&languages.join(language))?;
                    declensions.insert(language.clone(), endings);
                }
                let endings = &declensions[language];
                let all: &mut Vec<String> = forms.entry(language.clone()).or_default();
                let mut known = HashSet::new();
                for form in names.iter().flat_map(|name| endings.forms(name, gender)) {
                    if known.insert(form.clone()) {
                        all.push(form);
                    }
                }
            }
        }
        roster.actors.push(Actor {
            id,
            name: actor.name,
            kind,
            gender,
            country: actor.country,
            aliases,
            surnames,
            offices,
        });
    }
    Ok(roster)
}

/// The languages that have rules.
fn codes(languages: &ResourcePath) -> Vec<String> {
    let folders = languages.folders().unwrap_or_default();
    folders.iter().map(|folder| folder.name().to_string()).collect()
}

fn office(office: FileOffice, countries: &HashSet<String>, at: &str, id: &str) -> Result<Office> {
    if !countries.contains(&office.country) {
        return Err(Error::input(
            at,
            format!("an office of {id} names the unknown country '{}'", office.country),
            "add a [[country]] with this id, or correct it",
        ));
    }
    let from = office.from.map(|date| day(date, at, id)).transpose()?;
    let to = office.to.map(|date| day(date, at, id)).transpose()?;
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        return Err(Error::input(
            at,
            format!("the office '{}' of {id} ends ({to}) before it begins ({from})", office.title),
            "swap or correct the two dates",
        ));
    }
    let role = closed::word("role", &office.role, &Role::ALL).map_err(|(message, remedy)| {
        let message = format!("the office '{}' of {id}: {message}", office.title);
        Error::input(at, message, remedy)
    })?;
    Ok(Office { role, title: office.title, country: office.country, to_country: office.to_country, from, to })
}

fn day(value: toml::value::Datetime, at: &str, id: &str) -> Result<NaiveDate> {
    value
        .date
        .and_then(|date| {
            NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
        })
        .ok_or_else(|| {
            Error::input(at, format!("'{value}' of {id} is not a day"), "write dates as 2003-06-05")
        })
}
