//! Scored statements grouped by actor, axis and period (polars).
//!
//! Scores are summed as whole multiples of a small power of two, which is exact,
//! so neither the order of rows nor threads can change a digit of a sum. Rows are grouped
//! a part of the cells at a time, because columns and groups of all rows at once would be
//! the most that a run holds; a cell is never divided, so parts change nothing.

use crate::aggregate::bootstrap::Cluster;
use crate::aggregate::periods;
use crate::error::{Error, Result};
use crate::model::{Period, Scores};
use foldhash::fast::RandomState;
use polars::prelude::*;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// The statements of one actor on one axis in one period (from one source).
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Number of the actor.
    pub actor: u32,
    /// Number of the axis.
    pub axis: u32,
    /// Number of the source, in cells by source.
    pub source: Option<u32>,
    /// Number of the period (see [`periods::number`]).
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
    /// The clusters of all cells; within a cell they are sorted by content.
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

/// Maximum number of rows that are grouped at once; a cell with more is grouped alone.
const PART: usize = 1 << 19;

/// Groups scored statements into cells; `by_source` makes a cell for each
/// source.
pub fn cells(scores: &Scores, period: Period, by_source: bool) -> Result<Cells> {
    cells_in_parts(scores, period, by_source, PART)
}

fn cells_in_parts(scores: &Scores, period: Period, by_source: bool, most: usize) -> Result<Cells> {
    let places = places(scores, period, by_source);
    let scale = unit(scores);
    // Room for the most that there can be: it is not copied when it grows, and what is
    // never touched takes no memory.
    let held = places.rows.iter().sum();
    let (clusters, sources) = (Vec::with_capacity(held), Vec::with_capacity(held));
    let mut all = Cells { cells: Vec::with_capacity(places.rows.len()), clusters, sources };
    for part in parts(&places.rows, most) {
        let (keys, rows) = rows(scores, &places, &part, scale);
        let grouped = group(keys, &rows).map_err(failed)?;
        append(scores, by_source, (&places, part), &grouped, scale, &mut all);
    }
    let name = |cell: &Cell| {
        let source = cell.source.map_or("", |source| scores.sources.name(source));
        (scores.actors.name(cell.actor), scores.axes.name(cell.axis), source)
    };
    all.cells.sort_by(|one, two| name(one).cmp(&name(two)).then(one.period.cmp(&two.period)));
    count_articles(scores, period, by_source, &mut all.cells);
    Ok(all)
}

fn failed(cause: PolarsError) -> Error {
    Error::run("", "the statements could not be grouped", "please report this").because(cause)
}

/// Actor, axis, source and period of a cell.
type Name = (u32, u32, u32, i32);

/// Which row belongs to which cell.
struct Places {
    /// The names of cells by number.
    names: Vec<Name>,
    /// How many rows each cell has.
    rows: Vec<usize>,
    /// For each row the number of its cell times two, plus one where its days reach
    /// beyond the period; [`NOWHERE`] for what no period holds.
    of: Vec<u32>,
}

/// The cell number of a row in no cell.
const NOWHERE: u32 = u32::MAX;

fn places(scores: &Scores, period: Period, by_source: bool) -> Places {
    let mut numbers: HashMap<Name, u32, RandomState> = HashMap::default();
    let mut places = Places { names: Vec::new(), rows: Vec::new(), of: Vec::with_capacity(scores.len()) };
    for row in scores.rows() {
        let Some((number, beyond)) = periods::of_days(row.from, row.to, period) else {
            places.of.push(NOWHERE);
            continue;
        };
        let name = (row.actor, row.axis, if by_source { row.source } else { 0 }, number);
        let cell = *numbers.entry(name).or_insert_with(|| {
            places.names.push(name);
            places.rows.push(0);
            places.names.len() as u32 - 1
        });
        places.rows[cell as usize] += 1;
        places.of.push(cell << 1 | u32::from(beyond));
    }
    places
}

/// Groups of neighbouring cells with at most this number of rows together, at least one
/// cell each.
fn parts(rows: &[usize], most: usize) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let (mut start, mut held) = (0, 0);
    for (cell, rows) in rows.iter().enumerate() {
        if cell > start && held + rows > most {
            parts.push(start..cell);
            (start, held) = (cell, 0);
        }
        held += rows;
    }
    if start < rows.len() {
        parts.push(start..rows.len());
    }
    parts
}

/// A row of some cells: what is summed.
struct Row {
    value: i64,
    hits: u32,
    positive: u32,
    negative: u32,
    source: u32,
    coarse: u32,
}

/// The rows of some cells, and for each of them its cell and cluster in one key.
fn rows(scores: &Scores, places: &Places, part: &Range<usize>, scale: f64) -> (Vec<u64>, Vec<Row>) {
    let n = places.rows[part.clone()].iter().sum();
    let (mut keys, mut rows) = (Vec::with_capacity(n), Vec::with_capacity(n));
    for (index, place) in places.of.iter().enumerate() {
        let cell = place >> 1;
        if *place == NOWHERE || !part.contains(&(cell as usize)) {
            continue;
        }
        let row = scores.row(index);
        keys.push(u64::from(cell) << 32 | u64::from(row.cluster));
        rows.push(Row {
            value: (row.value / scale).round() as i64,
            hits: row.hits,
            positive: row.poles.0,
            negative: row.poles.1,
            source: row.source,
            coarse: place & 1,
        });
    }
    (keys, rows)
}

/// A power of two so small that it loses nothing that matters and so large that
/// the sum of all scores fits in 62 bits.
fn unit(scores: &Scores) -> f64 {
    let most = scores.rows().map(|row| row.value.abs()).fold(1.0, f64::max) * scores.len() as f64;
    let bits = (62.0 - most.log2().ceil()).min(52.0);
    (-bits).exp2()
}

/// The rows of one key, summed.
struct Group {
    key: u64,
    value: i64,
    count: usize,
    hits: usize,
    positive: u64,
    negative: u64,
    /// The least number of a source.
    source: u32,
    coarse: usize,
}

impl Group {
    fn new(key: u64) -> Group {
        Group { key, value: 0, count: 0, hits: 0, positive: 0, negative: 0, source: u32::MAX, coarse: 0 }
    }

    fn add(&mut self, row: &Row) {
        self.value += row.value;
        self.count += 1;
        self.hits += row.hits as usize;
        self.positive += u64::from(row.positive);
        self.negative += u64::from(row.negative);
        self.source = self.source.min(row.source);
        self.coarse += row.coarse as usize;
    }
}

/// Rows of equal keys summed. polars finds the groups; its own sums over them are
/// either lazy, which takes many more crates, or deprecated.
fn group(keys: Vec<u64>, rows: &[Row]) -> PolarsResult<Vec<Group>> {
    let frame = df!("key" => keys)?;
    let groups = frame.group_by(["key"])?.into_groups();
    let keys = frame.column("key")?.u64()?;
    let sum = |group: GroupsIndicator| {
        let mut sum = Group::new(keys.get(group.first() as usize).unwrap_or_default());
        match group {
            GroupsIndicator::Idx((_, all)) => all.iter().for_each(|row| sum.add(&rows[*row as usize])),
            GroupsIndicator::Slice([first, n]) => {
                rows[first as usize..][..n as usize].iter().for_each(|row| sum.add(row));
            }
        }
        sum
    };
    Ok(groups.iter().map(sum).collect())
}

/// Adds the cells of a part, whose rows were grouped.
fn append(
    scores: &Scores,
    by_source: bool,
    (places, part): (&Places, Range<usize>),
    grouped: &[Group],
    scale: f64,
    all: &mut Cells,
) {
    let cell_of = |group: &Group| (group.key >> 32) as usize - part.start;
    // Groups come in no order: they are counted by cell, then put in their places.
    let mut starts = vec![0usize; part.len() + 1];
    grouped.iter().for_each(|group| starts[cell_of(group) + 1] += 1);
    for cell in 0..part.len() {
        starts[cell + 1] += starts[cell];
    }
    let before = all.clusters.len();
    let cell = |(number, (actor, axis, source, period)): (usize, &Name)| Cell {
        actor: *actor,
        axis: *axis,
        source: by_source.then_some(*source),
        period: *period,
        clusters: before + starts[number]..before + starts[number + 1],
        articles: starts[number + 1] - starts[number],
        hits: 0,
        coarse: 0,
    };
    let mut cells: Vec<Cell> = places.names[part.clone()].iter().enumerate().map(cell).collect();
    let mut groups = vec![(Cluster::default(), 0u32); grouped.len()];
    let mut next = starts.clone();
    for group in grouped {
        let number = cell_of(group);
        let cluster = Cluster {
            sum: group.value as f64 * scale,
            count: group.count as f64,
            positive: group.positive as f64,
            negative: group.negative as f64,
        };
        groups[next[number]] = (cluster, group.source);
        next[number] += 1;
        cells[number].hits += group.hits;
        cells[number].coarse += group.coarse;
    }
    // Article numbers depend on the order of input; what articles hold does not.
    for cell in starts.windows(2) {
        groups[cell[0]..cell[1]].sort_unstable_by(|one, two| {
            let key = |(c, _): &(Cluster, u32)| (c.count as u64, c.positive as u64, c.negative as u64);
            one.0
                .sum
                .total_cmp(&two.0.sum)
                .then(key(one).cmp(&key(two)))
                .then_with(|| scores.sources.name(one.1).cmp(scores.sources.name(two.1)))
        });
    }
    all.cells.append(&mut cells);
    all.clusters.extend(groups.iter().map(|(cluster, _)| *cluster));
    all.sources.extend(groups.iter().map(|(_, source)| *source));
}

/// Where near-duplicates are kept, a cluster can hold several articles.
fn count_articles(scores: &Scores, period: Period, by_source: bool, cells: &mut [Cell]) {
    if scores.rows().all(|row| row.article == row.cluster) {
        return;
    }
    let mut seen: HashMap<Name, HashSet<u32>> = HashMap::new();
    for row in scores.rows() {
        let Some((number, _)) = periods::of_days(row.from, row.to, period) else { continue };
        let name = (row.actor, row.axis, if by_source { row.source } else { 0 }, number);
        seen.entry(name).or_default().insert(row.article);
    }
    for cell in cells {
        let name = (cell.actor, cell.axis, cell.source.unwrap_or(0), cell.period);
        cell.articles = seen.get(&name).map_or(0, HashSet::len);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ScoredRow;
    use chrono::NaiveDate;
    use proptest::prelude::*;

    fn row() -> impl Strategy<Value = ScoredRow> {
        let names = (0..3u32, 0..2u32, 0..6u32, 0..6u32, prop_oneof![0..2u32, Just(Scores::NO_SOURCE)]);
        let days = (0..900i32, prop_oneof![Just(0i32), 0..40i32, Just(365i32)]);
        (names, days, -8..9i32, (0..4u16, 0..4u16)).prop_map(
            |((actor, axis, article, cluster, source), (first, length), value, poles)| {
                let day = |day| NaiveDate::from_num_days_from_ce_opt(730_000 + day).unwrap();
                let poles = (u32::from(poles.0), u32::from(poles.1));
                let (from, to) = (day(first), day(first + length));
                let (value, hits) = (f64::from(value) / 7.0, poles.0 + poles.1);
                ScoredRow { actor, axis, article, cluster, source, from, to, value, hits, poles }
            },
        )
    }

    /// A cell with what it holds.
    type Held = (Cell, Vec<Cluster>, Vec<u32>);

    fn held(scores: &Scores, by_source: bool, most: usize) -> Vec<Held> {
        let all = cells_in_parts(scores, Period::Quarter, by_source, most).unwrap();
        let one = |cell: &Cell| {
            let place = Cell { clusters: 0..cell.clusters.len(), ..cell.clone() };
            (place, all.clusters(cell).to_vec(), all.sources(cell).to_vec())
        };
        all.cells.iter().map(one).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn cells_made_in_parts_are_those_made_at_once(
            rows in prop::collection::vec(row(), 0..80),
            most in 1..30usize,
            by_source: bool,
        ) {
            let mut scores = Scores::default();
            for name in ["c", "a", "b"] {
                scores.actor(name, name);
            }
            for name in ["eu", "nato"] {
                scores.axes.number(name);
                scores.sources.number(name);
            }
            rows.iter().for_each(|row| scores.add(*row));
            prop_assert_eq!(held(&scores, by_source, most), held(&scores, by_source, usize::MAX));
        }
    }

    #[test]
    fn a_part_has_a_cell_at_least() {
        assert_eq!(parts(&[3, 1, 9, 1, 1], 4), [0..2, 2..3, 3..5]);
        assert_eq!(parts(&[5], 4), vec![0..1; 1]);
        assert!(parts(&[], 4).is_empty());
    }
}
