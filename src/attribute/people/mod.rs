//! Who is meant by a name, a title or a pronoun.

pub(crate) mod behalf;
pub(crate) mod mention;
pub(crate) mod mentions;
pub(crate) mod named_so_far;
pub(crate) mod resolve;
pub(crate) mod roster_index;
pub(crate) mod titles;
