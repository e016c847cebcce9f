//! The rows of `trend.csv`: mean, errors, interval and flags of each cell.

use crate::aggregate::bootstrap;
use crate::aggregate::bootstrap::Cluster;
use crate::aggregate::cells::{Cell, Cells};
use crate::aggregate::periods;
use crate::aggregate::plan::{Options, Weight};
use crate::aggregate::trend::{log_odds, within_source as within};
use crate::model::{Flag, Period, Scores, TrendPoint};
use crate::stats::draws::Key;
use crate::stats::interval::Interval;
use crate::stats::moments::standard_deviation;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Fewer statements than this are flagged.
pub const FEW_STATEMENTS: usize = 3;
/// Fewer articles than this get no interval.
pub const FEW_ARTICLES: usize = 5;
/// Below this many articles an interval depends much on the correction for few articles.
const SMALL_SAMPLE: usize = 10;
/// From this many articles on the error is computed, not resampled: the two
/// differ by less than the chance in the resampling.
const LARGE: usize = 5_000;

/// The points of every actor on every axis, sorted by actor, axis, source and
/// period. Periods without statements between an actor's first and last are
/// rows with n = 0 and no mean: a gap is not a zero.
pub fn points(scores: &Scores, cells: &Cells, period: Period, options: &Options) -> Vec<TrendPoint> {
    let same =
        |one: &Cell, two: &Cell| (one.actor, one.axis, one.source) == (two.actor, two.axis, two.source);
    let series: Vec<&[Cell]> = cells.cells.chunk_by(same).collect();
    let nested: Vec<Vec<TrendPoint>> = series
        .into_par_iter()
        .map(|series| {
            let adjusted = if options.within_source && series[0].source.is_none() {
                within::means(cells, series, options.weight)
            } else {
                BTreeMap::new()
            };
            let mut points = Vec::new();
            for (index, cell) in series.iter().enumerate() {
                points.push(point(scores, cells, cell, period, options, adjusted.get(&cell.period).copied()));
                let next = series.get(index + 1).map_or(cell.period + 1, |next| next.period);
                points.extend((cell.period + 1..next).map(|gap| empty(scores, cell, gap, period)));
            }
            points
        })
        .collect();
    nested.into_iter().flatten().collect()
}

/// The point of a period without statements.
fn empty(scores: &Scores, cell: &Cell, number: i32, period: Period) -> TrendPoint {
    let span = periods::span(number, period);
    TrendPoint {
        actor_id: scores.actors.name(cell.actor).to_string(),
        actor: scores.title(cell.actor).to_string(),
        axis: scores.axes.name(cell.axis).to_string(),
        source: cell.source.map(|source| scores.sources.name(source).to_string()),
        period: span.label,
        start: span.start,
        end: span.end,
        statements: 0,
        articles: 0,
        hits: 0,
        mean: None,
        standard_error: None,
        interval: None,
        sources: 0,
        within_source: None,
        log_odds: None,
        boot_failed: 0,
        flags: vec![Flag::FewStatements, Flag::FewArticles],
    }
}

fn point(
    scores: &Scores,
    cells: &Cells,
    cell: &Cell,
    period: Period,
    options: &Options,
    within_source: Option<f64>,
) -> TrendPoint {
    let plain = empty(scores, cell, cell.period, period);
    let counted = cells.clusters(cell);
    let weighted: Vec<Cluster>;
    let clusters = match options.weight {
        Weight::Statement => counted,
        Weight::Article => {
            weighted = counted.iter().map(|cluster| cluster.as_one()).collect();
            &weighted
        }
    };
    let statements = bootstrap::total(counted).count as usize;
    let mut sources = cells.sources(cell).to_vec();
    sources.sort_unstable();
    sources.dedup();
    let source = plain.source.as_deref().unwrap_or("");
    let key = Key::new(options.seed, &["trend", &plain.actor_id, &plain.axis, source, &plain.period]);
    let estimate = estimate(clusters, options, key);
    let log_odds = log_odds::log_odds(bootstrap::total(clusters), estimate.log_odds_error);
    let mut flags = Vec::new();
    let mut flag = |raise: bool, flag: Flag| {
        if raise {
            flags.push(flag);
        }
    };
    flag(statements < FEW_STATEMENTS, Flag::FewStatements);
    flag(clusters.len() < FEW_ARTICLES, Flag::FewArticles);
    flag((FEW_ARTICLES..SMALL_SAMPLE).contains(&clusters.len()), Flag::SmallSample);
    flag(cell.coarse > 0, Flag::CoarseDates);
    let effect = log_odds.and_then(|scale| scale.design_effect);
    flag(effect.is_some_and(|effect| effect > log_odds::OVERDISPERSED), Flag::Overdispersed);
    TrendPoint {
        statements,
        articles: cell.articles,
        hits: cell.hits,
        mean: estimate.mean,
        standard_error: estimate.error,
        interval: estimate.interval.map(Interval::ends),
        sources: sources.len(),
        within_source,
        log_odds,
        boot_failed: estimate.failed,
        flags,
        ..plain
    }
}

/// A mean with its uncertainty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Estimate {
    /// Of the statements (or of the articles).
    pub mean: Option<f64>,
    /// Standard deviation over resampled articles; None below 2 articles.
    pub error: Option<f64>,
    /// 95 % interval; None below 5 articles.
    pub interval: Option<Interval>,
    /// Error on the log-odds scale; None below 5 articles.
    pub log_odds_error: Option<f64>,
    /// Replicates without a mean.
    pub failed: usize,
}

/// The mean of clusters with its 95 % interval: percentiles over resampled
/// clusters, half-widths multiplied by [`bootstrap::expansion`]; cut off at
/// the scale's ends.
pub fn estimate(clusters: &[Cluster], options: &Options, key: Key) -> Estimate {
    let total = bootstrap::total(clusters);
    let Some(mean) = total.mean() else { return Estimate::default() };
    let n = clusters.len();
    let mut found = Estimate { mean: Some(mean), ..Estimate::default() };
    let enough = n >= FEW_ARTICLES;
    let mut ends = None;
    if n >= LARGE {
        found.error = Some(linear_error(clusters, total));
        found.log_odds_error = Some(linear_log_odds_error(clusters, total));
        ends = Some(Interval::normal(mean, linear_error(clusters, total)));
    } else if n >= 2 {
        let replicates = bootstrap::totals(clusters, options.replicates, key);
        let mut means: Vec<f64> = replicates.iter().filter_map(|total| total.mean()).collect();
        found.failed = replicates.len() - means.len();
        found.error = standard_deviation(&means);
        if enough {
            if total.positive + total.negative > 0.0 {
                found.log_odds_error = log_odds::bootstrap_error(&replicates);
            }
            ends = Interval::percentile(&mut means);
        }
    }
    found.interval = ends.filter(|_| enough).map(|Interval { low, high }| {
        let wider = bootstrap::expansion(n);
        options
            .clamp_interval(Interval { low: mean + (low - mean) * wider, high: mean + (high - mean) * wider })
    });
    found
}

/// The limit of the bootstrap error of a ratio of sums (linearisation):
/// `sqrt(sum (s_i - mean n_i)²) / sum n`.
fn linear_error(clusters: &[Cluster], total: Cluster) -> f64 {
    let mean = total.sum / total.count;
    clusters.iter().map(|c| (c.sum - mean * c.count).powi(2)).sum::<f64>().sqrt() / total.count
}

/// The same for the log-odds.
fn linear_log_odds_error(clusters: &[Cluster], total: Cluster) -> f64 {
    let (positive, negative) = (total.positive + 0.5, total.negative + 0.5);
    let n = clusters.len() as f64;
    let mean = (total.positive / positive - total.negative / negative) / n;
    clusters
        .iter()
        .map(|c| (c.positive / positive - c.negative / negative - mean).powi(2))
        .sum::<f64>()
        .sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::cells::cells;
    use crate::model::Observation;
    use chrono::NaiveDate;

    fn seen(article: &str, year: i32, value: f64) -> Observation {
        let day = NaiveDate::from_ymd_opt(year, 5, 5).unwrap();
        Observation {
            actor_id: "lind".into(),
            actor: "Ann Lind".into(),
            axis: "position".into(),
            article: article.into(),
            cluster: None,
            statement: article.into(),
            source: None,
            from: day,
            to: day,
            value,
            hits: 1,
            poles: if value > 0.0 { (1, 0) } else { (0, 1) },
        }
    }

    fn sample() -> Vec<Observation> {
        let values = [0.5, 0.25, -0.5, 0.75, 0.1, 0.3];
        let mut all: Vec<Observation> =
            values.iter().enumerate().map(|(n, value)| seen(&format!("a{n}"), 2001, *value)).collect();
        all.push(seen("a0", 2001, 1.0));
        all.push(seen("b", 2004, -0.5));
        all
    }

    fn trends(all: &[Observation], options: &Options) -> Vec<TrendPoint> {
        let scores: Scores = all.iter().collect();
        points(&scores, &cells(&scores, Period::Year, false).unwrap(), Period::Year, options)
    }

    #[test]
    fn a_gap_is_a_row_without_a_mean() {
        let points = trends(&sample(), &Options::default());
        let labels: Vec<&str> = points.iter().map(|point| point.period.as_str()).collect();
        assert_eq!(labels, ["2001", "2002", "2003", "2004"]);
        assert_eq!((points[0].statements, points[0].articles), (7, 6));
        assert!((points[0].mean.unwrap() - 2.4 / 7.0).abs() < 1e-12);
        assert!(points[0].interval.is_some());
        assert_eq!(points[0].flags, [Flag::SmallSample]);
        assert_eq!((points[1].statements, points[1].mean), (0, None));
        assert_eq!(points[3].interval, None);
        assert_eq!(points[3].flags, [Flag::FewStatements, Flag::FewArticles]);
    }

    #[test]
    fn neither_order_nor_repetition_changes_a_bit() {
        let mut turned = sample();
        turned.reverse();
        let options = Options::default();
        assert_eq!(trends(&sample(), &options), trends(&turned, &options));
    }

    #[test]
    fn swapping_the_poles_turns_the_means() {
        let turned: Vec<Observation> = sample()
            .into_iter()
            .map(|o| Observation { value: -o.value, poles: (o.poles.1, o.poles.0), ..o })
            .collect();
        let options = Options::default();
        let (one, two) = (trends(&sample(), &options), trends(&turned, &options));
        assert!((one[0].mean.unwrap() + two[0].mean.unwrap()).abs() < 1e-12);
        let scale = |points: &[TrendPoint]| points[0].log_odds.unwrap().value;
        assert!((scale(&one) + scale(&two)).abs() < 1e-12);
    }

    #[test]
    fn an_article_may_weigh_as_one() {
        let options = Options { weight: Weight::Article, ..Options::default() };
        let points = trends(&sample(), &options);
        let wanted = (0.75 + 0.25 - 0.5 + 0.75 + 0.1 + 0.3) / 6.0;
        assert!((points[0].mean.unwrap() - wanted).abs() < 1e-12);
        assert_eq!(points[0].statements, 7);
    }

    #[test]
    fn near_duplicates_that_are_kept_are_drawn_together() {
        let mut all = sample();
        for n in 0..6 {
            let copy = seen(&format!("copy{n}"), 2001, 0.5);
            all.push(Observation { cluster: Some("a0".into()), ..copy });
        }
        let points = trends(&all, &Options::default());
        assert_eq!((points[0].statements, points[0].articles), (13, 12));
        let lone = trends(
            &all.iter().cloned().map(|o| Observation { cluster: None, ..o }).collect::<Vec<_>>(),
            &Options::default(),
        );
        assert!(points[0].standard_error > lone[0].standard_error);
    }

    #[test]
    fn computed_and_resampled_errors_agree() {
        let clusters: Vec<Cluster> = (0..400)
            .map(|n| {
                let count = f64::from(1 + n % 4);
                let value = f64::from(n % 17) / 17.0 - 0.4;
                Cluster { sum: value * count, count, positive: f64::from(n % 3), negative: f64::from(n % 5) }
            })
            .collect();
        let found =
            estimate(&clusters, &Options { replicates: 20_000, ..Options::default() }, Key::new(1, &[]));
        let total = bootstrap::total(&clusters);
        assert!((found.error.unwrap() / linear_error(&clusters, total) - 1.0).abs() < 0.02);
        let scale = linear_log_odds_error(&clusters, total);
        assert!((found.log_odds_error.unwrap() / scale - 1.0).abs() < 0.02);
    }
}
