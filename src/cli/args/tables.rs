//! Options of tables.

use crate::cli::args::analysis::name;
use crate::project::settings::Settings;
use clap::{Args, ValueEnum};

/// How tables are written.
#[derive(Args, Debug, Clone)]
pub struct TableArgs {
    /// Format of the tables [default: csv]
    #[arg(long, value_enum)]
    pub format: Option<FormatArg>,
    /// Leave CSV cells that begin with = + - @ as they are; without this they get
    /// an apostrophe in front, so that a spreadsheet does not run them
    #[arg(long)]
    pub raw_csv: bool,
    /// Open each CSV with a byte order mark, by which Excel knows UTF-8
    #[arg(long)]
    pub bom: bool,
}

/// Format of tables.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormatArg {
    /// Comma-separated, UTF-8
    Csv,
    /// Typed columns, compressed
    Parquet,
    /// One JSON object a line
    Jsonl,
}

impl TableArgs {
    /// Writes the flags that were given into settings.
    pub fn fill(&self, settings: &mut Settings) {
        settings.format = self.format.map(name);
        settings.raw_csv = self.raw_csv.then_some(true);
        settings.bom = self.bom.then_some(true);
    }
}
