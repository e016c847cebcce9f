//! When it was said.
//!
//! Lives here: time expressions, and which of them dates a statement. May not
//! live here: month names or other words (`calendar.csv`).

mod assign;
mod calendar;
mod expression;
mod resolve;

pub use assign::assign;
pub use expression::{Expression, expressions};
pub use resolve::said;
