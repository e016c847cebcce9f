//! Scores of an actor over time: the values of `trend.csv`, `slopes.csv` and the smooth line.

use crate::model::choice::Choice;
use chrono::NaiveDate;
use serde::Serialize;

/// The length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// January to December.
    Year,
    /// Six months from January or July.
    Half,
    /// Three months.
    Quarter,
    /// A calendar month.
    Month,
}

impl Period {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Period::Year => "year",
            Period::Half => "half",
            Period::Quarter => "quarter",
            Period::Month => "month",
        }
    }
}

impl Choice for Period {
    const ALL: &'static [Period] = &[Period::Year, Period::Half, Period::Quarter, Period::Month];

    fn as_str(self) -> &'static str {
        Period::as_str(self)
    }
}

/// One scored statement on one axis, as aggregation sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// Roster id, or the name for speakers off the roster.
    pub actor_id: String,
    /// Display name.
    pub actor: String,
    /// Id of the axis.
    pub axis: String,
    /// The article it comes from: the unit that is resampled.
    pub article: String,
    /// The article that it repeats, when near-duplicates are kept: resampled
    /// together with it.
    pub cluster: Option<String>,
    /// Id of the statement: the way back to its words.
    pub statement: String,
    /// The source that published it.
    pub source: Option<String>,
    /// First day on which it can have been said.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// The score, in [-1, 1] except on scales without bounds.
    pub value: f64,
    /// Hits behind it.
    pub hits: usize,
    /// Hits for the positive and for the negative pole.
    pub poles: (usize, usize),
}

impl Observation {
    /// The middle day of the interval, which represents the statement in trends.
    pub fn day(&self) -> NaiveDate {
        crate::model::statement::middle(self.from, self.to)
    }
}

/// A warning about a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// Fewer than 3 statements.
    FewStatements,
    /// Fewer than 5 articles: no interval.
    FewArticles,
    /// 5 to 9 articles: the interval depends on a correction for few articles.
    SmallSample,
    /// The possible days of some statements reach beyond the period.
    CoarseDates,
    /// On the log-odds scale the articles vary more than twice as much as
    /// independent matches would: trust the bootstrap error.
    Overdispersed,
}

impl Flag {
    /// The word used in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Flag::FewStatements => "few_statements",
            Flag::FewArticles => "few_articles",
            Flag::SmallSample => "small_sample",
            Flag::CoarseDates => "coarse_dates",
            Flag::Overdispersed => "overdispersed",
        }
    }
}

/// The scores of one actor on one axis in one period.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendPoint {
    /// Roster id or name.
    pub actor_id: String,
    /// Display name.
    pub actor: String,
    /// Id of the axis.
    pub axis: String,
    /// The source, for trends by source; None for all sources together.
    pub source: Option<String>,
    /// "2019", "2019-H1", "2019-Q1", "2019-02".
    pub period: String,
    /// First day of the period.
    pub start: NaiveDate,
    /// Last day of the period.
    pub end: NaiveDate,
    /// Statements with a score.
    pub statements: usize,
    /// Articles they come from.
    pub articles: usize,
    /// Hits behind them.
    pub hits: usize,
    /// Mean score in [-1, 1]; None when `statements` is 0.
    pub mean: Option<f64>,
    /// Standard error of the mean (bootstrap over articles); None if it cannot be estimated.
    pub standard_error: Option<f64>,
    /// 95 % interval from resampling articles; None below 5 articles.
    pub interval: Option<(f64, f64)>,
    /// Number of sources that published the statements.
    pub sources: usize,
    /// The mean if every period had the same mix of sources; None if it was not requested or cannot be
    /// estimated.
    pub within_source: Option<f64>,
    /// The same statements on the log-odds scale; None without hits for a pole.
    pub log_odds: Option<LogOdds>,
    /// Number of bootstrap replicates in which the value could not be computed.
    pub boot_failed: usize,
    /// Warnings.
    pub flags: Vec<Flag>,
}

/// Position on the log-odds scale of Lowe et al. (2011), from counts of hits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogOdds {
    /// Hits for the positive pole.
    pub positive: usize,
    /// Hits for the negative pole.
    pub negative: usize,
    /// `ln((positive + 0.5) / (negative + 0.5))`; 0 is balance.
    pub value: f64,
    /// Closed-form standard error under independent hits.
    pub model_error: f64,
    /// Standard error from resampling articles; None below 5 articles.
    pub bootstrap_error: Option<f64>,
    /// `(bootstrap_error / model_error)²`; above 2 use the bootstrap error.
    pub design_effect: Option<f64>,
    /// 95 % interval: of the bootstrap error when the design effect is above 2,
    /// else of the Beta posterior when a pole has fewer than 5 hits, else of
    /// the closed error.
    pub interval: (f64, f64),
    /// Which of these it is.
    pub basis: IntervalBasis,
}

/// What an interval on a scale of counts rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntervalBasis {
    /// The error that takes every hit for independent.
    Normal,
    /// The Beta posterior, where a pole has few hits.
    Beta,
    /// The error over resampled articles, where articles differ more than hits would.
    Articles,
}

impl IntervalBasis {
    /// The word used in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            IntervalBasis::Normal => "normal",
            IntervalBasis::Beta => "beta",
            IntervalBasis::Articles => "articles",
        }
    }
}

/// A smoothed trend with its band, interrupted where there are too few data.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Roster id or name.
    pub actor_id: String,
    /// Display name.
    pub actor: String,
    /// Id of the axis.
    pub axis: String,
    /// The share of the periods that each point of the line uses, in (0, 1].
    pub span: f64,
    /// Pieces without gaps, in order of time.
    pub pieces: Vec<Vec<LinePoint>>,
}

/// One point of a smoothed trend.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LinePoint {
    /// The day.
    pub day: NaiveDate,
    /// The smoothed value.
    pub value: f64,
    /// Pointwise 95 % band from resampling articles; None with too few articles.
    pub band: Option<(f64, f64)>,
}

/// Is there a steady drift? Theil-Sen slope and Mann-Kendall test over the
/// periods with statements.
#[derive(Debug, Clone, PartialEq)]
pub struct Slope {
    /// Roster id or name.
    pub actor_id: String,
    /// Display name.
    pub actor: String,
    /// Id of the axis.
    pub axis: String,
    /// Periods with statements.
    pub periods: usize,
    /// Median slope, in units of the scale per year.
    pub slope: f64,
    /// 95 % interval of the slope.
    pub interval: (f64, f64),
    /// Value at 1 January of year 0 of the line with that slope.
    pub intercept: f64,
    /// Kendall's S: rising less falling pairs.
    pub s: i64,
    /// Kendall's tau, in [-1, 1].
    pub tau: f64,
    /// Standardised S.
    pub z: f64,
    /// Two-sided p: exact below 8 periods, else normal.
    pub p: f64,
    /// True if `p` is exact.
    pub exact: bool,
    /// z and two-sided p with the variance that Hamed & Rao correct for
    /// autocorrelation, never below the plain one; None below 10 periods.
    pub corrected: Option<(f64, f64)>,
    /// One plain sentence.
    pub finding: String,
}

impl Slope {
    /// The p by which a drift is called clear: the corrected one if there is one. Never below `p`.
    pub fn cautious_p(&self) -> f64 {
        self.corrected.map_or(self.p, |(_, p)| p.max(self.p))
    }
}
