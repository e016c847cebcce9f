//! The features of the learned models as 32-bit hashes.
//!
//! Training and use share this file: any change of a feature needs newly trained weights.

use crate::attribute::learned::hash::mix;
use crate::attribute::learned::labels::{Claim, Label};
use crate::attribute::learned::units::{Candidate, Class, ParagraphUnits, Unit, is_quotation};
use std::ops::Range;

/// Stands for units outside a window.
static OUTSIDE: Unit = Unit {
    tokens: 0..0,
    word: 0,
    ending: 0,
    class: Class::Edge,
    sentence: 0,
    mention: 0,
    candidate: 0,
    accepted: false,
};

/// The units around a cue that may be its source or content.
pub struct Window<'a> {
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

impl<'a> Window<'a> {
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
            return &OUTSIDE;
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

/// The features by which the classifier decides about a candidate cue.
pub fn cue_features(paragraph: &ParagraphUnits, index: usize, into: &mut Vec<u32>) {
    into.clear();
    let candidate = &paragraph.candidates[index];
    let window = Window::new(paragraph, candidate);
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
pub fn tag_features(window: &Window, others: &[u8], mut each: impl FnMut(usize, &[u32], &[u32])) {
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
        Class::Comma => between.commas = (between.commas + 1).min(4),
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
fn next_cue(window: &Window, place: usize) -> u32 {
    let sentence = window.units[place].sentence;
    (place..window.range.end.min(place + 6))
        .take_while(|next| window.units[*next].sentence == sentence)
        .find(|next| !window.cue.contains(next) && window.units[*next].accepted)
        .map_or(0, |next| (next - place + 1) as u32)
}

/// The features by which the verifier decides about a claim.
pub fn verifier_features(paragraph: &ParagraphUnits, claim: &Claim, others: &[u8], into: &mut Vec<u32>) {
    into.clear();
    let candidate = &paragraph.candidates[claim.candidate];
    let window = Window::new(paragraph, candidate);
    let (first, last) = (candidate.units.start, candidate.units.end - 1);
    let (b1, a1) = (window.at(first, -1), window.at(last, 1));
    let c = |unit: &Unit| unit.class as u32;
    let lemma = candidate.lemma;
    let form = window.units[first].word;
    let probability = (candidate.speech_probability.clamp(0.0, 1.0) * 10.0).round() as u32;
    let mut sizes = [0usize; 2];
    let mut quotes = 0u32;
    let mut pieces = 0u32;
    let mut source = 0u32;
    let mut contested = [0usize; 2];
    let mut inside_cue = 0u32;
    let mut opening = &OUTSIDE;
    let mut before_opening = &OUTSIDE;
    let mut closing = &OUTSIDE;
    let mut after_closing = &OUTSIDE;
    let mut previous: Option<usize> = None;
    let mut sentences = 0u32;
    for (place, label) in &claim.labels {
        let unit = &window.units[*place];
        match label {
            Label::Source => {
                source = source.max(1 + u32::from(*place > last) + 2 * u32::from(unit.mention > 0));
            }
            label if label.is_content() => {
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
    add(301, probability, 0, 0);
    add(302, probability, lemma, 0);
    add(303, left, right, 0);
    add(304, left, right, probability);
    add(305, source, probability, 0);
    add(306, source, lemma, 0);
    add(307, quotes.min(2), pieces, 0);
    add(308, quotes.min(2), pieces, probability);
    add(309, c(b1), c(a1), pieces);
    add(310, c(opening), c(before_opening), 0);
    add(311, c(closing), c(after_closing), 0);
    add(312, opening.word, lemma, 0);
    add(313, opening.word, 0, 0);
    add(314, contest, probability, 0);
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
