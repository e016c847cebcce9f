//! `stance score`: statements and hits only.

use crate::cli::args::cache::CacheArgs;
use crate::cli::args::common::Common;
use crate::cli::args::scoring::ScoringArgs;
use crate::cli::args::tables::TableArgs;
use crate::cli::args::unit::UnitArg;
use crate::cli::commands::verify::allowed::Allowed;
use crate::cli::progress::with_progress;
use crate::cli::{messages, notes, say};
use crate::error::Result;
use crate::project::reuse::results_cache::{Before, Keep};
use crate::project::score::{Computed, Request};
use crate::report::OutputDir;
use clap::Args;
use std::path::Path;

/// Options of `stance score`.
#[derive(Args, Debug)]
pub struct ScoreArgs {
    /// Folders and files of articles; with --unit statement, files of records
    input: Vec<String>,
    /// What one text is
    #[arg(long, value_enum, default_value = "article")]
    unit: UnitArg,
    /// Folder for the tables, or - for statements on standard output
    #[arg(long, value_name = "DIR", default_value = "-")]
    out: String,
    #[command(flatten)]
    scoring: ScoringArgs,
    #[command(flatten)]
    cache: CacheArgs,
    #[command(flatten)]
    tables: TableArgs,
    #[command(flatten)]
    common: Common,
}

/// Where statements go when no folder is named.
const STDOUT: &str = "-";

/// Runs the command.
pub fn run(args: ScoreArgs) -> Result<()> {
    let quiet = args.common.quiet;
    let request = request(&args, (args.out != STDOUT).then(|| Path::new(&args.out)))?;
    let Some(target) = &request.target else {
        let out = Box::new(messages::machine());
        return with_progress(quiet, |progress| {
            request.stream(out, messages::STANDARD_OUTPUT, progress, |skipped| notes::tell(skipped, false))
        });
    };
    let asked = request.asked(args.common.threads);
    let keep = if asked.is_some() { args.cache.keep() } else { Keep::Nothing };
    let watched = match asked.map(|asked| keep.before(asked)) {
        Some(Before::UpToDate(told)) => {
            say::say_again(&told, target, quiet);
            return Ok(());
        }
        Some(Before::Compute(watched)) => watched,
        None => None,
    };
    let Computed { folder, loaded, taken, told } =
        with_progress(quiet, |progress| request.compute(target, keep, OutputDir::begin, progress))?;
    let ready = watched.and_then(|watched| watched.done(folder.path(), &loaded.hashes, &taken, &told));
    let placed = folder.commit()?;
    say::say(&told, quiet);
    say::kept(&placed);
    let notes = keep.close(&loaded, ready, target);
    if !quiet {
        notes.into_iter().for_each(messages::note_line);
    }
    Ok(())
}

/// Computes the results of a folder again, beside it, for a comparison.
pub fn repeat(mut args: ScoreArgs, target: &Path, allowed: &Allowed) -> Result<OutputDir> {
    allowed.refuse(&[("--out", args.out != STDOUT)])?;
    args.common.quiet = true;
    let request = request(&args, Some(target))?;
    allowed.check(&request.inputs, &request.sources)?;
    Ok(request.compute(target, Keep::Nothing, OutputDir::beside, &|_| ())?.folder)
}

fn request(args: &ScoreArgs, target: Option<&Path>) -> Result<Request> {
    let settings = args.common.settings(&args.input, |settings| {
        args.scoring.fill(settings);
        args.tables.fill(settings);
    })?;
    Request::new(settings, args.unit.into(), target)
}
