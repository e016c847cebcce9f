//! Changes of level and the events they are compared with: the values of `shifts.csv`, `breaks.csv` and
//! `models.csv`.

use crate::model::article::Skipped;
use crate::model::lexicon::Axis;
use crate::model::scored::trend::{Line, Period, Slope, TrendPoint};
use chrono::NaiveDate;

/// A time window that is compared, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// As typed ("2003..2013").
    pub label: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

/// First and last day of a year, month or day.
pub fn bounds(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let parts: Vec<&str> = text.trim().split('-').collect();
    let year: i32 = parts.first()?.parse().ok().filter(|year| (1000..=9999).contains(year))?;
    match parts.as_slice() {
        [_] => Some((NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?)),
        [_, month] => {
            let from = NaiveDate::from_ymd_opt(year, month.parse().ok()?, 1)?;
            let next = from.checked_add_months(chrono::Months::new(1))?;
            Some((from, next.pred_opt()?))
        }
        [_, month, day] => {
            let day = NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?)?;
            Some((day, day))
        }
        _ => None,
    }
}

/// A tested change of level between two windows.
#[derive(Debug, Clone, PartialEq)]
pub struct Shift {
    /// Roster id or name.
    pub actor_id: String,
    /// Display name.
    pub actor: String,
    /// Id of the axis.
    pub axis: String,
    /// Name of the test: "permutation" for two windows that were named,
    /// "event" for the time before and after an event.
    pub test: String,
    /// The event, for that test.
    pub event: Option<String>,
    /// The earlier window.
    pub window_a: String,
    /// The later window.
    pub window_b: String,
    /// First and last day of the statements in the earlier window.
    pub said_a: (NaiveDate, NaiveDate),
    /// The same for the later window.
    pub said_b: (NaiveDate, NaiveDate),
    /// Articles with a score in each window.
    pub n: (usize, usize),
    /// Mean in each window.
    pub mean: (f64, f64),
    /// Later minus earlier.
    pub difference: f64,
    /// 95 % interval of the difference; None below 5 articles on a side.
    pub interval: Option<(f64, f64)>,
    /// Two-sided permutation p.
    pub p: Option<f64>,
    /// p corrected for the number of tests (Benjamini and Hochberg).
    pub q: Option<f64>,
    /// Number of permutations that were computed.
    pub permutations: usize,
    /// True if these are all possible permutations.
    pub exact: bool,
    /// The smallest p that this number of articles can give.
    pub smallest_p: f64,
    /// Cliff's delta of article means, in [-1, 1]: the share of pairs in which the article of the later
    /// window is higher, minus the share in which it is lower.
    pub cliffs_delta: f64,
    /// The difference within sources; None if it was not requested or no source has articles in both
    /// windows.
    pub within_source: Option<f64>,
    /// For an event: the rank of its absolute difference among those of all dates that could be tested, and
    /// their number (1 of 40: none is larger).
    pub placebo: Option<(usize, usize)>,
    /// For an event: the jump at the date between a line before and a line after,
    /// and its standard error; None below 5 articles on a side.
    pub local_jump: Option<(f64, f64)>,
    /// One plain sentence.
    pub finding: String,
}

/// A dated event, which charts mark and tests use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The day.
    pub day: NaiveDate,
    /// What happened, in a few words.
    pub label: String,
    /// Where this is documented; empty if the list does not say.
    pub source: String,
}

/// A break in the level of an actor on an axis.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangePoint {
    /// Roster id or name.
    pub actor_id: String,
    /// Display name.
    pub actor: String,
    /// Id of the axis.
    pub axis: String,
    /// The first period of the new level ("2014").
    pub period: String,
    /// Its first day.
    pub day: NaiveDate,
    /// 95 % interval of the date of the break; None if it cannot be estimated.
    pub interval: Option<(NaiveDate, NaiveDate)>,
    /// Mean level before and after.
    pub levels: (f64, f64),
    /// p of a break at an unknown date against no change at all (one p for
    /// all breaks of a series).
    pub p: f64,
    /// True if steps describe the series better than a line (BIC by 2 or more)
    /// and `p` is below 0.05. Undecided breaks should not be drawn as flags.
    pub decided: bool,
    /// One plain sentence.
    pub finding: String,
}

/// One model of a series of period means: a row of `models.csv`.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// Roster id or name.
    pub actor_id: String,
    /// Display name.
    pub actor: String,
    /// Id of the axis.
    pub axis: String,
    /// "constant", "linear", "steps_1", "steps_2" ..., "linear_and_step".
    pub model: String,
    /// First periods of the new levels.
    pub breaks: Vec<String>,
    /// Periods with statements.
    pub periods: usize,
    /// Residual sum of squares, periods weighted by their articles.
    pub rss: f64,
    /// Bayesian information criterion; smaller is better.
    pub bic: f64,
    /// Difference of BIC to the best model of the series.
    pub delta: f64,
    /// "best", "undecided" (within 2 of the best) or "worse".
    pub verdict: &'static str,
    /// True if the breaks were chosen by a penalty per break instead of BIC.
    pub priced: bool,
}

/// The results of aggregation.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// Length of the periods.
    pub period: Period,
    /// Statements dated too coarsely for any period: rows of `skipped.csv`.
    pub too_coarse: Vec<Skipped>,
    /// The axes, with their poles.
    pub axes: Vec<Axis>,
    /// By actor, axis, source and period.
    pub points: Vec<TrendPoint>,
    /// Smooth lines by actor and axis.
    pub lines: Vec<Line>,
    /// Drift by actor and axis.
    pub slopes: Vec<Slope>,
    /// Comparisons of windows, then events.
    pub shifts: Vec<Shift>,
    /// The models of each series.
    pub fits: Vec<Fit>,
    /// The breaks of each series that steps fit best.
    pub breaks: Vec<ChangePoint>,
    /// The events.
    pub events: Vec<Event>,
}
