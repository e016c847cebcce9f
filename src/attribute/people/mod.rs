//! Who is meant: the roster, names, titles and pronouns.

pub(crate) mod behalf;
pub(crate) mod mentions;
pub(crate) mod named_so_far;
pub(crate) mod resolve;
pub(crate) mod roster_index;
pub(crate) mod titles;
