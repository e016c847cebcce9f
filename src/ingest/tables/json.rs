//! A line of JSON as the cells of a record. Fields that are not wanted are passed over without
//! a copy.

use crate::ingest::columns::{Cells, Mapping, Role};
use crate::ingest::short::short;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// The wanted cells of a line, and a wanted key that is repeated in it. A line that is no JSON
/// object is an error.
pub fn cells(line: &str, columns: &Mapping) -> serde_json::Result<(Cells, Option<Repeated>)> {
    let mut json = serde_json::Deserializer::from_str(line);
    Object(columns).deserialize(&mut json).and_then(|cells| json.end().map(|()| cells))
}

/// The error as a sentence for the user.
pub fn problem(cause: &serde_json::Error) -> String {
    // The line is named beside it; serde counts within the line.
    let cause = cause.to_string().replace(" at line 1 column ", " at column ");
    format!("the line is no JSON object: {}", short(&cause, 200))
}

/// The names of an object's fields, for messages.
pub fn names(line: &str) -> Vec<String> {
    serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(line)
        .map(|object| object.keys().cloned().collect())
        .unwrap_or_default()
}

/// Role and rank of a key that stands twice in a record.
pub type Repeated = (Role, usize);

struct Object<'a>(&'a Mapping);

impl<'de> DeserializeSeed<'de> for Object<'_> {
    type Value = (Cells, Option<Repeated>);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = (Cells, Option<Repeated>);

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object, {\"text\": ...}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut cells = Cells::default();
        let mut ranks = [usize::MAX; crate::ingest::columns::COUNT];
        let mut seen = [0u32; crate::ingest::columns::COUNT];
        let mut repeated = None;
        while let Some(known) = map.next_key_seed(Name(self.0))? {
            if let Some((role, rank)) = known {
                // Of one role there are a handful of names.
                let bit = 1 << rank;
                if seen[role as usize] & bit != 0 {
                    repeated = repeated.or(known);
                }
                seen[role as usize] |= bit;
            }
            match known {
                Some((role, rank)) if rank <= ranks[role as usize] => {
                    // An empty cell leaves the place to a name of lower rank.
                    if let Some(cell) = map.next_value_seed(Cell(role))?.filter(|cell| !cell.is_empty()) {
                        ranks[role as usize] = rank;
                        cells.set(role, cell);
                    }
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok((cells, repeated))
    }
}

/// The role of a field's name.
struct Name<'a>(&'a Mapping);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = Option<(Role, usize)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = Option<(Role, usize)>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a field's name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.role(name))
    }
}

/// A value as a cell: text, numbers and lists of texts (joined as paragraphs,
/// authors by a comma); None for anything else.
struct Cell(Role);

impl<'de> DeserializeSeed<'de> for Cell {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Cell {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(text.to_string()))
    }

    fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
        Ok(Some(text))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut parts = Vec::new();
        while let Some(part) = list.next_element_seed(Cell(self.0))? {
            parts.extend(part);
        }
        let between = if self.0 == Role::Text { "\n\n" } else { ", " };
        Ok((!parts.is_empty()).then(|| parts.join(between)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str, role: Role) -> Option<String> {
        cells(line, &Mapping::default()).unwrap().0.take(role)
    }

    #[test]
    fn the_best_name_that_is_not_empty_wins() {
        assert_eq!(read(r#"{"body": "b", "text": "t"}"#, Role::Text).as_deref(), Some("t"));
        assert_eq!(read(r#"{"body": "b", "text": ""}"#, Role::Text).as_deref(), Some("b"));
        assert_eq!(read(r#"{"id": 7}"#, Role::Id).as_deref(), Some("7"));
        assert_eq!(read(r#"{"text": ["a", "b"], "x": {"text": 1}}"#, Role::Text).as_deref(), Some("a\n\nb"));
        assert_eq!(read(r#"{"author": ["A", "B"]}"#, Role::Author).as_deref(), Some("A, B"));
        assert_eq!(read(r#"{"text": null, "title": {"a": 1}}"#, Role::Title), None);
    }

    #[test]
    fn a_key_that_stands_twice_is_named_and_the_last_wins() {
        let line = r#"{"text": "a", "date": "x", "date": "y", "text": ""}"#;
        let (mut found, twice) = cells(line, &Mapping::default()).unwrap();
        let (role, rank) = twice.unwrap();
        assert_eq!(Mapping::default().name(role, rank), "date");
        assert_eq!(found.take(Role::Date).as_deref(), Some("y"));
        assert_eq!(found.take(Role::Text).as_deref(), Some("a"));
        let other = r#"{"text": "a", "body": "b", "x": 1, "x": 2}"#;
        assert_eq!(cells(other, &Mapping::default()).unwrap().1, None);
    }

    #[test]
    fn what_is_no_object_is_an_error() {
        for line in ["[1]", "{oops", "7", "{} {}", "\"text\""] {
            assert!(cells(line, &Mapping::default()).is_err(), "{line}");
        }
    }
}
