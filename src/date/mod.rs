//! When it was said.
//!
//! Lives here: time expressions, and which of them dates a statement. May not
//! live here: month names or other words (`calendar.csv`, `dating.csv`).
//!
//! The way through: `expression` reads times (`absolute`, `relative`,
//! `compound`, over the arithmetic of `calendar`), `scope` tells which of a
//! sentence's times belong to a statement, `resolve` makes dates of them, and
//! `assign` goes through an article and carries dates on.

mod absolute;
mod assign;
mod calendar;
mod compound;
mod expression;
mod relative;
mod resolve;
mod scope;

pub use assign::assign;
pub use expression::{Anchors, Expression, expressions};
