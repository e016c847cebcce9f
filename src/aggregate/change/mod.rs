//! Tests of change between windows, at events and at unknown dates.

pub(crate) mod breaks;
pub(crate) mod compare;
pub(crate) mod event_jump;
pub(crate) mod permutation;
pub(crate) mod steps;
pub(crate) mod windows;
