//! Bytes to text, and what can be known from it: encoding, language, dates, boilerplate.

pub(crate) mod boilerplate;
pub(crate) mod dates;
pub(crate) mod encoding;
pub(crate) mod front_matter;
pub(crate) mod language_id;
pub(crate) mod metadata;
