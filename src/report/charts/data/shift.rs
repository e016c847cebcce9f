//! The values of the chart of shifts.

use crate::model::ScoredRow;
use crate::report::charts::data::input::{ChartInput, is_named, window_label};
use crate::report::charts::shift::{ShiftChart, ShiftRow};

/// Who moved between the windows of `--compare`: those with an interval
/// first, the larger change first.
pub fn shift(input: &ChartInput) -> Option<ShiftChart> {
    if input.windows.is_empty() {
        return None;
    }
    let axis = input.axis;
    let mut rows: Vec<ShiftRow> = input
        .analysis
        .shifts
        .iter()
        .filter(|shift| shift.axis == axis.id && shift.test == "permutation")
        .filter(|shift| is_named(&shift.actor_id, &shift.actor))
        .map(|shift| ShiftRow {
            name: shift.actor.clone(),
            windows: (window_label(&shift.window_a), window_label(&shift.window_b)),
            n: shift.n,
            means: shift.mean,
            interval: shift.interval,
            p: shift.p,
        })
        .collect();
    rows.sort_by(|one, two| {
        let change = |row: &ShiftRow| (row.means.1 - row.means.0).abs();
        let sure = |row: &ShiftRow| row.interval.is_some();
        sure(two)
            .cmp(&sure(one))
            .then(change(two).total_cmp(&change(one)))
            .then_with(|| one.name.cmp(&two.name))
    });
    let (question, before, after) = match input.windows {
        [(one, two)] => {
            let (one, two) = (window_label(&one.label), window_label(&two.label));
            (format!("who moved between {one} and {two}?"), one, two)
        }
        _ => ("who moved?".into(), "the first window".into(), "the second".into()),
    };
    let inside = |row: &ScoredRow| {
        let day = row.day();
        input
            .windows
            .iter()
            .any(|(one, two)| (one.from <= day && day <= one.to) || (two.from <= day && day <= two.to))
    };
    let basis = input.basis(|row| input.on(row, axis) && inside(row));
    Some(ShiftChart {
        title: format!("{}: {question}", axis.name),
        subtitle: format!(
            "Mean of the statements in {before} (hollow) and in {after} (filled). Band: 95 % interval of the change. \
             Blue: towards {}; orange: towards {}; grey: no clear change, or too few articles.",
            axis.positive, axis.negative
        ),
        axis: axis.clone(),
        rows,
        caption: input.caption(basis, "; bootstrap and permutation over articles; n counts articles"),
    })
}
