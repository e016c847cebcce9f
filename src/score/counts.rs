//! Scales of plain counts, as dictionary tools offer them: the polarity and valence functions of
//! quanteda.sentiment, and the logit scale of Lowe, Benoit, Mikhaylov & Laver (2011, Legislative
//! Studies Quarterly 36) with its importance, standard error and interval.
//!
//! Where upstream scores a text without a match 0, these return None: balance and silence are
//! not the same.

use statrs::function::beta::beta_reg;

/// `ln(P + 0.5) - ln(N + 0.5)` (`sent_logit`): half a count is added to each
/// pole, not to each term. None when nothing was counted.
pub fn logit(positive: f64, negative: f64) -> Option<f64> {
    (positive + negative > 0.0).then(|| ((positive + 0.5) / (negative + 0.5)).ln())
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

/// Net tone in percent as published with the Lexicoder Sentiment Dictionary
/// (Young & Soroka 2012): `100 [(pos - neg_pos) - (neg - neg_neg)] / words`, the
/// negated counts of look-ups that count "not win" as a `win` too. None for an
/// empty text.
pub fn net_tone(positive: usize, negative: usize, negated: (usize, usize), words: usize) -> Option<f64> {
    let (negated_positive, negated_negative) = negated;
    let net = positive as f64 - negated_positive as f64 - negative as f64 + negated_negative as f64;
    (words > 0).then(|| 100.0 * net / words as f64)
}

/// A position on the logit scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lowe {
    /// `θ = ln((R + 0.5) / (L + 0.5))`.
    pub position: f64,
    /// `sqrt(1/(R + 0.5) + 1/(L + 0.5))`, the variance of an empirical logit. The
    /// published figures are simulated; overdispersion within articles is in
    /// neither, the bootstrap of articles has it.
    pub error: f64,
    /// 95 % interval: the logits of the 2.5 and 97.5 % points of
    /// Beta(R + 0.5, L + 0.5), independent Jeffreys priors. To be used where the
    /// smaller count is under 5.
    pub interval: (f64, f64),
}

/// The position of R counts on the right and L on the left pole. Of several
/// statements the counts are summed first: a mean of single logits is ruled by
/// the halves added.
pub fn lowe(right: usize, left: usize) -> Lowe {
    let (r, l) = (right as f64 + 0.5, left as f64 + 0.5);
    let point = |share: f64| {
        let at = beta_quantile(share, r, l);
        (at / (1.0 - at)).ln()
    };
    Lowe { position: (r / l).ln(), error: (1.0 / r + 1.0 / l).sqrt(), interval: (point(0.025), point(0.975)) }
}

/// How much of a text speaks of the axis: `ln((R + L + 1) / N)` with N units in
/// total. None for an empty text.
pub fn importance(right: usize, left: usize, units: usize) -> Option<f64> {
    (units > 0).then(|| ((right + left + 1) as f64 / units as f64).ln())
}

/// A mean weight with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Valence {
    /// `sum b f / n`.
    pub mean: f64,
    /// `sqrt(sum b² f / n - mean²) / sqrt(n)`; None for a single match. It takes
    /// matches for independent draws.
    pub error: Option<f64>,
}

/// The mean weight b of matches with counts f and its analytic standard error,
/// as LSX gives them to documents (Watanabe 2021): n is the number of matches,
/// at least `least`. None when nothing was counted.
pub fn lsx(weighted: &[(f64, usize)], least: usize) -> Option<Valence> {
    let count: usize = weighted.iter().map(|(_, count)| count).sum();
    if count == 0 {
        return None;
    }
    let n = count.max(least) as f64;
    let sum = |power: i32| weighted.iter().map(|(b, f)| b.powi(power) * *f as f64).sum::<f64>() / n;
    let mean = sum(1);
    let variance = (sum(2) - mean * mean).max(0.0);
    Some(Valence { mean, error: (n > 1.0).then(|| (variance / n).sqrt()) })
}

/// The point below which `share` of Beta(a, b) lies, by bisection over the
/// regularised incomplete beta function.
fn beta_quantile(share: f64, a: f64, b: f64) -> f64 {
    let (mut low, mut high) = (0.0f64, 1.0f64);
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        if beta_reg(a, b, middle) < share {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low + high) / 2.0
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
        assert_eq!(lsx(&[], 1), None);
        assert_eq!(net_tone(0, 0, (0, 0), 0), None);
        assert_eq!(importance(0, 0, 0), None);
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

    #[test]
    fn valence_has_the_error_of_lsx() {
        let found = lsx(&[(0.5, 2), (-0.2, 1), (0.1, 3)], 1).unwrap();
        close(found.mean, 0.1833333333);
        assert!((found.error.unwrap() - 0.1011508).abs() < 1e-7, "{found:?}");
        // A short text is drawn towards 0 when a least number is asked for.
        close(lsx(&[(0.5, 1)], 5).unwrap().mean, 0.1);
        assert_eq!(lsx(&[(0.5, 1)], 1).unwrap().error, None);
    }

    #[test]
    fn the_two_uses_of_negated_keys_differ() {
        // "not win", looked up by key: one positive and one negated positive.
        close(net_tone(1, 0, (1, 0), 2).unwrap(), 0.0);
        // The same as a pole: the negated positive is negative.
        close(proportion(0.0, 1.0).unwrap(), -1.0);
    }

    #[test]
    fn the_logit_scale_of_lowe_and_others() {
        // Computed independently; counts, position, closed error, Beta interval.
        let golden = [
            (0, 0, 0.0, 2.0, -6.473565, 6.473565),
            (3, 2, 0.336472, 0.828079, -1.328445, 2.261170),
            (10, 1, 1.945910, 0.872872, 0.605984, 4.595983),
            (40, 20, 0.680877, 0.271057, 0.167445, 1.242058),
        ];
        for (right, left, position, error, low, high) in golden {
            let found = lowe(right, left);
            close(found.position, position);
            close(found.error, error);
            close(found.interval.0, low);
            close(found.interval.1, high);
        }
        close(lowe(1, 0).position, 1.098612);
        close(lowe(1, 0).error, 1.632993);
        close(importance(12, 4, 1000).unwrap(), -4.074542);
    }
}
