//! One sentence with everything that the rules may look at.

use crate::attribute::people::mention::Mention;
use crate::model::{Language, PronounRole, Text, TokenFlag, TokenKind, WordClass};
use std::ops::Range;

/// A sentence with its article.
pub struct SentenceContext<'a> {
    /// The article's text.
    pub body: &'a str,
    /// The segmented article.
    pub text: &'a Text,
    /// The mentions of the article, in reading order.
    pub mentions: &'a [Mention],
    /// The language.
    pub language: &'a Language,
    /// The tokens of the sentence.
    pub sentence: Range<usize>,
    /// True for tokens outside all quotations.
    pub outside: &'a dyn Fn(usize) -> bool,
}

impl SentenceContext<'_> {
    pub(crate) fn is(&self, index: usize, class: WordClass) -> bool {
        self.text.is(index, class)
    }

    pub(crate) fn mention_ending(&self, last: usize) -> Option<usize> {
        let index = self.mentions.partition_point(|mention| mention.tokens.end <= last);
        self.mentions.get(index).filter(|mention| mention.tokens.end == last + 1)?;
        Some(index)
    }

    pub(crate) fn mention_starting(&self, first: usize) -> Option<usize> {
        let index = self.mentions.partition_point(|mention| mention.tokens.start < first);
        self.mentions.get(index).filter(|mention| mention.tokens.start == first)?;
        Some(index)
    }

    /// The mention that starts at a token.
    pub fn mention_at(&self, first: usize) -> Option<&Mention> {
        self.mention_starting(first).and_then(|index| self.mentions.get(index))
    }

    pub(crate) fn subject_pronoun(&self, index: usize) -> bool {
        self.language
            .pronouns
            .get(self.text.word(index))
            .is_some_and(|readings| readings.iter().any(|pronoun| pronoun.role == PronounRole::Subject))
    }

    pub(crate) fn relative(&self, index: usize) -> bool {
        self.is(index, WordClass::Relative)
    }

    pub(crate) fn comma(&self, index: usize) -> bool {
        matches!(self.text.word(index), "," | "—" | "–" | ")" | "(" | "-")
    }

    pub(crate) fn capital(&self, index: usize) -> bool {
        self.text.has(index, TokenFlag::Capital)
    }

    pub(crate) fn number(&self, index: usize) -> bool {
        self.text.tokens.get(index).is_some_and(|token| token.kind == TokenKind::Number)
    }
}
