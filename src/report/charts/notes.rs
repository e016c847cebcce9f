//! Words inside the plot: names at the ends of lines, events and breaks.
//!
//! Lives here: where such words find room. May not live here: what they say.

use super::canvas::{Anchor, Canvas, Letters};
use super::furniture::{Frame, NAME};
use super::lettering;
use super::look::{Colour, SMALL};
use super::series::Series;

/// Something that happened at a moment, to be written above the plot.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Note {
    pub x: f64,
    pub text: String,
    pub colour: Colour,
    /// Drawn fainter: an event rather than a break.
    pub quiet: bool,
}

/// A note and its row above the plot, counted from below; None: no room.
pub(super) type Placed = (Note, Option<usize>);

/// The height of a row of notes, in units.
pub(super) const ROW: f64 = 22.0;

/// Gives notes their rows. Breaks come before events: if not all breaks find
/// room for their words, every other event goes without, then three of four.
pub(super) fn rows(canvas: &Canvas, notes: &[Note], most: usize, right: f64) -> Vec<Placed> {
    let (events, breaks): (Vec<Note>, Vec<Note>) = notes.iter().cloned().partition(|note| note.quiet);
    let mut every = 1;
    loop {
        let worded = events.iter().step_by(every).cloned().chain(breaks.iter().cloned()).collect();
        let mut placed = assigned(canvas, worded, most, right);
        let missing = placed.iter().any(|(note, row)| !note.quiet && row.is_none());
        if !missing || every > events.len() {
            let silent = events.iter().enumerate().filter(|(index, _)| index % every != 0);
            placed.extend(silent.map(|(_, note)| (note.clone(), None)));
            return placed;
        }
        every *= 2;
    }
}

/// Gives each note a row, from right to left, so that a note which runs into
/// its right neighbour stands above it and no line crosses words. The words
/// start at their line and end before `right`.
fn assigned(canvas: &Canvas, mut notes: Vec<Note>, most: usize, right: f64) -> Vec<Placed> {
    let unit = canvas.unit();
    notes.sort_by(|one, two| one.x.total_cmp(&two.x).then(one.text.cmp(&two.text)));
    notes.dedup_by(|one, two| one.text == two.text && (one.x - two.x).abs() < 1.0);
    // Where the words of each row begin that was written last.
    let mut starts: Vec<f64> = vec![right; most];
    let mut placed: Vec<Placed> = Vec::new();
    for mut note in notes.into_iter().rev() {
        let start = note.x + 5.0 * unit;
        note.text = lettering::fit(&note.text, 460.0 * unit, SMALL * unit, false);
        let whole = lettering::width(&note.text, SMALL * unit, false);
        let mut row = starts.iter().position(|next| start + whole + 12.0 * unit <= *next);
        if row.is_none() {
            // Near the right edge the words are cut; elsewhere they are dropped.
            let room = right - start;
            let free = starts.iter().position(|next| *next >= right);
            if let (Some(free), true) = (free, room >= 60.0 * unit && room < whole) {
                note.text = lettering::fit(&note.text, room, SMALL * unit, false);
                row = Some(free);
            }
        }
        // The line up to this row must not cross words of a lower one.
        if let Some(row) = row {
            starts[..=row].fill(note.x);
        }
        placed.push((note, row));
    }
    placed.reverse();
    placed
}

/// Draws lines and words of notes; how many found no room for their words.
pub(super) fn write(canvas: &mut Canvas, frame: &Frame, placed: &[Placed]) -> usize {
    let unit = canvas.unit();
    let mut left_out = 0;
    for (note, row) in placed {
        let top = match row {
            Some(row) => frame.top - 8.0 * unit - ROW * unit * *row as f64 - 14.0 * unit,
            None => frame.top,
        };
        let ground = canvas.palette().ground;
        let (colour, share, width) = match (note.quiet, row.is_some()) {
            (true, true) => (canvas.palette().rule, 1.0, 1.0),
            (true, false) => (canvas.palette().rule, 0.35, 1.0),
            (false, _) => (note.colour, 0.75, 2.0),
        };
        let colour = colour.over(share, ground);
        canvas.upright(note.x, (top, frame.bottom), width * unit, colour);
        let letters = canvas.letters(SMALL, false, note.colour);
        let baseline = frame.top - 8.0 * unit - ROW * unit * row.unwrap_or(0) as f64;
        let at = (note.x + 5.0 * unit, baseline);
        if row.is_none() || !canvas.write(&note.text, at, Anchor::Start, &letters) {
            left_out += 1;
        }
    }
    left_out
}

/// Writes each actor's name at the end of its line: in the margin for those
/// who still speak at the end, beside the last dot for the others.
pub(super) fn names(canvas: &mut Canvas, frame: &Frame, series: &[Series], right: f64) {
    let mut ends: Vec<(&Series, (f64, f64))> =
        series.iter().filter_map(|one| one.end(frame).map(|end| (one, end))).collect();
    ends.sort_by(|one, two| one.1.1.total_cmp(&two.1.1).then(one.0.id.cmp(two.0.id)));
    let margin = frame.right - 0.15 * (frame.right - frame.left);
    let (late, early): (Vec<_>, Vec<_>) = ends.into_iter().partition(|(_, end)| end.0 >= margin);
    in_margin(canvas, frame, &late, right);
    let dots = obstacles(frame, series);
    for (one, end) in early {
        let letters = canvas.letters(NAME, true, one.colour);
        let name = lettering::fit(one.name, 0.3 * canvas.width(), letters.size, true);
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
        let name = lettering::fit(one.name, right - start, letters.size, true);
        let last = one.points.last().map_or(0.0, |point| super::series::radius(point.statements));
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
        all.extend(
            one.points
                .iter()
                .map(|point| (frame.x(super::series::middle(point)), frame.y(point.mean.unwrap_or(0.0)))),
        );
        for place in one.line.iter().flat_map(|line| line.pieces.iter().flatten()) {
            all.push((frame.x(super::scale::years(place.day)), frame.y(place.value)));
        }
        all.extend(
            one.seen
                .iter()
                .take(2000)
                .map(|seen| (frame.x(super::scale::years(seen.day())), frame.y(seen.value))),
        );
    }
    all
}

/// Writes a name near a dot where it covers least.
pub(super) fn beside(
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
                let covers = obstacles
                    .iter()
                    .filter(|(x, y)| {
                        *x > place.x0 - 4.0 * unit
                            && *x < place.x1 + 4.0 * unit
                            && *y > place.y0 - 3.0 * unit
                            && *y < place.y1 + 3.0 * unit
                    })
                    .count();
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
        canvas.block((place.x0 - 2.0, place.y0), (place.x1 + 2.0, place.y1), ground, 0.7);
        canvas.write(name, at, anchor, letters);
    }
}
