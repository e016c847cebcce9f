//! The features of the learned models as 32-bit hashes.
//!
//! Training and use share this file: any change of a feature needs newly trained weights.

pub(crate) mod cue;
pub(crate) mod tags;
pub(crate) mod verifier;

use crate::attribute::learned::units::{Candidate, ParagraphUnits, Unit, UnitClass, is_quotation};
use std::ops::Range;

/// Stands for units outside a window.
pub(crate) static OUTSIDE: Unit = Unit {
    tokens: 0..0,
    word: 0,
    ending: 0,
    class: UnitClass::Edge,
    sentence: 0,
    mention: 0,
    candidate: 0,
    accepted: false,
};

/// The units around a cue that may be its source or content.
pub struct CueWindow<'a> {
    /// All units of the paragraph.
    pub units: &'a [Unit],
    /// The window, as a range of `units`; it contains the cue.
    pub range: Range<usize>,
    /// The cue's units.
    pub cue: Range<usize>,
    /// Hash of the cue's lemma.
    pub lemma: u32,
    /// What the cue may govern, one bit per field of [`crate::model::Takes`].
    pub takes: u32,
}

/// Maximum number of sentences behind the cue's that may belong to the content.
const MAX_FOLLOWING_SENTENCES: usize = 4;

/// Maximum number of units of a window on each side of the cue: longer than sentences of prose are,
/// and a bound for texts without sentence ends.
pub const REACH: usize = 150;

impl<'a> CueWindow<'a> {
    /// The window of a candidate cue: its sentence, a sentence before it that is one quotation, and
    /// the quotations that open the sentences behind it.
    pub fn new(paragraph: &'a ParagraphUnits, candidate: &Candidate) -> Self {
        let units = paragraph.units.as_slice();
        let sentence = units[candidate.units.start].sentence;
        let mut start = candidate.units.start;
        let least = start.saturating_sub(REACH);
        while start > least && units[start - 1].sentence == sentence {
            start -= 1;
        }
        if start > 0 && is_quotation(units[start - 1].class) {
            let before = units[start - 1].sentence;
            let alone = start == 1 || units[start - 2].sentence != before;
            if alone {
                start -= 1;
            }
        }
        let mut end = candidate.units.end;
        let mut last = sentence;
        let mut followed = 0;
        let most = units.len().min(end + REACH);
        while end < most {
            if units[end].sentence != last {
                followed += 1;
                if followed > MAX_FOLLOWING_SENTENCES || !is_quotation(units[end].class) {
                    break;
                }
                last = units[end].sentence;
            }
            end += 1;
        }
        let takes = candidate.cue.entry.takes;
        let bits = [
            takes.clause,
            takes.quote,
            takes.infinitive,
            takes.object,
            takes.addressee,
            takes.prefix,
            takes.possessive,
            takes.agentless,
            takes.thought,
            takes.noun,
        ];
        CueWindow {
            units,
            range: start..end,
            cue: candidate.units.clone(),
            lemma: candidate.lemma,
            takes: bits.iter().fold(0, |sum, bit| sum * 2 + u32::from(*bit)),
        }
    }

    /// The unit `offset` places from another; [`OUTSIDE`] beyond the window.
    pub(crate) fn at(&self, index: usize, offset: isize) -> &Unit {
        let place = index as isize + offset;
        if place < self.range.start as isize || place >= self.range.end as isize {
            return &OUTSIDE;
        }
        &self.units[place as usize]
    }
}

/// A distance in units as one of eleven ranges.
pub(crate) fn bucket(distance: usize) -> u32 {
    match distance {
        0..=6 => distance as u32,
        7..=9 => 7,
        10..=14 => 8,
        15..=24 => 9,
        _ => 10,
    }
}
