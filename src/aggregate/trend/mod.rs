//! The course of an actor on an axis: means of periods, pooled positions, the slope and the
//! smooth line.

pub(crate) mod log_odds;
pub(crate) mod points;
pub(crate) mod pooled;
pub(crate) mod series;
pub(crate) mod slope;
pub(crate) mod smooth;
pub(crate) mod within_source;
