//! What the learned part looks at.
//!
//! Lives here: the features of a candidate cue and of a unit beside a cue, as
//! numbers. May not live here: weights, or labels. Training and use share this
//! file: a change here asks for new weights.

use crate::attribute::learned::hash::mix;
use crate::attribute::learned::speech::Claim;
use crate::attribute::learned::tagger::Label;
use crate::attribute::learned::units::{Candidate, Class, Row, Unit, is_quotation};
use std::ops::Range;

/// Units out of reach.
static NOWHERE: Unit = Unit {
    tokens: 0..0,
    word: 0,
    ending: 0,
    class: Class::Edge,
    sentence: 0,
    mention: 0,
    candidate: 0,
    accepted: false,
};

/// A window of units around a cue.
pub struct Window<'a> {
    /// The paragraph.
    pub units: &'a [Unit],
    /// The units that may be source or content.
    pub range: Range<usize>,
    /// The cue's units.
    pub cue: Range<usize>,
    /// The cue's lemma as a number.
    pub lemma: u32,
    /// What the cue may govern, as bits.
    pub takes: u32,
}

/// How many sentences behind the cue's may belong to what was said.
const FOLLOWING: usize = 4;

/// How many units on each side of a cue are looked at: more than any sentence
/// of prose has, and a bound for texts that never end one.
pub const REACH: usize = 150;

impl<'a> Window<'a> {
    /// The window of a candidate: its sentence, with the quotation that stands
    /// alone before it and those that open the sentences behind it.
    pub fn new(row: &'a Row, candidate: &Candidate) -> Self {
        let units = row.units.as_slice();
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
                if followed > FOLLOWING || !is_quotation(units[end].class) {
                    break;
                }
                last = units[end].sentence;
            }
            end += 1;
        }
        let takes = candidate.found.cue.takes;
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
        Window {
            units,
            range: start..end,
            cue: candidate.units.clone(),
            lemma: candidate.lemma,
            takes: bits.iter().fold(0, |sum, bit| sum * 2 + u32::from(*bit)),
        }
    }

    fn at(&self, index: usize, offset: isize) -> &Unit {
        let place = index as isize + offset;
        if place < self.range.start as isize || place >= self.range.end as isize {
            return &NOWHERE;
        }
        &self.units[place as usize]
    }
}

fn bucket(distance: usize) -> u32 {
    match distance {
        0..=6 => distance as u32,
        7..=9 => 7,
        10..=14 => 8,
        15..=24 => 9,
        _ => 10,
    }
}

/// The features by which a candidate is judged.
pub fn judge(row: &Row, index: usize, into: &mut Vec<u32>) {
    into.clear();
    let candidate = &row.candidates[index];
    let window = Window::new(row, candidate);
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
    // The sentence around it.
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
        if unit.class as u8 >= Class::Quote as u8 && unit.class as u8 <= Class::QuoteStop as u8 {
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
            Class::Comma => commas[side] = (commas[side] + 1).min(3),
            Class::Complementizer if side == 1 && that == 0 => that = bucket(place - last),
            Class::Subject | Class::Name | Class::Relative if side == 0 => {
                left_subject = bucket(first - place);
            }
            _ => {}
        }
        if unit.candidate > 0 && unit.class == Class::Cue {
            cues[side] = (cues[side] + 1).min(2);
        }
    }
    let position = u32::from(first == window.range.start) + 2 * u32::from(c(a1) == Class::Stop as u32);
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

/// What the units between a cue and a unit have in common for all units on one
/// side, gathered while walking away from the cue.
#[derive(Clone, Copy, Default)]
struct Way {
    commas: u32,
    quotes: u32,
    cues: u32,
    /// Classes met, the nearest to the cue first, four of them.
    path: u32,
    steps: u32,
}

/// How many features of each kind every unit has.
const EMISSION: usize = 28;
const TRANSITION: usize = 15;

/// Writes features behind the first `count`, and says how many there are then.
fn put<const N: usize>(into: &mut [u32], count: usize, features: [u32; N]) -> usize {
    if let Some(places) = into.get_mut(count..count + N) {
        places.copy_from_slice(&features);
    }
    count + N
}

/// The features of every unit of a window, for the labels that follow one
/// another: `emission` features speak of a unit, `transition` features of a
/// unit and the one before it. Called once for each unit of `window.range`
/// that is not the cue, in reading order, with its features.
pub fn tags(window: &Window, others: &[u8], mut each: impl FnMut(usize, &[u32], &[u32])) {
    let (first, last) = (window.cue.start, window.cue.end - 1);
    let sentence = window.units[first].sentence;
    let mut ways: Vec<Way> = vec![Way::default(); window.range.len()];
    let mut way = Way::default();
    for place in (window.range.start..first).rev() {
        ways[place - window.range.start] = way;
        step(&mut way, &window.units[place]);
    }
    way = Way::default();
    for place in last + 1..window.range.end {
        ways[place - window.range.start] = way;
        step(&mut way, &window.units[place]);
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
        let way = ways[place - window.range.start];
        let (p1, p2) = (window.at(place, -1), window.at(place, -2));
        let (n1, n2) = (window.at(place, 1), window.at(place, 2));
        let c = |unit: &Unit| unit.class as u32;
        let ahead = (unit.sentence as i64 - sentence as i64).clamp(-1, 3) as u32;
        let lemma = window.lemma;
        let starts = u32::from(p1.sentence != unit.sentence || place == window.range.start);
        // Values are hashes here and there: the sum may leave the number's range.
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
            feature(108, way.commas, way.quotes, pattern),
            feature(109, way.commas, c(unit), 0),
            feature(110, unit.word, near.min(7), 0),
            feature(111, lemma, near, 0),
            feature(112, lemma, c(unit), way.commas),
            feature(113, u32::from(unit.mention), near, pattern),
            feature(114, ahead, c(unit), way.quotes),
            feature(115, way.path, way.steps.min(4), 0),
            feature(116, way.path, c(unit), way.steps.min(4)),
            feature(117, way.cues, near, 0),
            feature(118, way.cues, c(unit), way.commas),
            feature(119, a1.word, near, 0),
            feature(120, a1.word, way.commas, c(unit)),
            feature(121, c(p2), c(p1), c(unit)),
            feature(122, c(unit), c(n1), c(n2)),
            feature(123, pattern, c(unit), near.min(4)),
            feature(124, lemma, pattern, near.min(4)),
            feature(125, window.takes, near, c(unit)),
            feature(126, starts, c(unit), pattern),
            feature(127, c(a1) * 64 + c(a2), near.min(7), way.commas),
            feature(128, u32::from(unit.accepted), way.cues, near),
            feature(129, lemma, way.path, way.steps.min(4)),
        ];
        let mut emissions = put(&mut emission, 0, always);
        if is_quotation(unit.class) {
            let quoted = [
                feature(130, way.quotes, way.cues, c(unit)),
                feature(131, way.quotes, way.cues * 8 + starts, pattern),
                feature(132, way.path, way.steps.min(4) * 64 + c(unit), way.cues),
                feature(133, way.quotes * 4 + way.cues, lemma, c(a1)),
                feature(134, way.steps.min(12), way.commas, way.quotes * 4 + way.cues),
            ];
            emissions = put(&mut emission, emissions, quoted);
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
            feature(213, way.commas, c(unit), c(p1)),
            feature(214, unit.ending, c(p1), 0),
            feature(215, lemma, c(unit), c(p1)),
            feature(217, near.min(8), c(unit), c(p1)),
        ];
        let mut transitions = put(&mut transition, 0, always);
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
                feature(154, own, way.cues, lemma),
            ];
            emissions = put(&mut emission, emissions, rivals);
            let rivals = [
                feature(250, own, before, c(unit)),
                feature(251, own, next, c(unit)),
                feature(252, own * 8 + before, next, other(at + 2)),
            ];
            transitions = put(&mut transition, transitions, rivals);
        }
        each(place, &emission[..emissions], &transition[..transitions]);
    }
}

fn step(way: &mut Way, unit: &Unit) {
    match unit.class {
        Class::Comma => way.commas = (way.commas + 1).min(4),
        class if is_quotation(class) => way.quotes = (way.quotes + 1).min(2),
        _ => {}
    }
    if unit.accepted {
        way.cues = (way.cues + 1).min(2);
    }
    if way.steps < 4 {
        way.path = way.path * 64 + unit.class as u32;
    }
    way.steps += 1;
}

/// How far ahead the next accepted cue of the same sentence stands, in steps
/// of a few units; 0 when there is none near.
fn next_cue(window: &Window, place: usize) -> u32 {
    let sentence = window.units[place].sentence;
    (place..window.range.end.min(place + 6))
        .take_while(|next| window.units[*next].sentence == sentence)
        .find(|next| !window.cue.contains(next) && window.units[*next].accepted)
        .map_or(0, |next| (next - place + 1) as u32)
}

/// The features by which a labelled window is verified.
pub fn verify(row: &Row, claim: &Claim, others: &[u8], into: &mut Vec<u32>) {
    into.clear();
    let candidate = &row.candidates[claim.candidate];
    let window = Window::new(row, candidate);
    let (first, last) = (candidate.units.start, candidate.units.end - 1);
    let (b1, a1) = (window.at(first, -1), window.at(last, 1));
    let c = |unit: &Unit| unit.class as u32;
    let lemma = candidate.lemma;
    let form = window.units[first].word;
    let chance = (candidate.chance.clamp(0.0, 1.0) * 10.0).round() as u32;
    let mut sizes = [0usize; 2];
    let mut quotes = 0u32;
    let mut pieces = 0u32;
    let mut source = 0u32;
    let mut contested = [0usize; 2];
    let mut inside_cue = 0u32;
    let mut opening = &NOWHERE;
    let mut before_opening = &NOWHERE;
    let mut closing = &NOWHERE;
    let mut after_closing = &NOWHERE;
    let mut previous: Option<usize> = None;
    let mut sentences = 0u32;
    for (place, label) in &claim.labels {
        let unit = &window.units[*place];
        match label {
            Label::Source => {
                source = source.max(1 + u32::from(*place > last) + 2 * u32::from(unit.mention > 0));
            }
            label if label.said() => {
                sizes[usize::from(*place > last)] += unit.tokens.len();
                if previous != place.checked_sub(1) || pieces == 0 {
                    pieces += 1;
                    if pieces == 1 {
                        opening = unit;
                        before_opening = window.at(*place, -1);
                    }
                }
                if unit.sentence != window.units[first].sentence {
                    sentences = 1;
                }
                previous = Some(*place);
                closing = unit;
                after_closing = window.at(*place, 1);
                quotes += u32::from(is_quotation(unit.class));
                inside_cue += u32::from(unit.accepted);
                match others.get(place - window.range.start).copied().unwrap_or(0) {
                    3 => contested[0] += unit.tokens.len(),
                    4 => contested[1] += unit.tokens.len(),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    let size = |tokens: usize| match tokens {
        0..=4 => tokens as u32,
        5..=6 => 5,
        7..=10 => 6,
        11..=20 => 7,
        _ => 8,
    };
    let (left, right) = (size(sizes[0]), size(sizes[1]));
    let share = |tokens: usize| (tokens * 4).checked_div(sizes[0] + sizes[1]).unwrap_or(0) as u32;
    let contest = share(contested[0]) * 8 + share(contested[1]);
    let mut add = |template: u32, a: u32, b: u32, d: u32| into.push(mix(template, [a, b, d]));
    add(300, 0, 0, 0);
    add(301, chance, 0, 0);
    add(302, chance, lemma, 0);
    add(303, left, right, 0);
    add(304, left, right, chance);
    add(305, source, chance, 0);
    add(306, source, lemma, 0);
    add(307, quotes.min(2), pieces, 0);
    add(308, quotes.min(2), pieces, chance);
    add(309, c(b1), c(a1), pieces);
    add(310, c(opening), c(before_opening), 0);
    add(311, c(closing), c(after_closing), 0);
    add(312, opening.word, lemma, 0);
    add(313, opening.word, 0, 0);
    add(314, contest, chance, 0);
    add(315, contest, source, 0);
    add(316, inside_cue.min(2), pieces, left);
    add(317, lemma, left, right);
    add(318, form, source, right);
    add(319, window.takes, left, right);
    add(320, sentences, quotes.min(2), pieces);
    add(321, opening.ending, right, 0);
    add(322, before_opening.word, after_closing.word, 0);
    add(323, a1.word, lemma, right);
    add(324, c(opening), right, left);
    add(325, closing.word, 0, 0);
    add(326, closing.ending, c(closing), 0);
    let bare = u32::from(form == lemma);
    add(327, bare, c(window.at(first, -2)) * 64 + c(b1), c(opening));
    add(328, bare, b1.ending, c(b1));
    add(329, window.takes * 2 + bare, c(b1), source);
}
