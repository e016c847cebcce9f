//! Which terms moved an actor?
//!
//! Lives here: contributions of terms per statement in two windows. May not
//! live here: what a term contributes (see `score`). A term that is used more
//! often moves an actor as much as one that is valued otherwise: both change
//! its contribution per statement. Fitted weights do not work term by term,
//! so that these shares add up to the sum of hits and not to the score.

use crate::model::{Names, Row, TermShift, Window};
use chrono::NaiveDate;
use foldhash::fast::RandomState;
use std::collections::{BTreeMap, HashMap};

/// What terms contributed to an axis, by actor and day, added up as rows go by.
#[derive(Debug, Default)]
pub struct TermUses {
    /// The factor of each axis: that of a derived axis, or 1 for the axis itself.
    formula: BTreeMap<String, f64>,
    terms: Names,
    /// By number of the actor, day and number of the term.
    uses: HashMap<(u32, NaiveDate, u32), (usize, f64), RandomState>,
}

impl TermUses {
    /// Nothing yet. `formula` has the factor of each axis in the one that is
    /// looked at.
    pub fn new(formula: BTreeMap<String, f64>) -> Self {
        TermUses { formula, ..TermUses::default() }
    }

    /// Adds the hits of a statement of an actor, who has any number.
    pub fn add(&mut self, row: &Row, actor: u32, day: NaiveDate) {
        for hit in row.scored.iter().flat_map(|scored| &scored.hits) {
            let Some(factor) = self.formula.get(hit.axis.as_str()) else { continue };
            if hit.contribution != 0.0 {
                let sum = self.uses.entry((actor, day, self.terms.number(&hit.term))).or_default();
                sum.0 += 1;
                sum.1 += factor * hit.contribution;
            }
        }
    }

    /// Contributions of an actor by term, per statement in each window; those that
    /// changed most first, none that stayed. `statements` says how many there are in
    /// each. Empty when a window has none.
    pub fn shifts(&self, actor: u32, windows: (&Window, &Window), statements: [usize; 2]) -> Vec<TermShift> {
        if statements.contains(&0) {
            return Vec::new();
        }
        let mut own: Vec<(NaiveDate, u32, (usize, f64))> = self
            .uses
            .iter()
            .filter(|((of, ..), _)| *of == actor)
            .map(|((_, day, term), sum)| (*day, *term, *sum))
            .collect();
        own.sort_by_key(|(day, term, _)| (*day, *term));
        let mut terms: BTreeMap<&str, [(usize, f64); 2]> = BTreeMap::new();
        for (day, term, (times, sum)) in own {
            for (index, window) in [windows.0, windows.1].into_iter().enumerate() {
                if window.from <= day && day <= window.to {
                    let of_term = &mut terms.entry(self.terms.name(term)).or_default()[index];
                    of_term.0 += times;
                    of_term.1 += sum;
                }
            }
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
}
