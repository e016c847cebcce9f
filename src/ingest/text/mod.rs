//! From bytes to text: encodings, languages, dates, and what is not the author's words.

pub(crate) mod boilerplate;
pub(crate) mod dates;
pub(crate) mod encoding;
pub(crate) mod front_matter;
pub(crate) mod language_id;
pub(crate) mod metadata;
