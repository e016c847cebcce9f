//! Rosters of persons and bodies: the TOML format. How names decline stands in
//! `declensions.csv` of the languages.

use crate::error::{Error, Result};
use crate::ingest::resources::toml_errors::mistake;
use crate::model::{Actor, ActorKind, Country, Declensions, Gender, Office, Roster};
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

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

/// Reads a roster. `languages` is the folder of language rules, whose
/// `declensions.csv` give the case forms of names.
pub fn roster(path: &Path, languages: &Path) -> Result<Roster> {
    let place = path.display().to_string();
    let text = crate::files::read_text(path, crate::ingest::RESOURCE_BYTES).map_err(|cause| {
        Error::input(&place, "the roster cannot be read", "check the path given to --actors").because(cause)
    })?;
    let example = "data/actors/README.md shows how an entry is written";
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
                format!("use one of {}, as in aliases.en = [\"Ann Lind\"]", codes(languages).join(", ")),
            ));
        }
        let gender = match actor.gender.as_str() {
            "male" => Gender::Male,
            "female" => Gender::Female,
            "none" | "" => Gender::Unknown,
            other => {
                return Err(Error::input(
                    at,
                    format!("gender '{other}' of {id} is not known"),
                    "use male, female or none",
                ));
            }
        };
        let kind = match actor.kind.as_str() {
            "person" => ActorKind::Person,
            "body" => ActorKind::Body,
            other => {
                return Err(Error::input(
                    at,
                    format!("kind '{other}' of {id} is not known"),
                    "use person or body",
                ));
            }
        };
        let mut offices = Vec::new();
        for office in actor.office {
            offices.push(self::office(office, &countries, &at, &id)?);
        }
        let mut aliases = ByLanguage::new();
        let mut surnames = ByLanguage::new();
        for (given, forms) in [(&actor.aliases, &mut aliases), (&actor.surnames, &mut surnames)] {
            for (language, names) in given {
                if !declensions.contains_key(language) {
                    let endings = crate::ingest::resources::language::declensions(&languages.join(language))?;
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
fn codes(languages: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(languages).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.path().is_dir());
    let mut codes: Vec<String> =
        folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    codes.sort();
    codes
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
    Ok(Office {
        role: office.role,
        title: office.title,
        country: office.country,
        to_country: office.to_country,
        from,
        to,
    })
}

fn day(value: toml::value::Datetime, at: &str, id: &str) -> Result<NaiveDate> {
    value
        .date
        .and_then(|date| {
            NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
        })
        .ok_or_else(|| Error::input(at, format!("'{value}' of {id} is no day"), "write dates as 2003-06-05"))
}
