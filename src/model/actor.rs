//! The roster: persons and bodies that speak, and who held an office on a day.

use crate::model::language::gender::Gender;
use crate::model::language::title::Role;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What kind of speaker an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActorKind {
    /// One human being.
    Person,
    /// A ministry, a parliament, a commission.
    Body,
}

impl ActorKind {
    /// All kinds with the word used in files.
    pub const ALL: [(ActorKind, &'static str); 2] =
        [(ActorKind::Person, "person"), (ActorKind::Body, "body")];
}

/// An office held from a day to a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// The role that titles name it by.
    pub role: Role,
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

/// The actors and countries that a run knows by name.
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
    /// when nobody or more than one did. [`Role::Leader`] is the head of state
    /// first, then the head of government.
    pub fn holder(&self, role: Role, country: &str, day: NaiveDate) -> Option<usize> {
        if role == Role::Leader {
            return self
                .holder(Role::HeadOfState, country, day)
                .or_else(|| self.holder(Role::PrimeMinister, country, day));
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
