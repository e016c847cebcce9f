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
    let mut reader = Reader {
        // Looked up for each actor, of which there may be a hundred thousand.
        line_ends: text.match_indices('\n').map(|(at, _)| at).collect(),
        countries: file.country.iter().map(|country| country.id.clone()).collect(),
        ids: HashSet::new(),
        declensions: HashMap::new(),
        languages,
        place,
    };
    let countries = file.country.into_iter().map(|country| Country {
        id: country.id,
        names: country.names,
        adjectives: country.adjectives,
        capital: country.capital,
    });
    let countries = countries.collect();
    let actors = file.actor.into_iter().map(|actor| reader.actor(actor)).collect::<Result<Vec<Actor>>>()?;
    Ok(Roster { actors, countries })
}

/// What entries are checked against.
struct Reader {
    place: String,
    line_ends: Vec<usize>,
    countries: HashSet<String>,
    /// Ids of the actors so far.
    ids: HashSet<String>,
    languages: ResourcePath,
    /// Of the languages in which an actor so far has a name.
    declensions: HashMap<String, Declensions>,
}

impl Reader {
    fn actor(&mut self, actor: FileActor) -> Result<Actor> {
        let line = self.line_ends.partition_point(|end| *end < actor.id.span().start) + 1;
        let at = format!("{}:{line}", self.place);
        let id = actor.id.get_ref().clone();
        if id.is_empty() || !self.ids.insert(id.clone()) {
            return Err(Error::input(
                at,
                format!("the id '{id}' is empty or used twice"),
                "give every actor an id of its own",
            ));
        }
        self.check_names(&actor, &at)?;
        let refused =
            |(message, remedy): (String, String)| Error::input(&at, format!("{id}: {message}"), remedy);
        let gender = closed::word("gender", &actor.gender, &GENDERS).map_err(refused)?;
        let kind = closed::word("kind", &actor.kind, &ActorKind::ALL).map_err(refused)?;
        let offices = actor.office.into_iter().map(|office| self::office(office, &self.countries, &at, &id));
        let offices = offices.collect::<Result<Vec<Office>>>()?;
        Ok(Actor {
            name: actor.name,
            kind,
            gender,
            country: actor.country,
            aliases: self.forms(&actor.aliases, gender)?,
            surnames: self.forms(&actor.surnames, gender)?,
            offices,
            id,
        })
    }

    /// Refuses an unknown country, an empty name and names in a language without rules.
    fn check_names(&self, actor: &FileActor, at: &str) -> Result<()> {
        let id = actor.id.get_ref();
        if let Some(country) = actor.country.as_ref().filter(|country| !self.countries.contains(*country)) {
            return Err(Error::input(
                at,
                format!("{id} belongs to the unknown country '{country}'"),
                "add a [[country]] with this id above, or correct it",
            ));
        }
        let all = || actor.aliases.iter().chain(&actor.surnames);
        let empty = |names: &[String]| names.iter().any(|name| !name.chars().any(char::is_alphanumeric));
        if let Some((language, _)) = all().find(|(_, names)| empty(names)) {
            return Err(Error::input(
                at,
                format!("a name of {id} in '{language}' is empty"),
                "write the name between the quotation marks, or take it out",
            ));
        }
        let known = |code: &String| self.declensions.contains_key(code) || self.languages.join(code).is_dir();
        if let Some((language, _)) = all().find(|(code, _)| !known(code)) {
            let codes = codes(&self.languages).join(", ");
            return Err(Error::input(
                at,
                format!("{id} has names in '{language}', a language without rules"),
                format!("use one of {codes}, as in aliases.en = [\"Ann Lind\"]"),
            ));
        }
        Ok(())
    }

    /// All case forms of names, each once.
    fn forms(&mut self, names: &ByLanguage, gender: Gender) -> Result<ByLanguage> {
        let mut forms = ByLanguage::new();
        for (code, names) in names {
            if !self.declensions.contains_key(code) {
                let endings = language::declensions(&self.languages.join(code))?;
                self.declensions.insert(code.clone(), endings);
            }
            let endings = &self.declensions[code];
            let all: &mut Vec<String> = forms.entry(code.clone()).or_default();
            let mut known = HashSet::new();
            all.extend(names.iter().flat_map(|name| endings.forms(name, gender)));
            all.retain(|form| known.insert(form.clone()));
        }
        Ok(forms)
    }
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
