//! The command line: one file a command.
//!
//! Lives here: options, help texts, progress, exit codes. May not live here:
//! anything that a program using the library would need.

pub(crate) mod args;
pub(crate) mod commands;
pub(crate) mod crash;
pub(crate) mod lexicon;
pub(crate) mod messages;
pub(crate) mod notes;
pub(crate) mod progress;
pub(crate) mod say;
pub(crate) mod signals;
pub(crate) mod threads;

use crate::cli::commands::actors;
use crate::cli::commands::attribute;
use crate::cli::commands::calibrate;
use crate::cli::commands::evaluate;
use crate::cli::commands::explain;
use crate::cli::commands::init;
use crate::cli::commands::run;
use crate::cli::commands::sample;
use crate::cli::commands::score;
use crate::cli::commands::train;
use crate::cli::commands::trend;
use crate::cli::commands::verify;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use std::process::ExitCode;

/// Find out who said what and when in news articles, and how positions change.
///
/// stance reads a folder of dated articles (text, web pages, tables), attributes
/// statements to speakers, dates them, scores them with lexicons on axes such
/// as integration and sovereignty, and writes tables and a chart in which
/// every number leads back to a sentence.
#[derive(Parser, Debug)]
#[command(name = "stance", bin_name = "stance", version, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// The whole job: tables and a chart into reports/NAME
    Run(run::RunArgs),
    /// Who said what, unscored, as JSON Lines or CSV on standard output
    Attribute(attribute::AttributeArgs),
    /// Statements and their hits only, into a folder or on standard output
    Score(score::ScoreArgs),
    /// Trends and tests of change from a table of scored statements
    Trend(trend::TrendArgs),
    /// The roster: who speaks often and is not on it
    Actors(actors::ActorsArgs),
    /// Learn attribution for a language from articles with marked attributions
    Train(train::TrainArgs),
    /// Fit the weights of a lexicon's features on hand-coded statements
    Calibrate(calibrate::CalibrateArgs),
    /// Whether results still follow from their inputs: computes them again
    Verify(verify::VerifyArgs),
    /// A blind sheet of statements for people to code, with key and codebook
    Sample(sample::SampleArgs),
    /// Agreement with hand coding, and the worst disagreements
    Evaluate(evaluate::EvaluateArgs),
    /// Show how one text is attributed, dated and scored, with the arithmetic
    Explain(explain::ExplainArgs),
    /// Is a lexicon sound, what does it miss, and which terms carry a result
    Lexicon(lexicon::LexiconArgs),
    /// A new project: options, lexicon and roster to start from, commented
    Init(init::InitArgs),
}

impl Cli {
    /// Runs the command.
    fn run(self) -> crate::error::Result<()> {
        match self.command {
            Command::Run(args) => run::run(args),
            Command::Attribute(args) => attribute::run(args),
            Command::Score(args) => score::run(args),
            Command::Trend(args) => trend::run(args),
            Command::Actors(args) => actors::run(args),
            Command::Train(args) => train::run(args),
            Command::Calibrate(args) => calibrate::run(args),
            Command::Verify(args) => verify::run(args),
            Command::Sample(args) => sample::run(args),
            Command::Evaluate(args) => evaluate::run(args),
            Command::Explain(args) => explain::run(args),
            Command::Lexicon(args) => lexicon::run(args),
            Command::Init(args) => init::run(args),
        }
    }
}

/// Parses the command line, runs the command and tells what went wrong. Exit
/// codes: 0 done, 1 nothing could be done, 2 usage or input error.
pub fn main() -> ExitCode {
    crash::guarded(|| {
        let matches = Cli::command().try_get_matches_from(std::env::args_os());
        let parsed = matches.and_then(|matches| Ok((Cli::from_arg_matches(&matches)?, matches)));
        let done = match parsed {
            Ok((cli, matches)) => threads::start(&matches).and_then(|()| {
                signals::watch();
                cli.run()
            }),
            Err(usage) => return refused(&usage),
        };
        exit_code(done)
    })
}

/// Tells what went wrong.
fn exit_code(done: crate::error::Result<()>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if messages::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            messages::error(&format!("stance: {error}"));
            ExitCode::from(if error.usage { 2 } else { 1 })
        }
    }
}

/// Help that was asked for, or what is wrong with the command line.
fn refused(usage: &clap::Error) -> ExitCode {
    if !usage.use_stderr() {
        // Help holds nothing of the command line, so that clap may colour it.
        return exit_code(usage.print().map_err(messages::unwritten));
    }
    messages::error(&usage.render().to_string());
    ExitCode::from(u8::try_from(usage.exit_code()).unwrap_or(2))
}
