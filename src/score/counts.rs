//! Scales of plain counts, as dictionary tools offer them: the polarity and valence functions
//! of quanteda.sentiment.
//!
//! Where upstream scores a text without a single match 0, these say None: balance and silence
//! are not the same.

use crate::stats::log_odds;

/// `ln(P + 0.5) - ln(N + 0.5)` (`sent_logit`): half a count is added to each
/// pole, not to each term. None when nothing was counted.
pub fn logit(positive: f64, negative: f64) -> Option<f64> {
    log_odds::position(positive, negative)
}

/// `(P - N) / all` (`sent_abspropdiff`), `all` being every word or feature of
/// the text, matched or not. In [-1, 1]; None when nothing was counted.
pub fn proportion_of_all(positive: f64, negative: f64, all: f64) -> Option<f64> {
    (positive + negative > 0.0 && all > 0.0).then(|| (positive - negative) / all)
}

/// `(P - N) / (P + N)` (`sent_relpropdiff`). In [-1, 1]; None when nothing was
/// counted.
pub fn proportion(positive: f64, negative: f64) -> Option<f64> {
    (positive + negative > 0.0).then(|| (positive - negative) / (positive + negative))
}

/// What `textstat_valence` divides by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Normalised {
    /// The number of matches ("dictionary").
    ByMatches,
    /// The number of words or features of the text ("all").
    ByAll(usize),
    /// Nothing ("none").
    Not,
}

/// The weights of the matches (`textstat_valence`): `sum v c_v / D` over weights v
/// and their counts c_v. None when nothing was counted.
pub fn valence(weighted: &[(f64, usize)], normalised: Normalised) -> Option<f64> {
    let count: usize = weighted.iter().map(|(_, count)| count).sum();
    let sum: f64 = weighted.iter().map(|(weight, count)| weight * *count as f64).sum();
    let divisor = match normalised {
        Normalised::ByMatches => count,
        Normalised::ByAll(all) => all,
        Normalised::Not => 1,
    };
    (count > 0 && divisor > 0).then(|| sum / divisor as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-6, "{found} is not {expected}");
    }

    #[test]
    fn nothing_counted_is_not_balance() {
        assert_eq!(logit(0.0, 0.0), None);
        assert_eq!(proportion(0.0, 0.0), None);
        assert_eq!(proportion_of_all(0.0, 0.0, 9.0), None);
        assert_eq!(valence(&[], Normalised::ByMatches), None);
        assert_eq!(valence(&[], Normalised::Not), None);
        assert_eq!(logit(2.0, 2.0), Some(0.0));
    }

    #[test]
    fn polarity_and_valence_are_those_of_quanteda_sentiment() {
        close(logit(3.0, 2.0).unwrap(), (3.5f64 / 2.5).ln());
        close(proportion(3.0, 1.0).unwrap(), 0.5);
        close(proportion_of_all(3.0, 1.0, 20.0).unwrap(), 0.1);
        // Weights 1.5 twice and -0.5 once.
        let weighted = [(1.5, 2), (-0.5, 1)];
        close(valence(&weighted, Normalised::ByMatches).unwrap(), 2.5 / 3.0);
        close(valence(&weighted, Normalised::ByAll(10)).unwrap(), 0.25);
        close(valence(&weighted, Normalised::Not).unwrap(), 2.5);
    }
}
