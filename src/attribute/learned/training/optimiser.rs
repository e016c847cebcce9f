//! Two learners of linear weights: logistic regression for the classifier and the verifier, and a
//! structured learner with a margin for the tagger. Both use the step sizes of AdaGrad (Duchi, Hazan
//! and Singer 2011). The weights are rounded to bytes at the end.

use crate::attribute::learned::labels::{LABELS, Label};
use crate::attribute::learned::tagger;
use crate::attribute::learned::tagger::UnitScores;
use crate::model::{TaggerTables, WeightTable};
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, HashMap};

/// One decision to learn from.
pub struct Decision {
    /// Hashed features.
    pub features: Vec<u32>,
    /// Index of the right answer.
    pub right: usize,
    /// Index of the article: rare features are counted by articles.
    pub article: usize,
}

/// The hashed features of one unit of a window.
pub struct UnitFeatures {
    /// Of the unit itself.
    pub emission: Vec<u32>,
    /// Of the unit and the one before it.
    pub transition: Vec<u32>,
    /// True if the unit is behind the cue.
    pub behind: bool,
}

/// One window to learn labels from.
pub struct LabelledSequence {
    /// The units in reading order.
    pub steps: Vec<UnitFeatures>,
    /// The right labels.
    pub labels: Vec<Label>,
    /// The cost of a wrong label at each unit.
    pub costs: Vec<f32>,
    /// Index of the article: rare features are counted by articles.
    pub article: usize,
}

/// Initial step size of logistic regression.
const RATE: f32 = 0.1;
/// Initial step size of the sequence learner.
const SEQUENCE_RATE: f32 = 0.12;
/// L2 regularisation of logistic regression.
const DECAY: f32 = 1e-5;
/// Number of independent trainings whose weights are averaged: a single one depends on the order of
/// the examples.
const RESTARTS: usize = 16;

/// The index of the weights of each feature.
type FeatureIndex = HashMap<u32, u32>;

/// Numbers the features that occur in at least `min_articles` articles. Rarer ones would only be
/// memorised.
fn frequent_features<'a>(
    seen: impl Iterator<Item = (usize, &'a [u32])>,
    min_articles: usize,
) -> FeatureIndex {
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
        .filter(|(_, (_, count))| *count >= min_articles)
        .enumerate()
        .map(|(index, (feature, _))| (feature, index as u32))
        .collect()
}

fn indices(features: &[u32], index: &FeatureIndex) -> Vec<u32> {
    features.iter().filter_map(|feature| index.get(feature).copied()).collect()
}

/// Weights during training, with what their averages and AdaGrad's step sizes need.
struct TrainingWeights {
    width: usize,
    /// Weights of a feature are neighbours.
    current: Vec<f32>,
    sum: Vec<f32>,
    /// Sums of squared gradients.
    squares: Vec<f32>,
}

impl TrainingWeights {
    fn new(width: usize, features: usize) -> Self {
        let size = width * features;
        TrainingWeights { width, current: vec![0.0; size], sum: vec![0.0; size], squares: vec![0.0; size] }
    }

    fn scores<const N: usize>(&self, features: &[u32]) -> [f32; N] {
        let mut scores = [0.0; N];
        for feature in features {
            let slot = *feature as usize * self.width;
            for (score, weight) in scores.iter_mut().zip(&self.current[slot..slot + N]) {
                *score += weight;
            }
        }
        scores
    }

    /// Moves one weight of each feature up (1.0) or down (-1.0). `time` counts the examples seen.
    fn step(&mut self, features: &[u32], place: usize, direction: f32, time: f32) {
        for feature in features {
            let slot = *feature as usize * self.width + place;
            self.squares[slot] += direction * direction;
            let step = SEQUENCE_RATE * direction / self.squares[slot].sqrt();
            self.current[slot] += step;
            self.sum[slot] += step * time;
        }
    }

    /// Starts again from zero; the weights so far stay in the average over time.
    fn restart(&mut self, time: f32) {
        for ((current, sum), square) in self.current.iter_mut().zip(&mut self.sum).zip(&mut self.squares) {
            *sum -= *current * time;
            *current = 0.0;
            *square = 0.0;
        }
    }

    /// Adds the weights to the sum over restarts, and starts again from zero.
    fn add_to_sum(&mut self) {
        for ((current, sum), square) in self.current.iter_mut().zip(&mut self.sum).zip(&mut self.squares) {
            *sum += *current;
            *current = 0.0;
            *square = 0.0;
        }
    }

    /// The mean over all restarts.
    fn mean(mut self, restarts: f32) -> Self {
        for (current, sum) in self.current.iter_mut().zip(&self.sum) {
            *current = sum / restarts;
        }
        self
    }

    /// The average over all `time` steps (Collins 2002).
    fn averaged(mut self, time: f32) -> Self {
        for (current, sum) in self.current.iter_mut().zip(&self.sum) {
            *current -= sum / time;
        }
        self
    }

    /// Rounds the weights to bytes. The 99.9 % quantile of their sizes sets the scale; larger weights
    /// are clipped.
    fn table(&self, index: &FeatureIndex) -> WeightTable {
        let mut sizes: Vec<f32> = self.current.iter().map(|w| w.abs()).filter(|w| *w > 0.0).collect();
        sizes.sort_by(f32::total_cmp);
        let top = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 1000)).copied().unwrap_or(1.0);
        let scale = (top / 127.0).max(1e-9);
        let round = |weight: &f32| (weight / scale).round().clamp(-127.0, 127.0) as i8;
        let mut entries: Vec<(u32, Vec<i8>)> = index
            .iter()
            .map(|(feature, at)| {
                let slot = *at as usize * self.width;
                (*feature, self.current[slot..slot + self.width].iter().map(round).collect())
            })
            .filter(|(_, values): &(u32, Vec<i8>)| values.iter().any(|value| *value != 0))
            .collect();
        entries.sort_unstable();
        WeightTable::new(self.width, scale, &entries)
    }
}

/// Logistic regression by stochastic gradient descent.
pub fn logistic<const N: usize>(
    decisions: &[&Decision],
    min_articles: usize,
    epochs: usize,
    random: &mut ChaCha8Rng,
) -> WeightTable {
    let index = frequent_features(
        decisions.iter().map(|decision| (decision.article, decision.features.as_slice())),
        min_articles,
    );
    let mut weights = TrainingWeights::new(N, index.len());
    let mut order: Vec<(Vec<u32>, usize)> =
        decisions.iter().map(|decision| (indices(&decision.features, &index), decision.right)).collect();
    for epoch in 0..epochs * RESTARTS {
        if epoch % epochs == 0 {
            weights.add_to_sum();
        }
        order.shuffle(random);
        for (features, right) in &order {
            let probabilities = tagger::softmax(weights.scores::<N>(features));
            for (label, probability) in probabilities.iter().enumerate() {
                let gradient = probability - f32::from(u8::from(label == *right));
                for feature in features {
                    let slot = *feature as usize * N + label;
                    let slope = gradient + DECAY * weights.current[slot];
                    weights.squares[slot] += slope * slope;
                    weights.current[slot] -= RATE * slope / (weights.squares[slot].sqrt() + 1e-6);
                }
            }
        }
    }
    weights.add_to_sum();
    weights.mean(RESTARTS as f32).table(&index)
}

/// A sequence whose features are replaced by the indices of their weights.
struct IndexedSequence<'a> {
    steps: Vec<UnitFeatures>,
    source: &'a LabelledSequence,
}

/// Trains the tagger's tables with a margin-rescaled structured perceptron: decoding adds the cost of
/// wrong labels to their scores, and the weights are updated where the result is wrong.
pub fn sequences(
    examples: &[&LabelledSequence],
    min_articles: usize,
    epochs: usize,
    random: &mut ChaCha8Rng,
) -> TaggerTables {
    let steps = || examples.iter().flat_map(|s| s.steps.iter().map(|step| (s.article, step)));
    let units =
        frequent_features(steps().map(|(article, step)| (article, step.emission.as_slice())), min_articles);
    let pairs =
        frequent_features(steps().map(|(article, step)| (article, step.transition.as_slice())), min_articles);
    let mut emission = TrainingWeights::new(LABELS, units.len());
    let mut transition = TrainingWeights::new(LABELS * LABELS, pairs.len());
    let indexed = |step: &UnitFeatures| UnitFeatures {
        emission: indices(&step.emission, &units),
        transition: indices(&step.transition, &pairs),
        behind: step.behind,
    };
    let mut order: Vec<IndexedSequence> = examples
        .iter()
        .map(|sequence| IndexedSequence {
            steps: sequence.steps.iter().map(indexed).collect(),
            source: sequence,
        })
        .collect();
    let mut time = 1.0;
    for epoch in 0..epochs * RESTARTS {
        if epoch % epochs == 0 {
            emission.restart(time);
            transition.restart(time);
        }
        order.shuffle(random);
        for sequence in &order {
            let guess = decode_with_costs(sequence, &emission, &transition);
            time += 1.0;
            update(sequence, &guess, &mut emission, &mut transition, time);
        }
    }
    TaggerTables {
        emission: emission.averaged(time).table(&units),
        transition: transition.averaged(time).table(&pairs),
    }
}

/// The best labels when every wrong label gets its cost added.
fn decode_with_costs(
    sequence: &IndexedSequence,
    emission: &TrainingWeights,
    transition: &TrainingWeights,
) -> Vec<Label> {
    let steps: Vec<UnitScores> = sequence
        .steps
        .iter()
        .enumerate()
        .map(|(at, step)| {
            let mut scores: [f32; LABELS] = emission.scores(&step.emission);
            for (label, score) in scores.iter_mut().enumerate() {
                if label != sequence.source.labels[at] as usize {
                    *score += sequence.source.costs[at];
                }
            }
            UnitScores {
                emission: scores,
                transition: transition.scores(&step.transition),
                behind: step.behind,
            }
        })
        .collect();
    tagger::best_labels(&steps)
}

fn update(
    sequence: &IndexedSequence,
    guess: &[Label],
    emission: &mut TrainingWeights,
    transition: &mut TrainingWeights,
    time: f32,
) {
    let labels = &sequence.source.labels;
    for (at, step) in sequence.steps.iter().enumerate() {
        let (guessed, right) = (guess[at] as usize, labels[at] as usize);
        if guessed != right {
            emission.step(&step.emission, right, 1.0, time);
            emission.step(&step.emission, guessed, -1.0, time);
        }
        let Some(before) = at.checked_sub(1) else { continue };
        let guessed = guess[before] as usize * LABELS + guessed;
        let right = labels[before] as usize * LABELS + right;
        if guessed != right {
            transition.step(&step.transition, right, 1.0, time);
            transition.step(&step.transition, guessed, -1.0, time);
        }
    }
}
