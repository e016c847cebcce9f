//! What is kept from run to run, and when it may be used.

pub(crate) mod results_cache;
pub(crate) mod run_key;
pub(crate) mod unchanged;
