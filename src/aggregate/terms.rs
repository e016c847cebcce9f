//! Which terms moved an actor?
//!
//! Lives here: contributions of terms per statement in two windows. May not
//! live here: what a term contributes (see `score`). A term that is used more
//! often moves an actor as much as one that is valued otherwise: both change
//! its contribution per statement. Fitted weights do not work term by term,
//! so that these shares add up to the sum of hits and not to the score.

use crate::model::{Axis, Row, TermShift, Window};
use std::collections::BTreeMap;

/// Contributions to `axis` by term, for one actor's statements with a score on
/// it, per statement in each window; those that changed most first, none that
/// stayed. `formula` has the factor of each axis: that of a derived axis, or 1
/// for the axis itself. Copies of statements do not count.
pub fn term_shifts(
    rows: &[Row],
    actor_id: &str,
    axis: &Axis,
    formula: &BTreeMap<String, f64>,
    windows: (&Window, &Window),
) -> Vec<TermShift> {
    let mut statements = [0usize; 2];
    let mut terms: BTreeMap<&str, [(usize, f64); 2]> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.duplicate_of.is_none()) {
        let Some(seen) = row.observation(axis) else { continue };
        if seen.actor_id != actor_id {
            continue;
        }
        let day = seen.day();
        for (index, window) in [windows.0, windows.1].into_iter().enumerate() {
            if day < window.from || day > window.to {
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
    let share = |sum: f64, index: usize| sum / statements[index].max(1) as f64;
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
    if statements.contains(&0) { Vec::new() } else { moved }
}
