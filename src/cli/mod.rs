//! The command line: one file a command.
//!
//! Lives here: options, help texts, progress, exit codes. May not live here:
//! anything that a program using the library would need.

mod actors;
mod agreement;
mod attribute;
mod calibrate;
mod evaluate;
mod explain;
mod lexicon;
mod resources;
mod run;
mod score;
mod tables;
mod tally;
mod train;
mod verify;

use crate::error::Error;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

/// Find out who said what and when in news articles, and how positions change.
///
/// stance reads a folder of dated articles (.txt, .md, .jsonl), attributes
/// statements to speakers, dates them, scores them with lexicons on axes such
/// as integration and sovereignty, and writes tables and a chart in which
/// every number leads back to a sentence.
#[derive(Parser, Debug)]
#[command(name = "stance", version, max_term_width = 100)]
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
    /// The roster: who speaks often and is not on it
    Actors(actors::ActorsArgs),
    /// Learn attribution for a language from articles with marked attributions
    Train(train::TrainArgs),
    /// Fit the weights of a lexicon's features on hand-coded statements
    Calibrate(calibrate::CalibrateArgs),
    /// Whether results still follow from their inputs: computes them again
    Verify(verify::VerifyArgs),
    /// Agreement with hand coding, and the worst disagreements
    Evaluate(evaluate::EvaluateArgs),
    /// Show how one text is attributed, dated and scored, with the arithmetic
    Explain(explain::ExplainArgs),
    /// Is a lexicon sound, what does it miss, and which terms carry a result
    Lexicon(lexicon::LexiconArgs),
}

/// What every command that reads text needs.
#[derive(Args, Debug, Clone)]
pub struct Common {
    /// Folder of a lexicon; may be given several times [default: the
    /// integration-sovereignty and sentiment lexicons that come with stance]
    #[arg(long, value_name = "DIR")]
    pub lexicon: Vec<PathBuf>,
    /// Roster of persons and bodies, with aliases and offices [default: the
    /// Belarus and Russia roster that comes with stance]
    #[arg(long, value_name = "FILE")]
    pub actors: Option<PathBuf>,
    /// Use no roster: everybody who speaks is kept under the name in the text
    #[arg(long)]
    pub no_roster: bool,
    /// Attribute thoughts, wishes and plans too ("hopes", "wants"), not only
    /// what was said (languages with learned attribution only)
    #[arg(long)]
    pub all_attributions: bool,
    /// Language of the texts, when they do not say it themselves (en, ru)
    #[arg(long, value_name = "CODE")]
    pub language: Option<String>,
    /// Number of threads [default: all cores]; results do not depend on it
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// Settings file [default: stance.toml in this folder, if there is one]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Say nothing but errors
    #[arg(short, long)]
    pub quiet: bool,
}

/// How statements are scored.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum MethodArg {
    /// Targets, appraisals, negation and the other shifters
    Compositional,
    /// Plain counting of dictionary words, for comparison
    Count,
}

impl From<MethodArg> for crate::score::Method {
    fn from(method: MethodArg) -> Self {
        match method {
            MethodArg::Compositional => crate::score::Method::Compositional,
            MethodArg::Count => crate::score::Method::Count,
        }
    }
}

impl Cli {
    /// Runs the command.
    fn run(self) -> crate::error::Result<()> {
        match self.command {
            Command::Run(args) => run::run(args),
            Command::Attribute(args) => attribute::run(args),
            Command::Score(args) => score::run(args),
            Command::Actors(args) => actors::run(args),
            Command::Train(args) => train::run(args),
            Command::Calibrate(args) => calibrate::run(args),
            Command::Verify(args) => verify::run(args),
            Command::Evaluate(args) => evaluate::run(args),
            Command::Explain(args) => explain::run(args),
            Command::Lexicon(args) => lexicon::run(args),
        }
    }
}

/// Parses the command line, runs the command and tells what went wrong. Exit
/// codes: 0 done, 1 nothing could be done, 2 usage or input error.
pub fn main() -> ExitCode {
    let result = Cli::parse().run();
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("stance: {error}");
            ExitCode::from(if error.usage { 2 } else { 1 })
        }
    }
}

/// `stance attribute ... | head` is no failure.
fn is_closed_pipe(error: &Error) -> bool {
    error.cause.as_ref().is_some_and(|cause| cause.to_string().contains("Broken pipe"))
}
