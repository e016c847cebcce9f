//! `stance run`: the whole job.

use super::resources::{self, Loaded, Read, Settings};
use super::{Common, MethodArg, tables};
use crate::aggregate::{self, Options};
use crate::error::{Error, Result};
use crate::model::{AUTHOR, Axis, Form, Observation, Period, Row, Shift, TrendPoint, Window};
use crate::pipeline;
use crate::report::{self, Chart, Folder, Manifest, SummaryRow};
use clap::{Args, ValueEnum};
use std::collections::{BTreeMap, BTreeSet};
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
    /// How statements are scored
    #[arg(long, value_enum, default_value = "compositional")]
    method: MethodArg,
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
    let loaded = resources::load(&args.common, &settings, args.method)?;
    let read = resources::read(&inputs, &args.common, &settings, &loaded)?;
    let folder = Folder::begin(&target)?;
    let mut rows = tables::rows(&read, &loaded, args.common.quiet);
    if !args.keep_duplicates {
        pipeline::mark_duplicates(&mut rows);
    }
    let axes = tables::axes(&loaded);
    tables::write(folder.path(), &rows, &axes, &read)?;
    let observations = observations(&rows, &axes);
    let options = Options { seed: args.seed, ..Options::default() };
    let period = period(args.period, &settings, &observations)?;
    let points = aggregate::trends(&observations, period, &options)?;
    report::trend_table(&folder.path().join("trend.csv"), &points)?;
    let shifts = aggregate::compare(&observations, &windows, &axes, &options);
    report::shift_table(&folder.path().join("shifts.csv"), &shifts)?;
    let axis = tables::main_axis(&loaded);
    if let Some(axis) = &axis {
        let wanted =
            if args.draw.is_empty() { settings.draw.clone().unwrap_or_default() } else { args.draw.clone() };
        let chart = chart(axis, &wanted, &points, &observations, &read, args.method);
        report::position_chart(&folder.path().join("position.png"), &chart)?;
    }
    let manifest = manifest(&args, &inputs, period, &loaded, &read, &rows);
    report::manifest(&folder.path().join("run.json"), &manifest)?;
    let place = folder.commit()?;
    if !args.common.quiet {
        closing(&place, axis.as_ref(), &points, &shifts, &rows, &read);
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

fn chart(
    axis: &Axis,
    wanted: &[String],
    points: &[TrendPoint],
    observations: &[Observation],
    read: &Read,
    method: MethodArg,
) -> Chart {
    let chosen = |id: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == id);
    let observations: Vec<Observation> =
        observations.iter().filter(|seen| seen.axis == axis.id && chosen(&seen.actor_id)).cloned().collect();
    let articles: BTreeSet<&str> = observations.iter().map(|seen| seen.article.as_str()).collect();
    let sources: BTreeSet<&str> = read.articles.iter().filter_map(|a| a.source.as_deref()).collect();
    let method = match method {
        MethodArg::Compositional => "compositional lexicon score",
        MethodArg::Count => "plain dictionary count",
    };
    let source = match sources.len() {
        0 => String::new(),
        1..=3 => format!("Source: {}. ", sources.into_iter().collect::<Vec<_>>().join(", ")),
        more => format!("{more} sources. "),
    };
    Chart {
        title: format!("{}: {} or {}?", axis.name, axis.positive, axis.negative),
        subtitle:
            "Dots: period means, sized by n, hollow below 3 statements. Bars: 95 % intervals over articles. \
                   Faint: single statements."
                .into(),
        axis: axis.clone(),
        points: points.iter().filter(|p| p.axis == axis.id && chosen(&p.actor_id)).cloned().collect(),
        caption: format!(
            "{source}n = {} statements in {} of {} articles; {method}; smoothed by LOESS.",
            observations.len(),
            articles.len(),
            read.articles.len()
        ),
        observations,
    }
}

fn manifest(
    args: &RunArgs,
    inputs: &[String],
    period: Period,
    loaded: &Loaded,
    read: &Read,
    rows: &[Row],
) -> Manifest {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    counts.insert("articles_read".into(), read.articles.len());
    counts.insert("rows".into(), rows.len());
    for skipped in &read.skipped {
        *counts.entry(format!("skipped_{}", skipped.reason)).or_default() += 1;
    }
    for row in rows {
        *counts.entry(format!("statements_{}", row.statement.form.as_str())).or_default() += 1;
        *counts.entry("hits".into()).or_default() += row.scored.iter().map(|s| s.hits.len()).sum::<usize>();
        *counts.entry("duplicates".into()).or_default() += usize::from(row.duplicate_of.is_some());
    }
    let mut warnings = Vec::new();
    let undated = rows.iter().filter(|row| row.said.is_none()).count();
    if undated > 0 {
        warnings.push(format!("{undated} statements have no date and stay out of trends"));
    }
    Manifest {
        program: "stancetrack".into(),
        version: env!("CARGO_PKG_VERSION").into(),
        configuration: serde_json::json!({
            "inputs": inputs,
            "method": format!("{:?}", args.method).to_lowercase(),
            "period": period,
            "compare": args.compare,
            "seed": args.seed,
            "keep_duplicates": args.keep_duplicates,
            "language": args.common.language,
            "no_roster": args.common.no_roster,
        }),
        resources: loaded.hashes.iter().cloned().collect(),
        inputs: read.hashes.iter().cloned().collect(),
        counts,
        warnings,
    }
}

fn closing(
    place: &Path,
    axis: Option<&Axis>,
    points: &[TrendPoint],
    shifts: &[Shift],
    rows: &[Row],
    read: &Read,
) {
    let said = rows.iter().filter(|row| row.statement.form != Form::Author).count();
    eprintln!(
        "{} articles read, {} notes in skipped.csv; {said} statements by speakers\n",
        read.articles.len(),
        read.skipped.len()
    );
    if let Some(axis) = axis {
        let mut by_actor: BTreeMap<&str, Vec<&TrendPoint>> = BTreeMap::new();
        for point in points.iter().filter(|point| point.axis == axis.id) {
            by_actor.entry(&point.actor).or_default().push(point);
        }
        let mut table: Vec<SummaryRow> =
            by_actor.iter().map(|(actor, points)| SummaryRow::new(actor, points)).collect();
        table.sort_by(|one, two| two.statements.cmp(&one.statements).then(one.actor.cmp(&two.actor)));
        let hidden = table.len().saturating_sub(10);
        table.truncate(10);
        eprint!(
            "{}",
            report::summary(&format!("{} ({} … {})", axis.name, axis.negative, axis.positive), &table)
        );
        if hidden > 0 {
            eprintln!("… and {hidden} more in trend.csv");
        }
        for shift in shifts.iter().filter(|shift| shift.axis == axis.id && shift.interval.is_some()) {
            eprintln!("\n{}", shift.finding);
        }
    }
    eprintln!(
        "\nResults: {} (statements.csv, hits.csv, trend.csv, shifts.csv, position.png, …)",
        place.display()
    );
}
