//! What an actor said on an axis, article by article, in any stretch of time.

use crate::aggregate::bootstrap::Cluster;
use crate::aggregate::plan::{Options, Weight};
use crate::model::{ScoredRow, Scores};
use chrono::{Datelike, NaiveDate};
use foldhash::fast::RandomState;
use std::collections::{BTreeMap, HashMap};

/// The scored statements of one actor on one axis.
pub struct Timeline<'a> {
    /// Roster id or name.
    pub actor_id: &'a str,
    /// Name for people.
    pub actor: &'a str,
    /// Id of the axis.
    pub axis: &'a str,
    scores: &'a Scores,
    /// Numbers of the rows, sorted by day.
    rows: Vec<u32>,
}

/// What one article adds in a window.
#[derive(Debug, Clone)]
pub struct ArticlePart {
    /// Sums and counts.
    pub cluster: Cluster,
    /// Name of its source; empty when unknown.
    pub source: String,
    /// Mean day of its statements, counted from year 1.
    pub day: f64,
}

/// The articles of a window.
#[derive(Debug, Clone, Default)]
pub struct Articles {
    /// One entry an article, sorted by content.
    pub clusters: Vec<ArticlePart>,
    /// First and last day on which it can have been said.
    pub said: Option<(NaiveDate, NaiveDate)>,
}

impl Articles {
    /// The clusters alone.
    pub fn plain(&self) -> Vec<Cluster> {
        self.clusters.iter().map(|part| part.cluster).collect()
    }

    /// The clusters by source.
    pub fn by_source(&self) -> BTreeMap<&str, Vec<Cluster>> {
        let mut all: BTreeMap<&str, Vec<Cluster>> = BTreeMap::new();
        for part in &self.clusters {
            all.entry(&part.source).or_default().push(part.cluster);
        }
        all
    }

    /// The clusters with their distance in years from a day.
    pub fn around(&self, day: NaiveDate) -> Vec<(f64, Cluster)> {
        let zero = f64::from(day.num_days_from_ce());
        self.clusters.iter().map(|part| ((part.day - zero) / 365.25, part.cluster)).collect()
    }
}

/// The timeline of every actor on every axis, sorted by their ids.
pub fn timelines(scores: &Scores) -> Vec<Timeline<'_>> {
    let mut groups: HashMap<(u32, u32), Vec<u32>, RandomState> = HashMap::default();
    for (number, row) in scores.rows().enumerate() {
        groups.entry((row.actor, row.axis)).or_default().push(number as u32);
    }
    let mut all: Vec<Timeline> = groups
        .into_iter()
        .map(|((actor, axis), mut rows)| {
            rows.sort_by_cached_key(|number| {
                let row = scores.row(*number as usize);
                (row.day(), order(row.value))
            });
            Timeline {
                actor_id: scores.actors.name(actor),
                actor: scores.title(actor),
                axis: scores.axes.name(axis),
                scores,
                rows,
            }
        })
        .collect();
    all.sort_by(|one, two| (one.actor_id, one.axis).cmp(&(two.actor_id, two.axis)));
    all
}

/// A whole number that is ordered as [`f64::total_cmp`] orders values.
fn order(value: f64) -> i64 {
    let bits = value.to_bits() as i64;
    bits ^ ((bits >> 63) as u64 >> 1) as i64
}

impl Timeline<'_> {
    fn row(&self, number: u32) -> ScoredRow {
        self.scores.row(number as usize)
    }

    /// The first and last day.
    pub fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        Some((self.row(*self.rows.first()?).day(), self.row(*self.rows.last()?).day()))
    }

    /// What was said from a day to a day, both included: statements that cannot
    /// have been made on any day outside.
    pub fn in_window(&self, from: NaiveDate, to: NaiveDate, options: &Options) -> Articles {
        let first = self.rows.partition_point(|row| self.row(*row).day() < from);
        let last = self.rows.partition_point(|row| self.row(*row).day() <= to);
        let rows: Vec<ScoredRow> = self.rows[first.min(last)..last]
            .iter()
            .map(|row| self.row(*row))
            .filter(|row| row.from >= from && row.to <= to)
            .collect();
        let mut clusters: BTreeMap<u32, (Vec<ScoredRow>, u32)> = BTreeMap::new();
        for row in &rows {
            clusters.entry(row.cluster).or_insert((Vec::new(), row.source)).0.push(*row);
        }
        let mut articles = Articles {
            clusters: Vec::with_capacity(clusters.len()),
            said: rows.iter().map(|row| row.from).min().zip(rows.iter().map(|row| row.to).max()),
        };
        for (mut rows, source) in clusters.into_values() {
            rows.sort_by(|one, two| one.value.total_cmp(&two.value));
            let mut cluster = Cluster::default();
            for row in &rows {
                cluster += Cluster {
                    sum: row.value,
                    count: 1.0,
                    positive: f64::from(row.poles.0),
                    negative: f64::from(row.poles.1),
                };
            }
            if options.weight == Weight::Article {
                cluster = cluster.as_one();
            }
            let days: f64 = rows.iter().map(|row| f64::from(row.day().num_days_from_ce())).sum();
            articles.clusters.push(ArticlePart {
                cluster,
                source: self.scores.sources.name(source).to_string(),
                day: days / rows.len() as f64,
            });
        }
        articles.clusters.sort_by(|one, two| {
            let (a, b) = (one.cluster, two.cluster);
            let sizes = a.sum.total_cmp(&b.sum).then(a.count.total_cmp(&b.count));
            sizes.then(one.day.total_cmp(&two.day)).then_with(|| one.source.cmp(&two.source))
        });
        articles
    }
}
