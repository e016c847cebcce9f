//! What `stance run` draws: from tables to the values of charts.
//!
//! Lives here: which actors and statements a chart shows, captions. May not
//! live here: drawing (see `report`).

use super::super::Scoring;
use super::super::resources::Read;
use crate::model::{Axis, Observation, TrendPoint};
use crate::report::Chart;
use std::collections::BTreeSet;

/// The chart of one axis with the actors that are `wanted` (all when empty).
pub fn chart(
    axis: &Axis,
    wanted: &[String],
    points: &[TrendPoint],
    observations: &[Observation],
    read: &Read,
    scoring: Scoring,
) -> Chart {
    let chosen = |id: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == id);
    let observations: Vec<Observation> =
        observations.iter().filter(|seen| seen.axis == axis.id && chosen(&seen.actor_id)).cloned().collect();
    let articles: BTreeSet<&str> = observations.iter().map(|seen| seen.article.as_str()).collect();
    let sources: BTreeSet<&str> = read.articles.iter().filter_map(|a| a.source.as_deref()).collect();
    let method = scoring.caption();
    let source = match sources.len() {
        0 => String::new(),
        1..=3 => format!("Source: {}. ", sources.into_iter().collect::<Vec<_>>().join(", ")),
        more => format!("{more} sources. "),
    };
    Chart {
        title: format!("{}: {} or {}?", axis.name, axis.positive, axis.negative),
        subtitle:
            "Dots: period means, sized by n, hollow below 3 statements. Bars: 95 % intervals over articles. \
                   Faint: single statements."
                .into(),
        axis: axis.clone(),
        points: points.iter().filter(|p| p.axis == axis.id && chosen(&p.actor_id)).cloned().collect(),
        caption: format!(
            "{source}n = {} statements in {} of {} articles; {method}; smoothed by LOESS.",
            observations.len(),
            articles.len(),
            read.articles.len()
        ),
        observations,
    }
}
