//! Words inside the plot: names at the ends of lines, events and breaks, placed where there is room.

use crate::report::charts::canvas::text_layout;
use crate::report::charts::canvas::{Anchor, Canvas, LabelBox, Letters};
use crate::report::charts::frame::{Frame, NAME};
use crate::report::charts::position::series::Series;
use crate::report::charts::theme::{Colour, SMALL};

/// Something that happened at a moment, to be written above the plot.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Note {
    pub x: f64,
    pub text: String,
    pub colour: Colour,
    /// Drawn fainter: an event rather than a break.
    pub quiet: bool,
}

/// A note and the place of its words above the plot.
pub(crate) type Placed = (Note, Place);

/// The height of a row of notes, in units.
pub(crate) const ROW: f64 = 22.0;

/// Gives notes their rows: breaks first, then events, from right to left or so
/// that the named ones are spread over time, whichever names more of them. Words
/// stand right of their line, or else left of it, in the lowest row in which they
/// touch no other words, no line crosses them and their line crosses none.
/// `ends` are the places between which words may stand.
pub(crate) fn rows(canvas: &Canvas, notes: &[Note], most: usize, ends: (f64, f64)) -> Vec<Placed> {
    let mut notes = notes.to_vec();
    notes.sort_by(|one, two| one.x.total_cmp(&two.x).then(one.text.cmp(&two.text)));
    notes.dedup_by(|one, two| one.text == two.text && (one.x - two.x).abs() < 1.0);
    for note in &mut notes {
        note.text = text_layout::fit(&note.text, 460.0 * canvas.unit(), SMALL * canvas.unit(), false);
    }
    let all = 0..notes.len();
    let (events, breaks): (Vec<usize>, Vec<usize>) = all.rev().partition(|index| notes[*index].quiet);
    let spread = spread(&notes, &events);
    let placed = [spread, events]
        .map(|events| assigned(canvas, &notes, &[breaks.clone(), events].concat(), most, ends));
    let named = |rows: &Vec<Place>| rows.iter().flatten().count();
    let [spread, staircase] = placed;
    let rows = if named(&staircase) > named(&spread) { staircase } else { spread };
    notes.into_iter().zip(rows).collect()
}

/// A row counted from below, and whether words stand left of their line; None: no
/// room for words.
pub(crate) type Place = Option<(usize, bool)>;

/// Words that have their place, and the line that leads up to them.
struct Taken {
    row: usize,
    x0: f64,
    x1: f64,
    line: f64,
}

/// The places of notes that are written in this order.
fn assigned(canvas: &Canvas, notes: &[Note], order: &[usize], most: usize, ends: (f64, f64)) -> Vec<Place> {
    let gap = 5.0 * canvas.unit();
    let mut taken: Vec<Taken> = Vec::new();
    let mut rows: Vec<Place> = vec![None; notes.len()];
    for index in order {
        let note = &notes[*index];
        let wide = text_layout::width(&note.text, SMALL * canvas.unit(), false);
        let sides = [(note.x + gap, note.x + gap + wide, false), (note.x - gap - wide, note.x - gap, true)];
        let mut places =
            sides.iter().flat_map(|(x0, x1, left)| (0..most).map(move |row| (row, *x0, *x1, *left)));
        let free = |(row, x0, x1, _): &(usize, f64, f64, bool)| {
            *x0 >= ends.0
                && *x1 <= ends.1
                && taken.iter().all(|other| {
                    let apart =
                        other.row != *row || other.x1 + 2.0 * gap <= *x0 || *x1 + 2.0 * gap <= other.x0;
                    let over = other.row >= *row && other.line > x0 - gap && other.line < x1 + gap;
                    let under = other.row <= *row && note.x > other.x0 - gap && note.x < other.x1 + gap;
                    apart && !over && !under
                })
        };
        if let Some((row, x0, x1, left)) = places.find(free) {
            taken.push(Taken { row, x0, x1, line: note.x });
            rows[*index] = Some((row, left));
        }
    }
    rows
}

/// Events in such an order that each is as far as can be from those before it.
fn spread(notes: &[Note], events: &[usize]) -> Vec<usize> {
    let (mut left, mut order) = (events.to_vec(), Vec::new());
    while !left.is_empty() {
        let far = |index: usize| {
            let away = order.iter().map(|other: &usize| (notes[*other].x - notes[index].x).abs());
            away.fold(f64::INFINITY, f64::min)
        };
        let next = (0..left.len())
            .max_by(|one, two| far(left[*one]).total_cmp(&far(left[*two])).then(two.cmp(one)))
            .unwrap_or(0);
        order.push(left.remove(next));
    }
    order
}

/// Draws lines and words of notes. An event without words is a short mark at the
/// upper edge.
pub(crate) fn write(canvas: &mut Canvas, frame: &Frame, placed: &[Placed]) {
    let unit = canvas.unit();
    let ground = canvas.palette().ground;
    for (note, place) in placed {
        let baseline = |row: usize| frame.top - 8.0 * unit - ROW * unit * row as f64;
        let (down, colour, width) = match (place, note.quiet) {
            (Some((row, _)), true) => {
                ((baseline(*row) - 14.0 * unit, frame.bottom), canvas.palette().rule, 1.0)
            }
            (Some((row, _)), false) => {
                ((baseline(*row) - 14.0 * unit, frame.bottom), note.colour.over(0.75, ground), 2.0)
            }
            (None, true) => ((frame.top - 2.0 * unit, frame.top + 9.0 * unit), canvas.palette().rule, 2.0),
            (None, false) => ((frame.top, frame.bottom), note.colour.over(0.4, ground), 1.0),
        };
        canvas.upright(note.x, down, width * unit, colour);
        if let Some((row, left)) = place {
            let letters = canvas.letters(SMALL, false, note.colour);
            let (side, anchor) = if *left { (-5.0, Anchor::End) } else { (5.0, Anchor::Start) };
            canvas.write(&note.text, (note.x + side * unit, baseline(*row)), anchor, &letters);
        }
    }
}

/// Writes each actor's name at the end of its line: in the margin for those
/// who still speak at the end, beside the last dot for the others.
pub(crate) fn names(canvas: &mut Canvas, frame: &Frame, series: &[Series], right: f64) {
    let mut ends: Vec<(&Series, (f64, f64))> =
        series.iter().filter_map(|one| one.end(frame).map(|end| (one, end))).collect();
    ends.sort_by(|one, two| one.1.1.total_cmp(&two.1.1).then(one.0.id.cmp(two.0.id)));
    let margin = frame.right - 0.15 * (frame.right - frame.left);
    let (late, early): (Vec<_>, Vec<_>) = ends.into_iter().partition(|(_, end)| end.0 >= margin);
    in_margin(canvas, frame, &late, right);
    let dots = obstacles(frame, series);
    for (one, end) in early {
        let letters = canvas.letters(NAME, true, one.colour);
        let name = text_layout::fit(one.name, 0.3 * canvas.width(), letters.size, true);
        beside(canvas, frame, &name, end, &letters, &dots);
    }
}

fn in_margin(canvas: &mut Canvas, frame: &Frame, late: &[(&Series, (f64, f64))], right: f64) {
    let unit = canvas.unit();
    let height = 27.0 * unit;
    let lowest = frame.bottom - 4.0 * unit;
    // Push down those that are too near to the one above, then all up again
    // from the bottom.
    let mut places: Vec<f64> = late.iter().map(|(_, end)| end.1.max(frame.top + 0.5 * height)).collect();
    for index in 1..places.len() {
        places[index] = places[index].max(places[index - 1] + height);
    }
    let mut least = lowest;
    for place in places.iter_mut().rev() {
        *place = place.min(least);
        least = *place - height;
    }
    for ((one, end), y) in late.iter().zip(places) {
        let ground = canvas.palette().ground;
        let letters = canvas.letters(NAME, true, one.colour);
        let start = frame.right + 16.0 * unit;
        let name = text_layout::fit(one.name, right - start, letters.size, true);
        let last = one
            .points
            .last()
            .map_or(0.0, |point| crate::report::charts::position::series::radius(point.statements));
        let leader = vec![(end.0 + (last + 4.0) * unit, end.1), (start - 5.0 * unit, y)];
        if leader[0].0 < leader[1].0 {
            canvas.line(leader, 1.2 * unit, one.colour.over(0.5, ground), 1.0);
        }
        canvas.write(&name, (start, y + 0.36 * letters.size), Anchor::Start, &letters);
    }
}

/// What a name should not cover: every dot and line, as points.
fn obstacles(frame: &Frame, series: &[Series]) -> Vec<(f64, f64)> {
    let mut all = Vec::new();
    for one in series {
        all.extend(one.points.iter().map(|point| {
            (
                frame.x(crate::report::charts::position::series::middle(point)),
                frame.y(point.mean.unwrap_or(0.0)),
            )
        }));
        for place in one.line.iter().flat_map(|line| line.pieces.iter().flatten()) {
            all.push((frame.x(crate::report::charts::canvas::scale::years(place.day)), frame.y(place.value)));
        }
        all.extend(one.seen.iter().take(2000).map(|seen| {
            (frame.x(crate::report::charts::canvas::scale::years(seen.day())), frame.y(seen.value))
        }));
    }
    all
}

/// How many dots and places of lines words would cover.
fn covered(place: &LabelBox, obstacles: &[(f64, f64)], unit: f64) -> usize {
    let (wide, high) = (4.0 * unit, 3.0 * unit);
    let across = |x: f64| x > place.x0 - wide && x < place.x1 + wide;
    let down = |y: f64| y > place.y0 - high && y < place.y1 + high;
    obstacles.iter().filter(|(x, y)| across(*x) && down(*y)).count()
}

/// Writes a name near a dot where it covers least.
pub(crate) fn beside(
    canvas: &mut Canvas,
    frame: &Frame,
    name: &str,
    end: (f64, f64),
    letters: &Letters,
    obstacles: &[(f64, f64)],
) {
    let unit = canvas.unit();
    let gap = 18.0 * unit;
    let mut best: Option<(f64, (f64, f64), Anchor)> = None;
    for step in 0..7 {
        for down in [1.0, -1.0] {
            for (anchor, x) in
                [(Anchor::Start, end.0 + gap), (Anchor::Middle, end.0), (Anchor::End, end.0 - gap)]
            {
                let away = f64::from(step) * 15.0 * unit;
                let y = end.1 + 0.36 * letters.size + down * away;
                if anchor == Anchor::Middle && away < 28.0 * unit {
                    continue;
                }
                let place = canvas.boxed(name, (x, y), anchor, letters);
                let inside = place.x0 >= frame.left && place.x1 <= frame.right;
                if !inside || place.y0 < frame.top || place.y1 > frame.bottom || !canvas.free(&place) {
                    continue;
                }
                let covers = covered(&place, obstacles, unit);
                let turned = if anchor == Anchor::Start { 0.0 } else { 0.6 };
                let cost = covers as f64 * 1.5 + away / (30.0 * unit) + turned;
                if best.as_ref().is_none_or(|(least, _, _)| cost < *least) {
                    best = Some((cost, (x, y), anchor));
                }
            }
        }
    }
    if let Some((_, at, anchor)) = best {
        let place = canvas.boxed(name, at, anchor, letters);
        let ground = canvas.palette().ground;
        if covered(&place, obstacles, unit) > 0 {
            canvas.block((place.x0 - 2.0, place.y0), (place.x1 + 2.0, place.y1), ground, 0.7);
        }
        canvas.write(name, at, anchor, letters);
    }
}
