//! When did the level change, if it did? Descriptions of a series of period means side by
//! side, breaks with intervals of their dates, and the test of a break at an unknown date.
//!
//! Not to be believed for fewer than about eight periods, or where `models.csv`
//! does not prefer steps to a line: steps dress any slope as a staircase.

use crate::aggregate::bootstrap::Cluster;
use crate::aggregate::change::steps;
use crate::aggregate::change::steps::{Costs, Description, Shape};
use crate::aggregate::findings;
use crate::aggregate::findings::BreakSummary;
use crate::aggregate::periods;
use crate::aggregate::plan::Options;
use crate::aggregate::trend::series::Series;
use crate::model::{Axis, ChangePoint, Fit, Period};
use crate::stats::draws::Key;

/// Fewer periods than this are not looked at.
const FEW_PERIODS: usize = 6;
/// Descriptions whose BIC differ by less are taken as equally good.
const DECISIVE: f64 = 2.0;
/// Bootstrap series for the test of an unknown date.
const NULL_SERIES: usize = 999;
/// Share of resampled breaks that the interval of a date must hold.
const HELD: f64 = 0.95;

/// Descriptions and breaks of one series; both empty below 6 periods.
pub fn breaks(
    series: &Series,
    period: Period,
    axis: Option<&Axis>,
    options: &Options,
) -> (Vec<Fit>, Vec<ChangePoint>) {
    let n = series.periods.len();
    if n < FEW_PERIODS {
        return (Vec::new(), Vec::new());
    }
    let t = series.times(period);
    let x = series.means();
    let w = series.weights();
    let all = steps::describe(&t, &x, &w);
    let label = |index: usize| periods::span(series.periods[index].0, period).label;
    let best = all.iter().map(|one| one.bic).fold(f64::INFINITY, f64::min);
    let near = all.iter().filter(|one| one.bic - best < DECISIVE).count();
    let priced = steps::priced(&Costs::new(&x, &w), steps::least_stretch(n), steps::usual_price(&x));
    let level = |one: &Description| matches!(one.shape, Shape::Constant | Shape::Steps(_));
    let fits = all
        .iter()
        .map(|one| Fit {
            actor_id: series.actor_id.to_string(),
            actor: series.actor.to_string(),
            axis: series.axis.to_string(),
            model: one.shape.name(),
            breaks: one.breaks.iter().map(|index| label(*index)).collect(),
            periods: n,
            rss: one.rss,
            bic: one.bic,
            delta: one.bic - best,
            priced: level(one) && priced.as_ref() == Some(&one.breaks),
            verdict: match one.bic - best {
                delta if delta >= DECISIVE => "worse",
                _ if near > 1 => "undecided",
                _ => "best",
            },
        })
        .collect();
    (fits, found(series, period, axis, options, &all, (&x, &w)))
}

/// The breaks of the best steps, where they are better than one level.
fn found(
    series: &Series,
    period: Period,
    axis: Option<&Axis>,
    options: &Options,
    all: &[Description],
    (x, w): (&[f64], &[f64]),
) -> Vec<ChangePoint> {
    let steps = |one: &&Description| matches!(one.shape, Shape::Steps(_));
    let least = |a: &&Description, b: &&Description| a.bic.total_cmp(&b.bic);
    let constant = all.iter().find(|one| one.shape == Shape::Constant);
    let (Some(chosen), Some(constant)) = (all.iter().filter(steps).min_by(least), constant) else {
        return Vec::new();
    };
    let Some(rival) = all.iter().filter(|one| !steps(one)).min_by(least) else { return Vec::new() };
    if constant.bic - chosen.bic < DECISIVE {
        return Vec::new();
    }
    let p = unknown_date(x, w, Key::new(options.seed, &["unknown date", series.actor_id, series.axis]));
    let lead = rival.bic - chosen.bic;
    let costs = Costs::new(x, w);
    let between = dates(series, &chosen.breaks, options);
    let ends: Vec<usize> = [0].into_iter().chain(chosen.breaks.iter().copied()).chain([x.len()]).collect();
    chosen
        .breaks
        .iter()
        .enumerate()
        .map(|(number, index)| {
            let levels =
                (costs.mean(ends[number], ends[number + 1]), costs.mean(ends[number + 1], ends[number + 2]));
            let span = |index: usize| periods::span(series.periods[index].0, period);
            let (first, last) = (span(between[number].0), span(between[number].1));
            let here = span(*index);
            let said = BreakSummary {
                actor: series.actor,
                axis: series.axis,
                period: &here.label,
                between: Some((&first.label, &last.label)),
                levels,
                p,
                lead,
                rival: &rival.shape.name(),
            };
            ChangePoint {
                actor_id: series.actor_id.to_string(),
                actor: series.actor.to_string(),
                axis: series.axis.to_string(),
                day: here.start,
                interval: Some((first.start, last.end)),
                levels,
                p,
                decided: lead >= DECISIVE && p < findings::CLEAR,
                finding: findings::level_break(&said, axis),
                period: here.label.clone(),
            }
        })
        .collect()
}

/// For each break, the first and last period that hold 95 % of the places it
/// takes when articles are resampled. Articles are drawn, for each period as
/// many as it has, from all articles of the same level: within a level they are
/// exchangeable if steps are the truth, and a period with one article still
/// carries the uncertainty of one article.
fn dates(series: &Series, breaks: &[usize], options: &Options) -> Vec<(usize, usize)> {
    let n = series.periods.len();
    let least = steps::least_stretch(n);
    let ends: Vec<usize> = breaks.iter().copied().chain([n]).collect();
    let mut pools: Vec<Vec<Cluster>> = Vec::new();
    let mut start = 0;
    for end in &ends {
        pools.push(
            series.periods[start..*end].iter().flat_map(|(_, clusters)| clusters.iter().copied()).collect(),
        );
        start = *end;
    }
    let work = breaks.len() * n * n + n;
    let rounds = (100_000_000 / work).clamp(199, 999);
    let key = Key::new(options.seed, &["date of break", series.actor_id, series.axis]);
    let w = series.weights();
    let mut places: Vec<Vec<usize>> = vec![vec![0; n]; breaks.len()];
    for round in 0..rounds {
        let mut draws = key.replicate(round);
        let x: Option<Vec<f64>> = series
            .periods
            .iter()
            .enumerate()
            .map(|(index, (_, clusters))| {
                let pool = &pools[ends.partition_point(|end| *end <= index)];
                let mut total = Cluster::default();
                for _ in 0..clusters.len() {
                    total += pool[draws.below(pool.len())];
                }
                total.mean()
            })
            .collect();
        let Some(x) = x else { continue };
        let cuts = steps::cuts(&Costs::new(&x, &w), least, breaks.len());
        if let Some((found, _)) = cuts.get(breaks.len()) {
            for (place, counts) in found.iter().zip(&mut places) {
                counts[*place] += 1;
            }
        }
    }
    places.iter().zip(breaks).map(|(counts, at)| most_frequent(counts, *at, rounds)).collect()
}

/// The ends of the set of most frequent places that holds 95 %, and the place
/// that was found.
fn most_frequent(counts: &[usize], at: usize, rounds: usize) -> (usize, usize) {
    let mut order: Vec<usize> = (0..counts.len()).filter(|index| counts[*index] > 0).collect();
    order.sort_by(|a, b| counts[*b].cmp(&counts[*a]).then(a.cmp(b)));
    let (mut first, mut last, mut held) = (at, at, 0);
    for index in order {
        if held as f64 >= HELD * rounds as f64 {
            break;
        }
        held += counts[index];
        first = first.min(index);
        last = last.max(index);
    }
    (first, last)
}

/// p of a break at an unknown date: the largest |difference| / error over all
/// dates, against series without a change whose neighbouring periods hang
/// together (stationary bootstrap of the deviations, Politis & Romano 1994;
/// mean block n^(1/3)).
fn unknown_date(x: &[f64], w: &[f64], key: Key) -> f64 {
    let n = x.len();
    let observed = largest_step(x, w);
    let costs = Costs::new(x, w);
    let mean = costs.mean(0, n);
    let deviations: Vec<f64> = x.iter().zip(w).map(|(x, w)| (x - mean) * w.sqrt()).collect();
    let block = ((n as f64).cbrt().round()).max(1.0);
    let mut extreme = 0;
    let mut drawn = vec![0.0; n];
    for round in 0..NULL_SERIES {
        let mut draws = key.replicate(round);
        let mut at = draws.below(n);
        for (index, value) in drawn.iter_mut().enumerate() {
            if index > 0 {
                at = if draws.unit() < 1.0 / block { draws.below(n) } else { (at + 1) % n };
            }
            *value = deviations[at] / w[index].sqrt();
        }
        extreme += usize::from(largest_step(&drawn, w) >= observed * (1.0 - 1e-12));
    }
    (1 + extreme) as f64 / (1 + NULL_SERIES) as f64
}

/// The largest |difference of means| / standard error over all dates with
/// stretches long enough on both sides.
fn largest_step(x: &[f64], w: &[f64]) -> f64 {
    let n = x.len();
    let least = steps::least_stretch(n);
    let costs = Costs::new(x, w);
    let total = costs.cost(0, n);
    (least..=n - least)
        .map(|at| {
            let rss = costs.cost(0, at) + costs.cost(at, n);
            // F of one step; its root is |difference| / error.
            ((total - rss).max(0.0) / (rss / (n - 2) as f64).max(1e-18)).sqrt()
        })
        .fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(values: &[(i32, &[f64])]) -> Series<'static> {
        Series {
            actor_id: "lind",
            actor: "Ann Lind",
            axis: "position",
            periods: values
                .iter()
                .map(|(year, values)| {
                    let one = |value: &f64| Cluster { sum: *value, count: 1.0, ..Cluster::default() };
                    (*year, values.iter().map(one).collect())
                })
                .collect(),
        }
    }

    #[test]
    fn a_step_gets_a_date_and_an_interval() {
        let before = [0.5, 0.6, 0.4, 0.55];
        let after = [-0.4, -0.5, -0.3, -0.45];
        let values: Vec<(i32, &[f64])> =
            (2000..2016).map(|year| (year, if year < 2009 { &before[..] } else { &after[..] })).collect();
        let mut series = series(&values);
        // Years differ a little, or the fit would be perfect.
        for (index, (_, clusters)) in series.periods.iter_mut().enumerate() {
            clusters.to_mut().truncate(2 + index % 3);
        }
        let (fits, found) = breaks(&series, Period::Year, None, &Options::default());
        assert_eq!(found.len(), 1, "{fits:?}");
        let one = &found[0];
        assert!(one.decided, "{one:?}");
        assert_eq!(one.period, "2009");
        let (first, last) = one.interval.unwrap();
        assert!(first <= one.day && one.day <= last);
        assert!(one.finding.starts_with("Ann Lind moved down on position in 2009"), "{}", one.finding);
        assert!(fits.iter().any(|fit| fit.model == "linear_and_step"));
    }

    #[test]
    fn a_slope_is_not_dated() {
        let noise = [0.03, -0.04, 0.01, 0.05, -0.02, -0.05, 0.02];
        let values: Vec<Vec<f64>> = (0..16)
            .map(|n| (0..3).map(|k| 0.6 - 0.07 * f64::from(n) + noise[(n as usize + k) % 7]).collect())
            .collect();
        let values: Vec<(i32, &[f64])> =
            values.iter().enumerate().map(|(n, values)| (2000 + n as i32, values.as_slice())).collect();
        let (fits, found) = breaks(&series(&values), Period::Year, None, &Options::default());
        assert!(found.iter().all(|one| !one.decided), "{found:?}");
        assert!(
            found.iter().all(|one| one.finding.contains("linear course describes it better")),
            "{found:?}"
        );
        let best = fits.iter().find(|fit| fit.delta == 0.0).unwrap();
        assert_eq!(best.model, "linear");
    }

    #[test]
    fn noise_has_no_break() {
        let mut draws = Key::new(5, &["noise"]).replicate(0);
        let values: Vec<Vec<f64>> = (0..20).map(|_| (0..4).map(|_| draws.unit() - 0.5).collect()).collect();
        let values: Vec<(i32, &[f64])> =
            values.iter().enumerate().map(|(n, values)| (2000 + n as i32, values.as_slice())).collect();
        let (_, found) = breaks(&series(&values), Period::Year, None, &Options::default());
        assert!(found.iter().all(|one| !one.decided), "{found:?}");
        let (fits, found) = breaks(&series(&values[..5]), Period::Year, None, &Options::default());
        assert!(fits.is_empty() && found.is_empty());
    }
}
