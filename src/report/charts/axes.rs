//! `axes.png`: one axis against another, the path of an actor through time.

use crate::error::Result;
use crate::model::{Axis, TrendPoint};
use crate::report::charts::canvas::{Anchor, Canvas, Mark};
use crate::report::charts::canvas::{scale, text_layout};
use crate::report::charts::drawing::Drawing;
use crate::report::charts::frame;
use crate::report::charts::frame::{Frame, MARGIN};
use crate::report::charts::position::annotations::beside;
use crate::report::charts::position::series::{FEW, radius};
use crate::report::charts::theme::{Look, SMALL};

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub struct AxesChart {
    /// Headline.
    pub title: String,
    /// One or two lines under it.
    pub subtitle: String,
    /// The axis from left to right.
    pub across: Axis,
    /// The axis upwards.
    pub upwards: Axis,
    /// Name of the actor.
    pub name: String,
    /// The same period on both axes, in order of time.
    pub steps: Vec<(TrendPoint, TrendPoint)>,
    /// Source, n, method.
    pub caption: String,
}

/// Draws the chart.
pub fn axes(chart: &AxesChart, look: &Look) -> Result<Drawing> {
    let mut canvas = Canvas::new(look);
    let unit = canvas.unit();
    let top = frame::header(&mut canvas, &chart.title, &chart.subtitle) + 34.0 * unit;
    let foot = frame::caption(&mut canvas, &chart.caption);
    let steps: Vec<Step> = chart.steps.iter().filter_map(Step::of).collect();
    if steps.is_empty() {
        frame::nothing(&mut canvas, "no period has scores on both axes");
        return Drawing::finished(canvas, &[&chart.title]);
    }
    let most = steps.iter().flat_map(|step| [step.x.abs(), step.y.abs()]).fold(0.0, f64::max);
    let limit = scale::reach(most);
    let left = MARGIN * unit + frame::value_room(&canvas, limit);
    let bottom = foot - 62.0 * unit;
    // A list of the steps stands at the right where there is room for it.
    let list = if canvas.width() > 1.35 * (bottom - top) + 500.0 * unit { 440.0 * unit } else { 0.0 };
    let right = canvas.width() - MARGIN * unit - list;
    let reach = scale::BEYOND * limit;
    let frame = Frame { left, right, top, bottom, time: (-reach, reach), limit: reach };
    ground(&mut canvas, chart, &frame);
    path(&mut canvas, &frame, &steps);
    dots(&mut canvas, &frame, chart, &steps);
    if list > 0.0 {
        let across = (right + 60.0 * unit, canvas.width() - MARGIN * unit);
        table(&mut canvas, chart, &steps, across, (top, bottom));
    }
    Drawing::finished(canvas, &[&chart.title, &chart.subtitle])
}

/// A period with its place on both axes.
struct Step<'a> {
    across: &'a TrendPoint,
    upwards: &'a TrendPoint,
    x: f64,
    y: f64,
    n: usize,
}

impl<'a> Step<'a> {
    fn of((across, upwards): &'a (TrendPoint, TrendPoint)) -> Option<Step<'a>> {
        let n = across.statements.min(upwards.statements);
        Some(Step { across, upwards, x: across.mean?, y: upwards.mean?, n })
    }
}

fn ground(canvas: &mut Canvas, chart: &AxesChart, frame: &Frame) {
    let (unit, palette) = (canvas.unit(), canvas.palette());
    let small = canvas.letters(SMALL, false, palette.quiet);
    for value in scale::value_ticks(frame.limit) {
        let (width, colour) = if value == 0.0 { (2.0, palette.rule) } else { (1.0, palette.grid) };
        canvas.across((frame.left, frame.right), frame.y(value), width * unit, colour);
        canvas.upright(frame.x(value), (frame.top, frame.bottom), width * unit, colour);
        let label = scale::signed(value);
        let beside = (frame.left - 10.0 * unit, frame.y(value) + 0.36 * small.size);
        canvas.write(&label, beside, Anchor::End, &small);
        canvas.write(&label, (frame.x(value), frame.bottom + 25.0 * unit), Anchor::Middle, &small);
    }
    let bold = canvas.letters(SMALL + 1.0, true, palette.ink);
    let room = 0.48 * (frame.right - frame.left);
    let named = |axis: &Axis, pole: &str| format!("{}: {pole}", axis.name);
    let fitted = |text: String, more: f64| text_layout::fit(&text, room - more, bold.size, true);
    let arrow = 1.5 * bold.size;
    let upper = fitted(format!("↑ {}", named(&chart.upwards, &chart.upwards.positive)), 0.0);
    canvas.write(&upper, (frame.left, frame.top - 9.0 * unit), Anchor::Start, &bold);
    let lower = fitted(format!("↓ {}", named(&chart.upwards, &chart.upwards.negative)), 0.0);
    canvas.write(&lower, (frame.left + 8.0 * unit, frame.bottom - 24.0 * unit), Anchor::Start, &bold);
    let y = frame.bottom + 50.0 * unit;
    let low = fitted(format!("← {}", named(&chart.across, &chart.across.negative)), 0.0);
    canvas.write(&low, (frame.left, y), Anchor::Start, &bold);
    let high = format!("{} →", fitted(named(&chart.across, &chart.across.positive), arrow));
    canvas.write(&high, (frame.right, y), Anchor::End, &bold);
}

/// Straight lines from period to period, from pale to full colour.
fn path(canvas: &mut Canvas, frame: &Frame, steps: &[Step]) {
    let (unit, palette) = (canvas.unit(), canvas.palette());
    for (index, pair) in steps.windows(2).enumerate() {
        let share = 0.35 + 0.65 * (index + 1) as f64 / steps.len() as f64;
        let colour = palette.series[0].over(share, palette.ground);
        let points: Vec<(f64, f64)> = pair.iter().map(|step| (frame.x(step.x), frame.y(step.y))).collect();
        canvas.line(points.clone(), 2.5 * unit, colour, 1.0);
        arrow(canvas, (points[0], points[1]), colour);
    }
}

/// A small arrow head in the middle of a line that is long enough.
fn arrow(
    canvas: &mut Canvas,
    (from, to): ((f64, f64), (f64, f64)),
    colour: crate::report::charts::theme::Colour,
) {
    let unit = canvas.unit();
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy);
    if length < 60.0 * unit {
        return;
    }
    let (dx, dy) = (dx / length, dy / length);
    let tip = ((from.0 + to.0) / 2.0 + dx * 7.0 * unit, (from.1 + to.1) / 2.0 + dy * 7.0 * unit);
    let back = (tip.0 - dx * 15.0 * unit, tip.1 - dy * 15.0 * unit);
    let half = 6.5 * unit;
    let sides = [(back.0 - dy * half, back.1 + dx * half), (back.0 + dy * half, back.1 - dx * half)];
    canvas.area(vec![tip, sides[0], sides[1]], colour, 1.0);
}

fn dots(canvas: &mut Canvas, frame: &Frame, chart: &AxesChart, steps: &[Step]) {
    let (unit, palette) = (canvas.unit(), canvas.palette());
    for (index, step) in steps.iter().enumerate() {
        let share = 0.45 + 0.55 * (index + 1) as f64 / steps.len() as f64;
        let colour = palette.series[0].over(share, palette.ground);
        let at = (frame.x(step.x), frame.y(step.y));
        let radius = radius(step.n) * unit;
        canvas.disc(at, radius + 1.5 * unit, palette.ground, 1.0);
        canvas.disc(at, radius, colour, 1.0);
        if step.n < FEW {
            canvas.disc(at, radius - 2.6 * unit, palette.ground, 1.0);
        }
        for point in [step.across, step.upwards] {
            canvas.marks.push(Mark {
                x: at.0,
                y: at.1,
                radius,
                key: format!("{}|{}|{}", point.actor_id, point.axis, point.period),
                title: format!(
                    "{}, {}: {} {}, {} {}, n = {}",
                    chart.name,
                    point.period,
                    chart.across.name,
                    scale::exact(step.x),
                    chart.upwards.name,
                    scale::exact(step.y),
                    step.n
                ),
            });
        }
    }
    let mut obstacles: Vec<(f64, f64)> =
        steps.iter().map(|step| (frame.x(step.x), frame.y(step.y))).collect();
    for pair in steps.windows(2) {
        for part in 1..12 {
            let part = f64::from(part) / 12.0;
            let (x, y) =
                (pair[0].x + part * (pair[1].x - pair[0].x), pair[0].y + part * (pair[1].y - pair[0].y));
            obstacles.push((frame.x(x), frame.y(y)));
        }
    }
    // The ends of the path are named before what lies between them, of which
    // some twenty names are enough.
    let every = steps.len().div_ceil(20);
    let mut order: Vec<usize> =
        (0..steps.len()).filter(|index| index % every == 0 || index + 1 == steps.len()).collect();
    order.sort_by_key(|index| !(*index == 0 || index + 1 == steps.len()));
    for index in order {
        let step = &steps[index];
        let outer = index == 0 || index + 1 == steps.len();
        let colour = if outer { palette.ink } else { palette.quiet };
        let letters = canvas.letters(if outer { SMALL + 3.0 } else { SMALL }, outer, colour);
        beside(canvas, frame, &step.across.period, (frame.x(step.x), frame.y(step.y)), &letters, &obstacles);
    }
}

/// The steps as a table: period, both means, n.
fn table(canvas: &mut Canvas, chart: &AxesChart, steps: &[Step], across: (f64, f64), down: (f64, f64)) {
    let (unit, palette) = (canvas.unit(), canvas.palette());
    let row = 25.0 * unit;
    let fits = (((down.1 - down.0) / row).floor() as usize).saturating_sub(1).max(1);
    let columns = [
        across.0,
        across.0 + 0.52 * (across.1 - across.0),
        across.0 + 0.86 * (across.1 - across.0),
        across.1,
    ];
    let head = canvas.letters(SMALL, true, palette.ink);
    let room = 0.30 * (across.1 - across.0);
    let names = [
        ("period".to_string(), Anchor::Start),
        (text_layout::fit(&chart.across.name, room, head.size, true), Anchor::End),
        (text_layout::fit(&chart.upwards.name, room, head.size, true), Anchor::End),
        ("n".to_string(), Anchor::End),
    ];
    for ((text, anchor), x) in names.iter().zip(columns) {
        canvas.write(text, (x, down.0 + 0.7 * row), *anchor, &head);
    }
    let skipped = steps.len().saturating_sub(fits);
    let first = if skipped > 0 { skipped + 1 } else { 0 };
    let plain = canvas.letters(SMALL, false, palette.quiet);
    for (index, step) in steps.iter().skip(first).enumerate() {
        let y = down.0 + (index as f64 + 1.7) * row;
        canvas.across(across, y - 0.72 * row, unit, palette.grid);
        let texts = [
            (step.across.period.clone(), Anchor::Start),
            (scale::exact(step.x), Anchor::End),
            (scale::exact(step.y), Anchor::End),
            (step.n.to_string(), Anchor::End),
        ];
        for ((text, anchor), x) in texts.iter().zip(columns) {
            canvas.write(text, (x, y), *anchor, &plain);
        }
    }
    if first > 0 {
        let y = down.0 + ((steps.len() - first) as f64 + 1.7) * row;
        canvas.write(&format!("and {first} earlier"), (across.0, y), Anchor::Start, &plain);
    }
}
