//! The table `slopes`: Theil-Sen slopes and Mann-Kendall tests.

use crate::model::Slope;
use crate::report::tables::schema::Schema;

/// The columns of `slopes`.
pub fn schema() -> Schema<Slope> {
    Schema::<Slope>::new(
        "slopes",
        "A row is an actor on an axis: is there a steady drift? From 3 periods on.",
    )
    .actor_on_axis(|slope| [&slope.actor_id, &slope.actor, &slope.axis])
    .integer("n_periods", "periods with statements", "count", "never", |slope| slope.periods)
    .number(
        "slope_per_year",
        "Theil-Sen slope of the period means: median of all pairwise slopes",
        "units of the scale a year",
        "never",
        |slope| slope.slope,
    )
    .number("ci_low", "lower end of its 95 % interval", "units a year", "never", |slope| slope.interval.0)
    .number("ci_high", "upper end", "units a year", "never", |slope| slope.interval.1)
    .number(
        "intercept",
        "value of that line at year 0: mean = intercept + slope_per_year x year",
        "units",
        "never",
        |slope| slope.intercept,
    )
    .number("kendall_s", "pairs of periods that rise less pairs that fall", "count", "never", |slope| {
        slope.s as f64
    })
    .number("kendall_tau", "the same as a share of all pairs", "[-1, 1]", "never", |slope| slope.tau)
    .number("z", "kendall_s standardised, ties counted", "any number", "never", |slope| slope.z)
    .number("p", "two-sided p of no drift", "(0, 1]", "never", |slope| slope.p)
    .yes_no(
        "p_exact",
        "whether p was counted out over all orders (below 8 periods) instead of the \
             normal distribution",
        "yes, no",
        "never",
        |slope| slope.exact,
    )
    .number(
        "z_corrected",
        "z with the variance of Hamed & Rao for series whose neighbours are alike, never \
             below the plain variance",
        "any number",
        "fewer than 10 periods",
        |slope| slope.corrected.map(|(z, _)| z),
    )
    .number(
        "p_corrected",
        "its two-sided p; the sentence in finding goes by this one where there is one",
        "(0, 1]",
        "fewer than 10 periods",
        |slope| slope.corrected.map(|(_, p)| p),
    )
    .text("finding", "one plain sentence", "text", "never", |slope| &slope.finding)
}
