//! What a run is made with: lexicons, rosters, language rules, events, weights. They are
//! read from folders of the user's or from the copies in this program.

pub(crate) mod dictionaries;
pub(crate) mod embedded;
pub(crate) mod events;
pub(crate) mod language;
pub(crate) mod lexicon;
pub(crate) mod resource_path;
pub(crate) mod roster;
pub(crate) mod toml_errors;
pub(crate) mod weights;
