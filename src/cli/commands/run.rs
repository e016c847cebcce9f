//! `stance run`: the whole job.

use crate::aggregate;
use crate::cache::Told;
use crate::cli::args::analysis;
use crate::cli::args::analysis::AnalysisArgs;
use crate::cli::args::cache::{Before, CacheArgs};
use crate::cli::args::charts::PictureArgs;
use crate::cli::commands::verify::Allowed;
use crate::cli::{Common, Scoring, say as telling};
use crate::error::{Error, Result};
use crate::evaluate::Resampling;
use crate::model::{AUTHOR, Axis, Form, Observation, Row, TrendPoint, counted};
use crate::project::actor_selection;
use crate::project::gather;
use crate::project::gather::Gathered;
use crate::project::load;
use crate::project::load::{Loaded, Settings};
use crate::project::manifest;
use crate::project::page;
use crate::project::pooled;
use crate::project::run_key::{Asked, Taken};
use crate::project::sources::Sources;
use crate::project::summary_text;
use crate::project::tables;
use crate::project::tables::TableArgs;
use crate::report;
use crate::report::ChartInput;
use crate::report::{OutputDir, Place};
use clap::Args;
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// Options of `stance run`.
#[derive(Args, Debug)]
pub struct RunArgs {
    /// Folders, files and globs of articles (.txt, .md, .html, .docx, .jsonl, .csv,
    /// .tsv, .parquet, also .gz and .zst); - for standard input
    pub(crate) input: Vec<String>,
    /// Folder for the results [default: reports/NAME of the first input]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Ids of the actors to draw, most important first, or all; more than four
    /// get a frame each [default: the four who speak most]
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(crate) draw: Vec<String>,
    #[command(flatten)]
    pub(crate) scoring: Scoring,
    /// Count syndicated copies of a statement as often as they were printed
    #[arg(long)]
    pub(crate) keep_duplicates: bool,
    #[command(flatten)]
    pub(crate) cache: CacheArgs,
    /// Open the report in the browser when it is done
    #[arg(long)]
    pub(crate) open: bool,
    /// Fail when any input had to be skipped
    #[arg(long)]
    pub(crate) strict: bool,
    #[command(flatten)]
    pub(crate) pictures: PictureArgs,
    #[command(flatten)]
    pub(crate) tables: TableArgs,
    #[command(flatten)]
    pub(crate) analysis: AnalysisArgs,
    #[command(flatten)]
    pub(crate) common: Common,
}

/// What is asked for, as options and settings say together.
struct Request {
    settings: Settings,
    inputs: Vec<String>,
    target: PathBuf,
    sources: Sources,
}

/// Results that are not in their place yet.
struct Computed {
    folder: OutputDir,
    loaded: Loaded,
    taken: Taken,
    told: Told,
}

/// Runs the command.
pub fn run(args: RunArgs) -> Result<()> {
    let request = request(&args)?;
    let target = &request.target;
    let watched = match args.cache.before(request.asked(&args)) {
        Before::Stands(told) => {
            telling::say_again(&told, target, args.common.quiet);
            return end(&args, target, &told);
        }
        Before::Compute(watched) => watched,
    };
    let Computed { folder, loaded, taken, told } = compute(&args, &request, OutputDir::begin)?;
    let ready = watched.and_then(|watched| watched.done(folder.path(), &loaded.hashes, &taken, &told));
    let placed = folder.commit()?;
    args.cache.close(&loaded, ready, target, args.common.quiet);
    telling::say(&told, args.common.quiet);
    telling::kept(&placed);
    end(&args, &placed.path, &told)
}

/// Computes the results of a folder again, beside it, for a comparison.
pub fn repeat(mut args: RunArgs, target: &Path, allowed: &Allowed) -> Result<OutputDir> {
    allowed.refuse(&[("--out", args.out.is_some()), ("--open", args.open)])?;
    args.out = Some(target.to_path_buf());
    args.common.quiet = true;
    args.cache.off();
    let request = request(&args)?;
    allowed.check(&request.inputs, &request.sources)?;
    Ok(compute(&args, &request, OutputDir::beside)?.folder)
}

fn request(args: &RunArgs) -> Result<Request> {
    let settings = load::settings(&args.common)?;
    let inputs = load::inputs(&args.input, &settings)?;
    let target = report::resolved(&target(args, &settings, &inputs))?;
    let sources = Sources { events: args.analysis.events.clone(), ..Sources::new(&args.common, &settings) };
    Ok(Request { settings, inputs, target, sources })
}

impl Request {
    fn asked<'a>(&'a self, args: &'a RunArgs) -> Asked<'a> {
        let Request { settings, inputs, target, sources } = self;
        Asked { common: &args.common, settings, inputs, target, sources }
    }
}

/// Computes everything into a folder that `begin` makes for the target.
fn compute(
    args: &RunArgs,
    request: &Request,
    begin: impl FnOnce(&Path) -> Result<OutputDir>,
) -> Result<Computed> {
    let Request { settings, inputs, target, sources } = request;
    let mut loaded = load::load_from(&args.common, sources, args.scoring.method)?;
    args.scoring.set(&mut loaded)?;
    args.cache.open(&mut loaded, target);
    let mut options = load::options(&args.common, settings, &loaded)?;
    options.filter = options.filter.writing_into(target);
    let axes = tables::axes(&loaded);
    // A chart from pole to pole cannot show scores without ends.
    let endless = pooled::without_ends(args.scoring.method.into(), args.scoring.scale.into());
    let mut plan = analysis::plan(&args.analysis, settings, &axes)?;
    plan.options.ends = plan.options.ends.filter(|_| !endless);
    let folder = begin(target)?;
    let place = Place { folder: folder.path().to_path_buf(), style: args.tables.style() };
    let mut gathered = gather::gather(args, (inputs, &options), &loaded, &axes, &place)?;
    let analysis = aggregate::analyse(&gathered.scores, &plan)?;
    report::analysis_tables(&place, &analysis)?;
    for skipped in &analysis.too_coarse {
        gathered.notes.row(skipped)?;
    }
    let points = &analysis.points;
    let resampling = Resampling { seed: args.analysis.seed, replicates: plan.options.replicates };
    let overdispersed = match &gathered.pooled {
        Some(all) => pooled::write(&place, all, analysis.period, loaded.resources.scale, resampling)?,
        None => 0,
    };
    report::codebook(folder.path(), &axes)?;
    let axis = tables::main_axis(&loaded);
    let (mut pictures, mut doubts) = (Vec::new(), Vec::new());
    if let Some(axis) = axis.as_ref().filter(|_| !endless) {
        let over_all = over_all(points);
        let asked =
            if args.draw.is_empty() { settings.draw.clone().unwrap_or_default() } else { args.draw.clone() };
        let (draw, doubt) =
            actor_selection::wanted(&asked, &report::actors(&over_all, axis), &axis.name.to_lowercase());
        doubts.extend(doubt);
        let input = ChartInput {
            axis,
            draw: &draw,
            analysis: &analysis,
            points: &over_all,
            scores: &gathered.scores,
            numbers: Some(&gathered.numbers),
            term_shifts: Some(&|actor, windows, n| gathered.terms.shifts(actor, windows, n)),
            axes: &axes,
            formula: &tables::formula(&loaded, axis),
            windows: &plan.windows,
            source: &gathered.source_note(),
            articles_read: Some(gathered.tally.read()),
            method: &format!("; {}", args.scoring.caption()),
            dots: report::DOTS,
        };
        let drawn = report::draw_all(&input, &args.pictures.look())?;
        for (chart, drawing) in &drawn {
            args.pictures.write(folder.path(), chart.name, drawing)?;
        }
        doubts.extend(args.pictures.missing_glyphs(drawn.iter().map(|(_, drawing)| drawing)));
        pictures = report::page::pictures(&input)?;
    }
    let mut manifest = manifest::manifest(args, inputs, analysis.period, &loaded, &gathered);
    manifest.warnings.extend(doubts.clone());
    let Gathered { evidence, skips, tally, notes, taken, scores, numbers, terms, pooled, .. } = gathered;
    // The page has its own choice.
    drop((scores, numbers, terms, pooled));
    notes.finish()?;
    let results = page::Results { analysis: &analysis, pictures, manifest: &manifest, skips: &skips };
    page::write(folder.path(), target, evidence, results, &loaded)?;
    // Last, because it holds the hash of every other file.
    report::manifest(&folder.path().join("run.json"), &manifest)?;
    let summary = |colours| {
        let mut text = summary_text::closing(target, axis.as_ref(), &analysis, (&tally, &skips), colours);
        if endless {
            text.push_str("No chart: these scores have no ends; see trend.csv.\n");
        }
        text
    };
    let mut warnings: String = doubts.iter().map(|doubt| format!("warning: {doubt}\n")).collect();
    if overdispersed > 0 {
        warnings.push_str(&format!(
            "pooled.csv: in {} articles differ more than their hits would by chance; use se_articles\n",
            counted(overdispersed, "cell")
        ));
    }
    let told = Told { summary: [summary(false), summary(true)], warnings, skipped: tally.incomplete() };
    drop(options);
    Ok(Computed { folder, loaded, taken, told })
}

/// What is done with results that are there.
fn end(args: &RunArgs, place: &Path, told: &Told) -> Result<()> {
    if args.open {
        page::open(&place.join("index.html"));
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

/// Points over all sources; there may be hundreds of thousands, copied only where others
/// stand between them.
pub(crate) fn over_all(points: &[TrendPoint]) -> Cow<'_, [TrendPoint]> {
    let whole = |point: &&TrendPoint| point.source.is_none();
    match points.iter().all(|point| whole(&point)) {
        true => Cow::Borrowed(points),
        false => points.iter().filter(whole).cloned().collect(),
    }
}

fn target(args: &RunArgs, settings: &Settings, inputs: &[String]) -> PathBuf {
    args.out.clone().or_else(|| settings.out.clone()).unwrap_or_else(|| {
        let input = inputs.first().filter(|input| *input != "-").map(Path::new);
        // `.` and `..` have no name of their own.
        let name = input.and_then(|input| match input.file_stem() {
            Some(stem) => Some(stem.to_os_string()),
            None => input.canonicalize().ok()?.file_name().map(ToOwned::to_owned),
        });
        Path::new("reports").join(name.unwrap_or_else(|| "stdin".into()))
    })
}

/// What a row adds to trends on an axis: a statement by somebody, dated, scored, no
/// copy unless these are kept.
pub fn observation(row: &Row, axis: &Axis, keep_duplicates: bool) -> Option<Observation> {
    let counts = (keep_duplicates || row.duplicate_of.is_none()) && row.statement.form != Form::Author;
    let seen = if counts { row.observation(axis) } else { None };
    seen.filter(|observation| observation.actor_id != AUTHOR)
}
