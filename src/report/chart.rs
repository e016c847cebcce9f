//! `position.png`: an axis over time, an actor a colour.
//!
//! Lives here: drawing (plotters). May not live here: any statistic but the
//! place of a mark. The font is embedded; no system font is needed.

use crate::aggregate::loess;
use crate::error::{Error, Result};
use crate::model::{Axis, Observation, TrendPoint};
use chrono::{Datelike, NaiveDate};
use plotters::coord::Shift as Offset;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontStyle, register_font};
use std::path::Path;
use std::sync::OnceLock;

/// What is drawn.
#[derive(Debug, Clone)]
pub struct Chart {
    /// Headline.
    pub title: String,
    /// One line under it.
    pub subtitle: String,
    /// Its poles are written at the ends.
    pub axis: Axis,
    /// Period means of this axis, any number of actors; the first four actors
    /// in order of statements are drawn.
    pub points: Vec<TrendPoint>,
    /// Single statements on this axis.
    pub observations: Vec<Observation>,
    /// Source, n, method.
    pub caption: String,
}

/// Okabe & Ito's colours, told apart by the colour-blind; dark ones first.
const COLOURS: [RGBColor; 4] =
    [RGBColor(0, 114, 178), RGBColor(213, 94, 0), RGBColor(0, 130, 100), RGBColor(170, 85, 140)];
const INK: RGBColor = RGBColor(40, 40, 40);
const FAINT: RGBColor = RGBColor(120, 120, 120);
const GRID: RGBColor = RGBColor(225, 225, 225);
const SIZE: (u32, u32) = (1600, 900);
const FONT: &str = "sans-serif";
/// A smooth line is not drawn across a longer gap, in years.
const GAP: f64 = 4.0;
/// Least distance between two labels' middles, in pixels.
const LABEL_HEIGHT: i32 = 26;

type Area<'a> = DrawingArea<BitMapBackend<'a>, Offset>;

fn fonts() -> bool {
    static READY: OnceLock<bool> = OnceLock::new();
    *READY.get_or_init(|| {
        register_font(FONT, FontStyle::Normal, dejavu::sans::regular()).is_ok()
            && register_font(FONT, FontStyle::Bold, dejavu::sans::bold()).is_ok()
    })
}

/// Where things stand on the canvas.
struct Frame {
    left: i32,
    right: i32,
    top: i32,
    bottom: i32,
    first: f64,
    last: f64,
}

impl Frame {
    fn x(&self, time: f64) -> i32 {
        let share = (time - self.first) / (self.last - self.first).max(1e-9);
        self.left + (share * f64::from(self.right - self.left)).round() as i32
    }

    fn y(&self, value: f64) -> i32 {
        let share = (1.0 - value.clamp(-1.0, 1.0)) / 2.0;
        self.top + (share * f64::from(self.bottom - self.top)).round() as i32
    }
}

fn time(day: NaiveDate) -> f64 {
    f64::from(day.year()) + f64::from(day.ordinal0()) / 365.25
}

fn middle(point: &TrendPoint) -> f64 {
    (time(point.start) + time(point.end)) / 2.0
}

fn text(size: i32, colour: RGBColor, horizontal: HPos, vertical: VPos) -> TextStyle<'static> {
    TextStyle {
        font: (FONT, size).into_font(),
        color: colour.to_backend_color(),
        pos: Pos::new(horizontal, vertical),
    }
}

/// Draws the chart as a PNG of 1600 x 900.
pub fn position_chart(path: &Path, chart: &Chart) -> Result<()> {
    let place = path.display().to_string();
    let failed =
        |cause: String| Error::run(&place, "the chart cannot be drawn", "check the disk").because(cause);
    if !fonts() {
        return Err(failed("the embedded font does not load".into()));
    }
    let area = BitMapBackend::new(path, SIZE).into_drawing_area();
    draw(&area, chart).map_err(|cause| failed(cause.to_string()))?;
    area.present().map_err(|cause| failed(cause.to_string()))
}

/// The actors drawn, those with most statements first.
fn actors(chart: &Chart) -> Vec<(String, String)> {
    let mut counts: Vec<(String, String, usize)> = Vec::new();
    for point in &chart.points {
        match counts.iter_mut().find(|(id, _, _)| *id == point.actor_id) {
            Some((_, _, count)) => *count += point.statements,
            None => counts.push((point.actor_id.clone(), point.actor.clone(), point.statements)),
        }
    }
    counts.sort_by(|one, two| two.2.cmp(&one.2).then(one.0.cmp(&two.0)));
    counts.into_iter().take(COLOURS.len()).map(|(id, name, _)| (id, name)).collect()
}

fn draw(area: &Area, chart: &Chart) -> std::result::Result<(), Box<dyn std::error::Error>> {
    area.fill(&WHITE)?;
    area.draw(&Text::new(chart.title.clone(), (48, 30), text(34, INK, HPos::Left, VPos::Top)))?;
    area.draw(&Text::new(chart.subtitle.clone(), (48, 76), text(20, FAINT, HPos::Left, VPos::Top)))?;
    let actors = actors(chart);
    let shown: Vec<&TrendPoint> =
        chart.points.iter().filter(|point| actors.iter().any(|(id, _)| *id == point.actor_id)).collect();
    if shown.iter().all(|point| point.mean.is_none()) {
        let middle = (SIZE.0 as i32 / 2, SIZE.1 as i32 / 2);
        area.draw(&Text::new("no scored statements", middle, text(28, FAINT, HPos::Center, VPos::Center)))?;
        return Ok(());
    }
    let rows = actors.len() as i32;
    let longest = actors.iter().map(|(_, name)| name.chars().count()).max().unwrap_or(0);
    let right = SIZE.0 as i32 - 60 - (longest.min(26) as i32 * 12);
    let bottom = SIZE.1 as i32 - 120 - 26 * rows;
    let first = shown.iter().map(|point| point.start.year()).min().unwrap_or(2000);
    let last = shown.iter().map(|point| point.end.year() + 1).max().unwrap_or(2001);
    let frame = Frame { left: 250, right, top: 130, bottom, first: f64::from(first), last: f64::from(last) };
    axes(area, chart, &frame, first, last)?;
    let mut ends: Vec<(i32, i32, usize)> = Vec::new();
    for (index, (id, _)) in actors.iter().enumerate() {
        if let Some(end) = series(area, chart, &frame, id, index)? {
            ends.push((end.0, end.1, index));
        }
    }
    labels(area, &frame, &actors, ends)?;
    counts(area, chart, &frame, &actors)?;
    area.draw(&Text::new(
        chart.caption.clone(),
        (48, SIZE.1 as i32 - 34),
        text(16, FAINT, HPos::Left, VPos::Center),
    ))?;
    Ok(())
}

fn axes(
    area: &Area,
    chart: &Chart,
    frame: &Frame,
    first: i32,
    last: i32,
) -> std::result::Result<(), Box<dyn std::error::Error>> {
    for step in -2..=2 {
        let value = f64::from(step) / 2.0;
        let y = frame.y(value);
        let line = if step == 0 { FAINT.stroke_width(2) } else { GRID.stroke_width(1) };
        area.draw(&PathElement::new(vec![(frame.left, y), (frame.right, y)], line))?;
        let label = if step == 0 { "0".to_string() } else { format!("{value:+.1}").replace('-', "−") };
        area.draw(&Text::new(label, (frame.left - 12, y), text(17, FAINT, HPos::Right, VPos::Center)))?;
    }
    for (value, arrow, pole) in [(1.0, "▲", &chart.axis.positive), (-1.0, "▼", &chart.axis.negative)] {
        let words = format!("{arrow} {}", short(pole, 15));
        let at = (48, frame.y(value));
        area.draw(&Text::new(words, at, text(20, INK, HPos::Left, VPos::Center)))?;
    }
    let span = last - first;
    let step = [1, 2, 5, 10, 20, 50].into_iter().find(|step| span / step <= 14).unwrap_or(100);
    for year in first..=last {
        if year.rem_euclid(step) == 0 {
            let x = frame.x(f64::from(year));
            let ends = vec![(x, frame.top), (x, frame.bottom)];
            area.draw(&PathElement::new(ends, GRID.stroke_width(1)))?;
            let at = (x, frame.bottom + 14);
            area.draw(&Text::new(year.to_string(), at, text(18, INK, HPos::Center, VPos::Top)))?;
        }
    }
    Ok(())
}

fn short(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        words.to_string()
    } else {
        words.chars().take(most - 1).chain(std::iter::once('…')).collect()
    }
}

/// Draws one actor; the place of the last mark comes back.
fn series(
    area: &Area,
    chart: &Chart,
    frame: &Frame,
    id: &str,
    index: usize,
) -> std::result::Result<Option<(i32, i32)>, Box<dyn std::error::Error>> {
    let colour = COLOURS[index % COLOURS.len()];
    for (number, seen) in chart.observations.iter().filter(|seen| seen.actor_id == id).enumerate() {
        let spread = (number % 5) as i32 - 2;
        let at = (frame.x(time(seen.day())) + spread, frame.y(seen.value));
        area.draw(&Circle::new(at, 3, colour.mix(0.28).filled()))?;
    }
    let points: Vec<&TrendPoint> =
        chart.points.iter().filter(|point| point.actor_id == id && point.mean.is_some()).collect();
    let marks: Vec<(f64, f64, f64)> = points
        .iter()
        .map(|point| (middle(point), point.mean.unwrap_or(0.0), point.articles.max(1) as f64))
        .collect();
    line(area, frame, &marks, colour)?;
    for point in &points {
        let x = frame.x(middle(point));
        if let Some((low, high)) = point.interval {
            let (low, high) = (frame.y(low), frame.y(high));
            let whisker = colour.mix(0.8).stroke_width(2);
            area.draw(&PathElement::new(vec![(x, low), (x, high)], whisker))?;
            for end in [low, high] {
                area.draw(&PathElement::new(vec![(x - 5, end), (x + 5, end)], whisker))?;
            }
        }
        let radius = 5 + (point.statements as f64).sqrt().min(9.0) as i32;
        let at = (x, frame.y(point.mean.unwrap_or(0.0)));
        area.draw(&Circle::new(at, radius, WHITE.filled()))?;
        if point.statements >= 3 {
            area.draw(&Circle::new(at, radius, colour.filled()))?;
        } else {
            area.draw(&Circle::new(at, radius, colour.stroke_width(3)))?;
        }
    }
    Ok(points.last().map(|point| (frame.x(middle(point)), frame.y(point.mean.unwrap_or(0.0)))))
}

/// The smooth line, broken over gaps.
fn line(
    area: &Area,
    frame: &Frame,
    marks: &[(f64, f64, f64)],
    colour: RGBColor,
) -> std::result::Result<(), Box<dyn std::error::Error>> {
    let mut start = 0;
    for index in 0..marks.len() {
        let ends = index + 1 == marks.len() || marks[index + 1].0 - marks[index].0 > GAP;
        if !ends {
            continue;
        }
        let run = &marks[start..=index];
        start = index + 1;
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        if run.len() < 3 {
            let ends: Vec<(i32, i32)> = run.iter().map(|mark| (frame.x(mark.0), frame.y(mark.1))).collect();
            area.draw(&PathElement::new(ends, colour.mix(0.6).stroke_width(3)))?;
            continue;
        }
        let steps = 120;
        let at: Vec<f64> = (0..=steps)
            .map(|step| first.0 + (last.0 - first.0) * f64::from(step) / f64::from(steps))
            .collect();
        let smooth: Vec<(i32, i32)> = loess(run, 0.6, &at)
            .into_iter()
            .zip(&at)
            .filter_map(|(value, x)| value.map(|value| (frame.x(*x), frame.y(value))))
            .collect();
        area.draw(&PathElement::new(smooth, colour.mix(0.7).stroke_width(4)))?;
    }
    Ok(())
}

/// Names at the right edge, pushed apart so that none overlap, each with a thin
/// leader to its last mark.
fn labels(
    area: &Area,
    frame: &Frame,
    actors: &[(String, String)],
    mut ends: Vec<(i32, i32, usize)>,
) -> std::result::Result<(), Box<dyn std::error::Error>> {
    ends.sort_by_key(|(_, y, index)| (*y, *index));
    let mut least = frame.top;
    let mut placed = Vec::new();
    for (x, y, index) in ends {
        let at = y.max(least);
        placed.push((x, y, at, index));
        least = at + LABEL_HEIGHT;
    }
    let over = (least - LABEL_HEIGHT - frame.bottom).max(0);
    for (x, y, at, index) in placed {
        let colour = COLOURS[index % COLOURS.len()];
        let at = at - over;
        let name = actors.get(index).map_or(String::new(), |(_, name)| short(name, 26));
        let leader = vec![(x + 14, y), (frame.right + 8, at)];
        area.draw(&PathElement::new(leader, colour.mix(0.35).stroke_width(1)))?;
        let place = (frame.right + 14, at);
        area.draw(&Text::new(name, place, text(20, colour, HPos::Left, VPos::Center)))?;
    }
    Ok(())
}

/// Statements per period under the axis, one row an actor; numbers that would
/// touch are left out.
fn counts(
    area: &Area,
    chart: &Chart,
    frame: &Frame,
    actors: &[(String, String)],
) -> std::result::Result<(), Box<dyn std::error::Error>> {
    for (index, (id, name)) in actors.iter().enumerate() {
        let colour = COLOURS[index % COLOURS.len()];
        let y = frame.bottom + 56 + 26 * index as i32;
        let label = format!("n {}", short(name, 16));
        area.draw(&Text::new(label, (48, y), text(15, colour, HPos::Left, VPos::Center)))?;
        let mut last = i32::MIN;
        for point in chart.points.iter().filter(|point| point.actor_id == *id && point.statements > 0) {
            let x = frame.x(middle(point));
            if x - last.max(0) < 24 && last != i32::MIN {
                continue;
            }
            last = x;
            let count = point.statements.to_string();
            area.draw(&Text::new(count, (x, y), text(15, colour, HPos::Center, VPos::Center)))?;
        }
    }
    Ok(())
}
