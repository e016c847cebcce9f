//! From the expressions of a statement to its dates.
//!
//! Lives here: lists, clipping, refusal of the future. May not live here:
//! reading expressions.

use super::expression::Expression;
use crate::model::{Precision, Said};
use chrono::NaiveDate;

/// The dates of one statement from the expressions that belong to it.
///
/// Several years or months in a list give one date each; otherwise the most
/// precise expression wins, the first among equals. An interval that holds the
/// anchor is clipped to it ("this year" ends today); one that lies wholly
/// behind the anchor is refused when the cue is past. Without any expression
/// left the anchor itself stands in.
pub fn said(
    expressions: &[Expression],
    anchor: Option<NaiveDate>,
    past: bool,
) -> (Vec<Said>, Vec<Expression>) {
    let mut refused = Vec::new();
    let mut usable: Vec<(Said, &Expression)> = Vec::new();
    for expression in expressions {
        let mut to = expression.to;
        if let Some(anchor) = anchor.filter(|_| past) {
            if expression.from > anchor {
                refused.push(expression.clone());
                continue;
            }
            to = to.min(anchor);
        }
        let said = Said {
            from: expression.from,
            to,
            precision: expression.precision,
            expression: Some(expression.span),
        };
        usable.push((said, expression));
    }
    let finest = usable.iter().map(|(said, _)| said.precision).min();
    let mut dates: Vec<Said> = usable
        .iter()
        .filter(|(said, _)| Some(said.precision) == finest)
        .map(|(said, _)| said.clone())
        .collect();
    if !matches!(finest, Some(Precision::Year | Precision::Month)) {
        dates.truncate(1);
    }
    dates.dedup_by(|a, b| a.from == b.from && a.to == b.to);
    if dates.is_empty()
        && let Some(anchor) = anchor
    {
        dates.push(Said { from: anchor, to: anchor, precision: Precision::Day, expression: None });
    }
    (dates, refused)
}
