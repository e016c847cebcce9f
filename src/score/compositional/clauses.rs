//! Cuts content into clauses, so that an appraisal is not carried to a target in another thought.

use crate::model::{Language, PronounRole, ShifterKind, Text, TokenFlag, TokenKind, WordClass, glob};
use std::ops::Range;

/// Maximum number of words of a subject before a dash that means "is".
const SUBJECT: usize = 2;
/// The same where a negator follows the dash.
const HEAD: usize = 6;

/// One clause of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Running number of its sentence within the content.
    pub sentence: usize,
    /// The token that opens it, if that is a word such as "but" or "because".
    pub opener: Option<usize>,
}

/// The clauses of one piece of content, in order.
///
/// A border is behind `. ! ? ; :`, at a dash between spaces, before a word
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
            && !(matches!(word, "–" | "—") && is_copula(text, start..index, index + 1, language))
        {
            push(start..index + 1, sentence, opener.take());
            start = index + 1;
        } else if index > start
            && text.is(index, WordClass::Breaker)
            && !within_blocker(text, index, language)
        {
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

/// True if a dash means "is": before an auxiliary or a negator, or behind few
/// words at the head of a clause («независимость — главная ценность»).
fn is_copula(text: &Text, before: Range<usize>, next: usize, language: &Language) -> bool {
    let negates = |at: usize| {
        language
            .shifters(text.word(at))
            .any(|shifter| shifter.kind == ShifterKind::Negator && glob(&shifter.words[0], text.word(at)))
    };
    let words = before.clone().filter(|index| text.tokens[*index].kind != TokenKind::Punctuation).count();
    // "No – this is ..." answers, and opens a thought of its own.
    text.is(next, WordClass::Auxiliary)
        || words <= HEAD && (words <= SUBJECT || negates(next)) && !before.into_iter().any(negates)
}

/// True if the word before and this one are one expression that negates and opens
/// nothing: "nothing but".
fn within_blocker(text: &Text, index: usize, language: &Language) -> bool {
    language.shifters(text.word(index - 1)).any(|shifter| {
        shifter.kind == ShifterKind::Blocker
            && shifter.words.len() == 2
            && glob(&shifter.words[0], text.word(index - 1))
            && glob(&shifter.words[1], text.word(index))
    })
}

fn spaced(text: &Text, index: usize) -> bool {
    let mark = text.tokens[index].span;
    matches!(text.word(index), ";" | ":") || index == 0 || text.tokens[index - 1].span.end < mark.start
}

fn opens_clause(text: &Text, index: usize, end: usize, language: &Language) -> bool {
    let subject = |at: usize| {
        at < end
            && text.has(at, TokenFlag::Pronoun)
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
