//! Does a conclusion rest on a few terms?
//!
//! Leave-one-out over the terms that fired: the statements that contain a term are
//! scored again without it (by the caller), and the statistic, an actor's mean or the difference
//! of two windows, is computed again. When not to believe it: fitted weights stay as they were
//! fitted with the term, and terms that always occur together hide each other.

use crate::stats::moments;

/// The group in which a statement counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// In the only group; or in the later window, of two.
    Later,
    /// In the earlier window.
    Earlier,
}

/// A statement's side and its value; None without evidence.
pub type Reading = (Side, Option<f64>);

/// What leaving out one term does.
#[derive(Debug, Clone, PartialEq)]
pub struct Influence {
    /// The caller's number of the term.
    pub term: usize,
    /// Number of statements in which it fired.
    pub statements: usize,
    /// The statistic without it; None when too little is left.
    pub without: Option<f64>,
    /// The difference to the statistic with it; None when there is none.
    pub change: Option<f64>,
}

/// What is left of the conclusion without the terms that it rests on most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Sign and more than half of the size stay.
    Stands,
    /// It has the other sign, or none.
    Turned,
    /// Half of it or more is gone.
    Halved,
    /// No statement with a score is left on one side.
    Gone,
}

/// The mean of the values; with `windows`, that of the later minus that of the
/// earlier ones. None when a mean has no values.
pub fn statistic(readings: &[Reading], windows: bool) -> Option<f64> {
    let later = mean(readings, Side::Later)?;
    if windows { Some(later - mean(readings, Side::Earlier)?) } else { Some(later) }
}

fn mean(readings: &[Reading], side: Side) -> Option<f64> {
    moments::mean(readings.iter().filter(|(group, _)| *group == side).filter_map(|(_, value)| *value))
}

/// The statistic after some statements were scored again (index and new value).
pub fn influence(
    term: usize,
    readings: &[Reading],
    anew: &[(usize, Option<f64>)],
    windows: bool,
) -> Influence {
    let mut changed = readings.to_vec();
    for (index, value) in anew {
        if let Some(reading) = changed.get_mut(*index) {
            reading.1 = *value;
        }
    }
    let without = statistic(&changed, windows);
    let change = statistic(readings, windows).zip(without).map(|(before, after)| after - before);
    Influence { term, statements: anew.len(), without, change }
}

/// The terms that a conclusion rests on, at most `most` of them: without each
/// alone it shrinks most or is gone. Terms that work against it are not among them.
pub fn carrying(full: f64, influences: &[Influence], most: usize) -> Vec<usize> {
    let mut props: Vec<(f64, usize)> = influences
        .iter()
        .map(|one| (one.change.map_or(f64::INFINITY, |change| -change * full.signum()), one.term))
        .filter(|(shrinks, _)| *shrinks > 0.0)
        .collect();
    props.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    props.into_iter().take(most).map(|(_, term)| term).collect()
}

/// What is left of `full`.
pub fn verdict(full: f64, without: Option<f64>) -> Verdict {
    match without {
        None => Verdict::Gone,
        Some(left) if left * full <= 0.0 => Verdict::Turned,
        Some(left) if left.abs() <= full.abs() / 2.0 => Verdict::Halved,
        Some(_) => Verdict::Stands,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_that_three_terms_carry_is_found_out() {
        let later = |value| (Side::Later, Some(value));
        let readings = [later(0.8), later(0.6), later(-0.2), later(-0.2)];
        let full = statistic(&readings, false).expect("a mean");
        assert!((full - 0.25).abs() < 1e-12);
        let one = influence(7, &readings, &[(0, None)], false);
        let two = influence(8, &readings, &[(2, Some(0.0))], false);
        assert!((one.without.expect("a mean") - 0.2 / 3.0).abs() < 1e-12);
        // The second works against the mean: no prop of it.
        assert_eq!(carrying(full, &[one.clone(), two], 3), [7]);
        assert_eq!(verdict(full, one.without), Verdict::Halved);
        assert_eq!(verdict(full, Some(-0.1)), Verdict::Turned);
        assert_eq!(verdict(full, Some(0.2)), Verdict::Stands);
        assert_eq!(verdict(full, None), Verdict::Gone);
    }

    #[test]
    fn a_difference_needs_both_windows() {
        let readings = [(Side::Earlier, Some(0.5)), (Side::Later, Some(-0.25)), (Side::Later, None)];
        assert_eq!(statistic(&readings, true), Some(-0.75));
        assert_eq!(influence(0, &readings, &[(0, None)], true).without, None);
        assert_eq!(influence(0, &readings, &[], true).change, Some(0.0));
    }
}
