//! The values of the chart of terms.

use crate::model::{ScoredRow, Window};
use crate::report::charts::data::input::{ChartInput, window_label};
use crate::report::charts::terms::TermChart;
use chrono::NaiveDate;

/// The terms behind the movement of one actor between the windows of
/// `--compare`, or between the halves of what was said.
pub fn terms(input: &ChartInput) -> Option<TermChart> {
    let term_shifts = input.term_shifts?;
    let (id, name) = input.chosen().into_iter().next()?;
    let axis = input.axis;
    let own = |row: &ScoredRow| input.on(row, axis) && input.by(row, &id);
    let scores = &input.scores;
    let mut days: Vec<NaiveDate> = scores.rows().filter(own).map(|row| row.day()).collect();
    days.sort_unstable();
    let windows = input.windows.first().cloned().or_else(|| halves(&days));
    let actor = scores.rows().find(own).map(|row| row.actor);
    let (terms, labels) = match (&windows, actor) {
        (Some((one, two)), Some(actor)) => {
            let count = |window: &Window| {
                days.iter().filter(|day| window.from <= **day && **day <= window.to).count()
            };
            let statements = [count(one), count(two)];
            let terms = term_shifts(actor, (one, two), statements);
            (terms, (window_label(&one.label), window_label(&two.label)))
        }
        (Some((one, two)), None) => (Vec::new(), (window_label(&one.label), window_label(&two.label))),
        (None, _) => (Vec::new(), (String::new(), String::new())),
    };
    let within = |window: &Window, day| window.from <= day && day <= window.to;
    let inside = |row: &ScoredRow| {
        let compared = windows.as_ref();
        own(row) && compared.is_none_or(|(one, two)| within(one, row.day()) || within(two, row.day()))
    };
    Some(TermChart {
        title: format!("Which terms moved {name}?"),
        subtitle: format!(
            "What a term adds to {} per statement in {} (hollow) and {} (filled), and how often it counted. Blue: it moved \
             towards {}; orange: towards {}.",
            axis.name.to_lowercase(),
            labels.0,
            labels.1,
            axis.positive,
            axis.negative
        ),
        axis: axis.clone(),
        windows: labels,
        terms,
        caption: input
            .caption(input.basis(inside), "; the largest changes; sums of hits, before fitted weights"),
    })
}

/// The statements before the middle one, and the rest, by day.
fn halves(days: &[NaiveDate]) -> Option<(Window, Window)> {
    let (first, last) = (*days.first()?, *days.last()?);
    let middle = days[days.len() / 2];
    let before = middle.pred_opt().filter(|day| *day >= first)?;
    let window = |from, to| Window { label: format!("{from}..{to}"), from, to };
    Some((window(first, before), window(middle, last)))
}
