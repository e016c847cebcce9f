//! The features by which the classifier decides about a candidate cue.

use crate::attribute::learned::features::{CueWindow, bucket};
use crate::attribute::learned::hash::mix;
use crate::attribute::learned::units::{ParagraphUnits, Unit, UnitClass, is_quotation};

/// The features by which the classifier decides about a candidate cue.
pub fn cue_features(paragraph: &ParagraphUnits, index: usize, into: &mut Vec<u32>) {
    into.clear();
    let candidate = &paragraph.candidates[index];
    let window = CueWindow::new(paragraph, candidate);
    let (first, last) = (candidate.units.start, candidate.units.end - 1);
    let before = |offset: isize| window.at(first, -offset);
    let after = |offset: isize| window.at(last, offset);
    let form = window.units[first].word;
    let lemma = candidate.lemma;
    let takes = window.takes;
    let (b1, b2, b3) = (before(1), before(2), before(3));
    let (a1, a2, a3) = (after(1), after(2), after(3));
    let c = |unit: &Unit| unit.class as u32;
    let mut add = |template: u32, a: u32, b: u32, d: u32| into.push(mix(template, [a, b, d]));
    add(1, 0, 0, 0);
    add(2, form, 0, 0);
    add(3, lemma, 0, 0);
    add(4, takes, 0, 0);
    add(5, b1.word, 0, 0);
    add(6, a1.word, 0, 0);
    add(7, b1.word, form, 0);
    add(8, form, a1.word, 0);
    add(9, c(b1), c(a1), 0);
    add(10, c(b1), c(a1), form);
    add(11, c(b2), c(b1), form);
    add(12, form, c(a1), c(a2));
    add(13, b2.word, b1.word, 0);
    add(14, a1.word, a2.word, 0);
    add(15, lemma, a1.word, 1);
    add(16, lemma, b1.word, 1);
    add(17, lemma, c(b1), 0);
    add(18, lemma, c(a1), 0);
    add(19, c(b2), c(b1), takes);
    add(20, c(a1), c(a2), takes);
    add(21, c(b3), c(b2), c(b1));
    add(22, c(a1), c(a2), c(a3));
    add(23, b1.ending, c(b1), 0);
    add(24, a1.ending, c(a1), 0);
    add(25, u32::from(b1.mention), u32::from(a1.mention), form);
    add(26, b2.word, 0, 0);
    add(27, a2.word, 0, 0);
    add(28, b1.word, a1.word, 0);
    // "the key signal": the bare form behind a singular is a noun.
    let bare = u32::from(form == lemma);
    add(48, bare, b1.ending, c(b1));
    add(49, bare, c(b2) * 64 + c(b1), c(a1));
    add(50, bare, c(b3) * 4096 + c(b2) * 64 + c(b1), takes);
    let Surroundings { quotes, scares, scare_before, commas, cues, that, left_subject } =
        Surroundings::new(&window, first, last);
    let position = u32::from(first == window.range.start) + 2 * u32::from(c(a1) == UnitClass::Stop as u32);
    add(30, quotes[0], quotes[1], form);
    add(31, quotes[0], quotes[1], c(b1) * 64 + c(a1));
    add(32, commas[0], commas[1], 0);
    add(33, that, form, 0);
    add(34, that, takes, c(b1));
    add(35, cues[0], cues[1], 0);
    add(36, cues[0], form, 0);
    add(37, position, form, 0);
    add(38, left_subject, c(b1), form);
    add(39, left_subject, c(b1), 0);
    add(40, quotes[0], quotes[1], takes);
    let right = (window.range.end - last).min(12) as u32;
    add(41, right, form, 0);
    add(42, right, takes, c(a1));
    add(43, scares[1], form, 0);
    add(44, scares[1], takes, c(a1));
    add(45, u32::from(scares[1] > 0), lemma, commas[1]);
    add(46, u32::from(scares[1] > 0), scare_before, takes);
    add(47, scares[0], scares[1], takes);
}

/// What surrounds a candidate cue; pairs are for the units before and behind it.
struct Surroundings {
    /// Number of quotations of more than three words, at most 2.
    quotes: [u32; 2],
    /// Distance of the nearest quotation in its sentence, in buckets; 0 without one.
    scares: [u32; 2],
    /// Hash of the word before the quotation that was found last.
    scare_before: u32,
    /// Number of commas in its sentence, at most 3.
    commas: [u32; 2],
    /// Number of other candidate cues in its sentence, at most 2.
    cues: [u32; 2],
    /// Distance of "that" behind it, in buckets; 0 without one.
    that: u32,
    /// Distance of the last possible subject before it, in buckets; 0 without one.
    left_subject: u32,
}

impl Surroundings {
    /// `first` and `last` are the units of the cue.
    fn new(window: &CueWindow, first: usize, last: usize) -> Self {
        let mut quotes = [0u32; 2];
        let mut scares = [0u32; 2];
        let mut scare_before = 0;
        let mut commas = [0u32; 2];
        let mut cues = [0u32; 2];
        let mut that = 0;
        let mut left_subject = 0;
        let sentence = window.units[first].sentence;
        for place in window.range.clone() {
            let unit = &window.units[place];
            if (first..=last).contains(&place) {
                continue;
            }
            let side = usize::from(place > last);
            if unit.class as u8 >= UnitClass::Quote as u8 && unit.class as u8 <= UnitClass::QuoteStop as u8 {
                quotes[side] = (quotes[side] + 1).min(2);
            }
            if unit.sentence != sentence {
                continue;
            }
            if is_quotation(unit.class) && scares[side] == 0 {
                scares[side] = bucket(place.abs_diff(if side == 1 { last } else { first }));
                scare_before = window.at(place, -1).word;
            }
            match unit.class {
                UnitClass::Comma => commas[side] = (commas[side] + 1).min(3),
                UnitClass::Complementizer if side == 1 && that == 0 => that = bucket(place - last),
                UnitClass::Subject | UnitClass::Name | UnitClass::Relative if side == 0 => {
                    left_subject = bucket(first - place);
                }
                _ => {}
            }
            if unit.candidate > 0 && unit.class == UnitClass::Cue {
                cues[side] = (cues[side] + 1).min(2);
            }
        }
        Surroundings { quotes, scares, scare_before, commas, cues, that, left_subject }
    }
}
