//! Changes of level and the events they are compared with: the values of `shifts.csv`, `breaks.csv` and
//! `models.csv`.

use crate::model::article::Skipped;
use crate::model::lexicon::Axis;
use crate::model::trend::{Line, Period, Slope, TrendPoint};
use chrono::NaiveDate;

/// A stretch of time that is compared, both ends included.
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
    /// Name for people.
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
    /// First and last day of what was said in the earlier window.
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
    /// The same, corrected for the number of tests (Benjamini and Hochberg).
    pub q: Option<f64>,
    /// How many relabellings were looked at.
    pub permutations: usize,
    /// Whether these are all there are.
    pub exact: bool,
    /// The smallest p that so few articles can reach.
    pub smallest_p: f64,
    /// Cliff's delta of article means, in [-1, 1]: how much more often an
    /// article of the later window lies higher than lower.
    pub cliffs_delta: f64,
    /// The difference with every source compared with itself; None when it was
    /// not asked for or no source printed both.
    pub within_source: Option<f64>,
    /// For an event: rank of the size of its difference among those of all
    /// dates that could be tested, and how many there are (1 of 40: none is
    /// larger).
    pub placebo: Option<(usize, usize)>,
    /// For an event: the jump at the date between a line before and a line after,
    /// and its standard error; None below 5 articles on a side.
    pub local_jump: Option<(f64, f64)>,
    /// One plain sentence.
    pub finding: String,
}

/// Something dated that a chart marks and a test looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The day.
    pub day: NaiveDate,
    /// What happened, in a few words.
    pub label: String,
    /// Where this can be read; empty when the list does not say.
    pub source: String,
}

/// A break in the level of an actor on an axis.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangePoint {
    /// Roster id or name.
    pub actor_id: String,
    /// Name for people.
    pub actor: String,
    /// Id of the axis.
    pub axis: String,
    /// The first period of the new level ("2014").
    pub period: String,
    /// Its first day.
    pub day: NaiveDate,
    /// First and last day between which the break lies with 95 %; None when
    /// it cannot be said.
    pub interval: Option<(NaiveDate, NaiveDate)>,
    /// Mean level before and after.
    pub levels: (f64, f64),
    /// p of a break at an unknown date against no change at all (one p for
    /// all breaks of a series).
    pub p: f64,
    /// Whether steps describe the series better than a line (BIC by 2 or more)
    /// and `p` is below 0.05. What is undecided should not be drawn as a fact.
    pub decided: bool,
    /// One plain sentence.
    pub finding: String,
}

/// One description of a series of period means: a row of `models.csv`.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// Roster id or name.
    pub actor_id: String,
    /// Name for people.
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
    /// By how much it is worse than the best of the series.
    pub delta: f64,
    /// "best", "undecided" (within 2 of the best) or "worse".
    pub verdict: &'static str,
    /// Whether these are the levels that a price for each break leaves instead
    /// of BIC.
    pub priced: bool,
}

/// Everything that aggregation says about a table of scored statements.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// Length of the periods.
    pub period: Period,
    /// What is dated more coarsely than the periods are long and stands in none
    /// of them: rows of `skipped.csv`.
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
    /// Descriptions of each series, side by side.
    pub fits: Vec<Fit>,
    /// Breaks of each series that steps describe best.
    pub breaks: Vec<ChangePoint>,
    /// The events that were named.
    pub events: Vec<Event>,
}
