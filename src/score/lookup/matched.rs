//! A match of a lexicon entry.

use std::ops::Range;

/// An entry of a lexicon found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Index into the lexicon's entries.
    pub entry: usize,
    /// The matched tokens, gaps included.
    pub tokens: Range<usize>,
}
