//! The rows of `pooled.csv`: positions from the sums of whole periods, for the scales of counts.
//!
//! A mean of the logits of single statements mostly shows the halves added to their small
//! counts, so Lowe et al. (2011) add up the counts of a period first. Every row belongs to a
//! point of `trend.csv` and takes from it all that both tables show; only what the hits weigh
//! and how many words were said is added here.

use crate::aggregate::periods;
use crate::aggregate::plan::Options;
use crate::aggregate::trend::log_odds::OVERDISPERSED;
use crate::aggregate::trend::points::FEW_ARTICLES;
use crate::model::{
    Blocks, Flag, IntervalBasis, LogOdds, NameTable, Period, PooledPoint, PooledPosition, Scores, TrendPoint,
};
use crate::stats::draws::Key;
use crate::stats::interval::Interval;
use crate::stats::log_odds;
use crate::stats::moments::{Moments, standard_deviation};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap};
use std::ops::AddAssign;

/// What positions are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PooledScale {
    /// Log-odds of the numbers of hits on each pole.
    HitCounts,
    /// Log-odds of what hits contribute to each pole; the error is that of their number.
    Contributions,
    /// Mean weight of the hits.
    MeanWeight,
}

/// What the hits of a statement weigh on one axis. Sums of statements are of the same type.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct HitWeights {
    /// Sum of contributions to the positive pole.
    pub positive: f64,
    /// Sum of contributions to the negative pole, above 0 too.
    pub negative: f64,
    /// Signed weights of the hits.
    pub weights: Moments,
}

impl AddAssign for HitWeights {
    fn add_assign(&mut self, other: HitWeights) {
        self.positive += other.positive;
        self.negative += other.negative;
        self.weights += other.weights;
    }
}

/// What pooled positions need beside the scores, collected row by row.
#[derive(Debug)]
pub struct PooledEvidence {
    scale: PooledScale,
    /// One entry a row of the scores; none for [`PooledScale::HitCounts`].
    hits: Blocks<HitWeights>,
    actors: NameTable,
    words: Blocks<Words>,
}

/// The length of a statement that counts in trends, whether or not it has a score.
#[derive(Debug, Clone, Copy)]
struct Words {
    actor: u32,
    from: NaiveDate,
    to: NaiveDate,
    count: u32,
}

impl PooledEvidence {
    /// Nothing collected yet.
    pub fn new(scale: PooledScale) -> Self {
        PooledEvidence {
            scale,
            hits: Blocks::default(),
            actors: NameTable::default(),
            words: Blocks::default(),
        }
    }

    /// Adds the hits of the row that was added to the scores last.
    pub fn add_hits(&mut self, hits: HitWeights) {
        if self.scale != PooledScale::HitCounts {
            self.hits.push(hits);
        }
    }

    /// Adds the length of a statement that counts in trends, scored or not.
    pub fn add_words(&mut self, actor_id: &str, (from, to): (NaiveDate, NaiveDate), words: usize) {
        let actor = self.actors.number(actor_id);
        self.words.push(Words { actor, from, to, count: u32::try_from(words).unwrap_or(u32::MAX) });
    }

    /// Words by actor and number of the period.
    fn words_by_period(&self, period: Period) -> HashMap<(&str, i32), usize> {
        let mut all = HashMap::new();
        for words in self.words.iter() {
            if let Some((number, _)) = periods::of_days(words.from, words.to, period) {
                *all.entry((self.actors.name(words.actor), number)).or_default() += words.count as usize;
            }
        }
        all
    }

    /// What the articles of each cell weigh, in an order that depends on nothing else.
    fn articles<'a>(&self, scores: &'a Scores, period: Period) -> HashMap<Cell<'a>, Vec<HitWeights>> {
        let mut cells: HashMap<Cell, BTreeMap<u32, HitWeights>> = HashMap::new();
        for (row, hits) in scores.rows().zip(self.hits.iter()) {
            let Some((number, _)) = periods::of_days(row.from, row.to, period) else { continue };
            let cell = (scores.actors.name(row.actor), scores.axes.name(row.axis), number);
            *cells.entry(cell).or_default().entry(row.cluster).or_default() += hits;
        }
        let sorted = |articles: BTreeMap<u32, HitWeights>| {
            let mut all: Vec<HitWeights> = articles.into_values().collect();
            all.sort_by(|one, two| {
                let poles = one.positive.total_cmp(&two.positive).then(one.negative.total_cmp(&two.negative));
                let (a, b) = (one.weights, two.weights);
                poles.then(a.sum.total_cmp(&b.sum)).then(a.count.cmp(&b.count))
            });
            all
        };
        cells.into_iter().map(|(cell, articles)| (cell, sorted(articles))).collect()
    }
}

/// Ids of actor and axis, and the number of the period.
type Cell<'a> = (&'a str, &'a str, i32);

/// The pooled row of every point over all sources that has statements, in the order of the
/// points.
pub fn pooled<'a>(
    scores: &Scores,
    points: &'a [TrendPoint],
    period: Period,
    evidence: &PooledEvidence,
    options: &Options,
) -> Vec<PooledPoint<'a>> {
    let words = evidence.words_by_period(period);
    let articles = evidence.articles(scores, period);
    let filled = points.iter().filter(|point| point.source.is_none() && point.statements > 0);
    filled
        .map(|point| {
            let number = periods::number(point.start, period);
            let words = words.get(&(point.actor_id.as_str(), number)).copied().unwrap_or(0);
            let cell = (point.actor_id.as_str(), point.axis.as_str(), number);
            let position = match (evidence.scale, &point.log_odds) {
                (PooledScale::HitCounts, counted) => counted.as_ref().map(of_counts),
                (scale, counted) => {
                    articles.get(&cell).and_then(|all| weighed(scale, all, counted.as_ref(), point, options))
                }
            };
            pooled_point(point, words, position)
        })
        .collect()
}

fn pooled_point(point: &TrendPoint, words: usize, position: Option<PooledPosition>) -> PooledPoint<'_> {
    let hits = point.log_odds.map_or((0, 0), |counted| (counted.positive, counted.negative));
    let mut flags: Vec<Flag> =
        point.flags.iter().copied().filter(|flag| *flag != Flag::Overdispersed).collect();
    let effect = position.and_then(|position| position.design_effect);
    if effect.is_some_and(|effect| effect > OVERDISPERSED) {
        flags.push(Flag::Overdispersed);
    }
    PooledPoint {
        point,
        hits,
        words,
        position,
        importance: log_odds::importance(hits.0 as f64, hits.1 as f64, words as f64),
        flags,
    }
}

/// The position that `trend.csv` shows too.
fn of_counts(counted: &LogOdds) -> PooledPosition {
    PooledPosition {
        value: counted.value,
        error: Some(counted.model_error),
        error_over_articles: counted.bootstrap_error,
        design_effect: counted.design_effect,
        interval: Some((counted.interval, counted.basis)),
    }
}

/// The position of hits that are weighed; None without hits.
fn weighed(
    scale: PooledScale,
    articles: &[HitWeights],
    counted: Option<&LogOdds>,
    point: &TrendPoint,
    options: &Options,
) -> Option<PooledPosition> {
    let total = sum(articles);
    let value = value(scale, &total)?;
    let error = match scale {
        PooledScale::MeanWeight => total.weights.standard_error(),
        _ => counted.map(|counted| counted.model_error),
    };
    let key = Key::new(options.seed, &["pooled", &point.actor_id, &point.axis, &point.period]);
    let error_over_articles = error_over_articles(scale, articles, key, options.replicates);
    let ratio = error_over_articles.zip(error.filter(|error| *error > 0.0));
    let design_effect = ratio.map(|(articles, error)| (articles / error).powi(2));
    let normal = |error: f64| {
        let Interval { low, high } = Interval::normal(value, error);
        (low, high)
    };
    let interval = match (error_over_articles, design_effect) {
        (Some(error), Some(effect)) if effect > OVERDISPERSED => {
            Some((normal(error), IntervalBasis::Articles))
        }
        _ => error.map(|error| (normal(error), IntervalBasis::Normal)),
    };
    Some(PooledPosition { value, error, error_over_articles, design_effect, interval })
}

fn value(scale: PooledScale, total: &HitWeights) -> Option<f64> {
    match scale {
        PooledScale::MeanWeight => total.weights.mean(),
        _ => log_odds::position(total.positive, total.negative),
    }
}

fn sum<'a>(articles: impl IntoIterator<Item = &'a HitWeights>) -> HitWeights {
    let mut total = HitWeights::default();
    articles.into_iter().for_each(|article| total += *article);
    total
}

/// The standard deviation of the position over resampled articles; None below 5 articles.
fn error_over_articles(
    scale: PooledScale,
    articles: &[HitWeights],
    key: Key,
    replicates: usize,
) -> Option<f64> {
    if articles.len() < FEW_ARTICLES {
        return None;
    }
    let mut drawn = Vec::new();
    let values: Vec<f64> = (0..replicates)
        .filter_map(|replicate| {
            key.replicate(replicate).resample(articles.len(), &mut drawn);
            value(scale, &sum(drawn.iter().map(|at| &articles[*at])))
        })
        .collect();
    standard_deviation(&values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::cells::cells;
    use crate::aggregate::trend::points::points;
    use crate::model::Observation;

    /// Statements of one actor in one year: article, hits on both poles.
    fn scores(statements: &[(&str, usize, usize)]) -> Scores {
        let day = NaiveDate::from_ymd_opt(2019, 5, 5).unwrap();
        let seen = |(article, positive, negative): &(&str, usize, usize)| Observation {
            actor_id: "lind".into(),
            actor: "Ann Lind".into(),
            axis: "position".into(),
            article: (*article).into(),
            cluster: None,
            statement: (*article).into(),
            source: None,
            from: day,
            to: day,
            value: 0.5,
            hits: positive + negative,
            poles: (*positive, *negative),
        };
        statements.iter().map(seen).collect::<Vec<_>>().iter().collect()
    }

    fn hits(positive: f64, negative: f64) -> HitWeights {
        HitWeights { positive, negative, weights: Moments::of([positive, -negative]) }
    }

    fn row(
        scale: PooledScale,
        statements: &[(&str, usize, usize)],
        weigh: f64,
    ) -> (PooledPosition, TrendPoint) {
        let scores = scores(statements);
        let options = Options::default();
        let points = points(&scores, &cells(&scores, Period::Year, false).unwrap(), Period::Year, &options);
        let mut evidence = PooledEvidence::new(scale);
        for (_, positive, negative) in statements {
            evidence.add_hits(hits(*positive as f64 * weigh, *negative as f64));
        }
        let found = pooled(&scores, &points, Period::Year, &evidence, &options);
        (found[0].position.unwrap(), points[0].clone())
    }

    const FIVE: [(&str, usize, usize); 5] = [("a", 4, 1), ("b", 2, 2), ("c", 5, 0), ("d", 1, 1), ("e", 3, 1)];

    #[test]
    fn positions_of_counts_are_those_of_the_trend() {
        let (found, point) = row(PooledScale::HitCounts, &FIVE, 1.0);
        assert_eq!(found, of_counts(&point.log_odds.unwrap()));
        assert!(found.error_over_articles.is_some());
        let (few, point) = row(PooledScale::HitCounts, &FIVE[..4], 1.0);
        assert_eq!((few.error_over_articles, point.flags[0]), (None, Flag::FewArticles));
    }

    #[test]
    fn weighed_hits_have_the_error_of_their_number() {
        let (counted, _) = row(PooledScale::HitCounts, &FIVE, 1.0);
        let (found, _) = row(PooledScale::Contributions, &FIVE, 0.5);
        assert!((found.value - (8.0f64 / 5.5).ln()).abs() < 1e-12);
        assert_eq!(found.error, counted.error);
        assert_eq!(found.interval.unwrap().1, IntervalBasis::Normal);
        // Hits that all weigh 1 are counted hits, up to the draws.
        let (found, _) = row(PooledScale::Contributions, &FIVE, 1.0);
        assert_eq!(found.value, counted.value);
        let (one, two) = (found.error_over_articles.unwrap(), counted.error_over_articles.unwrap());
        assert!((one / two - 1.0).abs() < 0.1, "{one} {two}");
    }

    #[test]
    fn a_mean_weight_has_the_error_of_lsx() {
        let (found, _) = row(PooledScale::MeanWeight, &FIVE, 1.0);
        let all = Moments::of([4.0, -1.0, 2.0, -2.0, 5.0, 0.0, 1.0, -1.0, 3.0, -1.0]);
        assert_eq!(Some(found.value), all.mean());
        assert!((found.error.unwrap() - all.standard_error().unwrap()).abs() < 1e-12);
    }
}
