//! `stance run`: the whole job.

use crate::cache::RunSummary;
use crate::cli::args::analysis::AnalysisArgs;
use crate::cli::args::cache::CacheArgs;
use crate::cli::args::charts::PictureArgs;
use crate::cli::args::common::Common;
use crate::cli::args::reading::some;
use crate::cli::args::scoring::ScoringArgs;
use crate::cli::args::tables::TableArgs;
use crate::cli::commands::verify::allowed::Allowed;
use crate::cli::progress::with_progress;
use crate::cli::{messages, say};
use crate::error::{Error, Result};
use crate::model::counted;
use crate::project::reuse::results_cache::{Before, Keep};
use crate::project::run::Computed;
use crate::project::run::page;
use crate::project::run::request::RunRequest;
use crate::report::OutputDir;
use clap::Args;
use std::path::{Path, PathBuf};

/// Options of `stance run`.
#[derive(Args, Debug)]
pub struct RunArgs {
    /// Folders, files and globs of articles (.txt, .md, .html, .docx, .jsonl, .csv,
    /// .tsv, .parquet, also .gz and .zst); - for standard input
    input: Vec<String>,
    /// Folder for the results [default: reports/NAME of the first input]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Ids of the actors to draw, most important first, or all; more than four
    /// get a frame each [default: the four who speak most]
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    draw: Vec<String>,
    #[command(flatten)]
    scoring: ScoringArgs,
    /// Count syndicated copies of a statement as often as they were printed
    #[arg(long)]
    keep_duplicates: bool,
    #[command(flatten)]
    cache: CacheArgs,
    /// Open the report in the browser when it is done
    #[arg(long)]
    open: bool,
    /// Fail when any input had to be skipped
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    pictures: PictureArgs,
    #[command(flatten)]
    tables: TableArgs,
    #[command(flatten)]
    analysis: AnalysisArgs,
    #[command(flatten)]
    common: Common,
}

/// Runs the command.
pub fn run(args: RunArgs) -> Result<()> {
    let request = request(&args)?;
    let (keep, quiet) = (args.cache.keep(), args.common.quiet);
    let watched = match keep.before(request.asked(args.common.threads)) {
        Before::UpToDate(told) => {
            say::say_again(&told, &request.target, quiet);
            return end(&args, &request.target, &told);
        }
        Before::Compute(watched) => watched,
    };
    let Computed { folder, loaded, taken, told } =
        with_progress(quiet, |progress| request.compute(keep, OutputDir::begin, progress))?;
    let ready = watched.and_then(|watched| watched.done(folder.path(), &loaded.hashes, &taken, &told));
    let placed = folder.commit()?;
    let notes = keep.close(&loaded, ready, &request.target);
    if !quiet {
        notes.into_iter().for_each(messages::note_line);
    }
    say::say(&told, quiet);
    say::kept(&placed);
    end(&args, &placed.path, &told)
}

/// Computes the results of a folder again, beside it, for a comparison.
pub fn repeat(mut args: RunArgs, target: &Path, allowed: &Allowed) -> Result<OutputDir> {
    allowed.refuse(&[("--out", args.out.is_some()), ("--open", args.open)])?;
    args.out = Some(target.to_path_buf());
    args.common.quiet = true;
    let request = request(&args)?;
    allowed.check(&request.inputs, &request.sources)?;
    Ok(request.compute(Keep::Nothing, OutputDir::beside, &|_| ())?.folder)
}

fn request(args: &RunArgs) -> Result<RunRequest> {
    RunRequest::new(args.common.settings(&args.input, |settings| {
        settings.out.clone_from(&args.out);
        settings.draw = some(&args.draw);
        settings.keep_duplicates = args.keep_duplicates.then_some(true);
        args.scoring.fill(settings);
        args.pictures.fill(settings);
        args.tables.fill(settings);
        args.analysis.fill(settings);
    })?)
}

/// What is done with results that are there.
fn end(args: &RunArgs, place: &Path, told: &RunSummary) -> Result<()> {
    if args.open {
        let page = place.join("index.html");
        if let Err(cause) = page::open(&page) {
            let page = page.display();
            messages::note_line(format!(
                "the report could not be opened ({cause}); open it yourself: {page}"
            ));
        }
    }
    if args.strict && told.skipped > 0 {
        return Err(Error::run(
            "",
            format!(
                "{} {} skipped or incomplete",
                counted(told.skipped, "input"),
                if told.skipped == 1 { "was" } else { "were" }
            ),
            format!("see {}", place.join("skipped.csv").display()),
        ));
    }
    Ok(())
}
