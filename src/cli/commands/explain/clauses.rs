//! The clauses of a statement, in which its hits stand.

use crate::model::{Hit, Language, Row, Span, Text};
use crate::score;

/// The clauses of a statement, in order.
pub fn clauses(row: &Row, text: &Text, language: &Language) -> Vec<Span> {
    let pieces = row.statement.content.iter().map(|span| text.tokens_in(*span));
    let clauses = pieces.flat_map(|piece| score::clauses(text, piece, language));
    clauses.map(|clause| text.span_of(clause.tokens)).collect()
}

/// The index of the clause that holds a hit; None for a hit that crosses a border.
pub fn clause_of(hit: &Hit, clauses: &[Span]) -> Option<usize> {
    clauses.iter().position(|clause| clause.contains(hit.span))
}
