//! The score of an axis from the contributions of its hits: the bounded mean, the sum of fitted
//! features, and the formula of a derived axis.

use crate::model::{Derived, Name, NoScore, Score};
use crate::score::absent::without;
use crate::score::compositional::fitted::Fitted;

/// The bounded mean of contributions c in [-1, 1]: `sum c|c| / sum |c|`, a mean
/// in which strong evidence weighs more than a bare mention. None when every
/// contribution is 0. The result lies in [-1, 1]; turning all signs turns its
/// sign.
pub fn bounded_mean(contributions: &[f64]) -> Option<f64> {
    let weight: f64 = contributions.iter().map(|c| c.abs()).sum();
    if weight <= 0.0 {
        return None;
    }
    let sum: f64 = contributions.iter().map(|c| c * c.abs()).sum();
    Some((sum / weight).clamp(-1.0, 1.0))
}

/// Sums of features that are smaller in size say no more than that something was named; their
/// score is 0. Chosen by cross-validation: it removes a quarter of the wrong poles and keeps the
/// order of statements.
pub const DEAD_ZONE: f64 = 0.15;

/// The calibrated value of an axis: by how much `sum w_f x_f` over its features
/// exceeds [`DEAD_ZONE`] in size, held within [-1, 1]. It needs evidence as any other score does: a hit on one of
/// the axes it is made of, otherwise `without` says why there is none.
pub fn calibrated(
    axis: Name,
    weights: &[Fitted],
    features: &[f64],
    evidence: Result<usize, NoScore>,
) -> Score {
    let hits = match evidence {
        Ok(hits) => hits,
        Err(reason) => return without(axis, reason),
    };
    let parts: Vec<(Name, f64, f64)> = weights
        .iter()
        .filter_map(|fitted| {
            let value = *features.get(fitted.feature)?;
            (value != 0.0 && fitted.weight != 0.0).then_some((fitted.name, value, fitted.weight))
        })
        .collect();
    let sum: f64 = parts.iter().map(|(_, value, weight)| value * weight).sum();
    Score { axis, value: Ok(soft_threshold(sum)), hits, poles: (0, 0), parts }
}

/// The score of a sum of features: soft thresholding (Donoho 1995) at [`DEAD_ZONE`], that is
/// by how much it exceeds that size, held within [-1, 1].
pub fn soft_threshold(sum: f64) -> f64 {
    (sum.signum() * (sum.abs() - DEAD_ZONE).max(0.0)).clamp(-1.0, 1.0) + 0.0
}

/// The value of a derived axis from the scores of the others: the weighted sum,
/// an axis without evidence counting 0, held within [-1, 1]; absent when none
/// of them has evidence.
pub fn derive(derived: &Derived, scores: &[Score]) -> Score {
    let mut sum = 0.0;
    let mut hits = 0;
    let mut poles = (0, 0);
    let mut any = false;
    let mut reason = NoScore::NoMatch;
    for (axis, factor) in &derived.formula {
        match scores.iter().rfind(|score| score.axis == *axis).map(|score| (score.value, score)) {
            Some((Ok(value), score)) => {
                sum += factor * value;
                hits += score.hits;
                poles = add(poles, score.poles, *factor);
                any = true;
            }
            Some((Err(why), _)) if why != NoScore::NoMatch => reason = why,
            _ => {}
        }
    }
    let value = if any { Ok(sum.clamp(-1.0, 1.0) + 0.0) } else { Err(reason) };
    Score { axis: derived.axis.id, value, hits, poles, parts: Vec::new() }
}

/// Counts for the poles of a derived axis: those of an axis that enters with a
/// negative factor change sides.
pub fn add(sum: (usize, usize), poles: (usize, usize), factor: f64) -> (usize, usize) {
    let (positive, negative) = if factor < 0.0 { (poles.1, poles.0) } else { poles };
    (sum.0 + positive, sum.1 + negative)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn strong_evidence_outweighs_a_bare_mention() {
        assert_eq!(bounded_mean(&[]), None);
        assert_eq!(bounded_mean(&[0.0]), None);
        assert_eq!(bounded_mean(&[1.0, -1.0]), Some(0.0));
        let mixed = bounded_mean(&[1.0, 0.2]).unwrap();
        assert!((mixed - 1.04 / 1.2).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn swapping_the_poles_turns_the_sign(values in proptest::collection::vec(-1.0f64..1.0, 1..9)) {
            let turned: Vec<f64> = values.iter().map(|value| -value).collect();
            match (bounded_mean(&values), bounded_mean(&turned)) {
                (Some(a), Some(b)) => {
                    prop_assert!((a + b).abs() < 1e-12);
                    prop_assert!((-1.0..=1.0).contains(&a));
                }
                (a, b) => prop_assert_eq!(a, b),
            }
        }
    }
}
