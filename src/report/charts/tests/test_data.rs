//! Tests: data that breaks charts.

#![cfg(test)]

use crate::model::{Axis, ChangePoint, Event, Observation, TrendPoint};
use chrono::NaiveDate;

pub(crate) fn day(year: i32, month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, 1).expect("a day")
}

pub(crate) fn axis() -> Axis {
    Axis {
        id: "position".into(),
        name: "Position".into(),
        negative: "sovereignty".into(),
        positive: "integration".into(),
    }
}

fn point(name: &str, start: NaiveDate, end: NaiveDate, period: String, mean: f64, n: usize) -> TrendPoint {
    TrendPoint {
        actor_id: name.to_lowercase(),
        actor: name.into(),
        axis: "position".into(),
        period,
        start,
        end,
        statements: n,
        articles: n,
        hits: n,
        mean: Some(mean),
        standard_error: None,
        interval: (n >= 5).then(|| ((mean - 0.2).max(-1.0), (mean + 0.2).min(1.0))),
        flags: Vec::new(),
        source: None,
        sources: 0,
        within_source: None,
        log_odds: None,
        boot_failed: 0,
    }
}

fn statement(name: &str, day: NaiveDate, value: f64, id: usize) -> Observation {
    Observation {
        actor_id: name.to_lowercase(),
        actor: name.into(),
        axis: "position".into(),
        article: format!("a{id}"),
        statement: format!("{}#{id}", name.to_lowercase()),
        cluster: None,
        source: None,
        from: day,
        to: day,
        value,
        hits: 1,
        poles: (1, 0),
    }
}

/// What the charts of a case are made from.
#[derive(Default)]
pub(crate) struct Case {
    pub name: &'static str,
    pub points: Vec<TrendPoint>,
    pub seen: Vec<Observation>,
    pub events: Vec<Event>,
    pub breaks: Vec<ChangePoint>,
}

/// Years of several actors; `value` gives mean and n, or a gap.
pub(crate) fn case(
    name: &'static str,
    actors: &[&str],
    years: std::ops::RangeInclusive<i32>,
    value: impl Fn(usize, i32) -> Option<(f64, usize)>,
) -> Case {
    let mut made = Case { name, ..Case::default() };
    for (index, actor) in actors.iter().enumerate() {
        for year in years.clone() {
            let Some((mean, n)) = value(index, year) else { continue };
            let end = NaiveDate::from_ymd_opt(year, 12, 31).expect("a day");
            made.points.push(point(actor, day(year, 1), end, year.to_string(), mean, n));
            for number in 0..n {
                let spread = (number as f64 - n as f64 / 2.0) * 0.05;
                let when = day(year, 1 + (number * 5 % 12) as u32);
                let value = (mean + spread).clamp(-1.0, 1.0);
                made.seen.push(statement(actor, when, value, made.seen.len()));
            }
        }
    }
    made
}

pub(crate) fn wave(index: usize, year: i32) -> (f64, usize) {
    let turn = f64::from(year % 17) * 0.37 + index as f64;
    (0.8 * turn.sin(), 1 + (year as usize * 7 + index * 3) % 12)
}

fn months(actor: &str) -> Case {
    let mut made = Case { name: "25 years of months", ..Case::default() };
    for month in 0..300 {
        let start = day(2000 + month / 12, 1 + (month % 12) as u32);
        let end = start.checked_add_months(chrono::Months::new(1)).expect("a day").pred_opt().expect("a day");
        let (mean, n) = wave(0, month);
        made.points.push(point(actor, start, end, start.format("%Y-%m").to_string(), mean, n * 9));
        made.seen.push(statement(actor, start, mean, month as usize));
    }
    made
}

pub(crate) fn hard_cases() -> Vec<Case> {
    let many: Vec<String> = (0..40).map(|number| format!("Speaker Number {number}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let long = [
        "Konstantin Aleksandrovich Verkhnedneprov",
        "Maximiliana Featherstonehaugh-Cholmondel",
        "Wolfeschlegelsteinhausenbergerdorffwelch",
    ];
    let cyrillic = ["Алексей Щербаков-Вышневолоцкий", "Ёжи Їжакевич", "Святлана Ціхая"];
    let mut eventful =
        case("many events and breaks", &["Ann Lind", "Ben Roth"], 2000..=2024, |index, year| {
            Some(wave(index, year))
        });
    for number in 0..60 {
        let label = format!("Event of some length, number {number}");
        eventful.events.push(Event {
            day: day(2000 + number / 3, 1 + (number % 12) as u32),
            label,
            source: String::new(),
        });
    }
    for number in 0..12 {
        eventful.breaks.push(ChangePoint {
            actor_id: "ann lind".into(),
            actor: "Ann Lind".into(),
            axis: "position".into(),
            period: (2001 + 2 * number).to_string(),
            day: day(2001 + 2 * number, 1),
            interval: None,
            levels: (0.4, -0.2),
            p: 0.01,
            decided: true,
            finding: String::new(),
        });
    }
    let hostile = ["<script>alert(1)</script>", "\"><img onerror=x>", "two\nlines\tand \u{7}bell"];
    vec![
        case("no data", &[], 2000..=2001, |_, _| None),
        case("one point", &["Ann Lind"], 2014..=2014, |_, _| Some((0.3, 1))),
        case("one actor", &["Ann Lind"], 2000..=2024, |index, year| Some(wave(index, year))),
        case("four actors", &["Ann Lind", "Ben Roth", "Cy Marsh", "Di Holm"], 2010..=2024, |index, year| {
            Some(wave(index, year))
        }),
        case("40 actors", &many, 2000..=2024, |index, year| {
            ((index as i32 + year) % 3 > 0).then(|| wave(index, year))
        }),
        months("Ann Lind"),
        case("long names", &long, 2015..=2024, |index, year| Some(wave(index, year))),
        case("Cyrillic", &cyrillic, 2015..=2024, |index, year| Some(wave(index, year))),
        case("all equal", &["Ann Lind", "Ben Roth", "Cy Marsh"], 2015..=2024, |_, _| Some((0.0, 4))),
        case("gaps and ends", &["Ann Lind", "Ben Roth"], 2000..=2024, |index, year| {
            (year % 8 == 0).then_some((if index == 0 { 1.0 } else { -1.0 }, 3))
        }),
        case("all at one end", &["Ann Lind", "Ben Roth", "Cy Marsh", "Di Holm"], 2024..=2024, |_, _| {
            Some((-1.0, 2))
        }),
        eventful,
        case("hostile names", &hostile, 2015..=2024, |index, year| Some(wave(index, year))),
    ]
}
