//! Tests: every chart on data that breaks charts, in both themes.
//!
//! Snapshots of SVG are text: read the diff, then open the picture that
//! `stance run --charts svg` makes before accepting it.

#![cfg(test)]

pub(crate) mod test_data;

use crate::model::{Analysis, Line, LinePoint, Period, Scores, TermShift, TrendPoint, Window};
use crate::report::charts::axes::{AxesChart, axes};
use crate::report::charts::canvas::{Shape, paint};
use crate::report::charts::data::input::{ChartInput, DOTS};
use crate::report::charts::draw_all;
use crate::report::charts::drawing::Drawing;
use crate::report::charts::heatmap::{HeatChart, heatmap};
use crate::report::charts::position::chart::PositionChart;
use crate::report::charts::position::position;
use crate::report::charts::shift::{ShiftChart, ShiftRow, shift};
use crate::report::charts::terms::{TermChart, terms};
use crate::report::charts::tests::test_data::{Case, axis, case, hard_cases, wave};
use crate::report::charts::theme::LEAST_TEXT;
use crate::report::charts::theme::{Colour, Look, Theme};
use crate::stats::loess::{loess, neighbours};
use chrono::Datelike;
use std::collections::BTreeMap;

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

/// The lines of a case, smoothed as `aggregate` does, with a band of equal
/// width.
fn lines(case: &Case) -> Vec<Line> {
    let mut lines = Vec::new();
    for (id, name) in actors(case) {
        let own: Vec<&TrendPoint> = case.points.iter().filter(|point| point.actor_id == id).collect();
        let points: Vec<(f64, f64, f64)> = own
            .iter()
            .map(|point| {
                (
                    crate::report::charts::canvas::scale::years(point.start),
                    point.mean.unwrap_or(0.0),
                    point.articles as f64,
                )
            })
            .collect();
        if points.len() < 5 {
            continue;
        }
        let at: Vec<f64> = points.iter().map(|point| point.0).collect();
        let near = neighbours(&points);
        let values = loess(&points, near, &at);
        let piece = own.iter().zip(values).filter_map(|(point, value)| {
            let value = value?;
            let half = (point.end - point.start) / 2;
            Some(LinePoint { day: point.start + half, value, band: Some((value - 0.1, value + 0.1)) })
        });
        let pieces = vec![piece.collect()];
        lines.push(Line { actor_id: id, actor: name, axis: "position".into(), span: 0.5, pieces });
    }
    lines
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
        dots: 3000,
        caption: CAPTION.into(),
    };
    let rows = actors.iter().enumerate().map(|(index, (_, name))| ShiftRow {
        name: name.clone(),
        // One pair of windows, or two in turn.
        windows: (
            "2003..2013".into(),
            if actors.len() > 2 && index % 2 == 1 { "2018..2020" } else { "2019" }.into(),
        ),
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
                    let clean = crate::report::charts::canvas::text_layout::clean(actor);
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

#[test]
fn letters_that_the_font_lacks_are_told() {
    let made =
        case("scripts", &["李克强", "Ann Lind", "Ёжи Їжакевич"], 2017..=2024, |index, year| {
            Some(wave(index, year))
        });
    let drawing = &drawings(&made, &Look::default())[0].1;
    let missing: Vec<&str> = drawing.missing_glyphs().collect();
    assert!(!missing.is_empty() && missing.iter().all(|text| *text == "李克强"), "{missing:?}");
    assert!(drawing.svg.contains("李克强"));
    for case in hard_cases() {
        for (name, drawing) in drawings(&case, &Look::default()) {
            assert_eq!(drawing.missing_glyphs().next(), None, "{name} of {}", case.name);
        }
    }
}

/// Writes every chart of every hard case in both themes as PNG, to be looked
/// at: `STANCE_PICTURES=DIR cargo test --release pictures_to_look_at -- --ignored`.
#[test]
#[ignore = "writes pictures into the folder named by STANCE_PICTURES"]
fn pictures_to_look_at() {
    let folder = std::path::PathBuf::from(std::env::var("STANCE_PICTURES").expect("STANCE_PICTURES"));
    std::fs::create_dir_all(&folder).expect("a folder");
    for theme in [Theme::Light, Theme::Dark] {
        let look = Look { theme, ..Look::default() };
        for case in hard_cases() {
            for (name, drawing) in drawings(&case, &look) {
                let file = format!("{theme:?} {} {name}.png", case.name).replace(' ', "_").to_lowercase();
                std::fs::write(folder.join(file), drawing.png().expect("png")).expect("a file");
            }
        }
    }
}

#[test]
fn a_chart_is_drawn_where_the_input_allows_it() {
    let made = hard_cases().into_iter().find(|case| !case.points.is_empty()).expect("a case");
    let analysis = Analysis {
        axes: vec![axis()],
        period: Period::Year,
        points: made.points.clone(),
        lines: Vec::new(),
        slopes: Vec::new(),
        fits: Vec::new(),
        breaks: Vec::new(),
        shifts: Vec::new(),
        events: Vec::new(),
        too_coarse: Vec::new(),
    };
    let (axis, scores, formula) = (axis(), Scores::default(), BTreeMap::new());
    let window = |year: i32| {
        let day = |month, day| chrono::NaiveDate::from_ymd_opt(year, month, day).expect("a day");
        Window { label: year.to_string(), from: day(1, 1), to: day(12, 31) }
    };
    let windows = [(window(2010), window(2019))];
    let input = ChartInput {
        axis: &axis,
        draw: &[],
        analysis: &analysis,
        points: &analysis.points,
        scores: &scores,
        numbers: None,
        term_shifts: None,
        axes: &analysis.axes,
        formula: &formula,
        windows: &[],
        source: "",
        articles_read: None,
        method: "",
        dots: DOTS,
    };
    let names = |input: &ChartInput| -> Vec<&str> {
        let drawn = draw_all(input, &Look::default()).expect("drawn");
        drawn.iter().map(|(chart, _)| chart.name).filter(|name| *name != "position-all").collect()
    };
    assert_eq!(names(&input), ["position", "heatmap"]);
    assert_eq!(names(&ChartInput { windows: &windows, ..input }), ["position", "shift", "heatmap"]);
}
