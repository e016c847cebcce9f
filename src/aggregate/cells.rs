//! actor x axis x period: the group-by (polars).
//!
//! Lives here: from columns of scored statements to cells of clusters. May not
//! live here: any statistic.
//!
//! Scores are summed as whole multiples of a small power of two, which is exact,
//! so neither the order of rows nor threads can change a digit of a sum.

use super::bootstrap::Cluster;
use super::period;
use crate::error::{Error, Result};
use crate::model::{Period, Scores};
use foldhash::fast::RandomState;
use polars::prelude::*;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// The statements of one actor on one axis in one period (from one source).
#[derive(Debug, Clone)]
pub struct Cell {
    /// Number of the actor.
    pub actor: u32,
    /// Number of the axis.
    pub axis: u32,
    /// Number of the source, in cells by source.
    pub source: Option<u32>,
    /// Number of the period (see [`period::number`]).
    pub period: i32,
    /// Its clusters in [`Cells::clusters`].
    pub clusters: Range<usize>,
    /// Articles.
    pub articles: usize,
    /// Hits behind the scores.
    pub hits: usize,
    /// Statements whose possible days reach beyond the period.
    pub coarse: usize,
}

/// All cells with a statement, sorted by actor, axis, source (by their names)
/// and period.
#[derive(Debug, Default)]
pub struct Cells {
    /// The cells.
    pub cells: Vec<Cell>,
    /// The clusters of all cells; those of one cell are sorted by what they
    /// hold.
    pub clusters: Vec<Cluster>,
    /// The source of each cluster.
    pub sources: Vec<u32>,
}

impl Cells {
    /// The clusters of a cell.
    pub fn clusters(&self, cell: &Cell) -> &[Cluster] {
        &self.clusters[cell.clusters.clone()]
    }

    /// Their sources.
    pub fn sources(&self, cell: &Cell) -> &[u32] {
        &self.sources[cell.clusters.clone()]
    }
}

/// Groups scored statements into cells; `by_source` makes a cell for each
/// source.
pub fn cells(scores: &Scores, period: Period, by_source: bool) -> Result<Cells> {
    if scores.is_empty() {
        return Ok(Cells::default());
    }
    let (names, frame, scale) = frame(scores, period, by_source).map_err(failed)?;
    let grouped = group(frame).map_err(failed)?;
    unpack(scores, period, by_source, &names, &grouped, scale).map_err(failed)
}

fn failed(cause: PolarsError) -> Error {
    Error::run("", "the statements could not be grouped", "please report this").because(cause)
}

/// Actor, axis, source and period of a cell.
type Name = (u32, u32, u32, i32);

/// The rows as columns: cell and cluster in one key, and what is summed. Also
/// the names of the cells by number, and the unit in which scores are counted.
fn frame(scores: &Scores, period: Period, by_source: bool) -> PolarsResult<(Vec<Name>, DataFrame, f64)> {
    let scale = unit(scores);
    let mut numbers: HashMap<Name, u32, RandomState> = HashMap::default();
    let mut names = Vec::new();
    let n = scores.len();
    let mut keys = Vec::with_capacity(n);
    let mut values = Vec::with_capacity(n);
    let (mut hits, mut coarse) = (Vec::with_capacity(n), Vec::with_capacity(n));
    let (mut positive, mut negative) = (Vec::with_capacity(n), Vec::with_capacity(n));
    let mut sources = Vec::with_capacity(n);
    for row in scores.rows() {
        let Some((number, beyond)) = period::of_days(row.from, row.to, period) else { continue };
        let name = (row.actor, row.axis, if by_source { row.source } else { 0 }, number);
        let cell = *numbers.entry(name).or_insert_with(|| {
            names.push(name);
            names.len() as u32 - 1
        });
        keys.push(u64::from(cell) << 32 | u64::from(row.cluster));
        values.push((row.value / scale).round() as i64);
        hits.push(row.hits);
        positive.push(row.poles.0);
        negative.push(row.poles.1);
        sources.push(row.source);
        coarse.push(u32::from(beyond));
    }
    let frame = df!(
        "key" => keys, "value" => values, "hits" => hits, "positive" => positive, "negative" => negative,
        "source" => sources, "coarse" => coarse,
    )?;
    Ok((names, frame, scale))
}

/// A power of two so small that it loses nothing that matters and so large that
/// the sum of all scores fits in 62 bits.
fn unit(scores: &Scores) -> f64 {
    let most = scores.rows().map(|row| row.value.abs()).fold(1.0, f64::max) * scores.len() as f64;
    let bits = (62.0 - most.log2().ceil()).min(52.0);
    (-bits).exp2()
}

fn group(frame: DataFrame) -> PolarsResult<DataFrame> {
    frame
        .lazy()
        .group_by([col("key")])
        .agg([
            col("value").sum(),
            col("value").count().alias("n"),
            col("hits").sum(),
            col("positive").sum(),
            col("negative").sum(),
            col("source").min(),
            col("coarse").sum(),
        ])
        .sort(["key"], SortMultipleOptions::default())
        .collect()
}

fn unpack(
    scores: &Scores,
    period: Period,
    by_source: bool,
    names: &[Name],
    grouped: &DataFrame,
    scale: f64,
) -> PolarsResult<Cells> {
    let whole = |name: &str| -> PolarsResult<UInt64Chunked> {
        Ok(grouped.column(name)?.cast(&DataType::UInt64)?.u64()?.rechunk().into_owned())
    };
    let (keys, counts, hits, coarse) = (whole("key")?, whole("n")?, whole("hits")?, whole("coarse")?);
    let (positive, negative, sources) = (whole("positive")?, whole("negative")?, whole("source")?);
    let sums = grouped.column("value")?.i64()?.rechunk().into_owned();
    let at = |column: &UInt64Chunked, row: usize| column.get(row).unwrap_or(0);
    let mut order: Vec<(Cluster, u32)> = Vec::new();
    let mut all = Cells::default();
    let mut row = 0;
    while row < grouped.height() {
        let number = at(&keys, row) >> 32;
        let (actor, axis, source, period) = names[number as usize];
        let mut cell = Cell {
            actor,
            axis,
            source: by_source.then_some(source),
            period,
            clusters: all.clusters.len()..all.clusters.len(),
            articles: 0,
            hits: 0,
            coarse: 0,
        };
        order.clear();
        while row < grouped.height() && at(&keys, row) >> 32 == number {
            let cluster = Cluster {
                sum: sums.get(row).unwrap_or(0) as f64 * scale,
                count: at(&counts, row) as f64,
                positive: at(&positive, row) as f64,
                negative: at(&negative, row) as f64,
            };
            order.push((cluster, at(&sources, row) as u32));
            cell.hits += at(&hits, row) as usize;
            cell.coarse += at(&coarse, row) as usize;
            row += 1;
        }
        // Article numbers depend on the order of input; what articles hold does not.
        order.sort_unstable_by(|one, two| {
            let key = |(c, _): &(Cluster, u32)| (c.count as u64, c.positive as u64, c.negative as u64);
            one.0
                .sum
                .total_cmp(&two.0.sum)
                .then(key(one).cmp(&key(two)))
                .then_with(|| scores.sources.name(one.1).cmp(scores.sources.name(two.1)))
        });
        cell.articles = order.len();
        all.clusters.extend(order.iter().map(|(cluster, _)| *cluster));
        all.sources.extend(order.iter().map(|(_, source)| *source));
        cell.clusters.end = all.clusters.len();
        all.cells.push(cell);
    }
    let name = |cell: &Cell| {
        let source = cell.source.map_or("", |source| scores.sources.name(source));
        (scores.actors.name(cell.actor), scores.axes.name(cell.axis), source)
    };
    all.cells.sort_by(|one, two| name(one).cmp(&name(two)).then(one.period.cmp(&two.period)));
    count_articles(scores, period, by_source, &mut all.cells);
    Ok(all)
}

/// Where near-duplicates are kept, a cluster can hold several articles.
fn count_articles(scores: &Scores, period: Period, by_source: bool, cells: &mut [Cell]) {
    if scores.rows().all(|row| row.article == row.cluster) {
        return;
    }
    let mut seen: HashMap<Name, HashSet<u32>> = HashMap::new();
    for row in scores.rows() {
        let Some((number, _)) = period::of_days(row.from, row.to, period) else { continue };
        let name = (row.actor, row.axis, if by_source { row.source } else { 0 }, number);
        seen.entry(name).or_default().insert(row.article);
    }
    for cell in cells {
        let name = (cell.actor, cell.axis, cell.source.unwrap_or(0), cell.period);
        cell.articles = seen.get(&name).map_or(0, HashSet::len);
    }
}
