//! Languages, lexicons, roster and events: where they are, and loaded.

pub(crate) mod load;
pub(crate) mod sources;
