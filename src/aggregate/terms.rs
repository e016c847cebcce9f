//! Which terms moved an actor: contributions of terms per statement in two windows.
//!
//! A term that is used more often moves an actor as much as one that is valued otherwise:
//! both change its contribution per statement. Fitted weights do not work term by term, so
//! that these shares add up to the sum of hits and not to the score.

use crate::model::{Blocks, Name, Row, TermShift, Window};
use chrono::NaiveDate;
use foldhash::fast::RandomState;
use std::collections::{BTreeMap, HashMap};

/// What terms contributed to an axis, hit by hit as rows go by.
#[derive(Debug, Default)]
pub struct TermUses {
    /// The factor of each axis: that of a derived axis, or 1 for the axis itself.
    formula: BTreeMap<String, f64>,
    /// A term with what it contributed: there are few of these, however many hits.
    values: Vec<(Name, f64)>,
    /// Their numbers, by term and the bits of the contribution.
    numbers: HashMap<(Name, u64), u32, RandomState>,
    uses: Blocks<Use>,
}

/// A hit in 12 bytes.
#[derive(Debug, Clone, Copy)]
struct Use {
    actor: u32,
    day: NaiveDate,
    value: u32,
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
                let contribution = factor * hit.contribution;
                let value = *self.numbers.entry((hit.term, contribution.to_bits())).or_insert_with(|| {
                    self.values.push((hit.term, contribution));
                    self.values.len() as u32 - 1
                });
                self.uses.push(Use { actor, day, value });
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
        // By day first, so that the order of rows of one day is all that sums depend on.
        let mut own: BTreeMap<(NaiveDate, Name), (usize, f64)> = BTreeMap::new();
        for one in self.uses.iter().filter(|one| one.actor == actor) {
            let (term, contribution) = self.values[one.value as usize];
            let sum = own.entry((one.day, term)).or_default();
            sum.0 += 1;
            sum.1 += contribution;
        }
        let mut terms: BTreeMap<&str, [(usize, f64); 2]> = BTreeMap::new();
        for ((day, term), (times, sum)) in own {
            for (index, window) in [windows.0, windows.1].into_iter().enumerate() {
                if window.from <= day && day <= window.to {
                    let of_term = &mut terms.entry(term.as_str()).or_default()[index];
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
