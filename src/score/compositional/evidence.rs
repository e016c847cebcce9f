//! What was found in a statement: the evidence from which its scores are computed.

use crate::model::Hit;
use crate::score::dictionary::poles::Poles;

/// The hits of a statement, and what else its features need.
pub struct StatementEvidence {
    /// In text order.
    pub hits: Vec<Hit>,
    /// Number of negators.
    pub negators: usize,
    /// Number of words, punctuation excluded.
    pub words: usize,
    /// For each axis, a plain count of the entries by pole, targets that are little more than
    /// names excluded.
    pub poles: Vec<Poles>,
}
