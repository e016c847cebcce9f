//! The content of a statement with all that is needed to score it.

use crate::model::{Language, Statement, Text, TokenKind};
use crate::score::lookup::matcher::Matcher;
use std::ops::Range;

/// The content of a statement, the lexicon and the rules of its language.
pub struct Content<'a> {
    /// The tokens of its content, one range a piece.
    pub pieces: Vec<Range<usize>>,
    /// The segmented body.
    pub text: &'a Text,
    /// The body.
    pub body: &'a str,
    /// The lexicon.
    pub matcher: &'a Matcher,
    /// Rules of its language.
    pub language: &'a Language,
}

/// The tokens of the content of a statement, one range a piece.
pub fn pieces(statement: &Statement, text: &Text) -> Vec<Range<usize>> {
    statement.content.iter().map(|span| text.tokens_in(*span)).collect()
}

/// The number of words in some pieces, punctuation excluded.
pub fn words(pieces: &[Range<usize>], text: &Text) -> usize {
    let tokens = pieces.iter().flat_map(Clone::clone);
    tokens.filter(|at| text.tokens[*at].kind != TokenKind::Punctuation).count()
}
