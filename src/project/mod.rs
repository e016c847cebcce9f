//! The application: from settings and inputs to tables, charts and the page.

pub(crate) mod actor_selection;
pub(crate) mod analysis;
pub(crate) mod chart_files;
pub(crate) mod date_by;
pub(crate) mod gather;
pub(crate) mod load;
pub(crate) mod manifest;
pub(crate) mod page;
pub(crate) mod pooled;
pub(crate) mod reading;
pub(crate) mod request;
pub(crate) mod results_cache;
pub(crate) mod run;
pub(crate) mod run_counts;
pub(crate) mod run_key;
pub(crate) mod score;
pub(crate) mod scoring;
pub(crate) mod settings;
pub(crate) mod skipped_text;
pub(crate) mod sources;
pub(crate) mod stream;
pub(crate) mod summary_text;
pub(crate) mod tables;
pub(crate) mod trend;
pub(crate) mod unchanged;
