//! Quantiles of samples, of the normal distribution and of Student's t.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// The 97.5 % quantile of the normal distribution.
pub const NORMAL_975: f64 = 1.959_963_984_540_054;

/// Number of degrees of freedom beyond which Student's t is taken for normal.
const NORMAL_FROM: f64 = 1e6;

/// The 97.5 % quantile of Student's t; `degrees` below 1 count as 1.
pub fn student_975(degrees: f64) -> f64 {
    match StudentsT::new(0.0, 1.0, degrees.max(1.0)) {
        Ok(t) if degrees <= NORMAL_FROM => t.inverse_cdf(0.975),
        _ => NORMAL_975,
    }
}

/// The quantile of a sample at `share` in [0, 1] by linear interpolation (R's type 7); None
/// without values. Reorders the values.
pub fn quantile(values: &mut [f64], share: f64) -> Option<f64> {
    let last = values.len().checked_sub(1)?;
    let position = last as f64 * share.clamp(0.0, 1.0);
    let low = (position.floor() as usize).min(last);
    let rest = position - low as f64;
    let (_, value, above) = values.select_nth_unstable_by(low, f64::total_cmp);
    let value = *value;
    Some(match above.iter().copied().min_by(f64::total_cmp) {
        Some(next) if rest > 0.0 => value + rest * (next - value),
        _ => value,
    })
}

/// The median of values in rising order; None without values.
pub fn median(sorted: &[f64]) -> Option<f64> {
    let upper = *sorted.get(sorted.len() / 2)?;
    Some(if sorted.len() % 2 == 1 { upper } else { (sorted[sorted.len() / 2 - 1] + upper) / 2.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_interpolate_as_r_does() {
        let mut values = [4.0, 2.0, 1.0, 3.0];
        let mut at = |share| quantile(&mut values, share).unwrap();
        assert_eq!((at(0.0), at(0.5), at(1.0)), (1.0, 2.5, 4.0));
        assert!((at(0.975) - 3.925).abs() < 1e-12);
    }

    #[test]
    fn no_values_have_no_quantile() {
        assert_eq!(quantile(&mut [], 0.5), None);
        assert_eq!(median(&[]), None);
        assert_eq!((median(&[3.0]), median(&[1.0, 2.0])), (Some(3.0), Some(1.5)));
    }

    #[test]
    fn quantiles_of_students_t_are_those_of_tables() {
        assert!((student_975(4.0) - 2.776_445).abs() < 1e-5);
        assert!((student_975(9.0) - 2.262_157).abs() < 1e-5);
        assert_eq!(student_975(2e6), NORMAL_975);
    }
}
