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
    assert!(number(shift, "difference") < -0.1 && number(shift, "p") < 0.05, "{shift:?}");
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
    let days: std::collections::BTreeSet<&String> = events.iter().map(|event| &event["date"]).collect();
    assert_eq!(days.len(), events.len(), "two events on one day cannot be told apart");
    for event in &events {
        assert!(event["source"].starts_with("http"), "{event:?}");
        assert!(event["date"].len() == 10 && !event["label"].is_empty(), "{event:?}");
    }
}

#[test]
fn a_table_of_an_earlier_run_gives_the_same_tables() {
    let folder = tempfile::tempdir().unwrap();
    let (once, again) = (folder.path().join("once"), folder.path().join("again"));
    run(&["run", "data/articles", "--compare", "2003..2013,2019", "--by-source"], &once);
    let statements = once.join("statements.csv").display().to_string();
    run(&["trend", &statements, "--compare", "2003..2013,2019", "--by-source"], &again);
    // Scores in the table have six decimals: numbers agree to five.
    for name in ["trend.csv", "shifts.csv", "models.csv", "slopes.csv"] {
        let (one, two) = (table(&once, name), table(&again, name));
        assert_eq!(one.len(), two.len(), "{name}");
        for (one, two) in one.iter().zip(&two) {
            // Of ranks, rounding can make ties, which the correction for autocorrelation notices.
            for (column, cell) in one.iter().filter(|(column, _)| !column.ends_with("_corrected")) {
                match (cell.parse::<f64>(), two[column].parse::<f64>()) {
                    // Resampling may turn on the last digit of a score.
                    (Ok(a), Ok(b)) => {
                        assert!((a - b).abs() < 0.02 * a.abs().max(1.0), "{name} {column}: {a} {b}")
                    }
                    _ if column == "finding" => {}
                    _ => assert_eq!(cell, &two[column], "{name} {column}"),
                }
            }
        }
    }
    for name in
        ["CODEBOOK.md", "run.json", "position-position.png", "shift-position.png", "heatmap-position.png"]
    {
        assert!(again.join(name).exists(), "{name}");
    }
}

#[test]
fn another_tools_table_needs_four_columns() {
    let mut text = String::from("speaker;day;doc;score\n");
    for year in 2000..2016 {
        for n in 0..6 {
            let level = if year < 2009 { 40.0 } else { -25.0 };
            let score = level + f64::from((year * 7 + n * 13) % 11);
            text.push_str(&format!("Ann Lind;{year}-0{}-15;d{year}-{n};{score}\n", n + 1));
        }
    }
    let folder = crate::support::folder(&[("coded.csv", &text)]);
    let file = folder.path().join("coded.csv").display().to_string();
    let out = folder.path().join("out");
    let col = "actor=speaker,date=day,article=doc,value=score";
    run(&["trend", &file, "--col", col, "--period", "year", "--compare", "2000..2008,2009..2015"], &out);
    let trend = table(&out, "trend.csv");
    assert_eq!((trend.len(), trend[0]["n_articles"].as_str(), trend[0]["axis"].as_str()), (16, "6", "score"));
    let mean: f64 = trend[0]["mean"].parse().unwrap();
    assert!(mean > 40.0, "values keep their own scale: {mean}");
    let breaks = table(&out, "breaks.csv");
    assert_eq!(
        (breaks.len(), breaks[0]["period"].as_str(), breaks[0]["decided"].as_str()),
        (1, "2009", "yes")
    );
    assert!(
        breaks[0]["finding"].starts_with("Ann Lind moved down on score in 2009"),
        "{}",
        breaks[0]["finding"]
    );
    let shift = &table(&out, "shifts.csv")[0];
    assert!(
        shift["finding"].starts_with("Ann Lind moved down on score between 2000..2008 and 2009..2015"),
        "{shift:?}"
    );
    let output = stance(&["trend", &file, "--col", "actor=who,date=day,article=doc,value=score"]);
    assert_eq!(output.status.code(), Some(2));
    let message = err(&output);
    assert!(message.contains("no column 'who' for actor; there are: speaker, day, doc, score"), "{message}");
    let output = stance(&["trend", &file]);
    assert!(err(&output).contains("there is no column 'actor'; there are: speaker"), "{}", err(&output));
}

#[test]
fn parquet_gives_the_same_trend_as_csv() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    run(&["run", "data/articles"], &path("csv"));
    run(&["run", "data/articles", "--format", "parquet"], &path("parquet"));
    for by in ["said", "published"] {
        let outs = ["csv", "parquet"].map(|format| {
            let statements = path(format).join(format!("statements.{format}")).display().to_string();
            let out = path(&format!("{by} {format}"));
            let compare = ["--compare", "2003..2013,2019", "--date-by", by];
            run(&[&["trend", statements.as_str()][..], &compare].concat(), &out);
            out
        });
        for name in ["trend.csv", "smooth.csv", "slopes.csv", "models.csv", "breaks.csv", "shifts.csv"] {
            let read = |out: &Path| std::fs::read_to_string(out.join(name)).expect(name);
            assert_eq!(read(&outs[0]), read(&outs[1]), "{by} {name}");
        }
        assert!(table(&outs[1], "shifts.csv").len() > 3);
    }
    let said = table(&path("said parquet"), "trend.csv");
    let published = table(&path("published parquet"), "trend.csv");
    // Statements of 2003 that articles of 2019 recall.
    let count = |table: &[BTreeMap<String, String>], period: &str| {
        let mut rows = table.iter().filter(|row| {
            row["actor_id"] == "lukashenko" && row["axis"] == "position" && row["period"] == period
        });
        rows.next().map_or(0, |row| row["n_articles"].parse::<usize>().unwrap())
    };
    assert!(count(&said, "2003") > count(&published, "2003"), "{said:?}");
    let statements = path("parquet").join("statements.parquet").display().to_string();
    let output = stance(&["trend", &statements, "--col", "actor=who"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        err(&output).contains("no column 'who' for actor; there are: statement_id, article_id"),
        "{}",
        err(&output)
    );
    let broken = path("broken.parquet");
    std::fs::write(&broken, b"PAR1 but nothing behind it").unwrap();
    let output = stance(&["trend", &broken.display().to_string()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("broken.parquet: this cannot be read as Parquet"), "{}", err(&output));
}

#[test]
fn what_is_dated_too_coarsely_for_the_periods_is_named() {
    let mut text = String::from("actor,date,article,value\n");
    for month in 1..=12 {
        text.push_str(&format!("Ann Lind,2021-{month:02},m{month},0.5\n"));
    }
    text.push_str("Ann Lind,2021,y1,-0.5\n");
    let folder = crate::support::folder(&[("coded.csv", &text)]);
    let file = folder.path().join("coded.csv").display().to_string();
    let counted = |period: &str, compare: &str| {
        let out = folder.path().join(period);
        run(&["trend", &file, "--period", period, "--compare", compare], &out);
        let statements: usize =
            table(&out, "trend.csv").iter().map(|row| row["n_statements"].parse::<usize>().unwrap()).sum();
        let rows = table(&out, "skipped.csv");
        let noted: Vec<String> =
            rows.into_iter().map(|row| [&*row["path"], &row["reason"], &row["detail"]].join(": ")).collect();
        (statements, noted, table(&out, "shifts.csv"))
    };
    // A month is a month, and no day of it; a year belongs to none of its months.
    let (statements, noted, shifts) = counted("month", "2021-01..2021-06,2021-07..2021-12");
    assert_eq!(statements, 12);
    assert_eq!(
        noted,
        [
            "y1: coarse_date: Ann Lind, said in 2021: dated more coarsely than a month and therefore in no row of \
          trend.csv (value); choose longer periods with --period"
        ]
    );
    // Nor to a window that ends within it.
    assert_eq!((shifts[0]["n_a"].as_str(), shifts[0]["n_b"].as_str()), ("6", "6"));
    let (statements, noted, _) = counted("year", "2020,2021");
    assert_eq!((statements, noted.len()), (13, 0));
}

#[test]
fn threads_change_no_byte_of_a_trend() {
    let folder = tempfile::tempdir().unwrap();
    let run_one = folder.path().join("run");
    run(&["run", "data/articles"], &run_one);
    let statements = run_one.join("statements.csv").display().to_string();
    let outs: Vec<_> = ["one", "two"].iter().map(|name| folder.path().join(name)).collect();
    for (out, threads) in outs.iter().zip(["1", "2"]) {
        let events = "data/events/belarus-russia.csv";
        run(
            &[
                "trend",
                &statements,
                "--threads",
                threads,
                "--events",
                events,
                "--within-source",
                "--by-source",
            ],
            out,
        );
    }
    for name in
        ["trend.csv", "smooth.csv", "slopes.csv", "models.csv", "breaks.csv", "shifts.csv", "run.json"]
    {
        let read = |out: &Path| std::fs::read(out.join(name)).expect(name);
        assert!(read(&outs[0]) == read(&outs[1]), "{name} differs");
    }
}
