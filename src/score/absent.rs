//! Scores that are absent. A statement without evidence has no score, never 0.

use crate::model::{Lexicon, Name, NoScore, Score, Scored};

/// An axis without a score, for a reason.
pub fn without(axis: Name, reason: NoScore) -> Score {
    Score { axis, value: Err(reason), hits: 0, poles: (0, 0), parts: Vec::new() }
}

/// No score on any axis of a lexicon, for one reason.
pub fn without_any(lexicon: &Lexicon, reason: NoScore) -> Scored {
    let axes = lexicon.axes.iter().map(|axis| axis.id);
    let derived = lexicon.derived.iter().map(|derived| derived.axis.id);
    Scored { scores: axes.chain(derived).map(|axis| without(axis, reason)).collect(), hits: Vec::new() }
}
