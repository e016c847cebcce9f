//! What a run writes: tables, the chart, the summary.
//!
//! Lives here: formats of results. May not live here: any statistic. Nothing
//! partial is left behind: a folder appears whole or not at all.

mod chart;
mod discover;
mod folder;
mod manifest;
mod statements;
mod summary;
mod tables;

pub use chart::{Chart, position_chart};
pub use discover::{Candidate, roster_entries, unlisted};
pub use folder::Folder;
pub use manifest::{Manifest, manifest};
pub use statements::{
    actors_table, hits_table, statements_header, statements_row, statements_table, unlisted_table,
};
pub use summary::{SummaryRow, summary};
pub use tables::{Table, maybe, number, shift_table, skipped_table, trend_table};
