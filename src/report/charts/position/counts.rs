//! n per period, under the axis: numbers, or bars where numbers would touch.

use crate::report::charts::canvas::text_layout;
use crate::report::charts::canvas::{Anchor, Canvas};
use crate::report::charts::frame::Frame;
use crate::report::charts::position::series::{Series, middle};
use crate::report::charts::theme::SMALL;

/// The height of a row, in units.
pub(crate) const ROW: f64 = 24.0;

/// One row an actor, its name at the right; the first row's middle is at `top`.
pub(crate) fn rows(canvas: &mut Canvas, frame: &Frame, series: &[Series], top: f64, right: f64) {
    let (unit, palette) = (canvas.unit(), canvas.palette());
    for (index, one) in series.iter().enumerate() {
        let y = top + (index as f64 + 0.5) * ROW * unit;
        let letters = canvas.letters(SMALL, false, one.colour);
        let baseline = y + 0.36 * letters.size;
        canvas.across((frame.left, frame.right), y + ROW * unit / 2.0, unit, palette.grid);
        let quiet = canvas.letters(SMALL, false, palette.quiet);
        if index == 0 {
            canvas.write("n", (frame.left - 10.0 * unit, baseline), Anchor::End, &quiet);
        }
        let start = frame.right + 16.0 * unit;
        let name = text_layout::fit(one.name, right - start, letters.size, false);
        canvas.write(&name, (start, baseline), Anchor::Start, &letters);
        numbers(canvas, frame, one, baseline);
    }
}

/// The numbers of one actor, or bars.
pub(crate) fn numbers(canvas: &mut Canvas, frame: &Frame, series: &Series, baseline: f64) {
    let unit = canvas.unit();
    let letters = canvas.letters(SMALL, false, series.colour);
    let places: Vec<(f64, usize)> =
        series.points.iter().map(|point| (frame.x(middle(point)), point.statements)).collect();
    let widths: Vec<f64> =
        places.iter().map(|(_, count)| text_layout::width(&count.to_string(), letters.size, false)).collect();
    let fits = places
        .windows(2)
        .zip(widths.windows(2))
        .all(|(places, widths)| places[1].0 - places[0].0 >= (widths[0] + widths[1]) / 2.0 + 4.0 * unit);
    if fits {
        for (x, count) in places {
            canvas.write(&count.to_string(), (x, baseline), Anchor::Middle, &letters);
        }
        return;
    }
    let most = places.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1);
    let tallest = 0.8 * ROW * unit;
    let foot = baseline + 0.2 * letters.size;
    let narrowest = places.windows(2).map(|pair| pair[1].0 - pair[0].0).fold(f64::INFINITY, f64::min);
    let wide = (narrowest - unit).clamp(1.0, 10.0 * unit);
    for (x, count) in places {
        let height = (count as f64 / most as f64 * tallest).max(1.0);
        canvas.block((x - wide / 2.0, foot - height), (x + wide / 2.0, foot), series.colour, 1.0);
    }
}
