//! What `run` and `trend` share: options of trends and tests, and what is said
//! at the end.
//!
//! Lives here: from options to a plan. May not live here: any statistic.

use crate::aggregate;
use crate::aggregate::{Options, Plan, Weight};
use crate::error::{Error, Result};
use crate::ingest;
use crate::model::{Analysis, Axis, Period, Shift};
use crate::project::load::Settings;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Options of trends and tests.
#[derive(Args, Debug, Clone)]
pub struct AnalysisArgs {
    /// Length of the periods of the trend
    #[arg(long, value_enum)]
    pub period: Option<PeriodArg>,
    /// The day by which statements enter trends and tests
    #[arg(long, value_enum, default_value = "said")]
    pub date_by: DateBy,
    /// Test whether actors moved between two windows: 2003..2013,2019; may be
    /// given several times
    #[arg(long, value_name = "A,B")]
    pub compare: Vec<String>,
    /// Events to test before and after, a CSV with the columns date, label
    /// (and source)
    #[arg(long, value_name = "FILE")]
    pub events: Option<PathBuf>,
    /// Days before and after an event that are compared
    #[arg(long, value_name = "N", default_value_t = Plan::default().event_window,
          value_parser = clap::value_parser!(i64).range(1..=36_500))]
    pub event_days: i64,
    /// Rows of the trend by source too
    #[arg(long)]
    pub by_source: bool,
    /// Compare every source with itself only, beside the plain mean
    #[arg(long)]
    pub within_source: bool,
    /// What counts as one in a mean
    #[arg(long, value_enum, default_value = "statement")]
    pub weight: WeightArg,
    /// Seed of all resampling; the same seed gives the same numbers
    #[arg(long, default_value_t = Options::default().seed)]
    pub seed: u64,
    /// Resamples for each interval; 500 is enough for a first look
    #[arg(long, value_name = "N", default_value_t = Options::default().replicates as u64,
          value_parser = clap::value_parser!(u64).range(100..=1_000_000))]
    pub replicates: u64,
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
pub enum DateBy {
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

/// The plan of an analysis from options and settings.
pub fn plan(args: &AnalysisArgs, settings: &Settings, axes: &[Axis]) -> Result<Plan> {
    let compare = match (args.compare.as_slice(), &settings.compare) {
        ([], Some(compare)) => std::slice::from_ref(compare),
        (given, _) => given,
    };
    let events = match &args.events {
        Some(path) => ingest::events(path)?,
        None => Vec::new(),
    };
    Ok(Plan {
        period: period(args.period, settings)?,
        axes: axes.to_vec(),
        by_source: args.by_source,
        windows: settings.blame(
            "compare",
            !args.compare.is_empty(),
            compare.iter().map(|text| aggregate::windows(text)).collect(),
        )?,
        events,
        event_window: args.event_days,
        options: Options {
            seed: args.seed,
            replicates: args.replicates as usize,
            weight: match args.weight {
                WeightArg::Statement => Weight::Statement,
                WeightArg::Article => Weight::Article,
            },
            within_source: args.within_source,
            ..Options::default()
        },
        ..Plan::default()
    })
}

/// The options in force, for `run.json`.
pub fn configuration(args: &AnalysisArgs, period: Period) -> serde_json::Value {
    serde_json::json!({
        "period": period,
        "date_by": crate::cli::word(&args.date_by),
        "compare": args.compare,
        "events": args.events.as_ref().map(|path| path.display().to_string()),
        "event_days": args.event_days,
        "by_source": args.by_source,
        "within_source": args.within_source,
        "weight": crate::cli::word(&args.weight),
        "seed": args.seed,
        "replicates": args.replicates,
    })
}

/// None is auto.
fn period(given: Option<PeriodArg>, settings: &Settings) -> Result<Option<Period>> {
    let given = match (given, settings.period.as_deref()) {
        (Some(given), _) => given,
        (None, None) => PeriodArg::Auto,
        (None, Some(word)) => settings.blame(
            "period",
            false,
            PeriodArg::from_str(word, true).map_err(|_| {
                let remedy = "use auto, year, half, quarter or month";
                Error::input("stance.toml", format!("period '{word}' is not known"), remedy)
            }),
        )?,
    };
    Ok(match given {
        PeriodArg::Auto => None,
        PeriodArg::Year => Some(Period::Year),
        PeriodArg::Half => Some(Period::Half),
        PeriodArg::Quarter => Some(Period::Quarter),
        PeriodArg::Month => Some(Period::Month),
    })
}

/// So many comparisons are told when none has articles enough.
const TOO_FEW_TOLD: usize = 3;

/// The sentences on one axis that are worth reading at the end of a command:
/// comparisons that can be told (or, because they were asked for, that the
/// largest of them cannot), events that stand out, breaks that hold.
pub fn findings<'a>(analysis: &'a Analysis, axis: &str) -> Vec<&'a str> {
    let compared: Vec<&Shift> =
        analysis.shifts.iter().filter(|shift| shift.axis == axis && shift.event.is_none()).collect();
    let mut named: Vec<&Shift> = compared.iter().filter(|shift| shift.interval.is_some()).copied().collect();
    if named.is_empty() {
        named = compared;
        named.sort_by_key(|shift| std::cmp::Reverse(shift.n.0 + shift.n.1));
        named.truncate(TOO_FEW_TOLD);
    }
    named.extend(analysis.shifts.iter().filter(|shift| {
        let clear = shift.interval.is_some_and(|(low, high)| low > 0.0 || high < 0.0);
        let stands_out = clear && shift.q.is_some_and(|q| q < 0.05);
        shift.axis == axis && shift.event.is_some() && stands_out
    }));
    let breaks = analysis.breaks.iter().filter(|one| one.axis == axis && one.decided);
    named
        .into_iter()
        .map(|shift| shift.finding.as_str())
        .chain(breaks.map(|one| one.finding.as_str()))
        .collect()
}
