//! The files of the inputs: their list, their formats by name, and their bytes.

pub(crate) mod bytes;
pub(crate) mod filter;
pub(crate) mod format;
pub(crate) mod inventory;
pub(crate) mod links;
pub(crate) mod listing;
pub(crate) mod prefetch;
