//! `stance run --scale logit`: positions from the counts of whole periods.

use crate::support::{err, rows, stance};
use std::collections::BTreeMap;

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
        if right + left == 0.0 {
            assert_eq!((row["position"].as_str(), row["ci_low"].as_str()), ("", ""), "{row:?}");
            assert!(row["flag"].contains("no_match"), "{row:?}");
            continue;
        }
        let position = number(row, "position").unwrap();
        assert!((position - ((right + 0.5) / (left + 0.5)).ln()).abs() < 1e-5, "{row:?}");
        let error = (1.0 / (right + 0.5) + 1.0 / (left + 0.5)).sqrt();
        assert!((number(row, "se").unwrap() - error).abs() < 1e-5, "{row:?}");
        let importance = ((right + left + 1.0) / number(row, "words").unwrap()).ln();
        assert!((number(row, "importance").unwrap() - importance).abs() < 1e-5, "{row:?}");
        assert_eq!(row["interval"], if right.min(left) < 5.0 { "beta" } else { "normal" }, "{row:?}");
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
