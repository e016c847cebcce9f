//! The parts of every chart around the plot: title, explanation, caption, and a word where there is
//! nothing to show.

use crate::report::charts::canvas::scale;
use crate::report::charts::canvas::text_layout;
use crate::report::charts::canvas::{Anchor, Canvas};
use crate::report::charts::theme::SMALL;

/// The margin on all sides, in units.
pub(crate) const MARGIN: f64 = 44.0;
/// Sizes of text, in units.
pub(crate) const TITLE: f64 = 34.0;
pub(crate) const PLAIN: f64 = 19.0;
pub(crate) const NAME: f64 = 21.0;

/// Title and explanation; the height at which they end comes back.
pub(crate) fn header(canvas: &mut Canvas, title: &str, subtitle: &str) -> f64 {
    let (unit, palette) = (canvas.unit(), canvas.palette());
    let (left, wide) = (MARGIN * unit, canvas.width() - 2.0 * MARGIN * unit);
    let mut bottom = 22.0 * unit;
    let large = canvas.letters(TITLE, true, palette.ink);
    for line in text_layout::wrap(title, wide, 2, large.size, true) {
        bottom += 38.0 * unit;
        canvas.write(&line, (left, bottom), Anchor::Start, &large);
    }
    bottom += 6.0 * unit;
    let plain = canvas.letters(PLAIN, false, palette.quiet);
    for line in text_layout::wrap(subtitle, wide, 2, plain.size, false) {
        bottom += 26.0 * unit;
        canvas.write(&line, (left, bottom), Anchor::Start, &plain);
    }
    bottom + 10.0 * unit
}

/// Source, n and method at the foot; the height at which they begin comes
/// back.
pub(crate) fn caption(canvas: &mut Canvas, text: &str) -> f64 {
    let (unit, palette) = (canvas.unit(), canvas.palette());
    let wide = canvas.width() - 2.0 * MARGIN * unit;
    let small = canvas.letters(SMALL, false, palette.quiet);
    let lines = text_layout::wrap(text, wide, 3, small.size, false);
    let line_height = 21.0 * unit;
    let top = canvas.height() - 24.0 * unit - line_height * lines.len() as f64;
    for (index, line) in lines.iter().enumerate() {
        let baseline = top + line_height * (index as f64 + 0.9);
        canvas.write(line, (MARGIN * unit, baseline), Anchor::Start, &small);
    }
    top - 6.0 * unit
}

/// A word in the middle, where there is nothing to draw.
pub(crate) fn nothing(canvas: &mut Canvas, words: &str) {
    let letters = canvas.letters(NAME, false, canvas.palette().quiet);
    let most = canvas.width() - 2.0 * MARGIN * canvas.unit();
    let words = text_layout::fit(words, most, letters.size, false);
    let middle = (canvas.width() / 2.0, canvas.height() / 2.0);
    canvas.write(&words, middle, Anchor::Middle, &letters);
}

/// A rectangle of the canvas in which time runs across and a value upwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Frame {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
    /// First and last moment, in years.
    pub time: (f64, f64),
    /// The value at the top; its negative is at the bottom.
    pub limit: f64,
}

impl Frame {
    pub fn x(&self, time: f64) -> f64 {
        scale::between(time, self.time, (self.left, self.right))
    }

    pub fn y(&self, value: f64) -> f64 {
        scale::between(value, (-self.limit, self.limit), (self.bottom, self.top))
    }
}

/// Lines of the value axis, with their numbers on the left if asked for.
pub(crate) fn value_axis(canvas: &mut Canvas, frame: &Frame, numbers: bool) {
    let (unit, palette) = (canvas.unit(), canvas.palette());
    let small = canvas.letters(SMALL, false, palette.quiet);
    for value in scale::value_ticks(frame.limit) {
        let y = frame.y(value);
        let (width, colour) = if value == 0.0 { (2.0, palette.rule) } else { (1.0, palette.grid) };
        canvas.across((frame.left, frame.right), y, width * unit, colour);
        if numbers {
            let at = (frame.left - 10.0 * unit, y + 0.36 * small.size);
            canvas.write(&scale::signed(value), at, Anchor::End, &small);
        }
    }
}

/// The room that the numbers of the value axis need on the left.
pub(crate) fn value_room(canvas: &Canvas, limit: f64) -> f64 {
    let size = SMALL * canvas.unit();
    let widths = scale::value_ticks(limit)
        .into_iter()
        .map(|value| text_layout::width(&scale::signed(value), size, false));
    widths.fold(0.0, f64::max) + 10.0 * canvas.unit()
}

/// Ticks of time under the frame, with thin lines upwards; labels if asked for.
/// Where periods are years (`yearly`) a label stands in the middle of its year,
/// under the dot of that year; the line is its first of January.
pub(crate) fn time_axis(canvas: &mut Canvas, frame: &Frame, baseline: f64, labels: bool, yearly: bool) {
    let (unit, palette) = (canvas.unit(), canvas.palette());
    let letters = canvas.letters(SMALL + 1.0, false, palette.quiet);
    let widest = text_layout::width("2000-00", letters.size, false).max(1.0);
    let year = text_layout::width("2000", letters.size, false).max(1.0);
    let room = if frame.time.1 - frame.time.0 < 2.0 { widest } else { year } + 26.0 * unit;
    let most = ((frame.right - frame.left) / room).floor() as usize;
    for (time, label) in scale::time_ticks(frame.time.0, frame.time.1, most) {
        let x = frame.x(time);
        canvas.upright(x, (frame.top, frame.bottom), unit, palette.grid);
        let place = if yearly && frame.time.1 - frame.time.0 >= 2.0 { time + 0.5 } else { time };
        if labels && place <= frame.time.1 {
            canvas.write(&label, (frame.x(place), baseline), Anchor::Middle, &letters);
        }
    }
}
