//! Weights while they are learned.
//!
//! Lives here: two learners of linear weights, logistic regression for
//! decisions and a structured learner for sequences, and rounding to the
//! table that is kept. May not live here: what is learned from what (see
//! `train`).

use crate::attribute::learned::tagger;
use crate::attribute::learned::tagger::{LABELS, Label, Step};
use crate::model::{TaggerTables, WeightTable};
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, HashMap};

/// Something to decide: its features and the right answer.
pub struct Case {
    /// Features as hashed.
    pub features: Vec<u32>,
    /// Index of the right answer.
    pub right: usize,
    /// Article, for counting where a feature occurs.
    pub article: usize,
}

/// Something to label.
pub struct Sequence {
    /// For each unit its own features, those with the unit before it, and
    /// whether it stands behind the cue.
    pub steps: Vec<(Vec<u32>, Vec<u32>, bool)>,
    /// The right labels.
    pub labels: Vec<Label>,
    /// What a wrong label costs at each step.
    pub costs: Vec<f32>,
    /// Article, for counting where a feature occurs.
    pub article: usize,
}

/// Step size of logistic regression.
const RATE: f32 = 0.1;
/// Step size of the sequence learner.
const SEQUENCE_RATE: f32 = 0.12;
/// Pull of every weight towards zero.
const DECAY: f32 = 1e-5;
/// The average is over so many lives: what is learned depends on the order of
/// the examples, the mean of several less so.
const LIVES: usize = 16;

/// Features by the index of their weights.
type Known = HashMap<u32, u32>;

/// The features that occur in at least `least` articles. What stands in fewer
/// would be learned by heart.
fn common<'a>(seen: impl Iterator<Item = (usize, &'a [u32])>, least: usize) -> Known {
    let mut counts: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for (article, features) in seen {
        for feature in features {
            let (last, count) = counts.entry(*feature).or_insert((usize::MAX, 0));
            if *last != article {
                *last = article;
                *count += 1;
            }
        }
    }
    counts
        .into_iter()
        .filter(|(_, (_, count))| *count >= least)
        .enumerate()
        .map(|(index, (feature, _))| (feature, index as u32))
        .collect()
}

fn known(features: &[u32], index: &Known) -> Vec<u32> {
    features.iter().filter_map(|feature| index.get(feature).copied()).collect()
}

/// Weights with their average and the step sizes of AdaGrad (Duchi, Hazan and
/// Singer 2011).
struct Growing {
    width: usize,
    now: Vec<f32>,
    sum: Vec<f32>,
    square: Vec<f32>,
}

impl Growing {
    fn new(width: usize, features: usize) -> Self {
        let size = width * features;
        Growing { width, now: vec![0.0; size], sum: vec![0.0; size], square: vec![0.0; size] }
    }

    fn scores<const N: usize>(&self, features: &[u32]) -> [f32; N] {
        let mut scores = [0.0; N];
        for feature in features {
            let slot = *feature as usize * self.width;
            for (score, weight) in scores.iter_mut().zip(&self.now[slot..slot + N]) {
                *score += weight;
            }
        }
        scores
    }

    /// Moves one weight of each feature up or down at a time that counts the
    /// steps.
    fn step(&mut self, features: &[u32], place: usize, direction: f32, time: f32) {
        for feature in features {
            let slot = *feature as usize * self.width + place;
            self.square[slot] += direction * direction;
            let step = SEQUENCE_RATE * direction / self.square[slot].sqrt();
            self.now[slot] += step;
            self.sum[slot] += step * time;
        }
    }

    /// Starts again from nothing; what was learned stays in the average.
    fn forget(&mut self, time: f32) {
        for ((now, sum), square) in self.now.iter_mut().zip(&mut self.sum).zip(&mut self.square) {
            *sum -= *now * time;
            *now = 0.0;
            *square = 0.0;
        }
    }

    /// Adds the weights of a life to the sum, and starts again from nothing.
    fn keep(&mut self) {
        for ((now, sum), square) in self.now.iter_mut().zip(&mut self.sum).zip(&mut self.square) {
            *sum += *now;
            *now = 0.0;
            *square = 0.0;
        }
    }

    /// The mean of so many lives.
    fn mean(mut self, lives: f32) -> Self {
        for (now, sum) in self.now.iter_mut().zip(&self.sum) {
            *now = sum / lives;
        }
        self
    }

    /// The average over all `time` steps (Collins 2002).
    fn averaged(mut self, time: f32) -> Self {
        for (now, sum) in self.now.iter_mut().zip(&self.sum) {
            *now -= sum / time;
        }
        self
    }

    /// Rounded to what a byte holds. The largest weight of a thousand sets the
    /// scale; the few beyond it are cut.
    fn table(&self, index: &Known) -> WeightTable {
        let mut sizes: Vec<f32> = self.now.iter().map(|w| w.abs()).filter(|w| *w > 0.0).collect();
        sizes.sort_by(f32::total_cmp);
        let top = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 1000)).copied().unwrap_or(1.0);
        let scale = (top / 127.0).max(1e-9);
        let round = |weight: &f32| (weight / scale).round().clamp(-127.0, 127.0) as i8;
        let mut entries: Vec<(u32, Vec<i8>)> = index
            .iter()
            .map(|(feature, at)| {
                let slot = *at as usize * self.width;
                (*feature, self.now[slot..slot + self.width].iter().map(round).collect())
            })
            .filter(|(_, values): &(u32, Vec<i8>)| values.iter().any(|value| *value != 0))
            .collect();
        entries.sort_unstable();
        WeightTable::new(self.width, scale, &entries)
    }
}

/// Logistic regression by stochastic gradient descent.
pub fn logistic<const N: usize>(
    cases: &[&Case],
    least: usize,
    rounds: usize,
    random: &mut ChaCha8Rng,
) -> WeightTable {
    let index = common(cases.iter().map(|case| (case.article, case.features.as_slice())), least);
    let mut weights = Growing::new(N, index.len());
    let mut order: Vec<(Vec<u32>, usize)> =
        cases.iter().map(|case| (known(&case.features, &index), case.right)).collect();
    for round in 0..rounds * LIVES {
        if round % rounds == 0 {
            weights.keep();
        }
        order.shuffle(random);
        for (features, right) in &order {
            let chances = tagger::probabilities(weights.scores::<N>(features));
            for (label, chance) in chances.iter().enumerate() {
                let gradient = chance - f32::from(u8::from(label == *right));
                for feature in features {
                    let slot = *feature as usize * N + label;
                    let slope = gradient + DECAY * weights.now[slot];
                    weights.square[slot] += slope * slope;
                    weights.now[slot] -= RATE * slope / (weights.square[slot].sqrt() + 1e-6);
                }
            }
        }
    }
    weights.keep();
    weights.mean(LIVES as f32).table(&index)
}

/// A sequence whose features are indices of weights.
struct Indexed<'a> {
    steps: Vec<(Vec<u32>, Vec<u32>)>,
    of: &'a Sequence,
}

/// Structured learning with a margin: wherever the best sequence, wrong labels
/// favoured by their cost, is not the right one, weights move.
pub fn sequences(
    examples: &[&Sequence],
    least: usize,
    rounds: usize,
    random: &mut ChaCha8Rng,
) -> TaggerTables {
    let steps = || examples.iter().flat_map(|s| s.steps.iter().map(|step| (s.article, step)));
    let units = common(steps().map(|(article, step)| (article, step.0.as_slice())), least);
    let pairs = common(steps().map(|(article, step)| (article, step.1.as_slice())), least);
    let mut emission = Growing::new(LABELS, units.len());
    let mut transition = Growing::new(LABELS * LABELS, pairs.len());
    let indexed = |sequence: &&'_ Sequence| -> Vec<(Vec<u32>, Vec<u32>)> {
        sequence.steps.iter().map(|(unit, pair, _)| (known(unit, &units), known(pair, &pairs))).collect()
    };
    let mut order: Vec<Indexed> =
        examples.iter().map(|sequence| Indexed { steps: indexed(sequence), of: sequence }).collect();
    let mut time = 1.0;
    for round in 0..rounds * LIVES {
        if round % rounds == 0 {
            emission.forget(time);
            transition.forget(time);
        }
        order.shuffle(random);
        for sequence in &order {
            let guess = favouring_errors(sequence, &emission, &transition);
            time += 1.0;
            learn_from(sequence, &guess, &mut emission, &mut transition, time);
        }
    }
    TaggerTables {
        emission: emission.averaged(time).table(&units),
        transition: transition.averaged(time).table(&pairs),
    }
}

fn favouring_errors(sequence: &Indexed, emission: &Growing, transition: &Growing) -> Vec<Label> {
    let steps: Vec<Step> = sequence
        .steps
        .iter()
        .enumerate()
        .map(|(at, (unit, pair))| {
            let mut scores: [f32; LABELS] = emission.scores(unit);
            for (label, score) in scores.iter_mut().enumerate() {
                if label != sequence.of.labels[at] as usize {
                    *score += sequence.of.costs[at];
                }
            }
            Step { emission: scores, transition: transition.scores(pair), behind: sequence.of.steps[at].2 }
        })
        .collect();
    tagger::best(&steps)
}

fn learn_from(
    sequence: &Indexed,
    guess: &[Label],
    emission: &mut Growing,
    transition: &mut Growing,
    time: f32,
) {
    let labels = &sequence.of.labels;
    for (at, (unit, pair)) in sequence.steps.iter().enumerate() {
        let (said, right) = (guess[at] as usize, labels[at] as usize);
        if said != right {
            emission.step(unit, right, 1.0, time);
            emission.step(unit, said, -1.0, time);
        }
        let Some(before) = at.checked_sub(1) else { continue };
        let said = guess[before] as usize * LABELS + said;
        let right = labels[before] as usize * LABELS + right;
        if said != right {
            transition.step(pair, right, 1.0, time);
            transition.step(pair, said, -1.0, time);
        }
    }
}
