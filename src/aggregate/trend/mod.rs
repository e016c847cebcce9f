//! What is known of an actor on an axis in each period, and the line through it.

pub(crate) mod loess;
pub(crate) mod log_odds;
pub(crate) mod points;
pub(crate) mod series;
pub(crate) mod slope;
pub(crate) mod smooth;
pub(crate) mod within_source;
