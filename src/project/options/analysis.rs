//! Trends and tests as a project sets them: from settings to a plan, and the sentences
//! that the end of a command repeats.

use crate::aggregate;
use crate::aggregate::{Options, PeriodLength, Plan, Weight};
use crate::error::Result;
use crate::ingest;
use crate::ingest::ResourcePath;
use crate::model::{Analysis, Axis, Choice, Counting, Period, Shift, TrendPoint};
use crate::project::options::date_by::DateBy;
use crate::project::options::settings::Settings;
use std::borrow::Cow;

/// Bounds of the days before and after an event.
pub const EVENT_DAYS: std::ops::RangeInclusive<i64> = 1..=36_500;
/// Bounds of the number of resamples.
pub const REPLICATES: std::ops::RangeInclusive<u64> = 100..=1_000_000;
/// Maximum number of comparisons that are repeated when none has enough articles.
const TOO_FEW_SHOWN: usize = 3;

/// The plan of an analysis.
///
/// # Errors
/// For values that mean nothing, with the flag or the line of the settings file.
pub fn plan(settings: &Settings, axes: &[Axis]) -> Result<Plan> {
    let compare = settings.compare.as_ref().map_or(&[][..], |compare| compare.values());
    let windows = compare.iter().map(|text| aggregate::windows(text)).collect();
    let events = settings.events.as_ref().map(|path| ingest::events(ResourcePath::events(path))).transpose();
    let events = settings.blame("events", events)?;
    let period = settings.word::<PeriodLength>("period", &settings.period)?.and_then(PeriodLength::fixed);
    let weight = settings.word("weight", &settings.weight)?.unwrap_or(Weight::Statement);
    let event_window = settings.bounded("event-days", settings.event_days, EVENT_DAYS)?;
    let replicates = settings.bounded("replicates", settings.replicates, REPLICATES)?;
    Ok(Plan {
        period,
        axes: axes.to_vec(),
        by_source: settings.by_source.unwrap_or(false),
        windows: settings.blame("compare", windows)?,
        events: events.unwrap_or_default(),
        event_window: event_window.unwrap_or(Plan::default().event_window),
        options: Options {
            seed: settings.seed.unwrap_or(Options::default().seed),
            replicates: replicates.map_or(Options::default().replicates, |count| count as usize),
            weight,
            within_source: settings.within_source.unwrap_or(false),
            ..Options::default()
        },
        ..Plan::default()
    })
}

/// What counts in trends, and by which day.
///
/// # Errors
/// For an unknown word in the settings file.
pub fn counting(settings: &Settings) -> Result<Counting> {
    let date_by = settings.word("date-by", &settings.date_by)?;
    Ok(Counting {
        keep_duplicates: settings.keep_duplicates.unwrap_or(false),
        by_publication: date_by == Some(DateBy::Published),
    })
}

/// The options in force, for `run.json`.
pub fn configuration(settings: &Settings, plan: &Plan, period: Period) -> serde_json::Value {
    let date_by = settings.date_by.as_deref().unwrap_or("said").to_ascii_lowercase();
    serde_json::json!({
        "period": period,
        "date_by": date_by,
        "compare": settings.compare.as_ref().map_or(&[][..], |compare| compare.values()),
        "events": settings.events.as_ref().map(|path| path.display().to_string()),
        "event_days": plan.event_window,
        "by_source": plan.by_source,
        "within_source": plan.options.within_source,
        "weight": plan.options.weight.as_str(),
        "seed": plan.options.seed,
        "replicates": plan.options.replicates,
    })
}

/// The sentences on one axis that are worth reading at the end of a command:
/// comparisons that can be told (or, because they were asked for, that the
/// largest of them cannot), events that stand out, breaks that hold.
pub fn findings<'a>(analysis: &'a Analysis, axis: &str) -> Vec<&'a str> {
    let compared: Vec<&Shift> =
        analysis.shifts.iter().filter(|shift| shift.axis == axis && shift.event.is_none()).collect();
    let mut named: Vec<&Shift> = compared.iter().filter(|shift| shift.interval.is_some()).copied().collect();
    if named.is_empty() {
        named = compared;
        named.sort_by_key(|shift| std::cmp::Reverse(shift.n.0 + shift.n.1));
        named.truncate(TOO_FEW_SHOWN);
    }
    named.extend(analysis.shifts.iter().filter(|shift| {
        let clear = shift.interval.is_some_and(|(low, high)| low > 0.0 || high < 0.0);
        let stands_out = clear && shift.q.is_some_and(|q| q < 0.05);
        shift.axis == axis && shift.event.is_some() && stands_out
    }));
    let breaks = analysis.breaks.iter().filter(|one| one.axis == axis && one.decided);
    named
        .into_iter()
        .map(|shift| shift.finding.as_str())
        .chain(breaks.map(|one| one.finding.as_str()))
        .collect()
}

/// Points over all sources; there may be hundreds of thousands, copied only where others
/// stand between them.
pub fn over_all(points: &[TrendPoint]) -> Cow<'_, [TrendPoint]> {
    let whole = |point: &&TrendPoint| point.source.is_none();
    match points.iter().all(|point| whole(&point)) {
        true => Cow::Borrowed(points),
        false => points.iter().filter(whole).cloned().collect(),
    }
}
