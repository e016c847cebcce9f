//! The tables of trends and tests: `trend.csv`, `smooth.csv`, `slopes.csv`,
//! `models.csv`, `breaks.csv`, `shifts.csv`, `duplicates.csv`.
//!
//! Lives here: their columns (each is explained in `codebook`). May not live
//! here: any statistic.

use crate::error::Result;
use crate::model::{Analysis, ChangePoint, Duplicate, Fit, Line, Shift, Slope, TrendPoint};
use crate::report::tables::sink::{Place, Sink, Table, maybe, number};

/// What [`analysis_tables`] writes.
pub const ANALYSIS_TABLES: [&str; 6] =
    ["trend.csv", "smooth.csv", "slopes.csv", "models.csv", "breaks.csv", "shifts.csv"];

/// Writes all tables of an analysis into a folder.
pub fn analysis_tables(place: &Place, analysis: &Analysis) -> Result<()> {
    trend(place, &analysis.points)?;
    smooth(place, &analysis.lines)?;
    slopes(place, &analysis.slopes)?;
    models(place, &analysis.fits)?;
    breaks(place, &analysis.breaks)?;
    shifts(place, &analysis.shifts)
}

fn trend(place: &Place, points: &[TrendPoint]) -> Result<()> {
    let header = [
        "actor_id",
        "actor",
        "axis",
        "period",
        "period_start",
        "period_end",
        "n_statements",
        "n_articles",
        "n_hits",
        "mean",
        "se",
        "ci_low",
        "ci_high",
        "flag",
        "source",
        "n_sources",
        "within_source_mean",
        "n_positive",
        "n_negative",
        "log_odds",
        "log_odds_se",
        "log_odds_boot_se",
        "log_odds_low",
        "log_odds_high",
        "design_effect",
        "boot_failed",
    ];
    let mut table = place.table("trend", &header)?;
    for point in points {
        let flags: Vec<&str> = point.flags.iter().map(|flag| flag.as_str()).collect();
        let scale = point.log_odds;
        table.row(vec![
            point.actor_id.clone(),
            point.actor.clone(),
            point.axis.clone(),
            point.period.clone(),
            point.start.to_string(),
            point.end.to_string(),
            point.statements.to_string(),
            point.articles.to_string(),
            point.hits.to_string(),
            maybe(point.mean),
            maybe(point.standard_error),
            maybe(point.interval.map(|interval| interval.0)),
            maybe(point.interval.map(|interval| interval.1)),
            flags.join(" "),
            point.source.clone().unwrap_or_default(),
            point.sources.to_string(),
            maybe(point.within_source),
            scale.map_or(0, |scale| scale.positive).to_string(),
            scale.map_or(0, |scale| scale.negative).to_string(),
            maybe(scale.map(|scale| scale.value)),
            maybe(scale.map(|scale| scale.model_error)),
            maybe(scale.and_then(|scale| scale.bootstrap_error)),
            maybe(scale.map(|scale| scale.interval.0)),
            maybe(scale.map(|scale| scale.interval.1)),
            maybe(scale.and_then(|scale| scale.design_effect)),
            point.boot_failed.to_string(),
        ])?;
    }
    table.finish()
}

fn smooth(place: &Place, lines: &[Line]) -> Result<()> {
    let header = ["actor_id", "actor", "axis", "piece", "day", "value", "ci_low", "ci_high", "span"];
    let mut table = place.table("smooth", &header)?;
    for line in lines {
        for (piece, points) in line.pieces.iter().enumerate() {
            for point in points {
                table.row(vec![
                    line.actor_id.clone(),
                    line.actor.clone(),
                    line.axis.clone(),
                    (piece + 1).to_string(),
                    point.day.to_string(),
                    number(point.value),
                    maybe(point.band.map(|band| band.0)),
                    maybe(point.band.map(|band| band.1)),
                    number(line.span),
                ])?;
            }
        }
    }
    table.finish()
}

fn slopes(place: &Place, slopes: &[Slope]) -> Result<()> {
    let header = [
        "actor_id",
        "actor",
        "axis",
        "n_periods",
        "slope_per_year",
        "ci_low",
        "ci_high",
        "intercept",
        "kendall_s",
        "kendall_tau",
        "z",
        "p",
        "p_exact",
        "z_corrected",
        "p_corrected",
        "finding",
    ];
    let mut table = place.table("slopes", &header)?;
    for slope in slopes {
        table.row(vec![
            slope.actor_id.clone(),
            slope.actor.clone(),
            slope.axis.clone(),
            slope.periods.to_string(),
            number(slope.slope),
            number(slope.interval.0),
            number(slope.interval.1),
            number(slope.intercept),
            slope.s.to_string(),
            number(slope.tau),
            number(slope.z),
            number(slope.p),
            yes(slope.exact),
            maybe(slope.corrected.map(|(z, _)| z)),
            maybe(slope.corrected.map(|(_, p)| p)),
            slope.finding.clone(),
        ])?;
    }
    table.finish()
}

fn models(place: &Place, fits: &[Fit]) -> Result<()> {
    let header = [
        "actor_id",
        "actor",
        "axis",
        "model",
        "breaks",
        "n_periods",
        "rss",
        "bic",
        "delta_bic",
        "verdict",
        "by_penalty",
    ];
    let mut table = place.table("models", &header)?;
    for fit in fits {
        table.row(vec![
            fit.actor_id.clone(),
            fit.actor.clone(),
            fit.axis.clone(),
            fit.model.clone(),
            fit.breaks.join(" "),
            fit.periods.to_string(),
            number(fit.rss),
            number(fit.bic),
            number(fit.delta),
            fit.verdict.to_string(),
            yes(fit.priced),
        ])?;
    }
    table.finish()
}

fn breaks(place: &Place, breaks: &[ChangePoint]) -> Result<()> {
    let header = [
        "actor_id",
        "actor",
        "axis",
        "period",
        "day",
        "day_low",
        "day_high",
        "level_before",
        "level_after",
        "p",
        "decided",
        "finding",
    ];
    let mut table = place.table("breaks", &header)?;
    for one in breaks {
        let day = |day: Option<chrono::NaiveDate>| day.map_or(String::new(), |day| day.to_string());
        table.row(vec![
            one.actor_id.clone(),
            one.actor.clone(),
            one.axis.clone(),
            one.period.clone(),
            one.day.to_string(),
            day(one.interval.map(|interval| interval.0)),
            day(one.interval.map(|interval| interval.1)),
            number(one.levels.0),
            number(one.levels.1),
            number(one.p),
            yes(one.decided),
            one.finding.clone(),
        ])?;
    }
    table.finish()
}

fn shifts(place: &Place, shifts: &[Shift]) -> Result<()> {
    let header = [
        "actor_id",
        "actor",
        "axis",
        "test",
        "window_a",
        "window_b",
        "n_a",
        "n_b",
        "mean_a",
        "mean_b",
        "difference",
        "ci_low",
        "ci_high",
        "p",
        "q",
        "finding",
        "event",
        "said_a_from",
        "said_a_to",
        "said_b_from",
        "said_b_to",
        "cliffs_delta",
        "within_source_difference",
        "permutations",
        "p_exact",
        "p_smallest",
        "placebo_rank",
        "placebo_dates",
        "local_jump",
        "local_jump_se",
    ];
    let mut table = place.table("shifts", &header)?;
    for shift in shifts {
        let count = |count: Option<usize>| count.map_or(String::new(), |count| count.to_string());
        table.row(vec![
            shift.actor_id.clone(),
            shift.actor.clone(),
            shift.axis.clone(),
            shift.test.clone(),
            shift.window_a.clone(),
            shift.window_b.clone(),
            shift.n.0.to_string(),
            shift.n.1.to_string(),
            number(shift.mean.0),
            number(shift.mean.1),
            number(shift.difference),
            maybe(shift.interval.map(|interval| interval.0)),
            maybe(shift.interval.map(|interval| interval.1)),
            maybe(shift.p),
            maybe(shift.q),
            shift.finding.clone(),
            shift.event.clone().unwrap_or_default(),
            shift.said_a.0.to_string(),
            shift.said_a.1.to_string(),
            shift.said_b.0.to_string(),
            shift.said_b.1.to_string(),
            number(shift.cliffs_delta),
            maybe(shift.within_source),
            shift.permutations.to_string(),
            yes(shift.exact),
            number(shift.smallest_p),
            count(shift.placebo.map(|placebo| placebo.0)),
            count(shift.placebo.map(|placebo| placebo.1)),
            maybe(shift.local_jump.map(|jump| jump.0)),
            maybe(shift.local_jump.map(|jump| jump.1)),
        ])?;
    }
    table.finish()
}

fn yes(value: bool) -> String {
    if value { "yes" } else { "no" }.to_string()
}

/// `duplicates.csv`, what was counted once, while rows stream by.
pub fn duplicates_begin(place: &Place) -> Result<Table<Sink>> {
    place.table("duplicates", &["statement_id", "duplicate_of", "speaker", "rule", "similarity"])
}

/// One row of it.
pub fn duplicates_row(table: &mut Table<Sink>, one: &Duplicate) -> Result<()> {
    table.row(vec![
        one.statement.clone(),
        one.original.clone(),
        one.speaker.clone(),
        one.rule.to_string(),
        number(one.similarity),
    ])
}
