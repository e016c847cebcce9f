//! A target with the words that value it.

use crate::model::{Entry, Language, Text};
use crate::score::compositional::clauses::Clause;
use crate::score::lookup::matched::Match;

/// Maximum number of targets that one appraisal values together.
pub const COORDINATED: usize = 8;

/// A match and the clause that holds it.
pub struct PlacedMatch {
    /// The match.
    pub found: Match,
    /// Index of its clause.
    pub clause: usize,
}

/// A target or term, and the appraisals that value it (indices of matches).
pub struct TargetGroup {
    /// The target or term.
    pub target: usize,
    /// Appraisals before it, the nearest first: each governs those before it
    /// in this list ("afraid of | losing | our sovereignty").
    pub before: Vec<usize>,
    /// Appraisals behind it, in text order, each of the whole.
    pub behind: Vec<usize>,
    /// Appraisals of another clause that take up the target, and how.
    pub later: Vec<(usize, Link)>,
}

impl TargetGroup {
    /// A target that nothing values yet.
    pub fn new(target: usize) -> Self {
        TargetGroup { target, before: Vec::new(), behind: Vec::new(), later: Vec::new() }
    }
}

/// How an appraisal takes up a target of another clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// By a pronoun of the third person.
    Pronoun,
    /// Only by standing next to it.
    Adjacent,
    /// As the consequence of what the other clause says.
    Consequence,
}

/// A stretch of text with all that is needed to read it.
pub struct Passage<'a> {
    /// The segmented body.
    pub text: &'a Text,
    /// Rules of its language.
    pub language: &'a Language,
    /// Its clauses.
    pub clauses: &'a [Clause],
    /// Entries of the lexicon.
    pub entries: &'a [Entry],
}

/// True if an appraisal of an axis (None: of any axis) may value a target. A target without a
/// weight of its own (a partner, a power) is valued only by appraisals of its axis, because
/// "Russia is strong" takes no position on a union.
pub fn can_value(axis: Option<usize>, target: &Entry) -> bool {
    axis == target.axis || axis.is_none() && target.weight != 0.0
}
