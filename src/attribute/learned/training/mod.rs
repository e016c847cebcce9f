//! Fits the weights of the learned attribution.

pub(crate) mod optimiser;
pub mod train;
