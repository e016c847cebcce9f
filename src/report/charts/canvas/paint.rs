//! From shapes to a picture, by plotters: the same for PNG and SVG. plotters counts in whole pixels, so a
//! PNG is drawn several times larger and scaled down afterwards, and an SVG in sixteenths of a pixel.

use crate::error::{Error, Result};
use crate::report::charts::canvas::png;
use crate::report::charts::canvas::text_layout;
use crate::report::charts::canvas::{Canvas, Letters, Shape};
use crate::report::charts::theme::{Colour, Look};
use plotters::backend::{BitMapBackend, DrawingBackend, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};

/// What a backend makes of a size and a place of text.
struct Setting {
    /// Backend pixels to a pixel of the layout.
    scale: f64,
    /// The size to give to plotters for an em of 1.
    em: f64,
    /// How far below the given place plotters puts the baseline, in ems.
    baseline: f64,
}

/// Sixteenths of a pixel are fine enough for an SVG.
const FINE: f64 = 16.0;

fn style(colour: Colour, alpha: f64, width: f64) -> ShapeStyle {
    ShapeStyle {
        color: RGBColor(colour.0, colour.1, colour.2).mix(alpha),
        filled: true,
        stroke_width: width.round().max(1.0) as u32,
    }
}

fn text_style(letters: &Letters, size: f64) -> TextStyle<'static> {
    let weight = if letters.bold { FontStyle::Bold } else { FontStyle::Normal };
    let colour = letters.colour;
    TextStyle {
        font: FontDesc::new(FontFamily::Name(text_layout::FAMILY), size, weight),
        color: RGBColor(colour.0, colour.1, colour.2).to_backend_color(),
        pos: Pos::new(HPos::Left, VPos::Top),
    }
}

/// Draws all shapes on a backend of plotters.
fn paint<B: DrawingBackend>(
    shapes: &[Shape],
    backend: &mut B,
    setting: &Setting,
) -> std::result::Result<(), String> {
    let place = |(x, y): (f64, f64)| ((x * setting.scale).round() as i32, (y * setting.scale).round() as i32);
    for shape in shapes {
        match shape {
            Shape::Line { points, width, colour, alpha } => {
                let mut path: Vec<(i32, i32)> = points.iter().map(|point| place(*point)).collect();
                path.dedup();
                if path.len() < 2 {
                    continue;
                }
                backend.draw_path(path, &style(*colour, *alpha, width * setting.scale)).map_err(told)?;
            }
            Shape::Area { points, colour, alpha } => {
                let outline: Vec<(i32, i32)> = points.iter().map(|point| place(*point)).collect();
                backend.fill_polygon(outline, &style(*colour, *alpha, 1.0)).map_err(told)?;
            }
            Shape::Block { from, to, colour, alpha } => {
                // At least a pixel thick, its edges where pixels meet.
                let (x0, y0) = (from.0.round(), from.1.round());
                let x1 = (x0 + (to.0 - from.0).max(1.0)).round();
                let y1 = (y0 + (to.1 - from.1).max(1.0)).round();
                let style = style(*colour, *alpha, 1.0);
                backend.draw_rect(place((x0, y0)), place((x1, y1)), &style, true).map_err(told)?;
            }
            Shape::Disc { at, radius, colour, alpha } => {
                let radius = (radius * setting.scale).round().max(1.0) as u32;
                let style = style(*colour, *alpha, 1.0);
                backend.draw_circle(place(*at), radius, &style, true).map_err(told)?;
            }
            Shape::Words { at, letters, text, .. } => {
                let top = place((at.0, at.1 - setting.baseline * letters.size));
                let style = text_style(letters, letters.size * setting.em * setting.scale);
                backend.draw_text(text, &style, top).map_err(told)?;
            }
        }
    }
    Ok(())
}

fn told(cause: impl std::fmt::Display) -> String {
    cause.to_string()
}

fn failed(cause: String) -> Error {
    Error::run("", "the chart cannot be drawn", "please report this").because(cause)
}

/// The chart as SVG text.
pub(crate) fn svg(canvas: &Canvas, description: &str) -> Result<String> {
    if !text_layout::ready() {
        return Err(failed("the embedded font does not load".into()));
    }
    let (width, height) = canvas.look.size;
    let mut text = String::new();
    {
        let size = (width * FINE as u32, height * FINE as u32);
        let mut backend = SVGBackend::with_string(&mut text, size);
        // plotters writes a font size of 1/1.24 and a baseline at 0.76 em.
        let setting = Setting { scale: FINE, em: 1.24, baseline: 0.76 };
        paint(&canvas.shapes, &mut backend, &setting).map_err(failed)?;
        backend.present().map_err(|cause| failed(cause.to_string()))?;
    }
    Ok(framed(&text, canvas, description))
}

/// plotters' SVG in pixels of the layout, with round joins, a description for
/// those who cannot see it, and every text held to the width it was given.
fn framed(drawn: &str, canvas: &Canvas, description: &str) -> String {
    let (width, height) = canvas.look.size;
    let inside = drawn.split_once('>').map_or("", |(_, rest)| rest);
    let inside = inside.trim_end().trim_end_matches("</svg>");
    let mut widths = canvas.shapes.iter().filter_map(|shape| match shape {
        Shape::Words { wide, .. } => Some(wide * FINE),
        _ => None,
    });
    let mut pieces = inside.split("<text ");
    let mut body = pieces.next().unwrap_or("").to_string();
    for piece in pieces {
        let wide = widths.next().unwrap_or(0.0);
        body.push_str(&format!("<text textLength=\"{wide:.0}\" lengthAdjust=\"spacingAndGlyphs\" "));
        body.push_str(piece);
    }
    let body = body.replace("\n</text>", "</text>").replace(" opacity=\"1\"", "");
    let mut label = String::new();
    for letter in text_layout::clean(description).chars() {
        match letter {
            '<' => label.push_str("&lt;"),
            '>' => label.push_str("&gt;"),
            '&' => label.push_str("&amp;"),
            '"' => label.push_str("&quot;"),
            other => label.push(other),
        }
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{label}\">\n\
         <g transform=\"scale({})\" stroke-linejoin=\"round\" stroke-linecap=\"round\">{body}</g>\n</svg>\n",
        1.0 / FINE
    )
}

/// The size of the PNG of a chart in pixels.
pub(crate) fn size(look: &Look) -> (u32, u32) {
    let zoom = f64::from(look.dpi) / 96.0;
    let pixels = |length: u32| ((f64::from(length) * zoom).round() as u32).max(1);
    (pixels(look.size.0), pixels(look.size.1))
}

/// The chart as red, green and blue of each pixel.
pub(crate) fn pixels(canvas: &Canvas) -> Result<Vec<u8>> {
    if !text_layout::ready() {
        return Err(failed("the embedded font does not load".into()));
    }
    let size = size(&canvas.look);
    let finer = png::finer(size);
    let large = (size.0 * finer, size.1 * finer);
    let mut buffer = vec![0; large.0 as usize * large.1 as usize * 3];
    {
        let mut backend = BitMapBackend::with_buffer(&mut buffer, large);
        // plotters draws the baseline at half of the given size.
        let setting = Setting {
            scale: f64::from(canvas.look.dpi) / 96.0 * f64::from(finer),
            em: text_layout::HEIGHT,
            baseline: text_layout::HEIGHT / 2.0,
        };
        paint(&canvas.shapes, &mut backend, &setting).map_err(failed)?;
        backend.present().map_err(|cause| failed(cause.to_string()))?;
    }
    Ok(png::smaller(&buffer, size, finer))
}

/// The chart as the bytes of a PNG.
pub(crate) fn png(canvas: &Canvas) -> Result<Vec<u8>> {
    let look = &canvas.look;
    png::encode(&pixels(canvas)?, size(look), look.dpi).map_err(|cause| failed(cause.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::canvas::Anchor;
    use proptest::prelude::*;
    use quick_xml::events::Event;

    /// What XML 1.0 allows; quick-xml does not ask.
    fn allowed(letter: char) -> bool {
        matches!(letter, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
    }

    fn letters() -> impl Strategy<Value = String> {
        let odd = "<>&\"'\u{0}\u{1b}\u{7f}\u{85}\u{fffe}\u{ffff}\u{2028}\u{202e}\u{feff}\u{1fffe}]- ";
        let odd = proptest::sample::select(odd.chars().collect::<Vec<char>>());
        proptest::collection::vec(prop_oneof![odd, any::<char>()], 0..12)
            .prop_map(|letters| letters.into_iter().collect())
    }

    proptest! {
        #[test]
        fn any_words_make_a_well_formed_svg(words in letters(), description in letters()) {
            let mut canvas = Canvas::new(&Look::default());
            let style = canvas.letters(20.0, false, Colour(0, 0, 0));
            canvas.write(&words, (200.0, 200.0), Anchor::Start, &style);
            let svg = svg(&canvas, &description).unwrap();
            prop_assert!(svg.chars().all(allowed), "{:?}", svg);
            let mut reader = quick_xml::Reader::from_str(&svg);
            let (mut depth, mut shown) = (0, String::new());
            loop {
                match reader.read_event().unwrap() {
                    Event::Start(tag) => {
                        depth += 1;
                        for attribute in tag.attributes() {
                            attribute.unwrap().unescape_value().unwrap();
                        }
                    }
                    Event::End(_) => depth -= 1,
                    Event::Text(text) => shown.push_str(&text.decode().unwrap()),
                    Event::GeneralRef(_) => shown.push('&'),
                    Event::Eof => break,
                    _ => {}
                }
            }
            prop_assert_eq!(depth, 0);
            let plain = words.chars().all(|c| c.is_ascii_alphanumeric());
            prop_assert!(!plain || shown.contains(&words));
        }
    }
}
