//! A section for each actor: the position period by period, and the statements that show it most
//! clearly.

use crate::model::TrendPoint;
use crate::report::page::content::{Page, PageAxis};
use crate::report::page::data::choice::Entries;
use crate::report::page::data::counts::Counts;
use crate::report::page::link::encode;
use crate::report::page::view::{ValueView, signed};
use serde::Serialize;
use std::collections::BTreeMap;

/// Maximum number of actors with a section; the table of actors has all.
pub const MOST_ACTORS: usize = 40;
/// Maximum number of periods, the latest ones: with the months of many actors the page would be slow.
const MOST_PERIODS: usize = 60;
/// Maximum number of statements for each pole.
const MOST_QUOTES: usize = 3;
/// Maximum number of characters of a quotation.
const SHORT: usize = 280;

/// One actor.
#[derive(Debug, Clone, Serialize)]
pub struct ActorView {
    /// Roster id, or the name.
    pub id: String,
    /// Name for people.
    pub name: String,
    statements: usize,
    articles: usize,
    first: String,
    last: String,
    /// Statements with a score on the main axis.
    pub scored: usize,
    periods: Vec<PeriodView>,
    /// Periods before these.
    earlier: usize,
    quotes: Vec<QuoteView>,
    findings: Vec<String>,
}

/// One period on the main axis, with what its small drawing needs: places in
/// hundredths from -100 to 100.
#[derive(Debug, Clone, Serialize)]
pub struct PeriodView {
    period: String,
    key: String,
    statements: usize,
    articles: usize,
    mean: String,
    interval: String,
    value: Option<ValueView>,
    x: f64,
    low: f64,
    wide: f64,
    whisker: bool,
    hollow: bool,
    few: bool,
}

#[derive(Debug, Clone, Serialize)]
struct QuoteView {
    href: String,
    text: String,
    when: String,
    value: ValueView,
}

/// The actors with points on any axis, those with most scored statements
/// first, then those who only speak.
pub fn actors(page: &Page, axis: &PageAxis, counts: &Counts, entries: &Entries) -> Vec<ActorView> {
    let mut by_actor: BTreeMap<&str, Vec<&TrendPoint>> = BTreeMap::new();
    for point in page.points.iter().filter(|point| point.axis == axis.axis.id) {
        by_actor.entry(&point.actor_id).or_default().push(point);
    }
    let mut order: Vec<(usize, usize, &str)> = counts
        .speakers
        .iter()
        .map(|(id, spoken)| {
            let scored =
                by_actor.get(id.as_str()).map_or(0, |points| points.iter().map(|p| p.statements).sum());
            (scored, spoken.statements, id.as_str())
        })
        .collect();
    order.sort_by(|one, two| (two.0, two.1).cmp(&(one.0, one.1)).then(one.2.cmp(two.2)));
    let own = scored(axis, entries);
    order
        .into_iter()
        .filter(|(scored, _, _)| *scored > 0)
        .take(MOST_ACTORS)
        .filter_map(|(scored, _, id)| {
            let spoken = counts.speakers.get(id)?;
            let points = by_actor.get(id).map_or(&[] as &[_], Vec::as_slice);
            let points: Vec<_> = points.iter().filter(|point| point.mean.is_some()).collect();
            let earlier = points.len().saturating_sub(MOST_PERIODS);
            let day = |day: Option<chrono::NaiveDate>| day.map_or(String::new(), |day| day.to_string());
            Some(ActorView {
                id: id.to_string(),
                name: spoken.actor.clone(),
                statements: spoken.statements,
                articles: spoken.articles,
                first: day(spoken.days.map(|days| days.0)),
                last: day(spoken.days.map(|days| days.1)),
                scored,
                periods: points[earlier..].iter().map(|point| period(point, axis)).collect(),
                earlier,
                quotes: quotes(own.get(id).map_or(&[] as &[_], Vec::as_slice), entries, axis),
                findings: own_findings(page, axis, id),
            })
        })
        .collect()
}

fn own_findings(page: &Page, axis: &PageAxis, id: &str) -> Vec<String> {
    let shifts = page.shifts.iter().filter(|s| s.axis == axis.axis.id && s.actor_id == id);
    let breaks = page.breaks.iter().filter(|b| b.axis == axis.axis.id && b.actor_id == id);
    let slopes = page.slopes.iter().filter(|slope| slope.axis == axis.axis.id && slope.actor_id == id);
    let tested = shifts.map(|shift| &shift.finding).chain(breaks.map(|found| &found.finding));
    tested.chain(slopes.map(|slope| &slope.finding)).cloned().collect()
}

/// A period as a row of a table.
pub fn period(point: &TrendPoint, axis: &PageAxis) -> PeriodView {
    let mean = point.mean.unwrap_or(0.0);
    let hundredths = |value: f64| (value * 100.0).round().clamp(-100.0, 100.0);
    let (low, high) = point.interval.unwrap_or((mean, mean));
    PeriodView {
        period: point.period.clone(),
        key: format!("{}|{}|{}", point.actor_id, point.axis, point.period),
        statements: point.statements,
        articles: point.articles,
        mean: point.mean.map_or("–".into(), signed),
        interval: point
            .interval
            .map_or(String::new(), |(low, high)| format!("[{}, {}]", signed(low), signed(high))),
        value: point.mean.map(|mean| ValueView::new(mean, axis)),
        x: hundredths(mean),
        low: hundredths(low),
        wide: hundredths(high) - hundredths(low),
        whisker: point.interval.is_some(),
        hollow: point.statements < 3,
        few: point.statements < 3,
    }
}

/// Score, id and number of an entry.
type Scored = (f64, String, usize);

/// The statements of each actor with a score on the axis, copies left out: the highest
/// score first.
fn scored(axis: &PageAxis, entries: &Entries) -> BTreeMap<String, Vec<Scored>> {
    let mut own: BTreeMap<String, Vec<Scored>> = BTreeMap::new();
    for (number, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.duplicate_of.is_empty()) {
        if let Some(score) = entry.score(&axis.axis.id) {
            own.entry(entry.actor_id).or_default().push((score, entry.id, number));
        }
    }
    for scored in own.values_mut() {
        scored.sort_by(|one, two| two.0.total_cmp(&one.0).then_with(|| one.1.cmp(&two.1)));
    }
    own
}

/// The clearest statements towards each pole.
fn quotes(scored: &[Scored], entries: &Entries, axis: &PageAxis) -> Vec<QuoteView> {
    let positive = scored.iter().filter(|(score, ..)| *score >= 0.005).take(MOST_QUOTES);
    let negative: Vec<_> =
        scored.iter().rev().filter(|(score, ..)| *score <= -0.005).take(MOST_QUOTES).collect();
    positive
        .chain(negative)
        .filter_map(|(score, _, number)| Some((score, entries.get(*number)?)))
        .map(|(score, entry)| {
            let text = entry.text();
            let short: String = text.chars().take(SHORT).collect();
            QuoteView {
                href: format!("#s-{}", encode(&entry.id)),
                text: if short.len() < text.len() { format!("{short}…") } else { short },
                when: entry.said.map_or("no date".into(), |(from, _)| from.to_string()),
                value: ValueView::new(*score, axis),
            }
        })
        .collect()
}
