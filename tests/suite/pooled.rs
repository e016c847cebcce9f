//! `stance run --scale logit`: positions from the counts of whole periods, in agreement with
//! `trend.csv` and with what counts there.

use crate::support::{err, folder, rows, stance};
use std::collections::BTreeMap;
use std::path::Path;

type Table = Vec<BTreeMap<String, String>>;

/// Runs on counts by year and hands over `trend.csv` and `pooled.csv`.
fn counted(input: &str, out: &Path, more: &[&str]) -> (Table, Table) {
    let to = out.display().to_string();
    let mut args =
        vec!["run", input, "--method", "count", "--scale", "logit", "--period", "year", "--out", &to];
    args.extend(more);
    let output = stance(&args);
    assert!(output.status.success(), "{}", err(&output));
    let read = |name: &str| rows(&std::fs::read_to_string(out.join(name)).expect("a table"));
    (read("trend.csv"), read("pooled.csv"))
}

/// Columns of `pooled.csv` and the same quantity in `trend.csv`.
const SAME: [(&str, &str); 15] = [
    ("actor", "actor"),
    ("period_start", "period_start"),
    ("period_end", "period_end"),
    ("n_statements", "n_statements"),
    ("n_articles", "n_articles"),
    ("positive", "n_positive"),
    ("negative", "n_negative"),
    ("position", "log_odds"),
    ("se", "log_odds_se"),
    ("se_articles", "log_odds_boot_se"),
    ("ci_low", "log_odds_low"),
    ("ci_high", "log_odds_high"),
    ("design_effect", "design_effect"),
    ("period", "period"),
    ("flag", "flag"),
];

#[test]
fn pooled_and_trend_agree_cell_by_cell() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (trend, pooled) = counted("data/articles", folder.path().join("results").as_path(), &[]);
    let key = |row: &BTreeMap<String, String>| ["actor_id", "axis", "period"].map(|name| row[name].clone());
    let filled = trend.iter().filter(|row| row["n_statements"] != "0");
    let filled: BTreeMap<_, _> = filled.map(|row| (key(row), row)).collect();
    let found: BTreeMap<_, _> = pooled.iter().map(|row| (key(row), row)).collect();
    assert_eq!(filled.keys().collect::<Vec<_>>(), found.keys().collect::<Vec<_>>());
    let mut with_articles = 0;
    for (cell, row) in &found {
        for (here, there) in SAME {
            assert_eq!(row[here], filled[cell][there], "{cell:?}: {here} of pooled, {there} of trend");
        }
        with_articles += usize::from(!row["se_articles"].is_empty());
    }
    assert!(found.len() > 50 && with_articles >= 3, "{} {with_articles}", found.len());
}

const COPY: &str = "“We will never give up our sovereignty and our independence, because both are sacred to \
                    our people,” Nora Lind said.";

#[test]
fn copies_that_are_kept_count_in_every_table_and_on_the_page() {
    let articles = ["2019-03-01_first.md", "2019-03-02_second.md"];
    let inputs = folder(&articles.map(|name| (name, COPY)));
    let input = inputs.path().display().to_string();
    let results = tempfile::tempdir().expect("a temporary folder");
    for (name, more, n) in [("once", &[][..], "1"), ("kept", &["--keep-duplicates"][..], "2")] {
        let out = results.path().join(name);
        let (trend, pooled) = counted(&input, &out, more);
        let cell = |table: &Table| {
            let own = table.iter().find(|row| row["actor"] == "Nora Lind" && row["axis"] == "sovereignty");
            own.expect("her row").clone()
        };
        let (trend, pooled) = (cell(&trend), cell(&pooled));
        for column in ["n_statements", "n_articles"] {
            assert_eq!((trend[column].as_str(), pooled[column].as_str()), (n, n), "{name}: {column}");
        }
        let words = if n == "1" { "17" } else { "34" };
        assert_eq!(pooled["words"], words, "{name}");
        let page = std::fs::read_to_string(out.join("index.html")).expect("the page");
        let (note, other) = match n {
            "1" => ("and counts in no trend", "and counts too (--keep-duplicates)"),
            _ => ("and counts too (--keep-duplicates)", "and counts in no trend"),
        };
        let copy = format!("repeats 2019-03-01_first#1 {note}");
        assert!(page.contains(&copy) && page.contains(&format!("\"copies\":\"{note}\"")), "{name}: {copy}");
        assert!(!page.contains(other), "{name}: {other}");
        let caution =
            if n == "1" { "copy of another and counts once." } else { "and counts too (--keep-duplicates)." };
        assert!(page.contains(caution), "{name}: {caution}");
        // The table of terms: matches of a term in statements that count.
        let row = format!(">our sovereignty</a></th><td class=\"num\">{n}</td>");
        assert!(page.contains(&row), "{name}: {row}");
    }
}

#[test]
fn counts_are_added_up_before_the_logit_is_taken() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let to = folder.path().join("results");
    let output = stance(&[
        "run",
        "data/articles",
        "--method",
        "count",
        "--scale",
        "logit",
        "--period",
        "year",
        "--out",
        &to.display().to_string(),
    ]);
    assert!(output.status.success(), "{}", err(&output));
    assert!(err(&output).contains("No chart: these scores have no ends"), "{}", err(&output));
    assert!(!to.join("position.png").exists());
    let read = |name: &str| rows(&std::fs::read_to_string(to.join(name)).expect("a table"));
    let pooled = read("pooled.csv");
    let number = |row: &BTreeMap<String, String>, name: &str| row[name].parse::<f64>();
    let mut single = 0;
    for row in &pooled {
        let (right, left) = (number(row, "positive").unwrap(), number(row, "negative").unwrap());
        assert!(right + left > 0.0, "a cell without a score is in neither table: {row:?}");
        let position = number(row, "position").unwrap();
        assert!((position - ((right + 0.5) / (left + 0.5)).ln()).abs() < 1e-5, "{row:?}");
        let error = (1.0 / (right + 0.5) + 1.0 / (left + 0.5)).sqrt();
        assert!((number(row, "se").unwrap() - error).abs() < 1e-5, "{row:?}");
        let importance = ((right + left + 1.0) / number(row, "words").unwrap()).ln();
        assert!((number(row, "importance").unwrap() - importance).abs() < 1e-5, "{row:?}");
        let basis = match (row["flag"].contains("overdispersed"), right.min(left) < 5.0) {
            (true, _) => "articles",
            (false, true) => "beta",
            (false, false) => "normal",
        };
        assert_eq!(row["interval"], basis, "{row:?}");
        assert!(number(row, "ci_low").unwrap() < position && position < number(row, "ci_high").unwrap());
        single += usize::from(right + left > 1.0);
    }
    assert!(single > 5, "most cells hold more than one hit");
    // The hits of the table are those of the statements.
    let statements = read("statements.csv");
    let hits = |id: &str| -> f64 {
        let own = statements.iter().filter(|row| row["actor_id"] == id && row["duplicate_of"].is_empty());
        own.filter(|row| !row["said_from"].is_empty())
            .filter_map(|row| row["position_hits"].parse::<f64>().ok())
            .sum()
    };
    let of = |row: &&BTreeMap<String, String>| row["actor_id"] == "lukashenko" && row["axis"] == "position";
    let counted: f64 = pooled
        .iter()
        .filter(of)
        .map(|row| number(row, "positive").unwrap() + number(row, "negative").unwrap())
        .sum();
    assert_eq!(counted, hits("lukashenko"));
    assert!(counted > 10.0);
    // Means of the statements' logits stand in trend.csv and may lie beyond 1.
    let trend = read("trend.csv");
    assert!(trend.iter().any(|row| number(row, "mean").is_ok_and(|mean| mean.abs() > 1.0)));
}
