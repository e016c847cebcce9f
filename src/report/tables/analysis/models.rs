//! The table `models`: competing descriptions of a series.

use crate::model::Fit;
use crate::report::tables::schema::Schema;

/// The columns of `models`.
pub fn schema() -> Schema<Fit> {
    Schema::<Fit>::new(
        "models",
        "A row is one description of an actor on an axis; compare them before you \
             believe in a break.",
    )
    .actor_on_axis(|fit| [&fit.actor_id, &fit.actor, &fit.axis])
    .text(
        "model",
        "constant; linear; steps_K: K breaks between levels; linear_and_step",
        "text",
        "never",
        |fit| &fit.model,
    )
    .composed_text(
        "breaks",
        "first periods of the new levels",
        "periods with spaces between",
        "no breaks",
        |fit, text| text.push_str(&fit.breaks.join(" ")),
    )
    .integer("n_periods", "periods with statements; below 6 nothing is fitted", "count", "never", |fit| {
        fit.periods
    })
    .number(
        "rss",
        "residual sum of squares, periods weighted by articles (mean weight 1)",
        ">= 0",
        "never",
        |fit| fit.rss,
    )
    .number(
        "bic",
        "Bayesian information criterion; parameters are levels or slopes, dates of \
             breaks and the variance",
        "any number, smaller is better",
        "never",
        |fit| fit.bic,
    )
    .number(
        "delta_bic",
        "by how much it is worse than the best of this actor and axis",
        ">= 0",
        "never",
        |fit| fit.delta,
    )
    .text("verdict", "best; undecided: several lie within 2 of the best; worse", "text", "never", |fit| {
        fit.verdict
    })
    .yes_no(
        "by_penalty",
        "whether a second rule, a penalty of 2 s^2 ln n for each break (PELT), leaves \
             just these levels; it knows no lines",
        "yes, no",
        "never",
        |fit| fit.priced,
    )
}
