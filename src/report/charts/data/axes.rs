//! The values of the chart of two axes.

use crate::model::{Axis, ScoredRow, TrendPoint};
use crate::report::charts::axes::AxesChart;
use crate::report::charts::data::input::ChartInput;

/// The two axes that weigh most in the drawn one, against each other; None if
/// it is not made of two.
pub fn axes(input: &ChartInput) -> Option<AxesChart> {
    let (id, name) = input.chosen().into_iter().next()?;
    let mut factors: Vec<(&String, &f64)> = input.formula.iter().collect();
    factors.sort_by(|one, two| two.1.abs().total_cmp(&one.1.abs()).then(two.1.total_cmp(one.1)));
    let known = |id: &str| -> Option<&Axis> { input.axes.iter().find(|axis| axis.id == id) };
    let (across, upwards) = (known(factors.first()?.0)?, known(factors.get(1)?.0)?);
    let of = |axis: &Axis| -> Vec<&TrendPoint> {
        let mut points: Vec<&TrendPoint> = input
            .points
            .iter()
            .filter(|point| point.axis == axis.id && point.actor_id == id && point.mean.is_some())
            .collect();
        points.sort_by_key(|point| point.start);
        points
    };
    let (one, two) = (of(across), of(upwards));
    let steps: Vec<(TrendPoint, TrendPoint)> = one
        .iter()
        .filter_map(|point| {
            let same = two.iter().find(|other| other.period == point.period)?;
            Some(((*point).clone(), (*same).clone()))
        })
        .collect();
    let alone = one.len() + two.len() - 2 * steps.len();
    let missing = match alone {
        0 => String::new(),
        1 => "; one period has a mean on one axis only and is not drawn".to_string(),
        more => format!("; {more} periods have a mean on one axis only and are not drawn"),
    };
    let both = |row: &ScoredRow| input.on(row, across) || input.on(row, upwards);
    let basis = input.basis(|row| input.by(row, &id) && both(row));
    Some(AxesChart {
        title: format!("{name}: {} and {}", across.name.to_lowercase(), upwards.name.to_lowercase()),
        subtitle: format!(
            "Means per {}, joined in order of time from pale to full; larger with more statements (the \
             smaller n of both axes), hollow below 3.",
            input.unit_of_time()
        ),
        across: across.clone(),
        upwards: upwards.clone(),
        name: name.clone(),
        steps,
        caption: input.caption(basis, &missing),
    })
}
