//! Tests: every chart on data that breaks charts, in both themes.
//!
//! Snapshots of SVG are text: read the diff, then open the picture that
//! `stance run --charts svg` makes before accepting it.

#![cfg(test)]

use super::canvas::Shape;
use super::look::LEAST_TEXT;
use super::*;
use crate::model::{Axis, ChangePoint, Event, Line, LinePoint, Observation, TermShift, TrendPoint};
use chrono::{Datelike, NaiveDate};

fn day(year: i32, month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, 1).expect("a day")
}

fn axis() -> Axis {
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
struct Case {
    name: &'static str,
    points: Vec<TrendPoint>,
    seen: Vec<Observation>,
    events: Vec<Event>,
    breaks: Vec<ChangePoint>,
}

/// Years of several actors; `value` gives mean and n, or a gap.
fn case(
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

fn wave(index: usize, year: i32) -> (f64, usize) {
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

fn hard_cases() -> Vec<Case> {
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

const CAPTION: &str =
    "Source: The Example. n = 96 statements in 49 of 50 articles; compositional lexicon score.";

fn actors(case: &Case) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for point in &case.points {
        if !all.iter().any(|(id, _)| *id == point.actor_id) {
            all.push((point.actor_id.clone(), point.actor.clone()));
        }
    }
    all
}

fn lines(case: &Case) -> Vec<Line> {
    let of = |id: &str| -> Vec<LinePoint> {
        let own = case.points.iter().filter(|point| point.actor_id == id);
        own.map(|point| {
            let value = point.mean.unwrap_or(0.0);
            let band = Some((value - 0.1, value + 0.1));
            LinePoint { day: point.start + chrono::Duration::days(182), value, band }
        })
        .collect()
    };
    actors(case)
        .into_iter()
        .map(|(id, name)| {
            let pieces = vec![of(&id)];
            Line { actor_id: id, actor: name, axis: "position".into(), pieces }
        })
        .collect()
}

/// All five charts of a case.
fn drawings(case: &Case, look: &Look) -> Vec<(&'static str, Drawing)> {
    let actors = actors(case);
    let position_chart = PositionChart {
        title: "Position: Integration or sovereignty?".into(),
        subtitle: "Dots: means per year, larger with more statements, hollow below 3.".into(),
        axis: axis(),
        actors: actors.clone(),
        points: case.points.clone(),
        observations: case.seen.clone(),
        lines: lines(case),
        breaks: case.breaks.clone(),
        events: case.events.clone(),
        caption: CAPTION.into(),
    };
    let rows = actors.iter().enumerate().map(|(index, (_, name))| ShiftRow {
        name: name.clone(),
        windows: ("2003..2013".into(), "2019".into()),
        n: (3 + index, 9),
        means: (wave(index, 2003).0, wave(index, 2019).0),
        interval: (index % 3 > 0).then(|| {
            let change = wave(index, 2019).0 - wave(index, 2003).0;
            (change - 0.15, change + 0.15)
        }),
        p: Some(0.03),
    });
    let shift_chart = ShiftChart {
        title: "Position: who moved?".into(),
        subtitle: "Hollow: 2003..2013. Filled: 2019.".into(),
        axis: axis(),
        rows: rows.collect(),
        caption: CAPTION.into(),
    };
    let heat_chart = HeatChart {
        title: "Position by speaker and year".into(),
        subtitle: "Frame: fewer than 3. Empty: nothing was said.".into(),
        axis: axis(),
        actors: actors.clone(),
        points: case.points.clone(),
        caption: CAPTION.into(),
    };
    let term_chart = TermChart {
        title: "Which terms moved her?".into(),
        subtitle: "Contribution per statement.".into(),
        axis: axis(),
        windows: ("2003..2013".into(), "2019".into()),
        terms: actors
            .iter()
            .enumerate()
            .map(|(index, (_, name))| TermShift {
                term: name.clone(),
                times: (index, 4),
                share: (wave(index, 2001).0 / 9.0, wave(index, 2008).0 / 9.0),
            })
            .collect(),
        caption: CAPTION.into(),
    };
    let first = actors.first().map_or("", |(id, _)| id);
    let own: Vec<&TrendPoint> = case.points.iter().filter(|point| point.actor_id == first).collect();
    let axes_chart = AxesChart {
        title: "Integration and sovereignty".into(),
        subtitle: "Means per year, joined in order of time.".into(),
        across: axis(),
        upwards: axis(),
        name: first.into(),
        steps: own.iter().zip(own.iter().rev()).map(|(one, two)| ((*one).clone(), (*two).clone())).collect(),
        caption: CAPTION.into(),
    };
    vec![
        ("position", position(&position_chart, look).expect("drawn")),
        ("shift", shift(&shift_chart, look).expect("drawn")),
        ("heatmap", heatmap(&heat_chart, look).expect("drawn")),
        ("terms", terms(&term_chart, look).expect("drawn")),
        ("axes", axes(&axes_chart, look).expect("drawn")),
    ]
}

/// Every theme and several sizes.
fn looks() -> Vec<Look> {
    let mut looks = Vec::new();
    for theme in [Theme::Light, Theme::Dark] {
        for size in [(1600, 900), (1000, 600), (480, 320), (700, 1400)] {
            looks.push(Look { theme, size, dpi: 96 });
        }
    }
    looks
}

fn check_labels(place: &str, drawing: &Drawing) {
    let (width, height) = (f64::from(drawing.width), f64::from(drawing.height));
    for (index, label) in drawing.labels.iter().enumerate() {
        let inside = label.x0 >= 0.0 && label.y0 >= 0.0 && label.x1 <= width && label.y1 <= height;
        assert!(inside, "{place}: {label:?} leaves the canvas");
        for other in &drawing.labels[index + 1..] {
            assert!(!label.meets(other), "{place}: {label:?} and {other:?}");
        }
    }
}

#[test]
fn labels_stay_on_the_canvas_and_touch_no_other_label() {
    for case in hard_cases() {
        for look in looks() {
            for (name, drawing) in drawings(&case, &look) {
                check_labels(&format!("{name} of {}, {:?}", case.name, look.size), &drawing);
            }
        }
    }
}

#[test]
fn text_is_large_and_clear_enough_to_read() {
    for case in hard_cases() {
        for look in looks() {
            for (name, drawing) in drawings(&case, &look) {
                for shape in &drawing.canvas.shapes {
                    let Shape::Words { letters, text, .. } = shape else { continue };
                    assert!(letters.size >= LEAST_TEXT, "{name} of {}: {text}: {}", case.name, letters.size);
                    // In cells the ground is the cell: see `look`.
                    let contrast = letters.colour.contrast(look.palette().ground);
                    assert!(name == "heatmap" || contrast >= 4.5, "{name}: {text}: {contrast:.2}");
                }
            }
        }
    }
}

#[test]
fn what_matters_is_written_whatever_the_data() {
    for case in hard_cases() {
        for (name, drawing) in drawings(&case, &Look::default()) {
            let written = |words: &str| drawing.labels.iter().any(|label| label.text.contains(words));
            assert!(written("n = 96 statements in 49 of 50 articles"), "{name} of {}: caption", case.name);
            if case.points.is_empty() {
                assert!(written("no "), "{name} of {}: why it is empty", case.name);
                continue;
            }
            if ["position", "shift", "terms"].contains(&name) {
                assert!(written("integration") && written("sovereignty"), "{name} of {}: poles", case.name);
            }
            // Up to four actors are all named.
            let actors = actors(&case);
            if ["position", "shift", "heatmap"].contains(&name) && actors.len() <= 4 {
                for (_, actor) in &actors {
                    let clean = lettering::clean(actor);
                    let start: String = clean.chars().take(12).collect();
                    assert!(written(start.trim()), "{name} of {}: {actor}", case.name);
                }
            }
        }
    }
}

#[test]
fn no_chart_is_blank_and_the_same_chart_gives_the_same_bytes() {
    for case in hard_cases() {
        for theme in [Theme::Light, Theme::Dark] {
            let look = Look { theme, size: (640, 400), dpi: 96 };
            for (name, drawing) in drawings(&case, &look) {
                let pixels = paint::pixels(&drawing.canvas).expect("pixels");
                let Colour(red, green, blue) = look.palette().ground;
                let drawn = pixels.chunks(3).filter(|pixel| *pixel != [red, green, blue]).count();
                assert!(drawn > 1000, "{name} of {} is blank: {drawn}", case.name);
                assert!(drawing.svg.matches("<text").count() >= 2, "{name} of {}", case.name);
            }
        }
    }
    let case = &hard_cases()[3];
    for ((_, one), (_, two)) in drawings(case, &Look::default()).iter().zip(&drawings(case, &Look::default()))
    {
        assert!(one.svg == two.svg && one.png().expect("png") == two.png().expect("png"));
    }
}

#[test]
fn every_statement_and_period_can_be_pointed_at() {
    for case in hard_cases().iter().filter(|case| actors(case).len() <= 24) {
        let all = drawings(case, &Look::default());
        let drawing = &all[0].1;
        for seen in &case.seen {
            assert!(drawing.marks.iter().any(|mark| mark.key == seen.statement), "{}", seen.statement);
        }
        for point in &case.points {
            let key = format!("{}|{}|{}", point.actor_id, point.axis, point.period);
            assert!(drawing.marks.iter().any(|mark| mark.key == key), "{key}");
        }
        for mark in &drawing.marks {
            let inside = mark.x >= 0.0
                && mark.y >= 0.0
                && mark.x <= f64::from(drawing.width)
                && mark.y <= f64::from(drawing.height);
            assert!(inside && mark.radius > 0.0 && !mark.title.is_empty(), "{mark:?}");
        }
    }
}

#[test]
fn an_svg_is_well_formed_and_carries_no_foreign_markup() {
    for case in hard_cases() {
        for (name, drawing) in drawings(&case, &Look::default()) {
            let svg = &drawing.svg;
            assert!(!svg.contains("<script") && !svg.contains("<img"), "{name} of {}", case.name);
            let mut reader = quick_xml::Reader::from_str(svg);
            reader.config_mut().check_end_names = true;
            let mut depth = 0;
            loop {
                match reader.read_event().unwrap_or_else(|cause| panic!("{name} of {}: {cause}", case.name)) {
                    quick_xml::events::Event::Start(_) => depth += 1,
                    quick_xml::events::Event::End(_) => depth -= 1,
                    quick_xml::events::Event::Eof => break,
                    _ => {}
                }
            }
            assert_eq!(depth, 0, "{name} of {}", case.name);
        }
    }
}

#[test]
fn dots_per_inch_change_the_pixels_and_not_the_layout() {
    let case = &hard_cases()[1];
    let coarse = drawings(case, &Look { size: (640, 400), ..Look::default() });
    let fine = drawings(case, &Look { size: (640, 400), dpi: 192, ..Look::default() });
    assert_eq!(coarse[0].1.labels, fine[0].1.labels);
    let width = |png: &[u8]| u32::from_be_bytes([png[16], png[17], png[18], png[19]]);
    assert_eq!(width(&coarse[0].1.png().expect("png")), 640);
    assert_eq!(width(&fine[0].1.png().expect("png")), 1280);
}

#[test]
fn thousands_of_statements_are_thinned_and_the_chart_says_so() {
    let made = case("crowd", &["Ann Lind"], 2000..=2024, |_, _| Some((0.2, 400)));
    assert_eq!(made.seen.last().map(|seen| seen.from.year()), Some(2024));
    let drawing = &drawings(&made, &Look::default())[0].1;
    assert!(drawing.marks.len() < 3100, "{}", drawing.marks.len());
    assert!(drawing.labels.iter().any(|label| label.text.contains("One in 4 single statements is drawn")));
}

#[test]
fn pictures_as_text() {
    let look = Look { size: (900, 520), ..Look::default() };
    let two = case("two", &["Ann Lind", "Бен Рот"], 2017..=2024, |index, year| {
        (index == 0 || year < 2020).then(|| wave(index, year))
    });
    for (name, drawing) in drawings(&two, &look) {
        insta::assert_snapshot!(name, drawing.svg);
    }
}
