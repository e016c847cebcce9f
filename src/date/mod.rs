//! When a statement was made.
//!
//! `grammar` finds time expressions, `scope` decides which of a sentence's expressions date a
//! statement, `resolve` turns them into dates, and `assign` goes through an article and carries dates
//! over to statements without an expression. Month names and other words are in `calendar.csv` and
//! `dating.csv`, never here.

pub(crate) mod assign;
pub(crate) mod grammar;
pub(crate) mod resolve;
pub(crate) mod scope;

pub use crate::date::assign::assign;
pub use crate::date::grammar::expression::{Anchors, Expression, expressions};
