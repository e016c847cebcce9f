//! The table `smooth`: the smooth lines of the charts.

use crate::model::{Line, LinePoint};
use crate::report::tables::schema::Schema;

/// A row of `smooth`.
pub struct SmoothRow<'a> {
    /// The line.
    pub line: &'a Line,
    /// Number of the stretch of the line, counted from 1.
    pub piece: usize,
    /// The place on it.
    pub point: LinePoint,
}

/// The columns of `smooth`.
pub fn schema<'a>() -> Schema<SmoothRow<'a>> {
    Schema::<SmoothRow>::new("smooth", "A row is a place on the smooth line of an actor on an axis.")
        .actor_on_axis(|place| [&place.line.actor_id, &place.line.actor, &place.line.axis])
        .integer(
            "piece",
            "stretch of the line, counted from 1; it breaks over wide gaps",
            "count",
            "never",
            |place| place.piece,
        )
        .day("day", "place on the line", "date", "never", |place| place.point.day)
        .number(
            "value",
            "LOESS of the period means, degree 1, periods weighted by articles; from 5 periods on",
            "[-1, 1]",
            "never",
            |place| place.point.value,
        )
        .number(
            "ci_low",
            "lower end of the pointwise 95 % band from resampled articles",
            "[-1, 1]",
            "fewer than 5 articles near",
            |place| place.point.band.map(|band| band.0),
        )
        .number("ci_high", "upper end", "[-1, 1]", "fewer than 5 articles near", |place| {
            place.point.band.map(|band| band.1)
        })
        .number(
            "span",
            "share of the periods that each place looks at, chosen by cross-validation",
            "[0, 1]",
            "never",
            |place| place.line.span,
        )
}
