//! Trends and tests of change: the tables of a run and of `stance trend`.

use crate::support::{err, repository, rows, stance};
use std::collections::BTreeMap;
use std::path::Path;

fn table(folder: &Path, name: &str) -> Vec<BTreeMap<String, String>> {
    rows(&std::fs::read_to_string(folder.join(name)).unwrap_or_else(|cause| panic!("{name}: {cause}")))
}

fn run(args: &[&str], out: &Path) {
    let out = out.display().to_string();
    let mut all = args.to_vec();
    all.extend(["--out", &out]);
    let output = stance(&all);
    assert!(output.status.success(), "{}", err(&output));
}

#[test]
fn the_sample_reports_the_shift_from_2003_to_2019_with_the_dates_of_the_text() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("sample");
    let events = "data/events/belarus-russia.csv";
    run(
        &[
            "run",
            "data/articles",
            "--compare",
            "2003..2013,2019",
            "--compare",
            "2003..2013,2018-12..2020",
            "--events",
            events,
        ],
        &out,
    );
    let shifts = table(&out, "shifts.csv");
    let find = |window: &str| {
        let mut all = shifts.iter().filter(|row| row["test"] == "permutation");
        all.find(|row| {
            row["actor_id"] == "lukashenko" && row["axis"] == "position" && row["window_b"] == window
        })
        .unwrap_or_else(|| panic!("no shift to {window}"))
    };
    let number = |row: &BTreeMap<String, String>, column: &str| row[column].parse::<f64>().expect("a number");
    let shift = find("2018-12..2020");
    assert!(number(shift, "difference") < -0.3 && number(shift, "p") < 0.05, "{shift:?}");
    // The articles of 2019 recall 2003: what is dated is what was said.
    assert_eq!((shift["said_a_from"].as_str(), &shift["said_b_to"][..4]), ("2003-01-01", "2020"));
    assert!(number(shift, "p") >= number(shift, "p_smallest"));
    assert!(
        shift["finding"]
            .contains("moved towards “sovereignty” on position between 2003..2013 and 2018-12..2020")
    );
    assert!(number(find("2019"), "difference") < 0.0);
    let tested = shifts.iter().filter(|row| row["test"] == "event").count();
    assert!(tested >= 15, "{tested}");
    for row in shifts.iter().filter(|row| row["test"] == "event") {
        assert!(!row["event"].is_empty() && number(row, "q") >= number(row, "p") - 1e-9);
    }
}

#[test]
fn every_column_of_every_table_is_in_the_codebook() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("sample");
    run(&["run", "data/articles", "--by-source", "--within-source"], &out);
    let book = std::fs::read_to_string(out.join("CODEBOOK.md")).expect("a codebook");
    let mut tables = 0;
    for entry in std::fs::read_dir(&out).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.ends_with(".csv") {
            continue;
        }
        tables += 1;
        let section =
            book.split(&format!("## {name}\n")).nth(1).unwrap_or_else(|| panic!("{name} is not explained"));
        let section = section.split("\n## ").next().unwrap();
        let header = std::fs::read_to_string(entry.path()).unwrap().lines().next().unwrap().to_string();
        for column in header.split(',') {
            assert!(section.contains(&format!("\n| {column} | ")), "{name}: {column} is not explained");
        }
        let explained =
            section.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| ---")).count();
        assert_eq!(
            explained - 1,
            header.split(',').count(),
            "{name}: the codebook has columns that the table lacks"
        );
    }
    assert!(tables >= 12, "{tables}");
}

#[test]
fn the_shipped_events_are_sourced() {
    let text = std::fs::read_to_string(repository("data/events/belarus-russia.csv")).unwrap();
    let text: String =
        text.lines().filter(|line| !line.starts_with('#')).map(|line| format!("{line}\n")).collect();
    let events = rows(&text);
    assert!(events.len() >= 15, "{}", events.len());
    for event in &events {
        assert!(event["source"].starts_with("http"), "{event:?}");
        assert!(event["date"].len() == 10 && !event["label"].is_empty(), "{event:?}");
    }
}
