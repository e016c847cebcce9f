//! Which column or field of a record holds what, for records that are articles and for
//! records that are statements.

use crate::error::{Error, Result};
use crate::ingest::short;

/// What a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RecordKind {
    /// An article, in which statements are looked for.
    #[default]
    Article,
    /// One person's words already (`--unit statement`).
    Statement,
}

/// What a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The record's id.
    Id,
    /// The body of the article, or the words of the statement.
    Text,
    /// The day of publication, or of the statement.
    Date,
    /// The headline.
    Title,
    /// The publisher.
    Source,
    /// The language code.
    Language,
    /// The author of the article.
    Author,
    /// The address of the article.
    Url,
    /// The speaker of the statement.
    Actor,
    /// How the words of the statement were reported.
    Form,
}

/// Number of roles.
pub const COUNT: usize = 10;

/// The column of each role, in the order of [`Role::ALL`]; None for a role without a column.
pub type Columns = [Option<usize>; COUNT];

impl Role {
    /// Every role.
    pub const ALL: [Role; COUNT] = [
        Role::Id,
        Role::Text,
        Role::Date,
        Role::Title,
        Role::Source,
        Role::Language,
        Role::Author,
        Role::Url,
        Role::Actor,
        Role::Form,
    ];
}

/// A role with the word for it in a mapping, and the names of columns that have it without a
/// mapping, best first.
type RoleNames = (Role, &'static str, &'static [&'static str]);

/// The roles of an article. `doc_id` is what quanteda and readtext call an id.
const OF_ARTICLES: &[RoleNames] = &[
    (Role::Id, "id", &["id", "article_id", "doc_id"]),
    (Role::Text, "text", &["text", "body", "content"]),
    (Role::Date, "date", &["published", "date", "published_at", "date_published", "datePublished"]),
    (Role::Title, "title", &["title", "headline"]),
    (Role::Source, "source", &["source", "publisher", "outlet"]),
    (Role::Language, "language", &["language", "lang"]),
    (Role::Author, "author", &["author", "byline"]),
    (Role::Url, "url", &["url", "link"]),
];

/// The roles of a statement.
const OF_STATEMENTS: &[RoleNames] = &[
    (Role::Id, "id", &["id"]),
    (Role::Text, "text", &["text"]),
    (Role::Actor, "actor", &["actor"]),
    (Role::Date, "date", &["date"]),
    (Role::Language, "language", &["language", "lang"]),
    (Role::Form, "form", &["form"]),
];

/// The cells of one record, by role.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cells([Option<String>; COUNT]);

impl Cells {
    /// Takes the cell of a role; None if it is empty. White space around it is removed, except
    /// around the text, whose offsets count from its first byte.
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

/// A mapping from roles to names of columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mapping {
    kind: RecordKind,
    mapped: Vec<(Role, String)>,
}

impl Mapping {
    /// The mapping of articles, from pairs of role and name as in `text=body`. An unknown or
    /// repeated role and an empty name are errors.
    pub fn new(pairs: &[(String, String)]) -> Result<Mapping> {
        Mapping::of(RecordKind::Article, pairs)
    }

    /// The same for records that are statements.
    pub fn statements(pairs: &[(String, String)]) -> Result<Mapping> {
        Mapping::of(RecordKind::Statement, pairs)
    }

    fn of(kind: RecordKind, pairs: &[(String, String)]) -> Result<Mapping> {
        let mut mapping = Mapping { kind, mapped: Vec::new() };
        for (word, name) in pairs {
            let role = mapping.roles().iter().find(|(_, known, _)| known == word).map(|(role, _, _)| *role);
            let published = (kind == RecordKind::Article && word == "published").then_some(Role::Date);
            let Some(role) = role.or(published) else {
                let known: Vec<&str> = mapping.roles().iter().map(|(_, known, _)| *known).collect();
                return Err(Error::input(
                    "--col",
                    format!("unknown role '{word}'"),
                    format!("map {} to your columns, as in --col text=body", known.join(", ")),
                ));
            };
            if mapping.mapped.iter().any(|(other, _)| *other == role) {
                return Err(Error::input("--col", format!("'{word}' is mapped twice"), "give it once"));
            }
            if name.is_empty() {
                return Err(Error::input(
                    "--col",
                    format!("'{word}' is mapped to nothing"),
                    "name the column, as in text=body",
                ));
            }
            mapping.mapped.push((role, name.clone()));
        }
        Ok(mapping)
    }

    /// What a record is.
    pub fn kind(&self) -> RecordKind {
        self.kind
    }

    fn roles(&self) -> &'static [RoleNames] {
        match self.kind {
            RecordKind::Article => OF_ARTICLES,
            RecordKind::Statement => OF_STATEMENTS,
        }
    }

    /// The names of the columns that have a role without a mapping.
    fn names(&self, role: Role) -> &'static [&'static str] {
        self.roles().iter().find(|(known, _, _)| *known == role).map_or(&[], |(_, _, names)| names)
    }

    /// The role of a column by its name, and the name's rank among the names of the role (0 is
    /// best).
    pub fn role(&self, name: &str) -> Option<(Role, usize)> {
        if let Some((role, _)) = self.mapped.iter().find(|(_, mapped)| mapped == name) {
            return Some((*role, 0));
        }
        self.roles().iter().find_map(|(role, _, names)| {
            let rank = names.iter().position(|known| *known == name)?;
            let free = !self.mapped.iter().any(|(mapped, _)| mapped == role);
            free.then_some((*role, rank))
        })
    }

    /// The columns of a table, by role. The error, if a mapped column or the text is missing,
    /// lists the columns of the table.
    pub fn columns(&self, place: &str, header: &[String]) -> Result<Columns> {
        self.check(place, header)?;
        let mut best: [Option<(usize, usize)>; COUNT] = [None; COUNT];
        for (index, name) in header.iter().enumerate() {
            let found = self.role(name).or_else(|| self.role(&name.to_lowercase()));
            if let Some((role, rank)) = found
                && best[role as usize].is_none_or(|(_, best)| rank < best)
            {
                best[role as usize] = Some((index, rank));
            }
        }
        let columns = best.map(|column| column.map(|(index, _)| index));
        if columns[Role::Text as usize].is_none() {
            return Err(self.no_text(place, header));
        }
        Ok(columns)
    }

    /// An error if a mapped name is not among those of a header.
    pub fn check(&self, place: &str, header: &[String]) -> Result<()> {
        let Some((role, name)) = self.mapped.iter().find(|(_, name)| !header.contains(name)) else {
            return Ok(());
        };
        let word = self.roles().iter().find(|(known, _, _)| known == role).map_or("", |(_, word, _)| word);
        let remedy = match self.kind {
            RecordKind::Article => "correct the mapping (--col, or [col] in stance.toml)",
            RecordKind::Statement => "correct --col",
        };
        Err(Error::input(
            place,
            format!(
                "there is no column '{}' for {word}; there are: {}",
                short::short(name, 60),
                short::names(header)
            ),
            remedy,
        ))
    }

    /// The error if no column holds the text.
    pub fn no_text(&self, place: &str, header: &[String]) -> Error {
        let wanted = match self.names(Role::Text) {
            [before @ .., last] if !before.is_empty() => format!("{} or {last}", before.join(", ")),
            names => names.concat(),
        };
        Error::input(
            place,
            format!("no column {wanted}; there are: {}", short::names(header)),
            "say which holds the text with --col text=NAME",
        )
    }

    /// The name with a rank among the names of a role.
    pub fn name(&self, role: Role, rank: usize) -> &str {
        if let Some((_, name)) = self.mapped.iter().find(|(mapped, _)| *mapped == role) {
            return name;
        }
        self.names(role).get(rank).copied().unwrap_or("")
    }

    /// True if any role is mapped.
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
        let places = columns.columns("x.csv", &header).unwrap();
        assert_eq!(places[Role::Date as usize], Some(0));
        assert_eq!(places[Role::Text as usize], Some(1));
        assert_eq!(places[Role::Id as usize], Some(2));
        let places = Mapping::default().columns("x.csv", &header).unwrap();
        assert_eq!(places[Role::Date as usize], Some(3));
    }

    #[test]
    fn a_wrong_mapping_lists_what_there_is() {
        let header = vec!["a".to_string(), "b".to_string()];
        let wrong = Mapping::new(&[pair("text", "c")]).unwrap();
        let error = wrong.columns("x.csv", &header).unwrap_err().to_string();
        assert!(error.contains("no column 'c' for text; there are: a, b"), "{error}");
        let error = Mapping::default().columns("x.csv", &header).unwrap_err().to_string();
        assert!(error.contains("there are: a, b; say which"), "{error}");
        assert!(
            Mapping::new(&[pair("speaker", "c")]).unwrap_err().to_string().contains("unknown role 'speaker'")
        );
        assert!(Mapping::new(&[pair("id", "a"), pair("id", "b")]).is_err());
    }
}
