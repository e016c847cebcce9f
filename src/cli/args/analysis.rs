//! What `run` and `trend` share: options of trends and tests.

use crate::aggregate::{Options, PeriodLength, Plan, Weight};
use crate::cli::args::choice::{choice, word};
use crate::cli::args::reading::some;
use crate::project::options::analysis::{EVENT_DAYS, REPLICATES};
use crate::project::options::date_by::DateBy;
use crate::project::options::settings::{OneOrMore, Settings};
use clap::Args;
use std::path::PathBuf;

/// Options of trends and tests.
#[derive(Args, Debug, Clone)]
pub struct AnalysisArgs {
    /// Length of the periods of the trend
    #[arg(long, value_parser = choice::<PeriodLength>())]
    pub period: Option<PeriodLength>,
    /// The day by which statements enter trends and tests [default: said]
    #[arg(long, value_parser = choice::<DateBy>())]
    pub date_by: Option<DateBy>,
    /// Test whether actors moved between two windows: 2003..2013,2019; may be
    /// given several times
    #[arg(long, value_name = "A,B")]
    pub compare: Vec<String>,
    /// Events to test before and after, a CSV with the columns date, label
    /// (and source)
    #[arg(long, value_name = "FILE")]
    pub events: Option<PathBuf>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(EVENT_DAYS),
          help = format!("Days before and after an event that are compared [default: {}]", Plan::default().event_window))]
    pub event_days: Option<i64>,
    /// Rows of the trend by source too
    #[arg(long)]
    pub by_source: bool,
    /// Compare every source with itself only, beside the plain mean
    #[arg(long)]
    pub within_source: bool,
    /// What counts as one in a mean [default: statement]
    #[arg(long, value_parser = choice::<Weight>())]
    pub weight: Option<Weight>,
    #[arg(long, help = format!("Seed of all resampling; the same seed gives the same numbers [default: {}]", Options::default().seed))]
    pub seed: Option<u64>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(REPLICATES),
          help = format!("Resamples for each interval; 500 is enough for a first look [default: {}]", Options::default().replicates))]
    pub replicates: Option<u64>,
}

impl AnalysisArgs {
    /// Writes the flags that were given into settings.
    pub fn fill(&self, settings: &mut Settings) {
        settings.period = word(self.period);
        settings.date_by = word(self.date_by);
        settings.compare = some(&self.compare).map(OneOrMore::More);
        settings.events.clone_from(&self.events);
        settings.event_days = self.event_days;
        settings.by_source = self.by_source.then_some(true);
        settings.within_source = self.within_source.then_some(true);
        settings.weight = word(self.weight);
        settings.seed = self.seed;
        settings.replicates = self.replicates;
    }
}
