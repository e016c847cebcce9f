//! When it was said.
//!
//! Lives here: time expressions, and which of them dates a statement. May not
//! live here: month names or other words (`calendar.csv`, `dating.csv`).
//!
//! The way through: `expression` reads times (`absolute`, `relative`,
//! `compound`, over the arithmetic of `calendar`), `scope` tells which of a
//! sentence's times belong to a statement, `resolve` makes dates of them, and
//! `assign` goes through an article and carries dates on.

pub(crate) mod assign;
pub(crate) mod grammar;
pub(crate) mod resolve;
pub(crate) mod scope;

pub use crate::date::assign::assign;
pub use crate::date::grammar::expression::{Anchors, Expression, expressions};
