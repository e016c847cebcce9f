//! The smooth line of a series with its band from resampled articles.
//!
//! The band is pointwise: it holds the true line at one place with 95 %, not the
//! whole line. It knows nothing of the lexicon's errors.

use crate::aggregate::bootstrap;
use crate::aggregate::bootstrap::Cluster;
use crate::aggregate::periods;
use crate::aggregate::plan::Options;
use crate::aggregate::trend::points::FEW_ARTICLES;
use crate::aggregate::trend::series::Series;
use crate::model::{Line, LinePoint, Period};
use crate::stats::draws::Key;
use crate::stats::interval::Interval;
use crate::stats::loess::{LEAST_NEIGHBOURS, loess, neighbours, reach};
use chrono::{Duration, NaiveDate};

/// Places of the line per period, and at most in all.
const PLACES: usize = 4;
/// See [`PLACES`].
const MOST_PLACES: usize = 240;
/// The line breaks where two periods are farther apart than this multiple of the median
/// distance of neighbours.
const FAR: f64 = 2.0;
/// Resampled lines; fewer, but at least 199, where a series is long.
const LINES: usize = 400;
/// Looks at a period that resampling may cost.
const WORK: usize = 10_000_000;

/// The line of one series; a piece for every stretch without a wide gap. None
/// below 5 periods.
pub fn line(series: &Series, period: Period, options: &Options) -> Option<Line> {
    let n = series.periods.len();
    if n < LEAST_NEIGHBOURS {
        return None;
    }
    let points =
        points(series, period, &series.periods.iter().map(|(_, c)| bootstrap::total(c)).collect::<Vec<_>>());
    let near = neighbours(&points);
    let pieces = places(series, period, &points, near);
    let all: Vec<f64> = pieces.iter().flatten().copied().collect();
    let values = loess(&points, near, &all);
    let bands = bands(series, period, options, &points, (near, &all));
    let mut found = values.into_iter().zip(bands).zip(&all);
    let pieces = pieces
        .iter()
        .map(|piece| {
            found
                .by_ref()
                .take(piece.len())
                .filter_map(|((value, band), at)| {
                    Some(LinePoint { day: day(*at), value: options.clamp(value?), band })
                })
                .collect()
        })
        .collect();
    Some(Line {
        actor_id: series.actor_id.to_string(),
        actor: series.actor.to_string(),
        axis: series.axis.to_string(),
        span: near as f64 / n as f64,
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

/// The places of the line, a list for every stretch of two or more periods
/// without a gap.
fn places(series: &Series, period: Period, points: &[(f64, f64, f64)], near: usize) -> Vec<Vec<f64>> {
    let n = series.periods.len();
    let each = PLACES.min(MOST_PLACES / n).max(1);
    let apart: Vec<i32> = series.periods.windows(2).map(|pair| pair[1].0 - pair[0].0).collect();
    let mut sorted = apart.clone();
    let usual = f64::from(*sorted.select_nth_unstable((n - 1) / 2).1);
    let mut pieces = vec![Vec::new()];
    for (pair, apart) in apart.into_iter().enumerate() {
        let (from, to) = (points[pair].0, points[pair + 1].0);
        if let Some(piece) = pieces.last_mut() {
            piece.push(from);
        }
        let middle = (from + to) / 2.0;
        if f64::from(apart) > FAR * usual || to - from > reach(points, near, middle) {
            pieces.push(Vec::new());
            continue;
        }
        let steps = each * apart as usize;
        if let Some(piece) = pieces.last_mut() {
            piece.extend((1..steps).map(|step| from + (to - from) * step as f64 / steps as f64));
        }
    }
    if let Some(piece) = pieces.last_mut() {
        piece.push(periods::middle(series.periods[n - 1].0, period));
    }
    // A single period is a dot, not a line.
    pieces.retain(|piece| piece.len() > 1);
    pieces
}

/// The middle 95 % of lines through resampled articles, drawn from the whole
/// series: a period with one article is then sometimes missing, which shows how
/// much depends on it. The number of neighbours stays that of the line.
fn bands(
    series: &Series,
    period: Period,
    options: &Options,
    points: &[(f64, f64, f64)],
    (near, at): (usize, &[f64]),
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
        for (values, value) in drawn.iter_mut().zip(loess(&points, near, at)) {
            values.extend(value);
        }
    }
    drawn
        .iter_mut()
        .zip(at)
        .map(|(values, at)| {
            let reach = reach(points, near, *at);
            let articles: f64 = points.iter().filter(|p| (p.0 - at).abs() < reach).map(|p| p.2).sum();
            let enough = articles >= FEW_ARTICLES as f64 && values.len() * 2 >= rounds;
            let band = enough.then(|| Interval::percentile(values)).flatten()?;
            Some(options.clamp_interval(band).ends())
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
        let few = [(2000, 1), (2001, 1), (2002, 1), (2012, 1), (2013, 1), (2014, 1)];
        let line = line(&series(&few), Period::Year, &Options::default()).unwrap();
        assert!(line.pieces[0].first().unwrap().band.is_none());
        let fewer: Vec<(i32, usize)> = (2000..2004).map(|year| (year, 9)).collect();
        assert!(super::line(&series(&fewer), Period::Year, &Options::default()).is_none());
    }

    #[test]
    fn a_period_between_wide_gaps_stays_a_dot() {
        let years: Vec<(i32, usize)> = (2000..2006).chain([2009, 2020]).map(|year| (year, 4)).collect();
        let line = line(&series(&years), Period::Year, &Options::default()).unwrap();
        let last: Vec<String> =
            line.pieces.iter().map(|piece| piece.last().unwrap().day.to_string()).collect();
        assert_eq!(last, ["2005-07-02"]);
        // Where every third year speaks, three years are no gap.
        let years: Vec<(i32, usize)> = (0..7).map(|number| (2000 + 3 * number, 4)).collect();
        let line = super::line(&series(&years), Period::Year, &Options::default()).unwrap();
        assert_eq!(line.pieces.len(), 1);
    }
}
