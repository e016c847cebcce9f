//! Options that several commands share.

pub(crate) mod analysis;
pub(crate) mod cache;
pub(crate) mod charts;
pub(crate) mod choice;
pub(crate) mod common;
pub(crate) mod reading;
pub(crate) mod scoring;
pub(crate) mod tables;
pub(crate) mod unit;
