//! What a run writes: tables, the chart, the summary.
//!
//! Lives here: formats of results. May not live here: any statistic. Nothing
//! partial is left behind: a folder appears whole or not at all.

mod cells;
mod chart;
mod discover;
mod folder;
mod format;
mod manifest;
mod parquet;
mod speakers;
mod statements;
mod summary;
mod tables;

pub use cells::{Cells, Column, Kind};
pub use chart::{Chart, position_chart};
pub use discover::{Candidate, roster_entries, unlisted};
pub use folder::Folder;
pub use format::{Chunk, Encoder, Format, Style};
pub use manifest::{Manifest, file_hash, manifest, outputs, read_manifest};
pub use speakers::Speakers;
pub use statements::{hits_columns, hits_rows, spans, statements_columns, statements_row};
pub use summary::{SummaryRow, summary};
pub use tables::{Place, Sink, Table, maybe, number, shift_table, skipped_table, trend_table};
