//! Positions from the sums of whole periods, for the scales of counts.

use crate::model::scored::trend::{Flag, IntervalBasis, TrendPoint};

/// A row of `pooled.csv`: a point of `trend.csv` and what is added to it.
#[derive(Debug, Clone, PartialEq)]
pub struct PooledPoint<'a> {
    /// The same cell in `trend.csv`.
    pub point: &'a TrendPoint,
    /// Hits on the positive and on the negative pole.
    pub hits: (usize, usize),
    /// Words of all statements of the actor in the period, scored or not.
    pub words: usize,
    /// The position; None without any hit for a pole.
    pub position: Option<PooledPosition>,
    /// Logarithm of the share of words that are about the axis; None without words.
    pub importance: Option<f64>,
    /// Warnings: those of the point, with `overdispersed` by the design effect of this row.
    pub flags: Vec<Flag>,
}

/// A pooled position with its errors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PooledPosition {
    /// On the scale of the run.
    pub value: f64,
    /// Standard error if every hit were independent; None where there is none.
    pub error: Option<f64>,
    /// Standard error over resampled articles; None below 5 articles.
    pub error_over_articles: Option<f64>,
    /// The square of the ratio of both.
    pub design_effect: Option<f64>,
    /// 95 % interval, and what it rests on.
    pub interval: Option<((f64, f64), IntervalBasis)>,
}

impl PooledPoint<'_> {
    /// True if articles differ more than single hits would.
    pub fn overdispersed(&self) -> bool {
        self.flags.contains(&Flag::Overdispersed)
    }
}
