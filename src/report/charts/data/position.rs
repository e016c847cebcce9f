//! The values of the position chart: which actors, statements, lines and breaks it shows.

use crate::model::{Line, ScoredRow, TrendPoint};
use crate::report::charts::data::input::Actor;
use crate::report::charts::data::input::ChartInput;
use crate::report::charts::position::chart::PositionChart;
use std::collections::HashSet;

/// The chart of the chosen actors: those who were asked for, or the four with most statements.
pub fn chosen(input: &ChartInput) -> PositionChart {
    let more = if input.all_asked() { input.undrawn() } else { String::new() };
    position(input, input.chosen(), &more)
}

/// The chart of everybody with a name; None if the first chart shows them all or was asked to
/// show somebody else.
pub fn everybody(input: &ChartInput) -> Option<PositionChart> {
    let everybody = input.everybody();
    if !input.draw.is_empty() || everybody.len() <= input.chosen().len() {
        return None;
    }
    let chart = position(input, everybody, &input.undrawn());
    Some(PositionChart { title: format!("{}: everybody with a score", input.axis.name), ..chart })
}

fn position(input: &ChartInput, actors: Vec<Actor>, more: &str) -> PositionChart {
    let axis = input.axis;
    // There may be as many actors as statements.
    let ids: HashSet<&str> = actors.iter().map(|(id, _)| id.as_str()).collect();
    let shown = |id: &str| ids.contains(id);
    let points: Vec<TrendPoint> = input
        .points
        .iter()
        .filter(|point| point.axis == axis.id && shown(&point.actor_id))
        .cloned()
        .collect();
    let numbers = input.numbers(shown);
    let drawn = |row: &ScoredRow| numbers[row.actor as usize] && input.on(row, axis);
    let (observations, every) = input.observations(drawn);
    // What was thinned out before is not thinned out again.
    let (dots, thinned) = match every {
        1 => (input.dots, String::new()),
        _ => (usize::MAX, format!("; one in {every} single statements is drawn")),
    };
    let lines: Vec<Line> = input
        .analysis
        .lines
        .iter()
        .filter(|line| line.axis == axis.id && shown(&line.actor_id))
        .cloned()
        .collect();
    // What is undecided must not look like a fact.
    let breaks = input
        .analysis
        .breaks
        .iter()
        .filter(|found| found.decided && found.axis == axis.id && shown(&found.actor_id))
        .cloned()
        .collect();
    let unsmoothed = points.iter().any(|point| !lines.iter().any(|line| line.actor_id == point.actor_id));
    let thin = if unsmoothed { " Thin line: fewer than 5 periods." } else { "" };
    PositionChart {
        title: title(input),
        subtitle: format!(
            "Dots: means per {}, larger with more statements, hollow below 3; thin bars: 95 % intervals. \
             Line and band: LOESS with 95 % band.{thin} Faint dots: single statements.",
            input.unit_of_time()
        ),
        axis: axis.clone(),
        caption: input
            .caption(input.basis(drawn), &format!("; intervals from resampling articles{thinned}{more}")),
        actors,
        points,
        observations,
        lines,
        breaks,
        events: input.analysis.events.clone(),
        dots,
    }
}

/// "Integration or sovereignty?"
fn title(input: &ChartInput) -> String {
    let axis = input.axis;
    let mut letters = axis.positive.chars();
    let first: String = letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
    format!("{}: {first}{} or {}?", axis.name, letters.as_str(), axis.negative)
}
