//! Which terms moved an actor?
//!
//! Lives here: contributions of terms per statement in two windows. May not
//! live here: what a term contributes (see `score`). A term that is used more
//! often moves an actor as much as one that is valued otherwise: both change
//! its contribution per statement. Fitted weights do not work term by term,
//! so that these shares add up to the sum of hits and not to the score.

use crate::model::{Observation, Row, TermShift, Window};
use std::collections::BTreeMap;

/// Contributions to an axis by term, for the statements in `seen` (one
/// actor's, on that axis), per statement in each window; those that changed
/// most first, none that stayed. `formula` has the factor of each axis: that of
/// a derived axis, or 1 for the axis itself. Empty when a window has no
/// statement.
pub fn term_shifts(
    rows: &[Row],
    seen: &[Observation],
    formula: &BTreeMap<String, f64>,
    windows: (&Window, &Window),
) -> Vec<TermShift> {
    let days: BTreeMap<&str, _> = seen.iter().map(|seen| (seen.statement.as_str(), seen.day())).collect();
    let mut statements = [0usize; 2];
    let mut terms: BTreeMap<&str, [(usize, f64); 2]> = BTreeMap::new();
    for row in rows {
        let Some(day) = days.get(row.id.as_str()) else { continue };
        for (index, window) in [windows.0, windows.1].into_iter().enumerate() {
            if *day < window.from || *day > window.to {
                continue;
            }
            statements[index] += 1;
            for hit in row.scored.iter().flat_map(|scored| &scored.hits) {
                let Some(factor) = formula.get(&hit.axis) else { continue };
                if hit.contribution != 0.0 {
                    let sum = &mut terms.entry(&hit.term).or_default()[index];
                    sum.0 += 1;
                    sum.1 += factor * hit.contribution;
                }
            }
        }
    }
    if statements.contains(&0) {
        return Vec::new();
    }
    let share = |sum: f64, index: usize| sum / statements[index] as f64;
    let mut moved: Vec<TermShift> = terms
        .into_iter()
        .map(|(term, [before, after])| TermShift {
            term: term.to_string(),
            times: (before.0, after.0),
            share: (share(before.1, 0), share(after.1, 1)),
        })
        .filter(|term| term.moved().abs() > 1e-9)
        .collect();
    moved.sort_by(|one, two| {
        two.moved().abs().total_cmp(&one.moved().abs()).then_with(|| one.term.cmp(&two.term))
    });
    moved
}
