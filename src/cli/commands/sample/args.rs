//! Options of `stance sample`, and a statement of its sheets.

use crate::aggregate::Options;
use crate::cli::args::choice::choice;
use crate::cli::args::common::Common;
use crate::cli::args::scoring::ScoringArgs;
use crate::cli::args::unit::UnitArg;
use crate::evaluate::Allocation;
use crate::ingest::StatementRow;
use clap::Args;
use std::path::PathBuf;

/// Options of `stance sample`.
#[derive(Args, Debug)]
pub struct SampleArgs {
    /// Folders and files of articles; with --unit statement, files of records.
    /// With --statements they only give the sentences around
    pub input: Vec<String>,
    /// Draw from the statements table of a run (.csv, .jsonl or .parquet) instead of
    /// reading anew
    #[arg(long, value_name = "FILE")]
    pub statements: Option<PathBuf>,
    /// Folder for the results: for-coders/ goes to the coders, key.csv stays
    #[arg(long, value_name = "DIR", default_value = "coding")]
    pub out: PathBuf,
    /// How many statements [default: 200, or 1 % of them if that is more]
    #[arg(long, value_name = "N")]
    pub size: Option<usize>,
    /// The axis whose classes are the strata, with periods of five years
    /// [default: the first derived axis, else the first]
    #[arg(long, value_name = "AXIS")]
    pub axis: Option<String>,
    /// The axes that are to be coded, a column each [default: all]
    #[arg(long, value_name = "AXIS", value_delimiter = ',')]
    pub code: Vec<String>,
    /// proportional: the sample looks like the whole; equal: every class and
    /// period as often, so that rare ones are seen
    #[arg(long, value_parser = choice::<Allocation>(), default_value = "proportional")]
    pub allocation: Allocation,
    /// Names of the coders: one sheet each, every sheet in its own order
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub coders: Vec<String>,
    /// Show the coders who speaks
    #[arg(long)]
    pub show_actor: bool,
    /// Leave out the sentences around: they may name speaker and date
    #[arg(long)]
    pub no_context: bool,
    /// Seed of the draw; the same seed gives the same sheet
    #[arg(long, default_value_t = Options::default().seed)]
    pub seed: u64,
    /// What one text is
    #[arg(long, value_enum, default_value = "article")]
    pub unit: UnitArg,
    #[command(flatten)]
    pub scoring: ScoringArgs,
    #[command(flatten)]
    pub common: Common,
}

/// One statement of the sample, as the files show it.
pub struct Unnamed {
    /// What the coders see instead of the statement's id.
    pub blind: String,
    pub statement: StatementRow,
    pub stratum: String,
    pub weight: f64,
    /// The sentences before and after.
    pub around: [String; 2],
}
