//! Attribution learned from annotated articles.
//!
//! A classifier decides whether a word such as "called" is a cue, a tagger labels the words around
//! each cue as source, content or neither, and a verifier gives the probability that the result is
//! a report of speech. `training` fits all three. None of them knows words of any language beyond
//! the language files.

pub(crate) mod features;
pub(crate) mod hash;
pub(crate) mod labels;
pub mod speech;
pub(crate) mod tagger;
pub(crate) mod training;
pub mod units;
