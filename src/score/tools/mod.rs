//! Rules of other tools on a user's own lexicon, to repeat what they gave.
//!
//! Lives here: the choice of a preset, and what presets share. May not live here:
//! our own method (`compose`), or any word: negators, boosters and the rest come
//! from the language's folder. The tools' own word lists are not ours to ship;
//! see docs/METHOD.md for what differs.

pub(crate) mod sentimentr;
pub(crate) mod vader;
pub(crate) mod words;

use crate::score::dictionary::nested::Scope;
use crate::score::dictionary::quanteda;
pub use crate::score::dictionary::quanteda::features;

use crate::model::{Hit, Language, NoScore, Score, Scored, Span, Text};
use crate::score::Method;
use crate::score::compositional::bounded_mean::{derive, without};
use crate::score::lookup::matcher::Matcher;
use std::ops::Range;

/// A statement as presets see it.
pub(crate) struct Reading<'a> {
    pub(crate) pieces: &'a [Range<usize>],
    pub(crate) text: &'a Text,
    pub(crate) body: &'a str,
    pub(crate) matcher: &'a Matcher,
    pub(crate) language: &'a Language,
}

/// Scores one statement by a preset.
pub fn preset(
    pieces: &[Range<usize>],
    text: &Text,
    body: &str,
    matcher: &Matcher,
    language: &Language,
    method: Method,
) -> Scored {
    let reading = Reading { pieces, text, body, matcher, language };
    match method {
        Method::QuantedaKey => quanteda::counted(&reading, Scope::Key, false),
        Method::Lsd => quanteda::counted(&reading, Scope::Dictionary, true),
        Method::Vader => vader::vader(&reading),
        Method::Sentimentr => sentimentr::shifted(&reading, sentimentr::Form::Coded),
        Method::Cluster => sentimentr::shifted(&reading, sentimentr::Form::Cluster),
        Method::Compositional | Method::Count | Method::Quanteda => {
            quanteda::counted(&reading, Scope::Dictionary, false)
        }
    }
}

impl Reading<'_> {
    /// The sentences of the content: the tokens of each that belong to it.
    fn sentences(&self) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for piece in self.pieces {
            let first = self.text.sentences.partition_point(|sentence| sentence.tokens.end <= piece.start);
            for sentence in &self.text.sentences[first..] {
                if sentence.tokens.start >= piece.end {
                    break;
                }
                found.push(sentence.tokens.start.max(piece.start)..sentence.tokens.end.min(piece.end));
            }
        }
        found
    }

    /// Scores of all axes from the values of sentences: the mean of those that
    /// have one, and the formula of derived axes. Sentences without a match are no
    /// zeros.
    fn mean_of_sentences(&self, values: Vec<Vec<f64>>, hits: Vec<Hit>) -> Scored {
        let lexicon = self.matcher.lexicon();
        let mut scores: Vec<Score> = Vec::new();
        for (axis, values) in lexicon.axes.iter().zip(values) {
            if values.is_empty() {
                scores.push(without(axis.id, NoScore::NoMatch));
                continue;
            }
            let count = hits.iter().filter(|hit| hit.axis == axis.id).count();
            let value = values.iter().sum::<f64>() / values.len() as f64 + 0.0;
            let of_axis = |hit: &&Hit| hit.axis == axis.id;
            let towards =
                |sign: f64| hits.iter().filter(of_axis).filter(|hit| hit.contribution * sign > 0.0).count();
            let poles = (towards(1.0), towards(-1.0));
            scores.push(Score { axis: axis.id, value: Ok(value), hits: count, poles, parts: Vec::new() });
        }
        for derived in &lexicon.derived {
            let score = derive(derived, &scores);
            scores.push(score);
        }
        Scored { scores, hits }
    }
}

/// Words that turned or strengthened a hit, as hits keep them.
pub(crate) fn shifter(text: &Text, tokens: Range<usize>, factor: f64) -> (Span, String, f64) {
    let words: Vec<&str> = tokens.clone().map(|at| text.word(at)).collect();
    (text.span_of(tokens), words.join(" "), factor)
}
