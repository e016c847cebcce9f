//! Makes the hit of a match from its value and from what strengthens or damps it.

use crate::model::{CueClass, Hit, Name, ShifterKind, Span, Status};
use crate::score::compositional::context::MatchContext;
use crate::score::compositional::shifters;
use crate::score::compositional::shifters::Found;

/// "Suggested that" says less than "said that".
const HEDGED_CUE: f64 = 0.8;
/// Factor of the hits of a question that is not rhetorical.
const ASKED: f64 = 0.5;
/// How many tokens around a match are searched for shifters.
const SIGHT: usize = 60;
/// The least factor in size that damping words can leave.
const LEAST_FACTOR: f64 = 0.2;
/// The greatest factor in size that strengthening words can give.
const GREATEST_FACTOR: f64 = 1.6;

/// The factor of a match, with the words that make it.
pub(crate) struct Degree {
    /// The product; negative where a rhetorical question turns what it asks.
    pub factor: f64,
    /// What the words do with the match.
    pub status: Status,
    /// The words, as hits keep them.
    pub shifters: Vec<(Span, String, f64)>,
}

impl Degree {
    /// The same, marked as negated if it is and nothing else is to be said of it.
    pub fn negated_if(self, negated: bool) -> Self {
        let status = if negated && self.status == Status::Asserted { Status::Negated } else { self.status };
        Degree { status, ..self }
    }
}

/// What a match is worth.
pub(crate) struct Valuation {
    /// What its entry says here.
    pub weight: f64,
    /// What this is multiplied by.
    pub degree: Degree,
}

impl MatchContext<'_> {
    /// The hit of a match; `target` is the match that it values.
    pub(crate) fn hit(&self, index: usize, target: Option<usize>, valuation: Valuation) -> Hit {
        let entry = self.entry(index);
        let axis = entry.axis.or(target.and_then(|target| self.entry(target).axis));
        let axis = axis.and_then(|axis| self.matcher.lexicon().axes.get(axis));
        let Valuation { weight, degree } = valuation;
        Hit {
            axis: axis.map_or(Name::default(), |axis| axis.id),
            kind: entry.kind,
            term: entry.term,
            span: self.span(&self.placed[index].found.tokens),
            weight,
            status: degree.status,
            factor: degree.factor,
            contribution: (weight * degree.factor).clamp(-1.0, 1.0),
            target: target.map(|target| self.span(&self.placed[target].found.tokens)),
            shifters: degree.shifters,
        }
    }

    /// The hit of a match that counts nothing.
    pub fn silent(&self, index: usize, status: Status) -> Hit {
        let degree = Degree { factor: 0.0, status, shifters: Vec::new() };
        let mut hit = self.hit(index, None, Valuation { weight: self.entry(index).weight, degree });
        hit.contribution = 0.0;
        hit
    }

    /// The product of what strengthens and damps some matches (a value and its target); what
    /// touches several of them counts once.
    pub(crate) fn degree(&self, places: &[usize]) -> Degree {
        let mut size = 1.0f64;
        let mut sign = 1.0f64;
        let mut status = Status::Asserted;
        let mut account = Vec::new();
        let mut rhetorical = false;
        let from = places.iter().map(|index| self.placed[*index].found.tokens.start).min().unwrap_or(0);
        let to = places.iter().map(|index| self.placed[*index].found.tokens.end).max().unwrap_or(0);
        let near = self.among(from.saturating_sub(SIGHT)..to + SIGHT).iter();
        for found in near.filter(|found| self.grades(found, places)) {
            let factor = found.shifter.factor;
            match found.shifter.kind {
                ShifterKind::Conditional => status = Status::Conditional,
                ShifterKind::Hedge if status == Status::Asserted => status = Status::Hedged,
                ShifterKind::Rhetorical => {
                    if rhetorical || !self.asks(places) {
                        continue;
                    }
                    rhetorical = true;
                    status = Status::Negated;
                }
                _ => {}
            }
            sign *= factor.signum();
            size *= factor.abs();
            account.push((self.span(&found.tokens), self.words(&found.tokens), factor));
        }
        if !rhetorical && self.asks(places) {
            size *= ASKED;
        }
        if let (Some(cue), CueClass::Hedged) = (self.statement.cue, self.statement.cue_class) {
            size *= HEDGED_CUE;
            account.push((cue, cue.of(self.body).to_string(), HEDGED_CUE));
        }
        let factor = sign * size.clamp(LEAST_FACTOR, GREATEST_FACTOR);
        Degree { factor, status, shifters: account }
    }

    /// True if a shifter that is no negator touches one of these matches and is part of none.
    fn grades(&self, found: &Found, places: &[usize]) -> bool {
        let tokens = |index: &usize| &self.placed[*index].found.tokens;
        let touches = |index: &usize| {
            self.clause(*index).is_some_and(|clause| {
                let sentence = self.sentence(clause.sentence);
                shifters::touches(found, tokens(index), clause, &sentence, self.passage.text, &|_| false)
            })
        };
        let overlaps = |index: &usize| {
            let tokens = tokens(index);
            found.tokens.start < tokens.end && tokens.start < found.tokens.end
        };
        !matches!(found.shifter.kind, ShifterKind::Negator | ShifterKind::Lack)
            && places.iter().any(touches)
            && !places.iter().any(overlaps)
    }
}
