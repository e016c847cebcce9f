//! The measures of agreement of a group of statements, and their intervals by the bootstrap
//! over statements: as many statements as there are, drawn with replacement, all measures
//! again, 95 % by percentiles (Efron & Tibshirani 1993, ch. 13).
//!
//! When not to believe the intervals: statements of one article or one debate are
//! more alike than others, and then the true interval is wider.

use crate::evaluate::cell_means;
use crate::evaluate::cell_means::period;
use crate::evaluate::classes::Confusion;
use crate::evaluate::coded_statement::{CodedStatement, Resampling};
use crate::evaluate::distance::{limits, mean_absolute_error};
use crate::stats::correlation::{concordance, pearson, spearman, spearman_of_indices};
use crate::stats::draws::Key;
use crate::stats::interval::Interval;
use crate::stats::moments::mean;
use std::collections::BTreeMap;

/// The names of the measures, in the order of [`Estimates`].
pub const NAMES: [&str; 9] = [
    "spearman",
    "pearson",
    "concordance",
    "mean_absolute_error",
    "bias",
    "macro_f1",
    "accuracy",
    "wrong_pole",
    "cell_means_pearson",
];

/// One value a name of [`NAMES`]; None where the statements do not allow it.
pub type Estimates = [Option<f64>; NAMES.len()];

/// All measures of a group of statements on one footing.
#[derive(Debug, Clone, PartialEq)]
pub struct Measures {
    /// Statements they rest on.
    pub statements: usize,
    /// Classes by sign.
    pub confusion: Confusion,
    /// The measures.
    pub estimates: Estimates,
    /// Their 95 % intervals; None without resampling, or where a measure often
    /// fails in the replicates.
    pub intervals: [Option<Interval>; NAMES.len()],
    /// Between which differences (score minus code) 95 % of the statements lie
    /// if they are normal: Bland and Altman's limits of agreement.
    pub limits: Option<Interval>,
    /// Spearman's rho of the absolute error and the number of words: above 0
    /// when long statements are read worse.
    pub error_by_length: Option<f64>,
    /// Cells of actor by five years.
    pub cells: usize,
}

impl Measures {
    /// A measure by its name.
    pub fn estimate(&self, name: &str) -> Option<f64> {
        NAMES.iter().position(|known| *known == name).and_then(|at| self.estimates[at])
    }
}

/// What the measures need of a statement.
struct Case {
    code: f64,
    score: Option<f64>,
    /// Index of its cell, actor by five years.
    cell: Option<usize>,
    words: Option<usize>,
    /// Index among the different codes, and among the different scores.
    ranks: (usize, usize),
}

/// Measures of a group; `absent` is what a statement without a score counts as,
/// None leaves it out. `purpose` names the group for the random draws.
pub fn measures(
    items: &[&CodedStatement],
    absent: Option<f64>,
    purpose: &[&str],
    resampling: Option<Resampling>,
) -> Measures {
    let cases = cases(items, absent);
    let every: Vec<usize> = (0..cases.len()).collect();
    let (estimates, confusion, cells) = estimate(&cases, &every, absent.is_some());
    let with: Vec<&Case> = cases.iter().filter(|case| case.score.is_some()).collect();
    let error = |case: &Case| case.score.map(|score| (score - case.code).abs());
    let pairs: Vec<(f64, f64)> = with.iter().filter_map(|case| Some((case.code, case.score?))).collect();
    let long: Vec<(f64, f64)> =
        with.iter().filter_map(|case| Some((case.words? as f64, error(case)?))).collect();
    let mut intervals = [None; NAMES.len()];
    if let Some(Resampling { seed, replicates }) = resampling {
        let key = Key::new(seed, purpose);
        let mut found: [Vec<f64>; NAMES.len()] = Default::default();
        let mut drawn = Vec::new();
        for replicate in 0..replicates {
            key.replicate(replicate).resample(cases.len(), &mut drawn);
            for (into, value) in found.iter_mut().zip(estimate(&cases, &drawn, absent.is_some()).0) {
                into.extend(value);
            }
        }
        for ((interval, found), value) in intervals.iter_mut().zip(found).zip(estimates) {
            *interval = value.and_then(|_| Interval::percentile_of_most(found, replicates));
        }
    }
    Measures {
        statements: with.len(),
        confusion,
        estimates,
        intervals,
        limits: limits(&pairs),
        error_by_length: spearman(&long),
        cells,
    }
}

fn cases(items: &[&CodedStatement], absent: Option<f64>) -> Vec<Case> {
    let mut cells: BTreeMap<(&str, String), usize> = BTreeMap::new();
    let mut cases: Vec<Case> = Vec::new();
    for item in items {
        let Some(code) = item.code() else { continue };
        let cell = item.actor.as_deref().zip(item.year).map(|(actor, year)| {
            let next = cells.len();
            *cells.entry((actor, period(year))).or_insert(next)
        });
        let score = item.score.or(absent);
        cases.push(Case { code, score, cell, words: item.words, ranks: (0, 0) });
    }
    let distinct = |values: Vec<f64>| {
        let mut values = values;
        values.sort_by(f64::total_cmp);
        values.dedup();
        values
    };
    let codes = distinct(cases.iter().map(|case| case.code).collect());
    let scores = distinct(cases.iter().filter_map(|case| case.score).collect());
    let place = |values: &[f64], value: f64| values.partition_point(|other| *other < value);
    for case in &mut cases {
        case.ranks = (place(&codes, case.code), case.score.map_or(0, |score| place(&scores, score)));
    }
    cases
}

/// All measures of some cases, named by their indices.
fn estimate(cases: &[Case], drawn: &[usize], all: bool) -> (Estimates, Confusion, usize) {
    let judged: Vec<(f64, Option<f64>)> =
        drawn.iter().map(|at| (cases[*at].code, cases[*at].score)).collect();
    let with: Vec<&Case> = drawn.iter().map(|at| &cases[*at]).filter(|case| case.score.is_some()).collect();
    let pairs: Vec<(f64, f64)> = judged.iter().filter_map(|(code, score)| Some((*code, (*score)?))).collect();
    let ranks: Vec<(usize, usize)> = with.iter().map(|case| case.ranks).collect();
    // An absent score that counts as 0 is neutral: it has been put in as 0.
    let mut confusion = Confusion::of(&judged);
    if all {
        confusion = confusion.absent_as_neutral();
    }
    let celled: Vec<(usize, f64, f64)> =
        with.iter().filter_map(|case| Some((case.cell?, case.code, case.score?))).collect();
    let (cells, r) = cell_means::agreement_of_means(&celled);
    let estimates = [
        spearman_of_indices(&ranks),
        pearson(&pairs),
        concordance(&pairs),
        mean_absolute_error(&pairs),
        mean(pairs.iter().map(|(code, score)| score - code)),
        confusion.macro_f1(),
        confusion.accuracy(),
        confusion.wrong_pole(),
        r,
    ];
    (estimates, confusion, cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Codes from -1 to 1 and scores that follow them with errors.
    fn items(count: usize) -> Vec<CodedStatement> {
        (0..count)
            .map(|at| {
                let code = (at % 5) as f64 / 4.0 - 0.5 + ((at % 3) as f64 - 1.0) / 4.0;
                let error = ((at * 7 % 11) as f64 - 5.0) / 5.0;
                CodedStatement {
                    id: at.to_string(),
                    codes: vec![Some(code)],
                    score: (at % 6 != 0).then_some((code + error).clamp(-1.0, 1.0)),
                    actor: Some(["a", "b", "c"][at % 3].into()),
                    year: Some(2005 + (at % 10) as i32),
                    words: Some(at % 9),
                    ..CodedStatement::default()
                }
            })
            .collect()
    }

    #[test]
    fn intervals_hold_the_estimate_and_shrink_with_more_statements() {
        let resampling = Some(Resampling { seed: 1, replicates: 400 });
        let width = |count: usize| {
            let items = items(count);
            let items: Vec<&CodedStatement> = items.iter().collect();
            let found = measures(&items, None, &["all"], resampling);
            for ((name, value), interval) in NAMES.iter().zip(found.estimates).zip(found.intervals) {
                let (value, interval) = (value.expect(name), interval.expect(name));
                assert!(interval.low < interval.high, "{name}: {interval:?}");
                let slack = 0.02;
                assert!(
                    (interval.low - slack..=interval.high + slack).contains(&value),
                    "{name}: {value} {interval:?}"
                );
            }
            found.intervals.map(|interval| interval.map_or(0.0, |interval| interval.high - interval.low))
        };
        let (few, many) = (width(60), width(600));
        for (name, (few, many)) in NAMES.iter().zip(few.iter().zip(many)) {
            assert!(many < *few, "{name}: {many} {few}");
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_interval_and_another_a_close_one() {
        let items = items(120);
        let items: Vec<&CodedStatement> = items.iter().collect();
        let of = |seed, purpose| {
            measures(&items, Some(0.0), purpose, Some(Resampling { seed, replicates: 1000 })).intervals
        };
        assert_eq!(of(3, &["all"]), of(3, &["all"]));
        assert_ne!(of(3, &["all"]), of(3, &["language", "en"]));
        for (one, two) in of(3, &["all"]).iter().zip(of(4, &["all"])) {
            let (one, two) = (one.unwrap(), two.unwrap());
            assert!(
                (one.low - two.low).abs() < 0.15 && (one.high - two.high).abs() < 0.15,
                "{one:?} {two:?}"
            );
        }
    }

    #[test]
    fn spearman_of_a_replicate_is_that_of_its_values() {
        let items = items(30);
        let items: Vec<&CodedStatement> = items.iter().collect();
        let cases = cases(&items, None);
        let drawn: Vec<usize> = (0..30).map(|at| at * at % 30).collect();
        let pairs: Vec<(f64, f64)> =
            drawn.iter().filter_map(|at| Some((cases[*at].code, cases[*at].score?))).collect();
        let (fast, slow) = (estimate(&cases, &drawn, false).0[0].unwrap(), spearman(&pairs).unwrap());
        assert!((fast - slow).abs() < 1e-12, "{fast} {slow}");
    }
}
