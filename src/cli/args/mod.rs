//! Options that several commands share.

pub(crate) mod analysis;
pub(crate) mod cache;
pub mod charts;
pub(crate) mod choice;
pub(crate) mod reading;
