//! Statistics that several stages need, each written once: random draws, quantiles,
//! intervals, means, log-odds, the Beta distribution, LOESS and correlation.
//!
//! The room imports nothing of the project, so that every other room can use it.

pub(crate) mod beta;
pub(crate) mod correlation;
pub(crate) mod draws;
pub(crate) mod interval;
pub(crate) mod loess;
pub(crate) mod log_odds;
pub(crate) mod moments;
pub(crate) mod quantile;
