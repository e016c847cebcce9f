//! `position.png` of more than four actors: a small frame each, shared scales,
//! the others in grey behind.

use crate::report::charts::canvas::text_layout;
use crate::report::charts::canvas::{Anchor, Canvas};
use crate::report::charts::frame;
use crate::report::charts::frame::{Frame, MARGIN};
use crate::report::charts::position::chart::PositionChart;
use crate::report::charts::position::series;
use crate::report::charts::position::series::Series;
use crate::report::charts::theme::SMALL;

/// More actors than this are named in the caption and not drawn.
const MOST: usize = 24;

/// Means of the others that a frame can show.
const MOST_GREY: usize = 400;

/// Columns of the grid for `count` frames: frames a little wider than high.
fn columns(count: usize, width: f64, height: f64) -> usize {
    let wanted = 1.45;
    (1..=count)
        .min_by(|one, two| {
            let shape = |columns: usize| {
                let rows = count.div_ceil(columns);
                let ratio = (width / columns as f64) / (height / rows as f64);
                let empty = (columns * rows - count) as f64 / count as f64;
                (ratio / wanted).ln().abs() + 0.8 * empty
            };
            shape(*one).total_cmp(&shape(*two))
        })
        .unwrap_or(1)
}

pub(crate) fn draw(canvas: &mut Canvas, chart: &PositionChart, actors: &[&(String, String)]) {
    let (unit, palette) = (canvas.unit(), canvas.palette());
    let kept = &actors[..actors.len().min(MOST)];
    let series: Vec<Series> =
        kept.iter().map(|(id, name)| Series::of(chart, id, name, palette.series[0])).collect();
    let (time, limit, every) =
        (series::extent(&series), series::limit(&series), series::every(&series, chart.dots));
    let mut caption = chart.caption.clone();
    if kept.len() < actors.len() {
        caption.push_str(&format!(
            " Drawn: the {} of {} actors with the most statements.",
            kept.len(),
            actors.len()
        ));
    }
    if every > 1 {
        caption.push_str(&format!(" One in {every} single statements is drawn."));
    }
    let top = frame::header(canvas, &chart.title, &chart.subtitle) + 14.0 * unit;
    let foot = frame::caption(canvas, &caption);
    let margin = MARGIN * unit;
    let numbers = frame::value_room(canvas, limit);
    let (wide, high) = (canvas.width() - 2.0 * margin - numbers, foot - top - 64.0 * unit);
    let columns = columns(kept.len(), wide, high);
    let rows = kept.len().div_ceil(columns);
    let pole = canvas.letters(SMALL, true, palette.ink);
    let room = 0.45 * canvas.width();
    let upper = text_layout::fit(&format!("↑ {}", chart.axis.positive), room, pole.size, true);
    canvas.write(&upper, (margin, top), Anchor::Start, &pole);
    let lower = text_layout::fit(&format!("↓ {}", chart.axis.negative), room, pole.size, true);
    canvas.write(&lower, (margin, foot - 2.0 * unit), Anchor::Start, &pole);

    let (gap, head) = (16.0 * unit, 32.0 * unit);
    let cell = ((wide + gap) / columns as f64, high / rows as f64);
    for index in 0..series.len() {
        let (row, column) = (index / columns, index % columns);
        let left = margin + numbers + column as f64 * cell.0;
        let above = top + 10.0 * unit + row as f64 * cell.1;
        let frame = Frame {
            left,
            right: left + cell.0 - gap,
            top: above + head,
            bottom: above + cell.1 - 6.0 * unit,
            time,
            limit,
        };
        let lowest = row + 1 == rows || index + columns >= kept.len();
        panel(canvas, &frame, &series, index, (column == 0, lowest), every);
    }
}

fn panel(
    canvas: &mut Canvas,
    frame: &Frame,
    all: &[Series],
    index: usize,
    (numbers, years): (bool, bool),
    every: usize,
) {
    let (unit, palette) = (canvas.unit(), canvas.palette());
    let one = &all[index];
    frame::time_axis(canvas, frame, frame.bottom + 23.0 * unit, years, series::yearly(all));
    frame::value_axis(canvas, frame, numbers);
    // The means of others only where they can be told apart.
    let points: usize = all.iter().map(|series| series.points.len()).sum();
    let means = all.len() <= 12 && points <= MOST_GREY;
    for (other, series) in all.iter().enumerate() {
        if other != index {
            series::shadow(canvas, frame, series, means);
        }
    }
    series::band(canvas, frame, one, 0.2);
    series::statements(canvas, frame, one, 2.6, every);
    series::line(canvas, frame, one, 2.5, one.colour);
    series::joined(canvas, frame, one, one.colour.over(0.6, palette.ground));
    let pitch = series::pitch(frame, std::slice::from_ref(one));
    series::means(canvas, frame, one, (pitch / (14.0 * unit)).clamp(0.2, 0.62), (&[], 0.0));
    let small = canvas.letters(SMALL, false, palette.quiet);
    let count = format!("n {}", one.statements());
    let baseline = frame.top - 10.0 * unit;
    let wide = text_layout::width(&count, small.size, false);
    canvas.write(&count, (frame.right, baseline), Anchor::End, &small);
    let bold = canvas.letters(SMALL + 1.0, true, palette.ink);
    let room = frame.right - frame.left - wide - 10.0 * unit;
    let name = text_layout::fit(one.name, room, bold.size, true);
    canvas.write(&name, (frame.left, baseline), Anchor::Start, &bold);
}
