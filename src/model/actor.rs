//! Persons and bodies that speak, and the offices they held.
//!
//! Lives here: the roster as values, and who held an office on a day. May not
//! live here: finding names in text (see `attribute`).

use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Grammatical gender, for pronouns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Gender {
    /// "he", «он».
    Male,
    /// "she", «она».
    Female,
    /// Bodies, and persons of whom the roster does not say it.
    #[default]
    Unknown,
}

/// What kind of speaker an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActorKind {
    /// One human being.
    Person,
    /// A ministry, a parliament, a commission.
    Body,
}

/// An office held from a day to a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Id of the role, as in the languages' `titles.csv` ("head_of_state").
    pub role: String,
    /// In words, for people ("President of Belarus").
    pub title: String,
    /// Id of the country or union whose office it is.
    pub country: String,
    /// For ambassadors: where they are accredited.
    pub to_country: Option<String>,
    /// First day; None when unknown.
    pub from: Option<NaiveDate>,
    /// Last day; None while it is held.
    pub to: Option<NaiveDate>,
}

impl Office {
    /// Whether the office was held on `day`, both ends included.
    pub fn held_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// A person or body on the roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Unique, snake_case.
    pub id: String,
    /// The name shown in tables and charts.
    pub name: String,
    /// Person or body.
    pub kind: ActorKind,
    /// For pronouns.
    pub gender: Gender,
    /// Id of the country they belong to, if any.
    pub country: Option<String>,
    /// Full names by language code, in all forms in which they are matched
    /// (cases included), as typed (not folded).
    pub aliases: BTreeMap<String, Vec<String>>,
    /// Names that may stand alone, by language code, all forms.
    pub surnames: BTreeMap<String, Vec<String>>,
    /// Offices, in the order of the file.
    pub offices: Vec<Office>,
}

/// A country, union or bloc, as titles name it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Country {
    /// Unique, snake_case.
    pub id: String,
    /// Names by language code, case forms included ("Belarus", «Беларуси»).
    pub names: BTreeMap<String, Vec<String>>,
    /// Adjectives by language code, `*` allowed ("Belarusian", «белорусск*»).
    pub adjectives: BTreeMap<String, Vec<String>>,
    /// Capitals by language code, case forms included.
    pub capital: BTreeMap<String, Vec<String>>,
}

/// Everybody a run knows by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster {
    /// In the order of the file.
    pub actors: Vec<Actor>,
    /// In the order of the file.
    pub countries: Vec<Country>,
}

impl Roster {
    /// The actor with this id.
    pub fn actor(&self, id: &str) -> Option<&Actor> {
        self.actors.iter().find(|actor| actor.id == id)
    }

    /// Index of the one actor who held `role` for `country` on `day`. None
    /// when nobody or more than one did. The role `leader` stands for the head
    /// of state first, then the head of government.
    pub fn holder(&self, role: &str, country: &str, day: NaiveDate) -> Option<usize> {
        if role == "leader" {
            return self
                .holder("head_of_state", country, day)
                .or_else(|| self.holder("prime_minister", country, day));
        }
        let mut found = None;
        for (index, actor) in self.actors.iter().enumerate() {
            let holds = actor
                .offices
                .iter()
                .any(|office| office.role == role && office.country == country && office.held_on(day));
            if holds && found.replace(index).is_some() {
                return None;
            }
        }
        found
    }
}
