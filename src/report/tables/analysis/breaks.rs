//! The table `breaks`: breaks of level.

use crate::model::ChangePoint;
use crate::report::tables::schema::Schema;

/// The columns of `breaks`.
pub fn schema() -> Schema<ChangePoint> {
    Schema::<ChangePoint>::new(
        "breaks",
        "A row is a break of level of an actor on an axis, where steps are better than \
             one level.",
    )
    .actor_on_axis(|change| [&change.actor_id, &change.actor, &change.axis])
    .text("period", "first period of the new level", "as in trend.csv", "never", |change| &change.period)
    .day("day", "its first day", "date", "never", |change| change.day)
    .day(
        "day_low",
        "first day of the periods in which the break lies with 95 %, from resampled \
             articles",
        "date",
        "never",
        |change| change.interval.map(|days| days.0),
    )
    .day("day_high", "last day of these periods", "date", "never", |change| {
        change.interval.map(|days| days.1)
    })
    .number("level_before", "mean level before", "[-1, 1]", "never", |change| change.levels.0)
    .number("level_after", "mean level after", "[-1, 1]", "never", |change| change.levels.1)
    .number(
        "p",
        "p of a break at an unknown date against no change, neighbouring periods alike \
             (one p for all breaks of a series)",
        "(0, 1]",
        "never",
        |change| change.p,
    )
    .yes_no(
        "decided",
        "whether steps describe the series better than a line or one level (BIC by 2 or \
             more) and p is below 0.05; do not report a break with no here",
        "yes, no",
        "never",
        |change| change.decided,
    )
    .text("finding", "one plain sentence", "text", "never", |change| &change.finding)
}
