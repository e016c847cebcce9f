//! `stance evaluate`: the report, its tables, and what it says to a wrong table.

use crate::support::{err, folder, out, rows, stance};

#[test]
fn the_report_on_the_gold_sample_begins_with_what_was_compared() {
    let into = tempfile::tempdir().expect("a temporary folder");
    let tables = into.path().join("agreement");
    let output = stance(&[
        "evaluate",
        "data/gold/codes.csv",
        "--items",
        "data/gold/statements.csv",
        "--out",
        &tables.display().to_string(),
        "-q",
    ]);
    assert!(output.status.success(), "{}", err(&output));
    let report = out(&output);
    assert!(report.starts_with("Agreement on position: 70 statements, 1 coder\n"), "{report}");
    for part in [
        "of them have a score",
        "absent as 0",
        "order (Spearman)",
        "Krippendorff's alpha",
        "- one coder",
        "language en",
        "language ru",
        "Worst disagreements",
    ] {
        assert!(report.contains(part), "{part}\n{report}");
    }
    let read = |name: &str| std::fs::read_to_string(tables.join(name)).expect("a table");
    let evaluation = rows(&read("evaluation.csv"));
    let of = |group: &str, value: &str, measure: &str| {
        let row = evaluation
            .iter()
            .find(|row| row["group"] == group && row["value"] == value && row["measure"] == measure);
        row.unwrap_or_else(|| panic!("{group} {value} {measure}")).clone()
    };
    assert_eq!(of("language", "en", "coverage")["n"], "36");
    assert_eq!(of("all", "all", "spearman_absent_as_0")["n"], "70");
    assert!(of("all", "all", "spearman_absent_as_0")["estimate"].parse::<f64>().unwrap() > 0.0);
    // One coder agrees with nobody: no alpha, not 1 and not 0.
    assert_eq!(of("all", "all", "alpha_ordinal_coders")["estimate"], "");
    // The confusion table holds every coded statement.
    let counts =
        evaluation.iter().filter(|row| row["value"] == "all" && row["measure"].starts_with("count_"));
    assert_eq!(counts.map(|row| row["estimate"].parse::<usize>().unwrap()).sum::<usize>(), 70);
    let apart = rows(&read("disagreements.csv"));
    assert_eq!(apart.len(), 70);
    let distances: Vec<f64> = apart.iter().map(|row| row["distance"].parse().unwrap()).collect();
    assert!(distances.windows(2).all(|pair| pair[0] >= pair[1]));
}

/// Invented codes and scores, so that every number can be checked by hand.
#[test]
fn the_head_of_the_report_word_for_word() {
    let folder = folder(&[
        ("codes.csv", "id,position_ann,position_ben\na,2,2\nb,-2,-1\nc,0,0\nd,1,\ne,-1,-2\nunknown,1,1\n"),
        (
            "statements.csv",
            "statement_id,position,position_why_not,language,text\na,0.8,,en,One\nb,0.6,,en,Two\nc,0,,en,Three\nd,,no_match,en,Four\ne,-0.5,,en,Five\n",
        ),
    ]);
    let file = |name: &str| folder.path().join(name).display().to_string();
    let output = stance(&["evaluate", &file("codes.csv"), "--statements", &file("statements.csv")]);
    assert!(output.status.success(), "{}", err(&output));
    assert!(err(&output).contains("coded ids without a statement, left out: 1"), "{}", err(&output));
    let report = out(&output);
    let head: Vec<&str> = report.lines().take(22).collect();
    assert_eq!(head.join("\n"), HEAD.trim_start_matches('\n').trim_end(), "{report}");
    assert!(report.contains("  b  code -0.75, score +0.60\n    “Two”"), "{report}");
    assert!(
        report.contains("  d  code +0.50, no score\n    “Four”\n    position no score: no_match"),
        "{report}"
    );
}

const HEAD: &str = "
Agreement on position: 5 statements, 2 coders
  4 of them have a score (80 %); for the others nothing was found.
  Codes are divided by the scale; several coders are averaged.

  95 % intervals in brackets       with a score             absent as 0
  order (Spearman)                 0.632                    0.526 [-0.97, 1.00]
  linear (Pearson)                 0.570                    0.451 [-0.95, 1.00]
  same values (Lin)                0.465                    0.400 [-0.60, 0.96]
  mean absolute error (0 to 2)     0.450 [0.07, 1.06]       0.460 [0.13, 0.95]
  bias (score minus code)          0.350 [-0.13, 1.01]      0.180 [-0.30, 0.77]
  sign, macro-F1                   0.778 [0.20, 1.00]       0.611 [0.11, 1.00]
  sign, share right                0.750 [0.25, 1.00]       0.600 [0.20, 1.00]
  sign, share on the wrong pole    0.250 [0.00, 0.75]       0.200 [0.00, 0.60]
  limits of agreement              -1.006 to 1.706          -1.210 to 1.570
  error and length (Spearman)      -                        -

  coders      reject  neutral  endorse  no score  precision  recall     F1
  reject           1        0        1         0      1.000   0.500  0.667
  neutral          0        1        0         0      0.500   1.000  0.667
  endorse          0        0        1         1      0.500   0.500  0.500
  Columns are the program's; precision, recall and F1 take no score as neutral.
  A code has a sign from 0.25 of the scale on, a score from 0.05.
";

#[test]
fn a_wrong_column_is_named_with_line_and_remedy() {
    let folder = folder(&[
        ("codes.csv", "id,coder,tone\nx,a,1\n"),
        ("far.csv", "id,position\nx,1\ny,5\n"),
        ("other.csv", "id,position\nx,1\n"),
        ("statements.csv", "statement_id,position\nz,0.1\n"),
    ]);
    let file = |name: &str| folder.path().join(name).display().to_string();
    let scores = file("statements.csv");
    for (gold, more, expected) in [
        ("codes.csv", &[][..], "codes.csv:1: column 'position' is missing; there are: id, coder, tone; name"),
        ("far.csv", &[][..], "far.csv:3: position 5 is out of range; use a number from -2 to 2"),
        ("other.csv", &[][..], "name the file of the statements with --items"),
        (
            "other.csv",
            &["--statements", scores.as_str()][..],
            "none of its ids (1) is among those of the statements (1)",
        ),
        ("codes.csv", &["--axis", "tone"][..], "no lexicon has an axis 'tone'; use one of integration"),
    ] {
        let gold = file(gold);
        let mut args = vec!["evaluate", gold.as_str()];
        args.extend(more);
        let output = stance(&args);
        assert_eq!(output.status.code(), Some(2), "{}", err(&output));
        assert!(err(&output).contains(expected), "{}\nwanted: {expected}", err(&output));
    }
}
