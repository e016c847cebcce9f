//! `stance trend`: trends and tests from a table of scored statements.

use crate::cli::args::analysis::AnalysisArgs;
use crate::cli::args::charts::PictureArgs;
use crate::cli::args::common::settings_file;
use crate::cli::args::reading::{pairs, some};
use crate::cli::commands::verify::allowed::Allowed;
use crate::cli::messages;
use crate::cli::messages::note_line;
use crate::cli::say;
use crate::error::Result;
use crate::ingest::ScoredTable;
use crate::model::{Analysis, counted, visible_line};
use crate::project::options::analysis::findings;
use crate::project::options::settings::Settings;
use crate::project::run::summary_text;
use crate::project::trend::{Computed, Request};
use crate::report::OutputDir;
use clap::Args;
use std::path::{Path, PathBuf};

/// Options of `stance trend`.
#[derive(Args, Debug)]
pub struct TrendArgs {
    /// The statements of an earlier run (statements.csv or statements.parquet),
    /// or a table that another tool wrote: CSV, TSV or Parquet with the columns
    /// actor, date, article and value
    statements: PathBuf,
    /// Which columns hold what, as in actor=speaker,value=score; roles are
    /// actor, date, value, article, axis, source, statement, hits, positive,
    /// negative, published
    #[arg(long, value_name = "ROLE=COLUMN", value_delimiter = ',')]
    col: Vec<String>,
    /// Only these axes
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    axis: Vec<String>,
    /// Count syndicated copies of a statement as often as they were printed
    #[arg(long)]
    keep_duplicates: bool,
    /// Folder for the results [default: reports/NAME of the table]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Settings file [default: stance.toml in this folder, if there is one]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Folder of a lexicon that names the poles of the axes; may be given
    /// several times [default: those that come with stance]
    #[arg(long, value_name = "DIR")]
    lexicon: Vec<PathBuf>,
    /// Number of threads, at most 512 [default: all cores]; results do not depend on it
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    #[command(flatten)]
    pictures: PictureArgs,
    #[command(flatten)]
    analysis: AnalysisArgs,
    /// Say nothing but errors
    #[arg(short, long)]
    quiet: bool,
}

/// Runs the command.
pub fn run(args: TrendArgs) -> Result<()> {
    let name = args.statements.file_stem().map_or("trend".into(), |stem| stem.to_string_lossy().into_owned());
    let target = args.out.clone().unwrap_or_else(|| Path::new("reports").join(format!("{name}-trend")));
    let Computed { folder, table, analysis, missing_glyphs } =
        request(&args)?.compute(|| OutputDir::begin(&target))?;
    let placed = folder.commit()?;
    if !args.quiet {
        closing(&placed.path, &table, &analysis);
    }
    if let Some(warning) = missing_glyphs {
        note_line(format!("warning: {warning}"));
    }
    say::kept(&placed);
    Ok(())
}

/// Computes the results of a folder again, beside it, for a comparison.
pub fn repeat(mut args: TrendArgs, target: &Path, allowed: &Allowed) -> Result<OutputDir> {
    allowed.refuse(&[("--out", args.out.is_some())])?;
    args.quiet = true;
    let request = request(&args)?;
    let Settings { lexicon, events, file, .. } = &request.settings;
    let named = [&request.statements].into_iter().chain(lexicon.iter().flatten()).chain(events).chain(file);
    named.map(|path| allowed.path(path)).collect::<Result<Vec<()>>>()?;
    Ok(request.compute(|| OutputDir::beside(target))?.folder)
}

fn request(args: &TrendArgs) -> Result<Request> {
    let mut flags = Settings {
        lexicon: some(&args.lexicon),
        keep_duplicates: args.keep_duplicates.then_some(true),
        ..Settings::default()
    };
    args.pictures.fill(&mut flags);
    args.analysis.fill(&mut flags);
    // Columns and formats of a settings file are those of articles, not of this table.
    let file = Settings { format: None, ..settings_file(args.config.as_ref(), args.quiet)? };
    Ok(Request {
        settings: flags.over(file),
        statements: args.statements.clone(),
        columns: pairs(&args.col)?,
        axes: args.axis.clone(),
    })
}

/// The end of the command: for each axis who stands where, and what is worth
/// reading.
fn closing(place: &Path, table: &ScoredTable, analysis: &Analysis) {
    note_line(format!(
        "{} read, {} used, {} skipped (skipped.csv)",
        counted(table.rows, "row"),
        counted(table.scores.len(), "score"),
        counted(table.skipped.len(), "row")
    ));
    for axis in &analysis.axes {
        let coloured = messages::in_colours();
        let text = format!("\n{}", summary_text::actor_table(axis, analysis, coloured));
        if coloured {
            messages::note_in_colours(&text)
        } else {
            messages::note(&text)
        }
        for finding in findings(analysis, &axis.id) {
            note_line(format!("\n{}", visible_line(finding)));
        }
    }
    note_line(format!(
        "\nResults: {} (trend.csv, shifts.csv, …; what each column means: CODEBOOK.md)",
        visible_line(&place.display().to_string())
    ));
}
