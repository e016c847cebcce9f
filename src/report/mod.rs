//! What a run writes: tables, charts, the page, the summary.
//!
//! Lives here: formats of results. May not live here: any statistic. Nothing
//! partial is left behind: a folder appears whole or not at all.

mod analysis;
mod cells;
mod charts;
mod codebook;
mod discover;
mod format;
mod inputs;
mod manifest;
mod output_dir;
pub mod page;
mod parquet;
mod seal;
mod speakers;
mod statements;
mod summary;
mod tables;

pub use analysis::{ANALYSIS_TABLES, analysis_tables, duplicates_begin, duplicates_row};
pub use cells::{Cells, Column, Kind};
pub use charts::{
    AxesChart, Colour, Drawing, HeatChart, LabelBox, Look, Mark, Palette, PositionChart, ShiftChart,
    ShiftRow, TermChart, Theme, axes as axes_chart, heatmap as heatmap_chart, position as position_chart,
    shift as shift_chart, terms as terms_chart,
};
pub use codebook::{codebook, documented};
pub use discover::{Candidate, is_name, roster_entries, unlisted};
pub use format::{Chunk, Encoder, Encoding, Format, Style};
pub use inputs::{Bodies, inputs_table};
pub use manifest::{Manifest, PAGE, file_hash, manifest, not_regular, outputs, read_manifest};
pub use output_dir::{OutputDir, Placed, remove_unfinished, replace_file, resolved, result_names, tidy};
pub use seal::is_sealed;
pub use speakers::Speakers;
pub use statements::{hits_columns, hits_rows, spans, statements_columns, statements_row};
pub use summary::{COLOUR_CODES, SummaryAxis, SummaryRow, colours, summary};
pub use tables::{Place, Sink, Table, maybe, number, skipped_begin, skipped_row, skipped_table};
