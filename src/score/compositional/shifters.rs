//! Finds words that turn, strengthen or damp, and what they scope over.

use crate::model::{
    Language, Shifter, ShifterKind, ShifterScope, Text, TokenFlag, TokenKind, WordClass, glob,
};
use crate::score::compositional::clauses::Clause;
use std::ops::Range;

/// There are fewer content words than this between a negator and what it turns
/// (transparent words are looked through, as Young & Soroka 2012 drop function
/// words). Two rather than VADER's three: a negator binds to the verb behind it,
/// and three reached past verbs that no lexicon knows.
pub const NEGATION_WINDOW: usize = 2;
/// The same for words that strengthen or weaken.
pub const DEGREE_WINDOW: usize = 2;

/// A shifter at its place.
#[derive(Debug, Clone)]
pub struct Found<'a> {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The entry.
    pub shifter: &'a Shifter,
}

/// All shifters in a run of tokens, longest first, and the blockers ("not only")
/// that take their words out of play.
pub fn shifters<'a>(text: &Text, tokens: Range<usize>, language: &'a Language) -> Vec<Found<'a>> {
    let mut found = Vec::new();
    let mut index = tokens.start;
    while index < tokens.end {
        let mut best: Option<Found> = None;
        if text.tokens[index].kind != TokenKind::Punctuation && text.has(index, TokenFlag::Shifter) {
            for shifter in language.shifters(text.word(index)) {
                let length = shifter.words.len();
                let fits = index + length <= tokens.end
                    && best.as_ref().is_none_or(|best| best.tokens.len() < length)
                    && shifter
                        .words
                        .iter()
                        .enumerate()
                        .all(|(offset, pattern)| glob(pattern, text.word(index + offset)));
                if fits {
                    best = Some(Found { tokens: index..index + length, shifter });
                }
            }
        }
        match best {
            Some(shifter) => {
                index = shifter.tokens.end;
                found.push(shifter);
            }
            None => index += 1,
        }
    }
    found
}

/// True if a shifter touches the words of a hit in `clause`. Words that are `passed` are not
/// counted between the two.
pub fn touches(
    found: &Found,
    hit: &Range<usize>,
    clause: &Clause,
    sentence: &Range<usize>,
    text: &Text,
    passed: &dyn Fn(usize) -> bool,
) -> bool {
    // A shifter inside the matched words belongs to the entry ("not an icon").
    if found.tokens.start < hit.end && hit.start < found.tokens.end {
        return false;
    }
    let same_clause = clause.tokens.start <= found.tokens.start && found.tokens.end <= clause.tokens.end;
    let same_sentence = sentence.start <= found.tokens.start && found.tokens.end <= sentence.end;
    match (found.shifter.kind, found.shifter.scope) {
        (ShifterKind::Conditional, _) => same_sentence,
        (ShifterKind::Adversative, _) => same_sentence && hit.end <= found.tokens.start,
        (ShifterKind::Rhetorical | ShifterKind::OtherView, _) => {
            same_sentence && found.tokens.end <= hit.start
        }
        (_, ShifterScope::Clause) => same_clause,
        (_, ShifterScope::Previous) => same_clause && hit.end <= found.tokens.start,
        (kind, ShifterScope::Next | ShifterScope::Both) => {
            let window = if matches!(kind, ShifterKind::Negator | ShifterKind::Lack) {
                NEGATION_WINDOW
            } else {
                DEGREE_WINDOW
            };
            same_clause
                && found.tokens.end <= hit.start
                && content_words(text, found.tokens.end..hit.start, passed) < window
        }
    }
}

fn content_words(text: &Text, between: Range<usize>, passed: &dyn Fn(usize) -> bool) -> usize {
    between
        .filter(|index| {
            text.tokens[*index].kind != TokenKind::Punctuation
                && !passed(*index)
                && !text.is(*index, WordClass::Transparent)
                && !text.is(*index, WordClass::Article)
        })
        .count()
}
