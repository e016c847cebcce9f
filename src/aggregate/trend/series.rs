//! The periods of one actor on one axis as a series.

use crate::aggregate::bootstrap;
use crate::aggregate::bootstrap::Cluster;
use crate::aggregate::cells::Cells;
use crate::aggregate::periods;
use crate::aggregate::plan::Weight;
use crate::model::{Period, Scores};
use std::borrow::Cow;

/// The periods with statements, in order of time.
#[derive(Debug, Clone)]
pub struct Series<'a> {
    /// Roster id or name.
    pub actor_id: &'a str,
    /// Name for people.
    pub actor: &'a str,
    /// Id of the axis.
    pub axis: &'a str,
    /// Number of each period, and its clusters.
    pub periods: Vec<(i32, Cow<'a, [Cluster]>)>,
}

/// All series of cells that are not by source.
pub fn series<'a>(scores: &'a Scores, cells: &'a Cells, weight: Weight) -> Vec<Series<'a>> {
    cells
        .cells
        .chunk_by(|one, two| (one.actor, one.axis) == (two.actor, two.axis))
        .map(|group| Series {
            actor_id: scores.actors.name(group[0].actor),
            actor: scores.title(group[0].actor),
            axis: scores.axes.name(group[0].axis),
            periods: group
                .iter()
                .map(|cell| {
                    let clusters = cells.clusters(cell);
                    let clusters = match weight {
                        Weight::Statement => Cow::Borrowed(clusters),
                        Weight::Article => clusters.iter().map(|cluster| cluster.as_one()).collect(),
                    };
                    (cell.period, clusters)
                })
                .collect(),
        })
        .collect()
}

impl Series<'_> {
    /// Middles of the periods, in years.
    pub fn times(&self, period: Period) -> Vec<f64> {
        self.periods.iter().map(|(number, _)| periods::middle(*number, period)).collect()
    }

    /// Means of the periods: one each, because a period of a series has statements.
    pub fn means(&self) -> Vec<f64> {
        self.periods.iter().filter_map(|(_, clusters)| bootstrap::total(clusters).mean()).collect()
    }

    /// Weights of the periods: their numbers of articles, scaled to a mean of 1.
    pub fn weights(&self) -> Vec<f64> {
        let n = self.periods.len() as f64;
        let all: usize = self.periods.iter().map(|(_, clusters)| clusters.len()).sum();
        self.periods.iter().map(|(_, clusters)| clusters.len() as f64 * n / all as f64).collect()
    }

    /// Number of statements in all periods.
    pub fn statements(&self) -> usize {
        self.periods.iter().map(|(_, clusters)| bootstrap::total(clusters).count as usize).sum()
    }
}
