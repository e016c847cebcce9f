//! Charts: values to pictures.
//!
//! Lives here: the charts and how they are drawn (plotters). May not live
//! here: any statistic but the place of a mark, or which actors are shown.
//! The font is embedded; no system font is needed. A chart is first a list of
//! shapes (`canvas`), so that PNG and SVG show the same and a test can look at
//! every label; words that would touch others are not written.

pub(crate) mod annotations;
pub(crate) mod axes;
pub(crate) mod canvas;
pub(crate) mod cases;
pub(crate) mod counts;
pub(crate) mod frame;
pub(crate) mod heatmap;
pub(crate) mod panels;
pub(crate) mod position;
pub(crate) mod series;
pub(crate) mod shift;
pub(crate) mod terms;
pub(crate) mod test_data;
pub(crate) mod theme;

pub use crate::report::charts::axes::{AxesChart, axes};
use crate::report::charts::canvas::glyphs;
use crate::report::charts::canvas::paint;
pub use crate::report::charts::canvas::{LabelBox, Mark};
pub use crate::report::charts::heatmap::{HeatChart, heatmap};
pub use crate::report::charts::position::{PositionChart, position};
pub use crate::report::charts::shift::{ShiftChart, ShiftRow, shift};
pub use crate::report::charts::terms::{TermChart, terms};
pub use crate::report::charts::theme::{Colour, Look, Palette, Theme};

use crate::error::Result;
use crate::report::charts::canvas::Canvas;

/// A chart that was drawn: an SVG, and what can be pointed at on it.
pub struct Drawing {
    /// A whole SVG element, `width` x `height`, without references to anything
    /// outside itself.
    pub svg: String,
    /// In pixels of the SVG.
    pub width: u32,
    /// In pixels of the SVG.
    pub height: u32,
    /// Dots of statements and of periods, in the order in which they lie on
    /// one another.
    pub marks: Vec<Mark>,
    /// Every text on the chart.
    pub labels: Vec<LabelBox>,
    canvas: Canvas,
}

impl Drawing {
    /// The description is for those who cannot see the picture.
    fn finished(canvas: Canvas, description: &[&str]) -> Result<Drawing> {
        let sentences: Vec<String> = description
            .iter()
            .filter(|sentence| !sentence.is_empty())
            .map(|sentence| match sentence.ends_with(['.', '?', '!']) {
                true => sentence.to_string(),
                false => format!("{sentence}."),
            })
            .collect();
        Ok(Drawing {
            svg: paint::svg(&canvas, &sentences.join(" "))?,
            width: canvas.look.size.0,
            height: canvas.look.size.1,
            marks: canvas.marks.clone(),
            labels: canvas.labels.clone(),
            canvas,
        })
    }

    /// Texts with letters that the embedded font lacks: a PNG shows these letters
    /// as boxes, an SVG whatever font its viewer has for them.
    pub fn boxes(&self) -> impl Iterator<Item = &str> {
        let texts = self.labels.iter().map(|label| label.text.as_str());
        texts.filter(|text| text.chars().any(|letter| !glyphs::has(letter)))
    }

    /// The same picture as the bytes of a PNG, at the dots per inch of its
    /// look.
    pub fn png(&self) -> Result<Vec<u8>> {
        paint::png(&self.canvas)
    }
}
