//! Tables that earlier runs and hand coders wrote.

pub(crate) mod codes;
pub(crate) mod statements;
