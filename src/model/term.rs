//! What a term of a lexicon contributed to an actor's position in two windows.

/// One term of a lexicon in two windows of an actor's statements.
#[derive(Debug, Clone, PartialEq)]
pub struct TermShift {
    /// As typed in the lexicon.
    pub term: String,
    /// Number of its scored hits in each window.
    pub times: (usize, usize),
    /// What it contributed to the axis, per statement with a score, in each
    /// window.
    pub share: (f64, f64),
}

impl TermShift {
    /// Later minus earlier.
    pub fn moved(&self) -> f64 {
        self.share.1 - self.share.0
    }
}
