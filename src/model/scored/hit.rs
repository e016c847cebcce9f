//! Hits and scores: what a lexicon found in a statement and what it is worth.
//!
//! Lives here: the values. May not live here: how they are computed.

use crate::model::interned::Name;
use crate::model::lexicon::EntryKind;
use crate::model::text::Span;
use serde::Serialize;

/// What was done with a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Counts as it stands.
    Asserted,
    /// Its sign was turned.
    Negated,
    /// Damped: it depends on something.
    Conditional,
    /// Damped: uncertain.
    Hedged,
    /// Part of what another hit says ("a mistake to *lose* it"): counts nothing
    /// by itself.
    Governed,
    /// An appraisal without a target in its clause: counts nothing.
    Unattached,
    /// Consumes its words, counts nothing (weight 0).
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
    /// What was done with it.
    pub status: Status,
    /// Product of the shifters that touched it (and of the cue's class).
    pub factor: f64,
    /// What it adds to the axis, in [-1, 1] (VADER's rules may exceed it); 0 when it
    /// counts nothing.
    pub contribution: f64,
    /// For an appraisal: the words of the target it values.
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

/// The value of one statement on one axis. Absent without evidence: nothing
/// said is not zero.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// Id of the axis, derived ones included.
    pub axis: Name,
    /// In [-1, 1] (but on scales and by presets without ends, see `score::Scale`), or
    /// the reason why there is none.
    pub value: Result<f64, NoScore>,
    /// How many hits carried weight on it.
    pub hits: usize,
    /// How many of them spoke for the positive and for the negative pole.
    pub poles: (usize, usize),
    /// For a calibrated axis: feature, its value and its weight, where neither
    /// is 0; the score is the sum of the products, held within [-1, 1].
    pub parts: Vec<(Name, f64, f64)>,
}

/// All that scoring says about one statement.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scored {
    /// One per axis, in the lexicons' order, derived axes after their own
    /// lexicon's.
    pub scores: Vec<Score>,
    /// In text order.
    pub hits: Vec<Hit>,
}
