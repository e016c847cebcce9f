//! The smooth line of a series with its band.
//!
//! Lives here: where the line is computed, where it breaks, and the band from
//! resampled articles. May not live here: the smoother (see `loess`).
//!
//! The band is pointwise: it holds the true line at one place with 95 %, not the
//! whole line. It knows nothing of the lexicon's errors.

use super::bootstrap::{self, Cluster, Key};
use super::loess::{loess, reach};
use super::series::Series;
use super::trend::FEW_ARTICLES;
use super::{Options, period};
use crate::model::{Line, LinePoint, Period};
use chrono::{Duration, NaiveDate};

/// Share of the periods that a place of the line looks at.
const SPAN: f64 = 0.75;
/// Places of the line per period, and at most in all.
const PLACES: usize = 4;
/// See [`PLACES`].
const MOST_PLACES: usize = 240;
/// The line breaks where more periods than this lie empty between two.
const EMPTY_PERIODS: i32 = 3;
/// Resampled lines; fewer, but at least 199, where a series is long.
const LINES: usize = 400;
/// Looks at a period that resampling may cost.
const WORK: usize = 10_000_000;

/// The line of one series; a piece for every stretch without a gap of more than
/// 3 empty periods or of more than the smoother's reach. None below 3 periods.
pub fn line(series: &Series, period: Period, options: &Options) -> Option<Line> {
    let n = series.periods.len();
    if n < 3 {
        return None;
    }
    let points =
        points(series, period, &series.periods.iter().map(|(_, c)| bootstrap::total(c)).collect::<Vec<_>>());
    let pieces = places(series, period, &points);
    let all: Vec<f64> = pieces.iter().flatten().copied().collect();
    let values = loess(&points, SPAN, &all);
    let bands = bands(series, period, options, &points, &all);
    let mut found = values.into_iter().zip(bands).zip(&all);
    let pieces = pieces
        .iter()
        .map(|piece| {
            found
                .by_ref()
                .take(piece.len())
                .filter_map(|((value, band), at)| {
                    Some(LinePoint { day: day(*at), value: options.inside(value?), band })
                })
                .collect()
        })
        .collect();
    Some(Line {
        actor_id: series.actor_id.to_string(),
        actor: series.actor.to_string(),
        axis: series.axis.to_string(),
        pieces,
    })
}

/// Periods as points, weighing as many as they have articles.
fn points(series: &Series, period: Period, totals: &[Cluster]) -> Vec<(f64, f64, f64)> {
    let times = series.times(period);
    totals
        .iter()
        .zip(times)
        .zip(&series.periods)
        .filter_map(|((total, t), (_, clusters))| Some((t, total.mean()?, clusters.len() as f64)))
        .collect()
}

/// The places of the line, a list for every stretch without a gap.
fn places(series: &Series, period: Period, points: &[(f64, f64, f64)]) -> Vec<Vec<f64>> {
    let n = series.periods.len();
    let each = PLACES.min(MOST_PLACES / n).max(1);
    let mut pieces = vec![Vec::new()];
    for pair in 0..n - 1 {
        let (from, to) = (points[pair].0, points[pair + 1].0);
        let apart = series.periods[pair + 1].0 - series.periods[pair].0;
        if let Some(piece) = pieces.last_mut() {
            piece.push(from);
        }
        let middle = (from + to) / 2.0;
        if apart > EMPTY_PERIODS + 1 || to - from > reach(points, SPAN, middle) {
            pieces.push(Vec::new());
            continue;
        }
        let steps = each * apart as usize;
        if let Some(piece) = pieces.last_mut() {
            piece.extend((1..steps).map(|step| from + (to - from) * step as f64 / steps as f64));
        }
    }
    if let Some(piece) = pieces.last_mut() {
        piece.push(period::middle(series.periods[n - 1].0, period));
    }
    pieces
}

/// The middle 95 % of lines through resampled articles, drawn from the whole
/// series: a period with one article is then sometimes missing, which shows how
/// much hangs on it.
fn bands(
    series: &Series,
    period: Period,
    options: &Options,
    points: &[(f64, f64, f64)],
    at: &[f64],
) -> Vec<Option<(f64, f64)>> {
    let articles: Vec<(usize, Cluster)> = series
        .periods
        .iter()
        .enumerate()
        .flat_map(|(index, (_, clusters))| clusters.iter().map(move |cluster| (index, *cluster)))
        .collect();
    if articles.len() < FEW_ARTICLES {
        return vec![None; at.len()];
    }
    let times = series.times(period);
    let key = Key::new(options.seed, &["band", series.actor_id, series.axis]);
    let rounds = (WORK / (times.len() * at.len()).max(1)).clamp(199, LINES);
    let mut drawn: Vec<Vec<f64>> = vec![Vec::with_capacity(rounds); at.len()];
    for round in 0..rounds {
        let mut draws = key.replicate(round);
        let mut totals = vec![(Cluster::default(), 0.0); times.len()];
        for _ in 0..articles.len() {
            let (index, cluster) = articles[draws.below(articles.len())];
            totals[index].0 += cluster;
            totals[index].1 += 1.0;
        }
        let points: Vec<(f64, f64, f64)> = totals
            .iter()
            .zip(&times)
            .filter_map(|((total, weight), t)| Some((*t, total.mean()?, *weight)))
            .collect();
        for (values, value) in drawn.iter_mut().zip(loess(&points, SPAN, at)) {
            values.extend(value);
        }
    }
    drawn
        .iter_mut()
        .zip(at)
        .map(|(values, at)| {
            let reach = reach(points, SPAN, *at);
            let near: f64 = points.iter().filter(|p| (p.0 - at).abs() < reach).map(|p| p.2).sum();
            let enough = near >= FEW_ARTICLES as f64 && values.len() * 2 >= rounds;
            enough.then(|| options.within(bootstrap::middle(values)))
        })
        .collect()
}

/// The day of a year with fraction.
fn day(years: f64) -> NaiveDate {
    let year = years.floor() as i32;
    let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
    let length = if first.leap_year() { 366.0 } else { 365.0 };
    first + Duration::days(((years - f64::from(year)) * length).floor() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(values: &[(i32, usize)]) -> Series<'static> {
        let mut draws = Key::new(9, &["line"]).replicate(0);
        let mut cluster = || Cluster { sum: draws.unit() - 0.5, count: 1.0, ..Cluster::default() };
        Series {
            actor_id: "lind",
            actor: "Ann Lind",
            axis: "position",
            periods: values.iter().map(|(year, n)| (*year, (0..*n).map(|_| cluster()).collect())).collect(),
        }
    }

    #[test]
    fn the_line_breaks_over_a_gap_and_its_band_holds_it() {
        let years: Vec<(i32, usize)> = (2000..2006).chain(2011..2020).map(|year| (year, 4)).collect();
        let line = line(&series(&years), Period::Year, &Options::default()).unwrap();
        assert_eq!(line.pieces.len(), 2);
        assert_eq!(line.pieces[0][0].day, NaiveDate::from_ymd_opt(2000, 7, 2).unwrap());
        let last = line.pieces[0].last().unwrap();
        assert_eq!(last.day.to_string(), "2005-07-02");
        for point in line.pieces.iter().flatten() {
            let (low, high) = point.band.unwrap();
            assert!(low <= point.value && point.value <= high, "{point:?}");
        }
    }

    #[test]
    fn few_articles_have_no_band() {
        let line =
            line(&series(&[(2000, 1), (2001, 1), (2002, 2)]), Period::Year, &Options::default()).unwrap();
        assert!(line.pieces.iter().flatten().all(|point| point.band.is_none()));
        assert!(super::line(&series(&[(2000, 3), (2001, 3)]), Period::Year, &Options::default()).is_none());
    }
}
