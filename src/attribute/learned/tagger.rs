//! From features to labels.
//!
//! Lives here: judging candidates and the best sequence of labels. May not
//! live here: features, or what becomes of the labels.

use crate::attribute::learned::features;
use crate::attribute::learned::features::Window;
use crate::attribute::learned::units::Row;
use crate::model::{Learned, Scope, TaggerTables, WeightTable};
use std::sync::LazyLock;

/// What a candidate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Verdict {
    /// No cue.
    Nothing = 0,
    /// Attributes a thought, a wish, a plan.
    Thought = 1,
    /// Reports speech.
    Speech = 2,
    /// Not known; never an answer, and nothing to learn from.
    Unsure = 3,
}

/// How many answers there are.
pub const VERDICTS: usize = 3;

/// What a unit is to a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Label {
    /// Neither, before any content on this side of the cue.
    Before = 0,
    /// Names the source.
    Source = 1,
    /// Was said.
    Content = 2,
    /// Neither, behind the content on this side.
    After = 3,
    /// Was said, behind the cue, when something before the cue was said too:
    /// “A,” he said, “B.”
    Second = 4,
}

/// How many labels there are.
pub const LABELS: usize = 5;
/// How many pairs of labels.
const PAIRS: usize = LABELS * LABELS;

impl Label {
    /// All labels in the order of their numbers.
    pub const ALL: [Label; LABELS] =
        [Label::Before, Label::Source, Label::Content, Label::After, Label::Second];

    /// Whether the unit was said.
    pub fn said(self) -> bool {
        matches!(self, Label::Content | Label::Second)
    }
}

/// Adds up the weights of features.
pub fn sum<const N: usize, const LANES: usize>(table: &WeightTable, features: &[u32]) -> [f32; N] {
    table.sum::<N, LANES>(features).map(|sum| f32::from(sum) * table.scale)
}

/// The sums of a table of verdicts.
pub fn verdicts(table: &WeightTable, features: &[u32]) -> [f32; VERDICTS] {
    sum::<VERDICTS, { WeightTable::lanes(VERDICTS) }>(table, features)
}

fn emissions(table: &WeightTable, features: &[u32]) -> [f32; LABELS] {
    sum::<LABELS, { WeightTable::lanes(LABELS) }>(table, features)
}

fn transitions(table: &WeightTable, features: &[u32]) -> [f32; PAIRS] {
    sum::<PAIRS, { WeightTable::lanes(PAIRS) }>(table, features)
}

/// The probability of each verdict.
pub fn judge(learned: &Learned, row: &Row, index: usize, buffer: &mut Vec<u32>) -> [f32; VERDICTS] {
    features::judge(row, index, buffer);
    probabilities(verdicts(&learned.judge, buffer))
}

/// The probability that a claim is a statement of the kind that is asked for.
pub fn verify(learned: &Learned, scope: Scope, features: &[u32]) -> f32 {
    let [_, thought, speech] = probabilities(verdicts(&learned.verifier, features));
    match scope {
        Scope::Speech => speech,
        Scope::All => speech + thought,
    }
}

/// Softmax.
pub fn probabilities<const N: usize>(scores: [f32; N]) -> [f32; N] {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let powers = scores.map(|score| (score - top).exp());
    let total: f32 = powers.iter().sum();
    powers.map(|power| power / total)
}

/// Scores of a unit: one for each label, and one for each pair of labels (the
/// one before it times [`LABELS`] plus its own).
#[derive(Clone, Copy)]
pub struct Step {
    /// For each label.
    pub emission: [f32; LABELS],
    /// For each pair.
    pub transition: [f32; PAIRS],
    /// It stands behind the cue.
    pub behind: bool,
}

/// States of the sequence: the labels, and a source that stands behind
/// content: no content follows it on that side.
const LATE: usize = LABELS;
const KINDS: usize = LABELS + 1;

fn label_of(kind: usize) -> Label {
    if kind == LATE { Label::Source } else { Label::ALL[kind] }
}

/// All states: those before any content was met, then those behind it.
const STATES: usize = 2 * KINDS;

/// A step from one state to another.
#[derive(Clone, Copy)]
struct Move {
    from: u8,
    to: u8,
    label: u8,
    pair: u8,
}

/// The allowed moves, by whether a side is fresh and lies behind the cue.
static MOVES: LazyLock<[Vec<Move>; 4]> = LazyLock::new(|| {
    std::array::from_fn(|which| {
        let (fresh, behind) = (which & 1 != 0, which & 2 != 0);
        let mut moves = Vec::new();
        for from in 0..STATES {
            let (met, before) = (from >= KINDS, from % KINDS);
            for kind in (0..KINDS).filter(|kind| allowed(fresh, behind, met, before, *kind)) {
                let label = label_of(kind) as usize;
                let met = met || !behind && label == Label::Content as usize;
                let to = kind + if met { KINDS } else { 0 };
                let pair = label_of(before) as usize * LABELS + label;
                let [from, to, label, pair] = [from, to, label, pair].map(|number| number as u8);
                moves.push(Move { from, to, label, pair });
            }
        }
        moves
    })
});

/// The labels with the highest sum of scores (Viterbi). Beside the label
/// before it, a unit knows whether content was met so far (before the cue:
/// at all; behind the cue: in front of it).
pub fn best(steps: &[Step]) -> Vec<Label> {
    let mut back: Vec<[u8; STATES]> = Vec::with_capacity(steps.len());
    let mut scores = [f32::MIN; STATES];
    scores[Label::Before as usize] = 0.0;
    let mut behind = false;
    for (index, step) in steps.iter().enumerate() {
        let mut next = [f32::MIN; STATES];
        let mut from = [0u8; STATES];
        let fresh = index == 0 || step.behind && !behind;
        behind = step.behind;
        for way in &MOVES[usize::from(fresh) + 2 * usize::from(behind)] {
            let score = scores[usize::from(way.from)];
            if score == f32::MIN {
                continue;
            }
            let pair = if index == 0 { 0.0 } else { step.transition[usize::from(way.pair)] };
            let total = score + pair + step.emission[usize::from(way.label)];
            if total > next[usize::from(way.to)] {
                next[usize::from(way.to)] = total;
                from[usize::from(way.to)] = way.from;
            }
        }
        scores = next;
        back.push(from);
    }
    let mut state = (0..STATES).max_by(|a, b| scores[*a].total_cmp(&scores[*b])).unwrap_or(0);
    let mut labels = Vec::with_capacity(steps.len());
    for from in back.iter().rev() {
        labels.push(label_of(state % KINDS));
        state = usize::from(from[state]);
    }
    labels.reverse();
    labels
}

/// Whether a state may follow another. On a fresh side nothing can stand
/// behind content yet, and content is one stretch on each side.
fn allowed(fresh: bool, behind: bool, met: bool, before: usize, kind: usize) -> bool {
    let done = !fresh && (before == LATE || matches!(label_of(before), Label::After));
    let inside = !fresh && label_of(before).said();
    if kind == LATE {
        return done || inside;
    }
    match label_of(kind) {
        Label::Before | Label::Source => !done && !inside,
        Label::After => done || inside,
        Label::Content => !done && (!behind || !met),
        Label::Second => !done && behind && met,
    }
}

/// More than any sum of weights.
const CERTAIN: f32 = 1e6;

/// The labels of a window's units (the cue's own left out), with the scores.
///
/// `others` says of each unit of the window what it is to other cues; `said` is
/// a unit that must be content.
pub fn tag(
    tables: &TaggerTables,
    window: &Window,
    others: &[u8],
    said: Option<usize>,
) -> Vec<(usize, Label)> {
    let mut steps = Vec::with_capacity(window.range.len());
    let mut places = Vec::with_capacity(window.range.len());
    features::tags(window, others, |place, emission, transition| {
        places.push(place);
        let mut emission = emissions(&tables.emission, emission);
        if said == Some(place) {
            emission[Label::Content as usize] += CERTAIN;
            emission[Label::Second as usize] += CERTAIN;
        }
        steps.push(Step {
            emission,
            transition: transitions(&tables.transition, transition),
            behind: place >= window.cue.end,
        });
    });
    places.into_iter().zip(best(&steps)).collect()
}
