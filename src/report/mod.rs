//! What a run writes: tables, charts, the summary.
//!
//! Lives here: formats of results. May not live here: any statistic. Nothing
//! partial is left behind: a folder appears whole or not at all.

mod cells;
mod charts;
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
pub use charts::{
    AxesChart, Colour, Curve, CurvePoint, Drawing, HeatChart, LabelBox, Look, Mark, Palette, PositionChart,
    ShiftChart, ShiftRow, TermChart, Theme, axes as axes_chart, heatmap as heatmap_chart,
    position as position_chart, shift as shift_chart, terms as terms_chart,
};
pub use discover::{Candidate, roster_entries, unlisted};
pub use folder::Folder;
pub use format::{Chunk, Encoder, Format, Style};
pub use manifest::{Manifest, file_hash, manifest, outputs, read_manifest};
pub use speakers::Speakers;
pub use statements::{hits_columns, hits_rows, spans, statements_columns, statements_row};
pub use summary::{SummaryRow, summary};
pub use tables::{Place, Sink, Table, maybe, number, shift_table, skipped_table, trend_table};
