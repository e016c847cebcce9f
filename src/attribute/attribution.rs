//! What attribution finds in a sentence: a cue, the words that name its source, and what was said.
//!
//! These types are shared by the rules, the learned reader and the resolution of speakers.

use crate::model::{Cue, Span, Text};
use std::ops::Range;

/// A cue at its place.
#[derive(Debug, Clone)]
pub struct CueMatch<'a> {
    /// Tokens of the cue.
    pub tokens: Range<usize>,
    /// Its entry in `cues.csv`.
    pub entry: &'a Cue,
    /// For possessive cues: the tokens in the slot ("his", "Ann Lind's").
    pub slot: Option<Range<usize>>,
    /// Negated in front: "did not say".
    pub negated: bool,
}

/// The words that name the source of a cue.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// Tokens of the naming words.
    pub tokens: Range<usize>,
    /// What they are.
    pub kind: SourceKind,
    /// Where the reporting clause ends on the left and on the right: what lies
    /// outside can be content.
    pub clause: Range<usize>,
    /// The source follows its cue ("said Holm").
    pub inverted: bool,
}

/// What a source's words are.
#[derive(Debug, Clone, PartialEq)]
pub enum SourceKind {
    /// Indices of mentions; more than one when joined by "and".
    Mentions(Vec<usize>),
    /// A personal or possessive pronoun.
    Pronoun,
    /// Any other noun phrase ("the paper").
    Phrase,
    /// Nobody is named ("it was reported that").
    Nobody,
}

/// The content of one cue as token ranges in reading order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Content {
    /// One or two ranges.
    pub pieces: Vec<Range<usize>>,
}

impl Content {
    /// The byte spans of the content.
    pub fn spans(&self, text: &Text) -> Vec<Span> {
        self.pieces
            .iter()
            .filter(|piece| !piece.is_empty())
            .map(|piece| text.span_of(piece.clone()))
            .collect()
    }
}

/// A cue with its source and what it governs.
#[derive(Debug, Clone)]
pub struct Attribution<'a> {
    /// The cue.
    pub cue: CueMatch<'a>,
    /// The words that name the source.
    pub source: Source,
    /// What was said.
    pub content: Content,
    /// How probable the learned part holds it that this is a report, 0 to 1;
    /// None when rules decided.
    pub probability: Option<f32>,
}
