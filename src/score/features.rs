//! What a statement's hits come to, under readable names.
//!
//! Lives here: the features that `calibrate` weighs. May not live here: the
//! weights. Every feature lies in [-1, 1] and turns its sign with the words it
//! sums, so that a weight can be read: what one full unit of it adds.
//!
//! Of each axis A of the lexicon:
//!
//! | feature | sum of contributions, through tanh |
//! | --- | --- |
//! | `A.term+`, `A.term-` | of whole expressions, by sign |
//! | `A.appraisal+`, `A.appraisal-` | of valued targets, by sign |
//! | `A.mention+`, `A.mention-` | of targets that nothing values |
//! | `A.name` | of targets that are little more than names (weight under 0.1) |
//! | `A.score` | the bounded mean of all |
//! | `A.named` | 1 when anything counted, and not against it |
//! | `A.tone` | of the values of any axis in the statement, whatever they value, when A is named |
//! | `A.denial` | how many negators it holds, three or more being 1, when A is named |

use super::scale::bounded_mean;
use crate::model::{EntryKind, Hit, Lexicon, Status};

/// A target of less weight is little more than a name.
const NAME: f64 = 0.1;
/// Brings names to the size of other mentions.
const NAME_SCALE: f64 = 15.0;
/// Halves the steepness of tone: two strong words are full tone.
const TONE_SCALE: f64 = 1.5;
/// As many negators as make full denial.
const DENIALS: usize = 3;

/// The features of one statement, in the order of the axes.
pub fn features(lexicon: &Lexicon, hits: &[Hit], negators: usize) -> Vec<(String, f64)> {
    let tone = (tone(hits) / TONE_SCALE).tanh();
    let denial = negators.min(DENIALS) as f64 / DENIALS as f64;
    let mut named = Vec::new();
    for axis in &lexicon.axes {
        let of_axis: Vec<&Hit> =
            hits.iter().filter(|hit| hit.axis == axis.id && hit.contribution != 0.0).collect();
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
        let present = if of_axis.is_empty() { 0.0 } else { 1.0 };
        for (feature, value) in [
            ("term+", sum(EntryKind::Term, true)),
            ("term-", sum(EntryKind::Term, false)),
            ("appraisal+", sum(EntryKind::Appraisal, true)),
            ("appraisal-", sum(EntryKind::Appraisal, false)),
            ("mention+", sum(EntryKind::Target, true)),
            ("mention-", sum(EntryKind::Target, false)),
            ("name", (names * NAME_SCALE).tanh()),
            ("score", bounded_mean(&contributions).unwrap_or(0.0)),
            ("named", if contributions.iter().sum::<f64>() < 0.0 { 0.0 } else { present }),
            ("tone", tone * present),
            ("denial", denial * present),
        ] {
            named.push((format!("{}.{feature}", axis.id), value));
        }
    }
    named
}

/// The values in a statement, each word once, whatever it was joined to: praise
/// of something else in the same breath says something too.
fn tone(hits: &[Hit]) -> f64 {
    let mut seen: Vec<usize> = Vec::new();
    let mut sum = 0.0;
    for hit in hits.iter().filter(|hit| hit.kind == EntryKind::Appraisal) {
        if seen.contains(&hit.span.start) {
            continue;
        }
        seen.push(hit.span.start);
        sum += if hit.status == Status::Negated { -hit.weight.abs() } else { hit.weight };
    }
    sum
}
