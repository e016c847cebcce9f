//! The charts of a run as the page shows them.

use crate::error::Result;
use crate::report::page::{Picture, Spot};
use crate::report::{ChartInput, Look, Mark, Theme, draw_all};

/// The size of charts in the page: about that of its column, so that their
/// text is not made smaller.
const PAGE: (u32, u32) = (1120, 660);
/// Single statements in a chart of the page: each is an element to be clicked, and
/// a page of tens of thousands of elements opens slowly.
const PAGE_DOTS: usize = 1000;
/// Single statements in a chart file.
pub const DOTS: usize = 3000;

/// The charts as the page shows them: light and dark.
pub fn pictures(input: &ChartInput) -> Result<Vec<Picture>> {
    let look = |theme| Look { theme, size: PAGE, ..Look::default() };
    let input = ChartInput { dots: PAGE_DOTS, ..*input };
    let light = draw_all(&input, &look(Theme::Light))?;
    let dark = draw_all(&input, &look(Theme::Dark))?;
    Ok(light
        .into_iter()
        .zip(dark)
        .map(|((chart, light), (_, dark))| Picture {
            id: chart.name.into(),
            title: chart.title.into(),
            summary: chart.summary.into(),
            size: (light.width, light.height),
            spots: light.marks.iter().map(spot).collect(),
            light: light.svg,
            dark: dark.svg,
        })
        .collect())
}

fn spot(mark: &Mark) -> Spot {
    Spot { x: mark.x, y: mark.y, radius: mark.radius, key: mark.key.clone(), title: mark.title.clone() }
}
