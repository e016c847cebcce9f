//! What an actor said on an axis, article by article and day by day.
//!
//! Lives here: looking up the clusters of any stretch of time. May not live
//! here: tests.

use super::bootstrap::Cluster;
use super::{Options, Weight};
use crate::model::{ScoredRow, Scores};
use chrono::NaiveDate;
use foldhash::fast::RandomState;
use std::collections::{BTreeMap, HashMap};

/// One actor on one axis.
pub struct Spoken<'a> {
    /// Roster id or name.
    pub actor_id: &'a str,
    /// Name for people.
    pub actor: &'a str,
    /// Id of the axis.
    pub axis: &'a str,
    scores: &'a Scores,
    /// Sorted by day.
    rows: Vec<ScoredRow>,
}

/// The clusters of a stretch of time.
#[derive(Debug, Clone, Default)]
pub struct Stretch {
    /// Clusters with the name of their source, sorted by both.
    pub clusters: Vec<(Cluster, String)>,
    /// First and last day on which it can have been said.
    pub said: Option<(NaiveDate, NaiveDate)>,
}

impl Stretch {
    /// The clusters alone.
    pub fn plain(&self) -> Vec<Cluster> {
        self.clusters.iter().map(|(cluster, _)| *cluster).collect()
    }

    /// The clusters by source.
    pub fn by_source(&self) -> BTreeMap<&str, Vec<Cluster>> {
        let mut all: BTreeMap<&str, Vec<Cluster>> = BTreeMap::new();
        for (cluster, source) in &self.clusters {
            all.entry(source).or_default().push(*cluster);
        }
        all
    }
}

/// Everything said, by actor and axis, sorted by their ids.
pub fn spoken(scores: &Scores) -> Vec<Spoken<'_>> {
    let mut groups: HashMap<(u32, u32), Vec<ScoredRow>, RandomState> = HashMap::default();
    for row in scores.rows() {
        groups.entry((row.actor, row.axis)).or_default().push(row);
    }
    let mut all: Vec<Spoken> = groups
        .into_iter()
        .map(|((actor, axis), mut rows)| {
            rows.sort_by(|one, two| one.day().cmp(&two.day()).then(one.value.total_cmp(&two.value)));
            Spoken {
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

impl Spoken<'_> {
    /// The first and last day.
    pub fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        Some((self.rows.first()?.day(), self.rows.last()?.day()))
    }

    /// What was said from a day to a day, both included; a statement belongs to
    /// the middle of the interval in which it can have been made.
    pub fn stretch(&self, from: NaiveDate, to: NaiveDate, options: &Options) -> Stretch {
        let first = self.rows.partition_point(|row| row.day() < from);
        let last = self.rows.partition_point(|row| row.day() <= to);
        let rows = &self.rows[first.min(last)..last];
        let mut clusters: BTreeMap<u32, (Vec<ScoredRow>, u32)> = BTreeMap::new();
        for row in rows {
            clusters.entry(row.cluster).or_insert((Vec::new(), row.source)).0.push(*row);
        }
        let mut stretch = Stretch {
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
            stretch.clusters.push((cluster, self.scores.sources.name(source).to_string()));
        }
        stretch.clusters.sort_by(|one, two| {
            let key = |(c, source): &(Cluster, String)| (c.count as u64, source.clone());
            one.0.sum.total_cmp(&two.0.sum).then_with(|| key(one).cmp(&key(two)))
        });
        stretch
    }
}
