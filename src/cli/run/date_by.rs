//! By which day statements enter trends and tests.
//!
//! Lives here: the option and what it does to observations. May not live here:
//! how a statement is dated (see `date`).

use crate::model::{Observation, Row};
use clap::ValueEnum;
use std::collections::HashMap;

/// By which day statements enter trends and tests; the tables keep both.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateBy {
    /// The day a statement was made, as far as the text tells it
    Said,
    /// The day its article was published
    Published,
}

/// Observations dated by this day. By publication, those of articles without a
/// date fall out.
pub fn dated(observations: Vec<Observation>, rows: &[Row], by: DateBy) -> Vec<Observation> {
    if by == DateBy::Said {
        return observations;
    }
    let published: HashMap<&str, _> = rows
        .iter()
        .filter_map(|row| row.published.map(|published| (row.id.as_str(), published.day)))
        .collect();
    let on = |observation: Observation| {
        let day = *published.get(observation.statement.as_str())?;
        Some(Observation { from: day, to: day, ..observation })
    };
    observations.into_iter().filter_map(on).collect()
}
