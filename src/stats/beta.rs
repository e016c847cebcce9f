//! The Beta distribution.

use statrs::distribution::{Beta, ContinuousCDF};

/// The point below which a share of Beta(a, b) lies, in [0, 1]; None unless `a` and `b`
/// are finite and above 0.
///
/// A quantile near 1 loses digits: for the upper tail take the lower tail of Beta(b, a),
/// which is the distribution mirrored at one half.
pub fn quantile(share: f64, a: f64, b: f64) -> Option<f64> {
    Some(Beta::new(a, b).ok()?.inverse_cdf(share))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_known_distributions() {
        // Beta(1, 1) is uniform; Beta(2, 1) has the distribution function x².
        assert!((quantile(0.3, 1.0, 1.0).unwrap() - 0.3).abs() < 1e-9);
        assert!((quantile(0.25, 2.0, 1.0).unwrap() - 0.5).abs() < 1e-9);
        assert_eq!(quantile(0.5, 0.0, 1.0), None);
        assert_eq!(quantile(0.5, f64::NAN, 1.0), None);
    }
}
