//! A finished chart: SVG, PNG, and the marks and labels on it.

use crate::error::Result;
use crate::report::charts::canvas::{Canvas, LabelBox, Mark, glyphs, paint};

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
    pub(crate) canvas: Canvas,
}

impl Drawing {
    /// The description is for those who cannot see the picture.
    pub(crate) fn finished(canvas: Canvas, description: &[&str]) -> Result<Drawing> {
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
    pub fn missing_glyphs(&self) -> impl Iterator<Item = &str> {
        let texts = self.labels.iter().map(|label| label.text.as_str());
        texts.filter(|text| text.chars().any(|letter| !glyphs::has(letter)))
    }

    /// The same picture as the bytes of a PNG, at the dots per inch of its
    /// look.
    pub fn png(&self) -> Result<Vec<u8>> {
        paint::png(&self.canvas)
    }
}
