//! Scales of plain counts, as dictionary tools offer them.
//!
//! Lives here: the polarity and valence functions of quanteda.sentiment, and
//! the logit scale of Lowe, Benoit, Mikhaylov & Laver (2011, Legislative Studies
//! Quarterly 36) with its importance, standard error and interval. May not live
//! here: what is counted. Where upstream scores a text without a single match 0,
//! these say None: balance and silence are not the same.

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

/// The mean weight of the matches (`textstat_valence`, normalised by the
/// dictionary): `sum v c_v / sum c_v` over weights v and their counts c_v.
pub fn valence(weighted: &[(f64, usize)]) -> Option<f64> {
    let count: usize = weighted.iter().map(|(_, count)| count).sum();
    let sum: f64 = weighted.iter().map(|(weight, count)| weight * *count as f64).sum();
    (count > 0).then(|| sum / count as f64)
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

/// The point below which `share` of Beta(a, b) lies, by bisection.
fn beta_quantile(share: f64, a: f64, b: f64) -> f64 {
    let (mut low, mut high) = (0.0f64, 1.0f64);
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        if beta_share(middle, a, b) < share {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low + high) / 2.0
}

/// The share of Beta(a, b) below x: the regularised incomplete beta function by
/// its continued fraction (Abramowitz & Stegun 26.5.8, Lentz's method).
fn beta_share(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - beta_share(1.0 - x, b, a);
    }
    let front = (log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * x.ln() + b * (1.0 - x).ln()).exp() / a;
    let tiny = 1e-300;
    let keep = |value: f64| if value.abs() < tiny { tiny } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / keep(1.0 - (a + b) * x / (a + 1.0));
    let mut sum = d;
    for step in 1..500 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / keep(1.0 + even * d);
        c = keep(1.0 + even / c);
        sum *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / keep(1.0 + odd * d);
        c = keep(1.0 + odd / c);
        sum *= d * c;
        if (d * c - 1.0).abs() < 1e-15 {
            break;
        }
    }
    front * sum
}

/// ln Γ(x) for x > 0: Stirling's series after lifting x above 10.
fn log_gamma(x: f64) -> f64 {
    let mut x = x;
    let mut lift = 0.0;
    while x < 10.0 {
        lift += x.ln();
        x += 1.0;
    }
    let inverse = 1.0 / (x * x);
    let series = (1.0 / 12.0
        - inverse * (1.0 / 360.0 - inverse * (1.0 / 1260.0 - inverse * (1.0 / 1680.0 - inverse / 1188.0))))
        / x;
    (x - 0.5) * x.ln() - x + 0.5 * (2.0 * std::f64::consts::PI).ln() + series - lift
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
        assert_eq!(valence(&[]), None);
        assert_eq!(importance(0, 0, 0), None);
        assert_eq!(logit(2.0, 2.0), Some(0.0));
    }

    #[test]
    fn polarity_and_valence_are_those_of_quanteda_sentiment() {
        close(logit(3.0, 2.0).unwrap(), (3.5f64 / 2.5).ln());
        close(proportion(3.0, 1.0).unwrap(), 0.5);
        close(proportion_of_all(3.0, 1.0, 20.0).unwrap(), 0.1);
        // Weights 1.5 twice and -0.5 once.
        close(valence(&[(1.5, 2), (-0.5, 1)]).unwrap(), 2.5 / 3.0);
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
