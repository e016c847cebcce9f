//! By which day statements enter trends and tests.
//!
//! Lives here: what the option does to observations. May not live here:
//! how a statement is dated (see `date`).

use crate::cli::args::analysis::DateBy;
use crate::model::{Observation, Row};

/// The observation of a row dated by this day. By publication, that of an
/// article without a date falls out.
pub fn dated(observation: Observation, row: &Row, by: DateBy) -> Option<Observation> {
    if by == DateBy::Said {
        return Some(observation);
    }
    let published = row.published?;
    Some(Observation { from: published.day, to: published.last, ..observation })
}
