//! Charts in the page, with a layer of links over the marks of the drawing.

use crate::error::Result;
use crate::report::charts::canvas::Mark;
use crate::report::charts::data::input::ChartInput;
use crate::report::charts::draw_all;
use crate::report::charts::theme::{Look, Theme};
use crate::report::page::link::encode;
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

/// The size of charts in the page: about that of its column, so that their
/// text is not made smaller.
const PAGE: (u32, u32) = (1120, 660);
/// Single statements in a chart of the page: each is an element to be clicked, and
/// a page of tens of thousands of elements opens slowly.
const PAGE_DOTS: usize = 1000;

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

/// A picture as the template needs it.
#[derive(Debug, Serialize)]
pub struct PictureView {
    id: String,
    title: String,
    summary: String,
    /// For both themes; or for a light page, with `dark` beside it.
    drawing: String,
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
pub fn view(picture: Picture, is_period: &dyn Fn(&str) -> bool, colours: &mut Colours) -> PictureView {
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
    let (light, dark) = (inline(&picture.light), inline(&picture.dark));
    let (drawing, dark) = match colours.both(&light, &dark) {
        Some(both) => (both, String::new()),
        None => (light, dark),
    };
    PictureView {
        id: picture.id,
        title: picture.title,
        summary: picture.summary,
        drawing,
        dark,
        width: picture.size.0,
        height: picture.size.1,
        spots,
    }
}

/// The colours of all drawings, light and dark, as variables of the style sheet:
/// so a chart stands once in the page and not once for each theme.
#[derive(Debug, Default)]
pub struct Colours {
    pairs: Vec<(String, String)>,
}

impl Colours {
    /// One drawing for both themes; None when the two differ in more than their
    /// colours.
    fn both(&mut self, light: &str, dark: &str) -> Option<String> {
        let mut drawn = String::with_capacity(light.len());
        let mut parts = light.split(COLOUR).zip(dark.split(COLOUR));
        if light.matches(COLOUR).count() != dark.matches(COLOUR).count() {
            return None;
        }
        let (first, same) = parts.next()?;
        drawn.push_str(first);
        if first != same {
            return None;
        }
        for (one, two) in parts {
            let colour = |part: &str| Some(part.get(..6)?.to_string()).filter(|digits| is_hex(digits));
            let (pair, rest) = ((colour(one)?, colour(two)?), &one[6..]);
            if rest != &two[6..] {
                return None;
            }
            let known = self.pairs.iter().position(|known| *known == pair);
            let index = known.unwrap_or_else(|| {
                self.pairs.push(pair);
                self.pairs.len() - 1
            });
            drawn.push_str(&format!("=\"var(--k{index})"));
            drawn.push_str(rest);
        }
        Some(drawn)
    }

    /// The variables, as CSS. Paper is light.
    pub fn css(&self) -> String {
        let list = |of: fn(&(String, String)) -> &String| -> String {
            let named = self.pairs.iter().enumerate();
            named.map(|(index, pair)| format!("--k{index}:#{};", of(pair))).collect()
        };
        format!(
            ":root {{ {} }}\n@media screen and (prefers-color-scheme: dark) {{ :root {{ {} }} }}\n",
            list(|pair| &pair.0),
            list(|pair| &pair.1)
        )
    }
}

/// Where a colour begins in an SVG.
const COLOUR: &str = "=\"#";

fn is_hex(digits: &str) -> bool {
    digits.bytes().all(|digit| digit.is_ascii_hexdigit())
}

/// The SVG element alone, without an XML declaration.
fn inline(svg: &str) -> String {
    svg.find("<svg").map_or(String::new(), |start| svg[start..].to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_stands_once_for_both_themes() {
        let drawn = |ground: &str, ink: &str| {
            format!(
                r##"<svg><rect fill="#{ground}"/><text fill="#{ink}">#1</text><rect fill="#{ground}"/></svg>"##
            )
        };
        let mut colours = Colours::default();
        let both = colours.both(&drawn("FFFFFF", "000000"), &drawn("101010", "EEEEEE")).unwrap();
        assert_eq!(
            both,
            r##"<svg><rect fill="var(--k0)"/><text fill="var(--k1)">#1</text><rect fill="var(--k0)"/></svg>"##
        );
        assert!(colours.css().starts_with(":root { --k0:#FFFFFF;--k1:#000000; }\n@media screen"));
        assert!(colours.css().contains("{ --k0:#101010;--k1:#EEEEEE; }"));
        // Drawings that differ otherwise stand both.
        assert_eq!(colours.both("<svg><g/></svg>", "<svg></svg>"), None);
        assert_eq!(colours.both(&drawn("FFFFFF", "000000"), "<svg fill=\"#FFFFFF\"></svg>"), None);
    }
}
