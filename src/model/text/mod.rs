//! A segmented text: spans into the body, tokens, sentences, paragraphs and quotations. The text itself
//! stays where it is; everything else points at it.

pub mod token_flags;

use crate::model::text::token_flags::{TokenFlag, TokenFlags, WordClass};
use serde::Serialize;

/// A half-open stretch `start..end` of a body, in **UTF-8 bytes**; both ends
/// lie on character borders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Span { start, end: end.max(start) }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// True if the span is empty.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// True if `other` is completely inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True if the two spans share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that contains both.
    pub fn join(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The words themselves; empty when the span does not fit the text.
    pub fn of(self, body: &str) -> &str {
        body.get(self.start..self.end).unwrap_or("")
    }
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with inner apostrophes and hyphens ("don't", "so-called").
    Word,
    /// Digits, with inner separators ("1.5", "2019", "13").
    Number,
    /// Anything else that is not white space, one character a token
    /// (but `''` and `...` are one token each).
    Punctuation,
}

/// One token of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Its bytes in the body.
    pub span: Span,
    /// The bytes of its folded form in [`Text::folded`].
    pub folded: Span,
    /// What it is.
    pub kind: TokenKind,
    /// Its word classes and flags.
    pub flags: TokenFlags,
}

/// A paragraph: a range of sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Bytes of the body, white space at the ends excluded.
    pub span: Span,
    /// Index of the first sentence, and one past the last.
    pub sentences: std::ops::Range<usize>,
}

/// A sentence: a range of tokens. A full stop inside quotation marks does not
/// end it unless the quotation ends there too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes of the body.
    pub span: Span,
    /// Index of the first token, and one past the last.
    pub tokens: std::ops::Range<usize>,
    /// Index of its paragraph.
    pub paragraph: usize,
}

/// A quotation within one paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotation {
    /// Marks included.
    pub span: Span,
    /// Marks excluded.
    pub inner: Span,
    /// True if there is a closing mark; a quotation without one ends with its paragraph.
    pub closed: bool,
    /// Index of its paragraph.
    pub paragraph: usize,
}

/// A segmented body. Indices are positions in these vectors.
#[derive(Debug, Clone, Default)]
pub struct Text {
    /// In reading order.
    pub paragraphs: Vec<Paragraph>,
    /// In reading order.
    pub sentences: Vec<Sentence>,
    /// In reading order; stripped markup has no tokens.
    pub tokens: Vec<Token>,
    /// In reading order, outermost quotations only.
    pub quotations: Vec<Quotation>,
    /// The folded forms of all tokens one after another: lower case, ё as е,
    /// typographic apostrophes and hyphens as plain ones.
    pub folded: String,
}

impl Text {
    /// The folded form of token `index` ("Don’t" -> "don't").
    pub fn word(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |token| token.folded.of(&self.folded))
    }

    /// True if the word of token `index` belongs to a class; false beyond the last token.
    pub fn is(&self, index: usize, class: WordClass) -> bool {
        self.tokens.get(index).is_some_and(|token| token.flags.is(class))
    }

    /// True if token `index` has a flag; false beyond the last token.
    pub fn has(&self, index: usize, flag: TokenFlag) -> bool {
        self.tokens.get(index).is_some_and(|token| token.flags.has(flag))
    }

    /// The bytes from the first to the last token of a token range.
    pub fn span_of(&self, tokens: std::ops::Range<usize>) -> Span {
        match (self.tokens.get(tokens.start), self.tokens.get(tokens.end.wrapping_sub(1))) {
            (Some(first), Some(last)) if tokens.start < tokens.end => {
                Span::new(first.span.start, last.span.end)
            }
            _ => Span::new(0, 0),
        }
    }

    /// Number of words and numbers in a token range: all tokens but punctuation.
    pub fn word_count(&self, tokens: &std::ops::Range<usize>) -> usize {
        tokens.clone().filter(|index| self.tokens[*index].kind != TokenKind::Punctuation).count()
    }

    /// The tokens that are completely inside a span.
    pub fn tokens_in(&self, span: Span) -> std::ops::Range<usize> {
        let start = self.tokens.partition_point(|token| token.span.start < span.start);
        let end = self.tokens.partition_point(|token| token.span.end <= span.end);
        start..end.max(start)
    }
}

/// True if a folded word matches a folded pattern, in which each `*` stands for any number of characters,
/// also none.
pub fn glob(pattern: &str, word: &str) -> bool {
    // Most words differ in their first letters, so these are compared first.
    let same = pattern.bytes().zip(word.bytes()).take_while(|(one, two)| one == two).count();
    match pattern.as_bytes().get(same) {
        None => return same == word.len(),
        Some(b'*') => {}
        Some(_) => return false,
    }
    let mut rest = word.get(same..).unwrap_or("");
    let mut pieces = pattern.get(same + 1..).unwrap_or("").split('*').peekable();
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        match rest.find(piece) {
            Some(at) => rest = rest.get(at + piece.len()..).unwrap_or(""),
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_match_inside_one_word() {
        let cases = [
            ("sovereign*", "sovereignty", true),
            ("sovereign*", "sovereign", true),
            ("sovereign*", "sovereig", false),
            ("*ты", "ты", true),
            ("in*ly", "inly", true),
            ("in*ly", "inl", false),
            ("a*b*c", "axxbyyc", true),
            ("word", "words", false),
        ];
        for (pattern, word, expected) in cases {
            assert_eq!(glob(pattern, word), expected, "{pattern} {word}");
        }
    }

    #[test]
    fn a_span_never_ends_before_it_starts() {
        assert_eq!(Span::new(5, 3), Span::new(5, 5));
        assert!(!Span::new(0, 2).overlaps(Span::new(2, 4)));
        assert_eq!(Span::new(0, 9).of("abc"), "");
    }
}
