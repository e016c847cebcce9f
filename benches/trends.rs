//! How fast and in how much memory ten million scored statements become trends
//! with intervals, and how long polars' group-by alone takes for the same
//! cells in the same process.
//!
//!     cargo bench --bench trends -- [ROWS]

use chrono::{Datelike, NaiveDate};
use polars::prelude::*;
use stancetrack::aggregate::{self, Plan};
use stancetrack::model::{Period, ScoredRow, Scores};
use std::time::Instant;

/// Rows of one actor: smaller tables have fewer actors, not smaller cells.
const ROWS_OF_ACTOR: u64 = 20_000;
const AXES: u32 = 3;
const MONTHS: u64 = 240;
/// Scored rows of one article.
const EACH: u64 = 5;

fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

fn table(rows: u64) -> Scores {
    let actors = (rows / ROWS_OF_ACTOR).max(1);
    let mut scores = Scores::default();
    for actor in 0..actors {
        scores.actor(&format!("actor-{actor:03}"), &format!("Actor {actor}"));
    }
    for axis in 0..AXES {
        scores.axes.number(&format!("axis_{axis}"));
    }
    for source in 0..20 {
        scores.sources.number(&format!("Paper {source}"));
    }
    for row in 0..rows {
        let article = row / EACH;
        if row % EACH == 0 {
            scores.articles.number(&format!("2010-01-01_article-{article}"));
        }
        let (of_article, chance) = (mix(article + 1), mix(row ^ 0x5555_0000_0000));
        let month = of_article % MONTHS;
        let day =
            NaiveDate::from_ymd_opt(2000 + (month / 12) as i32, (month % 12) as u32 + 1, 15).expect("a day");
        let deviation = ((of_article >> 20) % 1000) as f64 / 1000.0 - 0.5;
        let value = (deviation + ((chance >> 20) % 1000) as f64 / 1000.0 - 0.5) / 1.01;
        scores.add(ScoredRow {
            actor: (chance % actors) as u32,
            axis: ((chance >> 40) % u64::from(AXES)) as u32,
            article: article as u32,
            cluster: article as u32,
            source: (of_article >> 50) as u32 % 20,
            from: day,
            to: day,
            value,
            hits: 1,
            poles: (u32::from(value > 0.0), u32::from(value < 0.0)),
        });
    }
    scores
}

/// What polars takes to group the same rows by actor, axis and month.
fn yardstick(scores: &Scores) -> ((f64, f64), usize) {
    let column = |of: &dyn Fn(ScoredRow) -> u32| scores.rows().map(of).collect::<Vec<u32>>();
    let frame = df!(
        "actor" => column(&|row| row.actor),
        "axis" => column(&|row| row.axis),
        "month" => column(&|row| (row.from.year() * 12 + row.from.month0() as i32) as u32),
        "value" => scores.rows().map(|row| row.value).collect::<Vec<f64>>(),
    )
    .expect("a frame");
    let (begun, busy) = (Instant::now(), processor());
    let groups = frame.group_by(["actor", "axis", "month"]).expect("groups").select(["value"]);
    // polars wants its lazy aggregations used instead, which take many more crates.
    #[allow(deprecated)]
    let grouped = [groups.mean(), groups.std(1), groups.count()].map(|column| column.expect("a column"));
    ((begun.elapsed().as_secs_f64(), processor() - busy), grouped[0].height())
}

/// The most memory this process ever held, in MB (Linux).
fn most_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or("");
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

/// Seconds of processor that this process has used on all its threads (Linux).
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let rest = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks = |at: usize| rest.split_whitespace().nth(at).and_then(|ticks| ticks.parse::<f64>().ok());
    // Linux counts hundredths of a second here on all common machines.
    (ticks(11).unwrap_or(0.0) + ticks(12).unwrap_or(0.0)) / 100.0
}

fn main() {
    let rows = std::env::args().filter_map(|arg| arg.parse().ok()).next().unwrap_or(10_000_000);
    let begun = Instant::now();
    let scores = table(rows);
    println!("{rows} rows made in {:.1} s, {:.0} MB", begun.elapsed().as_secs_f64(), most_memory());
    let plan = Plan { period: Some(Period::Month), ..Plan::default() };
    let (begun, busy) = (Instant::now(), processor());
    let (mut since, mut worked) = (begun, processor());
    let mut told = |step: &str| {
        let (now, busy) = (since.elapsed().as_secs_f64(), processor() - worked);
        println!("  {step}: {now:.1} s, {busy:.1} s of processor; {:.0} MB at most", most_memory());
        (since, worked) = (Instant::now(), processor());
    };
    let analysis = aggregate::analyse_in_steps(&scores, &plan, &mut told).expect("an analysis");
    let ours = begun.elapsed().as_secs_f64();
    let ours_busy = processor() - busy;
    let intervals = analysis.points.iter().filter(|point| point.interval.is_some()).count();
    println!(
        "trends: {ours:.1} s, {ours_busy:.1} s of processor, {:.0} MB at most; {} cells, {intervals} with an interval, {} lines, {} slopes, {} series with models",
        most_memory(),
        analysis.points.len(),
        analysis.lines.len(),
        analysis.slopes.len(),
        analysis.fits.iter().filter(|fit| fit.model == "constant").count(),
    );
    let (alone, groups) = yardstick(&scores);
    println!(
        "polars' group-by alone: {:.2} s, {:.2} s of processor for {groups} groups; ratio {:.1}, of processor {:.1}",
        alone.0,
        alone.1,
        ours / alone.0,
        ours_busy / alone.1
    );
}
