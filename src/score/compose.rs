//! Composition: targets take the appraisals of their clause, shifters work on
//! what they scope over, the cue's class works on the whole.
//!
//! Lives here: who values what, and the arithmetic of one hit. May not live
//! here: matching, or the scale that makes one number of the hits.

use super::clauses::{Clause, clauses};
use super::matcher::{Match, Matcher};
use super::scale::{bounded_mean, derive};
use super::shifters::{self, Found};
use crate::model::{
    CueClass, EntryKind, Hit, Language, NoScore, Score, Scored, ShifterKind, ShifterScope, Span, Statement,
    Status, Text,
};
use std::ops::Range;

/// What an endorsing or denying cue says of a target that nothing else in its
/// clause values: "supports the union", "rejected a merger".
const CUE_APPRAISAL: f64 = 0.7;
/// "suggested that" says less than "said that".
const HEDGED_CUE: f64 = 0.8;
/// The least factor in size that damping words can leave.
const LEAST_FACTOR: f64 = 0.2;
/// The greatest factor in size that strengthening words can give.
const GREATEST_FACTOR: f64 = 1.6;

/// A match with its place among the clauses.
struct Placed {
    found: Match,
    clause: usize,
}

/// Scores one statement.
pub fn compose(
    statement: &Statement,
    pieces: &[Range<usize>],
    text: &Text,
    body: &str,
    matcher: &Matcher,
    language: &Language,
) -> Scored {
    let lexicon = matcher.lexicon();
    if statement.cue_class == CueClass::Questioning {
        return super::absent(matcher, NoScore::Question);
    }
    let mut hits: Vec<Hit> = Vec::new();
    let mut anything = false;
    for piece in pieces {
        let scene = Scene {
            text,
            body,
            matcher,
            language,
            statement,
            clauses: clauses(text, piece.clone(), language),
            shifters: shifters::shifters(text, piece.clone(), language),
        };
        let placed: Vec<Placed> = matcher
            .matches(text, piece.clone(), &language.code)
            .into_iter()
            .filter_map(|found| {
                let clause = scene.clauses.iter().position(|clause| {
                    clause.tokens.start <= found.tokens.start && found.tokens.start < clause.tokens.end
                })?;
                Some(Placed { found, clause })
            })
            .collect();
        anything |= !placed.is_empty();
        hits.extend(scene.hits(&placed));
    }
    hits.sort_by_key(|hit| (hit.span.start, hit.span.end, hit.axis.clone()));
    let mut scores: Vec<Score> = lexicon
        .axes
        .iter()
        .map(|axis| {
            let contributions: Vec<f64> =
                hits.iter().filter(|hit| hit.axis == axis.id).map(|hit| hit.contribution).collect();
            let counted = contributions.iter().filter(|c| **c != 0.0).count();
            let value = bounded_mean(&contributions).ok_or(if !anything || contributions.is_empty() {
                NoScore::NoMatch
            } else {
                NoScore::NoWeight
            });
            Score { axis: axis.id.clone(), value, hits: counted }
        })
        .collect();
    for derived in &lexicon.derived {
        let score = derive(derived, &scores);
        scores.push(score);
    }
    Scored { scores, hits }
}

struct Scene<'a> {
    text: &'a Text,
    body: &'a str,
    matcher: &'a Matcher,
    language: &'a Language,
    statement: &'a Statement,
    clauses: Vec<Clause>,
    shifters: Vec<Found<'a>>,
}

impl Scene<'_> {
    fn hits(&self, placed: &[Placed]) -> Vec<Hit> {
        let lexicon = self.matcher.lexicon();
        let entry = |placed: &Placed| &lexicon.entries[placed.found.entry];
        let mut hits = Vec::new();
        let mut valued = vec![false; placed.len()];
        for (index, candidate) in placed.iter().enumerate() {
            if entry(candidate).kind != EntryKind::Appraisal {
                continue;
            }
            match self.target_of(candidate, placed) {
                Some(target) => {
                    valued[target] = true;
                    hits.push(self.appraised(candidate, &placed[target]));
                }
                None => hits.push(self.unattached(&placed[index])),
            }
        }
        for (index, candidate) in placed.iter().enumerate() {
            match entry(candidate).kind {
                EntryKind::Term => hits.push(self.term(candidate)),
                EntryKind::Target if !valued[index] => hits.push(self.mentioned(candidate)),
                _ => {}
            }
        }
        hits
    }

    /// The target an appraisal values: the nearest in its clause whose axis
    /// fits; failing that, the last target of the clause before, when the
    /// appraisal's own clause speaks of it with a pronoun.
    fn target_of(&self, appraisal: &Placed, placed: &[Placed]) -> Option<usize> {
        let lexicon = self.matcher.lexicon();
        let wanted = lexicon.entries[appraisal.found.entry].axis;
        let fits = |other: &Placed| {
            let entry = &lexicon.entries[other.found.entry];
            entry.kind == EntryKind::Target && (wanted.is_none() || wanted == entry.axis)
        };
        let nearest = placed
            .iter()
            .enumerate()
            .filter(|(_, other)| other.clause == appraisal.clause && fits(other))
            .min_by_key(|(_, other)| {
                let (one, two) = (&appraisal.found.tokens, &other.found.tokens);
                let distance = if two.start >= one.end {
                    two.start - one.end
                } else {
                    one.start.saturating_sub(two.end)
                };
                // At equal distance a value looks ahead: "give up sovereignty".
                (distance, two.start < one.start)
            })
            .map(|(index, _)| index);
        if nearest.is_some() {
            return nearest;
        }
        let clause = self.clauses.get(appraisal.clause)?;
        let resumes = clause.tokens.clone().take(4).any(|index| {
            self.language.pronouns.get(self.text.word(index)).is_some_and(|readings| {
                readings
                    .iter()
                    .any(|pronoun| pronoun.person == 3 && pronoun.role != crate::model::PronounRole::Relative)
            })
        });
        if !resumes {
            return None;
        }
        placed
            .iter()
            .enumerate()
            .rev()
            .find(|(_, other)| {
                other.clause < appraisal.clause && other.clause + 2 >= appraisal.clause && fits(other)
            })
            .map(|(index, _)| index)
    }

    /// The shifters that touch a match (and its target), each once.
    fn touching(&self, places: &[&Placed]) -> Vec<&Found<'_>> {
        self.shifters
            .iter()
            .filter(|shifter| {
                places.iter().any(|placed| {
                    let Some(clause) = self.clauses.get(placed.clause) else { return false };
                    let sentence = self.sentence(clause.sentence);
                    shifters::touches(
                        shifter,
                        &placed.found.tokens,
                        clause,
                        &sentence,
                        self.text,
                        self.language,
                    )
                }) && !places.iter().any(|placed| {
                    let tokens = &placed.found.tokens;
                    shifter.tokens.start < tokens.end && tokens.start < shifter.tokens.end
                })
            })
            .collect()
    }

    fn sentence(&self, number: usize) -> Range<usize> {
        let mut of = self.clauses.iter().filter(|clause| clause.sentence == number);
        let first = of.next().map_or(0, |clause| clause.tokens.start);
        let last = self
            .clauses
            .iter()
            .filter(|clause| clause.sentence == number)
            .map(|clause| clause.tokens.end)
            .max()
            .unwrap_or(first);
        first..last
    }

    /// The product of shifters alone.
    fn factor_without_cue(&self, touching: &[&Found]) -> (f64, Status, Vec<(Span, String, f64)>) {
        let (factor, status, account) = self.factor(touching, true);
        if self.statement.cue_class != CueClass::Denying {
            return (factor, status, account);
        }
        let account: Vec<_> =
            account.into_iter().filter(|(span, _, _)| Some(*span) != self.statement.cue).collect();
        (-factor, status, account)
    }

    /// The product of shifters and cue, and what it makes of the match. With
    /// `turns` false nothing turns the sign.
    fn factor(&self, touching: &[&Found], turns: bool) -> (f64, Status, Vec<(Span, String, f64)>) {
        let mut size = 1.0f64;
        let mut sign = 1.0f64;
        let mut status = Status::Asserted;
        let mut account = Vec::new();
        for found in touching {
            let span = self.text.span_of(found.tokens.clone());
            let words = span.of(self.body).to_string();
            let factor = found.shifter.factor;
            match found.shifter.kind {
                ShifterKind::Negator if !turns => continue,
                ShifterKind::Negator => {
                    sign *= factor.signum();
                    size *= factor.abs();
                }
                ShifterKind::Conditional => {
                    size *= factor;
                    status = Status::Conditional;
                }
                ShifterKind::Hedge => {
                    size *= factor;
                    if status == Status::Asserted {
                        status = Status::Hedged;
                    }
                }
                _ => size *= factor,
            }
            account.push((span, words, factor));
        }
        if let Some(cue) = self.statement.cue {
            let words = cue.of(self.body).to_string();
            match self.statement.cue_class {
                CueClass::Denying if turns => {
                    sign = -sign;
                    account.push((cue, words, -1.0));
                }
                CueClass::Hedged => {
                    size *= HEDGED_CUE;
                    account.push((cue, words, HEDGED_CUE));
                }
                _ => {}
            }
        }
        if sign < 0.0 {
            status = if status == Status::Conditional { status } else { Status::Negated };
        }
        (sign * size.clamp(LEAST_FACTOR, GREATEST_FACTOR), status, account)
    }

    fn appraised(&self, appraisal: &Placed, target: &Placed) -> Hit {
        let lexicon = self.matcher.lexicon();
        let entry = &lexicon.entries[appraisal.found.entry];
        let axis = entry.axis.or(lexicon.entries[target.found.entry].axis);
        let touching = self.touching(&[appraisal, target]);
        let (factor, status, shifters) = self.factor(&touching, entry.negatable);
        Hit {
            axis: axis.and_then(|axis| lexicon.axes.get(axis)).map_or(String::new(), |a| a.id.clone()),
            kind: EntryKind::Appraisal,
            term: entry.term.clone(),
            span: self.text.span_of(appraisal.found.tokens.clone()),
            weight: entry.weight,
            status,
            factor,
            contribution: (entry.weight * factor).clamp(-1.0, 1.0),
            target: Some(self.text.span_of(target.found.tokens.clone())),
            shifters,
        }
    }

    fn unattached(&self, appraisal: &Placed) -> Hit {
        let lexicon = self.matcher.lexicon();
        let entry = &lexicon.entries[appraisal.found.entry];
        Hit {
            axis: entry.axis.and_then(|axis| lexicon.axes.get(axis)).map_or(String::new(), |a| a.id.clone()),
            kind: EntryKind::Appraisal,
            term: entry.term.clone(),
            span: self.text.span_of(appraisal.found.tokens.clone()),
            weight: entry.weight,
            status: Status::Unattached,
            factor: 0.0,
            contribution: 0.0,
            target: None,
            shifters: Vec::new(),
        }
    }

    fn term(&self, term: &Placed) -> Hit {
        let mut hit = self.own(term, &self.touching(&[term]));
        if hit.weight == 0.0 {
            hit.status = Status::Blocking;
            hit.factor = 0.0;
        }
        hit
    }

    /// A target that nothing in its clause values: its small default weight,
    /// unless the cue itself values it.
    fn mentioned(&self, target: &Placed) -> Hit {
        let mut hit = self.own(target, &self.touching(&[target]));
        let denied = self.touching(&[target]).iter().any(|found| {
            found.shifter.kind == ShifterKind::Negator && found.shifter.scope == ShifterScope::Previous
        });
        if denied {
            // "A merger is out of the question": the predicate alone refuses it.
            hit.weight = CUE_APPRAISAL;
            hit.contribution = (CUE_APPRAISAL * hit.factor).clamp(-1.0, 1.0);
            return hit;
        }
        let value = match (self.statement.cue, self.statement.cue_class) {
            (Some(_), CueClass::Endorsing) => CUE_APPRAISAL,
            (Some(_), CueClass::Denying) => -CUE_APPRAISAL,
            _ => return hit,
        };
        let (factor, status, mut shifters) = self.factor_without_cue(&self.touching(&[target]));
        if let Some(cue) = self.statement.cue {
            shifters.push((cue, cue.of(self.body).to_string(), value));
        }
        hit.factor = factor;
        hit.status = if value * factor < 0.0 { Status::Negated } else { status };
        hit.weight = value;
        hit.contribution = (value * factor).clamp(-1.0, 1.0);
        hit.shifters = shifters;
        hit
    }

    fn own(&self, placed: &Placed, touching: &[&Found]) -> Hit {
        let lexicon = self.matcher.lexicon();
        let entry = &lexicon.entries[placed.found.entry];
        let (factor, status, shifters) = self.factor(touching, entry.negatable);
        Hit {
            axis: entry.axis.and_then(|axis| lexicon.axes.get(axis)).map_or(String::new(), |a| a.id.clone()),
            kind: entry.kind,
            term: entry.term.clone(),
            span: self.text.span_of(placed.found.tokens.clone()),
            weight: entry.weight,
            status,
            factor,
            contribution: (entry.weight * factor).clamp(-1.0, 1.0),
            target: None,
            shifters,
        }
    }
}
