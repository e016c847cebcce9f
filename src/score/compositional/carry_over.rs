//! Appraisals that take up a target of another clause.
//!
//! Lives here: pronouns ("The union is old. It is a success.") and consequences
//! ("if we join the bloc, our farms will be bankrupt"). May not live here: what
//! stands in one clause with its target (see `units`).

use crate::model::{PronounRole, ShifterKind, glob};
use crate::score::compositional::attachment::{COORDINATED, Placed, Reading, Unit, suits};
use crate::score::compositional::clauses::Clause;

/// How many clauses back an appraisal without a target in its own may reach.
const CLAUSES_BACK: usize = 2;

/// How an appraisal takes up a target of another clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// By a pronoun of the third person.
    Pronoun,
    /// By nothing but standing next to it.
    Open,
    /// As what follows if what the other clause says comes true.
    Consequence,
}

/// The unit of another clause that an appraisal without a target in its own takes
/// up.
pub fn carried(index: usize, placed: &[Placed], units: &[Unit], reading: &Reading) -> Option<(usize, Link)> {
    let appraisal = &placed[index];
    let axis = reading.entries[appraisal.found.entry].axis;
    // A clause with a target of its own speaks of that.
    let next = units.partition_point(|unit| placed[unit.head].clause < appraisal.clause);
    if units.get(next).is_some_and(|unit| placed[unit.head].clause == appraisal.clause) {
        return None;
    }
    let clause = reading.clauses.get(appraisal.clause)?;
    let fits = |unit: &Unit| suits(axis, &reading.entries[placed[unit.head].found.entry]);
    // "Our farms will be bankrupt if we join the bloc."
    if let Some(after) = reading.clauses.get(appraisal.clause + 1)
        && after.sentence == clause.sentence
        && conditional(after, reading)
        && let Some(unit) = units.get(next)
        && placed[unit.head].clause == appraisal.clause + 1
        && fits(unit)
    {
        return Some((next, Link::Consequence));
    }
    let (at, unit) = units[..next].iter().enumerate().rev().take(COORDINATED).find(|(_, unit)| {
        let head = &placed[unit.head];
        head.clause < appraisal.clause && head.clause + CLAUSES_BACK >= appraisal.clause && fits(unit)
    })?;
    let before = reading.clauses.get(placed[unit.head].clause)?;
    let pronoun = clause.tokens.clone().take(4).any(|at| {
        reading.language.pronouns.get(reading.text.word(at)).is_some_and(|readings| {
            readings.iter().any(|pronoun| pronoun.person == 3 && pronoun.role != PronounRole::Relative)
        })
    });
    let link = if before.sentence == clause.sentence
        && placed[unit.head].clause + 1 == appraisal.clause
        && conditional(before, reading)
    {
        Link::Consequence
    } else if pronoun {
        Link::Pronoun
    } else {
        Link::Open
    };
    Some((at, link))
}

/// Whether a clause opens with a word that makes a condition of it.
fn conditional(clause: &Clause, reading: &Reading) -> bool {
    clause.tokens.clone().take(2).any(|at| {
        reading.language.shifters(reading.text.word(at)).any(|shifter| {
            shifter.kind == ShifterKind::Conditional
                && at + shifter.words.len() <= clause.tokens.end
                && shifter
                    .words
                    .iter()
                    .enumerate()
                    .all(|(offset, word)| glob(word, reading.text.word(at + offset)))
        })
    })
}
