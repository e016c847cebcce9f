//! What earlier runs and hand coders wrote.

pub(crate) mod codes;
pub(crate) mod listed;
pub(crate) mod scores;
pub(crate) mod statements;
