//! actor x axis x period.
//!
//! Lives here: the group-by (polars) and the interval of each cell. May not
//! live here: tests between cells (see `compare`).

use super::Options;
use super::bootstrap::{self, Cluster};
use super::period::period_of;
use crate::error::{Error, Result};
use crate::model::{Flag, Observation, Period, TrendPoint};
use chrono::NaiveDate;
use polars::prelude::*;
use std::collections::BTreeMap;

/// Fewer statements than this are flagged.
pub const FEW_STATEMENTS: usize = 3;
/// Fewer articles than this get no interval.
pub const FEW_ARTICLES: usize = 5;
/// Below this many articles percentile intervals are too short and widened.
const SMALL_SAMPLE: usize = 10;

/// One article's share of a cell, as polars groups it.
struct Share {
    key: (String, String, String),
    actor: String,
    cluster: Cluster,
    hits: usize,
}

/// The trend of every actor on every axis, sorted by actor, axis and period.
/// Periods without statements between an actor's first and last are rows with
/// n = 0 and no mean: a gap is not a zero.
///
/// Mean: of the statements. Standard error and 95 % interval: bootstrap over
/// articles; no interval below 5 articles, widened by sqrt(m / (m - 1)) below
/// 10 (percentile intervals of few clusters are too short).
pub fn trends(observations: &[Observation], period: Period, options: &Options) -> Result<Vec<TrendPoint>> {
    let shares = shares(observations, period).map_err(|cause| {
        Error::run("", "the statements could not be grouped", "please report this").because(cause)
    })?;
    let mut cells: BTreeMap<(String, String, String), Vec<Share>> = BTreeMap::new();
    for share in shares {
        cells.entry(share.key.clone()).or_default().push(share);
    }
    let mut bounds: BTreeMap<(String, String), (NaiveDate, NaiveDate, String)> = BTreeMap::new();
    for observation in observations {
        let key = (observation.actor_id.clone(), observation.axis.clone());
        let day = observation.day();
        let entry = bounds.entry(key).or_insert((day, day, observation.actor.clone()));
        *entry = (entry.0.min(day), entry.1.max(day), entry.2.clone());
    }
    let mut points = Vec::new();
    for ((actor_id, axis), (first, last, actor)) in bounds {
        let mut day = first;
        loop {
            let (label, start, end) = period_of(day, period);
            let cell = cells.get(&(actor_id.clone(), axis.clone(), label.clone()));
            let name = cell.and_then(|shares| shares.first()).map_or(&actor, |share| &share.actor);
            points.push(point(&actor_id, name, &axis, label, (start, end), cell, options));
            match end.succ_opt() {
                Some(next) if end < last => day = next,
                _ => break,
            }
        }
    }
    Ok(points)
}

/// Groups observations by actor, axis, period and article.
fn shares(observations: &[Observation], period: Period) -> PolarsResult<Vec<Share>> {
    if observations.is_empty() {
        return Ok(Vec::new());
    }
    let column =
        |of: &dyn Fn(&Observation) -> String| -> Vec<String> { observations.iter().map(of).collect() };
    let frame = df!(
        "actor_id" => column(&|o| o.actor_id.clone()),
        "actor" => column(&|o| o.actor.clone()),
        "axis" => column(&|o| o.axis.clone()),
        "period" => column(&|o| period_of(o.day(), period).0),
        "article" => column(&|o| o.article.clone()),
        "value" => observations.iter().map(|o| o.value).collect::<Vec<f64>>(),
        "hits" => observations.iter().map(|o| o.hits as u64).collect::<Vec<u64>>(),
    )?;
    // Values are sorted first so that sums do not depend on the order of input.
    let keys = ["actor_id", "axis", "period", "article"];
    let grouped = frame
        .lazy()
        .sort(["actor_id", "axis", "period", "article", "value"], SortMultipleOptions::default())
        .group_by_stable(keys.map(col))
        .agg([
            col("actor").first().alias("actor"),
            col("value").sum().alias("sum"),
            col("value").count().alias("n"),
            col("hits").sum().alias("hits"),
        ])
        .sort(keys, SortMultipleOptions::default())
        .collect()?;
    let n = grouped.column("n")?.cast(&DataType::UInt64)?;
    let hits = grouped.column("hits")?.cast(&DataType::UInt64)?;
    let (n, hits) = (n.u64()?, hits.u64()?);
    let sums = grouped.column("sum")?.f64()?;
    let text = |name: &str| grouped.column(name).and_then(|column| column.str().cloned());
    let (ids, axes, periods, actors) = (text("actor_id")?, text("axis")?, text("period")?, text("actor")?);
    let cell = |column: &StringChunked, row: usize| column.get(row).unwrap_or("").to_string();
    Ok((0..grouped.height())
        .map(|row| Share {
            key: (cell(&ids, row), cell(&axes, row), cell(&periods, row)),
            actor: cell(&actors, row),
            cluster: (sums.get(row).unwrap_or(0.0), n.get(row).unwrap_or(0) as usize),
            hits: hits.get(row).unwrap_or(0) as usize,
        })
        .collect())
}

fn point(
    actor_id: &str,
    actor: &str,
    axis: &str,
    label: String,
    (start, end): (NaiveDate, NaiveDate),
    shares: Option<&Vec<Share>>,
    options: &Options,
) -> TrendPoint {
    let clusters: Vec<Cluster> =
        shares.map(|shares| shares.iter().map(|share| share.cluster).collect()).unwrap_or_default();
    let statements: usize = clusters.iter().map(|(_, count)| count).sum();
    let mean = (statements > 0).then(|| bootstrap::mean(&clusters));
    let mut standard_error = None;
    let mut interval = None;
    if let Some(mean) = mean
        && clusters.len() >= 2
    {
        let mut generator =
            bootstrap::generator(options.seed, &format!("{actor_id}\u{1f}{axis}\u{1f}{label}"));
        let mut replicates = bootstrap::means(&clusters, options.replicates, &mut generator);
        standard_error = Some(bootstrap::standard_deviation(&replicates));
        if clusters.len() >= FEW_ARTICLES {
            replicates.sort_by(f64::total_cmp);
            let wider = widening(clusters.len());
            let low = bootstrap::quantile(&replicates, 0.025);
            let high = bootstrap::quantile(&replicates, 0.975);
            // Scores of scales with ends lie within them, and so do intervals.
            let end = if clusters.iter().any(|(sum, n)| sum.abs() > *n as f64) { f64::INFINITY } else { 1.0 };
            interval =
                Some(((mean + (low - mean) * wider).max(-end), (mean + (high - mean) * wider).min(end)));
        }
    }
    let mut flags = Vec::new();
    if statements < FEW_STATEMENTS {
        flags.push(Flag::FewStatements);
    }
    if clusters.len() < FEW_ARTICLES {
        flags.push(Flag::FewArticles);
    }
    TrendPoint {
        actor_id: actor_id.to_string(),
        actor: actor.to_string(),
        axis: axis.to_string(),
        period: label,
        start,
        end,
        statements,
        articles: clusters.len(),
        hits: shares.map_or(0, |shares| shares.iter().map(|share| share.hits).sum()),
        mean,
        standard_error,
        interval,
        flags,
    }
}

/// Factor on the half-widths of intervals from few clusters.
pub fn widening(clusters: usize) -> f64 {
    if !(2..SMALL_SAMPLE).contains(&clusters) {
        return 1.0;
    }
    (clusters as f64 / (clusters - 1) as f64).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(article: &str, year: i32, value: f64) -> Observation {
        let day = NaiveDate::from_ymd_opt(year, 5, 5).unwrap();
        Observation {
            actor_id: "lind".into(),
            actor: "Ann Lind".into(),
            axis: "position".into(),
            article: article.into(),
            statement: article.into(),
            source: None,
            from: day,
            to: day,
            value,
            hits: 1,
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

    #[test]
    fn a_gap_is_a_row_without_a_mean() {
        let points = trends(&sample(), Period::Year, &Options::default()).unwrap();
        let labels: Vec<&str> = points.iter().map(|point| point.period.as_str()).collect();
        assert_eq!(labels, ["2001", "2002", "2003", "2004"]);
        assert_eq!((points[0].statements, points[0].articles), (7, 6));
        assert!((points[0].mean.unwrap() - 2.4 / 7.0).abs() < 1e-12);
        assert!(points[0].interval.is_some());
        assert_eq!((points[1].statements, points[1].mean), (0, None));
        assert_eq!(points[3].interval, None);
        assert_eq!(points[3].flags, [Flag::FewStatements, Flag::FewArticles]);
    }

    #[test]
    fn neither_order_nor_repetition_changes_a_bit() {
        let mut turned = sample();
        turned.reverse();
        let options = Options::default();
        assert_eq!(
            trends(&sample(), Period::Year, &options).unwrap(),
            trends(&turned, Period::Year, &options).unwrap()
        );
    }

    #[test]
    fn swapping_the_poles_turns_the_means() {
        let turned: Vec<Observation> =
            sample().into_iter().map(|o| Observation { value: -o.value, ..o }).collect();
        let options = Options::default();
        let one = trends(&sample(), Period::Year, &options).unwrap();
        let two = trends(&turned, Period::Year, &options).unwrap();
        assert!((one[0].mean.unwrap() + two[0].mean.unwrap()).abs() < 1e-12);
    }
}
