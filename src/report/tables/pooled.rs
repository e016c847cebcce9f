//! The table `pooled`: positions from the counts of whole periods.

use crate::model::PooledPoint;
use crate::report::tables::schema::Schema;

/// The 95 % interval of a row.
fn interval(row: &PooledPoint) -> Option<(f64, f64)> {
    row.position?.interval.map(|(interval, _)| interval)
}

/// The columns of `pooled`.
pub fn schema<'a>() -> Schema<PooledPoint<'a>> {
    Schema::<PooledPoint>::new(
        "pooled",
        "A row is an actor on an axis in a period, from the counts of the whole period; \
             with --scale logit or valence.",
    )
    .actor_on_axis(|row| [&row.point.actor_id, &row.point.actor, &row.point.axis])
    .text("period", "the calendar period", "as in trend.csv", "never", |row| &row.point.period)
    .day("period_start", "its first day", "date", "never", |row| row.point.start)
    .day("period_end", "its last day", "date", "never", |row| row.point.end)
    .integer("n_statements", "statements with a score, as in trend.csv", "count", "never", |row| {
        row.point.statements
    })
    .integer("n_articles", "articles they come from, as in trend.csv", "count", "never", |row| {
        row.point.articles
    })
    .integer("positive", "hits for the positive pole, added up", "count", "never", |row| row.hits.0)
    .integer("negative", "hits for the negative pole, added up", "count", "never", |row| row.hits.1)
    .integer(
        "words",
        "words of all statements of the actor in the period, also of those without a score",
        "count",
        "never",
        |row| row.words,
    )
    .number(
        "position",
        "position of the sums on the chosen scale",
        "any number",
        "no hit for a pole",
        |row| row.position.map(|position| position.value),
    )
    .number(
        "se",
        "its error if every hit were independent",
        ">= 0",
        "as position; a single hit with valence",
        |row| row.position.and_then(|position| position.error),
    )
    .number("ci_low", "lower end of its 95 % interval", "any number", "as se", |row| {
        interval(row).map(|interval| interval.0)
    })
    .number("ci_high", "upper end", "any number", "as se", |row| interval(row).map(|interval| interval.1))
    .optional_text(
        "interval",
        "what the interval rests on: se; the Beta posterior, where a pole has fewer than 5 hits; \
             se_articles, where design_effect is above 2",
        "normal, beta, articles",
        "no interval",
        |row| row.position.and_then(|position| position.interval).map(|(_, basis)| basis.as_str()),
    )
    .number(
        "importance",
        "logarithm of the share of words that are about the axis",
        "any number",
        "it cannot be had",
        |row| row.importance,
    )
    .number("se_articles", "its error from resampled articles", ">= 0", "fewer than 5 articles", |row| {
        row.position.and_then(|position| position.error_over_articles)
    })
    .number("design_effect", "(se_articles / se) squared", ">= 0", "as se_articles", |row| {
        row.position.and_then(|position| position.design_effect)
    })
    .composed_text(
        "flag",
        "as in trend.csv; overdispersed: design_effect above 2",
        "words",
        "no warning",
        |row, text| {
            let flags: Vec<&str> = row.flags.iter().map(|flag| flag.as_str()).collect();
            text.push_str(&flags.join(" "));
        },
    )
}
