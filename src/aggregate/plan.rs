//! What a caller can ask of the analysis.

use crate::model::{Axis, Choice, Event, Period, Window};
use crate::stats::interval::Interval;

/// What is one observation in a mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    /// A statement: who speaks more in an article counts for more.
    #[default]
    Statement,
    /// An article, however many statements it has.
    Article,
}

impl Choice for Weight {
    const ALL: &'static [Weight] = &[Weight::Statement, Weight::Article];

    fn as_str(self) -> &'static str {
        match self {
            Weight::Statement => "statement",
            Weight::Article => "article",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Weight::Statement => "Every statement counts the same",
            Weight::Article => "Every article counts the same, however much is said in it",
        }
    }
}

/// How means are formed and resampled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Seed of all random numbers; the same seed gives the same digits.
    pub seed: u64,
    /// Bootstrap replicates a cell.
    pub replicates: usize,
    /// What is one observation.
    pub weight: Weight,
    /// Whether every source is also compared with itself only.
    pub within_source: bool,
    /// Ends of the scale, at which intervals are cut off; None for scales without ends.
    pub ends: Option<(f64, f64)>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            seed: 20_190_215,
            replicates: 2000,
            weight: Weight::default(),
            within_source: false,
            ends: Some((-1.0, 1.0)),
        }
    }
}

impl Options {
    /// An interval, cut off at the ends of the scale.
    pub fn clamp_interval(&self, interval: Interval) -> Interval {
        Interval { low: self.clamp(interval.low), high: self.clamp(interval.high) }
    }

    /// A value, cut off at the ends of the scale.
    pub fn clamp(&self, value: f64) -> f64 {
        self.ends.map_or(value, |(least, most)| value.clamp(least, most))
    }
}

/// Which analyses of a table of scored statements are wanted.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Length of the periods; None for the finest one with a median of at least 5
    /// statements a cell.
    pub period: Option<Period>,
    /// Axes with their poles, for sentences.
    pub axes: Vec<Axis>,
    /// Whether trends are also computed for each source.
    pub by_source: bool,
    /// Pairs of windows to compare, the earlier first.
    pub windows: Vec<(Window, Window)>,
    /// Events before and after which actors are compared.
    pub events: Vec<Event>,
    /// Days before and after an event that are compared.
    pub event_window: i64,
    /// Maximum number of actors with a smooth line; those with most statements are chosen.
    pub lines: usize,
    /// How means are formed and resampled.
    pub options: Options,
}

impl Default for Plan {
    fn default() -> Self {
        Plan {
            period: None,
            axes: Vec::new(),
            by_source: false,
            windows: Vec::new(),
            events: Vec::new(),
            event_window: 730,
            lines: 20,
            options: Options::default(),
        }
    }
}
