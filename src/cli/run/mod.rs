//! `stance run`: the whole job.

mod closing;
mod date_by;
mod draw;
mod manifest;
mod pooled;

use super::resources::{self, Read, Settings};
use super::tables::{self, Statements, TableArgs};
use super::{Common, Scoring};
use crate::aggregate::{self, Options};
use crate::error::{Error, Result};
use crate::evaluate::Resampling;
use crate::model::{AUTHOR, Axis, Form, Observation, Period, Row, Window};
use crate::pipeline;
use crate::report::{self, Folder, Place, Speakers};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// Options of `stance run`.
#[derive(Args, Debug)]
pub struct RunArgs {
    /// Folders and files of articles (.txt, .md, .jsonl); - for standard input
    input: Vec<String>,
    /// Folder for the results [default: reports/NAME of the first input]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Length of the periods of the trend
    #[arg(long, value_enum)]
    period: Option<PeriodArg>,
    /// Test whether actors moved between two windows: 2003..2013,2019
    #[arg(long, value_name = "A,B")]
    compare: Option<String>,
    /// Ids of the actors to draw, most important first [default: the four who
    /// speak most]
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    draw: Vec<String>,
    #[command(flatten)]
    scoring: Scoring,
    /// The day by which statements enter trends and tests
    #[arg(long, value_enum, default_value = "said")]
    date_by: date_by::DateBy,
    /// Seed of all resampling; the same seed gives the same numbers
    #[arg(long, default_value_t = Options::default().seed)]
    seed: u64,
    /// Count syndicated copies of a statement as often as they were printed
    #[arg(long)]
    keep_duplicates: bool,
    /// Fail when any input had to be skipped
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    tables: TableArgs,
    #[command(flatten)]
    common: Common,
}

/// Length of the periods.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum PeriodArg {
    /// The finest that leaves a median of at least 5 statements
    Auto,
    Year,
    Half,
    Quarter,
    Month,
}

/// Runs the command.
pub fn run(args: RunArgs) -> Result<()> {
    let settings = resources::settings(&args.common)?;
    let inputs = resources::inputs(&args.input, &settings)?;
    let windows = windows(args.compare.as_deref().or(settings.compare.as_deref()))?;
    let target = target(&args, &settings, &inputs);
    let mut loaded = resources::load(&args.common, &settings, args.scoring.method)?;
    args.scoring.set(&mut loaded)?;
    let read = resources::read(&inputs, &args.common, &settings, &loaded)?;
    let folder = Folder::begin(&target)?;
    let mut rows = tables::rows(&read, &loaded, args.common.quiet);
    if !args.keep_duplicates {
        pipeline::mark_duplicates(&mut rows);
    }
    let axes = tables::axes(&loaded);
    let place = Place { folder: folder.path().to_path_buf(), style: args.tables.style() };
    write(&place, &rows, &axes, &read)?;
    let observations = date_by::dated(observations(&rows, &axes), &rows, args.date_by);
    let options = Options { seed: args.seed, ..Options::default() };
    let period = period(args.period, &settings, &observations)?;
    let points = aggregate::trends(&observations, period, &options)?;
    report::trend_table(&place, &points)?;
    let shifts = aggregate::compare(&observations, &windows, &axes, &options);
    report::shift_table(&place, &shifts)?;
    let resampling = Resampling { seed: args.seed, replicates: options.replicates };
    let overdispersed = pooled::write(&place, &rows, &axes, (period, args.date_by), &loaded, resampling)?;
    let axis = tables::main_axis(&loaded);
    // A chart from pole to pole cannot show scores without ends.
    let endless = pooled::without_ends(args.scoring.method.into(), args.scoring.scale.into());
    if let Some(axis) = axis.as_ref().filter(|_| !endless) {
        let wanted =
            if args.draw.is_empty() { settings.draw.clone().unwrap_or_default() } else { args.draw.clone() };
        let chart = draw::chart(axis, &wanted, &points, &observations, &read, args.scoring);
        report::position_chart(&folder.path().join("position.png"), &chart)?;
    }
    let manifest = manifest::manifest(&args, &inputs, period, &loaded, &read, &rows);
    report::manifest(&folder.path().join("run.json"), &manifest)?;
    let place = folder.commit()?;
    if !args.common.quiet {
        closing::closing(&place, axis.as_ref(), &points, &shifts, &rows, &read);
    }
    if endless && !args.common.quiet {
        eprintln!("No chart: these scores have no ends; see trend.csv.");
    }
    if overdispersed > 0 {
        eprintln!(
            "pooled.csv: in {overdispersed} cells articles differ more than their hits would by chance; use se_articles"
        );
    }
    if args.strict && !read.skipped.is_empty() {
        return Err(Error::run(
            "",
            format!("{} inputs were skipped or incomplete", read.skipped.len()),
            format!("see {}", place.join("skipped.csv").display()),
        ));
    }
    Ok(())
}

/// Writes the tables of statements, hits, speakers and skipped inputs.
fn write(place: &Place, rows: &[Row], axes: &[Axis], read: &Read) -> Result<()> {
    let mut out = Statements::in_folder(place, axes)?;
    let mut speakers = Speakers::default();
    rows.iter().for_each(|row| speakers.add(row));
    let mut rest = rows;
    for article in &read.articles {
        let own = rest.iter().take_while(|row| row.article == article.id).count();
        let (own, others) = rest.split_at(own);
        rest = others;
        out.write(std::iter::once((article.clone(), own.to_vec())))?;
    }
    out.finish()?;
    speakers.actors_table(place)?;
    speakers.unlisted_table(place)?;
    report::skipped_table(place, &read.skipped)
}

fn target(args: &RunArgs, settings: &Settings, inputs: &[String]) -> PathBuf {
    args.out.clone().or_else(|| settings.out.clone()).unwrap_or_else(|| {
        let name = inputs
            .first()
            .and_then(|input| Path::new(input).file_stem())
            .map_or("stdin".to_string(), |stem| stem.to_string_lossy().into_owned());
        Path::new("reports").join(if name == "-" { "stdin".into() } else { name })
    })
}

/// The two windows of `--compare`.
pub fn windows(compare: Option<&str>) -> Result<Vec<(Window, Window)>> {
    let Some(text) = compare else { return Ok(Vec::new()) };
    match text.split(',').collect::<Vec<_>>().as_slice() {
        [one, two] => Ok(vec![(aggregate::window(one)?, aggregate::window(two)?)]),
        _ => Err(Error::input(
            "--compare",
            format!("'{text}' does not name two windows"),
            "write two windows with a comma between: 2003..2013,2019",
        )),
    }
}

/// Statements that count in trends: by somebody, dated, scored, no copies.
fn observations(rows: &[Row], axes: &[Axis]) -> Vec<Observation> {
    rows.iter().flat_map(|row| axes.iter().filter_map(|axis| observation(row, axis))).collect()
}

/// The same of one row and axis.
pub fn observation(row: &Row, axis: &Axis) -> Option<Observation> {
    let counts = row.duplicate_of.is_none() && row.statement.form != Form::Author;
    let seen = if counts { row.observation(axis) } else { None };
    seen.filter(|observation| observation.actor_id != AUTHOR)
}

fn period(given: Option<PeriodArg>, settings: &Settings, observations: &[Observation]) -> Result<Period> {
    let given = match (given, settings.period.as_deref()) {
        (Some(given), _) => given,
        (None, None) => PeriodArg::Auto,
        (None, Some(word)) => PeriodArg::from_str(word, true).map_err(|_| {
            Error::input(
                "stance.toml",
                format!("period '{word}' is not known"),
                "use auto, year, half, quarter or month",
            )
        })?,
    };
    Ok(match given {
        PeriodArg::Auto => aggregate::auto_period(observations),
        PeriodArg::Year => Period::Year,
        PeriodArg::Half => Period::Half,
        PeriodArg::Quarter => Period::Quarter,
        PeriodArg::Month => Period::Month,
    })
}
