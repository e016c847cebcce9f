//! `pooled.csv` of a run on a scale of counts: which evidence it needs of each row, and its
//! columns. `aggregate::pooled` computes it.

use crate::aggregate::{HitWeights, PooledScale};
use crate::error::Result;
use crate::model::{Axis, PooledPoint, Row};
use crate::pipeline::Resources;
use crate::report;
use crate::report::Place;
use crate::score::{Method, Scale, evidence};
use crate::stats::moments::Moments;

/// What pooled positions of a run are made of; None for scales without such a table.
pub fn scale(scale: Scale, method: Method) -> Option<PooledScale> {
    match scale {
        Scale::Logit if method.counts() => Some(PooledScale::HitCounts),
        Scale::Logit => Some(PooledScale::Contributions),
        Scale::Valence => Some(PooledScale::MeanWeight),
        _ => None,
    }
}

/// What the hits of a row weigh on an axis.
pub fn hit_weights(row: &Row, axis: &Axis, resources: &Resources) -> HitWeights {
    let mut with = row.scored.iter().zip(&resources.matchers);
    let with = with.find(|(scored, _)| scored.scores.iter().any(|score| score.axis == axis.id));
    with.map_or_else(HitWeights::default, |(scored, matcher)| {
        let found = evidence(scored, matcher.lexicon(), &axis.id, resources.method);
        HitWeights { positive: found.positive, negative: found.negative, weights: Moments::of(found.weights) }
    })
}

/// Writes the table. Returns the number of cells that are overdispersed.
pub fn write(place: &Place, rows: &[PooledPoint]) -> Result<usize> {
    place.write(report::pooled_schema(), rows)?;
    Ok(rows.iter().filter(|row| row.overdispersed()).count())
}
