//! Which negators, verdicts and conditions reach a match.

use crate::model::{
    CueClass, Entry, EntryKind, ShifterKind, ShifterScope, Span, Statement, TokenKind, WordClass,
};
use crate::score::compositional::clauses::Clause;
use crate::score::compositional::shifters;
use crate::score::compositional::shifters::Found;
use crate::score::compositional::target_group::{Passage, PlacedMatch, TargetGroup};
use crate::score::lookup::matcher::Matcher;
use std::ops::Range;

/// What is denied in a condition ("if we do not join") is missed rather than
/// refused, and weighs this much of what it says undenied.
const MISSED: f64 = 0.4;
/// The same for what cannot be without another thing.
const NEEDS: f64 = 0.3;
/// Maximum number of words beside a verdict on the clause before ("that will not happen").
const VERDICT: usize = 8;
/// How many matches may begin before a token and yet hold it (a bound for
/// look-ups).
const NESTED: usize = 4;
/// How many tokens around a match are searched for shifters.
const SIGHT: usize = 60;

/// A passage with all matches and shifters in it: the context in which a match is read.
pub struct MatchContext<'a> {
    /// The text.
    pub body: &'a str,
    /// The lexicon.
    pub matcher: &'a Matcher,
    /// Who said it, and with what cue.
    pub statement: &'a Statement,
    /// The segmented text with its clauses.
    pub passage: Passage<'a>,
    /// The tokens of each sentence.
    pub sentences: Vec<Range<usize>>,
    /// What turns, strengthens and damps, in text order.
    pub shifters: Vec<Found<'a>>,
    /// All matches, in text order.
    pub placed: &'a [PlacedMatch],
    /// Targets with what values them, in text order.
    pub groups: &'a [TargetGroup],
}

impl MatchContext<'_> {
    /// The entry of a match.
    pub fn entry(&self, index: usize) -> &Entry {
        &self.passage.entries[self.placed[index].found.entry]
    }

    /// The clause of a match.
    pub fn clause(&self, index: usize) -> Option<&Clause> {
        self.passage.clauses.get(self.placed[index].clause)
    }

    /// The negators before a match that turn it and nothing nearer: none of
    /// `others` (and no second negator's target) is between.
    pub fn negators(&self, index: usize, others: &[usize]) -> Vec<&Found<'_>> {
        let tokens = &self.placed[index].found.tokens;
        let Some(clause) = self.clause(index) else { return Vec::new() };
        let sentence = self.sentence(clause.sentence);
        self.near(index)
            .iter()
            .filter(|found| {
                matches!(found.shifter.kind, ShifterKind::Negator | ShifterKind::Lack)
                    && found.shifter.scope != ShifterScope::Previous
                    && shifters::touches(found, tokens, clause, &sentence, self.passage.text, &|at| {
                        self.partner(at)
                    })
                    && !others.iter().any(|other| {
                        let other = &self.placed[*other].found.tokens;
                        *other != *tokens && found.tokens.end <= other.start && other.end <= tokens.start
                    })
            })
            .collect()
    }

    /// True if a token belongs to a partner or power, a target of weight 0, or
    /// joins one to another: it may be the subject between a negator and what that
    /// turns ("no talk of Belarus or Russia giving up ...").
    pub fn partner(&self, token: usize) -> bool {
        let named = |token: usize| {
            let after = self.placed.partition_point(|placed| placed.found.tokens.start <= token);
            self.placed[after.saturating_sub(NESTED)..after].iter().any(|placed| {
                let entry = &self.passage.entries[placed.found.entry];
                placed.found.tokens.contains(&token) && entry.kind == EntryKind::Target && entry.weight == 0.0
            })
        };
        named(token)
            || self.passage.text.is(token, WordClass::Conjunction)
                && token > 0
                && named(token - 1)
                && named(token + 1)
    }

    /// True if a predicate that refuses ("is out of the question") or a cue
    /// that denies works on a group, with the words that do it.
    pub fn denials(&self, group: &TargetGroup) -> Vec<(Span, f64)> {
        let mut found = Vec::new();
        let head = &self.placed[group.target];
        let end = head.found.tokens.end;
        for shifter in self.among(end..end + SIGHT) {
            if shifter.shifter.kind != ShifterKind::Negator || !self.looks_back(shifter) {
                continue;
            }
            let Some(own) = clause_of(self.passage.clauses, shifter.tokens.start) else { continue };
            // The groups it speaks of: those before it in its clause; failing
            // that, those of the nearest clause before that has any.
            let last = self
                .groups
                .partition_point(|group| self.placed[group.target].found.tokens.end <= shifter.tokens.start);
            let nearest = last.checked_sub(1).and_then(|at| self.groups.get(at));
            let nearest = nearest.map(|group| self.placed[group.target].clause).filter(|at| at + 3 > own);
            // A verdict said twice is no denial of itself.
            if found.is_empty()
                && nearest == Some(head.clause)
                && (own == head.clause || self.brief(own, &shifter.tokens))
            {
                found.push((self.span(&shifter.tokens), shifter.shifter.factor));
            }
        }
        if let (Some(cue), CueClass::Denying) = (self.statement.cue, self.statement.cue_class) {
            found.push((cue, -1.0));
        }
        found
    }

    /// True if a clause says little but the verdict in it.
    pub fn brief(&self, clause: usize, verdict: &Range<usize>) -> bool {
        self.passage.clauses.get(clause).is_some_and(|clause| {
            let others = clause.tokens.clone().filter(|at| {
                !verdict.contains(at) && self.passage.text.tokens[*at].kind != TokenKind::Punctuation
            });
            others.count() <= VERDICT
        })
    }

    /// True if a negator works on what is before it.
    pub fn looks_back(&self, found: &Found) -> bool {
        match found.shifter.scope {
            ShifterScope::Previous => true,
            ShifterScope::Both => {
                let clause = clause_of(self.passage.clauses, found.tokens.start);
                let end = clause
                    .and_then(|at| self.passage.clauses.get(at))
                    .map_or(found.tokens.end, |clause| clause.tokens.end);
                let next = self.placed.partition_point(|placed| placed.found.tokens.start < found.tokens.end);
                self.placed.get(next).is_none_or(|placed| placed.found.tokens.start >= end)
            }
            ShifterScope::Next | ShifterScope::Clause => false,
        }
    }

    /// The bytes of some tokens.
    pub fn span(&self, tokens: &Range<usize>) -> Span {
        self.passage.text.span_of(tokens.clone())
    }

    /// The tokens of a sentence by its number.
    pub fn sentence(&self, number: usize) -> Range<usize> {
        self.sentences.get(number).cloned().unwrap_or(0..0)
    }

    /// The shifters that begin in a range of tokens.
    pub fn among(&self, tokens: Range<usize>) -> &[Found<'_>] {
        let from = self.shifters.partition_point(|found| found.tokens.start < tokens.start);
        let to = self.shifters.partition_point(|found| found.tokens.start < tokens.end);
        &self.shifters[from..to.max(from)]
    }

    /// The shifters near a match; those farther off do not reach it.
    pub fn near(&self, index: usize) -> &[Found<'_>] {
        let tokens = &self.placed[index].found.tokens;
        self.among(tokens.start.saturating_sub(SIGHT)..tokens.end + SIGHT)
    }

    /// What an entry says under these negators. A thing denied in a condition is
    /// missed ("if we do not join"), and one that cannot be "without" another is
    /// not refused.
    pub fn under(&self, entry: &Entry, negators: &[&Found], index: usize) -> f64 {
        let Some(strongest) = negators.iter().map(|found| found.shifter.factor.abs()).reduce(f64::max) else {
            return entry.weight;
        };
        let conditional = self.clause(index).is_some_and(|clause| {
            self.near(index).iter().any(|found| {
                found.shifter.kind == ShifterKind::Conditional
                    && clause.opener == Some(found.tokens.start)
                    && found.tokens.start < self.placed[index].found.tokens.start
            })
        });
        if conditional {
            return entry.weight * MISSED;
        }
        if self.needs(index) {
            return entry.weight * NEEDS;
        }
        entry.negated * strongest
    }

    /// True if a negated match is followed in its clause by a negator of lack:
    /// "there can be no union without it".
    pub fn needs(&self, index: usize) -> bool {
        let tokens = &self.placed[index].found.tokens;
        self.clause(index).is_some_and(|clause| {
            self.near(index).iter().any(|found| {
                found.shifter.kind == ShifterKind::Lack
                    && found.tokens.start >= tokens.end
                    && clause.tokens.contains(&found.tokens.start)
            })
        })
    }

    /// The negator right behind a target that nothing else values: "sovereignty
    /// is not a thing of the past" says something against it, whatever it is not.
    pub fn refused(&self, group: &TargetGroup) -> Option<&Found<'_>> {
        let head = &self.placed[group.target].found.tokens;
        let clause = self.clause(group.target)?;
        self.near(group.target).iter().find(|found| {
            found.shifter.kind == ShifterKind::Negator
                && found.shifter.scope != ShifterScope::Previous
                && found.tokens.start >= head.end
                && clause.tokens.contains(&found.tokens.start)
                && !self.follows(clause, found.tokens.end)
                && (head.end..found.tokens.start).all(|at| {
                    self.passage.text.is(at, WordClass::Auxiliary)
                        || self.passage.text.tokens[at].kind == TokenKind::Punctuation
                })
        })
    }

    /// True if an appraisal, or a term that scores, follows in a clause.
    pub fn follows(&self, clause: &Clause, from: usize) -> bool {
        let first = self.placed.partition_point(|placed| placed.found.tokens.start < from);
        self.placed[first..].iter().take_while(|placed| placed.found.tokens.start < clause.tokens.end).any(
            |placed| {
                let entry = &self.passage.entries[placed.found.entry];
                entry.kind == EntryKind::Appraisal || entry.kind == EntryKind::Term && entry.weight != 0.0
            },
        )
    }

    /// The words of some tokens as they are written.
    pub fn words(&self, tokens: &Range<usize>) -> String {
        self.span(tokens).of(self.body).to_string()
    }

    /// True if the sentence of a match ends in a question mark.
    pub fn asks(&self, places: &[usize]) -> bool {
        places.first().and_then(|index| self.clause(*index)).is_some_and(|clause| {
            let sentence = self.sentence(clause.sentence);
            sentence.rev().take(3).any(|at| self.passage.text.word(at) == "?")
        })
    }
}

/// The clause that holds a token.
pub fn clause_of(clauses: &[Clause], token: usize) -> Option<usize> {
    let at = clauses.partition_point(|clause| clause.tokens.end <= token);
    clauses.get(at).is_some_and(|clause| clause.tokens.contains(&token)).then_some(at)
}

/// The tokens of each sentence, by its number.
pub fn sentences(clauses: &[Clause]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for clause in clauses {
        if found.len() <= clause.sentence {
            found.resize(clause.sentence + 1, clause.tokens.clone());
        }
        found[clause.sentence].end = clause.tokens.end;
    }
    found
}
