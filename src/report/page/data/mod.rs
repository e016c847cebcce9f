//! What the page holds of each statement, and which statements it takes.

pub(crate) mod choice;
pub(crate) mod counts;
pub(crate) mod entry;
pub(crate) mod json;
pub(crate) mod packed;
