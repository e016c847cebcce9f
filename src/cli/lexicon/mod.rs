//! `stance lexicon`: its subcommands.

pub(crate) mod check;
pub(crate) mod convert;
pub(crate) mod corpus;
pub(crate) mod coverage;
pub(crate) mod expand;
pub(crate) mod export;
pub(crate) mod sensitivity;
pub(crate) mod stats;
pub(crate) mod table;

use crate::error::Result;
use clap::{Args, Subcommand};

/// Options of `stance lexicon`.
#[derive(Args, Debug)]
pub struct LexiconArgs {
    #[command(subcommand)]
    command: LexiconCommand,
}

#[derive(Subcommand, Debug)]
enum LexiconCommand {
    /// What is wrong with a lexicon: repeated, contradictory, unreachable and idle
    /// entries; exit code 2 if there is an error
    Check(check::CheckArgs),
    /// How many entries there are by language, kind, axis and pole
    Stats(stats::StatsArgs),
    /// How many statements have no hit, and the words that are frequent in them
    Coverage(coverage::CoverageArgs),
    /// What each glob (`integr*`) matched in the texts, by frequency
    Expand(expand::ExpandArgs),
    /// A dictionary of quanteda, LIWC or Lexicoder, or a weighted list, as a lexicon
    /// folder
    Convert(convert::ConvertArgs),
    /// Write a lexicon that comes with stance into a folder, to be edited; also its languages,
    /// actors and events
    Export(export::ExportArgs),
    /// Which terms an actor's mean, or its change, rests on
    Sensitivity(sensitivity::SensitivityArgs),
}

/// Runs the command.
pub fn run(args: LexiconArgs) -> Result<()> {
    match args.command {
        LexiconCommand::Check(args) => check::run(args),
        LexiconCommand::Stats(args) => stats::run(args),
        LexiconCommand::Coverage(args) => coverage::run(args),
        LexiconCommand::Expand(args) => expand::run(args),
        LexiconCommand::Convert(args) => convert::run(args),
        LexiconCommand::Export(args) => export::run(args),
        LexiconCommand::Sensitivity(args) => sensitivity::run(args),
    }
}
