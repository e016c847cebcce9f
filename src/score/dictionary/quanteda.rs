//! Dictionary look-ups as quanteda does them, with Lexicoder's negation if asked. An axis is a
//! dictionary with the keys positive, negative and neutral (weight 0).
//!
//! Lexicoder (Young & Soroka 2012): a positive word under a negation counts as
//! negative and the other way round. A word is negated when there is a negator at
//! most three tokens before it in its clause and everything between is
//! transparent ("not a very good"). The published way rewrites the text first and
//! counts entries "not good"; with a look-up by dictionary that gives the same
//! poles.

use crate::model::{Hit, Name, NoScore, PatternPart, Score, Scored, Status, Text};
use crate::score::content::Content;
use crate::score::counts::proportion;
use crate::score::dictionary::nested::{Candidate, Scope, lookup};
use crate::score::lookup::matched::Match;
use crate::score::tools::sentences::shifter;
use crate::score::tools::words::{negates, transparent};
use std::collections::BTreeSet;
use std::ops::Range;

/// Tokens before a match in which a negator is looked for.
const REACH: usize = 3;

/// Counts the entries of each axis by pole; the score is `(P - N) / (P + N)`.
pub fn counted(input: &Content, scope: Scope, negation: bool) -> Scored {
    let lexicon = input.matcher.lexicon();
    let mut hits = Vec::new();
    for piece in &input.pieces {
        let all: Vec<Match> = input
            .matcher
            .candidates(input.text, piece.clone(), &input.language.code)
            .into_iter()
            .filter(|found| unbroken(input, found))
            .collect();
        for (axis, known) in lexicon.axes.iter().enumerate() {
            let of_axis: Vec<&Match> =
                all.iter().filter(|found| lexicon.entries[found.entry].axis == Some(axis)).collect();
            let candidates: Vec<Candidate> = of_axis
                .iter()
                .map(|found| Candidate {
                    tokens: found.tokens.clone(),
                    key: match lexicon.entries[found.entry].weight {
                        weight if weight > 0.0 => 0,
                        weight if weight < 0.0 => 1,
                        _ => 2,
                    },
                })
                .collect();
            for at in lookup(&candidates, scope) {
                let found = of_axis[at];
                let negator = negator(input, piece, &found.tokens).filter(|_| negation);
                hits.push(hit(input, known.id, found, negator));
            }
        }
    }
    hits.sort_by(|a, b| (a.span.start, a.span.end, &a.axis).cmp(&(b.span.start, b.span.end, &b.axis)));
    let scores = scores(input, &hits);
    Scored { scores, hits }
}

/// quanteda's patterns fit words side by side: marks between them break a phrase.
fn unbroken(input: &Content, found: &Match) -> bool {
    let parts = &input.matcher.lexicon().entries[found.entry].pattern.parts;
    parts.contains(&PatternPart::Gap) || parts.len() == found.tokens.len()
}

/// The negator that turns a match.
fn negator(input: &Content, piece: &Range<usize>, found: &Range<usize>) -> Option<usize> {
    let first = found.start.saturating_sub(REACH).max(piece.start);
    for at in (first..found.start).rev() {
        let word = input.text.word(at);
        if negates(input.language, word) {
            return Some(at);
        }
        if !transparent(input.language, word) {
            return None;
        }
    }
    None
}

fn hit(input: &Content, axis: Name, found: &Match, negator: Option<usize>) -> Hit {
    let entry = &input.matcher.lexicon().entries[found.entry];
    let factor = if negator.is_some() { -1.0 } else { 1.0 };
    let sign = if entry.weight == 0.0 { 0.0 } else { entry.weight.signum() };
    Hit {
        axis,
        kind: entry.kind,
        term: entry.term,
        span: input.text.span_of(found.tokens.clone()),
        weight: entry.weight,
        status: match (entry.weight == 0.0, negator) {
            (true, _) => Status::Blocking,
            (false, Some(_)) => Status::Negated,
            (false, None) => Status::Asserted,
        },
        factor,
        contribution: sign * factor,
        target: None,
        shifters: negator.map(|at| shifter(input.text, at..at + 1, -1.0)).into_iter().collect(),
    }
}

fn scores(input: &Content, hits: &[Hit]) -> Vec<Score> {
    let lexicon = input.matcher.lexicon();
    let pole = |axis: &str, sign: f64| {
        hits.iter().filter(|hit| hit.axis == axis && hit.contribution == sign).count() as f64
    };
    let score = |axis: Name, positive: f64, negative: f64, neutral: bool| Score {
        axis,
        value: proportion(positive, negative).map(|value| value + 0.0).ok_or(if neutral {
            NoScore::NoWeight
        } else {
            NoScore::NoMatch
        }),
        hits: (positive + negative) as usize,
        poles: (positive as usize, negative as usize),
        parts: Vec::new(),
    };
    let mut scores: Vec<Score> = lexicon
        .axes
        .iter()
        .map(|axis| {
            let neutral = hits.iter().any(|hit| hit.axis == axis.id);
            score(axis.id, pole(&axis.id, 1.0), pole(&axis.id, -1.0), neutral)
        })
        .collect();
    for derived in &lexicon.derived {
        let (mut positive, mut negative) = (0.0, 0.0);
        for (axis, factor) in &derived.formula {
            let (one, two) = (pole(axis, 1.0) * factor.abs(), pole(axis, -1.0) * factor.abs());
            let (one, two) = if *factor < 0.0 { (two, one) } else { (one, two) };
            positive += one;
            negative += two;
        }
        let any = hits.iter().any(|hit| derived.formula.contains_key(hit.axis.as_str()));
        scores.push(score(derived.axis.id, positive, negative, any));
    }
    scores
}

/// Features after the look-up: every match is one, and so is every token that no
/// match covers, punctuation included. What quanteda divides by.
pub fn features(pieces: &[Range<usize>], text: &Text, hits: &[&Hit]) -> usize {
    let tokens: usize = pieces.iter().map(ExactSizeIterator::len).sum();
    let mut covered = BTreeSet::new();
    for hit in hits {
        covered.extend(text.tokens_in(hit.span));
    }
    tokens - covered.len().min(tokens) + hits.len()
}
