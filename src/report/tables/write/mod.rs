//! Writing tables: cells, and the formats CSV, JSON Lines and Parquet.

pub(crate) mod cells;
pub(crate) mod format;
pub(crate) mod parquet;
pub(crate) mod table;
