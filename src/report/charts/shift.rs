//! `shift.png`: means of the actors before and after, as dumbbells.

use crate::error::Result;
use crate::model::Axis;
use crate::report::charts::canvas::{Anchor, Canvas};
use crate::report::charts::canvas::{scale, text_layout};
use crate::report::charts::drawing::Drawing;
use crate::report::charts::frame;
use crate::report::charts::frame::{MARGIN, NAME};
use crate::report::charts::theme::{Colour, Look, SMALL};

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub struct ShiftChart {
    /// Headline.
    pub title: String,
    /// One or two lines under it.
    pub subtitle: String,
    /// Its poles are written at the ends.
    pub axis: Axis,
    /// In order from above.
    pub rows: Vec<ShiftRow>,
    /// Source, n, method.
    pub caption: String,
}

/// One actor before and after.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ShiftRow {
    /// Name for people.
    pub name: String,
    /// The two windows ("2003..2013", "2019").
    pub windows: (String, String),
    /// Articles in each.
    pub n: (usize, usize),
    /// Mean in each, in [-1, 1].
    pub means: (f64, f64),
    /// 95 % interval of the difference; None for too few articles.
    pub interval: Option<(f64, f64)>,
    /// Two-sided p.
    pub p: Option<f64>,
}

impl ShiftRow {
    /// The colour of the pole moved to; grey where the interval holds zero or
    /// there is none.
    fn colour(&self, canvas: &Canvas) -> Colour {
        let palette = canvas.palette();
        match self.interval {
            Some((low, _)) if low > 0.0 => palette.positive,
            Some((_, high)) if high < 0.0 => palette.negative,
            _ => palette.rule,
        }
    }

    /// "−0.61 [−0.72, −0.53]".
    fn change(&self) -> String {
        let change = scale::exact(self.means.1 - self.means.0);
        match self.interval {
            Some((low, high)) => format!("{change} [{}, {}]", scale::exact(low), scale::exact(high)),
            None => change,
        }
    }

    /// "2003–2013 → 2019".
    fn between(&self) -> String {
        format!("{} → {}", self.windows.0, self.windows.1)
    }

    fn counts(&self) -> String {
        let p = match self.p {
            Some(p) if p < 0.001 => ", p < 0.001".to_string(),
            Some(p) => format!(", p = {p:.3}"),
            None => String::new(),
        };
        format!("n {} → {}{p}", self.n.0, self.n.1)
    }
}

/// Draws the chart.
pub fn shift(chart: &ShiftChart, look: &Look) -> Result<Drawing> {
    let unit = look.unit();
    let wanted = (302.0 + 92.0 * chart.rows.len().max(1) as f64) * unit;
    let mut canvas = Canvas::of_height(look, wanted);
    let palette = canvas.palette();
    let top = frame::header(&mut canvas, &chart.title, &chart.subtitle) + 62.0 * unit;
    let least = 30.0 * unit;
    let foot_room = 70.0 * unit;
    // The caption says what is left out, and what is left out depends on it.
    let fits =
        |foot: f64| (((foot - foot_room - top) / least).floor().max(1.0) as usize).min(chart.rows.len());
    let guess = fits(canvas.height() - 90.0 * unit);
    let mut caption = chart.caption.clone();
    if guess < chart.rows.len() {
        caption.push_str(&format!(" Drawn: the first {guess} of {} rows of shifts.csv.", chart.rows.len()));
    }
    let foot = frame::caption(&mut canvas, &caption) - foot_room;
    if chart.rows.is_empty() {
        frame::nothing(&mut canvas, "no actor has scored statements in both windows");
        return Drawing::finished(canvas, &[&chart.title]);
    }
    let rows = &chart.rows[..guess];
    let pitch =
        ((foot - top) / rows.len() as f64).clamp(least.min((foot - top) / rows.len() as f64), 92.0 * unit);
    let bottom = top + pitch * rows.len() as f64;
    let large = pitch >= 52.0 * unit;
    let size = if large { NAME } else { SMALL + 1.0 };
    let width_of = |text: &str, size: f64| text_layout::width(text, size * unit, false);
    // Several pairs of windows: each row says which are its own.
    let several = rows.windows(2).any(|pair| pair[0].windows != pair[1].windows);
    let name_of = |row: &ShiftRow| {
        if several && !large { format!("{}, {}", row.name, row.between()) } else { row.name.clone() }
    };
    let names = rows
        .iter()
        .map(|row| {
            let under = if several { width_of(&row.between(), SMALL) } else { 0.0 };
            text_layout::width(&name_of(row), size * unit, true).max(under)
        })
        .fold(0.0, f64::max);
    let share = if several && !large { 0.34 } else { 0.24 };
    let names = names.min(share * canvas.width());
    let numbers = rows
        .iter()
        .map(|row| {
            let (change, counts) = (width_of(&row.change(), SMALL + 1.0), width_of(&row.counts(), SMALL));
            if large { change.max(counts) } else { change + counts + 16.0 * unit }
        })
        .fold(0.0, f64::max);
    let left = MARGIN * unit + names + 28.0 * unit;
    let end = canvas.width() - MARGIN * unit;
    let right = (end - numbers - 28.0 * unit).max(left + 60.0 * unit);
    let most = rows.iter().map(|row| {
        let (low, high) = row.interval.unwrap_or((0.0, 0.0));
        let ends = [row.means.0, row.means.1, row.means.0 + low, row.means.0 + high];
        ends.iter().fold(0.0f64, |most, value| most.max(value.abs()))
    });
    let limit = scale::reach(most.fold(0.0, f64::max));
    let x = |value: f64| scale::between(value, (-limit, limit), (left, right));
    ground(&mut canvas, chart, (left, right), (top, bottom), limit);
    for (index, row) in rows.iter().enumerate() {
        let y = top + (index as f64 + 0.5) * pitch;
        if index > 0 {
            canvas.across((MARGIN * unit, end), y - pitch / 2.0, unit, palette.grid);
        }
        let bold = canvas.letters(size, true, palette.ink);
        let name = text_layout::fit(&name_of(row), names, bold.size, true);
        let lift = if several && large { 10.0 * unit } else { 0.0 };
        canvas.write(&name, (MARGIN * unit, y + 0.36 * bold.size - lift), Anchor::Start, &bold);
        if several && large {
            let quiet = canvas.letters(SMALL, false, palette.quiet);
            let between = text_layout::fit(&row.between(), names, quiet.size, false);
            canvas.write(&between, (MARGIN * unit, y + 20.0 * unit), Anchor::Start, &quiet);
        }
        dumbbell(&mut canvas, row, y, x);
        let plain = canvas.letters(SMALL + 1.0, false, palette.ink);
        let small = canvas.letters(SMALL, false, palette.quiet);
        let start = right + 28.0 * unit;
        let (first, second) = if large {
            ((start, y - 3.0 * unit), (start, y + 18.0 * unit))
        } else {
            let after = start + width_of(&row.change(), SMALL + 1.0) + 16.0 * unit;
            ((start, y + 0.36 * plain.size), (after, y + 0.36 * plain.size))
        };
        canvas.write(&row.change(), first, Anchor::Start, &plain);
        canvas.write(&row.counts(), second, Anchor::Start, &small);
    }
    if let Some(first) = rows.first().filter(|_| !several) {
        let letters = canvas.letters(SMALL, false, palette.quiet);
        let y = top - 8.0 * unit;
        let gap = 3.0 * unit;
        let rising = first.means.1 >= first.means.0;
        let near = (x(first.means.1) - x(first.means.0)).abs()
            < (width_of(&first.windows.0, SMALL) + width_of(&first.windows.1, SMALL)) / 2.0 + 20.0 * unit;
        let anchors = match (near, rising) {
            (false, _) => (Anchor::Middle, Anchor::Middle),
            (true, true) => (Anchor::End, Anchor::Start),
            (true, false) => (Anchor::Start, Anchor::End),
        };
        let moved = |anchor: Anchor| match anchor {
            Anchor::Start => gap,
            Anchor::Middle => 0.0,
            Anchor::End => -gap,
        };
        canvas.write(&first.windows.0, (x(first.means.0) + moved(anchors.0), y), anchors.0, &letters);
        canvas.write(&first.windows.1, (x(first.means.1) + moved(anchors.1), y), anchors.1, &letters);
    }
    Drawing::finished(canvas, &[&chart.title, &chart.subtitle])
}

/// Ticks, the zero line and the poles.
fn ground(canvas: &mut Canvas, chart: &ShiftChart, across: (f64, f64), down: (f64, f64), limit: f64) {
    let (unit, palette) = (canvas.unit(), canvas.palette());
    let small = canvas.letters(SMALL, false, palette.quiet);
    for value in scale::value_ticks(limit) {
        let x = scale::between(value, (-limit, limit), across);
        let (width, colour) = if value == 0.0 { (2.0, palette.rule) } else { (1.0, palette.grid) };
        canvas.upright(x, down, width * unit, colour);
        canvas.write(&scale::signed(value), (x, down.1 + 24.0 * unit), Anchor::Middle, &small);
    }
    poles(canvas, &chart.axis, across, down.1 + 50.0 * unit);
}

/// The names of the poles at both ends of a horizontal axis.
pub(crate) fn poles(canvas: &mut Canvas, axis: &Axis, across: (f64, f64), baseline: f64) {
    let letters = canvas.letters(SMALL + 2.0, true, canvas.palette().ink);
    let room = 0.48 * (across.1 - across.0);
    let left = text_layout::fit(&format!("← {}", axis.negative), room, letters.size, true);
    canvas.write(&left, (across.0, baseline), Anchor::Start, &letters);
    let most = room - canvas.unit();
    let name = text_layout::fit(&axis.positive, most - 1.4 * letters.size, letters.size, true);
    if !name.is_empty() {
        canvas.write(&format!("{name} →"), (across.1, baseline), Anchor::End, &letters);
    }
}

/// Hollow before, filled after, the interval of the change around the latter.
fn dumbbell(canvas: &mut Canvas, row: &ShiftRow, y: f64, x: impl Fn(f64) -> f64) {
    let (unit, ground) = (canvas.unit(), canvas.palette().ground);
    let colour = row.colour(canvas);
    let (before, after) = (x(row.means.0), x(row.means.1));
    if let Some((low, high)) = row.interval {
        let (low, high) = (x(row.means.0 + low), x(row.means.0 + high));
        canvas.block((low, y - 8.0 * unit), (high, y + 8.0 * unit), colour.over(0.28, ground), 1.0);
    }
    canvas.across((before.min(after), before.max(after)), y, 4.0 * unit, colour);
    let radius = 9.0 * unit;
    canvas.disc((before, y), radius, colour, 1.0);
    canvas.disc((before, y), radius - 3.0 * unit, ground, 1.0);
    canvas.disc((after, y), radius + 1.5 * unit, ground, 1.0);
    canvas.disc((after, y), radius, colour, 1.0);
}
