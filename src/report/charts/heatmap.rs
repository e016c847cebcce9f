//! `heatmap.png`: actor by period, a colour between the poles. An empty cell is left empty: nothing said
//! is not the middle.

use crate::error::Result;
use crate::model::{Axis, TrendPoint};
use crate::report::charts::canvas::{Anchor, Canvas, Letters, Mark};
use crate::report::charts::canvas::{scale, text_layout};
use crate::report::charts::drawing::Drawing;
use crate::report::charts::frame;
use crate::report::charts::frame::{Frame, MARGIN};
use crate::report::charts::position::series::{FEW, middle, year_long};
use crate::report::charts::theme::{LEAST_TEXT, Look, Palette, SMALL};
use std::collections::HashSet;

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub struct HeatChart {
    /// Headline.
    pub title: String,
    /// One or two lines under it.
    pub subtitle: String,
    /// Its poles name the ends of the colours.
    pub axis: Axis,
    /// Id and name, in order from above.
    pub actors: Vec<(String, String)>,
    /// Period means of this axis.
    pub points: Vec<TrendPoint>,
    /// Source, n, method.
    pub caption: String,
}

/// The frame of a cell with few statements, in units.
const RIM: f64 = 4.0;

/// Numbers in cells are small, but not below what can be read.
fn number_size(unit: f64) -> f64 {
    (13.5 * unit).max(LEAST_TEXT)
}

/// Draws the chart.
pub fn heatmap(chart: &HeatChart, look: &Look) -> Result<Drawing> {
    let unit = look.unit();
    let points: Vec<&TrendPoint> = chart.points.iter().filter(|point| point.mean.is_some()).collect();
    let with_points: HashSet<&str> = points.iter().map(|point| point.actor_id.as_str()).collect();
    let actors: Vec<&(String, String)> =
        chart.actors.iter().filter(|(id, _)| with_points.contains(id.as_str())).collect();
    let wanted = (270.0 + 58.0 * actors.len().max(1) as f64) * unit;
    let mut canvas = Canvas::of_height(look, wanted);
    let palette = canvas.palette();
    let top = frame::header(&mut canvas, &chart.title, &chart.subtitle) + 48.0 * unit;
    let least = 23.0 * unit;
    let fits = ((canvas.height() - 130.0 * unit - top) / least).floor().max(1.0) as usize;
    let shown = &actors[..actors.len().min(fits)];
    let mut caption = chart.caption.clone();
    if shown.len() < actors.len() {
        caption.push_str(&format!(" Drawn: {} of {} actors.", shown.len(), actors.len()));
    }
    let foot = frame::caption(&mut canvas, &caption) - 40.0 * unit;
    if shown.is_empty() {
        frame::nothing(&mut canvas, "no scored statements");
        return Drawing::finished(canvas, &[&chart.title]);
    }
    let inside = |point: &&&TrendPoint| shown.iter().any(|(id, _)| *id == point.actor_id);
    let drawn: Vec<&TrendPoint> = points.iter().filter(inside).copied().collect();
    let first = drawn.iter().map(|point| scale::years(point.start)).fold(f64::INFINITY, f64::min);
    let last = drawn
        .iter()
        .map(|point| scale::years(point.end.succ_opt().unwrap_or(point.end)))
        .fold(f64::NEG_INFINITY, f64::max);
    let shortest = drawn
        .iter()
        .map(|point| scale::years(point.end.succ_opt().unwrap_or(point.end)) - scale::years(point.start))
        .fold(f64::INFINITY, f64::min);
    let pitch =
        ((foot - top) / shown.len() as f64).clamp(least.min((foot - top) / shown.len() as f64), 58.0 * unit);
    let bold_size = if pitch >= 30.0 * unit { SMALL + 2.0 } else { SMALL };
    let names = shown
        .iter()
        .map(|(_, name)| text_layout::width(&text_layout::clean(name), bold_size * unit, true))
        .fold(0.0, f64::max)
        .min(0.24 * canvas.width());
    let left = MARGIN * unit + names + 18.0 * unit;
    let counted = |id: &str| -> usize {
        drawn.iter().filter(|point| point.actor_id == id).map(|point| point.statements).sum()
    };
    let counts: Vec<String> = shown.iter().map(|(id, _)| format!("n {}", counted(id))).collect();
    let count_room = counts
        .iter()
        .map(|count| text_layout::width(count, SMALL * unit, false) + 14.0 * unit)
        .fold(58.0 * unit, f64::max);
    let right = canvas.width() - MARGIN * unit - count_room;
    // A single period must not fill the width.
    let wide = ((right - left) / ((last - first) / shortest).max(1.0)).min(110.0 * unit);
    let right = right.min(left + wide * (last - first) / shortest);
    let limit = scale::reach(drawn.iter().map(|point| point.mean.unwrap_or(0.0).abs()).fold(0.0, f64::max));
    let frame =
        Frame { left, right, top, bottom: top + pitch * shown.len() as f64, time: (first, last), limit };
    let across = (left, canvas.width() - MARGIN * unit);
    legend(&mut canvas, (&chart.axis, limit), across, top - 22.0 * unit);
    years(&mut canvas, &frame, drawn.iter().all(|point| year_long(point)));
    let end = frame.right + count_room;
    // All cells show their number, or none does.
    let narrowest = (frame.right - frame.left) * shortest / (last - first);
    let number = text_layout::width("+0.00", number_size(unit), false);
    let numbers = pitch >= 28.0 * unit && narrowest >= number + 2.0 * (RIM + 2.0) * unit;
    for (row, (id, name)) in shown.iter().enumerate() {
        let y = (top + row as f64 * pitch, top + (row + 1) as f64 * pitch);
        let baseline = (y.0 + y.1) / 2.0 + 0.36 * bold_size * unit;
        let bold = canvas.letters(bold_size, true, palette.ink);
        let shown_name = text_layout::fit(name, names, bold.size, true);
        canvas.write(&shown_name, (left - 18.0 * unit, baseline), Anchor::End, &bold);
        canvas.across((left, frame.right), y.1, unit, palette.grid);
        for point in drawn.iter().filter(|point| point.actor_id == *id) {
            cell(&mut canvas, &frame, point, y, name, numbers);
        }
        let small = canvas.letters(SMALL, false, palette.quiet);
        canvas.write(&counts[row], (end, baseline), Anchor::End, &small);
    }
    Drawing::finished(canvas, &[&chart.title, &chart.subtitle])
}

/// A cell: full, or a frame for fewer than three statements; its mean in it
/// where it fits.
fn cell(canvas: &mut Canvas, frame: &Frame, point: &TrendPoint, y: (f64, f64), name: &str, numbers: bool) {
    let (unit, palette) = (canvas.unit(), canvas.palette());
    let mean = point.mean.unwrap_or(0.0);
    let colour = palette.between_poles(mean / frame.limit);
    let end = scale::years(point.end.succ_opt().unwrap_or(point.end));
    let gap = if frame.x(end) - frame.x(scale::years(point.start)) > 8.0 * unit { unit } else { 0.0 };
    // Cells without a gap end on whole pixels: no hairline may be left between them.
    let edge = |x: f64| if gap > 0.0 { x } else { x.round() };
    let from = (edge(frame.x(scale::years(point.start)) + gap), y.0 + unit);
    let to = (edge(frame.x(end) - gap), y.1 - unit);
    let few = point.statements < FEW;
    let rim = RIM * unit;
    if few && to.0 - from.0 > 3.0 * rim && to.1 - from.1 > 3.0 * rim {
        // A hairline around the frame, or it would vanish near zero.
        let inset = |by: f64| ((from.0 + by, from.1 + by), (to.0 - by, to.1 - by));
        canvas.block(from, to, palette.rule.over(0.6, palette.ground), 1.0);
        canvas.block(inset(unit).0, inset(unit).1, colour, 1.0);
        canvas.block(inset(rim).0, inset(rim).1, palette.ground, 1.0);
    } else if few {
        // Too small for a frame: half as high.
        canvas.block((from.0, (from.1 + to.1) / 2.0), to, colour, 1.0);
    } else {
        canvas.block(from, to, colour, 1.0);
    }
    if numbers {
        let under = if few { palette.ground } else { colour };
        let letters = Letters { size: number_size(unit), bold: false, colour: Palette::on(under) };
        let at = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0 + 0.36 * letters.size);
        canvas.write(&scale::exact(mean), at, Anchor::Middle, &letters);
    }
    canvas.marks.push(Mark {
        x: frame.x(middle(point)),
        y: (y.0 + y.1) / 2.0,
        radius: ((to.0 - from.0).min(to.1 - from.1) / 2.0).max(2.0),
        key: format!("{}|{}|{}", point.actor_id, point.axis, point.period),
        title: format!("{name}, {}: {}, n = {}", point.period, scale::exact(mean), point.statements),
    });
}

/// Years under the cells; periods of a year are labelled in their middle.
fn years(canvas: &mut Canvas, frame: &Frame, yearly: bool) {
    let unit = canvas.unit();
    let letters = canvas.letters(SMALL, false, canvas.palette().quiet);
    let room = text_layout::width("2000-00", letters.size, false) + 14.0 * unit;
    let most = ((frame.right - frame.left) / room).floor().max(1.0) as usize;
    let months = !yearly && frame.time.1 - frame.time.0 < 2.0;
    let ticks = match months {
        true => scale::time_ticks(frame.time.0, frame.time.1, most),
        false => scale::year_ticks(frame.time.0, frame.time.1, most),
    };
    let length = if months { 1.0 / 12.0 } else { 1.0 };
    for (time, label) in ticks {
        if time + 0.9 * length > frame.time.1 {
            continue;
        }
        let x = frame.x(time + length / 2.0);
        canvas.upright(
            x,
            (frame.bottom + 3.0 * unit, frame.bottom + 8.0 * unit),
            unit,
            canvas.palette().rule,
        );
        canvas.write(&label, (x, frame.bottom + 26.0 * unit), Anchor::Middle, &letters);
    }
}

/// The colours from pole to pole, with the values at which they are full.
fn legend(canvas: &mut Canvas, (axis, limit): (&Axis, f64), across: (f64, f64), baseline: f64) {
    let (unit, palette) = (canvas.unit(), canvas.palette());
    let letters = canvas.letters(SMALL, true, palette.ink);
    let room = 0.3 * (across.1 - across.0);
    let plain = canvas.letters(SMALL, false, palette.quiet);
    let ends = [scale::signed(-limit), scale::signed(limit)];
    let number = text_layout::width(&ends[0], plain.size, false) + 8.0 * unit;
    let room = room - number;
    let negative = text_layout::fit(&axis.negative, room, letters.size, true);
    let positive = text_layout::fit(&axis.positive, room, letters.size, true);
    let wide = (240.0 * unit).min(0.3 * (across.1 - across.0));
    let negative_wide = text_layout::width(&negative, letters.size, true);
    canvas.write(&negative, (across.0, baseline), Anchor::Start, &letters);
    canvas.write(&ends[0], (across.0 + negative_wide + 8.0 * unit, baseline), Anchor::Start, &plain);
    let start = across.0 + negative_wide + number + 10.0 * unit;
    let steps = 40;
    for step in 0..steps {
        let value = -1.0 + 2.0 * (f64::from(step) + 0.5) / f64::from(steps);
        let from = start + wide * f64::from(step) / f64::from(steps);
        let to = start + wide * f64::from(step + 1) / f64::from(steps);
        let colour = palette.between_poles(value);
        canvas.block((from, baseline - 13.0 * unit), (to, baseline + 2.0 * unit), colour, 1.0);
    }
    let after = start + wide + 10.0 * unit;
    canvas.write(&ends[1], (after, baseline), Anchor::Start, &plain);
    canvas.write(&positive, (after + number, baseline), Anchor::Start, &letters);
}
