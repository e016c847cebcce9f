//! Scores that count the words of a dictionary.

pub(crate) mod count;
pub(crate) mod nested;
pub(crate) mod poles;
pub(crate) mod quanteda;
