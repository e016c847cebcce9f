//! Did they move between two stretches of time, or at an event?
//!
//! Lives here: windows, the difference with its interval, events with placebo
//! dates. May not live here: the permutation test itself (see `permutation`),
//! grouping by period (see `trend`).

use crate::aggregate::bootstrap;
use crate::aggregate::bootstrap::{Cluster, Key};
use crate::aggregate::change::event_jump;
use crate::aggregate::change::permutation;
use crate::aggregate::change::permutation::Stratum;
use crate::aggregate::change::windows::{Spoken, Stretch};
use crate::aggregate::findings;
use crate::aggregate::trend::points::FEW_ARTICLES;
use crate::aggregate::{Options, Plan};
use crate::error::{Error, Result};
use crate::model::{Axis, Event, Shift, Window, bounds};
use chrono::{Datelike, Duration, NaiveDate};
use rayon::prelude::*;

/// Placebo dates of an event need so many articles on either side.
const PLACEBO_ARTICLES: usize = 3;

/// Reads a window: "2019", "2018-12", "2019-02-13" or two of these with `..`
/// between ("2003..2013").
pub fn window(text: &str) -> Result<Window> {
    let text = text.trim();
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    let wrong = || {
        Error::input(
            "--compare",
            format!("'{text}' is no window of time"),
            "write 2019, 2018-12, 2019-02-13 or 2003..2013",
        )
    };
    let (from, _) = bounds(first).ok_or_else(wrong)?;
    let (_, to) = bounds(last).ok_or_else(wrong)?;
    if to < from {
        return Err(Error::input(
            "--compare",
            format!("the window '{text}' runs backwards: it ends before it begins"),
            format!("write {}..{}", last.trim(), first.trim()),
        ));
    }
    Ok(Window { label: text.to_string(), from, to })
}

/// Reads two windows with a comma between. They may not overlap: what was said in both
/// would be compared with itself, and no test of a change could mean anything.
pub fn windows(text: &str) -> Result<(Window, Window)> {
    let parts: Vec<&str> = text.split(',').collect();
    let [one, two] = parts.as_slice() else {
        return Err(Error::input(
            "--compare",
            format!("'{text}' does not name two windows"),
            "write two windows with a comma between: 2003..2013,2019",
        ));
    };
    let (one, two) = (window(one)?, window(two)?);
    let (from, to) = (one.from.max(two.from), one.to.min(two.to));
    if to < from {
        return Ok((one, two));
    }
    let shared = named(from, to);
    Err(Error::input(
        "--compare",
        format!(
            "the windows {} and {} overlap: what was said in {shared} stands on both sides",
            one.label, two.label
        ),
        match apart(&one, &two) {
            Some(remedy) => format!("let one end before the other begins, as in {remedy}"),
            None => "name two windows that lie apart, as in 2003..2013,2019".into(),
        },
    ))
}

/// Two windows that overlap, the earlier one cut where the later begins.
fn apart(one: &Window, two: &Window) -> Option<String> {
    let cut = |first: &Window, second: &Window| Some(named(first.from, second.from.pred_opt()?));
    match one.from.cmp(&two.from) {
        std::cmp::Ordering::Less => Some(format!("{},{}", cut(one, two)?, two.label)),
        std::cmp::Ordering::Greater => Some(format!("{},{}", one.label, cut(two, one)?)),
        std::cmp::Ordering::Equal => None,
    }
}

/// A window as short as it can be written: in years, months or days.
fn named(from: NaiveDate, to: NaiveDate) -> String {
    let written = |format: &str| {
        let (begin, end) = (from.format(format).to_string(), to.format(format).to_string());
        let fits = bounds(&begin)?.0 == from && bounds(&end)?.1 == to;
        fits.then(|| if begin == end { begin } else { format!("{begin}..{end}") })
    };
    ["%Y", "%Y-%m", "%Y-%m-%d"].into_iter().find_map(written).unwrap_or_default()
}

/// All tests of the plan: every pair of windows, then every event, each for
/// every actor and axis with articles on both sides. q corrects over all rows
/// of the same kind of test.
pub fn shifts(spoken: &[Spoken], plan: &Plan) -> Vec<Shift> {
    let mut named: Vec<Shift> = Vec::new();
    for (earlier, later) in &plan.windows {
        let found: Vec<Option<Shift>> =
            spoken.par_iter().map(|one| compare(one, earlier, later, &plan.options)).collect();
        named.extend(found.into_iter().flatten());
    }
    let found: Vec<Vec<(usize, Shift)>> = spoken.par_iter().map(|one| at_events(one, plan)).collect();
    let mut dated: Vec<(usize, Shift)> = found.into_iter().flatten().collect();
    dated.sort_by_key(|(event, _)| *event);
    let mut dated: Vec<Shift> = dated.into_iter().map(|(_, shift)| shift).collect();
    finish(&mut named, &plan.axes);
    finish(&mut dated, &plan.axes);
    named.extend(dated);
    named
}

/// Corrects for the number of tests, then says what was found.
fn finish(shifts: &mut [Shift], axes: &[Axis]) {
    let p: Vec<f64> = shifts.iter().map(|shift| shift.p.unwrap_or(1.0)).collect();
    let tests = shifts.len();
    for (shift, q) in shifts.iter_mut().zip(permutation::corrected(&p)) {
        shift.q = Some(q);
        let poles = axes.iter().find(|known| known.id == shift.axis);
        shift.finding = findings::shift(shift, poles, tests);
    }
}

fn compare(spoken: &Spoken, earlier: &Window, later: &Window, options: &Options) -> Option<Shift> {
    let a = spoken.stretch(earlier.from, earlier.to, options);
    let b = spoken.stretch(later.from, later.to, options);
    let parts = ["compare", spoken.actor_id, spoken.axis, &earlier.label, &later.label];
    let shift = test(spoken, &a, &b, Key::new(options.seed, &parts), options)?;
    Some(Shift { window_a: earlier.label.clone(), window_b: later.label.clone(), ..shift })
}

/// The tests of one actor and axis at all events, with the events' numbers.
fn at_events(spoken: &Spoken, plan: &Plan) -> Vec<(usize, Shift)> {
    if plan.events.is_empty() {
        return Vec::new();
    }
    let others = placebos(spoken, plan);
    let all = plan.events.iter().enumerate();
    all.filter_map(|(number, event)| Some((number, at_event(spoken, event, &others, plan)?))).collect()
}

fn at_event(spoken: &Spoken, event: &Event, others: &[(NaiveDate, f64)], plan: &Plan) -> Option<Shift> {
    let options = &plan.options;
    let (before, after) = around(event.day, plan.event_window);
    let a = spoken.stretch(before.0, before.1, options);
    let b = spoken.stretch(after.0, after.1, options);
    let day = event.day.to_string();
    let parts = ["event", spoken.actor_id, spoken.axis, &day, &event.label];
    let shift = test(spoken, &a, &b, Key::new(options.seed, &parts), options)?;
    Some(Shift {
        test: "event".into(),
        event: Some(event.label.clone()),
        window_a: format!("{}..{}", before.0, before.1),
        window_b: format!("{}..{}", after.0, after.1),
        placebo: rank(event.day, shift.difference, others),
        local_jump: event_jump::jump(&a.around(event.day), &b.around(event.day)),
        ..shift
    })
}

type Bounds = (NaiveDate, NaiveDate);

/// The days before an event, and those from it on.
fn around(day: NaiveDate, length: i64) -> (Bounds, Bounds) {
    ((day - Duration::days(length), day - Duration::days(1)), (day, day + Duration::days(length - 1)))
}

/// The differences at the first of every month at which they can be had.
fn placebos(spoken: &Spoken, plan: &Plan) -> Vec<(NaiveDate, f64)> {
    let mut all = Vec::new();
    let Some((first, last)) = spoken.days() else { return all };
    let mut at = first.with_day(1).unwrap_or(first);
    while at <= last {
        let (before, after) = around(at, plan.event_window);
        let a = spoken.stretch(before.0, before.1, &plan.options);
        let b = spoken.stretch(after.0, after.1, &plan.options);
        if a.clusters.len() >= PLACEBO_ARTICLES && b.clusters.len() >= PLACEBO_ARTICLES {
            let (a, b) = (bootstrap::total(&a.plain()), bootstrap::total(&b.plain()));
            all.push((at, permutation::difference(a, b)));
        }
        let Some(next) = at.checked_add_months(chrono::Months::new(1)) else { break };
        at = next;
    }
    all
}

/// The rank of an event's difference by size among those of other dates, and
/// how many there are with it.
fn rank(day: NaiveDate, observed: f64, others: &[(NaiveDate, f64)]) -> Option<(usize, usize)> {
    let others: Vec<f64> = others.iter().filter(|(at, _)| *at != day).map(|(_, there)| there.abs()).collect();
    let larger = others.iter().filter(|there| **there >= observed.abs() - 1e-12).count();
    (!others.is_empty()).then_some((larger + 1, others.len() + 1))
}

/// The test of two stretches; None when one of them is empty.
fn test(spoken: &Spoken, a: &Stretch, b: &Stretch, key: Key, options: &Options) -> Option<Shift> {
    let (said_a, said_b) = (a.said?, b.said?);
    let strata: Vec<Stratum> = if options.within_source {
        let (a, mut b) = (a.by_source(), b.by_source());
        let mut strata: Vec<Stratum> =
            a.into_iter().map(|(source, a)| Stratum { a, b: b.remove(source).unwrap_or_default() }).collect();
        strata.extend(b.into_values().map(|b| Stratum { a: Vec::new(), b }));
        strata
    } else {
        vec![Stratum { a: a.plain(), b: b.plain() }]
    };
    let (a, b) = (a.plain(), b.plain());
    let mean = (bootstrap::total(&a).mean()?, bootstrap::total(&b).mean()?);
    let outcome = permutation::test(&strata, key);
    Some(Shift {
        actor_id: spoken.actor_id.to_string(),
        actor: spoken.actor.to_string(),
        axis: spoken.axis.to_string(),
        test: "permutation".into(),
        event: None,
        window_a: String::new(),
        window_b: String::new(),
        said_a,
        said_b,
        n: (a.len(), b.len()),
        mean,
        difference: mean.1 - mean.0,
        interval: interval(&a, &b, mean.1 - mean.0, key, options),
        p: Some(outcome.p),
        q: None,
        permutations: outcome.permutations,
        exact: outcome.exact,
        smallest_p: outcome.smallest,
        cliffs_delta: permutation::cliffs_delta(&a, &b),
        within_source: options.within_source.then(|| within(&strata)).flatten(),
        placebo: None,
        local_jump: None,
        finding: String::new(),
    })
}

/// The mean over sources of later minus earlier, each source weighing as many
/// articles as its smaller side has; None when no source has both sides.
fn within(strata: &[Stratum]) -> Option<f64> {
    let (mut sum, mut weight) = (0.0, 0.0);
    for stratum in strata {
        let (n, m) = (stratum.a.len() as f64, stratum.b.len() as f64);
        if n > 0.0 && m > 0.0 {
            let share = n * m / (n + m);
            sum +=
                share * permutation::difference(bootstrap::total(&stratum.a), bootstrap::total(&stratum.b));
            weight += share;
        }
    }
    (weight > 0.0).then(|| sum / weight)
}

/// 95 % interval of the difference: percentiles over resampled articles of both
/// sides, half-widths widened for few articles (each side by its own
/// sqrt(m / (m - 1)), and Student's t with Welch's degrees of freedom).
fn interval(
    a: &[Cluster],
    b: &[Cluster],
    difference: f64,
    key: Key,
    options: &Options,
) -> Option<(f64, f64)> {
    if a.len() < FEW_ARTICLES || b.len() < FEW_ARTICLES {
        return None;
    }
    let side = |clusters: &[Cluster], offset: usize| -> (Vec<f64>, f64) {
        let mean = bootstrap::total(clusters).mean().unwrap_or(0.0);
        let wider = bootstrap::unbiased(clusters.len());
        let values: Vec<f64> = (0..options.replicates)
            .map(|replicate| {
                let mut draws = key.replicate(offset + replicate);
                let mut total = Cluster::default();
                for _ in 0..clusters.len() {
                    total += clusters[draws.below(clusters.len())];
                }
                (total.mean().unwrap_or(mean) - mean) * wider
            })
            .collect();
        let variance = bootstrap::standard_deviation(&values).powi(2);
        (values, variance)
    };
    // Permutations use the first replicates of the key.
    let ((one, va), (two, vb)) = (side(a, 1 << 20), side(b, 1 << 21));
    let mut all: Vec<f64> = one.iter().zip(&two).map(|(one, two)| two - one).collect();
    let part = |variance: f64, n: usize| variance * variance / (n - 1) as f64;
    let degrees = (va + vb).powi(2) / (part(va, a.len()) + part(vb, b.len())).max(1e-300);
    let wider = bootstrap::t_quantile(degrees) / bootstrap::Z;
    let (low, high) = bootstrap::middle(&mut all);
    Some((difference + low * wider, difference + high * wider))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::change::windows::spoken;
    use crate::model::{Observation, Scores};

    fn seen(article: &str, source: &str, day: NaiveDate, value: f64) -> Observation {
        Observation {
            actor_id: "lind".into(),
            actor: "Ann Lind".into(),
            axis: "position".into(),
            article: article.into(),
            cluster: None,
            statement: article.into(),
            source: Some(source.into()),
            from: day,
            to: day,
            value,
            hits: 1,
            poles: (1, 0),
        }
    }

    fn day(year: i32, month: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, 5).unwrap()
    }

    fn plan() -> Plan {
        let axis = Axis {
            id: "position".into(),
            name: "Position".into(),
            negative: "sovereignty".into(),
            positive: "integration".into(),
        };
        Plan { axes: vec![axis], ..Plan::default() }
    }

    fn moved() -> Scores {
        let mut all = Vec::new();
        for n in 0..6 {
            let step = f64::from(n) * 0.02;
            all.push(seen(&format!("a{n}"), "Wire", day(2003, n as u32 + 1), 0.8 - step));
            all.push(seen(&format!("b{n}"), "Wire", day(2019, n as u32 + 1), -0.6 + step));
        }
        all.iter().collect()
    }

    #[test]
    fn windows_are_read_and_nonsense_is_refused() {
        let found = window("2003..2013").unwrap();
        assert_eq!(
            (found.from.to_string().as_str(), found.to.to_string().as_str()),
            ("2003-01-01", "2013-12-31")
        );
        assert_eq!(window("2018-02").unwrap().to.to_string(), "2018-02-28");
        for wrong in ["", "abc", "2013..2003", "2019-13", "20"] {
            assert!(window(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn windows_that_overlap_or_run_backwards_are_told_with_the_right_form() {
        for right in ["2003..2013,2019", "2003..2009,2010..2019", "2019-01,2019-02", "2019,2003..2013"] {
            assert!(windows(right).is_ok(), "{right}");
        }
        let cases = [
            ("2003..2013,2010..2019", "in 2010..2013 stands on both sides", "as in 2003..2009,2010..2019"),
            ("2010..2019,2003..2013", "in 2010..2013 stands", "as in 2010..2019,2003..2009"),
            ("2003,2003-07..2005", "in 2003-07..2003-12 stands", "as in 2003-01..2003-06,2003-07..2005"),
            (
                "2018-12-31..2019,2019-12-31",
                "in 2019-12-31 stands",
                "as in 2018-12-31..2019-12-30,2019-12-31",
            ),
            ("2003..2019,2003", "in 2003 stands", "name two windows that lie apart"),
            ("2013..2003,2019", "the window '2013..2003' runs backwards", "write 2003..2013"),
        ];
        for (text, message, remedy) in cases {
            let error = windows(text).unwrap_err().to_string();
            assert!(error.contains(message) && error.contains(remedy), "{text}: {error}");
        }
    }

    #[test]
    fn a_shift_is_told_in_one_sentence_with_its_dates() {
        let pairs = vec![(window("2003").unwrap(), window("2019").unwrap())];
        let scores = moved();
        let shifts = shifts(&spoken(&scores), &Plan { windows: pairs, ..plan() });
        assert_eq!(shifts.len(), 1);
        let shift = &shifts[0];
        assert!(shift.interval.unwrap().1 < 0.0);
        assert_eq!((shift.said_a, shift.said_b.1), ((day(2003, 1), day(2003, 6)), day(2019, 6)));
        assert_eq!((shift.cliffs_delta, shift.exact), (-1.0, true));
        assert!((shift.p.unwrap() - 2.0 / 924.0).abs() < 1e-12);
        assert_eq!(
            shift.finding,
            "Ann Lind moved towards “sovereignty” on position between 2003 and 2019 \
             (-1.30 [-1.35, -1.25], n = 6 and 6 articles, p = 0.002)."
        );
    }

    #[test]
    fn an_event_is_held_against_other_dates() {
        let mut all = Vec::new();
        for month in 0..48u32 {
            let day = day(2010 + (month / 12) as i32, month % 12 + 1);
            let value = if month < 24 { 0.5 } else { -0.5 } + f64::from(month % 5) * 0.05;
            all.push(seen(&format!("a{month}"), "Wire", day, value));
        }
        let scores: Scores = all.iter().collect();
        let event = |year| Event { day: day(year, 1), label: "A treaty".into(), source: String::new() };
        let plan = Plan { events: vec![event(2012), event(2011)], event_window: 365, ..plan() };
        let shifts = shifts(&spoken(&scores), &plan);
        let real = &shifts[0];
        assert_eq!((real.test.as_str(), real.event.as_deref()), ("event", Some("A treaty")));
        let (rank, dates) = real.placebo.unwrap();
        assert!(rank <= 2 && dates > 30, "{rank} of {dates}");
        assert!(shifts[1].p.unwrap() > 0.05 && shifts[1].placebo.unwrap().0 > 5);
    }

    #[test]
    fn a_newspaper_that_joins_is_no_shift() {
        let mut all = Vec::new();
        for n in 0..8 {
            let noise = f64::from(n) * 0.01;
            all.push(seen(&format!("a{n}"), "Wire", day(2003, n as u32 + 1), 0.5 + noise));
            all.push(seen(&format!("b{n}"), "Wire", day(2019, n as u32 + 1), 0.5 + noise));
            all.push(seen(&format!("c{n}"), "Daily", day(2019, n as u32 + 1), -0.5 + noise));
        }
        let scores: Scores = all.iter().collect();
        let windows = vec![(window("2003").unwrap(), window("2019").unwrap())];
        let raw = shifts(&spoken(&scores), &Plan { windows: windows.clone(), ..plan() });
        assert!(raw[0].difference < -0.4 && raw[0].p.unwrap() < 0.05);
        let options = Options { within_source: true, ..Options::default() };
        let fair = shifts(&spoken(&scores), &Plan { windows, options, ..plan() });
        assert!(fair[0].within_source.unwrap().abs() < 1e-9);
        assert!(fair[0].p.unwrap() > 0.9, "{:?}", fair[0]);
    }
}
