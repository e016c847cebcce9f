//! Finds the entries of a lexicon in a text.

pub(crate) mod matched;
pub(crate) mod matcher;
pub(crate) mod memo;
pub(crate) mod trie;
