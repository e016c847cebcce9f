//! What is wrong with a lexicon, and which of its terms does harm.
//!
//! Lives here: the findings of `stance lexicon` as plain functions of entries,
//! hits and scores. May not live here: reading files, matching or scoring; what
//! needs a tokeniser or a scorer is handed in.
//!
//! A dictionary fails quietly: a row that can never match, a glob that eats
//! strangers, a trend that three words carry all look like numbers. `check` asks
//! the file itself, `words` and `expand` the texts, `sensitivity` the conclusion.

mod balance;
mod check;
mod cover;
mod expand;
mod finding;
mod letters;
mod reach;
mod repeats;
mod sensitivity;
mod words;

pub use balance::{Tally, tally};
pub use check::check;
pub use expand::{Expansion, expand};
pub use finding::{Defect, Finding, Severity};
pub use sensitivity::{Influence, Reading, Side, Verdict, carrying, influence, statistic, verdict};
pub use words::{Coverage, Seen, WordCount, coverage, words};
