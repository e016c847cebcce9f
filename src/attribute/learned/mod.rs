//! Attribution learned from annotated articles.
//!
//! Lives here: a judge of cues (is this "called" a report of speech?) and a
//! tagger of what stands around a cue (source, content, neither), with the
//! program that trains both. May not live here: who a source is (see
//! `resolve`), and words of any language (see `lexicons/languages`).

pub(crate) mod features;
pub(crate) mod hash;
pub mod speech;
pub(crate) mod tagger;
pub(crate) mod training;
pub mod units;
