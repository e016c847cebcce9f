//! `terms.png`: the terms that moved an actor most, a row for each.

use crate::error::Result;
use crate::model::{Axis, TermShift};
use crate::report::charts::canvas::{Anchor, Canvas};
use crate::report::charts::canvas::{scale, text_layout};
use crate::report::charts::drawing::Drawing;
use crate::report::charts::frame;
use crate::report::charts::frame::{MARGIN, NAME};
use crate::report::charts::shift::poles;
use crate::report::charts::theme::{Look, SMALL};

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub struct TermChart {
    /// Headline.
    pub title: String,
    /// One or two lines under it.
    pub subtitle: String,
    /// Its poles are written at the ends.
    pub axis: Axis,
    /// The two windows.
    pub windows: (String, String),
    /// What moved most first.
    pub terms: Vec<TermShift>,
    /// Source, n, method.
    pub caption: String,
}

/// More terms than this are too many to read.
const MOST: usize = 14;

/// Draws the chart.
pub fn terms(chart: &TermChart, look: &Look) -> Result<Drawing> {
    let unit = look.unit();
    let wanted = (310.0 + 44.0 * chart.terms.len().clamp(1, MOST) as f64) * unit;
    let mut canvas = Canvas::of_height(look, wanted);
    let palette = canvas.palette();
    let top = frame::header(&mut canvas, &chart.title, &chart.subtitle) + 44.0 * unit;
    let foot = frame::caption(&mut canvas, &chart.caption) - 66.0 * unit;
    if chart.terms.is_empty() {
        frame::nothing(&mut canvas, "no term counted in both windows");
        return Drawing::finished(canvas, &[&chart.title]);
    }
    let least = 30.0 * unit;
    let fits = ((foot - top) / least).floor().max(1.0) as usize;
    let rows = &chart.terms[..chart.terms.len().min(MOST).min(fits)];
    let pitch = ((foot - top) / rows.len() as f64).min(52.0 * unit);
    let bottom = top + pitch * rows.len() as f64;
    let size = if pitch > 36.0 * unit { NAME - 2.0 } else { SMALL + 1.0 };
    let words = rows
        .iter()
        .map(|row| text_layout::width(&text_layout::clean(&row.term), size * unit, false))
        .fold(0.0, f64::max)
        .min(0.26 * canvas.width());
    let counts: Vec<String> = rows.iter().map(|row| format!("{} → {} ×", row.times.0, row.times.1)).collect();
    let numbers = counts.iter().map(|text| text_layout::width(text, SMALL * unit, false)).fold(0.0, f64::max);
    let left = MARGIN * unit + words + 24.0 * unit;
    let end = canvas.width() - MARGIN * unit;
    let right = (end - numbers - 24.0 * unit).max(left + 60.0 * unit);
    let shares = || rows.iter().flat_map(|row| [row.share.0, row.share.1]);
    let (step, below, above) = steps(shares().fold(0.0, f64::min), shares().fold(0.0, f64::max));
    let ends = (-step * f64::from(below), step * f64::from(above));
    let x = |value: f64| scale::between(value, ends, (left, right));
    let small = canvas.letters(SMALL, false, palette.quiet);
    for count in -below..=above {
        let value = step * f64::from(count);
        let (width, colour) = if count == 0 { (2.0, palette.rule) } else { (1.0, palette.grid) };
        canvas.upright(x(value), (top, bottom), width * unit, colour);
        let label = if step < 0.01 { thousandths(value) } else { scale::signed(value) };
        canvas.write(&label, (x(value), bottom + 24.0 * unit), Anchor::Middle, &small);
    }
    poles(&mut canvas, &chart.axis, (left, right), bottom + 50.0 * unit);
    for (index, row) in rows.iter().enumerate() {
        let y = top + (index as f64 + 0.5) * pitch;
        if index > 0 {
            canvas.across((MARGIN * unit, end), y - pitch / 2.0, unit, palette.grid);
        }
        let plain = canvas.letters(size, false, palette.ink);
        let term = text_layout::fit(&row.term, words, plain.size, false);
        let baseline = y + 0.36 * plain.size;
        canvas.write(&term, (left - 24.0 * unit, baseline), Anchor::End, &plain);
        let moved = row.share.1 - row.share.0;
        let colour = if moved < 0.0 { palette.negative } else { palette.positive };
        let (before, after) = (x(row.share.0), x(row.share.1));
        canvas.across((before.min(after), before.max(after)), y, 4.0 * unit, colour);
        let radius = 7.5 * unit;
        canvas.disc((before, y), radius, colour, 1.0);
        canvas.disc((before, y), radius - 2.6 * unit, palette.ground, 1.0);
        canvas.disc((after, y), radius, colour, 1.0);
        canvas.write(&counts[index], (right + 24.0 * unit, y + 0.36 * small.size), Anchor::Start, &small);
    }
    if let Some(first) = rows.first() {
        let (one, two) = (x(first.share.0), x(first.share.1));
        let (anchors, apart) = if one <= two {
            ((Anchor::End, Anchor::Start), 4.0 * unit)
        } else {
            ((Anchor::Start, Anchor::End), -4.0 * unit)
        };
        let y = top - 8.0 * unit;
        canvas.write(&chart.windows.0, (one - apart, y), anchors.0, &small);
        canvas.write(&chart.windows.1, (two + apart, y), anchors.1, &small);
    }
    Drawing::finished(canvas, &[&chart.title, &chart.subtitle])
}

/// A round step, and how many of them reach from zero down to `low` and up to
/// `high`; at least one each, so that both poles have a side.
fn steps(low: f64, high: f64) -> (f64, i32, i32) {
    let count = |step: f64, reach: f64| (reach / step - 1e-9).ceil().max(1.0) as i32;
    let step = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2]
        .into_iter()
        .find(|step| count(*step, -low) + count(*step, high) <= 6)
        .unwrap_or(0.5);
    (step, count(step, -low), count(step, high))
}

/// "+0.005": three decimals for small scales.
fn thousandths(value: f64) -> String {
    if value == 0.0 {
        return "0".into();
    }
    format!("{}{:.3}", if value < 0.0 { '−' } else { '+' }, value.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_reaches_as_far_as_the_terms_and_to_both_sides() {
        assert_eq!(steps(-0.213, 0.065), (0.1, 3, 1));
        assert_eq!(steps(0.0, 0.0), (0.005, 1, 1));
        assert_eq!(steps(-0.01, 0.0), (0.005, 2, 1));
        assert_eq!(steps(-1.0, 1.0), (0.5, 2, 2));
    }
}
