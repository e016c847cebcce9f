//! The values of the heat map.

use crate::model::TrendPoint;
use crate::report::charts::data::input::ChartInput;
use crate::report::charts::heatmap::HeatChart;
use std::collections::HashSet;

/// Means of everybody by period.
pub fn heatmap(input: &ChartInput) -> HeatChart {
    let actors = input.everybody();
    let axis = input.axis;
    let points: Vec<TrendPoint> =
        input.points.iter().filter(|point| point.axis == axis.id).cloned().collect();
    let ids: HashSet<&str> = actors.iter().map(|(id, _)| id.as_str()).collect();
    let numbers = input.numbers(|id| ids.contains(id));
    let basis = input.basis(|row| input.on(row, axis) && numbers[row.actor as usize]);
    HeatChart {
        title: format!("{} by speaker and {}", axis.name, input.unit_of_time()),
        subtitle: "Colour: mean of the statements. Frame: fewer than 3. Empty: nothing was said. Most statements on top."
            .into(),
        axis: axis.clone(),
        actors,
        points,
        caption: input.caption(basis, &input.undrawn()),
    }
}
