//! `position.png`: an axis over time, one colour per actor. Up to four actors share a frame; more
//! get a frame each (`panels`).

pub(crate) mod annotations;
pub(crate) mod chart;
pub(crate) mod counts;
pub(crate) mod panels;
pub(crate) mod series;

use crate::error::Result;
use crate::report::charts::canvas::{Anchor, Canvas};
use crate::report::charts::canvas::{scale, text_layout};
use crate::report::charts::drawing::Drawing;
use crate::report::charts::frame;
use crate::report::charts::frame::{Frame, MARGIN, NAME};
use crate::report::charts::position::annotations::Note;
use crate::report::charts::position::chart::PositionChart;
use crate::report::charts::position::series::Series;
use crate::report::charts::theme::{Look, SMALL};
use std::collections::HashSet;

/// Maximum number of rows of events and breaks above the plot.
const NOTE_ROWS: usize = 5;

/// Draws the chart.
pub fn position(chart: &PositionChart, look: &Look) -> Result<Drawing> {
    let mut canvas = Canvas::new(look);
    let with_points: HashSet<&str> = chart
        .points
        .iter()
        .filter(|point| point.mean.is_some())
        .map(|point| point.actor_id.as_str())
        .collect();
    let actors: Vec<&(String, String)> =
        chart.actors.iter().filter(|(id, _)| with_points.contains(id.as_str())).collect();
    if actors.is_empty() {
        frame::header(&mut canvas, &chart.title, "");
        frame::caption(&mut canvas, &chart.caption);
        frame::nothing(&mut canvas, "no scored statements");
    } else if actors.len() > canvas.palette().series.len() {
        panels::draw(&mut canvas, chart, &actors);
    } else {
        let series: Vec<Series> = actors
            .iter()
            .zip(canvas.palette().series)
            .map(|((id, name), colour)| Series::of(chart, id, name, colour))
            .collect();
        single(&mut canvas, chart, &series);
    }
    Drawing::finished(canvas, &[&chart.title, &chart.subtitle])
}

/// The caption, with what the chart could not show: events and breaks without
/// words among it.
fn caption(chart: &PositionChart, every: usize, (events, breaks): (usize, usize)) -> String {
    let mut text = chart.caption.clone();
    if every > 1 {
        text.push_str(&format!(" One in {every} single statements is drawn."));
    }
    match events {
        0 => {}
        1 => text.push_str(" One more event is a short mark at the upper edge, for want of room."),
        more => text
            .push_str(&format!(" {more} more events are short marks at the upper edge, for want of room.")),
    }
    match breaks {
        0 => {}
        1 => text.push_str(" One break has no words."),
        more => text.push_str(&format!(" {more} breaks have no words.")),
    }
    text
}

/// The notes of a chart: breaks in the actor's colour, events in grey.
fn notes_of(canvas: &Canvas, chart: &PositionChart, series: &[Series], frame: &Frame) -> Vec<Note> {
    let palette = canvas.palette();
    let mut all = Vec::new();
    for found in &chart.breaks {
        let Some(one) = series.iter().find(|one| one.id == found.actor_id) else { continue };
        let name = if series.len() > 1 { format!("{}: ", one.name) } else { String::new() };
        let text = format!(
            "{name}break {}, {} → {}",
            found.period,
            scale::exact(found.levels.0),
            scale::exact(found.levels.1)
        );
        let x = frame.x(scale::years(found.day));
        all.push(Note { x, text, colour: one.colour, quiet: false });
    }
    for event in &chart.events {
        let time = scale::years(event.day);
        if time >= frame.time.0 && time <= frame.time.1 {
            let text = event.label.clone();
            all.push(Note { x: frame.x(time), text, colour: palette.quiet, quiet: true });
        }
    }
    all
}

fn single(canvas: &mut Canvas, chart: &PositionChart, series: &[Series]) {
    let (unit, palette) = (canvas.unit(), canvas.palette());
    let (time, limit, every) =
        (series::extent(series), series::limit(series), series::every(series, chart.dots));
    let right = canvas.width() - MARGIN * unit;
    let longest = series
        .iter()
        .map(|one| text_layout::width(&text_layout::clean(one.name), NAME * unit, true))
        .fold(0.0, f64::max);
    let names = (longest + 20.0 * unit).min(0.24 * canvas.width());
    let mut frame = Frame {
        left: MARGIN * unit + frame::value_room(canvas, limit),
        right: right - names,
        top: 0.0,
        bottom: 0.0,
        time,
        limit,
    };
    let noted = notes_of(canvas, chart, series, &frame);
    let placed = annotations::rows(canvas, &noted, NOTE_ROWS, (frame.left, right));
    let rows = placed.iter().filter_map(|(_, place)| place.map(|(row, _)| row + 1)).max().unwrap_or(0);
    let without =
        |quiet: bool| placed.iter().filter(|(note, row)| note.quiet == quiet && row.is_none()).count();
    let unnamed = (without(true), without(false));

    let top = frame::header(canvas, &chart.title, &chart.subtitle);
    let foot = frame::caption(canvas, &caption(chart, every, unnamed));
    let pole = canvas.letters(SMALL + 2.0, true, palette.ink);
    frame.top = top + 30.0 * unit + rows as f64 * annotations::ROW * unit;
    let counted = series.len() as f64 * counts::ROW * unit;
    frame.bottom = foot - counted - 64.0 * unit;
    let room = 0.5 * (frame.right - frame.left);
    let words = |arrow: &str, pole_name: &str| {
        text_layout::fit(&format!("{arrow} {pole_name}"), room, pole.size, true)
    };
    let upper = (frame.left, frame.top - 9.0 * unit - rows as f64 * annotations::ROW * unit);
    canvas.write(&words("↑", &chart.axis.positive), upper, Anchor::Start, &pole);
    let lower = (frame.left, frame.bottom + 23.0 * unit);
    canvas.write(&words("↓", &chart.axis.negative), lower, Anchor::Start, &pole);

    frame::time_axis(canvas, &frame, frame.bottom + 48.0 * unit, true, series::yearly(series));
    frame::value_axis(canvas, &frame, true);
    let pitch = series::pitch(&frame, series);
    let size = (pitch / (22.0 * unit)).clamp(0.3, 1.0);
    doubts(canvas, chart, series, &frame);
    annotations::write(canvas, &frame, &placed);
    for one in series {
        series::band(canvas, &frame, one, 0.16);
    }
    for one in series {
        series::statements(canvas, &frame, one, 4.0 * size.max(0.6), every);
    }
    for one in series.iter().rev() {
        series::line(canvas, &frame, one, 3.5, one.colour.over(0.85, palette.ground));
        series::joined(canvas, &frame, one, one.colour.over(0.6, palette.ground));
    }
    // Means that coincide stand side by side, or one would hide the others.
    let step = (9.0 * unit).min(0.12 * pitch);
    for (index, one) in series.iter().enumerate().rev() {
        let aside = (index as f64 - (series.len() - 1) as f64 / 2.0) * step;
        series::means(canvas, &frame, one, size, (series, aside));
    }
    annotations::names(canvas, &frame, series, right);
    counts::rows(canvas, &frame, series, frame.bottom + 60.0 * unit, right);
}

/// Between which days a break lies, as a pale stretch.
fn doubts(canvas: &mut Canvas, chart: &PositionChart, series: &[Series], frame: &Frame) {
    for found in &chart.breaks {
        let (Some(one), Some((first, last))) =
            (series.iter().find(|one| one.id == found.actor_id), found.interval)
        else {
            continue;
        };
        let (from, to) = (frame.x(scale::years(first)), frame.x(scale::years(last)));
        canvas.block((from, frame.top), (to, frame.bottom), one.colour, 0.07);
    }
}
