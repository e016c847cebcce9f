//! Agreement of cell means: actor by five years.
//!
//! Single scores err; what a trend shows are means of an actor in a period. So
//! the means are compared as well: Pearson's r over cells of at least 4
//! statements between the mean of the codes and the mean of the scores. When not to
//! believe it: with few cells, and where cells differ only by actor.

use super::Judged;
use super::distance::{mean, pearson};
use std::collections::BTreeMap;

/// Smaller cells are left out.
pub const LEAST: usize = 4;
/// Years in a cell.
const YEARS: i32 = 5;

/// The five years in which a year lies: "2015-2019".
pub fn period(year: i32) -> String {
    let first = year.div_euclid(YEARS) * YEARS;
    format!("{first}-{}", first + YEARS - 1)
}

/// Number of cells and Pearson's r of their means. `absent` is what a statement
/// without a score counts as; None leaves it out, and a cell then needs 4
/// statements with a score.
pub fn cells(items: &[&Judged], absent: Option<f64>) -> (usize, Option<f64>) {
    let mut all: BTreeMap<(&str, String), Vec<(f64, f64)>> = BTreeMap::new();
    for item in items {
        let (Some(actor), Some(year), Some(code)) = (&item.actor, item.year, item.code()) else { continue };
        if let Some(score) = item.score.or(absent) {
            all.entry((actor, period(year))).or_default().push((code, score));
        }
    }
    let means: Vec<(f64, f64)> = all
        .values()
        .filter(|cell| cell.len() >= LEAST)
        .filter_map(|cell| Some((mean(cell.iter().map(|p| p.0))?, mean(cell.iter().map(|p| p.1))?)))
        .collect();
    (means.len(), pearson(&means))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_cells_are_left_out_and_absent_scores_told() {
        let mut items = Vec::new();
        for (actor, code) in [("a", 1.0), ("b", 0.0), ("c", -1.0)] {
            for at in 0..4 {
                let score = (at > 0).then_some(code / 2.0);
                let item = Judged { codes: vec![Some(code)], score, ..Judged::default() };
                items.push(Judged { actor: Some(actor.into()), year: Some(2016), ..item });
            }
        }
        let items: Vec<&Judged> = items.iter().collect();
        assert_eq!(cells(&items, None), (0, None));
        assert_eq!(cells(&items, Some(0.0)), (3, Some(1.0)));
        assert_eq!(period(2019), "2015-2019");
        assert_eq!(period(2020), "2020-2024");
    }
}
