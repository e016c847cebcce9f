//! Finds the target of an appraisal in another clause: by a pronoun ("The union is old. It is a
//! success.") or as a consequence ("if we join the bloc, our farms will be bankrupt").

use crate::model::{PronounRole, ShifterKind, glob};
use crate::score::compositional::clauses::Clause;
use crate::score::compositional::target_group::{
    COORDINATED, Link, Passage, PlacedMatch, TargetGroup, can_value,
};

/// How many clauses back an appraisal without a target in its own may reach.
const CLAUSES_BACK: usize = 2;

/// The index of the target in another clause that an appraisal without a target in its own
/// clause takes up, and how it does.
pub fn carried(
    index: usize,
    placed: &[PlacedMatch],
    groups: &[TargetGroup],
    passage: &Passage,
) -> Option<(usize, Link)> {
    let appraisal = &placed[index];
    let axis = passage.entries[appraisal.found.entry].axis;
    // A clause with a target of its own speaks of that.
    let next = groups.partition_point(|group| placed[group.target].clause < appraisal.clause);
    if groups.get(next).is_some_and(|group| placed[group.target].clause == appraisal.clause) {
        return None;
    }
    let clause = passage.clauses.get(appraisal.clause)?;
    let fits = |group: &TargetGroup| can_value(axis, &passage.entries[placed[group.target].found.entry]);
    // "Our farms will be bankrupt if we join the bloc."
    if let Some(after) = passage.clauses.get(appraisal.clause + 1)
        && after.sentence == clause.sentence
        && conditional(after, passage)
        && let Some(group) = groups.get(next)
        && placed[group.target].clause == appraisal.clause + 1
        && fits(group)
    {
        return Some((next, Link::Consequence));
    }
    let (at, group) = groups[..next].iter().enumerate().rev().take(COORDINATED).find(|(_, group)| {
        let head = &placed[group.target];
        head.clause < appraisal.clause && head.clause + CLAUSES_BACK >= appraisal.clause && fits(group)
    })?;
    let before = passage.clauses.get(placed[group.target].clause)?;
    let pronoun = clause.tokens.clone().take(4).any(|at| {
        passage.language.pronouns.get(passage.text.word(at)).is_some_and(|readings| {
            readings.iter().any(|pronoun| pronoun.person == 3 && pronoun.role != PronounRole::Relative)
        })
    });
    let link = if before.sentence == clause.sentence
        && placed[group.target].clause + 1 == appraisal.clause
        && conditional(before, passage)
    {
        Link::Consequence
    } else if pronoun {
        Link::Pronoun
    } else {
        Link::Adjacent
    };
    Some((at, link))
}

/// True if a clause opens with a word that makes a condition of it.
fn conditional(clause: &Clause, passage: &Passage) -> bool {
    clause.tokens.clone().take(2).any(|at| {
        passage.language.shifters(passage.text.word(at)).any(|shifter| {
            shifter.kind == ShifterKind::Conditional
                && at + shifter.words.len() <= clause.tokens.end
                && shifter
                    .words
                    .iter()
                    .enumerate()
                    .all(|(offset, word)| glob(word, passage.text.word(at + offset)))
        })
    })
}
