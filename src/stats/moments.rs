//! Means and standard deviations. A statistic of too few values is absent, never 0.

use std::ops::AddAssign;

/// The mean; None without values.
pub fn mean(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.into_iter().fold((0.0, 0usize), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / count as f64)
}

/// The standard deviation with divisor n - 1; None below 2 values.
pub fn standard_deviation(values: &[f64]) -> Option<f64> {
    if values.len() < 2 {
        return None;
    }
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    Some((values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt())
}

/// Sums from which mean and error of values follow; sums of parts add up to those of the
/// whole.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Moments {
    /// Number of values.
    pub count: usize,
    /// Their sum.
    pub sum: f64,
    /// The sum of their squares.
    pub squares: f64,
}

impl Moments {
    /// The moments of some values.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Moments {
        let mut moments = Moments::default();
        for value in values {
            moments += Moments { count: 1, sum: value, squares: value * value };
        }
        moments
    }

    /// The mean; None without values.
    pub fn mean(self) -> Option<f64> {
        (self.count > 0).then(|| self.sum / self.count as f64)
    }

    /// The standard error of the mean as LSX gives it to documents (Watanabe 2021):
    /// `sqrt(sum x² / n - mean²) / sqrt(n)`. It takes the values for independent draws. None
    /// below 2 values.
    pub fn standard_error(self) -> Option<f64> {
        let mean = self.mean().filter(|_| self.count > 1)?;
        let n = self.count as f64;
        Some(((self.squares / n - mean * mean).max(0.0) / n).sqrt())
    }
}

impl AddAssign for Moments {
    fn add_assign(&mut self, other: Moments) {
        self.count += other.count;
        self.sum += other.sum;
        self.squares += other.squares;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_few_values_have_no_statistic() {
        assert_eq!((mean([]), mean([2.0, 4.0])), (None, Some(3.0)));
        assert_eq!((standard_deviation(&[]), standard_deviation(&[1.0])), (None, None));
        assert_eq!(standard_deviation(&[1.0, 3.0]), Some(2f64.sqrt()));
        assert_eq!((Moments::default().mean(), Moments::of([0.5]).standard_error()), (None, None));
    }

    #[test]
    fn the_error_is_that_of_lsx() {
        let found = Moments::of([0.5, 0.5, -0.2, 0.1, 0.1, 0.1]);
        assert!((found.mean().unwrap() - 0.183_333_333_3).abs() < 1e-9);
        assert!((found.standard_error().unwrap() - 0.101_150_8).abs() < 1e-7, "{found:?}");
        let mut parts = Moments::of([0.5, 0.5]);
        parts += Moments::of([-0.2, 0.1, 0.1, 0.1]);
        assert!((parts.standard_error().unwrap() - found.standard_error().unwrap()).abs() < 1e-12);
    }
}
