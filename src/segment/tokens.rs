//! Tokens and their folded forms.

use crate::model::{Language, Span, Text, Token, TokenFlag, TokenFlags, TokenKind};

/// Folds a word as the tokeniser does: lower case, ё as е, typographic
/// apostrophes and hyphens as plain ones, soft hyphens dropped.
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for character in word.chars() {
        fold_into(character, &mut folded);
    }
    folded
}

fn fold_into(character: char, folded: &mut String) {
    match character {
        'A'..='Z' => folded.push(character.to_ascii_lowercase()),
        '\u{0}'..='\u{7f}' => folded.push(character),
        'ё' | 'Ё' => folded.push('е'),
        '’' | 'ʼ' | '‘' => folded.push('\''),
        '‐' | '‑' => folded.push('-'),
        '\u{ad}' => {}
        _ => folded.extend(character.to_lowercase()),
    }
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | 'ʼ')
}

fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '‐' | '‑' | '\u{ad}')
}

fn is_letter(character: char) -> bool {
    character.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&character)
}

/// Appends the tokens of one piece of the body to the text.
pub fn tokens(body: &str, piece: Span, language: &Language, text: &mut Text) {
    let mut start = piece.start;
    while let Some(from) = body.get(start..piece.end)
        && let Some(character) = from.chars().next()
    {
        if character.is_whitespace() || character == '\u{feff}' {
            start += character.len_utf8();
            continue;
        }
        let (length, kind) = if character.is_alphabetic() {
            (plain_length(from).unwrap_or_else(|| word_length(from)), TokenKind::Word)
        } else if character.is_numeric() {
            (number_length(from), TokenKind::Number)
        } else if from.starts_with("...") {
            (3, TokenKind::Punctuation)
        } else if from.starts_with("''") || from.starts_with("``") {
            (2, TokenKind::Punctuation)
        } else {
            (character.len_utf8(), TokenKind::Punctuation)
        };
        let span = Span::new(start, start + length);
        let folded_start = text.folded.len();
        let surface = span.of(body);
        if surface.is_ascii() {
            text.folded.push_str(surface);
            if let Some(folded) = text.folded.get_mut(folded_start..) {
                folded.make_ascii_lowercase();
            }
        } else {
            surface.chars().for_each(|character| fold_into(character, &mut text.folded));
        }
        let folded = Span::new(folded_start, text.folded.len());
        // A comma or a full stop is in no list.
        let mut flags = match character {
            ',' | '.' => TokenFlags::default(),
            _ => language.facts(folded.of(&text.folded)),
        };
        if character.is_uppercase() {
            flags = flags.with(TokenFlag::Capital);
        }
        text.tokens.push(Token { span, folded, kind, flags });
        start += length;
    }
}

/// Length in bytes of an ASCII word that is followed by white space or by a mark that cannot belong to it.
/// None for other words. A fast path: most words of English are such.
fn plain_length(from: &str) -> Option<usize> {
    let length = from.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let ends = match from.as_bytes().get(length) {
        None => true,
        Some(mark) => matches!(mark, b' ' | b',' | b'\n' | b'"' | b')' | b':' | b';'),
    };
    (length > 0 && ends).then_some(length)
}

/// Length in bytes of the word at the start of `from`: letters and digits,
/// with single apostrophes or hyphens between them, and the dots of
/// abbreviations made of single letters ("U.S.", «т.е.»).
fn word_length(from: &str) -> usize {
    let mut length = 0;
    let mut run = 0; // letters since the last dot
    let mut dotted = false;
    let mut characters = from.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied();
        if is_letter(character) || character.is_numeric() {
            length += character.len_utf8();
            run += 1;
        } else if (is_apostrophe(character) || is_hyphen(character))
            && next.is_some_and(|next| next.is_alphanumeric())
        {
            length += character.len_utf8();
            run = 2; // "d'A." is no abbreviation of single letters
        } else if character == '.' && run == 1 && (dotted || next.is_some_and(is_letter)) {
            length += 1;
            run = 0;
            dotted = true;
            if !next.is_some_and(is_letter) {
                break;
            }
        } else {
            break;
        }
    }
    // "U.Something" is no abbreviation: the word ends before the dot.
    if dotted && run > 1 {
        return from.char_indices().find(|(_, c)| *c == '.').map_or(length, |(at, _)| at);
    }
    length.max(from.chars().next().map_or(0, char::len_utf8))
}

/// Length in bytes of the number at the start of `from`: digits with single separators between them, and
/// letters attached to them ("1990s", «1990-х»).
fn number_length(from: &str) -> usize {
    let mut length = 0;
    let mut after_letter = false;
    let mut characters = from.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied();
        let inner = match character {
            '.' | ',' | ':' => next.is_some_and(char::is_numeric) && !after_letter,
            _ if is_hyphen(character) => next.is_some_and(is_letter) && !after_letter,
            _ => false,
        };
        if character.is_numeric() || is_letter(character) || inner {
            after_letter = is_letter(character);
            length += character.len_utf8();
        } else {
            break;
        }
    }
    length.max(from.chars().next().map_or(0, char::len_utf8))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(body: &str) -> Vec<String> {
        let mut text = Text::default();
        tokens(body, Span::new(0, body.len()), &Language::default(), &mut text);
        (0..text.tokens.len()).map(|index| text.word(index).to_string()).collect()
    }

    #[test]
    fn words_keep_apostrophes_hyphens_and_the_dots_of_initials() {
        let cases: [(&str, &[&str]); 8] = [
            ("Don’t go.", &["don't", "go", "."]),
            ("so-called U.S. aid", &["so-called", "u.s.", "aid"]),
            ("Ещё т.е. всё", &["еще", "т.е.", "все"]),
            ("13–15 February", &["13", "–", "15", "february"]),
            ("1.5 of 2,000 in the 1990s", &["1.5", "of", "2,000", "in", "the", "1990s"]),
            ("В.Путин: нет", &["в", ".", "путин", ":", "нет"]),
            ("end. Next", &["end", ".", "next"]),
            ("''Yes,'' he", &["''", "yes", ",", "''", "he"]),
        ];
        for (body, expected) in cases {
            assert_eq!(words(body), expected, "{body}");
        }
    }
}
