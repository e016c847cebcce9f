//! The dates that the expressions of a statement give.

use crate::date::grammar::expression::Expression;
use crate::model::Said;
use chrono::NaiveDate;

/// The dates that a list of expressions gives, one each, and the refused expressions.
///
/// A reported statement has been made: an interval that contains the day of publication ends on it
/// ("this year" ends today; if only the month or year of publication is known, on its last day), and
/// one that begins later is refused.
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
