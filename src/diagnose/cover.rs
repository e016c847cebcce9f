//! Whether one pattern matches whatever another matches.

use crate::model::{Entry, Pattern, PatternPart, glob};

/// Entries can only stand in for each other in one language, on one axis, with
/// equally many parts and the same first letter (globs hardly ever begin with
/// `*`, and those that do are compared among themselves only).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    language: String,
    axis: Option<usize>,
    parts: usize,
    first: Option<char>,
}

impl Place {
    /// The group of entries with which an entry competes.
    pub fn of(entry: &Entry) -> Self {
        let first = entry.pattern.parts.first().and_then(|part| match part {
            PatternPart::Word(word) | PatternPart::Glob(word) => word.chars().next(),
            PatternPart::Gap => None,
        });
        let parts = entry.pattern.parts.len();
        Place { language: entry.language.clone(), axis: entry.axis, parts, first }
    }
}

/// True if `wide` matches all that `narrow` matches, part by part. A `*` of the
/// narrow one is taken as a letter that only a `*` can match, which errs on the
/// side of no.
pub fn covers(wide: &Pattern, narrow: &Pattern) -> bool {
    wide.parts.len() == narrow.parts.len()
        && wide.parts.iter().zip(&narrow.parts).all(|(wide, narrow)| match (wide, narrow) {
            (PatternPart::Glob(wide), PatternPart::Word(word) | PatternPart::Glob(word)) => glob(wide, word),
            _ => wide == narrow,
        })
}

/// Which of two wins that match the same words: fewer globs, then more letters,
/// then the greater weight (as `score` does it).
pub fn rank(entry: &Entry) -> (usize, usize, u64) {
    let parts = || entry.pattern.parts.iter();
    let globs = parts().filter(|part| matches!(part, PatternPart::Glob(_))).count();
    let letters = parts()
        .map(|part| match part {
            PatternPart::Word(word) | PatternPart::Glob(word) => word.chars().count(),
            PatternPart::Gap => 0,
        })
        .sum();
    (usize::MAX - globs, letters, (entry.weight.abs() * 1e6) as u64)
}
