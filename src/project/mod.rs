//! The application: from settings and inputs to tables, charts and the page.

pub(crate) mod options;
pub(crate) mod resources;
pub(crate) mod reuse;
pub(crate) mod run;
pub(crate) mod run_counts;
pub(crate) mod score;
pub(crate) mod skipped_text;
pub(crate) mod stream;
pub(crate) mod tables;
pub(crate) mod trend;
