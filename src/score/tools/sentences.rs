//! What the rules of other tools have in common: they score sentences and take their mean.

use crate::model::{Hit, NoScore, Score, Scored, Span, Text};
use crate::score::absent::without;
use crate::score::compositional::bounded_mean::derive;
use crate::score::content::Content;
use std::ops::Range;

impl Content<'_> {
    /// The sentences of the content: the tokens of each that belong to it.
    pub fn sentences(&self) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for piece in &self.pieces {
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

    /// The scores of all axes from the values of sentences: their mean, without the sentences
    /// that have no match, and the formula of derived axes.
    pub fn mean_of_sentences(&self, values: Vec<Vec<f64>>, hits: Vec<Hit>) -> Scored {
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

/// A shifter that touched a hit, as [`Hit::shifters`] keeps it.
pub fn shifter(text: &Text, tokens: Range<usize>, factor: f64) -> (Span, String, f64) {
    let words: Vec<&str> = tokens.clone().map(|at| text.word(at)).collect();
    (text.span_of(tokens), words.join(" "), factor)
}
