//! Options of scoring.

use crate::cli::args::choice::{choice, word};
use crate::project::options::settings::Settings;
use crate::score::{Method, Scale};
use clap::Args;

/// How statements are scored and on what scale.
#[derive(Args, Debug, Clone, Copy)]
pub struct ScoringArgs {
    /// How statements are scored [default: compositional]
    #[arg(long, value_parser = choice::<Method>())]
    pub method: Option<Method>,
    /// The scale of the scores [default: mean]
    #[arg(long, value_parser = choice::<Scale>())]
    pub scale: Option<Scale>,
}

impl ScoringArgs {
    /// Writes the flags that were given into settings.
    pub fn fill(&self, settings: &mut Settings) {
        settings.method = word(self.method);
        settings.scale = word(self.scale);
    }
}
