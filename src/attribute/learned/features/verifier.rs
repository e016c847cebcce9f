//! The features by which the verifier decides about a claim.

use crate::attribute::learned::features::{CueWindow, OUTSIDE};
use crate::attribute::learned::hash::mix;
use crate::attribute::learned::labels::{Claim, Label};
use crate::attribute::learned::units::{ParagraphUnits, Unit, is_quotation};

/// The features by which the verifier decides about a claim.
pub fn verifier_features(paragraph: &ParagraphUnits, claim: &Claim, others: &[u8], into: &mut Vec<u32>) {
    into.clear();
    let candidate = &paragraph.candidates[claim.candidate];
    let window = CueWindow::new(paragraph, candidate);
    let (first, last) = (candidate.units.start, candidate.units.end - 1);
    let (b1, a1) = (window.at(first, -1), window.at(last, 1));
    let c = |unit: &Unit| unit.class as u32;
    let lemma = candidate.lemma;
    let form = window.units[first].word;
    let probability = (candidate.speech_probability.clamp(0.0, 1.0) * 10.0).round() as u32;
    let shape = ClaimShape::new(&window, claim, others);
    let ClaimShape { sizes, quotes, pieces, source, contested, inside_cue, sentences, .. } = shape;
    let ClaimShape { opening, before_opening, closing, after_closing, .. } = shape;
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

/// What a claim looks like; pairs are for the units before and behind the cue.
struct ClaimShape<'a> {
    /// Tokens of content.
    sizes: [usize; 2],
    /// Number of quotations in the content.
    quotes: u32,
    /// Number of pieces of content.
    pieces: u32,
    /// 0 without a source, else by its side and whether it is a mention.
    source: u32,
    /// Tokens of content that an earlier or a later cue claims too.
    contested: [usize; 2],
    /// Number of accepted cues in the content.
    inside_cue: u32,
    /// 1 if content is outside the sentence of the cue.
    sentences: u32,
    /// The first unit of the content, and the one before it.
    opening: &'a Unit,
    before_opening: &'a Unit,
    /// The last unit of the content, and the one behind it.
    closing: &'a Unit,
    after_closing: &'a Unit,
}

impl<'a> ClaimShape<'a> {
    /// `others` is the role of each unit of the window for other cues.
    fn new(window: &'a CueWindow, claim: &Claim, others: &[u8]) -> Self {
        let (first, last) = (window.cue.start, window.cue.end - 1);
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
        ClaimShape {
            sizes,
            quotes,
            pieces,
            source,
            contested,
            inside_cue,
            sentences,
            opening,
            before_opening,
            closing,
            after_closing,
        }
    }
}
