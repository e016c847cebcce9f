//! Lexicons: axes, entries with weights, and the patterns of entries.

use crate::model::interned::Name;
use serde::Serialize;
use std::collections::BTreeMap;

/// A scale with two named poles.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Axis {
    /// Unique, snake_case; also the column's name.
    pub id: Name,
    /// Display name.
    pub name: String,
    /// Name of the pole at -1.
    pub negative: String,
    /// Name of the pole at +1.
    pub positive: String,
}

/// An axis that is a linear combination of others.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Derived {
    /// The axis itself.
    pub axis: Axis,
    /// Factor of each axis; an axis without evidence counts 0, and the sum is
    /// held within [-1, 1]. Without evidence on any, the result is absent.
    pub formula: BTreeMap<String, f64>,
}

/// What an entry does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// Names the subject of an opinion.
    Target,
    /// Evaluates a target in its clause.
    Appraisal,
    /// Scores by itself.
    Term,
}

impl EntryKind {
    /// All kinds with the word used in files and tables.
    pub const ALL: [(EntryKind, &'static str); 3] =
        [(EntryKind::Target, "target"), (EntryKind::Appraisal, "appraisal"), (EntryKind::Term, "term")];

    /// The word used in files and tables.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("term", |(_, word)| word)
    }
}

/// One part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PatternPart {
    /// This folded word exactly.
    Word(String),
    /// A folded word with `*` for any characters, kept as typed.
    Glob(String),
    /// At most three words of any kind.
    Gap,
}

/// The words an entry matches: folded, inside one clause or sentence.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pattern {
    /// At least one part that is not a gap; gaps never first or last.
    pub parts: Vec<PatternPart>,
}

/// One row of a `terms.*.csv`.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// As typed.
    pub term: Name,
    /// Parsed.
    pub pattern: Pattern,
    /// What it does.
    pub kind: EntryKind,
    /// Index into [`Lexicon::axes`]; None for an appraisal of any axis.
    pub axis: Option<usize>,
    /// Its value without shifters, in [-1, 1]. A `term` of weight 0 consumes
    /// its words without scoring; a target of negative weight names the
    /// opposite of its axis ("isolation"), so that what is said for it counts
    /// against the axis.
    pub weight: f64,
    /// Its value under negation, in [-1, 1]; `-weight` unless the file says otherwise. "We were swallowed" and "we will not be swallowed" are
    /// both against it; to lose a thing is feared, and so is not losing it.
    pub negated: f64,
    /// For an appraisal: its effect on its target, for an appraisal that governs both ("a mistake to give up
    /// ..."): +1 more of it, -1 less of it, 0 no change, as with adjectives.
    pub direction: i8,
    /// Why it is in the lexicon.
    pub note: String,
    /// Language code.
    pub language: String,
    /// File and line, for messages.
    pub place: String,
}

/// Fitted weights of the named features of one axis (see `score::features`).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Calibration {
    /// Feature and weight, in the file's order; a weight is what one unit of
    /// the feature (they lie in [-1, 1]) adds to the score.
    pub weights: Vec<(Name, f64)>,
}

/// A lexicon.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lexicon {
    /// Unique, kebab-case.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Its own version.
    pub version: String,
    /// Codes of the languages it has terms for.
    pub languages: Vec<String>,
    /// Scored axes.
    pub axes: Vec<Axis>,
    /// Combinations of them.
    pub derived: Vec<Derived>,
    /// Fitted weights by axis, derived ones included; an axis without any is
    /// the bounded mean of its hits, or its formula.
    pub calibration: BTreeMap<String, Calibration>,
    /// In the order of the files.
    pub entries: Vec<Entry>,
}

impl Lexicon {
    /// All axes, derived ones behind the others.
    pub fn all_axes(&self) -> impl Iterator<Item = &Axis> {
        self.axes.iter().chain(self.derived.iter().map(|derived| &derived.axis))
    }

    /// The factor of each scored axis in an axis of this lexicon: its formula if it is
    /// derived, else the axis itself with factor 1. Empty for an axis of another lexicon.
    pub fn formula(&self, axis: &str) -> BTreeMap<String, f64> {
        if let Some(derived) = self.derived.iter().find(|derived| derived.axis.id == axis) {
            return derived.formula.clone();
        }
        let own = self.axes.iter().filter(|own| own.id == axis);
        own.map(|own| (own.id.to_string(), 1.0)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_that_of_a_derived_axis_or_the_axis_itself() {
        let axis = |id: &str| Axis { id: id.into(), ..Axis::default() };
        let formula = BTreeMap::from([("a".to_string(), 1.0), ("b".to_string(), -1.0)]);
        let derived = vec![Derived { axis: axis("c"), formula: formula.clone() }];
        let lexicon = Lexicon { axes: vec![axis("a"), axis("b")], derived, ..Lexicon::default() };
        let ids: Vec<&str> = lexicon.all_axes().map(|axis| axis.id.as_str()).collect();
        assert_eq!(ids, ["a", "b", "c"]);
        assert_eq!(lexicon.formula("c"), formula);
        assert_eq!(lexicon.formula("b"), BTreeMap::from([("b".to_string(), 1.0)]));
        assert!(lexicon.formula("x").is_empty());
    }
}
