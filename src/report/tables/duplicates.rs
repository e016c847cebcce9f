//! The table `duplicates`: statements that repeat an earlier one.

use crate::model::Duplicate;
use crate::report::tables::schema::Schema;

/// The columns of `duplicates`.
pub fn schema() -> Schema<Duplicate> {
    Schema::<Duplicate>::new(
        "duplicates",
        "A row is a statement that repeats another and was not counted (but with --keep-duplicates).",
    )
    .text(
        "statement_id",
        "the statement that repeats an earlier one and is not counted (but with --keep-duplicates)",
        "text",
        "never",
        |duplicate| &duplicate.statement,
    )
    .text("duplicate_of", "the earlier one", "text", "never", |duplicate| &duplicate.original)
    .text("speaker", "who said it", "text", "never", |duplicate| &duplicate.speaker)
    .text(
        "rule",
        "equal: the same words; near: half of the word triples in common; contained: \
             nine tenths of the shorter one's triples",
        "text",
        "never",
        |duplicate| duplicate.rule,
    )
    .number("similarity", "share of common word triples", "[0, 1]", "never", |duplicate| duplicate.similarity)
}
