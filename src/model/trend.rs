//! Trends and shifts: scores of an actor over time.
//!
//! Lives here: the values of `trend.csv` and `shifts.csv`. May not live here:
//! how they are computed (see `aggregate`).

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

/// One scored statement on one axis, as aggregation sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// Roster id, or the name for speakers off the roster.
    pub actor_id: String,
    /// Name for people.
    pub actor: String,
    /// Id of the axis.
    pub axis: String,
    /// The article it comes from: the unit that is resampled.
    pub article: String,
    /// Id of the statement: the way back to its words.
    pub statement: String,
    /// Who printed it.
    pub source: Option<String>,
    /// First day on which it can have been said.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// The score, in [-1, 1] but for scales without ends.
    pub value: f64,
    /// Hits behind it.
    pub hits: usize,
}

impl Observation {
    /// The day in the middle of the interval: the statement's place in time.
    pub fn day(&self) -> NaiveDate {
        super::statement::middle(self.from, self.to)
    }
}

/// What a reader must know about a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// Fewer than 3 statements.
    FewStatements,
    /// Fewer than 5 articles: no interval.
    FewArticles,
}

impl Flag {
    /// The word used in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Flag::FewStatements => "few_statements",
            Flag::FewArticles => "few_articles",
        }
    }
}

/// The scores of one actor on one axis in one period.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendPoint {
    /// Roster id or name.
    pub actor_id: String,
    /// Name for people.
    pub actor: String,
    /// Id of the axis.
    pub axis: String,
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
    /// Standard error of the mean (bootstrap over articles); None when it
    /// cannot be had.
    pub standard_error: Option<f64>,
    /// 95 % interval from resampling articles; None below 5 articles.
    pub interval: Option<(f64, f64)>,
    /// Warnings.
    pub flags: Vec<Flag>,
}

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

/// A tested change of level between two windows.
#[derive(Debug, Clone, PartialEq)]
pub struct Shift {
    /// Roster id or name.
    pub actor_id: String,
    /// Name for people.
    pub actor: String,
    /// Id of the axis.
    pub axis: String,
    /// Name of the test ("permutation").
    pub test: String,
    /// The earlier window.
    pub window_a: String,
    /// The later window.
    pub window_b: String,
    /// Articles with a score in each window.
    pub n: (usize, usize),
    /// Mean of the statements in each window.
    pub mean: (f64, f64),
    /// Later minus earlier.
    pub difference: f64,
    /// 95 % interval of the difference; None below 3 articles on a side.
    pub interval: Option<(f64, f64)>,
    /// Two-sided permutation p.
    pub p: Option<f64>,
    /// The same, corrected for the number of tests (Benjamini and Hochberg).
    pub q: Option<f64>,
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
    /// One plain sentence.
    pub finding: String,
}
