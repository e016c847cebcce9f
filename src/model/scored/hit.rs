//! Hits and scores: what a lexicon found in a statement, and the resulting values.

use crate::model::interned::Name;
use crate::model::lexicon::EntryKind;
use crate::model::text::Span;
use serde::Serialize;

/// How a match counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It counts unchanged.
    Asserted,
    /// Its sign is reversed.
    Negated,
    /// Damped, because it depends on a condition.
    Conditional,
    /// Damped, because it is uncertain.
    Hedged,
    /// Part of another hit ("a mistake to *lose* it"); does not count by itself.
    Governed,
    /// An appraisal without a target in its clause; does not count.
    Unattached,
    /// An entry of weight 0: its words are consumed but do not count.
    Blocking,
}

impl Status {
    /// The word used in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Asserted => "asserted",
            Status::Negated => "negated",
            Status::Conditional => "conditional",
            Status::Hedged => "hedged",
            Status::Governed => "governed",
            Status::Unattached => "unattached",
            Status::Blocking => "blocking",
        }
    }
}

/// One lexicon match in one statement. `contribution = weight x factor`, held
/// within [-1, 1].
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Id of the axis; empty for an appraisal without a target.
    pub axis: Name,
    /// What the entry is.
    pub kind: EntryKind,
    /// The entry's term, as typed in the lexicon.
    pub term: Name,
    /// The matched words in the body.
    pub span: Span,
    /// The entry's weight, in [-1, 1].
    pub weight: f64,
    /// How it counts.
    pub status: Status,
    /// Product of the shifters that touched it (and of the cue's class).
    pub factor: f64,
    /// What it adds to the axis, in [-1, 1] (VADER's rules may exceed it); 0 if it does not count.
    pub contribution: f64,
    /// For an appraisal: the words of the target it evaluates.
    pub target: Option<Span>,
    /// The shifters that touched it, with their multipliers, in text order.
    pub shifters: Vec<(Span, String, f64)>,
}

/// Why there is no score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoScore {
    /// No entry matched.
    NoMatch,
    /// Entries matched but none carries weight.
    NoWeight,
    /// The cue asks a question: no claim was made.
    Question,
    /// The lexicon has no terms for this language.
    Language,
}

impl NoScore {
    /// The word used in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            NoScore::NoMatch => "no_match",
            NoScore::NoWeight => "no_weight",
            NoScore::Question => "question",
            NoScore::Language => "language",
        }
    }
}

/// The value of one statement on one axis. Without evidence there is none: no evidence is not zero.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// Id of the axis, derived ones included.
    pub axis: Name,
    /// In [-1, 1], except on scales without bounds (see `score::Scale`), or the reason why there is none.
    pub value: Result<f64, NoScore>,
    /// Number of hits with weight on it.
    pub hits: usize,
    /// Number of them for the positive and for the negative pole.
    pub poles: (usize, usize),
    /// For a calibrated axis: feature, its value and its weight, where neither
    /// is 0; the score is the sum of the products, held within [-1, 1].
    pub parts: Vec<(Name, f64, f64)>,
}

/// The scores and hits of one statement under one lexicon.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scored {
    /// One per axis, in the lexicons' order, derived axes after their own
    /// lexicon's.
    pub scores: Vec<Score>,
    /// In text order.
    pub hits: Vec<Hit>,
}
