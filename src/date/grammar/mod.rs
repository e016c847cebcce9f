//! The grammar of time expressions.

pub(crate) mod absolute;
pub(crate) mod calendar;
pub(crate) mod compound;
pub(crate) mod expression;
pub(crate) mod relative;
