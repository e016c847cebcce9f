//! Fitting the weights of features on hand-coded statements.
//!
//! Ridge regression (Hoerl & Kennard 1970): the weights w that minimise
//! `sum (y - w·x)^2 + λ |w - w0|^2`, solved from the normal equations. There is no
//! constant term: a statement that names nothing has no score. When not to
//! believe it: with few statements a feature gathers, its weight says how the
//! coded debate went, not how the language works: judge a fit on statements it
//! has not seen.

/// One coded statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Its features, in one order for all examples.
    pub features: Vec<f64>,
    /// What the coders say, in [-1, 1].
    pub code: f64,
}

/// What is known about a weight before it is fitted.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Prior {
    /// What it is drawn towards: with few examples of a feature the weight stays near it,
    /// with many they decide.
    pub towards: f64,
    /// Its least size, with its sign; 0 where any weight will do.
    pub floor: f64,
}

/// The weights of the features, `lambda` above 0; None when there are no
/// examples or the features differ in number. A feature with a floor (see
/// `priors`) gets a weight of at least that size with its sign: what is rare among the
/// coded statements ("sovereignty is not sacred") must not lose its meaning
/// because a few of its cases were misread. Features at the floor are held there
/// and the others fitted again, until none falls below.
pub fn fit(examples: &[Example], lambda: f64, priors: &[Prior]) -> Option<Vec<f64>> {
    let width = examples.first()?.features.len();
    let even = examples.iter().all(|example| example.features.len() == width);
    if !even || priors.len() != width || lambda <= 0.0 {
        return None;
    }
    let mut held: Vec<Option<f64>> = vec![None; width];
    loop {
        let free: Vec<usize> = (0..width).filter(|at| held[*at].is_none()).collect();
        let solved = ridge(examples, lambda, priors, &free, &held)?;
        let mut weights: Vec<f64> = held.iter().map(|weight| weight.unwrap_or(0.0)).collect();
        for (at, weight) in free.iter().zip(solved) {
            weights[*at] = weight;
        }
        let low: Vec<usize> = free
            .into_iter()
            .filter(|at| {
                let floor = priors[*at].floor;
                floor != 0.0 && weights[*at] * floor.signum() < floor.abs()
            })
            .collect();
        if low.is_empty() {
            return Some(weights);
        }
        for at in low {
            held[at] = Some(priors[at].floor);
        }
    }
}

/// The free weights, fitted to what the held weights leave of the codes.
fn ridge(
    examples: &[Example],
    lambda: f64,
    priors: &[Prior],
    free: &[usize],
    held: &[Option<f64>],
) -> Option<Vec<f64>> {
    let width = free.len();
    let mut matrix = vec![vec![0.0; width + 1]; width];
    for example in examples {
        let known = example.features.iter().zip(held).filter_map(|(x, weight)| Some(x * (*weight)?));
        let rest = example.code - known.sum::<f64>();
        for (row, at) in free.iter().enumerate() {
            let x = example.features[*at];
            for (column, other) in free.iter().enumerate() {
                matrix[row][column] += x * example.features[*other];
            }
            matrix[row][width] += x * rest;
        }
    }
    for (row, line) in matrix.iter_mut().enumerate() {
        line[row] += lambda;
        line[width] += lambda * priors[free[row]].towards;
    }
    solve(matrix)
}

/// Gauss-Jordan elimination; the ridge makes the matrix positive definite, so
/// that no pivot is 0.
fn solve(mut matrix: Vec<Vec<f64>>) -> Option<Vec<f64>> {
    let width = matrix.len();
    for pivot in 0..width {
        let lead = matrix[pivot][pivot];
        if lead.abs() < 1e-12 {
            return None;
        }
        for cell in matrix[pivot].iter_mut() {
            *cell /= lead;
        }
        let line = matrix[pivot].clone();
        for (row, other) in matrix.iter_mut().enumerate() {
            let factor = other[pivot];
            if row != pivot && factor != 0.0 {
                for (cell, value) in other.iter_mut().zip(&line) {
                    *cell -= factor * value;
                }
            }
        }
    }
    matrix.into_iter().map(|line| line.last().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn examples() -> Vec<Example> {
        [(1.0, 0.0, 0.8), (0.0, 1.0, -0.4), (1.0, 1.0, 0.4)]
            .map(|(a, b, code)| Example { features: vec![a, b], code })
            .to_vec()
    }

    #[test]
    fn the_ridge_draws_weights_towards_nothing() {
        let loose = fit(&examples(), 1e-9, &[Prior::default(); 2]).unwrap();
        assert!((loose[0] - 0.8).abs() < 1e-6 && (loose[1] + 0.4).abs() < 1e-6);
        // (X'X + I) w = X'y with X'X = [2 1; 1 2] and X'y = (1.2, 0).
        let tight = fit(&examples(), 1.0, &[Prior::default(); 2]).unwrap();
        assert!((tight[0] - 0.45).abs() < 1e-9 && (tight[1] + 0.15).abs() < 1e-9);
    }

    #[test]
    fn evidence_keeps_the_sign_of_its_axis() {
        let signed = fit(&examples(), 1e-9, &[Prior::default(), Prior { floor: 0.2, towards: 0.0 }]).unwrap();
        assert_eq!(signed[1], 0.2);
        // The other weight makes up for it: least squares of 0.8 and 0.4 - 0.2.
        assert!((signed[0] - 0.5).abs() < 1e-6, "{signed:?}");
    }

    #[test]
    fn a_weight_without_examples_is_what_it_is_drawn_towards() {
        let drawn = Prior { towards: 0.7, floor: 0.05 };
        let none = [Example { features: vec![0.0, 1.0], code: 0.5 }];
        let fitted = fit(&none, 1.0, &[drawn, Prior::default()]).unwrap();
        assert!((fitted[0] - 0.7).abs() < 1e-12 && (fitted[1] - 0.25).abs() < 1e-12, "{fitted:?}");
    }

    #[test]
    fn nothing_is_fitted_on_nothing() {
        assert_eq!(fit(&[], 1.0, &[]), None);
        let uneven = [vec![1.0], vec![1.0, 2.0]].map(|features| Example { features, code: 0.0 });
        assert_eq!(fit(&uneven, 1.0, &[Prior::default()]), None);
    }
}
