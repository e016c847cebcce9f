//! Sentences with valence shifters, as sentimentr and sentometrics weigh them. The shifters are
//! single words of the language; these tools know no phrases.
//!
//! *Cluster* is the form of sentometrics (Ardia et al. 2021, JSS 99), which is
//! what sentimentr's documentation describes (Rinker, sentimentr). *Coded* is
//! what sentimentr's code does instead, for those who must repeat its numbers: a
//! pause anywhere before the word widens the context to it, and an adversative
//! adds 1 + 0.25 to the amplifiers rather than multiplying. Both divide the sum
//! by the root of the number of words, so that scores are unbounded.

use crate::model::{Hit, Scored, ShifterKind, Status, TokenKind};
use crate::score::content::Content;
use crate::score::lookup::matched::Match;
use crate::score::tools::sentences::shifter;
use crate::score::tools::words::{is, negates};
use std::ops::Range;

/// Words before a polar word that shift it.
const BEFORE: usize = 5;
/// Words after it.
const AFTER: usize = 2;
/// What an amplifier adds, and a de-amplifier takes.
const DEGREE: f64 = 0.8;
/// What an adversative adds.
const ADVERSATIVE: f64 = 0.25;
/// The most that de-amplifiers take in sentimentr's code.
const FLOOR: f64 = -0.999;

/// Which of the two formulas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// sentimentr's code.
    Coded,
    /// sentometrics.
    Cluster,
}

/// Shifters in the context of a polar word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shifters {
    /// Negators.
    pub negators: usize,
    /// Amplifiers.
    pub amplifiers: usize,
    /// De-amplifiers.
    pub downtoners: usize,
    /// Adversatives before the word.
    pub before: usize,
    /// Adversatives behind it.
    pub after: usize,
}

impl Shifters {
    /// The factor of the polar word.
    pub fn impact(self, form: Form) -> f64 {
        let odd = (self.negators % 2) as f64;
        let turn = if self.negators.is_multiple_of(2) { 1.0 } else { -1.0 };
        let (a, d) = (self.amplifiers as f64, self.downtoners as f64);
        let mut amplified = (1.0 - odd) * a * DEGREE;
        let mut damped = (-odd * a - d) * DEGREE;
        match form {
            Form::Cluster => {
                let adversative = 1.0 + ADVERSATIVE * (self.before as f64 - self.after as f64);
                (1.0 + amplified + damped.max(-1.0)) * adversative * turn
            }
            Form::Coded => {
                match (self.before, self.after) {
                    (0, 0) => {}
                    (0, _) => damped -= 1.0,
                    (before, _) => amplified += 1.0 + ADVERSATIVE * before as f64,
                }
                (1.0 + amplified + damped.max(FLOOR)) * turn
            }
        }
    }
}

/// What a unit of a sentence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Polar(usize),
    Pause,
    Shifter(ShifterKind),
    Other,
}

/// A word, a matched phrase, or a pause.
struct Unit {
    tokens: Range<usize>,
    kind: Kind,
}

/// Scores one statement: the mean over its sentences with a polar word.
pub fn shifted(input: &Content, form: Form) -> Scored {
    let lexicon = input.matcher.lexicon();
    let mut hits = Vec::new();
    let mut values = vec![Vec::new(); lexicon.axes.len()];
    for sentence in input.sentences() {
        let found = input.matcher.matches(input.text, sentence.clone(), &input.language.code);
        for (axis, values) in values.iter_mut().enumerate() {
            let polar: Vec<&Match> = found
                .iter()
                .filter(|one| {
                    let entry = &lexicon.entries[one.entry];
                    entry.axis == Some(axis) && entry.weight != 0.0
                })
                .collect();
            if polar.is_empty() {
                continue;
            }
            let units = units(input, sentence.clone(), &polar);
            let words = units.iter().filter(|unit| unit.kind != Kind::Pause).count() as f64;
            let mut sum = 0.0;
            for (place, unit) in units.iter().enumerate() {
                let Kind::Polar(entry) = unit.kind else { continue };
                let (shifters, at) = context(&units, place, form);
                let impact = shifters.impact(form);
                let weight = lexicon.entries[entry].weight;
                sum += impact * weight;
                hits.push(hit(input, axis, entry, unit, impact, words, &units, &at));
            }
            values.push(sum / words.sqrt());
        }
    }
    hits.sort_by(|a, b| (a.span.start, a.span.end, &a.axis).cmp(&(b.span.start, b.span.end, &b.axis)));
    input.mean_of_sentences(values, hits)
}

fn units(input: &Content, sentence: Range<usize>, polar: &[&Match]) -> Vec<Unit> {
    let mut units = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        if let Some(found) = polar.iter().find(|found| found.tokens.start == at) {
            units.push(Unit { tokens: found.tokens.clone(), kind: Kind::Polar(found.entry) });
            at = found.tokens.end.max(at + 1);
            continue;
        }
        let word = input.text.word(at);
        let is = |kind| is(input.language, word, kind);
        let kind = if input.text.tokens[at].kind == TokenKind::Punctuation {
            matches!(word, "," | ";" | ":").then_some(Kind::Pause)
        } else if negates(input.language, word) {
            Some(Kind::Shifter(ShifterKind::Negator))
        } else {
            let kinds = [ShifterKind::Amplifier, ShifterKind::Downtoner, ShifterKind::Adversative];
            let kind = kinds.into_iter().find(|kind| is(*kind));
            Some(kind.map_or(Kind::Other, Kind::Shifter))
        };
        units.extend(kind.map(|kind| Unit { tokens: at..at + 1, kind }));
        at += 1;
    }
    units
}

/// The shifters around the polar word at `place`: their numbers and their places.
fn context(units: &[Unit], place: usize, form: Form) -> (Shifters, Vec<usize>) {
    let pause = |unit: &Unit| unit.kind == Kind::Pause;
    let before = units[..place].iter().rposition(pause).map(|at| at + 1);
    let behind = units[place..].iter().position(pause).map(|at| place + at);
    let (near, far) = (place.saturating_sub(BEFORE), (place + AFTER + 1).min(units.len()));
    let (first, last) = match form {
        // As coded, a pause anywhere takes the place of the window.
        Form::Coded => (before.unwrap_or(near), behind.unwrap_or(far)),
        Form::Cluster => (before.unwrap_or(0).max(near), behind.unwrap_or(far).min(far)),
    };
    let mut shifters = Shifters::default();
    let mut found = Vec::new();
    for (at, unit) in units.iter().enumerate().take(last).skip(first) {
        let Kind::Shifter(kind) = unit.kind else { continue };
        match kind {
            ShifterKind::Negator => shifters.negators += 1,
            ShifterKind::Amplifier => shifters.amplifiers += 1,
            ShifterKind::Downtoner => shifters.downtoners += 1,
            ShifterKind::Adversative if at < place => shifters.before += 1,
            ShifterKind::Adversative => shifters.after += 1,
            _ => continue,
        }
        found.push(at);
    }
    (shifters, found)
}

#[allow(clippy::too_many_arguments)]
fn hit(
    input: &Content,
    axis: usize,
    entry: usize,
    unit: &Unit,
    impact: f64,
    words: f64,
    units: &[Unit],
    shifters: &[usize],
) -> Hit {
    let lexicon = input.matcher.lexicon();
    let entry = &lexicon.entries[entry];
    let factor = impact / words.sqrt();
    let touched = |at: &usize| {
        let sign = if units[*at].kind == Kind::Shifter(ShifterKind::Negator) { -1.0 } else { 1.0 };
        shifter(input.text, units[*at].tokens.clone(), sign)
    };
    Hit {
        axis: lexicon.axes[axis].id,
        kind: entry.kind,
        term: entry.term,
        span: input.text.span_of(unit.tokens.clone()),
        weight: entry.weight,
        status: if impact < 0.0 { Status::Negated } else { Status::Asserted },
        factor,
        contribution: entry.weight * factor,
        target: None,
        shifters: shifters.iter().map(touched).collect(),
    }
}
