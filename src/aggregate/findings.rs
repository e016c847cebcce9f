//! Results in plain sentences that say how weak they are.

use crate::model::{Axis, Shift, Slope, counted};
use crate::stats::quantile::NORMAL_975;

/// Tests are called clear below this p.
pub const CLEAR: f64 = 0.05;

/// "p = 0.012" or "p < 0.001".
pub fn p_value(p: f64) -> String {
    if p < 0.001 { "p < 0.001".into() } else { format!("p = {p:.3}") }
}

/// The pole that a change leads to.
fn pole(axis: Option<&Axis>, id: &str, rises: bool) -> String {
    match axis {
        Some(axis) if rises && !axis.positive.is_empty() => format!("towards “{}” on {id}", axis.positive),
        Some(axis) if !rises && !axis.negative.is_empty() => format!("towards “{}” on {id}", axis.negative),
        _ if rises => format!("up on {id}"),
        _ => format!("down on {id}"),
    }
}

/// The sentence on a comparison of two windows; `tests` is the number of such tests.
pub fn shift(shift: &Shift, axis: Option<&Axis>, tests: usize) -> String {
    let when = match &shift.event {
        Some(event) => format!("after {} ({})", event, first_day(&shift.window_b)),
        None => format!("between {} and {}", shift.window_a, shift.window_b),
    };
    let counts = format!("n = {} and {}", shift.n.0, counted(shift.n.1, "article"));
    let p = shift.p.map_or(String::new(), |p| format!(", {}", p_value(p)));
    let (who, on) = (&shift.actor, &shift.axis);
    if shift.p.is_none() {
        return format!(
            "{who}: no test of a change on {on} {when}, because no source printed both ({:+.2}, {counts}).",
            shift.difference
        );
    }
    let Some((low, high)) = shift.interval else {
        return format!(
            "{who}: too few articles to detect a change on {on} {when} ({:+.2}, {counts}{p}).",
            shift.difference
        );
    };
    let numbers = format!("{:+.2} [{low:+.2}, {high:+.2}], {counts}{p}", shift.difference);
    let clear = shift.p.is_some_and(|p| p < CLEAR);
    if !clear && shift.smallest_p >= CLEAR {
        return format!(
            "{who}: too few articles to detect a change on {on} {when} ({numbers}; the smallest possible p is {:.2}).",
            shift.smallest_p
        );
    }
    if (low <= 0.0 && high >= 0.0) || !clear {
        return format!("{who}: no clear change on {on} {when} ({numbers}).");
    }
    let mut doubts = Vec::new();
    if let Some(q) = shift.q.filter(|q| *q >= CLEAR) {
        doubts.push(format!("but of {tests} tests some look like this by chance: q = {q:.2}"));
    }
    if let Some((rank, dates)) =
        shift.placebo.filter(|(rank, dates)| *rank as f64 > 0.05 * *dates as f64 + 1.0)
    {
        doubts.push(format!("but {} of {} other dates show as large a change", rank - 1, dates - 1));
    }
    let drift =
        |(jump, error): &(f64, f64)| jump * shift.difference <= 0.0 || jump.abs() < NORMAL_975 * error;
    if let Some((jump, error)) = shift.local_jump.filter(drift) {
        doubts
            .push(format!("but lines before and after meet at the date: jump {jump:+.2}, error {error:.2}"));
    }
    if let Some(within) = shift.within_source.filter(|within| within * shift.difference <= 0.0) {
        doubts.push(format!("but within sources the difference is {within:+.2}"));
    }
    let doubt = doubts.iter().map(|doubt| format!("; {doubt}")).collect::<String>();
    format!("{who} moved {} {when} ({numbers}{doubt}).", pole(axis, on, shift.difference > 0.0))
}

fn first_day(window: &str) -> &str {
    window.split_once("..").map_or(window, |(first, _)| first)
}

/// The sentence on a slope.
pub fn slope(slope: &Slope, axis: Option<&Axis>) -> String {
    let (low, high) = slope.interval;
    let exact = if slope.exact { " exact" } else { "" };
    let numbers = |p: &str| {
        format!(
            "{:+.3} a year [{low:+.3}, {high:+.3}], {},{exact} {p}",
            slope.slope,
            counted(slope.periods, "period")
        )
    };
    let plain = p_value(slope.p);
    if slope.p >= CLEAR {
        return format!("{}: no steady drift on {} ({}).", slope.actor, slope.axis, numbers(&plain));
    }
    let cautious = p_value(slope.cautious_p());
    if slope.cautious_p() >= CLEAR {
        return format!(
            "{}: no clear steady drift on {}, because neighbouring periods are alike ({}, corrected for that {cautious}).",
            slope.actor,
            slope.axis,
            numbers(&plain)
        );
    }
    let pole = pole(axis, &slope.axis, slope.slope > 0.0);
    format!("{} drifts {pole} ({}).", slope.actor, numbers(&cautious))
}

/// What the sentence on a break of level needs.
pub struct BreakSummary<'a> {
    /// Name for people.
    pub actor: &'a str,
    /// Id of the axis.
    pub axis: &'a str,
    /// First period of the new level.
    pub period: &'a str,
    /// First and last period in which it may lie.
    pub between: Option<(&'a str, &'a str)>,
    /// Means before and after.
    pub levels: (f64, f64),
    /// Of a break at an unknown date.
    pub p: f64,
    /// By how much BIC prefers steps to the best other description.
    pub lead: f64,
    /// That description.
    pub rival: &'a str,
}

/// The sentence on a break of level.
pub fn level_break(said: &BreakSummary, axis: Option<&Axis>) -> String {
    let rises = said.levels.1 > said.levels.0;
    let numbers =
        format!("level {:+.2} before, {:+.2} after, {}", said.levels.0, said.levels.1, p_value(said.p));
    let when = match said.between {
        Some((first, last)) if first == last => format!("in {first}"),
        Some((first, last)) => format!("between {first} and {last}, most likely in {}", said.period),
        None => format!("around {}", said.period),
    };
    let rival = said.rival.replace('_', " ");
    if said.lead < 2.0 {
        let verdict = if said.lead <= -2.0 { "describes it better" } else { "describes it as well" };
        return format!(
            "{}: the level on {} may have broken {when}, but a {rival} course {verdict} (BIC {:+.1}; {numbers}).",
            said.actor, said.axis, -said.lead
        );
    }
    if said.p >= CLEAR {
        return format!(
            "{}: no break of level on {} that differs from chance ({numbers}).",
            said.actor, said.axis
        );
    }
    format!(
        "{} moved {} {when} ({numbers}; BIC {:.1} better than {rival}).",
        said.actor,
        pole(axis, said.axis, rises),
        said.lead
    )
}
