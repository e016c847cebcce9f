//! Options of charts, and the files they become.

use crate::error::{Error, Result};
use crate::report::{Drawing, Look, Theme};
use clap::{Args, ValueEnum};
use std::collections::BTreeSet;
use std::path::Path;

/// How charts look and which files they become.
#[derive(Args, Debug, Clone)]
pub struct PictureArgs {
    /// Files of the charts
    #[arg(long, value_enum, default_value = "png")]
    charts: Format,
    /// Light or dark ground
    #[arg(long, value_enum, default_value = "light")]
    theme: ThemeArg,
    /// Width and height of a chart in pixels at 96 to the inch, from 480x320 to 4000x4000
    #[arg(long, value_name = "WxH", default_value = "1600x900", value_parser = size)]
    size: (u32, u32),
    /// Pixels to the inch of PNG files: 192 gives twice the pixels for the same layout
    #[arg(long, default_value_t = 96, value_parser = clap::value_parser!(u32).range(48..=400))]
    dpi: u32,
}

/// Maximum number of texts that a warning names.
const SHOWN: usize = 5;

#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Png,
    Svg,
    Both,
}

#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum ThemeArg {
    Light,
    Dark,
}

fn size(text: &str) -> std::result::Result<(u32, u32), String> {
    let numbers = text.split_once(['x', 'X', '×']).and_then(|(width, height)| {
        Some((width.trim().parse::<u32>().ok()?, height.trim().parse::<u32>().ok()?))
    });
    match numbers {
        Some((width @ 480..=4000, height @ 320..=4000)) => Ok((width, height)),
        Some(_) => Err("a chart has 480x320 to 4000x4000 pixels".into()),
        None => Err("write width and height with an x between: 1600x900".into()),
    }
}

impl PictureArgs {
    /// The look that was asked for.
    pub fn look(&self) -> Look {
        let theme = match self.theme {
            ThemeArg::Light => Theme::Light,
            ThemeArg::Dark => Theme::Dark,
        };
        Look { theme, size: self.size, dpi: self.dpi }
    }

    /// A warning where a PNG shows boxes instead of letters: which texts, and the
    /// remedy. None where all letters are there, or only SVG is written.
    pub fn missing_glyphs<'d>(&self, drawings: impl Iterator<Item = &'d Drawing>) -> Option<String> {
        let texts: BTreeSet<&str> = drawings.flat_map(Drawing::missing_glyphs).collect();
        if texts.is_empty() || self.charts == Format::Svg {
            return None;
        }
        let more = match texts.len().saturating_sub(SHOWN) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let shown: Vec<String> = texts.iter().take(SHOWN).map(|text| format!("“{text}”")).collect();
        Some(format!(
            "PNG charts show boxes for letters of {}{more}: their font (DejaVu Sans) has Latin, Greek, Cyrillic and few other \
             scripts; give the actor a name in one of these on the roster, or take --charts svg or the report, which use the \
             viewer's fonts",
            shown.join(", ")
        ))
    }

    /// Writes `NAME.png`, `NAME.svg` or both into a folder; the names of the
    /// files come back.
    pub fn write(&self, folder: &Path, name: &str, drawing: &Drawing) -> Result<Vec<String>> {
        let mut written = Vec::new();
        if self.charts != Format::Svg {
            written.push((format!("{name}.png"), drawing.png()?));
        }
        if self.charts != Format::Png {
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
    }
}
