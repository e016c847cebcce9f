//! Options of charts.

use crate::cli::args::choice::{choice, word};
use crate::project::options::chart_files::{ChartFormat, DPI, size};
use crate::project::options::settings::Settings;
use crate::report::Theme;
use clap::Args;

/// How charts look and which files they become.
#[derive(Args, Debug, Clone)]
pub struct PictureArgs {
    /// Files of the charts [default: png]
    #[arg(long, value_parser = choice::<ChartFormat>())]
    charts: Option<ChartFormat>,
    /// Light or dark ground [default: light]
    #[arg(long, value_parser = choice::<Theme>())]
    theme: Option<Theme>,
    /// Width and height of a chart in pixels at 96 to the inch, from 480x320 to 4000x4000
    /// [default: 1600x900]
    #[arg(long, value_name = "WxH", value_parser = size)]
    size: Option<(u32, u32)>,
    /// Pixels to the inch of PNG files: 192 gives twice the pixels for the same layout
    /// [default: 96]
    #[arg(long, value_parser = clap::value_parser!(u32).range(i64::from(*DPI.start())..=i64::from(*DPI.end())))]
    dpi: Option<u32>,
}

impl PictureArgs {
    /// Writes the flags that were given into settings.
    pub fn fill(&self, settings: &mut Settings) {
        settings.charts = word(self.charts);
        settings.theme = word(self.theme);
        settings.size = self.size.map(|(width, height)| format!("{width}x{height}"));
        settings.dpi = self.dpi;
    }
}
