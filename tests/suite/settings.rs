//! `stance.toml`: every analysis option has a key, every command that uses it reads it, flags win.

use crate::safety::{read, stance, write};
use crate::support::{err, folder};
use std::path::Path;

/// A table of scores by two speakers over four years.
const TABLE: &str = "actor,date,article,value\n\
    a,2018-01-05,1,0.5\na,2018-07-05,2,0.25\na,2019-01-05,3,-0.5\na,2019-07-05,4,-0.25\n\
    b,2018-02-05,5,0.5\nb,2019-08-05,6,0.5\n";

fn configuration(results: &Path) -> serde_json::Value {
    let text = read(results.join("run.json"));
    serde_json::from_str::<serde_json::Value>(&text).unwrap()["configuration"]["analysis"].clone()
}

#[test]
fn trend_reads_the_settings_file_and_flags_win() {
    let place = folder(&[("scores.csv", TABLE)]);
    let place = place.path();
    write(
        &place.join("stance.toml"),
        "period = \"quarter\"\ncompare = [\"2018,2019\", \"2018,2019-01\"]\nseed = 7\nreplicates = 100\n\
         charts = \"svg\"\nweight = \"article\"\nevent-days = 90\n[col]\ntext = \"words\"\n",
    );
    for (args, period) in [
        (&["trend", "scores.csv", "--out", "t"][..], "quarter"),
        (&["trend", "scores.csv", "--out", "t", "--period", "year"], "year"),
    ] {
        let output = stance(place, args);
        assert!(output.status.success(), "{}", err(&output));
        let analysis = configuration(&place.join("t"));
        assert_eq!(analysis["period"], period);
        assert_eq!((&analysis["seed"], &analysis["replicates"]), (&7.into(), &100.into()));
        assert_eq!((&analysis["weight"], &analysis["event_days"]), (&"article".into(), &90.into()));
        assert_eq!(analysis["compare"].as_array().unwrap().len(), 2);
    }
    let shifts = read(place.join("t/shifts.csv"));
    assert!(shifts.contains("2018,2019") && shifts.contains("2019-01"), "{shifts}");
    assert!(place.join("t/position-value.svg").exists() || read(place.join("t/run.json")).contains(".svg"));
    // The file is part of what the results follow from.
    let verified = stance(place, &["verify", "t"]);
    assert!(verified.status.success(), "{}", err(&verified));
}

#[test]
fn a_key_that_no_command_knows_is_an_error_with_the_nearest_one() {
    for (line, nearest) in [
        ("periods = \"year\"", "period"),
        ("event_days = 3", "event-days"),
        ("by-sources = true", "by-source"),
    ] {
        let place =
            folder(&[("stance.toml", line), ("scores.csv", TABLE), ("2019-01-01_a.txt", "Holm said no.")]);
        for args in [&["trend", "scores.csv"][..], &["run", "2019-01-01_a.txt"]] {
            let output = stance(place.path(), args);
            assert_eq!(output.status.code(), Some(2), "{}", err(&output));
            let told = err(&output);
            assert!(
                told.contains("stance.toml:1") && told.contains(&format!("did you mean {nearest}?")),
                "{told}"
            );
        }
    }
}

#[test]
fn values_of_the_settings_file_are_checked_as_flags_are() {
    for (line, expected) in [
        ("weight = \"speech\"", "weight 'speech' is not known; use statement or article"),
        ("date-by = \"print\"", "date-by 'print' is not known; use said or published"),
        ("replicates = 5", "replicates 5 is out of range; use a number from 100 to 1000000"),
        ("event-days = 0", "event-days 0 is out of range"),
        ("dpi = 5000", "dpi 5000 is out of range; use a number from 48 to 400"),
        ("size = \"big\"", "write width and height with an x between"),
        ("theme = \"blue\"", "theme 'blue' is not known; use light or dark"),
        ("charts = \"gif\"", "charts 'gif' is not known; use png, svg or both"),
    ] {
        let place = folder(&[("stance.toml", line), ("scores.csv", TABLE)]);
        let output = stance(place.path(), &["trend", "scores.csv"]);
        let told = err(&output);
        assert_eq!(output.status.code(), Some(2), "{line}: {told}");
        assert!(told.contains("stance.toml:1: ") && told.contains(expected), "{line}: {told}");
    }
}

#[test]
fn run_and_score_take_method_scale_and_format_from_the_settings_file() {
    let place = folder(&[(
        "stance.toml",
        "method = \"count\"\nscale = \"logit\"\nformat = \"jsonl\"\nkeep-duplicates = true\n",
    )]);
    let place = place.path();
    write(&place.join("in/2019-03-01_a.txt"), "Lukashenko said that sovereignty was sacred.\n");
    for command in ["run", "score"] {
        let output = stance(place, &[command, "in", "--out", command]);
        assert!(output.status.success(), "{}", err(&output));
        assert!(place.join(command).join("statements.jsonl").exists());
        let text = read(place.join(command).join("run.json"));
        let found: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(found["configuration"]["method"], "count");
        assert_eq!(found["configuration"]["scale"], "logit");
    }
    let output = stance(place, &["score", "in", "--method", "vader", "--out", "other"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        err(&output).contains("stance.toml:2: scale: --method vader has a formula of its own"),
        "{}",
        err(&output)
    );
}
