//! The features of a statement, which a calibrated lexicon weighs.
//!
//! Every feature lies in [-1, 1] and turns its sign with the words that it sums, so that a weight
//! can be read: it is what one full unit of the feature adds to the score.
//!
//! Of each axis A of the lexicon:
//!
//! | feature | sum of contributions, through tanh |
//! | --- | --- |
//! | `A.term+`, `A.term-` | of whole expressions, by sign |
//! | `A.appraisal+`, `A.appraisal-` | of valued targets, by sign |
//! | `A.outright` | of strong appraisals against it alone ("not sacred", "give up") |
//! | `A.mention+`, `A.mention-` | of targets that nothing values |
//! | `A.name` | of targets that are little more than names (weight under 0.1) |
//! | `A.score` | the bounded mean of all |
//! | `A.named` | 1 when anything counted, and not against it |
//! | `A.tone` | of the values of any axis in the statement, whatever they value, when A is named |
//! | `A.denial` | how many negators it holds, three or more being 1, where `A.named` is 1: what turned A itself is in its sums |
//! | `A.against` | 1 when the sum is against it: what `A.named` is on the other side |
//! | `A.clear` | of `A.score` in a short statement, where little can be misread: all of it up to 8 words, none from 16 on |
//! | `A.count` | what a plain count says: entries for A less entries against it (names left out), halved, through tanh |

use crate::model::{EntryKind, Hit, Lexicon, Name, Status};
use crate::score::compositional::bounded_mean::bounded_mean;
use crate::score::compositional::calibrate::Prior;
use crate::score::compositional::evidence::StatementEvidence;
use std::collections::BTreeMap;

/// A target of less weight is little more than a name.
pub const NAME: f64 = 0.1;
/// A target that contributes no more than this was only mentioned.
const MENTION: f64 = 0.45;
/// Brings names to the size of other mentions.
const NAME_SCALE: f64 = 15.0;
/// Halves the steepness of tone: two strong words are full tone.
const TONE_SCALE: f64 = 1.5;
/// Number of negators that are full denial.
const DENIALS: usize = 3;

/// The least size of the weight of evidence, with the sign of its axis.
const LEAST: f64 = 0.05;
/// Evidence on an axis, and the weight it is drawn towards when weights are fitted. Whole
/// expressions against an axis and what is said outright against it are rare among
/// coded statements, so that a fit alone would give them next to no weight.
const EVIDENCE: [(&str, f64); 8] = [
    ("term+", 0.0),
    ("term-", 0.5),
    ("appraisal+", 0.0),
    ("appraisal-", 0.0),
    ("outright", 0.9),
    ("score", 0.0),
    ("clear", 1.0),
    ("count", 0.0),
];
/// A statement with no more words than the first is short, one with as many as the second is
/// not; between them it is partly so.
const SHORT: (f64, f64) = (8.0, 16.0);
/// Halves the steepness of counts: two entries more for one pole are full.
const COUNT_SCALE: f64 = 2.0;
/// From this weight on an appraisal against an axis is said outright: what is
/// prized or joined and denied, what is given up or left.
const OUTRIGHT: f64 = 0.75;

/// What is known of the weight of each feature before any is fitted, for an axis that
/// is `formula`: evidence on an axis has the sign of the axis's factor.
pub fn priors(lexicon: &Lexicon, formula: &BTreeMap<String, f64>) -> Vec<Prior> {
    let axes = lexicon.axes.iter();
    axes.flat_map(|axis| {
        let factor = formula.get(axis.id.as_str()).map_or(0.0, |factor| factor.signum());
        NAMES.iter().map(move |name| {
            let evidence = EVIDENCE.iter().find(|(known, _)| known == name);
            evidence.map_or(Prior::default(), |(_, towards)| Prior {
                towards: factor * towards,
                floor: factor * LEAST,
            })
        })
    })
    .collect()
}

/// The features of each axis, in the order of their values.
const NAMES: [&str; 15] = [
    "term+",
    "term-",
    "appraisal+",
    "appraisal-",
    "outright",
    "mention+",
    "mention-",
    "name",
    "score",
    "named",
    "tone",
    "denial",
    "against",
    "clear",
    "count",
];

/// The names of the features of a lexicon, in the order of [`features`].
pub fn feature_names(lexicon: &Lexicon) -> Vec<Name> {
    lexicon
        .axes
        .iter()
        .flat_map(|axis| NAMES.iter().map(move |name| Name::from(format!("{}.{name}", axis.id))))
        .collect()
}

/// The features of one statement, in the order of [`feature_names`].
pub fn features(lexicon: &Lexicon, evidence: &StatementEvidence) -> Vec<f64> {
    let hits = &evidence.hits;
    let tone = (tone(hits) / TONE_SCALE).tanh();
    let short = ((SHORT.1 - evidence.words as f64) / (SHORT.1 - SHORT.0)).clamp(0.0, 1.0);
    let denial = evidence.negators.min(DENIALS) as f64 / DENIALS as f64;
    let mut values = Vec::with_capacity(lexicon.axes.len() * NAMES.len());
    for (axis, poles) in lexicon.axes.iter().zip(&evidence.poles) {
        let count = ((poles.0 as f64 - poles.1 as f64) / COUNT_SCALE).tanh();
        let of_axis: Vec<&Hit> =
            hits.iter().filter(|hit| hit.axis == axis.id && hit.contribution != 0.0).collect();
        if of_axis.is_empty() {
            values.extend([0.0; NAMES.len() - 1]);
            values.push(count);
            continue;
        }
        let name =
            |hit: &Hit| hit.kind == EntryKind::Target && hit.target.is_none() && hit.weight.abs() < NAME;
        let sum = |kind: EntryKind, positive: bool| -> f64 {
            of_axis
                .iter()
                .filter(|hit| hit.kind == kind && (hit.contribution > 0.0) == positive && !name(hit))
                .map(|hit| hit.contribution)
                .sum::<f64>()
                .tanh()
        };
        let names: f64 = of_axis.iter().filter(|hit| name(hit)).map(|hit| hit.contribution).sum();
        let contributions: Vec<f64> = of_axis.iter().map(|hit| hit.contribution).collect();
        let against = contributions.iter().sum::<f64>() < 0.0;
        let score = bounded_mean(&contributions).unwrap_or(0.0);
        let mentioned = |hit: &Hit| {
            let own = hit.status == Status::Asserted && hit.contribution.abs() <= MENTION;
            hit.kind == EntryKind::Target && hit.target.is_none() && own
        };
        let said: Vec<f64> =
            of_axis.iter().filter(|hit| !mentioned(hit)).map(|hit| hit.contribution).collect();
        values.extend([
            sum(EntryKind::Term, true),
            sum(EntryKind::Term, false),
            sum(EntryKind::Appraisal, true),
            sum(EntryKind::Appraisal, false),
            outright(&of_axis).tanh(),
            sum(EntryKind::Target, true),
            sum(EntryKind::Target, false),
            (names * NAME_SCALE).tanh(),
            score,
            if against { 0.0 } else { 1.0 },
            tone,
            if against { 0.0 } else { denial },
            if against { 1.0 } else { 0.0 },
            bounded_mean(&said).unwrap_or(0.0) * short,
            count,
        ]);
    }
    values
}

/// The contributions of what is said outright against an axis ("sovereignty is not
/// sacred", "we give up our sovereignty").
fn outright(hits: &[&Hit]) -> f64 {
    let against = hits
        .iter()
        .filter(|hit| hit.kind == EntryKind::Appraisal && hit.weight <= -OUTRIGHT && hit.contribution < 0.0);
    against.map(|hit| hit.contribution).sum()
}

/// The values in a statement, each word once, whatever it was joined to: praise
/// of something else in the same breath says something too.
fn tone(hits: &[Hit]) -> f64 {
    let mut last = None;
    let mut sum = 0.0;
    for hit in hits.iter().filter(|hit| hit.kind == EntryKind::Appraisal) {
        // Hits stand in text order, those of one word beside each other.
        if last == Some(hit.span.start) {
            continue;
        }
        last = Some(hit.span.start);
        sum += if hit.status == Status::Negated { -hit.weight.abs() } else { hit.weight };
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Axis, Span};

    fn lexicon() -> Lexicon {
        let axis = |id: &str| Axis { id: id.into(), ..Axis::default() };
        Lexicon { axes: vec![axis("a"), axis("b")], ..Lexicon::default() }
    }

    fn hit(axis: &str, kind: EntryKind, weight: f64, contribution: f64) -> Hit {
        Hit {
            axis: axis.into(),
            kind,
            term: Name::default(),
            span: Span::new(0, 1),
            weight,
            status: Status::Asserted,
            factor: 1.0,
            contribution,
            target: None,
            shifters: Vec::new(),
        }
    }

    #[test]
    fn hits_are_summed_under_their_names() {
        let lexicon = lexicon();
        let hits = [
            hit("a", EntryKind::Term, 0.8, 0.8),
            hit("a", EntryKind::Target, 0.03, 0.03),
            hit("a", EntryKind::Appraisal, -0.6, -0.6),
        ];
        let poles = vec![(2, 1), (0, 0)];
        let values =
            features(&lexicon, &StatementEvidence { hits: hits.to_vec(), negators: 1, words: 30, poles });
        let names = feature_names(&lexicon).into_iter().map(Name::as_str);
        let named: std::collections::BTreeMap<&str, f64> = names.zip(values).collect();
        assert!((named["a.term+"] - 0.8f64.tanh()).abs() < 1e-12);
        assert!((named["a.appraisal-"] + 0.6f64.tanh()).abs() < 1e-12);
        assert!((named["a.name"] - 0.45f64.tanh()).abs() < 1e-12);
        assert_eq!((named["a.mention+"], named["a.outright"]), (0.0, 0.0));
        assert_eq!((named["a.named"], named["a.against"]), (1.0, 0.0));
        assert!((named["a.denial"] - 1.0 / 3.0).abs() < 1e-12);
        assert!((named["a.count"] - 0.5f64.tanh()).abs() < 1e-12);
        assert!((named["a.tone"] + 0.4f64.tanh()).abs() < 1e-12);
        assert!(named.iter().filter(|(name, _)| name.starts_with("b.")).all(|(_, value)| *value == 0.0));
    }

    #[test]
    fn what_is_said_outright_has_a_weight_of_its_own() {
        let lexicon = lexicon();
        let denial = Hit { status: Status::Negated, ..hit("a", EntryKind::Appraisal, -0.8, -0.8) };
        let poles = vec![(0, 0); 2];
        let values =
            features(&lexicon, &StatementEvidence { hits: vec![denial], negators: 1, words: 30, poles });
        let at = feature_names(&lexicon).iter().position(|name| name == "a.outright").unwrap();
        assert!((values[at] + 0.8f64.tanh()).abs() < 1e-12);
        let formula = BTreeMap::from([("a".to_string(), -1.0)]);
        assert_eq!(priors(&lexicon, &formula)[at], Prior { towards: -0.9, floor: -LEAST });
        assert!(priors(&lexicon, &formula)[NAMES.len()..].iter().all(|prior| prior.floor == 0.0));
    }
}
