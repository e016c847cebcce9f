//! By which day statements enter trends and tests.
//!
//! Lives here: what the option does to observations. May not live here:
//! how a statement is dated (see `date`).

use crate::model::{AUTHOR, Axis, Form, Observation, Row};
use crate::project::analysis::DateBy;

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
