//! The algebra of signs: what a statement says of the things it names.
//!
//! Lives here: the arithmetic of one hit. May not live here: whom an appraisal
//! values (`groups`), what reaches it (`scene`), or the scale that makes one
//! number of the hits. The rules are stated in docs/METHOD.md 4.3 and 4.4.

use crate::model::{CueClass, Entry, EntryKind, Hit, Name, ShifterKind, Span, Status};
use crate::score::compositional::context::MatchContext;
use crate::score::compositional::shifters;
use crate::score::compositional::shifters::Found;
use crate::score::compositional::target_group::{Link, TargetGroup};

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
/// The most tokens between blame and the verb it governs ("pointless to join").
const GOVERNED_GAP: usize = 2;
/// A target of less weight is little more than a name, and not needed because
/// something is done "without" it.
const NAMED: f64 = 0.1;
/// How many tokens around a match are read for what turns or damps it.
const SIGHT: usize = 60;
/// The least factor in size that damping words can leave.
const LEAST_FACTOR: f64 = 0.2;
/// The greatest factor in size that strengthening words can give.
const GREATEST_FACTOR: f64 = 1.6;

/// A value with the negators that turned it.
struct Valued<'a> {
    index: usize,
    weight: f64,
    /// Of what it governs: what makes a lost thing a gain.
    sign: f64,
    negators: Vec<&'a Found<'a>>,
}

impl MatchContext<'_> {
    /// The hits of one group.
    pub fn group(&self, group: &TargetGroup) -> Vec<Hit> {
        let head = self.entry(group.target);
        let own = if head.weight < 0.0 { -1.0 } else { 1.0 };
        let denials = self.denials(group);
        let denied = denials.len() % 2 == 1;
        // A term that means the same under negation is moved by nothing.
        let fixed = head.kind == EntryKind::Term && head.weight * head.negated > 0.0;
        let nearer: Vec<usize> = group.before.iter().copied().chain([group.target]).collect();
        let head_negators = self.negators(group.target, &group.before);
        let mut sign = if head_negators.is_empty() { own } else { -own };
        let mut chain: Vec<Valued> = Vec::new();
        let mut modifiers: Vec<Valued> = Vec::new();
        for index in &group.before {
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
            hits.push(self.mentioned(group, &head_negators, &denials));
            hits.extend(
                group.before.iter().chain(&group.behind).map(|index| self.silent(*index, Status::Governed)),
            );
            return hits;
        }
        // What the speaker's side proposes is stood for, whatever became of it.
        let proposed = chain.last().is_some_and(|outer| {
            let entry = self.entry(outer.index);
            entry.direction != 0 && entry.weight > 0.3 && entry.negated > 0.3 && entry.direction > 0
        });
        let behind: Vec<Valued> = if proposed { &[] as &[usize] } else { group.behind.as_slice() }
            .iter()
            .map(|index| (*index, 1.0, chain.is_empty()))
            .chain(group.later.iter().filter(|_| !proposed).map(|(index, link)| match link {
                Link::Pronoun => (*index, TAKEN_UP, true),
                Link::Adjacent => (*index, LEFT_OPEN, true),
                Link::Consequence => (*index, 1.0, chain.is_empty()),
            }))
            .map(|(index, reach, alone)| {
                let entry = self.entry(index);
                let mut negators = self.negators(index, &group.behind);
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
                (self.entry(later.index).direction != 0
                    || group.behind.contains(&later.index)
                    || group.later.contains(&(later.index, Link::Consequence)))
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
                hits.push(self.valued(
                    group,
                    &outer,
                    weight,
                    outer.sign,
                    if denied { &denials } else { &[] },
                ));
            }
            for inner in chain.iter().chain(&modifiers) {
                hits.push(self.silent(inner.index, Status::Governed));
            }
        } else {
            for modifier in &modifiers {
                // "Full independence is an illusion": the predicate says it all.
                let overruled = behind.iter().any(|later| {
                    group.behind.contains(&later.index)
                        && (later.weight * later.sign) * (modifier.weight * modifier.sign) < 0.0
                });
                if overruled {
                    hits.push(self.silent(modifier.index, Status::Governed));
                    continue;
                }
                let turn = if denied { -1.0 } else { 1.0 };
                hits.push(self.valued(
                    group,
                    modifier,
                    modifier.weight,
                    modifier.sign * turn,
                    if denied { &denials } else { &[] },
                ));
            }
            if modifiers.is_empty() && behind.is_empty() || head.kind == EntryKind::Term && behind.is_empty()
            {
                hits.push(self.mentioned(group, &head_negators, &denials));
            }
        }
        for later in &behind {
            let turn = if denied && !group.later.iter().any(|(index, _)| *index == later.index) {
                -1.0
            } else {
                1.0
            };
            hits.push(self.valued(group, later, later.weight, later.sign * turn, &[]));
        }
        hits
    }

    /// A target or term that nothing values.
    fn mentioned(&self, group: &TargetGroup, negators: &[&Found], denials: &[(Span, f64)]) -> Hit {
        let head = self.entry(group.target);
        let own = if head.weight < 0.0 { -1.0 } else { 1.0 };
        let target = head.kind == EntryKind::Target;
        let refused =
            if target && negators.is_empty() && denials.is_empty() { self.refused(group) } else { None };
        let turned = (negators.len().min(1) + denials.len() + usize::from(refused.is_some())) % 2 == 1;
        let endorsed = self.statement.cue_class == CueClass::Endorsing && self.statement.cue.is_some();
        // "Without a common market we shall not live": it is needed.
        let needed = target
            && head.weight.abs() > NAMED
            && !negators.is_empty()
            && negators.iter().all(|found| found.shifter.kind == ShifterKind::Lack)
            && self.clause(group.target).is_some_and(|clause| {
                let sentence = self.sentence(clause.sentence);
                self.near(group.target).iter().any(|found| {
                    found.shifter.kind == ShifterKind::Negator && sentence.contains(&found.tokens.start)
                })
            });
        let weight = match (turned, target) {
            _ if needed => BARE * own,
            (false, true) if endorsed => BARE * own,
            (true, true) if !denials.is_empty() || endorsed => -BARE * own,
            (false, _) => head.weight,
            (true, _) if negators.is_empty() => head.negated,
            (true, _) => self.under(head, negators, group.target),
        };
        let (mut size, status, mut shifters) = self.size(&[group.target]);
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
        self.hit(group.target, group.target, weight, size, status, shifters, None)
    }

    fn valued(
        &self,
        group: &TargetGroup,
        value: &Valued,
        weight: f64,
        sign: f64,
        denials: &[(Span, f64)],
    ) -> Hit {
        let (size, status, mut shifters) = self.size(&[value.index, group.target]);
        for negator in &value.negators {
            shifters.push((self.span(&negator.tokens), self.words(&negator.tokens), -1.0));
        }
        for (span, factor) in denials {
            shifters.push((*span, span.of(self.body).to_string(), *factor));
        }
        let turned = !value.negators.is_empty() ^ !denials.is_empty();
        let status = if turned && status == Status::Asserted { Status::Negated } else { status };
        self.hit(value.index, group.target, weight, sign * size, status, shifters, Some(group.target))
    }

    #[allow(clippy::too_many_arguments)]
    pub(crate) fn hit(
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
            axis: axis.and_then(|axis| lexicon.axes.get(axis)).map_or(Name::default(), |axis| axis.id),
            kind: entry.kind,
            term: entry.term,
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
    pub fn silent(&self, index: usize, status: Status) -> Hit {
        let mut hit = self.hit(index, index, self.entry(index).weight, 0.0, status, Vec::new(), None);
        hit.contribution = 0.0;
        hit
    }

    /// The product of what strengthens and damps a value and its target, each
    /// once. It may be negative: a rhetorical question turns what it asks.
    pub(crate) fn size(&self, places: &[usize]) -> (f64, Status, Vec<(Span, String, f64)>) {
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
                        self.passage.text,
                        &|_| false,
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
}

/// Whether an appraisal tells of a loss that nobody chose. It speaks for the
/// axis whatever it takes away: a lost union is missed, a lost barrier is not.
fn feared(entry: &Entry) -> bool {
    entry.weight > 0.0 && entry.direction < 0
}
