//! What a run writes: tables, charts, the page, the summary. Nothing partial is left behind: a
//! folder appears whole or not at all.

pub(crate) mod charts;
pub(crate) mod discover;
pub(crate) mod manifest;
pub(crate) mod output_dir;
pub mod page;
pub(crate) mod seal;
pub(crate) mod summary;
pub(crate) mod tables;

pub use crate::report::charts::canvas::Mark;
pub use crate::report::charts::data::input::{ChartInput, DOTS, actors};
pub use crate::report::charts::drawing::Drawing;
pub use crate::report::charts::theme::{Look, Theme};
pub use crate::report::charts::{Chart, draw_all};
pub use crate::report::discover::{Candidate, is_name, roster_entries, unlisted};
pub use crate::report::manifest::{
    Manifest, PAGE, file_hash, hash, manifest, not_regular, outputs, read_manifest,
};
pub use crate::report::output_dir::{
    OutputDir, Placed, remove_unfinished, replace_file, resolved, result_names, tidy,
};
pub use crate::report::seal::is_sealed;
pub use crate::report::summary::{COLOUR_CODES, SummaryAxis, SummaryRow, colours, summary};
pub use crate::report::tables::analysis::analysis_tables;
pub use crate::report::tables::bodies::Bodies;
pub use crate::report::tables::codebook::codebook;
pub use crate::report::tables::duplicates::schema as duplicates_schema;
pub use crate::report::tables::hits::{HitRow, hits_rows, schema as hits_schema};
pub use crate::report::tables::inputs::schema as inputs_schema;
pub use crate::report::tables::pooled::schema as pooled_schema;
pub use crate::report::tables::schema::{ColumnType, Description, Field, Schema};
pub use crate::report::tables::skipped::schema as skipped_schema;
pub use crate::report::tables::speakers::Speakers;
pub use crate::report::tables::statements::{StatementRow, schema as statements_schema, spans};
pub use crate::report::tables::write::cells::{Cells, number};
pub use crate::report::tables::write::format::{Chunk, Encoder, Encoding, Format, Style};
pub use crate::report::tables::write::table::{Place, Sink, Table, TableWriter};
