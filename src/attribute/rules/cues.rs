//! Finds cues in a sentence. The cue forms are in `cues.csv` of each language.

use crate::attribute::attribution::CueMatch;
use crate::model::{
    Cue, CueClass, Gender, Language, PronounRole, ShifterKind, Takes, Text, TokenFlag, TokenKind, WordClass,
};
use std::ops::Range;
use std::sync::LazyLock;

/// All cues of a sentence, without overlaps; of several forms at one place the longest. Only tokens for
/// which `usable` is true are considered.
pub fn cues<'a>(
    text: &Text,
    body: &str,
    tokens: Range<usize>,
    usable: &dyn Fn(usize) -> bool,
    language: &'a Language,
) -> Vec<CueMatch<'a>> {
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

/// A candidate cue at token `index`, for the learned classifier. `start..end` are the tokens around it
/// that lie outside quotations.
pub fn candidate<'a>(
    text: &Text,
    index: usize,
    start: usize,
    end: usize,
    language: &'a Language,
) -> Option<CueMatch<'a>> {
    if text.word(index) == ":" {
        let headed = index > start && index + 1 < text.tokens.len();
        return headed.then(|| CueMatch {
            tokens: index..index + 1,
            entry: &COLON,
            slot: None,
            negated: false,
        });
    }
    at(text, index, end, &|_| true, language, false)
}

/// The longest cue form at token `index`. With `by_rules` forms that only the classifier can judge are
/// left out.
fn at<'a>(
    text: &Text,
    index: usize,
    end: usize,
    usable: &dyn Fn(usize) -> bool,
    language: &'a Language,
    by_rules: bool,
) -> Option<CueMatch<'a>> {
    if !usable(index) {
        return None;
    }
    let known = text.has(index, TokenFlag::Cue).then(|| language.cues.get(text.word(index))).flatten();
    let Some(candidates) = known else {
        return parenthesis(text, index, end, usable, language);
    };
    // Many forms have a slot at the same place; it is parsed once.
    let mut seen: Option<(usize, Option<Range<usize>>)> = None;
    candidates.iter().find_map(|entry| {
        if by_rules && (entry.takes.thought || entry.takes.noun) {
            return None;
        }
        let mut slot: Option<Range<usize>> = None;
        let mut at = index;
        let fits = entry.words.iter().all(|expected| {
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
        fits.then(|| CueMatch { tokens: index..at, entry, slot, negated: negated(text, index, language) })
    })
}

/// Maximum length of a name with a possessive ending, in tokens.
const MAX_POSSESSOR_TOKENS: usize = 5;

/// The tokens of a possessor: "his", "Ann Lind's", "the minister's".
fn possessor(
    text: &Text,
    start: usize,
    end: usize,
    usable: &dyn Fn(usize) -> bool,
    language: &Language,
) -> Option<Range<usize>> {
    let pronoun = text.has(start, TokenFlag::Pronoun)
        && language
            .pronouns
            .get(text.word(start))
            .is_some_and(|readings| readings.iter().any(|pronoun| pronoun.role == PronounRole::Possessive));
    if pronoun {
        return Some(start..start + 1);
    }
    let run = (start..end.min(start + MAX_POSSESSOR_TOKENS))
        .take_while(|index| usable(*index) && text.tokens[*index].kind == TokenKind::Word);
    let possessive = |index: &usize| {
        let word = text.word(*index);
        language.possessives.strip(word).len() < word.len()
    };
    run.clone().find(possessive).map(|last| start..last + 1)
}

/// ", he mused,": a pronoun and one unknown word between commas are a cue, whatever the verb means.
fn parenthesis<'a>(
    text: &Text,
    index: usize,
    end: usize,
    usable: &dyn Fn(usize) -> bool,
    language: &Language,
) -> Option<CueMatch<'a>> {
    let pronoun = index.checked_sub(1).filter(|pronoun| text.has(*pronoun, TokenFlag::Pronoun))?;
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
    fits.then(|| CueMatch { tokens: index..index + 1, entry: &ANY_VERB, slot: None, negated: false })
}

/// A verb that is a cue because of its place, whatever it means.
pub fn any_verb<'a>(index: usize, text: &Text, language: &'a Language) -> CueMatch<'a> {
    CueMatch {
        tokens: index..index + 1,
        entry: &ANY_VERB,
        slot: None,
        negated: negated(text, index, language),
    }
}

/// The entry of verbs that are cues because of their place.
static ANY_VERB: LazyLock<Cue> = LazyLock::new(|| Cue {
    lemma: String::new(),
    words: Vec::new(),
    class: CueClass::Neutral,
    takes: Takes { clause: true, quote: true, ..Takes::default() },
});

/// The entry of a colon: "X: ...".
static COLON: LazyLock<Cue> = LazyLock::new(|| Cue {
    lemma: ":".into(),
    words: vec![":".into()],
    class: CueClass::Neutral,
    takes: Takes { clause: true, quote: true, ..Takes::default() },
});

/// True for "did not say", «не сказал»: a negator within two words before the cue.
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

/// True for a cue form that is a noun here: "the claims", "of note", "his remarks".
fn is_noun(text: &Text, body: &str, cue: &CueMatch, start: usize, language: &Language) -> bool {
    let takes = cue.entry.takes;
    if takes.prefix || takes.possessive || takes.agentless || cue.tokens.len() > 1 {
        return false;
    }
    if cue.tokens.start == start {
        return false;
    }
    let before = text.word(cue.tokens.start - 1);
    // "the Union State": a capital inside a sentence belongs to a name.
    let capital = text.tokens[cue.tokens.start].span.of(body).chars().next().is_some_and(char::is_uppercase);
    if capital && !matches!(before, ":" | "–" | "—" | "“" | "”" | "\"") {
        return true;
    }
    // The bare form of a verb ("signal", "report") is a noun unless a pronoun,
    // an auxiliary or a plural stands before it.
    if cue.entry.words.first() == Some(&cue.entry.lemma) {
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
    if cue.entry.class == CueClass::Questioning && language.is(before, WordClass::Auxiliary) {
        return true;
    }
    let possessive = language
        .pronouns
        .get(before)
        .is_some_and(|readings| readings.iter().all(|pronoun| pronoun.role == PronounRole::Possessive));
    language.is(before, WordClass::Article) || possessive
}
