//! Within sources: what is left of a change when every newspaper is compared with itself,
//! by the two-way additive fit `score = source + period`.
//!
//! An archive that gains a newspaper looks like a change of opinion; here it does not. Not to
//! be believed when sources change their own selection over time.

use crate::aggregate::cells::{Cell, Cells};
use crate::aggregate::plan::Weight;
use std::collections::BTreeMap;

/// Enough rounds for any table that people print; stops earlier.
const ROUNDS: usize = 10_000;

/// For each period of a series, the mean as it would be had every period the
/// same mix of sources (the mix of the whole series), from least squares of
/// `score = source + period`. Periods that share no source with the largest
/// connected group of periods are left out: nothing ties their level to the
/// others'.
pub fn means(cells: &Cells, series: &[Cell], weight: Weight) -> BTreeMap<i32, f64> {
    let mut sums: BTreeMap<(i32, u32), (f64, f64)> = BTreeMap::new();
    for cell in series {
        for (cluster, source) in cells.clusters(cell).iter().zip(cells.sources(cell)) {
            let cluster = if weight == Weight::Article { cluster.as_one() } else { *cluster };
            let entry = sums.entry((cell.period, *source)).or_default();
            entry.0 += cluster.sum;
            entry.1 += cluster.count;
        }
    }
    additive(&sums)
}

/// The same from sums and counts by period and source.
fn additive(sums: &BTreeMap<(i32, u32), (f64, f64)>) -> BTreeMap<i32, f64> {
    let group = largest_group(sums);
    let sums: Vec<((i32, u32), (f64, f64))> =
        sums.iter().filter(|((period, _), _)| group.contains(period)).map(|(k, v)| (*k, *v)).collect();
    let mut periods: BTreeMap<i32, f64> = sums.iter().map(|((period, _), _)| (*period, 0.0)).collect();
    let mut sources: BTreeMap<u32, f64> = sums.iter().map(|((_, source), _)| (*source, 0.0)).collect();
    for _ in 0..ROUNDS {
        let mut change = 0.0f64;
        let mut residual: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
        for ((period, source), (sum, count)) in &sums {
            let entry = residual.entry(*source).or_default();
            entry.0 += sum - count * periods[period];
            entry.1 += count;
        }
        for (source, (sum, count)) in residual {
            sources.insert(source, sum / count);
        }
        let mut residual: BTreeMap<i32, (f64, f64)> = BTreeMap::new();
        for ((period, source), (sum, count)) in &sums {
            let entry = residual.entry(*period).or_default();
            entry.0 += sum - count * sources[source];
            entry.1 += count;
        }
        for (period, (sum, count)) in residual {
            let new = sum / count;
            change = change.max((new - periods[&period]).abs());
            periods.insert(period, new);
        }
        if change < 1e-12 {
            break;
        }
    }
    let all: f64 = sums.iter().map(|(_, (_, count))| count).sum();
    let mix: f64 = sums.iter().map(|((_, source), (_, count))| count * sources[source]).sum::<f64>() / all;
    periods.into_iter().map(|(period, effect)| (period, effect + mix)).collect()
}

/// The periods that hang together by common sources and hold most statements.
fn largest_group(sums: &BTreeMap<(i32, u32), (f64, f64)>) -> Vec<i32> {
    let mut groups: Vec<(Vec<i32>, Vec<u32>, f64)> = Vec::new();
    for ((period, source), (_, count)) in sums {
        let (touched, mut rest): (Vec<_>, Vec<_>) = groups
            .into_iter()
            .partition(|(periods, sources, _)| periods.contains(period) || sources.contains(source));
        let mut joined = (vec![*period], vec![*source], *count);
        for (periods, sources, count) in touched {
            joined.0.extend(periods);
            joined.1.extend(sources);
            joined.2 += count;
        }
        joined.0.sort_unstable();
        joined.0.dedup();
        joined.1.sort_unstable();
        joined.1.dedup();
        rest.push(joined);
        groups = rest;
    }
    groups
        .into_iter()
        .max_by(|a, b| a.2.total_cmp(&b.2).then(b.0.cmp(&a.0)))
        .map_or(Vec::new(), |best| best.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[(i32, u32, f64, f64)]) -> BTreeMap<(i32, u32), (f64, f64)> {
        rows.iter().map(|(period, source, mean, n)| ((*period, *source), (mean * n, *n))).collect()
    }

    #[test]
    fn a_newspaper_that_joins_is_no_change() {
        // Source 1 says +0.5 in both years; source 2, colder, joins in the second.
        let found = additive(&table(&[(1, 1, 0.5, 10.0), (2, 1, 0.5, 10.0), (2, 2, -0.5, 10.0)]));
        assert!((found[&1] - found[&2]).abs() < 1e-9, "{found:?}");
        // The level is that of the whole mix: a third of it is the cold source.
        assert!((found[&1] - (0.5 * 2.0 - 0.5) / 3.0).abs() < 1e-9);
    }

    #[test]
    fn a_change_inside_sources_stays() {
        let found =
            additive(&table(&[(1, 1, 0.5, 10.0), (1, 2, 0.1, 2.0), (2, 1, 0.1, 3.0), (2, 2, -0.3, 9.0)]));
        assert!((found[&1] - found[&2] - 0.4).abs() < 1e-9, "{found:?}");
    }

    #[test]
    fn periods_without_a_common_source_are_not_compared() {
        let found = additive(&table(&[(1, 1, 0.5, 10.0), (2, 2, -0.5, 3.0), (3, 1, 0.4, 1.0)]));
        assert_eq!(found.keys().copied().collect::<Vec<_>>(), [1, 3]);
    }
}
