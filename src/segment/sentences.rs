//! Decides which full stops end a sentence. The abbreviations are in the language files.

use crate::model::{Language, PronounRole, Sentence, Text, TokenKind, WordClass};
use std::ops::Range;

/// Maximum distance between a closing mark and the cue of the quotation, in tokens ("“Really?” Holm
/// asked").
const CUE_REACH: usize = 5;

/// Appends the sentences of one paragraph's tokens to the text. Full stops
/// inside a quotation do not end a sentence, so that a quotation and its cue
/// stay together.
pub fn sentences(body: &str, tokens: Range<usize>, paragraph: usize, language: &Language, text: &mut Text) {
    let mut quotations = text
        .quotations
        .iter()
        .rev()
        .take_while(|quotation| quotation.paragraph == paragraph)
        .copied()
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .peekable();
    let mut start = tokens.start;
    let mut found = Vec::new();
    for index in tokens.clone() {
        let token = text.tokens[index];
        while quotations.peek().is_some_and(|quotation| quotation.span.end < token.span.end) {
            quotations.next();
        }
        let inside = quotations.peek().filter(|q| q.span.overlaps(token.span)).copied();
        let ends = match inside {
            None => {
                is_terminal(text.word(index)) && ends_here(text, body, index, &tokens, language)
                    || bracket_ends(text, body, index, &tokens)
            }
            Some(quotation) => {
                quotation.span.end == token.span.end
                    && quotation.closed
                    && closing_mark_ends(text, body, index, &tokens, language)
            }
        };
        if ends || index + 1 == tokens.end {
            let range = start..index + 1;
            found.push(Sentence { span: text.span_of(range.clone()), tokens: range, paragraph });
            start = index + 1;
        }
    }
    text.sentences.extend(found);
}

fn is_terminal(mark: &str) -> bool {
    matches!(mark, "." | "!" | "?" | "…" | "...")
}

fn first_char(text: &Text, body: &str, index: usize) -> Option<char> {
    text.tokens.get(index).and_then(|token| token.span.of(body).chars().next())
}

fn is_closer(mark: &str) -> bool {
    matches!(mark, ")" | "]" | "”" | "»" | "\"" | "''" | "’")
}

fn begins_sentence(character: char) -> bool {
    character.is_uppercase()
        || character.is_numeric()
        || matches!(character, '“' | '"' | '«' | '„' | '(' | '[' | '\'' | '‘' | '`' | '–' | '—' | '•')
}

fn ends_here(text: &Text, body: &str, index: usize, tokens: &Range<usize>, language: &Language) -> bool {
    let next = index + 1;
    if next >= tokens.end {
        return true;
    }
    if is_terminal(text.word(next)) || is_closer(text.word(next)) && touches(text, index) {
        return false;
    }
    let Some(character) = first_char(text, body, next) else { return true };
    if !begins_sentence(character) {
        return false;
    }
    if text.word(index) != "." {
        return true;
    }
    if index > tokens.start && touches(text, index - 1) {
        let word = text.word(index - 1);
        let capital = first_char(text, body, index - 1).is_some_and(char::is_uppercase);
        let single = word.chars().count() == 1 && text.tokens[index - 1].kind == TokenKind::Word;
        if single && capital {
            return false; // an initial
        }
        let known = language.abbreviations.contains(&format!("{word}."));
        if known {
            // "in 2003 г. The ..." ends only before a word that opens sentences.
            return text.is(next, WordClass::Stop) && capital_is_stop(text, next);
        }
    }
    true
}

/// True for a closing bracket behind final punctuation: "(... a whole sentence.) The next".
fn bracket_ends(text: &Text, body: &str, index: usize, tokens: &Range<usize>) -> bool {
    index > tokens.start
        && index + 1 < tokens.end
        && matches!(text.word(index), ")" | "]")
        && is_terminal(text.word(index - 1))
        && index.checked_sub(2).is_none_or(|word| text.word(word).chars().count() > 3)
        && first_char(text, body, index + 1).is_some_and(begins_sentence)
}

fn capital_is_stop(text: &Text, index: usize) -> bool {
    text.is(index, WordClass::Stop) && text.is(index, WordClass::Article)
}

/// True if there is no white space between a token and the next one.
fn touches(text: &Text, index: usize) -> bool {
    match (text.tokens.get(index), text.tokens.get(index + 1)) {
        (Some(one), Some(two)) => one.span.end == two.span.start,
        _ => false,
    }
}

/// True if the sentence ends at a closing quotation mark: terminal punctuation is before it, and what
/// follows begins a sentence and is not the reporting clause of the quotation.
fn closing_mark_ends(
    text: &Text,
    body: &str,
    index: usize,
    tokens: &Range<usize>,
    language: &Language,
) -> bool {
    let next = index + 1;
    if index == tokens.start {
        return false;
    }
    if !is_terminal(text.word(index - 1)) {
        // A full stop was forgotten: "... a thing” Freedom, he said, is ...".
        return next + 2 < tokens.end
            && text.word(next + 1) == ","
            && first_char(text, body, next).is_some_and(char::is_uppercase)
            && language
                .pronouns
                .get(text.word(next + 2))
                .is_some_and(|readings| readings.iter().any(|pronoun| pronoun.role == PronounRole::Subject));
    }
    if next >= tokens.end {
        return true;
    }
    let Some(character) = first_char(text, body, next) else { return true };
    if matches!(character, '–' | '—' | ',') || !begins_sentence(character) {
        return false;
    }
    if text.word(index - 1) == "." {
        return true;
    }
    !(next..tokens.end.min(next + CUE_REACH)).any(|later| {
        language.cues.get(text.word(later)).is_some_and(|cues| {
            cues.iter().any(|cue| cue.words.len() == 1 && (cue.takes.clause || cue.takes.quote))
        })
    })
}
