//! From features to verdicts and labels: linear models, softmax and Viterbi decoding.

use crate::attribute::learned::features;
use crate::attribute::learned::features::CueWindow;
use crate::attribute::learned::labels::{LABELS, Label, PAIRS, VERDICTS};
use crate::attribute::learned::units::ParagraphUnits;
use crate::model::{Learned, Scope, TaggerTables, WeightTable};
use std::sync::LazyLock;

/// The sums of the weights of features.
fn weighted_sums<const N: usize, const LANES: usize>(table: &WeightTable, features: &[u32]) -> [f32; N] {
    table.sum::<N, LANES>(features).map(|sum| f32::from(sum) * table.scale)
}

/// One score per verdict.
pub fn verdict_scores(table: &WeightTable, features: &[u32]) -> [f32; VERDICTS] {
    weighted_sums::<VERDICTS, { WeightTable::lanes(VERDICTS) }>(table, features)
}

fn emission_scores(table: &WeightTable, features: &[u32]) -> [f32; LABELS] {
    weighted_sums::<LABELS, { WeightTable::lanes(LABELS) }>(table, features)
}

fn transition_scores(table: &WeightTable, features: &[u32]) -> [f32; PAIRS] {
    weighted_sums::<PAIRS, { WeightTable::lanes(PAIRS) }>(table, features)
}

/// The probability of each verdict for a candidate cue. `buffer` is reused between calls.
pub fn classify_cue(
    learned: &Learned,
    paragraph: &ParagraphUnits,
    index: usize,
    buffer: &mut Vec<u32>,
) -> [f32; VERDICTS] {
    features::cue::cue_features(paragraph, index, buffer);
    softmax(verdict_scores(&learned.cue_classifier, buffer))
}

/// The probability that a claim with these features is a report in this scope, 0 to 1.
pub fn report_probability(learned: &Learned, scope: Scope, features: &[u32]) -> f32 {
    let [_, thought, speech] = softmax(verdict_scores(&learned.verifier, features));
    match scope {
        Scope::Speech => speech,
        Scope::All => speech + thought,
    }
}

/// Turns scores into probabilities that sum to 1.
pub fn softmax<const N: usize>(scores: [f32; N]) -> [f32; N] {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let powers = scores.map(|score| (score - top).exp());
    let total: f32 = powers.iter().sum();
    powers.map(|power| power / total)
}

/// The scores of the labels of one unit.
#[derive(Clone, Copy)]
pub struct UnitScores {
    /// For each label.
    pub emission: [f32; LABELS],
    /// For each pair with the label of the unit before: that label times [`LABELS`] plus its own.
    pub transition: [f32; PAIRS],
    /// True if the unit is behind the cue.
    pub behind: bool,
}

/// The state of a source behind content: no content follows it on that side of the cue. The other
/// states are the labels.
const LATE_SOURCE: usize = LABELS;
const KINDS: usize = LABELS + 1;

fn label_of(kind: usize) -> Label {
    if kind == LATE_SOURCE { Label::Source } else { Label::ALL[kind] }
}

/// Number of states: all kinds before any content was seen, then all kinds after it.
const STATES: usize = 2 * KINDS;

/// An allowed transition from one state to another.
#[derive(Clone, Copy)]
struct Transition {
    from: u8,
    to: u8,
    label: u8,
    pair: u8,
}

/// The allowed transitions, by whether the unit is the first on its side of the cue (bit 0) and
/// whether it is behind the cue (bit 1).
static TRANSITIONS: LazyLock<[Vec<Transition>; 4]> = LazyLock::new(|| {
    std::array::from_fn(|which| {
        let (fresh, behind) = (which & 1 != 0, which & 2 != 0);
        let mut transitions = Vec::new();
        for from in 0..STATES {
            let (seen, before) = (from >= KINDS, from % KINDS);
            for kind in (0..KINDS).filter(|kind| allowed(fresh, behind, seen, before, *kind)) {
                let label = label_of(kind) as usize;
                let seen = seen || !behind && label == Label::Content as usize;
                let to = kind + if seen { KINDS } else { 0 };
                let pair = label_of(before) as usize * LABELS + label;
                let [from, to, label, pair] = [from, to, label, pair].map(|number| number as u8);
                transitions.push(Transition { from, to, label, pair });
            }
        }
        transitions
    })
});

/// The allowed sequence of labels with the highest sum of scores (Viterbi). Besides the label before
/// a unit, the state remembers whether there was content before the cue.
pub fn best_labels(steps: &[UnitScores]) -> Vec<Label> {
    let mut back: Vec<[u8; STATES]> = Vec::with_capacity(steps.len());
    let mut scores = [f32::MIN; STATES];
    scores[Label::Before as usize] = 0.0;
    let mut behind = false;
    for (index, step) in steps.iter().enumerate() {
        let mut next = [f32::MIN; STATES];
        let mut from = [0u8; STATES];
        let fresh = index == 0 || step.behind && !behind;
        behind = step.behind;
        for transition in &TRANSITIONS[usize::from(fresh) + 2 * usize::from(behind)] {
            let score = scores[usize::from(transition.from)];
            if score == f32::MIN {
                continue;
            }
            let pair = if index == 0 { 0.0 } else { step.transition[usize::from(transition.pair)] };
            let total = score + pair + step.emission[usize::from(transition.label)];
            if total > next[usize::from(transition.to)] {
                next[usize::from(transition.to)] = total;
                from[usize::from(transition.to)] = transition.from;
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

/// True if the state `kind` may follow the state `before`. Content is one stretch on each side of the
/// cue. `fresh`: the unit is the first on its side; `seen`: there was content before the cue.
fn allowed(fresh: bool, behind: bool, seen: bool, before: usize, kind: usize) -> bool {
    let done = !fresh && (before == LATE_SOURCE || matches!(label_of(before), Label::After));
    let inside = !fresh && label_of(before).is_content();
    if kind == LATE_SOURCE {
        return done || inside;
    }
    match label_of(kind) {
        Label::Before | Label::Source => !done && !inside,
        Label::After => done || inside,
        Label::Content => !done && (!behind || !seen),
        Label::Second => !done && behind && seen,
    }
}

/// A score above any sum of weights.
const CERTAIN: f32 = 1e6;

/// Labels the units of a window, the cue excepted. Returns the index and label of each.
///
/// `others` is the role of each unit for other cues (see `speech::roles_for_others`), or empty; the
/// unit `forced_content` must become content.
pub fn tag(
    tables: &TaggerTables,
    window: &CueWindow,
    others: &[u8],
    forced_content: Option<usize>,
) -> Vec<(usize, Label)> {
    let mut steps = Vec::with_capacity(window.range.len());
    let mut places = Vec::with_capacity(window.range.len());
    features::tags::tag_features(window, others, |place, emission, transition| {
        places.push(place);
        let mut emission = emission_scores(&tables.emission, emission);
        if forced_content == Some(place) {
            emission[Label::Content as usize] += CERTAIN;
            emission[Label::Second as usize] += CERTAIN;
        }
        steps.push(UnitScores {
            emission,
            transition: transition_scores(&tables.transition, transition),
            behind: place >= window.cue.end,
        });
    });
    places.into_iter().zip(best_labels(&steps)).collect()
}
