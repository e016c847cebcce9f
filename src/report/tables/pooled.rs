//! The table `pooled`: positions from the counts of whole periods.

use crate::report::tables::schema::Schema;
use chrono::NaiveDate;

/// A row of `pooled`: an actor on an axis in a period.
#[derive(Debug, Clone)]
pub struct PooledCell<'a> {
    /// Roster id, or the name of a speaker off the roster.
    pub actor_id: &'a str,
    /// Name for people.
    pub actor: &'a str,
    /// Id of the axis.
    pub axis: &'a str,
    /// The period's label.
    pub period: String,
    /// First day of the period.
    pub start: NaiveDate,
    /// Last day of the period.
    pub end: NaiveDate,
    /// Number of statements.
    pub statements: usize,
    /// Number of articles.
    pub articles: usize,
    /// Hits for the positive pole.
    pub positive: usize,
    /// Hits for the negative pole.
    pub negative: usize,
    /// Words of the statements.
    pub words: usize,
    /// Position of the sums on the scale of the run; None when nothing was counted.
    pub position: Option<f64>,
    /// Its standard error if every hit were independent.
    pub standard_error: Option<f64>,
    /// Its 95 % interval.
    pub interval: Option<(f64, f64)>,
    /// How the interval was made: "normal" or "beta".
    pub interval_kind: Option<&'static str>,
    /// Logarithm of the share of words that are about the axis.
    pub importance: Option<f64>,
    /// Standard error from resampled articles.
    pub article_error: Option<f64>,
    /// `(article_error / standard_error)` squared.
    pub design_effect: Option<f64>,
    /// Warnings.
    pub flags: Vec<&'static str>,
}

/// The columns of `pooled`.
pub fn schema<'a>() -> Schema<PooledCell<'a>> {
    Schema::<PooledCell>::new(
        "pooled",
        "A row is an actor on an axis in a period, from the counts of the whole period; \
             with --scale logit or valence.",
    )
    .actor_on_axis(|cell| [cell.actor_id, cell.actor, cell.axis])
    .text("period", "the calendar period", "as in trend.csv", "never", |cell| &cell.period)
    .day("period_start", "its first day", "date", "never", |cell| cell.start)
    .day("period_end", "its last day", "date", "never", |cell| cell.end)
    .integer("n_statements", "statements", "count", "never", |cell| cell.statements)
    .integer("n_articles", "articles", "count", "never", |cell| cell.articles)
    .integer("positive", "hits for the positive pole, added up", "count", "never", |cell| cell.positive)
    .integer("negative", "hits for the negative pole, added up", "count", "never", |cell| cell.negative)
    .integer("words", "words of the statements", "count", "never", |cell| cell.words)
    .number(
        "position",
        "position of the sums on the chosen scale",
        "any number",
        "nothing was counted",
        |cell| cell.position,
    )
    .number("se", "its error if every hit were independent", ">= 0", "it cannot be had", |cell| {
        cell.standard_error
    })
    .number("ci_low", "lower end of its 95 % interval", "any number", "as se", |cell| {
        cell.interval.map(|interval| interval.0)
    })
    .number("ci_high", "upper end", "any number", "as se", |cell| cell.interval.map(|interval| interval.1))
    .optional_text("interval", "how the interval was made", "normal, beta", "no interval", |cell| {
        cell.interval_kind
    })
    .number(
        "importance",
        "logarithm of the share of words that are about the axis",
        "any number",
        "it cannot be had",
        |cell| cell.importance,
    )
    .number("se_articles", "its error from resampled articles", ">= 0", "fewer than 5 articles", |cell| {
        cell.article_error
    })
    .number("design_effect", "(se_articles / se) squared", ">= 0", "as se_articles", |cell| {
        cell.design_effect
    })
    .composed_text(
        "flag",
        "no_match; few_articles: below 5; overdispersed: design_effect above 2",
        "words",
        "nothing to mind",
        |cell, text| text.push_str(&cell.flags.join(" ")),
    )
}
