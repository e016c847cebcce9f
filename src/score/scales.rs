//! Puts the scores of one statement on another scale than its method's own.
//!
//! A new scale is a variant here, with a branch in `rescale`, and a formula in `counts`.

use crate::model::{Choice, Hit, Lexicon, Scored, UnknownWord};
use crate::score::counts;
use crate::score::counts::Normalised;
use crate::score::method::Method;
use std::str::FromStr;

/// What is computed from the hits of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scale {
    /// The method's own: the fitted or bounded mean, or the formula of a preset.
    #[default]
    Mean,
    /// `(P - N) / (P + N)`.
    Proportion,
    /// `(P - N) / words`.
    Share,
    /// `ln((P + 0.5) / (N + 0.5))`, unbounded.
    Logit,
    /// The mean weight of the hits.
    Valence,
    /// The sum of weights over words.
    ValenceShare,
    /// The sum of weights, unbounded.
    ValenceSum,
}

/// What is to be said about a scale.
struct About {
    word: &'static str,
    help: &'static str,
    formula: &'static str,
    /// Whether scores stay within [-1, 1].
    bounded: bool,
    /// Whether the evidence of many statements can be added up before it is put on the scale.
    pooled: bool,
}

impl Scale {
    fn about(self) -> About {
        let about = |word, help, formula| About { word, help, formula, bounded: true, pooled: false };
        match self {
            Scale::Mean => about("mean", "The method's own, from -1 to 1", ""),
            Scale::Proportion => about(
                "proportion",
                "(P - N) / (P + N), P and N being what stands on the two poles",
                "(P - N) / (P + N)",
            ),
            Scale::Share => about(
                "share",
                "(P - N) / words; for quanteda and lsd by features, as quanteda counts them",
                "(P - N) / words",
            ),
            Scale::Logit => About {
                bounded: false,
                pooled: true,
                ..about("logit", "ln((P + 0.5) / (N + 0.5)), without ends", "ln((P + 0.5) / (N + 0.5))")
            },
            Scale::Valence => {
                About { pooled: true, ..about("valence", "Mean weight of the hits", "sum of weights / hits") }
            }
            Scale::ValenceShare => {
                about("valence-share", "Sum of weights by words", "sum of weights / words")
            }
            Scale::ValenceSum => About {
                bounded: false,
                ..about("valence-sum", "Sum of weights, without ends", "sum of weights")
            },
        }
    }

    /// The formula in words, P and N being the evidence for the positive and the negative
    /// pole; empty for the method's own.
    pub fn formula(self) -> &'static str {
        self.about().formula
    }

    /// True if the scores that a method gives on this scale lie in [-1, 1].
    pub fn is_bounded(self, method: Method) -> bool {
        self.about().bounded && method.is_bounded()
    }

    /// What a chart's caption says of scores by a method on this scale.
    pub fn caption(self, method: Method) -> String {
        match self.formula() {
            "" => method.caption().to_string(),
            formula => format!("{}, {formula}", method.caption()),
        }
    }

    /// True if a period is scored from the pooled evidence of its statements.
    pub fn is_pooled(self) -> bool {
        self.about().pooled
    }
}

impl Choice for Scale {
    const ALL: &'static [Scale] = &[
        Scale::Mean,
        Scale::Proportion,
        Scale::Share,
        Scale::Logit,
        Scale::Valence,
        Scale::ValenceShare,
        Scale::ValenceSum,
    ];

    fn as_str(self) -> &'static str {
        self.about().word
    }

    fn help(self) -> &'static str {
        self.about().help
    }
}

impl FromStr for Scale {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Scale, UnknownWord> {
        Scale::parse(word)
    }
}

/// The evidence for the poles of one axis in one statement.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evidence {
    /// P: the number of hits, or for weighing methods the sum of what they
    /// contribute.
    pub positive: f64,
    /// N, above 0 too.
    pub negative: f64,
    /// Hits on each pole.
    pub counts: (usize, usize),
    /// The signed weight of each hit.
    pub weights: Vec<f64>,
}

/// The evidence on an axis, derived ones pooled from the axes of their formula.
pub fn evidence(scored: &Scored, lexicon: &Lexicon, axis: &str, method: Method) -> Evidence {
    let formula = lexicon.formula(axis);
    let mut evidence = Evidence::default();
    for hit in scored.hits.iter().filter(|hit| hit.contribution != 0.0) {
        let Some(factor) = formula.get(hit.axis.as_str()).filter(|factor| **factor != 0.0) else { continue };
        let (amount, weight) = (factor * amount(hit, method), factor * weight(hit, method));
        if amount > 0.0 {
            evidence.positive += amount;
            evidence.counts.0 += 1;
        } else {
            evidence.negative -= amount;
            evidence.counts.1 += 1;
        }
        evidence.weights.push(weight);
    }
    evidence
}

/// What a hit adds to its pole: one for methods that count.
fn amount(hit: &Hit, method: Method) -> f64 {
    if method.counts() { hit.contribution.signum() } else { hit.contribution }
}

/// A hit's weight with the sign that it has in the statement.
fn weight(hit: &Hit, method: Method) -> f64 {
    if method.counts() { hit.weight.abs() * hit.contribution.signum() } else { hit.contribution }
}

/// Puts all scores of a statement on a scale. `units` gives the number of words, or
/// of features after a look-up of the hits given. A score that is absent stays
/// absent: nothing found is not balance.
pub fn rescale(
    scored: &mut Scored,
    lexicon: &Lexicon,
    method: Method,
    scale: Scale,
    units: &dyn Fn(&[&Hit]) -> usize,
) {
    if scale == Scale::Mean {
        return;
    }
    let found: Vec<(Evidence, usize)> = scored
        .scores
        .iter()
        .map(|score| {
            let found = evidence(scored, lexicon, &score.axis, method);
            let formula = lexicon.formula(&score.axis);
            let own: Vec<&Hit> =
                scored.hits.iter().filter(|hit| formula.contains_key(hit.axis.as_str())).collect();
            (found, units(&own))
        })
        .collect();
    for (score, (found, words)) in scored.scores.iter_mut().zip(found) {
        if score.value.is_err() {
            continue;
        }
        let (p, n) = (found.positive, found.negative);
        let weighted: Vec<(f64, usize)> = found.weights.iter().map(|weight| (*weight, 1)).collect();
        let value = match scale {
            Scale::Mean => None,
            Scale::Proportion => counts::proportion(p, n),
            Scale::Share => counts::proportion_of_all(p, n, words as f64),
            Scale::Logit => counts::logit(p, n),
            Scale::Valence => counts::valence(&weighted, Normalised::ByMatches),
            Scale::ValenceShare => counts::valence(&weighted, Normalised::ByAll(words)),
            Scale::ValenceSum => counts::valence(&weighted, Normalised::Not),
        };
        if let Some(value) = value {
            score.value = Ok(value + 0.0);
            score.hits = found.weights.len();
            score.parts.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Axis, Derived, EntryKind, NoScore, Score, Span, Status};

    fn hit(axis: &str, weight: f64, contribution: f64) -> Hit {
        Hit {
            axis: axis.into(),
            kind: EntryKind::Term,
            term: "t".into(),
            span: Span::new(0, 1),
            weight,
            status: Status::Asserted,
            factor: 1.0,
            contribution,
            target: None,
            shifters: Vec::new(),
        }
    }

    fn scored() -> (Scored, Lexicon) {
        let axis = |id: &str| Axis { id: id.into(), ..Axis::default() };
        let lexicon = Lexicon {
            axes: vec![axis("a"), axis("b")],
            derived: vec![Derived {
                axis: axis("d"),
                formula: std::collections::BTreeMap::from([("a".into(), 1.0), ("b".into(), -1.0)]),
            }],
            ..Lexicon::default()
        };
        let score =
            |axis: &str, value| Score { axis: axis.into(), value, hits: 9, poles: (0, 0), parts: Vec::new() };
        let scored = Scored {
            scores: vec![score("a", Ok(0.1)), score("b", Err(NoScore::NoMatch)), score("d", Ok(0.2))],
            hits: vec![hit("a", 0.5, 1.0), hit("a", 0.5, 1.0), hit("a", -0.2, -1.0), hit("a", 0.9, 0.0)],
        };
        (scored, lexicon)
    }

    #[test]
    fn every_scale_is_read_back_from_its_word_and_says_whether_it_is_bounded() {
        for scale in Scale::ALL {
            assert_eq!(scale.as_str().parse(), Ok(*scale));
            assert!(!scale.help().is_empty());
        }
        assert!(Scale::Mean.is_bounded(Method::Vader) && !Scale::Mean.is_bounded(Method::Cluster));
        assert!(Scale::Share.is_bounded(Method::Count) && !Scale::Logit.is_bounded(Method::Count));
        assert_eq!(Scale::Mean.caption(Method::Count), "plain dictionary count");
        assert_eq!(Scale::Share.caption(Method::Count), "plain dictionary count, (P - N) / words");
    }

    #[test]
    fn counts_give_the_scales_of_counts_and_silence_stays() {
        for (scale, expected) in [
            (Scale::Mean, 0.1),
            (Scale::Proportion, 1.0 / 3.0),
            (Scale::Share, 0.1),
            (Scale::Logit, (2.5f64 / 1.5).ln()),
            (Scale::Valence, 0.8 / 3.0),
            (Scale::ValenceShare, 0.08),
            (Scale::ValenceSum, 0.8),
        ] {
            let (mut scored, lexicon) = scored();
            rescale(&mut scored, &lexicon, Method::Count, scale, &|_| 10);
            assert!((scored.scores[0].value.unwrap() - expected).abs() < 1e-12, "{scale:?}");
            assert_eq!(scored.scores[1].value, Err(NoScore::NoMatch), "{scale:?}");
        }
    }

    #[test]
    fn derived_axes_pool_and_weighing_methods_weigh() {
        let (mut scored, lexicon) = scored();
        scored.hits.push(hit("b", 0.4, 0.4));
        let counted = evidence(&scored, &lexicon, "d", Method::Count);
        assert_eq!((counted.positive, counted.negative, counted.counts), (2.0, 2.0, (2, 2)));
        let weighed = evidence(&scored, &lexicon, "d", Method::Compositional);
        assert_eq!((weighed.positive, weighed.negative), (2.0, 1.4));
        rescale(&mut scored, &lexicon, Method::Compositional, Scale::Proportion, &|_| 10);
        assert!((scored.scores[2].value.unwrap() - 0.6 / 3.4).abs() < 1e-12);
    }
}
