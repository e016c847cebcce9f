//! Tables of a run in all their formats, and the codebook that explains them.

pub(crate) mod analysis;
pub(crate) mod cells;
pub(crate) mod codebook;
pub(crate) mod format;
pub(crate) mod inputs;
pub(crate) mod parquet;
pub(crate) mod sink;
pub(crate) mod speakers;
pub(crate) mod statements;
