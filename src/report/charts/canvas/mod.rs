//! What a chart consists of before it is a picture: shapes, words, marks. Words that would leave the
//! canvas or touch other words are not written.

pub(crate) mod glyphs;
pub(crate) mod paint;
pub(crate) mod png;
pub(crate) mod scale;
pub(crate) mod text_layout;

use crate::report::charts::theme::{Colour, Look, Palette};

/// A place a reader may ask about: a dot and what it stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Middle, in pixels of the SVG.
    pub x: f64,
    /// Middle, in pixels of the SVG, downwards.
    pub y: f64,
    /// In pixels of the SVG.
    pub radius: f64,
    /// A statement's id, or "actor_id|axis|period".
    pub key: String,
    /// What to show when it is pointed at.
    pub title: String,
}

/// A line of text and the box it fills, in pixels of the SVG.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelBox {
    /// Left.
    pub x0: f64,
    /// Top.
    pub y0: f64,
    /// Right.
    pub x1: f64,
    /// Bottom.
    pub y1: f64,
    /// The words.
    pub text: String,
}

impl LabelBox {
    /// True if two boxes share a point inside.
    pub fn meets(&self, other: &LabelBox) -> bool {
        self.x0 < other.x1 && other.x0 < self.x1 && self.y0 < other.y1 && other.y0 < self.y1
    }
}

/// Which end of the words stands at their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// How words are set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Letters {
    /// The em in pixels.
    pub size: f64,
    pub bold: bool,
    pub colour: Colour,
}

/// One thing drawn; places in pixels.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shape {
    /// A line through points.
    Line { points: Vec<(f64, f64)>, width: f64, colour: Colour, alpha: f64 },
    /// A filled outline.
    Area { points: Vec<(f64, f64)>, colour: Colour, alpha: f64 },
    /// A filled rectangle, its edges on whole pixels.
    Block { from: (f64, f64), to: (f64, f64), colour: Colour, alpha: f64 },
    /// A disc.
    Disc { at: (f64, f64), radius: f64, colour: Colour, alpha: f64 },
    /// Words on a baseline, left end first.
    Words { at: (f64, f64), wide: f64, letters: Letters, text: String },
}

/// A chart being drawn.
pub(crate) struct Canvas {
    pub look: Look,
    unit: f64,
    pub shapes: Vec<Shape>,
    pub labels: Vec<LabelBox>,
    pub marks: Vec<Mark>,
}

impl Canvas {
    pub fn new(look: &Look) -> Canvas {
        Canvas::of_height(look, f64::from(look.size.1))
    }

    /// A canvas as high as its content, at most as high as the look.
    pub fn of_height(look: &Look, height: f64) -> Canvas {
        let size = (look.size.0, (height.ceil().max(1.0) as u32).min(look.size.1));
        let mut canvas = Canvas {
            look: Look { size, ..*look },
            unit: look.unit(),
            shapes: Vec::new(),
            labels: Vec::new(),
            marks: Vec::new(),
        };
        let whole = (canvas.width(), canvas.height());
        canvas.block((0.0, 0.0), whole, look.palette().ground, 1.0);
        canvas
    }

    pub fn width(&self) -> f64 {
        f64::from(self.look.size.0)
    }

    pub fn height(&self) -> f64 {
        f64::from(self.look.size.1)
    }

    pub fn unit(&self) -> f64 {
        self.unit
    }

    pub fn palette(&self) -> &'static Palette {
        self.look.palette()
    }

    /// Letters of this many units.
    pub fn letters(&self, units: f64, bold: bool, colour: Colour) -> Letters {
        Letters { size: units * self.unit(), bold, colour }
    }

    pub fn line(&mut self, points: Vec<(f64, f64)>, width: f64, colour: Colour, alpha: f64) {
        if points.len() > 1 {
            self.shapes.push(Shape::Line { points, width, colour, alpha });
        }
    }

    /// A horizontal line as a block, so that it stands on whole pixels.
    pub fn across(&mut self, x: (f64, f64), y: f64, width: f64, colour: Colour) {
        self.block((x.0, y - width / 2.0), (x.1, y + width / 2.0), colour, 1.0);
    }

    /// A vertical one.
    pub fn upright(&mut self, x: f64, y: (f64, f64), width: f64, colour: Colour) {
        self.block((x - width / 2.0, y.0), (x + width / 2.0, y.1), colour, 1.0);
    }

    pub fn area(&mut self, points: Vec<(f64, f64)>, colour: Colour, alpha: f64) {
        if points.len() > 2 {
            self.shapes.push(Shape::Area { points, colour, alpha });
        }
    }

    pub fn block(&mut self, from: (f64, f64), to: (f64, f64), colour: Colour, alpha: f64) {
        self.shapes.push(Shape::Block { from, to, colour, alpha });
    }

    pub fn disc(&mut self, at: (f64, f64), radius: f64, colour: Colour, alpha: f64) {
        self.shapes.push(Shape::Disc { at, radius, colour, alpha });
    }

    /// The box that words would fill.
    pub fn boxed(&self, text: &str, at: (f64, f64), anchor: Anchor, letters: &Letters) -> LabelBox {
        let text = text_layout::clean(text);
        let wide = text_layout::width(&text, letters.size, letters.bold);
        let x0 = match anchor {
            Anchor::Start => at.0,
            Anchor::Middle => at.0 - wide / 2.0,
            Anchor::End => at.0 - wide,
        };
        LabelBox {
            x0,
            y0: at.1 - text_layout::ABOVE * letters.size,
            x1: x0 + wide,
            y1: at.1 + text_layout::BELOW * letters.size,
            text,
        }
    }

    /// True if words could be written there: on the canvas, a little apart
    /// from all others.
    pub fn free(&self, place: &LabelBox) -> bool {
        let inside =
            place.x0 >= 0.0 && place.y0 >= 0.0 && place.x1 <= self.width() && place.y1 <= self.height();
        let apart = 3.0 * self.unit();
        let wider = LabelBox { x0: place.x0 - apart, x1: place.x1 + apart, ..place.clone() };
        inside && !self.labels.iter().any(|label| label.meets(&wider))
    }

    /// Writes words on a baseline at `at`; false, and nothing is written, when
    /// they would leave the canvas or touch others.
    pub fn write(&mut self, text: &str, at: (f64, f64), anchor: Anchor, letters: &Letters) -> bool {
        let place = self.boxed(text, at, anchor, letters);
        if place.text.is_empty() || !self.free(&place) {
            return false;
        }
        self.shapes.push(Shape::Words {
            at: (place.x0, at.1),
            wide: place.x1 - place.x0,
            letters: *letters,
            text: place.text.clone(),
        });
        self.labels.push(place);
        true
    }
}
