//! `stance trend`: trends and tests from a table of scored statements.

use crate::aggregate;
use crate::cli::args::analysis;
use crate::cli::args::analysis::{AnalysisArgs, DateBy, findings};
use crate::cli::args::charts::PictureArgs;
use crate::cli::args::reading::pairs;
use crate::cli::commands::run::over_all;
use crate::cli::commands::verify::Allowed;
use crate::cli::messages;
use crate::cli::messages::note_line;
use crate::cli::say;
use crate::error::Result;
use crate::ingest;
use crate::ingest::{ScoredTable, Wanted};
use crate::model::{Analysis, Axis, Skipped, counted, visible_line};
use crate::project::load;
use crate::project::load::Settings;
use crate::project::run_counts;
use crate::project::sources;
use crate::project::summary_text;
use crate::report;
use crate::report::{ChartInput, Manifest, OutputDir, Place, Style};
use clap::Args;
use std::collections::BTreeMap;
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

/// Results that are not in their place yet.
struct Computed {
    folder: OutputDir,
    table: ScoredTable,
    analysis: Analysis,
    /// Warning about letters that the charts cannot show.
    missing_glyphs: Option<String>,
}

/// Runs the command.
pub fn run(args: TrendArgs) -> Result<()> {
    let name = args.statements.file_stem().map_or("trend".into(), |stem| stem.to_string_lossy().into_owned());
    let target = args.out.clone().unwrap_or_else(|| Path::new("reports").join(format!("{name}-trend")));
    let Computed { folder, table, analysis, missing_glyphs } = compute(&args, || OutputDir::begin(&target))?;
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
    let named = [&args.statements].into_iter().chain(&args.lexicon).chain(&args.analysis.events);
    named.map(|path| allowed.path(path)).collect::<Result<Vec<()>>>()?;
    Ok(compute(&args, || OutputDir::beside(target))?.folder)
}

/// Computes everything into a folder that `begin` makes.
fn compute(args: &TrendArgs, begin: impl FnOnce() -> Result<OutputDir>) -> Result<Computed> {
    let wanted = Wanted {
        columns: pairs(&args.col)?,
        axes: args.axis.clone(),
        keep_duplicates: args.keep_duplicates,
        by_publication: args.analysis.date_by == DateBy::Published,
    };
    // Options are checked before anything is read.
    let mut plan = analysis::plan(&args.analysis, &Settings::default(), &[])?;
    let known = load::axes_of_lexicons(&args.lexicon)?;
    let folder = begin()?;
    let table = ingest::scored(&args.statements, &wanted)?;
    plan.axes = axes(&table, &known);
    plan.options.ends = table.range.filter(|(low, high)| *low >= -1.0 && *high <= 1.0).map(|_| (-1.0, 1.0));
    let analysis = aggregate::analyse(&table.scores, &plan)?;
    let place = Place { folder: folder.path().to_path_buf(), style: Style::default() };
    report::analysis_tables(&place, &analysis)?;
    let skipped: Vec<Skipped> = table.skipped.iter().chain(&analysis.too_coarse).cloned().collect();
    place.write(report::skipped_schema(), &skipped)?;
    let mut missing_glyphs = None;
    // A chart from pole to pole cannot show scores without ends.
    if plan.options.ends.is_some() {
        let file = args.statements.file_name().map_or("".into(), |name| name.to_string_lossy());
        let points = over_all(&analysis.points);
        let mut drawn = Vec::new();
        for axis in &plan.axes {
            let input = ChartInput {
                axis,
                draw: &[],
                analysis: &analysis,
                points: &points,
                scores: &table.scores,
                numbers: None,
                term_shifts: None,
                axes: &plan.axes,
                formula: &BTreeMap::new(),
                windows: &plan.windows,
                source: &format!("Source: {file}. "),
                articles_read: None,
                method: "",
                dots: report::DOTS,
            };
            for (chart, drawing) in report::draw_all(&input, &args.pictures.look())? {
                let name = format!("{}-{}", chart.name, file_name(&axis.id));
                args.pictures.write(folder.path(), &name, &drawing)?;
                drawn.push(drawing);
            }
        }
        missing_glyphs = args.pictures.missing_glyphs(drawn.iter());
    }
    report::codebook(folder.path(), &plan.axes)?;
    let mut manifest = manifest(args, &table, &analysis)?;
    manifest.warnings.extend(missing_glyphs.clone());
    report::manifest(&folder.path().join("run.json"), &manifest)?;
    Ok(Computed { folder, table, analysis, missing_glyphs })
}

/// The axes of the table, with poles where a lexicon names them.
fn axes(table: &ScoredTable, known: &[Axis]) -> Vec<Axis> {
    let names = (0..table.scores.axes.len()).map(|number| table.scores.axes.name(number as u32));
    names
        .map(|id| {
            let plain = || Axis { id: id.into(), name: id.to_string(), ..Axis::default() };
            known.iter().find(|axis| axis.id == id).cloned().unwrap_or_else(plain)
        })
        .collect()
}

/// An id as part of a file's name.
fn file_name(id: &str) -> String {
    id.chars().map(|c| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '_' }).collect()
}

fn manifest(args: &TrendArgs, table: &ScoredTable, analysis: &Analysis) -> Result<Manifest> {
    let mut inputs = Vec::new();
    sources::hash(&args.statements, &mut inputs)?;
    let mut warnings = Vec::new();
    if !table.skipped.is_empty() {
        let were = if table.skipped.len() == 1 { "was" } else { "were" };
        warnings.push(format!("{} {were} skipped, see skipped.csv", counted(table.skipped.len(), "row")));
    }
    let configuration = serde_json::json!({
        "inputs": [args.statements.display().to_string()],
        "columns": args.col,
        "axes": args.axis,
        "keep_duplicates": args.keep_duplicates,
        "analysis": analysis::configuration(&args.analysis, analysis.period),
    });
    Ok(Manifest {
        inputs: inputs.into_iter().collect(),
        counts: BTreeMap::from([
            ("rows".to_string(), table.rows),
            ("scores".to_string(), table.scores.len()),
            ("skipped_record".to_string(), table.skipped.len()),
        ]),
        warnings,
        ..run_counts::begun(configuration)
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
