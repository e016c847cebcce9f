//! `pooled.csv` of a run on a scale of counts: which evidence it needs of each row, and its
//! columns. `aggregate::pooled` computes it.

use crate::aggregate::{HitWeights, PooledPoint, PooledScale};
use crate::error::Result;
use crate::model::{Axis, IntervalBasis, Row};
use crate::pipeline::Resources;
use crate::report::{Place, maybe};
use crate::score::{Method, Scale, evidence};
use crate::stats::interval::Interval;
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
    let header = [
        "actor_id",
        "actor",
        "axis",
        "period",
        "period_start",
        "period_end",
        "n_statements",
        "n_articles",
        "positive",
        "negative",
        "words",
        "position",
        "se",
        "ci_low",
        "ci_high",
        "interval",
        "importance",
        "se_articles",
        "design_effect",
        "flag",
    ];
    let mut table = place.table("pooled", &header)?;
    for row in rows {
        table.row(cells(row))?;
    }
    table.finish()?;
    Ok(rows.iter().filter(|row| row.overdispersed()).count())
}

fn cells(row: &PooledPoint) -> Vec<String> {
    let PooledPoint { point, hits, position, .. } = row;
    let interval: Option<(Interval, IntervalBasis)> = position.and_then(|position| position.interval);
    let flags: Vec<&str> = row.flags.iter().map(|flag| flag.as_str()).collect();
    vec![
        point.actor_id.clone(),
        point.actor.clone(),
        point.axis.clone(),
        point.period.clone(),
        point.start.to_string(),
        point.end.to_string(),
        point.statements.to_string(),
        point.articles.to_string(),
        hits.0.to_string(),
        hits.1.to_string(),
        row.words.to_string(),
        maybe(position.map(|position| position.value)),
        maybe(position.and_then(|position| position.error)),
        maybe(interval.map(|(interval, _)| interval.low)),
        maybe(interval.map(|(interval, _)| interval.high)),
        interval.map_or("", |(_, basis)| basis.as_str()).to_string(),
        maybe(row.importance),
        maybe(position.and_then(|position| position.error_over_articles)),
        maybe(position.and_then(|position| position.design_effect)),
        flags.join(" "),
    ]
}
