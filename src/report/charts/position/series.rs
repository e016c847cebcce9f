//! One actor in a frame: statements, band, line, period means.

use crate::model::{Line, Observation, TrendPoint, counted};
use crate::report::charts::canvas::scale;
use crate::report::charts::canvas::{Canvas, Mark};
use crate::report::charts::frame::Frame;
use crate::report::charts::position::chart::PositionChart;
use crate::report::charts::theme::Colour;
use std::collections::BTreeMap;

/// Fewer statements than this make a hollow dot.
pub(crate) const FEW: usize = 3;

/// How much of its colour a single statement keeps.
const FAINT: f64 = 0.34;

/// One actor's share of a chart.
pub(crate) struct Series<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub colour: Colour,
    /// Periods with a mean, in order of time.
    pub points: Vec<&'a TrendPoint>,
    pub seen: Vec<&'a Observation>,
    pub line: Option<&'a Line>,
}

impl<'a> Series<'a> {
    pub fn of(chart: &'a PositionChart, id: &'a str, name: &'a str, colour: Colour) -> Series<'a> {
        let mut points: Vec<&TrendPoint> =
            chart.points.iter().filter(|point| point.actor_id == id && point.mean.is_some()).collect();
        points.sort_by_key(|point| point.start);
        Series {
            id,
            name,
            colour,
            points,
            seen: chart.observations.iter().filter(|seen| seen.actor_id == id).collect(),
            line: chart.lines.iter().find(|line| line.actor_id == id),
        }
    }

    /// Statements behind all period means.
    pub fn statements(&self) -> usize {
        self.points.iter().map(|point| point.statements).sum()
    }

    /// Where a line to the actor's name would begin: the last mean.
    pub fn end(&self, frame: &Frame) -> Option<(f64, f64)> {
        let last = self.points.last()?;
        Some((frame.x(middle(last)), frame.y(last.mean?)))
    }
}

/// The middle of a period, in years.
pub(crate) fn middle(point: &TrendPoint) -> f64 {
    (scale::years(point.start) + scale::years(point.end.succ_opt().unwrap_or(point.end))) / 2.0
}

/// True if a period is a year and not a part of one.
pub(crate) fn year_long(point: &TrendPoint) -> bool {
    (point.end - point.start).num_days() > 300
}

/// First and last moment of what is drawn, in whole periods.
pub(crate) fn extent(series: &[Series]) -> (f64, f64) {
    let points = || series.iter().flat_map(|one| one.points.iter());
    let first = points().map(|point| scale::years(point.start)).fold(f64::INFINITY, f64::min);
    let last = points()
        .map(|point| scale::years(point.end.succ_opt().unwrap_or(point.end)))
        .fold(f64::NEG_INFINITY, f64::max);
    // A single short period would fill the whole width.
    let missing = (0.5 - (last - first)).max(0.0) / 2.0;
    (first - missing, last + missing)
}

/// True if all periods are years.
pub(crate) fn yearly(series: &[Series]) -> bool {
    series.iter().flat_map(|one| &one.points).all(|point| year_long(point))
}

/// How far the axis must reach, and a little farther.
pub(crate) fn limit(series: &[Series]) -> f64 {
    let mut most: f64 = 0.0;
    for one in series {
        for point in &one.points {
            let (low, high) = point.interval.unwrap_or((0.0, 0.0));
            most = most.max(point.mean.unwrap_or(0.0).abs()).max(low.abs()).max(high.abs());
        }
        most = one.seen.iter().map(|seen| seen.value.abs()).fold(most, f64::max);
        for place in one.line.iter().flat_map(|line| line.pieces.iter().flatten()) {
            most = most.max(place.value.abs());
        }
    }
    scale::BEYOND * scale::reach(most)
}

/// The smallest step that leaves no more single statements than can be shown.
pub(crate) fn every(series: &[Series], most: usize) -> usize {
    let all: usize = series.iter().map(|one| one.seen.len()).sum();
    all.div_ceil(most.max(1)).max(1)
}

/// The least distance between two periods of an actor, in pixels.
pub(crate) fn pitch(frame: &Frame, series: &[Series]) -> f64 {
    let gaps = series.iter().flat_map(|one| {
        one.points.windows(2).map(|pair| frame.x(middle(pair[1])) - frame.x(middle(pair[0])))
    });
    gaps.fold(frame.right - frame.left, f64::min)
}

/// The radius of a period's dot, in units: its area grows with n.
pub(crate) fn radius(statements: usize) -> f64 {
    (3.4 * (statements as f64).sqrt()).clamp(5.5, 16.0)
}

/// The band of the smooth line.
pub(crate) fn band(canvas: &mut Canvas, frame: &Frame, series: &Series, alpha: f64) {
    let Some(line) = series.line else { return };
    for piece in &line.pieces {
        let banded: Vec<(f64, f64, f64)> = piece
            .iter()
            .filter_map(|place| {
                place.band.map(|(low, high)| (frame.x(scale::years(place.day)), frame.y(low), frame.y(high)))
            })
            .collect();
        let low = banded.iter().map(|(x, low, _)| (*x, *low));
        let high = banded.iter().rev().map(|(x, _, high)| (*x, *high));
        canvas.area(low.chain(high).collect(), series.colour, alpha);
    }
}

/// Means without a smooth line are joined thinly where no more than this many
/// periods lie between their beginnings.
const NEAR: f64 = 3.2;

/// Thin lines between neighbouring means of an actor who has too few periods for
/// a smooth line.
pub(crate) fn joined(canvas: &mut Canvas, frame: &Frame, series: &Series, colour: Colour) {
    if series.line.is_some() {
        return;
    }
    let width = 1.4 * canvas.unit();
    for pair in series.points.windows(2) {
        let length = (pair[0].end - pair[0].start).num_days() as f64 + 1.0;
        if (pair[1].start - pair[0].start).num_days() as f64 > NEAR * length {
            continue;
        }
        let ends = pair.iter().map(|point| (frame.x(middle(point)), frame.y(point.mean.unwrap_or(0.0))));
        canvas.line(ends.collect(), width, colour, 1.0);
    }
}

/// The smooth line, broken where it is.
pub(crate) fn line(canvas: &mut Canvas, frame: &Frame, series: &Series, width: f64, colour: Colour) {
    let width = width * canvas.unit();
    for piece in series.line.iter().flat_map(|line| &line.pieces) {
        let points =
            piece.iter().map(|place| (frame.x(scale::years(place.day)), frame.y(place.value))).collect();
        canvas.line(points, width, colour, 1.0);
    }
}

/// Another actor, in grey behind the one who is shown; with its means where
/// there are not too many.
pub(crate) fn shadow(canvas: &mut Canvas, frame: &Frame, series: &Series, means: bool) {
    // Of many others only a haze remains, or it would hide the one.
    let palette = canvas.palette();
    let grey = palette.behind.over(if means { 1.0 } else { 0.55 }, palette.ground);
    line(canvas, frame, series, 1.5, grey);
    joined(canvas, frame, series, grey);
    let radius = 2.2 * canvas.unit();
    for point in series.points.iter().filter(|_| means || series.line.is_none()) {
        let at = (frame.x(middle(point)), frame.y(point.mean.unwrap_or(0.0)));
        canvas.disc(at, radius, grey, 1.0);
    }
}

/// Single statements as faint dots: one of `every` is drawn. Dots that would
/// hide one another are set side by side.
pub(crate) fn statements(canvas: &mut Canvas, frame: &Frame, series: &Series, size: f64, every: usize) {
    let radius = size * canvas.unit();
    let mut taken: BTreeMap<(i64, i64), usize> = BTreeMap::new();
    for seen in series.seen.iter().step_by(every.max(1)) {
        let (x, y) = (frame.x(scale::years(seen.day())), frame.y(seen.value));
        let cell = ((x / radius).round() as i64, (y / radius).round() as i64);
        let before = taken.entry(cell).or_default();
        let side = if before.is_multiple_of(2) { 1.0 } else { -1.0 };
        let shift = side * before.div_ceil(2).min(5) as f64 * radius * 1.3;
        *before += 1;
        let x = (x + shift).clamp(frame.left, frame.right);
        canvas.disc((x, y), radius, series.colour, FAINT);
        let title = format!("{}, {}: {}", series.name, seen.day(), scale::exact(seen.value));
        canvas.marks.push(Mark { x, y, radius, key: seen.statement.clone(), title });
    }
}

/// True if a mean of another actor lies so near that one would hide the other.
fn crowded(frame: &Frame, point: &TrendPoint, others: &[Series], reach: f64) -> bool {
    let y = |point: &TrendPoint| frame.y(point.mean.unwrap_or(0.0));
    others.iter().flat_map(|one| &one.points).any(|other| {
        other.actor_id != point.actor_id
            && other.start == point.start
            && (y(other) - y(point)).abs() < reach * (radius(other.statements) + radius(point.statements))
    })
}

/// Period means: discs sized by n, hollow below three statements, with thin
/// intervals where there are any. A mean that would hide that of another actor
/// is moved `aside` by some pixels.
pub(crate) fn means(
    canvas: &mut Canvas,
    frame: &Frame,
    series: &Series,
    size: f64,
    (others, aside): (&[Series], f64),
) {
    let (unit, ground) = (canvas.unit(), canvas.palette().ground);
    let across = |point: &TrendPoint| {
        let moved = if crowded(frame, point, others, size * unit) { aside } else { 0.0 };
        frame.x(middle(point)) + moved
    };
    let pale = series.colour.over(0.55, ground);
    for point in &series.points {
        let Some((low, high)) = point.interval else { continue };
        let x = across(point);
        canvas.upright(x, (frame.y(high), frame.y(low)), 1.5 * unit * size.max(0.6), pale);
    }
    for point in &series.points {
        let mean = point.mean.unwrap_or(0.0);
        let at = (across(point), frame.y(mean));
        let radius = radius(point.statements) * size * unit;
        canvas.disc(at, radius + 1.5 * size * unit, ground, 1.0);
        canvas.disc(at, radius, series.colour, 1.0);
        if point.statements < FEW {
            canvas.disc(at, (radius * (1.0 - 2.4 / 5.5)).max(radius - 2.4 * unit), ground, 1.0);
        }
        let interval = point
            .interval
            .map_or(String::new(), |(low, high)| format!(" [{}, {}]", scale::exact(low), scale::exact(high)));
        canvas.marks.push(Mark {
            x: at.0,
            y: at.1,
            radius,
            key: format!("{}|{}|{}", point.actor_id, point.axis, point.period),
            title: format!(
                "{}, {}: {}{interval}, n = {} in {}",
                series.name,
                point.period,
                scale::exact(mean),
                point.statements,
                counted(point.articles, "article")
            ),
        });
    }
}
