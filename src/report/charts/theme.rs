//! How a chart looks: theme, size, colours. The series colours are those of Okabe & Ito (2008),
//! which the colour-blind can tell apart, made darker for the light theme and
//! lighter for the dark one until text in them can be read (WCAG 2.2, 1.4.3:
//! a contrast of at least 4.5).

use crate::model::Choice;

/// Light or dark ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Dark ink on white.
    #[default]
    Light,
    /// Light ink on near-black.
    Dark,
}

impl Choice for Theme {
    const ALL: &'static [Theme] = &[Theme::Light, Theme::Dark];

    fn as_str(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

/// Theme and size of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Colours.
    pub theme: Theme,
    /// Width and height in layout pixels (96 to the inch); text grows and
    /// shrinks with them, but never below 11 pixels.
    pub size: (u32, u32),
    /// Pixels to the inch of a PNG: 192 gives twice the pixels of 96 for the
    /// same layout. An SVG has no use for it.
    pub dpi: u32,
}

impl Default for Look {
    fn default() -> Self {
        Look { theme: Theme::Light, size: (1600, 900), dpi: 96 }
    }
}

/// The smallest text, in units: 16 on a slide of 1600 x 900.
pub const SMALL: f64 = 16.0;
/// Text of charts is never smaller than this, in layout pixels.
pub const LEAST_TEXT: f64 = 11.0;

impl Look {
    /// Pixels to one unit of the layout: 1 at 1600 x 900.
    pub fn unit(&self) -> f64 {
        let (width, height) = (f64::from(self.size.0), f64::from(self.size.1));
        (width / 1600.0).min(height / 900.0).max((LEAST_TEXT + 0.2) / SMALL)
    }

    /// The colours of the theme.
    pub fn palette(&self) -> &'static Palette {
        match self.theme {
            Theme::Light => &LIGHT,
            Theme::Dark => &DARK,
        }
    }
}

/// A colour in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// Relative luminance, 0 (black) to 1 (white), by WCAG 2.2.
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Contrast of two colours, 1 to 21, by WCAG 2.2.
    pub fn contrast(self, other: Colour) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// This colour at `share` (0 to 1) laid over another.
    pub fn over(self, share: f64, ground: Colour) -> Colour {
        let mix = |top: u8, below: u8| {
            (f64::from(top) * share + f64::from(below) * (1.0 - share)).round().clamp(0.0, 255.0) as u8
        };
        Colour(mix(self.0, ground.0), mix(self.1, ground.1), mix(self.2, ground.2))
    }
}

/// The colours of a theme.
#[derive(Debug, PartialEq)]
pub struct Palette {
    /// What everything stands on.
    pub ground: Colour,
    /// Titles and names.
    pub ink: Colour,
    /// Explanations and tick labels.
    pub quiet: Colour,
    /// Lines that help the eye.
    pub grid: Colour,
    /// The zero line and events.
    pub rule: Colour,
    /// Other actors, behind the one that is shown.
    pub behind: Colour,
    /// Actors, in order of importance.
    pub series: [Colour; 4],
    /// Towards the positive pole.
    pub positive: Colour,
    /// Towards the negative pole.
    pub negative: Colour,
    /// Between the poles.
    pub middle: Colour,
}

impl Palette {
    /// A value in [-1, 1] as a colour between the poles.
    pub fn between_poles(&self, value: f64) -> Colour {
        let pole = if value < 0.0 { self.negative } else { self.positive };
        pole.over(value.abs().min(1.0), self.middle)
    }

    /// Black or white, whichever is better read on this colour: one of the two
    /// always reaches 4.5, which softer inks do not on middle tones.
    pub fn on(colour: Colour) -> Colour {
        let (black, white) = (Colour(0, 0, 0), Colour(255, 255, 255));
        if black.contrast(colour) >= white.contrast(colour) { black } else { white }
    }
}

static LIGHT: Palette = Palette {
    ground: Colour(255, 255, 255),
    ink: Colour(26, 28, 31),
    quiet: Colour(84, 90, 98),
    grid: Colour(229, 232, 236),
    rule: Colour(134, 141, 150),
    behind: Colour(208, 212, 217),
    series: [Colour(0, 107, 168), Colour(186, 74, 0), Colour(0, 120, 90), Colour(158, 70, 124)],
    positive: Colour(0, 107, 168),
    negative: Colour(205, 84, 0),
    middle: Colour(241, 240, 236),
};

static DARK: Palette = Palette {
    ground: Colour(20, 24, 29),
    ink: Colour(240, 242, 244),
    quiet: Colour(172, 179, 188),
    grid: Colour(42, 48, 56),
    rule: Colour(112, 120, 131),
    behind: Colour(70, 77, 87),
    series: [Colour(86, 180, 233), Colour(238, 150, 60), Colour(58, 196, 148), Colour(221, 146, 186)],
    positive: Colour(86, 180, 233),
    negative: Colour(238, 140, 50),
    middle: Colour(60, 67, 77),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_can_be_read_on_its_ground() {
        for theme in [Theme::Light, Theme::Dark] {
            let palette = Look { theme, ..Look::default() }.palette();
            let texts = palette.series.iter().chain([&palette.ink, &palette.quiet]);
            for colour in texts {
                let contrast = colour.contrast(palette.ground);
                assert!(contrast >= 4.5, "{theme:?} {colour:?}: {contrast:.2}");
            }
            for step in -100..=100 {
                let cell = palette.between_poles(f64::from(step) / 100.0);
                let contrast = Palette::on(cell).contrast(cell);
                assert!(contrast >= 4.5, "{theme:?} {step}: {contrast:.2}");
            }
        }
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        let (black, white) = (Colour(0, 0, 0), Colour(255, 255, 255));
        assert!((black.contrast(white) - 21.0).abs() < 1e-9);
        // The grey that the standard's own examples give as just enough.
        assert!((Colour(118, 118, 118).contrast(white) - 4.54).abs() < 0.01);
    }

    #[test]
    fn small_charts_keep_text_of_eleven_pixels() {
        for size in [(1600, 900), (640, 400), (1000, 300), (400, 2000)] {
            let look = Look { size, ..Look::default() };
            assert!(SMALL * look.unit() >= LEAST_TEXT, "{size:?}");
        }
    }
}
