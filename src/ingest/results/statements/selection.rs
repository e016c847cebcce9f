//! What is read from a table of scores, and what comes out.

use crate::model::{Counting, Scores, Skipped};

/// What is read from a table of scores.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Roles and the columns that hold them.
    pub columns: Vec<(String, String)>,
    /// Only these axes; all if empty.
    pub axes: Vec<String>,
    /// What counts in trends, and by which day.
    pub counting: Counting,
}

/// Scored statements with the notes about rows that could not be used.
#[derive(Debug, Default)]
pub struct ScoredTable {
    /// The statements that count.
    pub scores: Scores,
    /// Rows without a usable date, value or actor.
    pub skipped: Vec<Skipped>,
    /// Number of rows in the table.
    pub rows: usize,
    /// Least and greatest value; None without any.
    pub range: Option<(f64, f64)>,
}
