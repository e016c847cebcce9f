//! Did an actor move between two windows of time, or at an event? The difference of means
//! with its interval, the permutation test, and for events the same at placebo dates.

use crate::aggregate::bootstrap;
use crate::aggregate::bootstrap::Cluster;
use crate::aggregate::change::event_jump;
use crate::aggregate::change::permutation;
use crate::aggregate::change::permutation::Stratum;
use crate::aggregate::change::windows::{Articles, Timeline};
use crate::aggregate::findings;
use crate::aggregate::plan::{Options, Plan};
use crate::aggregate::trend::points::FEW_ARTICLES;
use crate::error::{Error, Result};
use crate::model::{Axis, Event, Shift, Window, bounds};
use crate::stats::draws::Key;
use crate::stats::interval::Interval;
use crate::stats::moments::standard_deviation;
use crate::stats::quantile::{NORMAL_975, student_975};
use chrono::{Datelike, Duration, NaiveDate};
use rayon::prelude::*;

/// Fewest articles on each side of a placebo date.
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
            "the windows {} and {} overlap: what was said in {shared} is on both sides",
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
pub fn shifts(timelines: &[Timeline], plan: &Plan) -> Vec<Shift> {
    let mut named: Vec<Shift> = Vec::new();
    for (earlier, later) in &plan.windows {
        let found: Vec<Option<Shift>> =
            timelines.par_iter().map(|one| compare(one, earlier, later, &plan.options)).collect();
        named.extend(found.into_iter().flatten());
    }
    let found: Vec<Vec<(usize, Shift)>> = timelines.par_iter().map(|one| at_events(one, plan)).collect();
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
    let p: Vec<f64> = shifts.iter().filter_map(|shift| shift.p).collect();
    let tests = p.len();
    let mut q = permutation::corrected(&p).into_iter();
    for shift in shifts {
        shift.q = shift.p.and_then(|_| q.next());
        let poles = axes.iter().find(|known| known.id == shift.axis);
        shift.finding = findings::shift(shift, poles, tests);
    }
}

fn compare(timeline: &Timeline, earlier: &Window, later: &Window, options: &Options) -> Option<Shift> {
    let a = timeline.in_window(earlier.from, earlier.to, options);
    let b = timeline.in_window(later.from, later.to, options);
    let parts = ["compare", timeline.actor_id, timeline.axis, &earlier.label, &later.label];
    let shift = test(timeline, &a, &b, Key::new(options.seed, &parts), options)?;
    Some(Shift { window_a: earlier.label.clone(), window_b: later.label.clone(), ..shift })
}

/// The tests of one actor and axis at all events, with the events' numbers.
fn at_events(timeline: &Timeline, plan: &Plan) -> Vec<(usize, Shift)> {
    if plan.events.is_empty() {
        return Vec::new();
    }
    let others = placebos(timeline, plan);
    let all = plan.events.iter().enumerate();
    all.filter_map(|(number, event)| Some((number, at_event(timeline, event, &others, plan)?))).collect()
}

fn at_event(timeline: &Timeline, event: &Event, others: &[(NaiveDate, f64)], plan: &Plan) -> Option<Shift> {
    let options = &plan.options;
    let (before, after) = around(event.day, plan.event_window);
    let a = timeline.in_window(before.0, before.1, options);
    let b = timeline.in_window(after.0, after.1, options);
    let day = event.day.to_string();
    let parts = ["event", timeline.actor_id, timeline.axis, &day, &event.label];
    let shift = test(timeline, &a, &b, Key::new(options.seed, &parts), options)?;
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
fn placebos(timeline: &Timeline, plan: &Plan) -> Vec<(NaiveDate, f64)> {
    let mut all = Vec::new();
    let Some((first, last)) = timeline.days() else { return all };
    let mut at = first.with_day(1).unwrap_or(first);
    while at <= last {
        let (before, after) = around(at, plan.event_window);
        let a = timeline.in_window(before.0, before.1, &plan.options);
        let b = timeline.in_window(after.0, after.1, &plan.options);
        if a.clusters.len() >= PLACEBO_ARTICLES && b.clusters.len() >= PLACEBO_ARTICLES {
            let (a, b) = (bootstrap::total(&a.plain()), bootstrap::total(&b.plain()));
            all.extend(permutation::difference(a, b).map(|difference| (at, difference)));
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
fn test(timeline: &Timeline, a: &Articles, b: &Articles, key: Key, options: &Options) -> Option<Shift> {
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
        actor_id: timeline.actor_id.to_string(),
        actor: timeline.actor.to_string(),
        axis: timeline.axis.to_string(),
        test: "permutation".into(),
        event: None,
        window_a: String::new(),
        window_b: String::new(),
        said_a,
        said_b,
        n: (a.len(), b.len()),
        mean,
        difference: mean.1 - mean.0,
        interval: interval(&a, &b, mean.1 - mean.0, key, options).map(Interval::ends),
        p: outcome.map(|outcome| outcome.p),
        q: None,
        permutations: outcome.map_or(0, |outcome| outcome.permutations),
        exact: outcome.is_some_and(|outcome| outcome.exact),
        smallest_p: outcome.map_or(1.0, |outcome| outcome.smallest),
        cliffs_delta: permutation::cliffs_delta(&a, &b)?,
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
            let (a, b) = (bootstrap::total(&stratum.a), bootstrap::total(&stratum.b));
            sum += share * permutation::difference(a, b)?;
            weight += share;
        }
    }
    (weight > 0.0).then(|| sum / weight)
}

/// 95 % interval of the difference: percentiles over resampled articles of both
/// sides, half-widths widened for few articles (each side by its own
/// sqrt(m / (m - 1)), and Student's t with Welch's degrees of freedom).
fn interval(a: &[Cluster], b: &[Cluster], difference: f64, key: Key, options: &Options) -> Option<Interval> {
    if a.len() < FEW_ARTICLES || b.len() < FEW_ARTICLES {
        return None;
    }
    let side = |clusters: &[Cluster], offset: usize| -> Option<(Vec<f64>, f64)> {
        let mean = bootstrap::total(clusters).mean()?;
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
        let variance = standard_deviation(&values)?.powi(2);
        Some((values, variance))
    };
    // Permutations use the first replicates of the key.
    let ((one, va), (two, vb)) = (side(a, 1 << 20)?, side(b, 1 << 21)?);
    let mut all: Vec<f64> = one.iter().zip(&two).map(|(one, two)| two - one).collect();
    let part = |variance: f64, n: usize| variance * variance / (n - 1) as f64;
    let degrees = (va + vb).powi(2) / (part(va, a.len()) + part(vb, b.len())).max(1e-300);
    let wider = student_975(degrees) / NORMAL_975;
    let Interval { low, high } = Interval::percentile(&mut all)?;
    Some(Interval { low: difference + low * wider, high: difference + high * wider })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::change::windows::timelines;
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
            ("2003..2013,2010..2019", "in 2010..2013 is on both sides", "as in 2003..2009,2010..2019"),
            ("2010..2019,2003..2013", "in 2010..2013 is on", "as in 2010..2019,2003..2009"),
            ("2003,2003-07..2005", "in 2003-07..2003-12 is on", "as in 2003-01..2003-06,2003-07..2005"),
            ("2018-12-31..2019,2019-12-31", "in 2019-12-31 is on", "as in 2018-12-31..2019-12-30,2019-12-31"),
            ("2003..2019,2003", "in 2003 is on", "name two windows that lie apart"),
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
        let shifts = shifts(&timelines(&scores), &Plan { windows: pairs, ..plan() });
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
        let shifts = shifts(&timelines(&scores), &plan);
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
        let raw = shifts(&timelines(&scores), &Plan { windows: windows.clone(), ..plan() });
        assert!(raw[0].difference < -0.4 && raw[0].p.unwrap() < 0.05);
        let options = Options { within_source: true, ..Options::default() };
        let fair = shifts(&timelines(&scores), &Plan { windows, options, ..plan() });
        assert!(fair[0].within_source.unwrap().abs() < 1e-9);
        assert!(fair[0].p.unwrap() > 0.9, "{:?}", fair[0]);
    }

    #[test]
    fn without_a_common_source_there_is_no_p() {
        let mut all = Vec::new();
        for n in 0..8 {
            let noise = f64::from(n) * 0.01;
            all.push(seen(&format!("a{n}"), "Wire", day(2003, n as u32 + 1), 0.5 + noise));
            all.push(seen(&format!("b{n}"), "Daily", day(2019, n as u32 + 1), -0.5 + noise));
        }
        let scores: Scores = all.iter().collect();
        let windows = vec![(window("2003").unwrap(), window("2019").unwrap())];
        let options = Options { within_source: true, ..Options::default() };
        let found = &shifts(&timelines(&scores), &Plan { windows, options, ..plan() })[0];
        assert_eq!((found.p, found.q, found.within_source, found.permutations), (None, None, None, 0));
        assert!(
            found.finding.contains("because no source printed both (-1.00, n = 8 and 8 articles)"),
            "{found:?}"
        );
    }
}
