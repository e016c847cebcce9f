//! Speakers and content by the order of words, for languages like English.

pub(crate) mod content;
pub(crate) mod source;
