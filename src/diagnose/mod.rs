//! What is wrong with a lexicon, and which of its terms does harm: the findings of `stance lexicon`
//! as plain functions of entries, hits and scores.
//!
//! A dictionary fails quietly: a row that can never match, a glob that matches
//! unrelated words, a trend that rests on three words all look like numbers. `check` asks
//! the file itself, `words` and `expand` the texts, `sensitivity` the conclusion.

pub(crate) mod balance;
pub(crate) mod check;
pub(crate) mod cover;
pub(crate) mod expand;
pub(crate) mod finding;
pub(crate) mod letters;
pub(crate) mod reach;
pub(crate) mod repeats;
pub(crate) mod sensitivity;
pub(crate) mod words;

pub use crate::diagnose::balance::{Tally, tally};
pub use crate::diagnose::check::check;
pub use crate::diagnose::expand::{Expansion, expand};
pub use crate::diagnose::finding::{Defect, Finding, Severity};
pub use crate::diagnose::sensitivity::{
    Influence, Reading, Side, Verdict, carrying, influence, statistic, verdict,
};
pub use crate::diagnose::words::{Coverage, Seen, WordCount, coverage, words};
