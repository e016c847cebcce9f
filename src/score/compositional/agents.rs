//! Scores targets by what they do: to another target ("integration threatens our sovereignty")
//! or to the speaker's side ("the union is a threat to us").

use crate::model::{EntryKind, Hit, PronounRole, Status, WordClass};
use crate::score::compositional::algebra::hits::Valuation;
use crate::score::compositional::context::MatchContext;
use crate::score::compositional::target_group::{Passage, TargetGroup};
use std::ops::Range;

/// What "integration threatens our sovereignty" says of integration.
const RELATED: f64 = 0.6;
/// How many targets before one may be the subject of what is done to it.
const NEIGHBOURS: usize = 6;
/// Maximum number of words between a target and what it does to the speaker's side.
const AGENT: usize = 4;
/// How many words behind a verb its object is looked for.
const BEHIND: usize = 4;

impl MatchContext<'_> {
    /// "Integration threatens our sovereignty" speaks of both: what a thing does
    /// to a target of another axis says something of the thing.
    pub fn relations(&self) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (at, group) in self.groups.iter().enumerate() {
            let Some(outer) = group.before.iter().copied().rfind(|index| self.entry(*index).direction != 0)
            else {
                continue;
            };
            let object = self.entry(group.target);
            if object.kind != EntryKind::Target {
                continue;
            }
            let clause = self.placed[group.target].clause;
            let of_clause = |other: &&TargetGroup| self.placed[other.target].clause == clause;
            let subject =
                self.groups[..at].iter().rev().take(NEIGHBOURS).take_while(of_clause).find(|other| {
                    let (placed, entry) = (&self.placed[other.target], self.entry(other.target));
                    entry.kind == EntryKind::Target
                        && entry.weight != 0.0
                        && entry.axis.is_some()
                        && entry.axis != object.axis
                        && placed.clause == self.placed[outer].clause
                        && placed.found.tokens.end <= self.placed[outer].found.tokens.start
                        && other.before.is_empty()
                });
            let Some(subject) = subject else { continue };
            let negators = self.negators(outer, &group.before);
            let turned = if negators.is_empty() { 1.0 } else { -1.0 };
            let own = |index: usize| if self.entry(index).weight < 0.0 { -1.0 } else { 1.0 };
            let sign =
                f64::from(self.entry(outer).direction) * turned * own(group.target) * own(subject.target);
            hits.push(self.acting(subject.target, outer, sign, turned < 0.0, group.target));
        }
        hits
    }

    /// "The union is a threat to us", "the union has made us stronger": what a
    /// target does to the speaker's side says something of the target. Takes the
    /// appraisals that are read so off the list of those without a target.
    pub fn agents(&self, unattached: &mut Vec<usize>) -> Vec<Hit> {
        let mut hits = Vec::new();
        unattached.retain(|index| match self.agent(*index) {
            Some(hit) => {
                hits.push(hit);
                false
            }
            None => true,
        });
        hits
    }

    fn agent(&self, index: usize) -> Option<Hit> {
        let (entry, verb) = (self.entry(index), &self.placed[index]);
        if entry.direction == 0 || entry.axis.is_some() {
            return None;
        }
        let clause = self.clause(index)?;
        let behind = self
            .groups
            .partition_point(|group| self.placed[group.target].found.tokens.end <= verb.found.tokens.start);
        let subject = self.groups[..behind].last()?;
        let head = &self.placed[subject.target];
        let of = self.entry(subject.target);
        let plain = of.kind == EntryKind::Target && of.weight != 0.0 && subject.before.is_empty();
        // Matches of different axes may overlap: then nothing lies between them.
        let gap = verb.found.tokens.start.checked_sub(head.found.tokens.end);
        let close = head.clause == verb.clause && gap.is_some_and(|gap| gap <= AGENT);
        if !plain
            || !close
            || !concerns_us(
                &self.passage,
                &head.found.tokens,
                &verb.found.tokens,
                clause.tokens.end,
                entry.direction > 0,
            )
        {
            return None;
        }
        let turned = if self.negators(index, &[]).is_empty() { 1.0 } else { -1.0 };
        let own = if of.weight < 0.0 { -1.0 } else { 1.0 };
        let sign = f64::from(entry.direction) * turned * own;
        Some(self.acting(subject.target, index, sign, turned < 0.0, index))
    }

    /// The hit of a target by what it does: `verb` and its `sign`, shown beside `object`.
    fn acting(&self, target: usize, verb: usize, sign: f64, negated: bool, object: usize) -> Hit {
        let mut degree = self.degree(&[verb]);
        degree.factor *= sign;
        if negated {
            degree.status = Status::Negated;
        }
        let mut hit = self.hit(target, None, Valuation { weight: RELATED, degree });
        hit.target = Some(self.span(&self.placed[object].found.tokens));
        hit
    }
}

/// True if a verb does something to the speaker's side: "us" or "our" stands right
/// behind it (prepositions aside), or right behind the target («союз нам угрожает»), or, where
/// it does good, anywhere between the two ("has helped us to grow").
fn concerns_us(
    passage: &Passage,
    subject: &Range<usize>,
    verb: &Range<usize>,
    end: usize,
    helps: bool,
) -> bool {
    let us = |at: usize| {
        passage.language.pronouns.get(passage.text.word(at)).is_some_and(|readings| {
            readings.iter().any(|pronoun| {
                pronoun.person == 1
                    && pronoun.plural
                    && matches!(pronoun.role, PronounRole::Object | PronounRole::Possessive)
            })
        })
    };
    let looked_through = |at: usize| {
        [WordClass::Preposition, WordClass::Transparent, WordClass::Article, WordClass::Source]
            .iter()
            .any(|class| passage.text.is(at, *class))
    };
    let behind = (verb.end..end.min(verb.end + BEHIND)).find(|at| us(*at) || !looked_through(*at));
    let mut between = subject.end..verb.start;
    behind.is_some_and(us) || if helps { between.any(us) } else { between.next().is_some_and(us) }
}
