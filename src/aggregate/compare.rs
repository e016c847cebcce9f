//! Did they move between two stretches of time?
//!
//! Lives here: windows, the difference with its bootstrap interval, the
//! permutation test over articles, correction for many tests. May not live
//! here: grouping by period (see `trend`).

use super::Options;
use super::bootstrap::{self, Cluster};
use super::trend::widening;
use crate::error::{Error, Result};
use crate::model::{Axis, Observation, Shift, Window};
use chrono::NaiveDate;
use rand::RngExt;
use std::collections::BTreeMap;

/// Exact enumeration up to so many relabellings.
const EXACT: u64 = 10_000;
/// Random relabellings beyond that.
const RANDOM: usize = 9_999;
/// Fewer articles than this on a side give no interval.
const LEAST_ARTICLES: usize = 3;

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
        return Err(wrong());
    }
    Ok(Window { label: text.to_string(), from, to })
}

fn bounds(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let parts: Vec<&str> = text.trim().split('-').collect();
    let year: i32 = parts.first()?.parse().ok().filter(|year| (1000..=9999).contains(year))?;
    match parts.as_slice() {
        [_] => Some((NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?)),
        [_, month] => {
            let from = NaiveDate::from_ymd_opt(year, month.parse().ok()?, 1)?;
            let next = from.checked_add_months(chrono::Months::new(1))?;
            Some((from, next.pred_opt()?))
        }
        [_, month, day] => {
            let day = NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?)?;
            Some((day, day))
        }
        _ => None,
    }
}

/// Tests every actor and axis with articles in both windows: difference of
/// statement means (later minus earlier), 95 % interval from resampling the
/// articles of each window, two-sided permutation p over the articles' labels
/// (Phipson & Smyth 2010: (1 + #)/(B + 1) when not exact), and Benjamini and
/// Hochberg's q over all rows.
pub fn compare(
    observations: &[Observation],
    pairs: &[(Window, Window)],
    axes: &[Axis],
    options: &Options,
) -> Vec<Shift> {
    let mut shifts = Vec::new();
    for (earlier, later) in pairs {
        let mut groups: BTreeMap<(String, String), (String, Articles, Articles)> = BTreeMap::new();
        for observation in observations {
            let day = observation.day();
            let key = (observation.actor_id.clone(), observation.axis.clone());
            let inside = |window: &Window| window.from <= day && day <= window.to;
            if !inside(earlier) && !inside(later) {
                continue;
            }
            let group =
                groups.entry(key).or_insert((observation.actor.clone(), Articles::new(), Articles::new()));
            if inside(earlier) {
                group.1.entry(observation.article.clone()).or_default().push(observation.value);
            }
            if inside(later) {
                group.2.entry(observation.article.clone()).or_default().push(observation.value);
            }
        }
        for ((actor_id, axis), (actor, a, b)) in groups {
            if a.is_empty() || b.is_empty() {
                continue;
            }
            let poles = axes.iter().find(|known| known.id == axis);
            shifts.push(test(actor_id, actor, axis, poles, (earlier, later), (&a, &b), options));
        }
    }
    correct(&mut shifts);
    for shift in &mut shifts {
        let poles = axes.iter().find(|known| known.id == shift.axis);
        shift.finding = finding(shift, poles);
    }
    shifts
}

type Articles = BTreeMap<String, Vec<f64>>;

fn clusters(articles: &Articles) -> Vec<Cluster> {
    articles
        .values()
        .map(|values| {
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            (sorted.iter().sum(), sorted.len())
        })
        .collect()
}

fn test(
    actor_id: String,
    actor: String,
    axis: String,
    _poles: Option<&Axis>,
    (earlier, later): (&Window, &Window),
    (a, b): (&Articles, &Articles),
    options: &Options,
) -> Shift {
    let (a, b) = (clusters(a), clusters(b));
    let mean = (bootstrap::mean(&a), bootstrap::mean(&b));
    let difference = mean.1 - mean.0;
    let cell = format!("{actor_id}\u{1f}{axis}\u{1f}{}\u{1f}{}", earlier.label, later.label);
    let mut generator = bootstrap::generator(options.seed, &cell);
    let interval = (a.len() >= LEAST_ARTICLES && b.len() >= LEAST_ARTICLES).then(|| {
        let one = bootstrap::means(&a, options.replicates, &mut generator);
        let two = bootstrap::means(&b, options.replicates, &mut generator);
        let mut all: Vec<f64> = one.iter().zip(&two).map(|(one, two)| two - one).collect();
        all.sort_by(f64::total_cmp);
        let wider = widening(a.len().min(b.len()));
        let low = bootstrap::quantile(&all, 0.025);
        let high = bootstrap::quantile(&all, 0.975);
        (difference + (low - difference) * wider, difference + (high - difference) * wider)
    });
    let p = permutation(&a, &b, difference, &mut generator);
    Shift {
        actor_id,
        actor,
        axis,
        test: "permutation".into(),
        window_a: earlier.label.clone(),
        window_b: later.label.clone(),
        n: (a.len(), b.len()),
        mean,
        difference,
        interval,
        p: Some(p),
        q: None,
        finding: String::new(),
    }
}

/// Two-sided permutation p of a difference of means over cluster labels.
fn permutation(a: &[Cluster], b: &[Cluster], observed: f64, generator: &mut rand_chacha::ChaCha8Rng) -> f64 {
    let all: Vec<Cluster> = a.iter().chain(b).copied().collect();
    let total: Cluster = all.iter().fold((0.0, 0), |(s, n), (sum, count)| (s + sum, n + count));
    let difference = |chosen: Cluster| {
        let rest = (total.0 - chosen.0, total.1 - chosen.1);
        rest.0 / rest.1.max(1) as f64 - chosen.0 / chosen.1.max(1) as f64
    };
    let bound = observed.abs() * (1.0 - 1e-12);
    if combinations(all.len() as u64, a.len() as u64) <= EXACT {
        let (mut extreme, mut count) = (0u64, 0u64);
        let mut chosen: Vec<usize> = (0..a.len()).collect();
        loop {
            let sum = chosen.iter().fold((0.0, 0), |(s, n), index| (s + all[*index].0, n + all[*index].1));
            count += 1;
            extreme += u64::from(difference(sum).abs() >= bound - 1e-12);
            if !next_combination(&mut chosen, all.len()) {
                break;
            }
        }
        return extreme as f64 / count as f64;
    }
    let mut order: Vec<usize> = (0..all.len()).collect();
    let mut extreme = 0;
    for _ in 0..RANDOM {
        for index in 0..a.len() {
            let other = generator.random_range(index..order.len());
            order.swap(index, other);
        }
        let sum = order[..a.len()].iter().fold((0.0, 0), |(s, n), i| (s + all[*i].0, n + all[*i].1));
        extreme += usize::from(difference(sum).abs() >= bound - 1e-12);
    }
    (1 + extreme) as f64 / (1 + RANDOM) as f64
}

fn combinations(n: u64, k: u64) -> u64 {
    let mut result: u64 = 1;
    for step in 0..k.min(n - k) {
        result = result.saturating_mul(n - step) / (step + 1);
        if result > EXACT {
            return result;
        }
    }
    result
}

fn next_combination(chosen: &mut [usize], n: usize) -> bool {
    let k = chosen.len();
    for position in (0..k).rev() {
        if chosen[position] < n - k + position {
            chosen[position] += 1;
            for later in position + 1..k {
                chosen[later] = chosen[later - 1] + 1;
            }
            return true;
        }
    }
    false
}

/// Benjamini & Hochberg (1995) over all tests of the run.
fn correct(shifts: &mut [Shift]) {
    let mut order: Vec<usize> = (0..shifts.len()).filter(|index| shifts[*index].p.is_some()).collect();
    order.sort_by(|one, two| shifts[*two].p.unwrap_or(1.0).total_cmp(&shifts[*one].p.unwrap_or(1.0)));
    let m = order.len() as f64;
    let mut least = 1.0f64;
    for (position, index) in order.iter().enumerate() {
        let rank = m - position as f64;
        least = least.min(shifts[*index].p.unwrap_or(1.0) * m / rank);
        shifts[*index].q = Some(least.min(1.0));
    }
}

/// One plain sentence, honest about weakness.
fn finding(shift: &Shift, poles: Option<&Axis>) -> String {
    let windows = format!("between {} and {}", shift.window_a, shift.window_b);
    let counts = format!("{} and {} articles", shift.n.0, shift.n.1);
    let p = shift.p.map_or(String::new(), |p| {
        if p < 0.001 { ", p < 0.001".to_string() } else { format!(", p = {p:.3}") }
    });
    let Some((low, high)) = shift.interval else {
        return format!(
            "{}: too few articles to tell a change on {} {windows} ({:+.2}, n = {counts}{p}).",
            shift.actor, shift.axis, shift.difference
        );
    };
    let numbers = format!("{:+.2} [{low:+.2}, {high:+.2}], n = {counts}{p}", shift.difference);
    if low <= 0.0 && high >= 0.0 {
        return format!("{}: no clear change on {} {windows} ({numbers}).", shift.actor, shift.axis);
    }
    let pole = match poles {
        Some(axis) if shift.difference > 0.0 => axis.positive.clone(),
        Some(axis) => axis.negative.clone(),
        None => shift.axis.clone(),
    };
    format!("{} moved towards “{pole}” on {} {windows} ({numbers}).", shift.actor, shift.axis)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ones(values: &[f64]) -> Vec<Cluster> {
        values.iter().map(|value| (*value, 1)).collect()
    }

    #[test]
    fn six_articles_can_never_reach_five_percent() {
        let (a, b) = (ones(&[0.9, 0.7, 0.8]), ones(&[0.1, 0.2, 0.0]));
        let p = permutation(&a, &b, -0.7, &mut bootstrap::generator(1, "x"));
        assert!((p - 0.1).abs() < 1e-12, "{p}");
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
    fn a_shift_is_told_in_one_sentence() {
        let seen = |article: &str, year: i32, value: f64| Observation {
            actor_id: "lind".into(),
            actor: "Ann Lind".into(),
            axis: "position".into(),
            article: article.into(),
            statement: article.into(),
            source: None,
            from: NaiveDate::from_ymd_opt(year, 5, 5).unwrap(),
            to: NaiveDate::from_ymd_opt(year, 5, 5).unwrap(),
            value,
            hits: 1,
        };
        let mut all = Vec::new();
        for n in 0..6 {
            all.push(seen(&format!("a{n}"), 2003, 0.8 - 0.02 * f64::from(n)));
            all.push(seen(&format!("b{n}"), 2019, -0.6 + 0.02 * f64::from(n)));
        }
        let axis = Axis {
            id: "position".into(),
            name: "Position".into(),
            negative: "sovereignty".into(),
            positive: "integration".into(),
        };
        let pairs = [(window("2003").unwrap(), window("2019").unwrap())];
        let shifts = compare(&all, &pairs, &[axis], &Options::default());
        assert_eq!(shifts.len(), 1);
        assert!(shifts[0].interval.unwrap().1 < 0.0);
        assert!(
            shifts[0].finding.starts_with("Ann Lind moved towards “sovereignty”"),
            "{}",
            shifts[0].finding
        );
    }
}
