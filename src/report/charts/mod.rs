//! Charts: values to pictures (plotters). The font is embedded; no system font is needed. A chart
//! is first a list of shapes (`canvas`), so that PNG and SVG show the same and a test can look at
//! every label; words that would touch others are not written.
//!
//! A new chart is a drawing (`X.rs`), its values (`data/X.rs`) and an entry in [`CHARTS`].

pub(crate) mod axes;
pub(crate) mod canvas;
pub(crate) mod drawing;
pub(crate) mod frame;
pub(crate) mod heatmap;
pub(crate) mod position;
pub(crate) mod shift;
pub(crate) mod terms;
pub(crate) mod tests;
pub(crate) mod theme;
/// The values of the charts, from scores and analysis.
pub(crate) mod data {
    pub(crate) mod axes;
    pub(crate) mod heatmap;
    pub(crate) mod input;
    pub(crate) mod position;
    pub(crate) mod shift;
    pub(crate) mod terms;
}

use crate::error::Result;
use crate::report::charts::data::input::ChartInput;
use crate::report::charts::drawing::Drawing;
use crate::report::charts::theme::Look;

/// A chart that a run can draw.
pub struct Chart {
    /// Name of its files, without the ending.
    pub name: &'static str,
    /// Heading in the page.
    pub title: &'static str,
    /// What it shows, for those who cannot see it.
    pub summary: &'static str,
    /// Draws it; None where the input does not allow it.
    draw: fn(&ChartInput, &Look) -> Result<Option<Drawing>>,
}

impl Chart {
    /// Draws the chart; None where the input does not allow it.
    pub fn draw(&self, input: &ChartInput, look: &Look) -> Result<Option<Drawing>> {
        (self.draw)(input, look)
    }
}

/// All charts, in the order of the page.
pub const CHARTS: [Chart; 6] = [
    Chart {
        name: "position",
        title: "Position over time",
        summary: "Means per period with intervals, a smooth line, single statements",
        draw: |input, look| position::position(&data::position::chosen(input), look).map(Some),
    },
    Chart {
        name: "position-all",
        title: "Everybody",
        summary: "The same for each speaker in a small frame, on the same scales",
        draw: |input, look| {
            data::position::everybody(input).map(|chart| position::position(&chart, look)).transpose()
        },
    },
    Chart {
        name: "shift",
        title: "Before and after",
        summary: "Means in the two windows, with the interval of each change",
        draw: |input, look| data::shift::shift(input).map(|chart| shift::shift(&chart, look)).transpose(),
    },
    Chart {
        name: "heatmap",
        title: "Speakers and periods",
        summary: "Means as colours from pole to pole, empty where nothing was said",
        draw: |input, look| heatmap::heatmap(&data::heatmap::heatmap(input), look).map(Some),
    },
    Chart {
        name: "terms",
        title: "Terms that moved",
        summary: "What single terms contributed in each window",
        draw: |input, look| data::terms::terms(input).map(|chart| terms::terms(&chart, look)).transpose(),
    },
    Chart {
        name: "axes",
        title: "Both axes",
        summary: "Means on both axes at once, joined in order of time",
        draw: |input, look| data::axes::axes(input).map(|chart| axes::axes(&chart, look)).transpose(),
    },
];

/// Draws all charts that the input allows, each with its drawing.
pub fn draw_all(input: &ChartInput, look: &Look) -> Result<Vec<(&'static Chart, Drawing)>> {
    let mut drawn = Vec::new();
    for chart in &CHARTS {
        if let Some(drawing) = chart.draw(input, look)? {
            drawn.push((chart, drawing));
        }
    }
    Ok(drawn)
}
