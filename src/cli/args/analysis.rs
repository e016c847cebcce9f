//! What `run` and `trend` share: options of trends and tests.

use crate::aggregate::{Options, Plan};
use crate::cli::args::reading::some;
use crate::project::settings::{OneOrMore, Settings};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Options of trends and tests.
#[derive(Args, Debug, Clone)]
pub struct AnalysisArgs {
    /// Length of the periods of the trend
    #[arg(long, value_enum)]
    pub period: Option<PeriodArg>,
    /// The day by which statements enter trends and tests [default: said]
    #[arg(long, value_enum)]
    pub date_by: Option<DateByArg>,
    /// Test whether actors moved between two windows: 2003..2013,2019; may be
    /// given several times
    #[arg(long, value_name = "A,B")]
    pub compare: Vec<String>,
    /// Events to test before and after, a CSV with the columns date, label
    /// (and source)
    #[arg(long, value_name = "FILE")]
    pub events: Option<PathBuf>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..=36_500),
          help = format!("Days before and after an event that are compared [default: {}]", Plan::default().event_window))]
    pub event_days: Option<i64>,
    /// Rows of the trend by source too
    #[arg(long)]
    pub by_source: bool,
    /// Compare every source with itself only, beside the plain mean
    #[arg(long)]
    pub within_source: bool,
    /// What counts as one in a mean [default: statement]
    #[arg(long, value_enum)]
    pub weight: Option<WeightArg>,
    #[arg(long, help = format!("Seed of all resampling; the same seed gives the same numbers [default: {}]", Options::default().seed))]
    pub seed: Option<u64>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(100..=1_000_000),
          help = format!("Resamples for each interval; 500 is enough for a first look [default: {}]", Options::default().replicates))]
    pub replicates: Option<u64>,
}

/// Length of the periods.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodArg {
    /// The finest that leaves a median of at least 5 statements
    Auto,
    Year,
    Half,
    Quarter,
    Month,
}

/// By which day statements enter trends and tests; the tables keep both.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateByArg {
    /// The day a statement was made, as far as the text tells it
    Said,
    /// The day its article was published
    Published,
}

/// What counts as one in a mean.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeightArg {
    /// Every statement counts the same
    Statement,
    /// Every article counts the same, however much is said in it
    Article,
}

impl AnalysisArgs {
    /// Writes the flags that were given into settings.
    pub fn fill(&self, settings: &mut Settings) {
        settings.period = self.period.map(name);
        settings.date_by = self.date_by.map(name);
        settings.compare = some(&self.compare).map(OneOrMore::More);
        settings.events.clone_from(&self.events);
        settings.event_days = self.event_days;
        settings.by_source = self.by_source.then_some(true);
        settings.within_source = self.within_source.then_some(true);
        settings.weight = self.weight.map(name);
        settings.seed = self.seed;
        settings.replicates = self.replicates;
    }
}

/// The word of a value on the command line.
pub fn name(value: impl ValueEnum) -> String {
    value.to_possible_value().map_or(String::new(), |value| value.get_name().to_string())
}
