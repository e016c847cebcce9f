//! The command line: options, one call of the application a command, printing and exit codes.

pub(crate) mod args;
pub(crate) mod command_line;
pub(crate) mod commands;
pub(crate) mod crash;
pub(crate) mod lexicon;
pub(crate) mod messages;
pub(crate) mod notes;
pub(crate) mod progress;
pub(crate) mod say;
pub(crate) mod signals;
pub(crate) mod threads;

use crate::cli::command_line::{Cli, Command};
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
use clap::{CommandFactory, FromArgMatches};
use std::process::ExitCode;

/// Runs a command.
fn run(command: Command) -> crate::error::Result<()> {
    match command {
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

/// Parses the command line, runs the command and prints its error. Exit
/// codes: 0 done, 1 nothing could be done, 2 usage or input error.
pub fn main() -> ExitCode {
    crash::guarded(|| {
        let matches = Cli::command().try_get_matches_from(std::env::args_os());
        let parsed = matches.and_then(|matches| Ok((Cli::from_arg_matches(&matches)?, matches)));
        let done = match parsed {
            Ok((cli, matches)) => threads::start(&matches).and_then(|()| {
                signals::watch();
                run(cli.command)
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
