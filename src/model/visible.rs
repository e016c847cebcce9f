//! Text of strangers made safe to show. A name in an article or a file's name may hold control
//! sequences that colour a terminal, rename its window or turn the direction of the line;
//! here they become visible instead.

use std::borrow::Cow;

/// Text for a terminal: control characters, controls of direction and the separators of
/// Unicode appear as `\u{1b}`. Line feeds and tabs stay, and CR before a line feed goes.
pub fn visible(text: &str) -> Cow<'_, str> {
    replaced(text, |letter| hidden(letter) && !matches!(letter, '\n' | '\t'))
}

/// The same for a name or a path inside a sentence, where a line feed would begin a line of
/// the stranger's own.
pub fn visible_line(text: &str) -> Cow<'_, str> {
    replaced(text, hidden)
}

/// True for characters that act on a terminal or on their neighbours instead of being seen.
pub fn hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn replaced(text: &str, bad: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.chars().any(&bad) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '\r' && letters.peek() == Some(&'\n') && !bad('\n') {
            continue;
        }
        match letter {
            letter if bad(letter) => shown.extend(letter.escape_unicode()),
            letter => shown.push(letter),
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn control_sequences_become_visible_and_words_stay() {
        for (text, expected) in [
            ("Boris \u{1b}[31m Grot", "Boris \\u{1b}[31m Grot"),
            ("\u{9b}2J\u{7f}\u{8}", "\\u{9b}2J\\u{7f}\\u{8}"),
            ("a\u{202e}b\u{2066}c\u{200f}d\u{61c}", "a\\u{202e}b\\u{2066}c\\u{200f}d\\u{61c}"),
            ("a\u{2028}b", "a\\u{2028}b"),
            ("over\rwritten", "over\\u{d}written"),
            ("one\r\n\ttwo\n", "one\n\ttwo\n"),
            ("Нина Корчак, 日本, e\u{301}, a\u{200d}b", "Нина Корчак, 日本, e\u{301}, a\u{200d}b"),
        ] {
            assert_eq!(visible(text), expected);
        }
        assert_eq!(visible_line("a\n[[actor]]\tb"), "a\\u{a}[[actor]]\\u{9}b");
    }

    proptest! {
        #[test]
        fn nothing_hidden_is_left(text in any::<String>()) {
            prop_assert!(!visible(&text).chars().any(|c| hidden(c) && c != '\n' && c != '\t'));
            prop_assert!(!visible_line(&text).chars().any(hidden));
        }
    }
}
