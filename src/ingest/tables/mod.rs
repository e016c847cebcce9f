//! Tables and records as rows of text: CSV, JSON, Parquet.

pub(crate) mod csv;
pub(crate) mod json;
pub(crate) mod json_array;
pub(crate) mod json_lines;
// Fuzzing does without polars, see fuzz/Cargo.toml.
#[cfg_attr(fuzzing, path = "../../../fuzz/src/no_parquet.rs")]
pub(crate) mod parquet;
// Fuzzing does without polars.
#[cfg(not(fuzzing))]
pub(crate) mod parquet_guard;
pub(crate) mod reader;
pub(crate) mod separator;
pub(crate) mod sheet;
