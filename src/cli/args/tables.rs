//! Options of tables.

use crate::cli::args::choice::{choice, word};
use crate::project::options::settings::Settings;
use crate::report::Format;
use clap::Args;

/// How tables are written.
#[derive(Args, Debug, Clone)]
pub struct TableArgs {
    /// Format of the tables [default: csv]
    #[arg(long, value_parser = choice::<Format>())]
    pub format: Option<Format>,
    /// Leave CSV cells that begin with = + - @ as they are; without this they get
    /// an apostrophe in front, so that a spreadsheet does not run them
    #[arg(long)]
    pub raw_csv: bool,
    /// Open each CSV with a byte order mark, by which Excel knows UTF-8
    #[arg(long)]
    pub bom: bool,
}

impl TableArgs {
    /// Writes the flags that were given into settings.
    pub fn fill(&self, settings: &mut Settings) {
        settings.format = word(self.format);
        settings.raw_csv = self.raw_csv.then_some(true);
        settings.bom = self.bom.then_some(true);
    }
}
