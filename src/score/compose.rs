//! Composition: what a statement says of the things it names.
//!
//! Lives here: the algebra of signs and the arithmetic of one hit. May not
//! live here: matching, whom an appraisal values (`units`), or the scale that
//! makes one number of the hits.

use super::clauses::{Clause, clauses};
use super::features::features;
use super::matcher::{Match, Matcher};
use super::scale::{bounded_mean, calibrated, derive};
use super::shifters::{self, Found};
use super::units::{Placed, Reading, Unit, units};
use crate::model::{
    CueClass, Entry, EntryKind, Hit, Language, Lexicon, NoScore, Score, Scored, ShifterKind, ShifterScope,
    Span, Statement, Status, Text, TokenKind, WordClass,
};
use std::ops::Range;

/// What an endorsing or denying cue, or a predicate that refuses, says of a
/// target that nothing else values: "supports the union", "a merger is out of
/// the question".
const BARE: f64 = 0.7;
/// "suggested that" says less than "said that".
const HEDGED_CUE: f64 = 0.8;
/// An appraisal of the sentence after, with a pronoun that takes the target up.
const TAKEN_UP: f64 = 0.9;
/// The same without a pronoun.
const LEFT_OPEN: f64 = 0.5;
/// What a question that is not rhetorical leaves of its hits.
const ASKED: f64 = 0.5;
/// What "integration threatens our sovereignty" says of integration.
const RELATED: f64 = 0.6;
/// What is denied in a condition ("if we do not join") is missed rather than
/// refused, and weighs this much of what it says undenied.
const MISSED: f64 = 0.4;
/// The same for what cannot be without another thing.
const NEEDS: f64 = 0.3;
/// The most tokens between blame and the verb it governs ("pointless to join").
const GOVERNED_GAP: usize = 2;
/// A target of less weight is little more than a name, and not needed because
/// something is done "without" it.
const NAMED: f64 = 0.1;
/// The most words beside a verdict on the clause before ("that will not happen").
const VERDICT: usize = 8;
/// How many tokens around a match are read for what turns or damps it.
const SIGHT: usize = 60;
/// The most tokens of a matched expression (a bound for look-ups).
const LONGEST: usize = 30;
/// How many targets before one may be the subject of what is done to it.
const NEIGHBOURS: usize = 6;
/// The least factor in size that damping words can leave.
const LEAST_FACTOR: f64 = 0.2;
/// The greatest factor in size that strengthening words can give.
const GREATEST_FACTOR: f64 = 1.6;

/// Scores one statement.
pub fn compose(
    statement: &Statement,
    pieces: &[Range<usize>],
    text: &Text,
    body: &str,
    matcher: &Matcher,
    language: &Language,
) -> Scored {
    if statement.cue_class == CueClass::Questioning {
        return super::absent(matcher, NoScore::Question);
    }
    let (hits, denials) = read(statement, pieces, text, body, matcher, language);
    let scores = scores(matcher, &hits, denials);
    Scored { scores, hits }
}

/// The hits of a statement in text order, and how many negators it holds.
pub fn read(
    statement: &Statement,
    pieces: &[Range<usize>],
    text: &Text,
    body: &str,
    matcher: &Matcher,
    language: &Language,
) -> (Vec<Hit>, usize) {
    let lexicon = matcher.lexicon();
    let mut hits: Vec<Hit> = Vec::new();
    let mut denials = 0;
    for piece in pieces {
        let mut found = matcher.matches(text, piece.clone(), &language.code);
        // Without anything to value nothing is said, and nothing more is read.
        if !found.iter().any(|one| names(&lexicon.entries[one.entry])) {
            hits.extend(found.iter().map(|one| unread(one, text, lexicon)));
            continue;
        }
        let clauses = clauses(text, piece.clone(), language);
        // A shifter within a matched expression belongs to it ("not an icon").
        // and an appraisal within a shifter to that ("failed to").
        let inside = |one: &Range<usize>, two: &Range<usize>| one.start >= two.start && one.end <= two.end;
        let mut shifters = shifters::shifters(text, piece.clone(), language);
        let entry = |one: &Match| &lexicon.entries[one.entry];
        // A verdict ("impossible") that is an appraisal too is a verdict on what
        // was said before it, if anything was; else it values what follows.
        let first = found.iter().filter(|one| entry(one).weight != 0.0 && names(entry(one)));
        let first = first.map(|one| one.tokens.end).min().unwrap_or(usize::MAX);
        let around = |found: &[Match], tokens: &Range<usize>| {
            let from = found.partition_point(|one| one.tokens.start + LONGEST < tokens.start);
            let to = found.partition_point(|one| one.tokens.start < tokens.end);
            from..to.max(from)
        };
        shifters.retain(|shifter| {
            let verdict = matches!(shifter.shifter.scope, ShifterScope::Previous | ShifterScope::Both)
                && first <= shifter.tokens.start;
            !found[around(&found, &shifter.tokens)].iter().any(|one| {
                inside(&shifter.tokens, &one.tokens)
                    && !(verdict
                        && entry(one).kind == EntryKind::Appraisal
                        && inside(&one.tokens, &shifter.tokens))
            })
        });
        found.retain(|one| {
            let from = shifters.partition_point(|shifter| shifter.tokens.end < one.tokens.end);
            lexicon.entries[one.entry].kind != EntryKind::Appraisal
                || !shifters[from..]
                    .iter()
                    .take_while(|shifter| shifter.tokens.start <= one.tokens.start)
                    .any(|shifter| inside(&one.tokens, &shifter.tokens))
        });
        denials += shifters
            .iter()
            .filter(|found| matches!(found.shifter.kind, ShifterKind::Negator | ShifterKind::Lack))
            .count();
        let placed: Vec<Placed> = found
            .into_iter()
            .filter_map(|found| {
                let start = found.tokens.start;
                let clause = clause_of(&clauses, start)?;
                Some(Placed { found, clause })
            })
            .collect();
        let reading = Reading { text, language, clauses: &clauses, entries: &lexicon.entries };
        let (units, unattached) = units(&placed, &reading);
        let sentences = sentences(&clauses);
        let scene =
            Scene { body, matcher, statement, reading, sentences, shifters, placed: &placed, units: &units };
        for unit in &units {
            hits.extend(scene.unit(unit));
        }
        hits.extend(scene.relations());
        hits.extend(unattached.into_iter().map(|index| scene.silent(index, Status::Unattached)));
        hits.extend(
            (0..placed.len())
                .filter(|index| {
                    let entry = scene.entry(*index);
                    entry.kind == EntryKind::Term && entry.weight == 0.0 && entry.negated == 0.0
                })
                .map(|index| scene.silent(index, Status::Blocking)),
        );
    }
    hits.sort_by(|a, b| (a.span.start, a.span.end, &a.axis).cmp(&(b.span.start, b.span.end, &b.axis)));
    (hits, denials)
}

/// The clause that holds a token.
fn clause_of(clauses: &[Clause], token: usize) -> Option<usize> {
    let at = clauses.partition_point(|clause| clause.tokens.end <= token);
    clauses.get(at).is_some_and(|clause| clause.tokens.contains(&token)).then_some(at)
}

/// The tokens of each sentence, by its number.
fn sentences(clauses: &[Clause]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for clause in clauses {
        if found.len() <= clause.sentence {
            found.resize(clause.sentence + 1, clause.tokens.clone());
        }
        found[clause.sentence].end = clause.tokens.end;
    }
    found
}

/// Whether an appraisal tells of a loss that nobody chose. It speaks for the
/// axis whatever it takes away: a lost union is missed, a lost barrier is not.
fn feared(entry: &Entry) -> bool {
    entry.weight > 0.0 && entry.direction < 0
}

/// Whether an entry names a thing that can be valued.
fn names(entry: &Entry) -> bool {
    entry.kind != EntryKind::Appraisal && (entry.kind == EntryKind::Target || entry.weight != 0.0)
}

/// A match in a stretch that names nothing.
fn unread(one: &Match, text: &Text, lexicon: &Lexicon) -> Hit {
    let entry = &lexicon.entries[one.entry];
    let axis = entry.axis.and_then(|axis| lexicon.axes.get(axis));
    Hit {
        axis: axis.map_or(String::new(), |axis| axis.id.clone()),
        kind: entry.kind,
        term: entry.term.clone(),
        span: text.span_of(one.tokens.clone()),
        weight: entry.weight,
        status: if entry.kind == EntryKind::Appraisal { Status::Unattached } else { Status::Blocking },
        factor: 0.0,
        contribution: 0.0,
        target: None,
        shifters: Vec::new(),
    }
}

/// The scores of all axes from the hits: calibrated where the lexicon has fitted
/// weights, else the bounded mean of an axis and the formula of a derived one.
fn scores(matcher: &Matcher, hits: &[Hit], negators: usize) -> Vec<Score> {
    let lexicon = matcher.lexicon();
    let silent = lexicon.calibration.is_empty() || hits.iter().all(|hit| hit.contribution == 0.0);
    let values = if silent { Vec::new() } else { features(lexicon, hits, negators) };
    let mut plain: Vec<Score> = lexicon
        .axes
        .iter()
        .map(|axis| {
            let contributions: Vec<f64> =
                hits.iter().filter(|hit| hit.axis == axis.id).map(|hit| hit.contribution).collect();
            let counted = contributions.iter().filter(|c| **c != 0.0).count();
            let reason = if contributions.is_empty() { NoScore::NoMatch } else { NoScore::NoWeight };
            let value = bounded_mean(&contributions).ok_or(reason);
            Score { axis: axis.id.clone(), value, hits: counted, parts: Vec::new() }
        })
        .collect();
    for derived in &lexicon.derived {
        let score = derive(derived, &plain);
        plain.push(score);
    }
    plain
        .into_iter()
        .map(|score| match lexicon.calibration.get(&score.axis) {
            Some(weights) => {
                let evidence = score.value.map(|_| score.hits);
                calibrated(&score.axis, weights, matcher.features(), &values, evidence)
            }
            None => score,
        })
        .collect()
}

/// A statement with all that was found in it.
struct Scene<'a> {
    body: &'a str,
    matcher: &'a Matcher,
    statement: &'a Statement,
    reading: Reading<'a>,
    /// The tokens of each sentence.
    sentences: Vec<Range<usize>>,
    shifters: Vec<Found<'a>>,
    placed: &'a [Placed],
    units: &'a [Unit],
}

/// A value with the negators that turned it.
struct Valued<'a> {
    index: usize,
    weight: f64,
    /// Of what it governs: what makes a lost thing a gain.
    sign: f64,
    negators: Vec<&'a Found<'a>>,
}

impl Scene<'_> {
    fn entry(&self, index: usize) -> &Entry {
        &self.reading.entries[self.placed[index].found.entry]
    }

    fn clause(&self, index: usize) -> Option<&Clause> {
        self.reading.clauses.get(self.placed[index].clause)
    }

    /// The negators before a match that turn it and nothing nearer: none of
    /// `others` (and no second negator's target) stands between.
    fn negators(&self, index: usize, others: &[usize]) -> Vec<&Found<'_>> {
        let tokens = &self.placed[index].found.tokens;
        let Some(clause) = self.clause(index) else { return Vec::new() };
        let sentence = self.sentence(clause.sentence);
        self.near(index)
            .iter()
            .filter(|found| {
                matches!(found.shifter.kind, ShifterKind::Negator | ShifterKind::Lack)
                    && found.shifter.scope != ShifterScope::Previous
                    && shifters::touches(
                        found,
                        tokens,
                        clause,
                        &sentence,
                        self.reading.text,
                        self.reading.language,
                    )
                    && !others.iter().any(|other| {
                        let other = &self.placed[*other].found.tokens;
                        *other != *tokens && found.tokens.end <= other.start && other.end <= tokens.start
                    })
            })
            .collect()
    }

    /// Whether a predicate that refuses ("is out of the question") or a cue
    /// that denies works on a unit, with the words that do it.
    fn denials(&self, unit: &Unit) -> Vec<(Span, f64)> {
        let mut found = Vec::new();
        let head = &self.placed[unit.head];
        let end = head.found.tokens.end;
        for shifter in self.among(end..end + SIGHT) {
            if shifter.shifter.kind != ShifterKind::Negator || !self.looks_back(shifter) {
                continue;
            }
            let Some(own) = clause_of(self.reading.clauses, shifter.tokens.start) else { continue };
            // The units it speaks of: those before it in its clause; failing
            // that, those of the nearest clause before that has any.
            let last = self
                .units
                .partition_point(|unit| self.placed[unit.head].found.tokens.end <= shifter.tokens.start);
            let nearest = last.checked_sub(1).and_then(|at| self.units.get(at));
            let nearest = nearest.map(|unit| self.placed[unit.head].clause).filter(|at| at + 3 > own);
            if nearest == Some(head.clause) && (own == head.clause || self.brief(own, &shifter.tokens)) {
                found.push((self.span(&shifter.tokens), shifter.shifter.factor));
            }
        }
        if let (Some(cue), CueClass::Denying) = (self.statement.cue, self.statement.cue_class) {
            found.push((cue, -1.0));
        }
        found
    }

    /// Whether a clause says little but the verdict in it.
    fn brief(&self, clause: usize, verdict: &Range<usize>) -> bool {
        self.reading.clauses.get(clause).is_some_and(|clause| {
            let others = clause.tokens.clone().filter(|at| {
                !verdict.contains(at) && self.reading.text.tokens[*at].kind != TokenKind::Punctuation
            });
            others.count() <= VERDICT
        })
    }

    /// Whether a negator works on what stands before it.
    fn looks_back(&self, found: &Found) -> bool {
        match found.shifter.scope {
            ShifterScope::Previous => true,
            ShifterScope::Both => {
                let clause = clause_of(self.reading.clauses, found.tokens.start);
                let end = clause
                    .and_then(|at| self.reading.clauses.get(at))
                    .map_or(found.tokens.end, |clause| clause.tokens.end);
                let next = self.placed.partition_point(|placed| placed.found.tokens.start < found.tokens.end);
                self.placed.get(next).is_none_or(|placed| placed.found.tokens.start >= end)
            }
            ShifterScope::Next | ShifterScope::Clause => false,
        }
    }

    fn span(&self, tokens: &Range<usize>) -> Span {
        self.reading.text.span_of(tokens.clone())
    }

    fn sentence(&self, number: usize) -> Range<usize> {
        self.sentences.get(number).cloned().unwrap_or(0..0)
    }

    /// The shifters that begin in a range of tokens.
    fn among(&self, tokens: Range<usize>) -> &[Found<'_>] {
        let from = self.shifters.partition_point(|found| found.tokens.start < tokens.start);
        let to = self.shifters.partition_point(|found| found.tokens.start < tokens.end);
        &self.shifters[from..to.max(from)]
    }

    /// The shifters that stand near a match; what is farther off is not read.
    fn near(&self, index: usize) -> &[Found<'_>] {
        let tokens = &self.placed[index].found.tokens;
        self.among(tokens.start.saturating_sub(SIGHT)..tokens.end + SIGHT)
    }

    /// What an entry says under these negators. A thing denied in a condition is
    /// missed ("if we do not join"), and one that cannot be "without" another is
    /// not refused.
    fn under(&self, entry: &Entry, negators: &[&Found], index: usize) -> f64 {
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

    /// Whether a negated match is followed in its clause by a negator of lack:
    /// "there can be no union without it".
    fn needs(&self, index: usize) -> bool {
        let tokens = &self.placed[index].found.tokens;
        self.clause(index).is_some_and(|clause| {
            self.near(index).iter().any(|found| {
                found.shifter.kind == ShifterKind::Lack
                    && found.tokens.start >= tokens.end
                    && clause.tokens.contains(&found.tokens.start)
            })
        })
    }

    /// The hits of one unit.
    fn unit(&self, unit: &Unit) -> Vec<Hit> {
        let head = self.entry(unit.head);
        let own = if head.weight < 0.0 { -1.0 } else { 1.0 };
        let denials = self.denials(unit);
        let denied = denials.len() % 2 == 1;
        // A term that means the same under negation is moved by nothing.
        let fixed = head.kind == EntryKind::Term && head.weight * head.negated > 0.0;
        let nearer: Vec<usize> = unit.before.iter().copied().chain([unit.head]).collect();
        let head_negators = self.negators(unit.head, &unit.before);
        let mut sign = if head_negators.is_empty() { own } else { -own };
        let mut chain: Vec<Valued> = Vec::new();
        let mut modifiers: Vec<Valued> = Vec::new();
        for index in &unit.before {
            let entry = self.entry(*index);
            let negators = self.negators(*index, &nearer);
            let weight = self.under(entry, &negators, *index);
            let turned = if negators.is_empty() { 1.0 } else { -1.0 };
            let valued =
                Valued { index: *index, weight, sign: if feared(entry) { 1.0 } else { sign }, negators };
            // "Pointless to join" governs as a verb does; "a pointless union" not.
            let governs = entry.weight < 0.0
                && chain.last().is_some_and(|inner| {
                    let gap = self.placed[inner.index]
                        .found
                        .tokens
                        .start
                        .saturating_sub(self.placed[*index].found.tokens.end);
                    gap <= GOVERNED_GAP
                });
            if entry.direction == 0 && !governs {
                modifiers.push(valued);
            } else {
                let direction = if entry.direction == 0 { -1.0 } else { f64::from(entry.direction) };
                sign *= direction * turned;
                chain.push(valued);
            }
        }
        let mut hits = Vec::new();
        if fixed {
            hits.push(self.mentioned(unit, &head_negators, &denials));
            hits.extend(
                unit.before.iter().chain(&unit.behind).map(|index| self.silent(*index, Status::Governed)),
            );
            return hits;
        }
        // What the speaker's side proposes is stood for, whatever became of it.
        let proposed = chain.last().is_some_and(|outer| {
            let entry = self.entry(outer.index);
            entry.direction != 0 && entry.weight > 0.3 && entry.negated > 0.3 && entry.direction > 0
        });
        let behind: Vec<Valued> = if proposed { &[] as &[usize] } else { unit.behind.as_slice() }
            .iter()
            .map(|index| (*index, 1.0, chain.is_empty()))
            .chain(
                unit.later
                    .iter()
                    .filter(|_| !proposed)
                    .map(|(index, pronoun)| (*index, if *pronoun { TAKEN_UP } else { LEFT_OPEN }, true)),
            )
            .map(|(index, reach, alone)| {
                let entry = self.entry(index);
                let mut negators = self.negators(index, &unit.behind);
                // "No union will do", "we will not let it be occupied".
                if chain.is_empty() && negators.is_empty() {
                    negators.clone_from(&head_negators);
                }
                let sign = match (feared(entry), alone) {
                    (true, _) => 1.0,
                    (false, true) => own,
                    (false, false) => sign,
                };
                let weight = self.under(entry, &negators, index);
                Valued { index, weight: weight * reach, sign, negators }
            })
            .collect();
        if let Some(outer) = chain.pop() {
            // "It would be a mistake to leave": the mistake says it all.
            let overruled = behind.iter().any(|later| {
                (self.entry(later.index).direction != 0 || unit.behind.contains(&later.index))
                    && (later.weight * later.sign) * (outer.weight * outer.sign) < 0.0
            });
            let strongest = chain.iter().map(|inner| inner.weight.abs()).fold(outer.weight.abs(), f64::max);
            let strongest =
                if head.kind == EntryKind::Term { strongest.max(head.weight.abs()) } else { strongest };
            if overruled {
                hits.push(self.silent(outer.index, Status::Governed));
            } else {
                let weight = if denied && outer.negators.is_empty() {
                    self.entry(outer.index).negated
                } else if denied {
                    self.entry(outer.index).weight
                } else {
                    outer.weight.signum() * strongest
                };
                hits.push(self.valued(unit, &outer, weight, outer.sign, if denied { &denials } else { &[] }));
            }
            for inner in chain.iter().chain(&modifiers) {
                hits.push(self.silent(inner.index, Status::Governed));
            }
        } else {
            for modifier in &modifiers {
                let turn = if denied { -1.0 } else { 1.0 };
                hits.push(self.valued(
                    unit,
                    modifier,
                    modifier.weight,
                    modifier.sign * turn,
                    if denied { &denials } else { &[] },
                ));
            }
            if modifiers.is_empty() && behind.is_empty() || head.kind == EntryKind::Term && behind.is_empty()
            {
                hits.push(self.mentioned(unit, &head_negators, &denials));
            }
        }
        for later in &behind {
            let turn =
                if denied && !unit.later.iter().any(|(index, _)| *index == later.index) { -1.0 } else { 1.0 };
            hits.push(self.valued(unit, later, later.weight, later.sign * turn, &[]));
        }
        hits
    }

    /// A target or term that nothing values.
    fn mentioned(&self, unit: &Unit, negators: &[&Found], denials: &[(Span, f64)]) -> Hit {
        let head = self.entry(unit.head);
        let own = if head.weight < 0.0 { -1.0 } else { 1.0 };
        let target = head.kind == EntryKind::Target;
        let refused =
            if target && negators.is_empty() && denials.is_empty() { self.refused(unit) } else { None };
        let turned = (negators.len().min(1) + denials.len() + usize::from(refused.is_some())) % 2 == 1;
        let endorsed = self.statement.cue_class == CueClass::Endorsing && self.statement.cue.is_some();
        // "Without a common market we shall not live": it is needed.
        let needed = target
            && head.weight.abs() > NAMED
            && !negators.is_empty()
            && negators.iter().all(|found| found.shifter.kind == ShifterKind::Lack)
            && self.clause(unit.head).is_some_and(|clause| {
                let sentence = self.sentence(clause.sentence);
                self.near(unit.head).iter().any(|found| {
                    found.shifter.kind == ShifterKind::Negator && sentence.contains(&found.tokens.start)
                })
            });
        let weight = match (turned, target) {
            _ if needed => BARE * own,
            (false, true) if endorsed => BARE * own,
            (true, true) if !denials.is_empty() || endorsed => -BARE * own,
            (false, _) => head.weight,
            (true, _) => self.under(head, negators, unit.head) * if negators.is_empty() { -1.0 } else { 1.0 },
        };
        let (mut size, status, mut shifters) = self.size(&[unit.head]);
        // "Who needs such a union?"
        let weight = if target && size < 0.0 && head.weight != 0.0 { BARE * own } else { weight };
        // A thing named in a condition or a guess is not stood for.
        if target && matches!(status, Status::Conditional | Status::Hedged) {
            size = 0.0;
        }
        for negator in negators.iter().copied().chain(refused) {
            shifters.push((self.span(&negator.tokens), self.words(&negator.tokens), -1.0));
        }
        for (span, factor) in denials {
            shifters.push((*span, span.of(self.body).to_string(), *factor));
        }
        if let (true, Some(cue)) = (endorsed, self.statement.cue) {
            shifters.push((cue, cue.of(self.body).to_string(), 1.0));
        }
        let status = if turned && status == Status::Asserted { Status::Negated } else { status };
        self.hit(unit.head, unit.head, weight, size, status, shifters, None)
    }

    /// The negator right behind a target that nothing else values: "sovereignty
    /// is not a thing of the past" says something against it, whatever it is not.
    fn refused(&self, unit: &Unit) -> Option<&Found<'_>> {
        let head = &self.placed[unit.head].found.tokens;
        let clause = self.clause(unit.head)?;
        self.near(unit.head).iter().find(|found| {
            found.shifter.kind == ShifterKind::Negator
                && found.shifter.scope != ShifterScope::Previous
                && found.tokens.start >= head.end
                && clause.tokens.contains(&found.tokens.start)
                && !self.follows(clause, found.tokens.end)
                && (head.end..found.tokens.start).all(|at| {
                    self.reading.language.is(self.reading.text.word(at), WordClass::Auxiliary)
                        || self.reading.text.tokens[at].kind == TokenKind::Punctuation
                })
        })
    }

    /// Whether an appraisal follows in a clause.
    fn follows(&self, clause: &Clause, from: usize) -> bool {
        let first = self.placed.partition_point(|placed| placed.found.tokens.start < from);
        self.placed[first..]
            .iter()
            .take_while(|placed| placed.found.tokens.start < clause.tokens.end)
            .any(|placed| self.reading.entries[placed.found.entry].kind == EntryKind::Appraisal)
    }

    fn valued(&self, unit: &Unit, value: &Valued, weight: f64, sign: f64, denials: &[(Span, f64)]) -> Hit {
        let (size, status, mut shifters) = self.size(&[value.index, unit.head]);
        for negator in &value.negators {
            shifters.push((self.span(&negator.tokens), self.words(&negator.tokens), -1.0));
        }
        for (span, factor) in denials {
            shifters.push((*span, span.of(self.body).to_string(), *factor));
        }
        let turned = !value.negators.is_empty() ^ !denials.is_empty();
        let status = if turned && status == Status::Asserted { Status::Negated } else { status };
        self.hit(value.index, unit.head, weight, sign * size, status, shifters, Some(unit.head))
    }

    #[allow(clippy::too_many_arguments)]
    fn hit(
        &self,
        index: usize,
        head: usize,
        weight: f64,
        factor: f64,
        status: Status,
        shifters: Vec<(Span, String, f64)>,
        target: Option<usize>,
    ) -> Hit {
        let lexicon = self.matcher.lexicon();
        let entry = self.entry(index);
        let axis = entry.axis.or(self.entry(head).axis);
        Hit {
            axis: axis.and_then(|axis| lexicon.axes.get(axis)).map_or(String::new(), |axis| axis.id.clone()),
            kind: entry.kind,
            term: entry.term.clone(),
            span: self.span(&self.placed[index].found.tokens),
            weight,
            status,
            factor,
            contribution: (weight * factor).clamp(-1.0, 1.0),
            target: target.map(|target| self.span(&self.placed[target].found.tokens)),
            shifters,
        }
    }

    /// A match that counts nothing.
    fn silent(&self, index: usize, status: Status) -> Hit {
        let mut hit = self.hit(index, index, self.entry(index).weight, 0.0, status, Vec::new(), None);
        hit.contribution = 0.0;
        hit
    }

    fn words(&self, tokens: &Range<usize>) -> String {
        self.span(tokens).of(self.body).to_string()
    }

    /// The product of what strengthens and damps a value and its target, each
    /// once. It may be negative: a rhetorical question turns what it asks.
    fn size(&self, places: &[usize]) -> (f64, Status, Vec<(Span, String, f64)>) {
        let mut size = 1.0f64;
        let mut sign = 1.0f64;
        let mut status = Status::Asserted;
        let mut account = Vec::new();
        let mut asked = false;
        let from = places.iter().map(|index| self.placed[*index].found.tokens.start).min().unwrap_or(0);
        let to = places.iter().map(|index| self.placed[*index].found.tokens.end).max().unwrap_or(0);
        for found in self.among(from.saturating_sub(SIGHT)..to + SIGHT) {
            let kind = found.shifter.kind;
            let touches = !matches!(kind, ShifterKind::Negator | ShifterKind::Lack)
                && places.iter().any(|index| {
                    let Some(clause) = self.clause(*index) else { return false };
                    let sentence = self.sentence(clause.sentence);
                    shifters::touches(
                        found,
                        &self.placed[*index].found.tokens,
                        clause,
                        &sentence,
                        self.reading.text,
                        self.reading.language,
                    )
                })
                && !places.iter().any(|index| {
                    let tokens = &self.placed[*index].found.tokens;
                    found.tokens.start < tokens.end && tokens.start < found.tokens.end
                });
            if !touches {
                continue;
            }
            let factor = found.shifter.factor;
            match kind {
                ShifterKind::Conditional => status = Status::Conditional,
                ShifterKind::Hedge if status == Status::Asserted => status = Status::Hedged,
                ShifterKind::Rhetorical => {
                    if asked || !self.asks(places) {
                        continue;
                    }
                    asked = true;
                    status = Status::Negated;
                }
                _ => {}
            }
            sign *= factor.signum();
            size *= factor.abs();
            account.push((self.span(&found.tokens), self.words(&found.tokens), factor));
        }
        if !asked && self.asks(places) {
            size *= ASKED;
        }
        if let (Some(cue), CueClass::Hedged) = (self.statement.cue, self.statement.cue_class) {
            size *= HEDGED_CUE;
            account.push((cue, cue.of(self.body).to_string(), HEDGED_CUE));
        }
        (sign * size.clamp(LEAST_FACTOR, GREATEST_FACTOR), status, account)
    }

    /// Whether the sentence of a match ends in a question mark.
    fn asks(&self, places: &[usize]) -> bool {
        places.first().and_then(|index| self.clause(*index)).is_some_and(|clause| {
            let sentence = self.sentence(clause.sentence);
            sentence.rev().take(3).any(|at| self.reading.text.word(at) == "?")
        })
    }

    /// "Integration threatens our sovereignty" speaks of both: what a thing does
    /// to a target of another axis says something of the thing.
    fn relations(&self) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (at, unit) in self.units.iter().enumerate() {
            let Some(outer) = unit.before.iter().copied().rfind(|index| self.entry(*index).direction != 0)
            else {
                continue;
            };
            let object = self.entry(unit.head);
            if object.kind != EntryKind::Target {
                continue;
            }
            let clause = self.placed[unit.head].clause;
            let of_clause = |other: &&Unit| self.placed[other.head].clause == clause;
            let subject =
                self.units[..at].iter().rev().take(NEIGHBOURS).take_while(of_clause).find(|other| {
                    let (placed, entry) = (&self.placed[other.head], self.entry(other.head));
                    entry.kind == EntryKind::Target
                        && entry.weight != 0.0
                        && entry.axis.is_some()
                        && entry.axis != object.axis
                        && placed.clause == self.placed[outer].clause
                        && placed.found.tokens.end <= self.placed[outer].found.tokens.start
                        && other.before.is_empty()
                });
            let Some(subject) = subject else { continue };
            let negators = self.negators(outer, &unit.before);
            let turned = if negators.is_empty() { 1.0 } else { -1.0 };
            let own = |index: usize| if self.entry(index).weight < 0.0 { -1.0 } else { 1.0 };
            let sign = f64::from(self.entry(outer).direction) * turned * own(unit.head) * own(subject.head);
            let (size, status, shifters) = self.size(&[outer]);
            let status = if turned < 0.0 { Status::Negated } else { status };
            let mut hit = self.hit(subject.head, subject.head, RELATED, sign * size, status, shifters, None);
            hit.target = Some(self.span(&self.placed[unit.head].found.tokens));
            hits.push(hit);
        }
        hits
    }
}
