//! Attribution learned from annotated articles.
//!
//! Lives here: a judge of cues (is this "called" a report of speech?) and a
//! tagger of what stands around a cue (source, content, neither), with the
//! program that trains both. May not live here: who a source is (see
//! `resolve`), and words of any language (see `lexicons/languages`).

mod features;
mod growing;
mod hash;
pub mod speech;
mod tagger;
pub mod train;
pub mod units;
