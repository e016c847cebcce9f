//! From scored statements to trends and tested shifts.
//!
//! Lives here: periods, grouping (polars), bootstrap, permutation tests,
//! smoothing. May not live here: how a statement was scored, or drawing.

mod bootstrap;
mod compare;
mod loess;
mod period;
mod terms;
mod trend;

pub use compare::{compare, window};
pub use loess::loess;
pub use period::{auto_period, period_of};
pub use terms::term_shifts;
pub use trend::trends;

/// What resampling needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Start of all random numbers; with the same seed a run repeats to the bit.
    pub seed: u64,
    /// Bootstrap replicates a cell.
    pub replicates: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options { seed: 20_190_215, replicates: 2000 }
    }
}
