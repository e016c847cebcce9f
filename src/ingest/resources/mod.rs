//! What a run is made with: lexicons, rosters, language rules, events, weights.

pub(crate) mod dictionaries;
pub(crate) mod events;
pub(crate) mod language;
pub(crate) mod lexicon;
pub(crate) mod roster;
pub(crate) mod toml_errors;
pub(crate) mod weights;
