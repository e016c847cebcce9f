//! The words that attribute.
//!
//! Lives here: finding cue forms in a sentence. May not live here: the forms
//! (they are `cues.csv`) or who is the source.

use crate::model::{
    Cue, CueClass, Fact, Gender, Language, PronounRole, ShifterKind, Takes, Text, TokenKind, WordClass,
};
use std::ops::Range;
use std::sync::LazyLock;

/// A cue at its place.
#[derive(Debug, Clone)]
pub struct Found<'a> {
    /// Tokens of the cue.
    pub tokens: Range<usize>,
    /// The entry.
    pub cue: &'a Cue,
    /// For possessive cues: the tokens in the slot ("his", "Ann Lind's").
    pub slot: Option<Range<usize>>,
    /// Negated in front: "did not say".
    pub negated: bool,
}

/// All cues among the tokens of a sentence that `usable` lets through, longest
/// form first, not overlapping.
pub fn cues<'a>(
    text: &Text,
    body: &str,
    tokens: Range<usize>,
    usable: &dyn Fn(usize) -> bool,
    language: &'a Language,
) -> Vec<Found<'a>> {
    let mut found = Vec::new();
    let mut index = tokens.start;
    while index < tokens.end {
        match at(text, index, tokens.end, usable, language, true) {
            Some(cue) => {
                index = cue.tokens.end;
                if !is_noun(text, body, &cue, tokens.start, language) {
                    found.push(cue);
                }
            }
            None => index += 1,
        }
    }
    found
}

/// The word at `index`, if it may be a cue at all: the learned part decides.
/// `start..end` are the tokens around it that lie outside quotations.
pub fn candidate<'a>(
    text: &Text,
    index: usize,
    start: usize,
    end: usize,
    language: &'a Language,
) -> Option<Found<'a>> {
    if text.word(index) == ":" {
        let headed = index > start && index + 1 < text.tokens.len();
        return headed.then(|| Found { tokens: index..index + 1, cue: &COLON, slot: None, negated: false });
    }
    at(text, index, end, &|_| true, language, false)
}

fn at<'a>(
    text: &Text,
    index: usize,
    end: usize,
    usable: &dyn Fn(usize) -> bool,
    language: &'a Language,
    rules: bool,
) -> Option<Found<'a>> {
    if !usable(index) {
        return None;
    }
    let known = text.has(index, Fact::Cue).then(|| language.cues.get(text.word(index))).flatten();
    let Some(candidates) = known else {
        return parenthesis(text, index, end, usable, language);
    };
    // Many forms have a slot at the same place: it is looked into once.
    let mut seen: Option<(usize, Option<Range<usize>>)> = None;
    candidates.iter().find_map(|cue| {
        if rules && (cue.takes.thought || cue.takes.noun) {
            return None;
        }
        let mut slot: Option<Range<usize>> = None;
        let mut at = index;
        let fits = cue.words.iter().all(|expected| {
            let here = at;
            at += 1;
            if here >= end || !usable(here) {
                return false;
            }
            if expected != "~" {
                return text.word(here) == expected;
            }
            slot = match &seen {
                Some((at, slot)) if *at == here => slot.clone(),
                _ => possessor(text, here, end, usable, language),
            };
            seen = Some((here, slot.clone()));
            at = slot.as_ref().map_or(at, |slot| slot.end);
            slot.is_some()
        });
        fits.then(|| Found { tokens: index..at, cue, slot, negated: negated(text, index, language) })
    })
}

/// A name with a possessive ending has at most so many tokens.
const LONGEST_NAME: usize = 5;

/// "his", "Ann Lind's", "the minister's": whose something is.
fn possessor(
    text: &Text,
    start: usize,
    end: usize,
    usable: &dyn Fn(usize) -> bool,
    language: &Language,
) -> Option<Range<usize>> {
    let pronoun = text.has(start, Fact::Pronoun)
        && language
            .pronouns
            .get(text.word(start))
            .is_some_and(|readings| readings.iter().any(|pronoun| pronoun.role == PronounRole::Possessive));
    if pronoun {
        return Some(start..start + 1);
    }
    let run = (start..end.min(start + LONGEST_NAME))
        .take_while(|index| usable(*index) && text.tokens[*index].kind == TokenKind::Word);
    let possessive = |index: &usize| {
        let word = text.word(*index);
        language.possessives.strip(word).len() < word.len()
    };
    run.clone().find(possessive).map(|last| start..last + 1)
}

/// ", he mused,": between commas a pronoun and one unknown word attribute,
/// whatever the verb.
fn parenthesis<'a>(
    text: &Text,
    index: usize,
    end: usize,
    usable: &dyn Fn(usize) -> bool,
    language: &Language,
) -> Option<Found<'a>> {
    let pronoun = index.checked_sub(1).filter(|pronoun| text.has(*pronoun, Fact::Pronoun))?;
    let before = pronoun.checked_sub(1)?;
    let subject = language.pronouns.get(text.word(pronoun)).is_some_and(|readings| {
        readings.iter().any(|p| p.role == PronounRole::Subject && p.gender != Gender::Unknown)
    });
    let closed = text.is(index, WordClass::Auxiliary) || text.is(index, WordClass::AdverbBetween);
    let fits = subject
        && !closed
        && usable(pronoun)
        && text.word(before) == ","
        && index + 1 < end
        && text.word(index + 1) == ","
        && text.tokens[index].kind == TokenKind::Word;
    fits.then(|| Found { tokens: index..index + 1, cue: &ANY_VERB, slot: None, negated: false })
}

/// A verb that attributes because of its place, whatever it means.
pub fn any_verb<'a>(index: usize, text: &Text, language: &'a Language) -> Found<'a> {
    Found { tokens: index..index + 1, cue: &ANY_VERB, slot: None, negated: negated(text, index, language) }
}

/// The entry behind an unknown verb between commas.
static ANY_VERB: LazyLock<Cue> = LazyLock::new(|| Cue {
    lemma: String::new(),
    words: Vec::new(),
    class: CueClass::Neutral,
    takes: Takes { clause: true, quote: true, ..Takes::default() },
});

/// The entry behind "X: ...".
static COLON: LazyLock<Cue> = LazyLock::new(|| Cue {
    lemma: ":".into(),
    words: vec![":".into()],
    class: CueClass::Neutral,
    takes: Takes { clause: true, quote: true, ..Takes::default() },
});

/// "did not say", «не сказал»: a negator within two words before the cue.
fn negated(text: &Text, index: usize, language: &Language) -> bool {
    (1..=2).any(|back| {
        let Some(at) = index.checked_sub(back) else { return false };
        let word = text.word(at);
        let negates = language.shifters(word).any(|shifter| {
            shifter.kind == ShifterKind::Negator && matches!(shifter.words.as_slice(), [only] if only == word)
        });
        let between = (at + 1..index).all(|token| {
            let word = text.word(token);
            language.is(word, WordClass::Auxiliary) || language.is(word, WordClass::AdverbBetween)
        });
        negates && between
    })
}

/// "the claims", "of note", "his remarks": a noun, not a verb.
fn is_noun(text: &Text, body: &str, found: &Found, start: usize, language: &Language) -> bool {
    let takes = found.cue.takes;
    if takes.prefix || takes.possessive || takes.agentless || found.tokens.len() > 1 {
        return false;
    }
    if found.tokens.start == start {
        return false;
    }
    let before = text.word(found.tokens.start - 1);
    // "the Union State": a capital inside a sentence belongs to a name.
    let capital =
        text.tokens[found.tokens.start].span.of(body).chars().next().is_some_and(char::is_uppercase);
    if capital && !matches!(before, ":" | "–" | "—" | "“" | "”" | "\"") {
        return true;
    }
    // The bare form of a verb ("signal", "report") is a noun unless a pronoun,
    // an auxiliary or a plural stands before it.
    if found.cue.words.first() == Some(&found.cue.lemma) {
        let pronoun = language.pronouns.get(before).is_some_and(|readings| {
            readings.iter().any(|p| p.role == PronounRole::Subject && (p.plural || p.person == 1))
        });
        let plural = language
            .titles
            .iter()
            .any(|title| title.plural && title.words.last().is_some_and(|last| last == before));
        if !(pronoun || plural || language.is(before, WordClass::Auxiliary)) {
            return true;
        }
    }
    // "was asked about": the subject is the one addressed, not the one who speaks.
    if found.cue.class == CueClass::Questioning && language.is(before, WordClass::Auxiliary) {
        return true;
    }
    let possessive = language
        .pronouns
        .get(before)
        .is_some_and(|readings| readings.iter().all(|pronoun| pronoun.role == PronounRole::Possessive));
    language.is(before, WordClass::Article) || possessive
}
