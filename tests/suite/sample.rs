//! The README's first command on the sample corpus.

use crate::support::{err, repository, rows, stance};
use std::path::Path;

fn run(out: &Path, more: &[&str]) {
    let out = out.display().to_string();
    let mut args = vec!["run", "data/articles", "--compare", "1999..2001,2018..2019", "--out", &out];
    args.extend(more);
    let output = stance(&args);
    assert!(output.status.success(), "{}", err(&output));
}

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap_or_else(|cause| panic!("{name}: {cause}"))
}

#[test]
fn lukashenko_moved_towards_sovereignty_and_every_number_leads_to_words() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("sample");
    run(&out, &[]);
    let shifts = rows(&read(&out, "shifts.csv"));
    let shift = shifts
        .iter()
        .find(|row| row["actor_id"] == "lukashenko" && row["axis"] == "position")
        .expect("the shift is tested");
    let high: f64 = shift["ci_high"].parse().expect("an interval");
    assert!(high < 0.0, "the interval must exclude 0: {shift:?}");
    assert!(shift["finding"].contains("moved towards “sovereignty”"));

    let statements = rows(&read(&out, "statements.csv"));
    let actors: std::collections::BTreeSet<&str> = statements
        .iter()
        .map(|row| row["actor_id"].as_str())
        .filter(|id| !id.is_empty() && *id != "(author)")
        .collect();
    assert!(actors.len() >= 8, "{actors:?}");
    // The words of every span are in the file it names.
    for row in &statements {
        let path = repository("data/articles").join(format!("{}.md", row["article_id"]));
        let file = std::fs::read_to_string(path).expect("the article");
        for span in row["spans"].split(';') {
            let (start, end) = span.split_once('-').expect("a span");
            let words = &file[start.parse().unwrap()..end.parse().unwrap()];
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(row["text"].contains(&words), "{} {span}", row["statement_id"]);
        }
    }
    // Every score has hits behind it.
    let hits = rows(&read(&out, "hits.csv"));
    for row in statements.iter().filter(|row| !row["integration"].is_empty()) {
        assert!(
            hits.iter().any(|hit| hit["statement_id"] == row["statement_id"] && hit["axis"] == "integration")
        );
    }
    let chart = std::fs::read(out.join("position.png")).expect("the chart");
    assert!(chart.starts_with(b"\x89PNG") && chart.len() > 20_000);
    for name in ["trend.csv", "actors.csv", "unlisted_speakers.csv", "skipped.csv", "run.json"] {
        assert!(!read(&out, name).is_empty(), "{name}");
    }
}

#[test]
fn threads_and_repetition_change_no_byte() {
    let folder = tempfile::tempdir().unwrap();
    let outs: Vec<_> = ["a", "b", "c"].iter().map(|name| folder.path().join(name)).collect();
    run(&outs[0], &[]);
    run(&outs[1], &["--threads", "1"]);
    run(&outs[2], &["--threads", "2"]);
    let tables = [
        "statements.csv",
        "hits.csv",
        "trend.csv",
        "shifts.csv",
        "actors.csv",
        "unlisted_speakers.csv",
        "skipped.csv",
        "run.json",
        "position.png",
        "index.html",
        "position-all.png",
        "shift.png",
        "heatmap.png",
        "terms.png",
        "axes.png",
    ];
    for name in tables {
        let first = std::fs::read(outs[0].join(name)).expect(name);
        for other in &outs[1..] {
            assert!(first == std::fs::read(other.join(name)).expect(name), "{name} differs");
        }
    }
}

#[test]
fn charts_come_as_png_or_svg_in_the_theme_and_size_that_were_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("svg");
    run(&out, &["--charts", "svg", "--theme", "dark", "--size", "1000x600", "--draw", "all"]);
    for name in ["position", "shift", "heatmap", "terms", "axes"] {
        let svg = read(&out, &format!("{name}.svg"));
        assert!(svg.starts_with("<svg ") && svg.contains("width=\"1000\""), "{name}");
        assert!(svg.contains("#14181D"), "{name} is not dark");
        assert!(!out.join(format!("{name}.png")).exists());
    }
    assert!(read(&out, "position.svg").contains("Vladimir Putin"), "--draw all gives everybody a frame");
    // Who is known by a description only stands in the tables and is not drawn.
    assert!(read(&out, "trend.csv").contains("its president"));
    for name in ["position.svg", "heatmap.svg"] {
        let svg = read(&out, name);
        assert!(!svg.contains("its president"), "{name}");
        assert!(svg.contains("without a name"), "{name}");
    }

    let out = folder.path().join("fine");
    run(&out, &["--size", "800x450", "--dpi", "192"]);
    let png = std::fs::read(out.join("position.png")).unwrap();
    let width = u32::from_be_bytes([png[16], png[17], png[18], png[19]]);
    assert_eq!(width, 1600, "twice the pixels at 192 to the inch");

    let output = stance(&["run", "data/articles", "--size", "99999x1"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("480x320"), "{}", err(&output));
}

#[test]
fn the_sample_articles_are_what_their_readme_says() {
    let mut languages = std::collections::BTreeMap::new();
    for entry in std::fs::read_dir(repository("data/articles")).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name == "README.md" {
            continue;
        }
        let text = std::fs::read_to_string(entry.path()).unwrap();
        for field in ["title:", "published:", "source:", "language:", "based_on:"] {
            assert!(text.contains(&format!("\n{field}")), "{name} lacks {field}");
        }
        assert!(text.contains(&format!("published: {}", &name[..10])), "{name}");
        let russian = text.contains("language: ru");
        *languages.entry(if russian { "ru" } else { "en" }).or_insert(0) += 1;
    }
    assert!(languages["en"] >= 30 && languages["ru"] >= 8, "{languages:?}");
}

#[test]
fn an_earlier_run_is_replaced_and_a_foreign_folder_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("twice");
    run(&out, &[]);
    run(&out, &[]);
    let foreign = folder.path().join("mine");
    std::fs::create_dir(&foreign).unwrap();
    std::fs::write(foreign.join("thesis.docx"), "x").unwrap();
    let output = stance(&["run", "data/articles", "--out", &foreign.display().to_string()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("--out"), "{}", err(&output));
    assert!(foreign.join("thesis.docx").exists());
}
