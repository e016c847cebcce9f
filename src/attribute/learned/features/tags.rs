//! The features of the tagger: of each unit around a cue, and of neighbouring units.

use crate::attribute::learned::features::{CueWindow, bucket};
use crate::attribute::learned::hash::mix;
use crate::attribute::learned::units::{Unit, UnitClass, is_quotation};

/// Summary of the units between a cue and a unit, built up with growing distance from the cue.
#[derive(Clone, Copy, Default)]
struct Between {
    commas: u32,
    quotes: u32,
    cues: u32,
    /// The classes of the four units nearest to the cue, nearest first.
    path: u32,
    units: u32,
}

/// Number of features of each kind that every unit has.
const EMISSION: usize = 28;
const TRANSITION: usize = 15;

/// Writes features behind the first `count` and returns the new count.
fn append<const N: usize>(into: &mut [u32], count: usize, features: [u32; N]) -> usize {
    if let Some(places) = into.get_mut(count..count + N) {
        places.copy_from_slice(&features);
    }
    count + N
}

/// Calls `each` for every unit of a window but the cue, in reading order, with its index, its
/// emission features (of the unit) and its transition features (of the unit and the one before it).
/// `others` is the role of each unit for other cues (see `speech::roles_for_others`), or empty.
pub fn tag_features(window: &CueWindow, others: &[u8], mut each: impl FnMut(usize, &[u32], &[u32])) {
    let (first, last) = (window.cue.start, window.cue.end - 1);
    let sentence = window.units[first].sentence;
    let mut betweens: Vec<Between> = vec![Between::default(); window.range.len()];
    let mut between = Between::default();
    for place in (window.range.start..first).rev() {
        betweens[place - window.range.start] = between;
        extend(&mut between, &window.units[place]);
    }
    between = Between::default();
    for place in last + 1..window.range.end {
        betweens[place - window.range.start] = between;
        extend(&mut between, &window.units[place]);
    }
    let b1 = window.at(first, -1);
    let a1 = window.at(last, 1);
    let a2 = window.at(last, 2);
    let pattern = b1.class as u32 * 64 + a1.class as u32;
    let (mut emission, mut transition) = ([0; EMISSION + 10], [0; TRANSITION + 3]);
    for place in window.range.clone() {
        if (first..=last).contains(&place) {
            continue;
        }
        let unit = &window.units[place];
        let side = u32::from(place > last);
        let distance = if place > last { place - last } else { first - place };
        let near = bucket(distance);
        let between = betweens[place - window.range.start];
        let (p1, p2) = (window.at(place, -1), window.at(place, -2));
        let (n1, n2) = (window.at(place, 1), window.at(place, 2));
        let c = |unit: &Unit| unit.class as u32;
        let ahead = (unit.sentence as i64 - sentence as i64).clamp(-1, 3) as u32;
        let lemma = window.lemma;
        let starts = u32::from(p1.sentence != unit.sentence || place == window.range.start);
        // Some values are hashes, so the sum may overflow.
        let feature = |template: u32, a: u32, b: u32, d: u32| {
            mix(template, [a, b, d.wrapping_mul(2).wrapping_add(side)])
        };
        let always = [
            feature(100, 0, 0, 0),
            feature(101, unit.word, 0, 0),
            feature(104, c(p1), c(unit), c(n1)),
            feature(105, unit.ending, c(unit), 0),
            feature(106, near, c(unit), 0),
            feature(107, near, pattern, 0),
            feature(108, between.commas, between.quotes, pattern),
            feature(109, between.commas, c(unit), 0),
            feature(110, unit.word, near.min(7), 0),
            feature(111, lemma, near, 0),
            feature(112, lemma, c(unit), between.commas),
            feature(113, u32::from(unit.mention), near, pattern),
            feature(114, ahead, c(unit), between.quotes),
            feature(115, between.path, between.units.min(4), 0),
            feature(116, between.path, c(unit), between.units.min(4)),
            feature(117, between.cues, near, 0),
            feature(118, between.cues, c(unit), between.commas),
            feature(119, a1.word, near, 0),
            feature(120, a1.word, between.commas, c(unit)),
            feature(121, c(p2), c(p1), c(unit)),
            feature(122, c(unit), c(n1), c(n2)),
            feature(123, pattern, c(unit), near.min(4)),
            feature(124, lemma, pattern, near.min(4)),
            feature(125, window.takes, near, c(unit)),
            feature(126, starts, c(unit), pattern),
            feature(127, c(a1) * 64 + c(a2), near.min(7), between.commas),
            feature(128, u32::from(unit.accepted), between.cues, near),
            feature(129, lemma, between.path, between.units.min(4)),
        ];
        let mut emissions = append(&mut emission, 0, always);
        if is_quotation(unit.class) {
            let quoted = [
                feature(130, between.quotes, between.cues, c(unit)),
                feature(131, between.quotes, between.cues * 8 + starts, pattern),
                feature(132, between.path, between.units.min(4) * 64 + c(unit), between.cues),
                feature(133, between.quotes * 4 + between.cues, lemma, c(a1)),
                feature(134, between.units.min(12), between.commas, between.quotes * 4 + between.cues),
            ];
            emissions = append(&mut emission, emissions, quoted);
        }
        let always = [
            feature(200, 0, 0, 0),
            feature(201, unit.word, 0, 0),
            feature(202, p1.word, 0, 0),
            feature(203, c(p1), c(unit), 0),
            feature(204, near, 0, 0),
            feature(205, c(unit), c(n1), 0),
            feature(208, c(p1), c(unit), c(n1)),
            feature(209, c(unit), c(n1), c(n2)),
            feature(210, next_cue(window, place), c(unit), 0),
            feature(211, near.min(4), pattern, 0),
            feature(212, ahead, c(unit), starts),
            feature(213, between.commas, c(unit), c(p1)),
            feature(214, unit.ending, c(p1), 0),
            feature(215, lemma, c(unit), c(p1)),
            feature(217, near.min(8), c(unit), c(p1)),
        ];
        let mut transitions = append(&mut transition, 0, always);
        if !others.is_empty() {
            let other = |index: usize| u32::from(others.get(index).copied().unwrap_or(0));
            let at = place - window.range.start;
            let (own, next) = (other(at), other(at + 1));
            let before = at.checked_sub(1).map_or(0, other);
            let rivals = [
                feature(150, own, c(unit), 0),
                feature(151, own, before, c(unit)),
                feature(152, own, next, c(unit)),
                feature(153, own, near.min(7), pattern),
                feature(154, own, between.cues, lemma),
            ];
            emissions = append(&mut emission, emissions, rivals);
            let rivals = [
                feature(250, own, before, c(unit)),
                feature(251, own, next, c(unit)),
                feature(252, own * 8 + before, next, other(at + 2)),
            ];
            transitions = append(&mut transition, transitions, rivals);
        }
        each(place, &emission[..emissions], &transition[..transitions]);
    }
}

fn extend(between: &mut Between, unit: &Unit) {
    match unit.class {
        UnitClass::Comma => between.commas = (between.commas + 1).min(4),
        class if is_quotation(class) => between.quotes = (between.quotes + 1).min(2),
        _ => {}
    }
    if unit.accepted {
        between.cues = (between.cues + 1).min(2);
    }
    if between.units < 4 {
        between.path = between.path * 64 + unit.class as u32;
    }
    between.units += 1;
}

/// Distance in units, plus one, to the next accepted cue of the sentence; 0 if there is none within
/// the next five units.
fn next_cue(window: &CueWindow, place: usize) -> u32 {
    let sentence = window.units[place].sentence;
    (place..window.range.end.min(place + 6))
        .take_while(|next| window.units[*next].sentence == sentence)
        .find(|next| !window.cue.contains(next) && window.units[*next].accepted)
        .map_or(0, |next| (next - place + 1) as u32)
}
