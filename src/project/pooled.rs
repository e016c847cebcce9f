//! `pooled.csv`: positions from the counts of whole periods, for the scales of
//! counts.
//!
//! A mean of the logits of single statements is ruled by the halves added to their
//! small counts. So Lowe et al. (2011) add up the counts of a period first. Lives
//! here: that table, with the error of the model, the error over articles, and how
//! far the two are apart. May not live here: formulas (see `score::counts`).

use crate::aggregate;
use crate::cli::args::analysis::DateBy;
use crate::error::Result;
use crate::evaluate::{Draws, Resampling};
use crate::model::{AUTHOR, Axis, Form, Names, Period, Row};
use crate::project::load::Loaded;
use crate::report;
use crate::report::{Place, PooledCell};
use crate::score::counts;
use crate::score::counts::Lowe;
use crate::score::{Evidence, Method, Scale, evidence};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Below this count on a pole the Beta interval stands instead of the normal one.
const SMALL: usize = 5;
/// Above this, articles differ more than single hits would: the model's error is
/// too small.
const OVERDISPERSED: f64 = 2.0;
/// Fewer articles give no error over articles.
const FEW_ARTICLES: usize = 5;

/// What an article adds to a cell.
#[derive(Debug, Clone, Default)]
struct Share {
    evidence: Evidence,
    statements: usize,
    words: usize,
}

/// An actor on an axis in a period, by article; with the actor's name.
type Cells<'a> = BTreeMap<(&'a str, &'a str, NaiveDate), (&'a str, BTreeMap<&'a str, Share>)>;

/// What a statement adds, names as numbers.
#[derive(Debug)]
struct Added {
    actor: u32,
    name: u32,
    axis: u32,
    article: u32,
    /// First and last day on which it can have been said.
    days: (NaiveDate, NaiveDate),
    words: u32,
    evidence: Evidence,
}

/// The evidence of statements, row by row: the period is known only at the end.
#[derive(Debug)]
pub struct Pooled {
    by: DateBy,
    names: Names,
    added: Vec<Added>,
}

impl Pooled {
    /// Whether the scale is one of counts or weights.
    pub fn wanted(scale: Scale) -> bool {
        matches!(scale, Scale::Logit | Scale::Valence)
    }

    /// Nothing yet.
    pub fn new(by: DateBy) -> Self {
        Pooled { by, names: Names::default(), added: Vec::new() }
    }

    /// Adds a row, unless it counts in no trend.
    pub fn add(&mut self, row: &Row, axes: &[Axis], loaded: &Loaded) {
        let speaker = &row.statement.speaker;
        let id = speaker.actor.as_ref().unwrap_or(&speaker.name);
        let days = match self.by {
            DateBy::Said => row.said.as_ref().map(|said| (said.from, said.to)),
            DateBy::Published => row.published.map(|published| (published.day, published.last)),
        };
        let Some(days) = days else { return };
        if id.is_empty() || id == AUTHOR || row.statement.form == Form::Author || row.duplicate_of.is_some() {
            return;
        }
        for axis in axes {
            let with = row.scored.iter().zip(&loaded.resources.matchers);
            let Some((scored, matcher)) =
                with.into_iter().find(|(scored, _)| scored.scores.iter().any(|score| score.axis == axis.id))
            else {
                continue;
            };
            let words = row.text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric));
            self.added.push(Added {
                actor: self.names.number(id),
                name: self.names.number(&speaker.name),
                axis: self.names.number(&axis.id),
                article: self.names.number(&row.article),
                days,
                words: words.count() as u32,
                evidence: evidence(scored, matcher.lexicon(), &axis.id, loaded.resources.method),
            });
        }
    }

    fn cells(&self, period: Period) -> Cells<'_> {
        let mut cells: Cells = BTreeMap::new();
        for added in &self.added {
            let (from, to) = added.days;
            let Some((_, start, _)) = aggregate::period_of(from, to, period) else { continue };
            let name = |number| self.names.name(number);
            let key = (name(added.actor), name(added.axis), start);
            let (_, shares) = cells.entry(key).or_insert((name(added.name), BTreeMap::new()));
            let share = shares.entry(name(added.article)).or_default();
            add(&mut share.evidence, &added.evidence);
            share.statements += 1;
            share.words += added.words as usize;
        }
        cells
    }
}

/// Writes the table. Returns how many cells are overdispersed, to be told.
pub fn write(
    place: &Place,
    pooled: &Pooled,
    period: Period,
    scale: Scale,
    resampling: Resampling,
) -> Result<usize> {
    let mut table = place.table(report::pooled_schema())?;
    let mut overdispersed = 0;
    for ((actor_id, axis, start), (name, shares)) in pooled.cells(period) {
        let Some((label, _, end)) = aggregate::period_of(start, start, period) else { continue };
        let all: Vec<&Share> = shares.values().collect();
        let whole = sum(all.iter().copied());
        let (right, left) = whole.evidence.counts;
        let value = position(&whole.evidence, scale);
        let purpose = format!("pooled\u{1f}{actor_id}\u{1f}{axis}\u{1f}{label}");
        let articles = value.and_then(|_| error_over_articles(&all, scale, &purpose, resampling));
        let error = value.and_then(|value| value.error);
        let design = articles.zip(error).map(|(articles, error)| (articles / error).powi(2));
        let mut flags = Vec::new();
        if value.is_none() {
            flags.push("no_match");
        }
        if all.len() < FEW_ARTICLES {
            flags.push("few_articles");
        }
        if design.is_some_and(|design| design > OVERDISPERSED) {
            flags.push("overdispersed");
            overdispersed += 1;
        }
        table.row(&PooledCell {
            actor_id,
            actor: name,
            axis,
            period: label,
            start,
            end,
            statements: whole.statements,
            articles: all.len(),
            positive: right,
            negative: left,
            words: whole.words,
            position: value.map(|value| value.position),
            standard_error: error,
            interval: value.and_then(|value| value.interval),
            interval_kind: value.and_then(|value| value.interval.map(|_| value.kind)),
            importance: counts::importance(right, left, whole.words),
            article_error: articles,
            design_effect: design,
            flags,
        })?;
    }
    table.finish()?;
    Ok(overdispersed)
}

fn add(to: &mut Evidence, more: &Evidence) {
    to.positive += more.positive;
    to.negative += more.negative;
    to.counts.0 += more.counts.0;
    to.counts.1 += more.counts.1;
    to.weights.extend(&more.weights);
}

fn sum<'a>(shares: impl Iterator<Item = &'a Share>) -> Share {
    let mut whole = Share::default();
    for share in shares {
        add(&mut whole.evidence, &share.evidence);
        whole.statements += share.statements;
        whole.words += share.words;
    }
    whole
}

/// A pooled position with what its model says of its error.
#[derive(Debug, Clone, Copy)]
struct Position {
    position: f64,
    error: Option<f64>,
    interval: Option<(f64, f64)>,
    kind: &'static str,
}

/// None when nothing was counted.
fn position(evidence: &Evidence, scale: Scale) -> Option<Position> {
    let normal = |position: f64, error: Option<f64>| Position {
        position,
        error,
        interval: error.map(|error| (position - 1.96 * error, position + 1.96 * error)),
        kind: "normal",
    };
    if scale == Scale::Valence {
        let weighted: Vec<(f64, usize)> = evidence.weights.iter().map(|weight| (*weight, 1)).collect();
        return counts::lsx(&weighted, 1).map(|found| normal(found.mean, found.error));
    }
    let (right, left) = evidence.counts;
    let position = counts::logit(evidence.positive, evidence.negative)?;
    // Errors rest on the number of hits, also where hits are weighed.
    let Lowe { position: of_counts, error, interval } = counts::lowe(right, left);
    let weighed = (position - of_counts).abs() > 1e-12;
    if right.min(left) < SMALL && !weighed {
        return Some(Position { position, error: Some(error), interval: Some(interval), kind: "beta" });
    }
    Some(normal(position, Some(error)))
}

/// The standard deviation of the position when articles are drawn anew.
fn error_over_articles(shares: &[&Share], scale: Scale, purpose: &str, how: Resampling) -> Option<f64> {
    if shares.len() < FEW_ARTICLES {
        return None;
    }
    let mut draws = Draws::new(how.seed, purpose);
    let mut drawn = Vec::new();
    let found: Vec<f64> = (0..how.replicates)
        .filter_map(|_| {
            draws.resample(shares.len(), &mut drawn);
            let whole = sum(drawn.iter().map(|at| shares[*at]));
            position(&whole.evidence, scale).map(|found| found.position)
        })
        .collect();
    let n = found.len() as f64;
    let mean = found.iter().sum::<f64>() / n;
    (found.len() > 1)
        .then(|| (found.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt())
}

/// Whether scores of this run can lie beyond -1 and 1.
pub fn without_ends(method: Method, scale: Scale) -> bool {
    matches!(method, Method::Sentimentr | Method::Cluster)
        || matches!(scale, Scale::Logit | Scale::ValenceSum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_beta_where_a_pole_is_nearly_empty() {
        let counted = |right: usize, left: usize| Evidence {
            positive: right as f64,
            negative: left as f64,
            counts: (right, left),
            weights: Vec::new(),
        };
        let few = position(&counted(10, 1), Scale::Logit).unwrap();
        assert_eq!(few.kind, "beta");
        assert!((few.interval.unwrap().0 - 0.605984).abs() < 1e-6);
        let many = position(&counted(40, 20), Scale::Logit).unwrap();
        assert_eq!(many.kind, "normal");
        assert!((many.interval.unwrap().1 - (0.680877 + 1.96 * 0.271057)).abs() < 1e-5);
        assert!(position(&counted(0, 0), Scale::Logit).is_none());
        // Weighed hits: the position is theirs, the error that of their number.
        let weighed = Evidence { positive: 1.0, ..counted(10, 1) };
        let found = position(&weighed, Scale::Logit).unwrap();
        assert_eq!(found.kind, "normal");
        assert!(found.position.abs() < 1e-12 && (found.error.unwrap() - 0.872872).abs() < 1e-6);
    }
}
