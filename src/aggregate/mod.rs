//! From scored statements to trends and tested shifts.
//!
//! Lives here: periods, grouping (polars), resampling, tests of change,
//! smoothing. May not live here: how a statement was scored, or drawing.
//!
//! The account: `cells` groups statements by actor, axis and period into
//! clusters (articles), `coarse` names what is dated too coarsely for that,
//! `trend` says what is known of each cell, `within` and `log_odds` give it on
//! other scales; `series` strings the cells of an actor
//! together, `slope` looks for a drift, `steps` and `breaks` for changes of
//! level, `smooth` draws the line through; `spoken` looks up any stretch of time
//! for `compare`, which tests two of them with `permutation` and looks for a jump
//! with `local`. `bootstrap` holds
//! the random numbers, `finding` the sentences. `duplicates` recognises syndicated
//! copies before anything is counted.

pub(crate) mod bootstrap;
pub(crate) mod cells;
pub(crate) mod change;
pub(crate) mod coarse_dates;
pub(crate) mod duplicates;
pub(crate) mod findings;
pub(crate) mod periods;
pub(crate) mod terms;
pub(crate) mod trend;

use crate::aggregate::change::breaks;
use crate::aggregate::change::compare;
pub use crate::aggregate::change::compare::{window, windows};
use crate::aggregate::change::windows;
pub use crate::aggregate::duplicates::{Duplicates, Signature, mark_duplicates};
pub use crate::aggregate::periods::{PeriodLength, auto_period, period_of};
pub use crate::aggregate::terms::TermUses;
pub use crate::aggregate::trend::loess::{loess, neighbours};
pub use crate::aggregate::trend::log_odds::{beta_interval, importance};
use crate::aggregate::trend::points::points;
use crate::aggregate::trend::series;
use crate::aggregate::trend::slope;
use crate::aggregate::trend::smooth;

use crate::aggregate::trend::series::Series;
use crate::error::Result;
use crate::model::{Analysis, Axis, Choice, Event, Period, Scores, Slope, Window};
use rayon::prelude::*;

/// What counts as one in a mean.
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

/// What resampling needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Start of all random numbers; with the same seed a run repeats to the bit.
    pub seed: u64,
    /// Bootstrap replicates a cell.
    pub replicates: usize,
    /// What counts as one.
    pub weight: Weight,
    /// Also compare every source with itself only.
    pub within_source: bool,
    /// Ends of the scale, beyond which no interval goes.
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
    /// An interval held within the ends of the scale.
    fn within(&self, (low, high): (f64, f64)) -> (f64, f64) {
        (self.inside(low), self.inside(high))
    }

    /// A value held within the ends of the scale.
    fn inside(&self, value: f64) -> f64 {
        self.ends.map_or(value, |(least, most)| value.clamp(least, most))
    }
}

/// What is asked of a table of scored statements.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Length of the periods; None for the finest that leaves a median of 5
    /// statements.
    pub period: Option<Period>,
    /// Axes with their poles, for sentences.
    pub axes: Vec<Axis>,
    /// A row for each source too.
    pub by_source: bool,
    /// Pairs of windows to compare, the earlier first.
    pub windows: Vec<(Window, Window)>,
    /// Events to look at.
    pub events: Vec<Event>,
    /// Days before and after an event that are compared.
    pub event_window: i64,
    /// How many actors get a smooth line, those with most statements first.
    pub lines: usize,
    /// How it is resampled.
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

/// Everything that can be said about a table of scored statements.
pub fn analyse(scores: &Scores, plan: &Plan) -> Result<Analysis> {
    analyse_told(scores, plan, &mut |_| ())
}

/// The same; `done` is told the name of each step when it is done.
pub fn analyse_told(scores: &Scores, plan: &Plan, done: &mut dyn FnMut(&str)) -> Result<Analysis> {
    let options = &plan.options;
    let period = plan.period.unwrap_or_else(|| auto_period(scores));
    let cells = cells::cells(scores, period, false)?;
    done("cells");
    let too_coarse = coarse_dates::too_coarse(scores, period);
    let mut all_points = points(scores, &cells, period, options);
    if plan.by_source {
        let by_source = cells::cells(scores, period, true)?;
        all_points.extend(points(scores, &by_source, period, options));
    }
    done("intervals");
    let series = series::series(scores, &cells, options.weight);
    let poles = |axis: &str| plan.axes.iter().find(|known| known.id == axis);
    let slopes = series.par_iter().filter_map(|one| slope(one, period, poles(one.axis))).collect();
    done("slopes");
    let broken: Vec<_> =
        series.par_iter().map(|one| breaks::breaks(one, period, poles(one.axis), options)).collect();
    let (fits, breaks): (Vec<_>, Vec<_>) = broken.into_iter().unzip();
    done("breaks");
    let drawn = most_heard(&series, plan.lines);
    let lines = drawn.par_iter().filter_map(|one| smooth::line(one, period, options)).collect();
    done("smooth lines");
    let shifts = if plan.windows.is_empty() && plan.events.is_empty() {
        Vec::new()
    } else {
        compare::shifts(&windows::spoken(scores), plan)
    };
    done("comparisons");
    Ok(Analysis {
        period,
        too_coarse,
        axes: plan.axes.clone(),
        points: all_points,
        lines,
        slopes,
        shifts,
        fits: fits.into_iter().flatten().collect(),
        breaks: breaks.into_iter().flatten().collect(),
        events: plan.events.clone(),
    })
}

/// The series of the actors with most statements on any axis, in order of the
/// series.
fn most_heard<'a, 'b>(series: &'b [Series<'a>], most: usize) -> Vec<&'b Series<'a>> {
    let mut heard: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for one in series {
        let count = heard.entry(one.actor_id).or_default();
        *count = (*count).max(one.statements());
    }
    let mut heard: Vec<(&str, usize)> = heard.into_iter().collect();
    heard.sort_by(|one, two| two.1.cmp(&one.1).then(one.0.cmp(two.0)));
    heard.truncate(most);
    series.iter().filter(|one| heard.iter().any(|(id, _)| *id == one.actor_id)).collect()
}

fn slope(series: &Series, period: Period, axis: Option<&Axis>) -> Option<Slope> {
    let found = slope::drift(&series.times(period), &series.means())?;
    let mut slope = Slope {
        actor_id: series.actor_id.to_string(),
        actor: series.actor.to_string(),
        axis: series.axis.to_string(),
        periods: series.periods.len(),
        slope: found.slope,
        interval: found.interval,
        intercept: found.intercept,
        s: found.s,
        tau: found.tau,
        z: found.z,
        p: found.exact_p.unwrap_or(found.normal_p),
        exact: found.exact_p.is_some(),
        corrected: found.corrected.map(|found| (found.z, found.p)),
        finding: String::new(),
    };
    slope.finding = findings::slope(&slope, axis);
    Some(slope)
}
