//! How a project's charts look, and the files they become.

use crate::error::{Error, Result};
use crate::model::Choice;
use crate::project::options::settings::Settings;
use crate::report::{Drawing, Look};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::path::Path;

/// Which files charts become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ChartFormat {
    #[default]
    Png,
    Svg,
    Both,
}

impl Choice for ChartFormat {
    const ALL: &'static [ChartFormat] = &[ChartFormat::Png, ChartFormat::Svg, ChartFormat::Both];

    fn as_str(self) -> &'static str {
        match self {
            ChartFormat::Png => "png",
            ChartFormat::Svg => "svg",
            ChartFormat::Both => "both",
        }
    }
}

/// Maximum number of texts that a warning names.
const NAMED: usize = 5;

/// Bounds of the pixels to the inch of PNG files.
pub const DPI: RangeInclusive<u32> = 48..=400;

/// How charts look and which files they become.
#[derive(Debug, Clone, Copy, Default)]
pub struct ChartFiles {
    pub look: Look,
    pub format: ChartFormat,
}

/// Width and height, as in "1600x900".
///
/// # Errors
/// What is wrong with the text, and the bounds of a size.
pub fn size(text: &str) -> std::result::Result<(u32, u32), String> {
    let numbers = text.split_once(['x', 'X', '×']).and_then(|(width, height)| {
        Some((width.trim().parse::<u32>().ok()?, height.trim().parse::<u32>().ok()?))
    });
    match numbers {
        Some((width @ 480..=4000, height @ 320..=4000)) => Ok((width, height)),
        Some(_) => Err("a chart has 480x320 to 4000x4000 pixels".into()),
        None => Err("write width and height with an x between: 1600x900".into()),
    }
}

impl ChartFiles {
    /// What settings name, else PNG files with a light ground.
    ///
    /// # Errors
    /// For values that mean nothing, with the line of the settings file.
    pub fn new(settings: &Settings) -> Result<ChartFiles> {
        let mut look = Look::default();
        if let Some(theme) = settings.word("theme", &settings.theme)? {
            look.theme = theme;
        }
        if let Some(text) = &settings.size {
            let wrong =
                |what| Error::input("stance.toml", format!("size '{text}' is no size of a chart"), what);
            look.size = settings.blame("size", size(text).map_err(wrong))?;
        }
        if let Some(dpi) = settings.bounded("dpi", settings.dpi, DPI)? {
            look.dpi = dpi;
        }
        let format = settings.word("charts", &settings.charts)?.unwrap_or_default();
        Ok(ChartFiles { look, format })
    }

    /// A warning where a PNG shows boxes instead of letters: which texts, and the remedy.
    /// None where the font has all letters, or only SVG is written.
    pub fn missing_glyphs<'d>(&self, drawings: impl Iterator<Item = &'d Drawing>) -> Option<String> {
        let texts: BTreeSet<&str> = drawings.flat_map(Drawing::missing_glyphs).collect();
        if texts.is_empty() || self.format == ChartFormat::Svg {
            return None;
        }
        let more = match texts.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let shown: Vec<String> = texts.iter().take(NAMED).map(|text| format!("“{text}”")).collect();
        Some(format!(
            "PNG charts show boxes for letters of {}{more}: their font (DejaVu Sans) has Latin, Greek, Cyrillic and few other \
             scripts; give the actor a name in one of these on the roster, or take --charts svg or the report, which use the \
             viewer's fonts",
            shown.join(", ")
        ))
    }

    /// Writes `NAME.png`, `NAME.svg` or both into a folder. Returns the names of the files.
    ///
    /// # Errors
    /// Where a chart cannot be encoded or written.
    pub fn write(&self, folder: &Path, name: &str, drawing: &Drawing) -> Result<Vec<String>> {
        let mut written = Vec::new();
        if self.format != ChartFormat::Svg {
            written.push((format!("{name}.png"), drawing.png()?));
        }
        if self.format != ChartFormat::Png {
            written.push((format!("{name}.svg"), drawing.svg.clone().into_bytes()));
        }
        for (file, bytes) in &written {
            let path = folder.join(file);
            std::fs::write(&path, bytes).map_err(|cause| {
                Error::run(path.display().to_string(), "the chart cannot be written", "check the disk")
                    .because(cause)
            })?;
        }
        Ok(written.into_iter().map(|(file, _)| file).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_and_nonsense_is_refused() {
        assert_eq!(size("1200x800"), Ok((1200, 800)));
        for wrong in ["", "1200", "0x0", "90000x2", "axb", "1200x-5"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
        let settings =
            crate::project::options::settings::parse("s.toml", "theme = \"dark\"\ndpi = 1000\n").unwrap();
        let error = ChartFiles::new(&settings).unwrap_err().to_string();
        assert_eq!(error, "s.toml:2: dpi: dpi 1000 is out of range; use a number from 48 to 400");
    }
}
