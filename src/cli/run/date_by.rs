//! By which day statements enter trends and tests.
//!
//! Lives here: what the option does to observations. May not live here:
//! how a statement is dated (see `date`).

use super::super::analysis::DateBy;
use crate::model::{Observation, Row};
use std::collections::HashMap;

/// Observations dated by this day. By publication, those of articles without a
/// date fall out.
pub fn dated(observations: Vec<Observation>, rows: &[Row], by: DateBy) -> Vec<Observation> {
    if by == DateBy::Said {
        return observations;
    }
    let published: HashMap<&str, _> =
        rows.iter().filter_map(|row| row.published.map(|published| (row.id.as_str(), published))).collect();
    let on = |observation: Observation| {
        let published = published.get(observation.statement.as_str())?;
        Some(Observation { from: published.day, to: published.last, ..observation })
    };
    observations.into_iter().filter_map(on).collect()
}
