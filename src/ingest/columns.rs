//! Which column or field of a record holds what.
//!
//! Lives here: roles, the names they are looked for under, and the message when
//! a mapping does not fit. May not live here: reading records.

use crate::error::{Error, Result};
use crate::ingest::short;

/// What a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The record's id.
    Id,
    /// The body of the article.
    Text,
    /// The day it was printed.
    Date,
    /// The headline.
    Title,
    /// Who printed it.
    Source,
    /// The language code.
    Language,
    /// Who wrote it.
    Author,
    /// Its address.
    Url,
}

/// How many roles there are.
pub const COUNT: usize = 8;

/// Every role: the word in a mapping, and the names looked for without one, best
/// first. `doc_id` is what quanteda and readtext call an id.
const ROLES: [(Role, &str, &[&str]); COUNT] = [
    (Role::Id, "id", &["id", "article_id", "doc_id"]),
    (Role::Text, "text", &["text", "body", "content"]),
    (Role::Date, "date", &["published", "date", "published_at", "date_published", "datePublished"]),
    (Role::Title, "title", &["title", "headline"]),
    (Role::Source, "source", &["source", "publisher", "outlet"]),
    (Role::Language, "language", &["language", "lang"]),
    (Role::Author, "author", &["author", "byline"]),
    (Role::Url, "url", &["url", "link"]),
];

/// The cells of one record, by role.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cells([Option<String>; COUNT]);

impl Cells {
    /// Takes the cell of a role, its white space off; None when it is empty.
    pub fn take(&mut self, role: Role) -> Option<String> {
        let cell = self.0[role as usize].take()?;
        if cell.trim().is_empty() {
            return None;
        }
        Some(if role == Role::Text { cell } else { cell.trim().to_string() })
    }

    /// Sets the cell of a role.
    pub fn set(&mut self, role: Role, cell: String) {
        self.0[role as usize] = Some(cell);
    }
}

/// A mapping from roles to names.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mapping {
    mapped: Vec<(Role, String)>,
}

impl Mapping {
    /// From pairs of role and name, as in `text=body`.
    pub fn new(pairs: &[(String, String)]) -> Result<Mapping> {
        let mut mapped: Vec<(Role, String)> = Vec::new();
        for (word, name) in pairs {
            let role = ROLES.iter().find(|(_, known, _)| known == word).map(|(role, _, _)| *role);
            let Some(role) = role.or((word == "published").then_some(Role::Date)) else {
                let known: Vec<&str> = ROLES.iter().map(|(_, known, _)| *known).collect();
                return Err(Error::input(
                    "--col",
                    format!("an article has no '{word}'"),
                    format!("map {} to your columns, as in --col text=body", known.join(", ")),
                ));
            };
            if mapped.iter().any(|(other, _)| *other == role) {
                return Err(Error::input("--col", format!("'{word}' is mapped twice"), "give it once"));
            }
            if name.is_empty() {
                return Err(Error::input(
                    "--col",
                    format!("'{word}' is mapped to nothing"),
                    "name the column, as in text=body",
                ));
            }
            mapped.push((role, name.clone()));
        }
        Ok(Mapping { mapped })
    }

    /// What a name stands for, and its rank among the names of its role (0 is
    /// best).
    pub fn role(&self, name: &str) -> Option<(Role, usize)> {
        if let Some((role, _)) = self.mapped.iter().find(|(_, mapped)| mapped == name) {
            return Some((*role, 0));
        }
        ROLES.iter().find_map(|(role, _, names)| {
            let rank = names.iter().position(|known| *known == name)?;
            let free = !self.mapped.iter().any(|(mapped, _)| mapped == role);
            free.then_some((*role, rank))
        })
    }

    /// Where the columns of a table are, by role. The error when a mapped column
    /// is not there, or when there is no text at all, lists those there are.
    pub fn places(&self, place: &str, header: &[String]) -> Result<[Option<usize>; COUNT]> {
        self.check(place, header)?;
        let mut places: [Option<(usize, usize)>; COUNT] = [None; COUNT];
        for (index, name) in header.iter().enumerate() {
            let found = self.role(name).or_else(|| self.role(&name.to_lowercase()));
            if let Some((role, rank)) = found
                && places[role as usize].is_none_or(|(_, best)| rank < best)
            {
                places[role as usize] = Some((index, rank));
            }
        }
        let places = places.map(|place| place.map(|(index, _)| index));
        if places[Role::Text as usize].is_none() {
            return Err(self.no_text(place, header));
        }
        Ok(places)
    }

    /// An error when a mapped name is not among those there are.
    pub fn check(&self, place: &str, header: &[String]) -> Result<()> {
        for (role, name) in &self.mapped {
            if !header.contains(name) {
                let word = ROLES.iter().find(|(known, _, _)| known == role).map_or("", |(_, word, _)| word);
                return Err(Error::input(
                    place,
                    format!(
                        "there is no column '{}' for {word}; there are: {}",
                        short::short(name, 60),
                        short::names(header)
                    ),
                    "correct the mapping (--col, or [col] in stance.toml)",
                ));
            }
        }
        Ok(())
    }

    /// The error when nothing holds the text.
    pub fn no_text(&self, place: &str, header: &[String]) -> Error {
        Error::input(
            place,
            format!("no column text, body or content; there are: {}", short::names(header)),
            "say which holds the text with --col text=NAME",
        )
    }

    /// The name that has a rank among the names of a role.
    pub fn name(&self, role: Role, rank: usize) -> &str {
        if let Some((_, name)) = self.mapped.iter().find(|(mapped, _)| *mapped == role) {
            return name;
        }
        let names = ROLES.iter().find(|(known, _, _)| *known == role).map_or(&[][..], |(_, _, names)| names);
        names.get(rank).copied().unwrap_or("")
    }

    /// Every role.
    pub fn roles() -> impl Iterator<Item = Role> {
        ROLES.iter().map(|(role, _, _)| *role)
    }

    /// Whether anything is mapped.
    pub fn is_mapped(&self) -> bool {
        !self.mapped.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(role: &str, name: &str) -> (String, String) {
        (role.into(), name.into())
    }

    #[test]
    fn columns_are_found_by_mapping_else_by_name() {
        let header: Vec<String> = ["Datum", "body", "ID", "date"].map(String::from).to_vec();
        let columns = Mapping::new(&[pair("date", "Datum")]).unwrap();
        let places = columns.places("x.csv", &header).unwrap();
        assert_eq!(places[Role::Date as usize], Some(0));
        assert_eq!(places[Role::Text as usize], Some(1));
        assert_eq!(places[Role::Id as usize], Some(2));
        let places = Mapping::default().places("x.csv", &header).unwrap();
        assert_eq!(places[Role::Date as usize], Some(3));
    }

    #[test]
    fn a_wrong_mapping_lists_what_there_is() {
        let header = vec!["a".to_string(), "b".to_string()];
        let wrong = Mapping::new(&[pair("text", "c")]).unwrap();
        let error = wrong.places("x.csv", &header).unwrap_err().to_string();
        assert!(error.contains("no column 'c' for text; there are: a, b"), "{error}");
        let error = Mapping::default().places("x.csv", &header).unwrap_err().to_string();
        assert!(error.contains("there are: a, b; say which"), "{error}");
        assert!(Mapping::new(&[pair("speaker", "c")]).unwrap_err().to_string().contains("no 'speaker'"));
        assert!(Mapping::new(&[pair("id", "a"), pair("id", "b")]).is_err());
    }
}
