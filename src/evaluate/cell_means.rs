//! Agreement of cell means: actor by five years.
//!
//! A trend shows means of an actor in a period, in which errors of single scores partly
//! cancel. So the means are compared as well: Pearson's r over cells of at least 4
//! statements between the mean of the codes and the mean of the scores. When not to
//! believe it: with few cells, and where cells differ only by actor.

use crate::stats::correlation::pearson;

/// Smallest number of statements in a cell.
const LEAST: usize = 4;
/// Years in a cell.
const YEARS: i32 = 5;

/// The five years in which a year lies: "2015-2019".
pub fn period(year: i32) -> String {
    let first = year.div_euclid(YEARS) * YEARS;
    format!("{first}-{}", first + YEARS - 1)
}

/// Number of cells of at least 4 statements and Pearson's r of their means.
/// Each statement is given as the index of its cell, its code and its score.
pub fn agreement_of_means(statements: &[(usize, f64, f64)]) -> (usize, Option<f64>) {
    let count = statements.iter().map(|(cell, _, _)| cell + 1).max().unwrap_or(0);
    let mut sums = vec![(0usize, 0.0, 0.0); count];
    for (cell, code, score) in statements {
        let sum = &mut sums[*cell];
        *sum = (sum.0 + 1, sum.1 + code, sum.2 + score);
    }
    let means: Vec<(f64, f64)> = sums
        .into_iter()
        .filter(|(n, _, _)| *n >= LEAST)
        .map(|(n, codes, scores)| (codes / n as f64, scores / n as f64))
        .collect();
    (means.len(), pearson(&means))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_cells_are_left_out() {
        let mut statements = Vec::new();
        for (cell, code) in [(0, 1.0), (1, 0.0), (2, -1.0)] {
            statements.extend([(cell, code, code / 2.0); 4]);
        }
        statements.push((3, 1.0, -1.0));
        assert_eq!(agreement_of_means(&statements), (3, Some(1.0)));
        assert_eq!(agreement_of_means(&statements[1..]), (2, None));
        assert_eq!(agreement_of_means(&[]), (0, None));
        assert_eq!(period(2019), "2015-2019");
        assert_eq!(period(2020), "2020-2024");
    }
}
