//! The table `trend`: scores of an actor on an axis, period by period.

use crate::model::TrendPoint;
use crate::report::tables::schema::Schema;

/// The columns of `trend`.
pub fn schema() -> Schema<TrendPoint> {
    Schema::<TrendPoint>::new("trend", "A row is an actor on an axis in a period (from a source).")
        .actor_on_axis(|point| [&point.actor_id, &point.actor, &point.axis])
        .text(
            "period",
            "the calendar period; periods without a statement between an actor's first and \
             last are rows with n_statements 0",
            "2019, 2019-H1, 2019-Q1, 2019-02",
            "never",
            |point| &point.period,
        )
        .day("period_start", "its first day", "date", "never", |point| point.start)
        .day("period_end", "its last day", "date", "never", |point| point.end)
        .integer(
            "n_statements",
            "statements with a score on the axis, near-duplicates counted once; a statement \
             whose possible days reach beyond a period belongs to the middle one, and to no \
             period when they are more than a period has (skipped.csv)",
            "count",
            "never; 0 is a gap",
            |point| point.statements,
        )
        .integer(
            "n_articles",
            "articles they come from; this n tells how much is known",
            "count",
            "never",
            |point| point.articles,
        )
        .integer("n_hits", "lexicon matches behind them", "count", "never", |point| point.hits)
        .number(
            "mean",
            "mean score of the statements, or of the articles' means with --weight article",
            "[-1, 1]: -1 is the negative pole",
            "no statement",
            |point| point.mean,
        )
        .number(
            "se",
            "standard error of the mean: standard deviation over resampled articles",
            ">= 0",
            "fewer than 2 articles",
            |point| point.standard_error,
        )
        .number(
            "ci_low",
            "lower end of the 95 % interval of the mean from resampled articles, widened for \
             few articles",
            "[-1, 1]",
            "fewer than 5 articles",
            |point| point.interval.map(|interval| interval.0),
        )
        .number("ci_high", "upper end", "[-1, 1]", "fewer than 5 articles", |point| {
            point.interval.map(|interval| interval.1)
        })
        .composed_text(
            "flag",
            "few_statements: below 3; few_articles: below 5, no interval; small_sample: 5 to \
             9 articles; coarse_dates: the possible days of a statement reach beyond the \
             period; overdispersed: design_effect above 2",
            "words with spaces between",
            "nothing to warn of",
            |point, text| {
                let flags: Vec<&str> = point.flags.iter().map(|flag| flag.as_str()).collect();
                text.push_str(&flags.join(" "));
            },
        )
        .optional_text(
            "source",
            "who printed the statements, with --by-source; such rows follow those of all \
             sources together",
            "text",
            "all sources together, or an unknown source",
            |point| point.source.as_deref(),
        )
        .integer("n_sources", "different sources in the cell", "count", "never", |point| point.sources)
        .number(
            "within_source_mean",
            "the mean as it would be had every period the same mix of sources (least squares \
             of score = source + period)",
            "about [-1, 1]",
            "without --within-source; no source in common with the other periods",
            |point| point.within_source,
        )
        .integer("n_positive", "hits that speak for the positive pole", "count", "never", |point| {
            point.log_odds.map_or(0, |scale| scale.positive)
        })
        .integer("n_negative", "hits that speak for the negative pole", "count", "never", |point| {
            point.log_odds.map_or(0, |scale| scale.negative)
        })
        .number(
            "log_odds",
            "ln((n_positive + 0.5) / (n_negative + 0.5))",
            "any number, 0 is balance",
            "no hit for a pole",
            |point| point.log_odds.map(|scale| scale.value),
        )
        .number("log_odds_se", "its error if every hit were independent", "> 0", "as log_odds", |point| {
            point.log_odds.map(|scale| scale.model_error)
        })
        .number(
            "log_odds_boot_se",
            "its error from resampled articles",
            ">= 0",
            "fewer than 5 articles",
            |point| point.log_odds.and_then(|scale| scale.bootstrap_error),
        )
        .number(
            "log_odds_low",
            "lower end of its 95 % interval: from log_odds_boot_se when design_effect is \
             above 2, else from the Beta posterior when a pole has fewer than 5 hits, else \
             from log_odds_se",
            "any number",
            "as log_odds",
            |point| point.log_odds.map(|scale| scale.interval.0),
        )
        .number("log_odds_high", "upper end", "any number", "as log_odds", |point| {
            point.log_odds.map(|scale| scale.interval.1)
        })
        .number(
            "design_effect",
            "(log_odds_boot_se / log_odds_se) squared: how much more articles vary than \
             independent hits would",
            ">= 0",
            "fewer than 5 articles",
            |point| point.log_odds.and_then(|scale| scale.design_effect),
        )
        .integer(
            "boot_failed",
            "resamples in which the mean could not be computed",
            "count",
            "never",
            |point| point.boot_failed,
        )
}
