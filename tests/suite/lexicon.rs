//! `stance lexicon`.
