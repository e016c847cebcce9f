//! By which day statements enter trends and tests.

use crate::model::Choice;

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
