//! The command line as clap parses it.

use crate::cli::commands::actors::ActorsArgs;
use crate::cli::commands::attribute::AttributeArgs;
use crate::cli::commands::calibrate::CalibrateArgs;
use crate::cli::commands::evaluate::EvaluateArgs;
use crate::cli::commands::explain::ExplainArgs;
use crate::cli::commands::init::InitArgs;
use crate::cli::commands::run::RunArgs;
use crate::cli::commands::sample::args::SampleArgs;
use crate::cli::commands::score::ScoreArgs;
use crate::cli::commands::train::TrainArgs;
use crate::cli::commands::trend::TrendArgs;
use crate::cli::commands::verify::args::VerifyArgs;
use crate::cli::lexicon::LexiconArgs;
use clap::{Parser, Subcommand};

/// Find out who said what and when in news articles, and how positions change.
///
/// stance reads a folder of dated articles (text, web pages, tables), attributes
/// statements to speakers, dates them, scores them with lexicons on axes such
/// as integration and sovereignty, and writes tables and a chart in which
/// every number leads back to a sentence.
#[derive(Parser, Debug)]
#[command(name = "stance", bin_name = "stance", version, max_term_width = 100)]
pub struct Cli {
    /// What is to be done.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// The whole job: tables and a chart into reports/NAME
    Run(RunArgs),
    /// Who said what, unscored, as JSON Lines or CSV on standard output
    Attribute(AttributeArgs),
    /// Statements and their hits only, into a folder or on standard output
    Score(ScoreArgs),
    /// Trends and tests of change from a table of scored statements
    Trend(TrendArgs),
    /// The roster: who speaks often and is not on it
    Actors(ActorsArgs),
    /// Learn attribution for a language from articles with marked attributions
    Train(TrainArgs),
    /// Fit the weights of a lexicon's features on hand-coded statements
    Calibrate(CalibrateArgs),
    /// Whether results still follow from their inputs: computes them again
    Verify(VerifyArgs),
    /// A blind sheet of statements for people to code, with key and codebook
    Sample(SampleArgs),
    /// Agreement with hand coding, and the worst disagreements
    Evaluate(EvaluateArgs),
    /// Show how one text is attributed, dated and scored, with the arithmetic
    Explain(ExplainArgs),
    /// Is a lexicon sound, what does it miss, and which terms carry a result
    Lexicon(LexiconArgs),
    /// A new project: options, lexicon and roster to start from, commented
    Init(InitArgs),
}
