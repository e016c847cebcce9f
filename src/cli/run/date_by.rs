//! By which day statements enter trends and tests.
//!
//! Lives here: the option and what it does to observations. May not live here:
//! how a statement is dated (see `date`).

use crate::model::{Observation, Row};
use clap::ValueEnum;

/// By which day statements enter trends and tests; the tables keep both.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateBy {
    /// The day a statement was made, as far as the text tells it
    Said,
    /// The day its article was published
    Published,
}

impl DateBy {
    /// The observation of a row dated by this day. By publication, that of an
    /// article without a date falls out.
    pub fn dated(self, observation: Observation, row: &Row) -> Option<Observation> {
        if self == DateBy::Said {
            return Some(observation);
        }
        let day = row.published?.day;
        Some(Observation { from: day, to: day, ..observation })
    }
}
