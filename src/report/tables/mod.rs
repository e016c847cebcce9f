//! Tables of a run in all their formats, and the codebook that explains them. Each table has one
//! schema; a column is added there and nowhere else.

pub(crate) mod analysis;
pub(crate) mod bodies;
pub(crate) mod codebook;
pub(crate) mod duplicates;
pub(crate) mod hits;
pub(crate) mod inputs;
pub(crate) mod pooled;
pub(crate) mod schema;
pub(crate) mod skipped;
pub(crate) mod speakers;
pub(crate) mod statements;
pub(crate) mod tests;
pub(crate) mod write;
