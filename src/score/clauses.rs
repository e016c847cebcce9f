//! Cutting content into clauses, so that a value is not carried to a target
//! in another thought.
//!
//! Lives here: clause borders. May not live here: what stands in a clause.

use crate::model::{Fact, Language, PronounRole, Text, TokenKind, WordClass};
use std::ops::Range;

/// One clause of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Running number of its sentence within the content.
    pub sentence: usize,
    /// Opens with a word that sets it against what came before.
    pub opener: Option<usize>,
}

/// The clauses of one piece of content, in order.
///
/// A border stands behind `. ! ? ; :`, at a dash between spaces, before a word
/// that opens a clause ("but", "because"), and at a comma that a coordinating
/// or relative word or a subject pronoun follows. A plain comma is no border:
/// "no union, merger or bloc" is one thought.
pub fn clauses(text: &Text, tokens: Range<usize>, language: &Language) -> Vec<Clause> {
    let mut found = Vec::new();
    let mut start = tokens.start;
    let mut sentence = 0;
    let mut opener = None;
    let mut push = |range: Range<usize>, sentence: usize, opener: Option<usize>| {
        if range.clone().any(|index| text.tokens[index].kind != TokenKind::Punctuation) {
            found.push(Clause { tokens: range, sentence, opener });
        }
    };
    for index in tokens.clone() {
        let word = text.word(index);
        if matches!(word, "." | "!" | "?" | "…" | "...") {
            push(start..index + 1, sentence, opener.take());
            start = index + 1;
            sentence += 1;
        } else if matches!(word, ";" | ":" | "–" | "—")
            && spaced(text, index)
            && !text.is(index + 1, WordClass::Auxiliary)
        {
            push(start..index + 1, sentence, opener.take());
            start = index + 1;
        } else if index > start && text.is(index, WordClass::Breaker) {
            push(start..index, sentence, opener.take());
            start = index;
            opener = Some(index);
        } else if word == "," && index + 1 < tokens.end && opens_clause(text, index + 1, tokens.end, language)
        {
            push(start..index + 1, sentence, opener.take());
            start = index + 1;
        }
    }
    push(start..tokens.end, sentence, opener.take());
    found
}

fn spaced(text: &Text, index: usize) -> bool {
    let mark = text.tokens[index].span;
    matches!(text.word(index), ";" | ":") || index == 0 || text.tokens[index - 1].span.end < mark.start
}

fn opens_clause(text: &Text, index: usize, end: usize, language: &Language) -> bool {
    let subject = |at: usize| {
        at < end
            && text.has(at, Fact::Pronoun)
            && language
                .pronouns
                .get(text.word(at))
                .is_some_and(|readings| readings.iter().any(|pronoun| pronoun.role == PronounRole::Subject))
    };
    text.is(index, WordClass::Conjunction)
        || text.is(index, WordClass::Relative)
        || text.is(index, WordClass::Breaker)
        || subject(index)
}
