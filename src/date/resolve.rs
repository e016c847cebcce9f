//! From the expressions that tell when to the dates of a statement.
//!
//! Lives here: lists, clipping, refusal of the future. May not live here:
//! reading expressions, or choosing among them.

use crate::date::grammar::expression::Expression;
use crate::model::Said;
use chrono::NaiveDate;

/// The dates that a list of expressions gives, one each, and those refused.
///
/// What is told has been said: an interval that holds the day of publication
/// ends on it (on its last day where only a month or a year is known) ("this year" ends today), and one that lies wholly behind it is
/// refused.
pub fn said<'a>(list: &[&'a Expression], published: Option<NaiveDate>) -> (Vec<Said>, Vec<&'a Expression>) {
    let mut dates: Vec<Said> = Vec::new();
    let mut refused = Vec::new();
    for expression in list {
        let last = published.unwrap_or(expression.to);
        if expression.from > last {
            refused.push(*expression);
            continue;
        }
        let (from, to) = (expression.from, expression.to.min(last));
        if !dates.iter().any(|date| date.from == from && date.to == to) {
            let (precision, span) = (expression.precision, expression.span);
            dates.push(Said { from, to, precision, expression: Some(span) });
        }
    }
    (dates, refused)
}
