//! By which day statements enter trends and tests.

use crate::model::{AUTHOR, Axis, Choice, Form, Observation, Row};

/// By which day statements enter trends and tests; the tables keep both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateBy {
    /// The day a statement was made, as far as the text says.
    Said,
    /// The day its article was published.
    Published,
}

impl Choice for DateBy {
    const ALL: &'static [DateBy] = &[DateBy::Said, DateBy::Published];

    fn as_str(self) -> &'static str {
        match self {
            DateBy::Said => "said",
            DateBy::Published => "published",
        }
    }

    fn help(self) -> &'static str {
        match self {
            DateBy::Said => "The day a statement was made, as far as the text tells it",
            DateBy::Published => "The day its article was published",
        }
    }
}

/// The observation of a row dated by this day. By publication, that of an
/// article without a date falls out.
pub fn dated(observation: Observation, row: &Row, by: DateBy) -> Option<Observation> {
    if by == DateBy::Said {
        return Some(observation);
    }
    let published = row.published?;
    Some(Observation { from: published.day, to: published.last, ..observation })
}

/// What a row adds to trends on an axis: a statement by somebody, dated, scored, no
/// copy unless these are kept.
pub fn observation(row: &Row, axis: &Axis, keep_duplicates: bool) -> Option<Observation> {
    let counts = (keep_duplicates || row.duplicate_of.is_none()) && row.statement.form != Form::Author;
    let seen = if counts { row.observation(axis) } else { None };
    seen.filter(|observation| observation.actor_id != AUTHOR)
}
