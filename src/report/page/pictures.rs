//! Charts in the page, with places that can be pointed at and clicked.
//!
//! Lives here: the layer of links over a drawing. May not live here: drawing.

use super::link::encode;
use serde::Serialize;

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Unique in the page; also the name of its files without extension.
    pub id: String,
    /// Heading.
    pub title: String,
    /// What it shows, for those who cannot see it.
    pub summary: String,
    /// The drawing as SVG for a light and for a dark page.
    pub light: String,
    /// The same for a dark page.
    pub dark: String,
    /// Size of the drawing, in its own units.
    pub size: (u32, u32),
    /// What can be pointed at.
    pub spots: Vec<Spot>,
}

/// A mark of a drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// Middle, in units of the drawing.
    pub x: f64,
    /// Middle, downwards.
    pub y: f64,
    /// Size of the mark.
    pub radius: f64,
    /// Id of a statement, or `ACTOR|AXIS|PERIOD`.
    pub key: String,
    /// In words.
    pub title: String,
}

/// A picture as the template needs it.
#[derive(Debug, Serialize)]
pub struct PictureView {
    id: String,
    title: String,
    summary: String,
    light: String,
    dark: String,
    width: u32,
    height: u32,
    spots: Vec<SpotView>,
}

#[derive(Debug, Serialize)]
struct SpotView {
    x: f64,
    y: f64,
    radius: f64,
    key: String,
    href: String,
    title: String,
    period: bool,
}

/// Least radius of what a finger can hit, in units of the drawing.
const LEAST: f64 = 7.0;

/// The picture for the template. A mark of a period leads to the section of its
/// actor, a mark of a statement to its row; with scripts the first filters the
/// table, too.
pub fn view(picture: Picture, is_period: &dyn Fn(&str) -> bool) -> PictureView {
    let mut spots: Vec<SpotView> = picture
        .spots
        .into_iter()
        .map(|spot| {
            let period = is_period(&spot.key);
            let target = match spot.key.split('|').next() {
                Some(actor) if period => format!("#actor-{}", encode(actor)),
                _ => format!("#s-{}", encode(&spot.key)),
            };
            let tenth = |value: f64| (value * 10.0).round() / 10.0;
            SpotView {
                x: tenth(spot.x),
                y: tenth(spot.y),
                radius: tenth(spot.radius.max(LEAST)),
                href: target,
                key: spot.key,
                title: spot.title,
                period,
            }
        })
        .collect();
    // Periods lie over single statements, which they would hide else.
    spots.sort_by_key(|spot| spot.period);
    PictureView {
        id: picture.id,
        title: picture.title,
        summary: picture.summary,
        light: inline(&picture.light),
        dark: inline(&picture.dark),
        width: picture.size.0,
        height: picture.size.1,
        spots,
    }
}

/// The SVG element alone, without an XML declaration.
fn inline(svg: &str) -> String {
    svg.find("<svg").map_or(String::new(), |start| svg[start..].to_string())
}
