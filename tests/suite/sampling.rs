//! `stance sample`: blind sheets, and the way from them back to agreement.

use crate::support::{err, out, rows, stance};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()))
}

fn run(args: &[&str]) -> String {
    let output = stance(args);
    assert!(output.status.success(), "{args:?}\n{}", err(&output));
    out(&output)
}

/// A sheet with every axis filled from the key by a coder who sees a bit more than
/// the program: he halves nothing and calls what it did not read neutral.
fn filled(sheet: &str, key: &[BTreeMap<String, String>]) -> String {
    let mut reader = csv::Reader::from_reader(sheet.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&header).expect("a row");
    for record in reader.records() {
        let record = record.expect("a row");
        let id = record.get(0).expect("an id");
        let row = key.iter().find(|row| row["id"] == id).expect("the id is in the key");
        let cells = header.iter().zip(record.iter()).map(|(name, cell)| match row.get(name) {
            Some(score) if cell.is_empty() && name != "actor" && name != "coder" => {
                (score.parse::<f64>().unwrap_or(0.0) * 2.0).round().to_string()
            }
            _ => cell.to_string(),
        });
        writer.write_record(cells.collect::<Vec<_>>()).expect("a row");
    }
    String::from_utf8(writer.into_inner().expect("bytes")).expect("text")
}

#[test]
fn from_a_run_to_a_sheet_and_back_to_agreement() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name);
    let text = |name: &str| path(name).display().to_string();
    run(&["score", "data/articles", "--out", &text("scored"), "-q"]);
    let statements = text("scored/statements.csv");
    let sample = |to: &str, more: &[&str]| {
        let to = text(to);
        let mut args = vec!["sample", "data/articles", "--statements", &statements, "--size", "40", "-q"];
        args.extend(["--out", &to]);
        args.extend(more);
        run(&args);
    };
    sample("coding", &[]);
    let sheet = read(&path("coding/for-coders/sheet.csv"));
    let key = rows(&read(&path("coding/key.csv")));
    let blind = rows(&sheet);
    assert_eq!((blind.len(), key.len()), (40, 40));
    // Nothing that tells score, day or speaker.
    let header = sheet.lines().next().expect("a header");
    assert_eq!(header, "id,coder,language,before,text,after,integration,sovereignty,position,sentiment,note");
    assert!(blind.iter().all(|row| row["position"].is_empty() && row["id"].starts_with('u')));
    assert!(blind.iter().any(|row| !row["before"].is_empty()));
    let book = read(&path("coding/for-coders/codebook.md"));
    assert!(book.contains("| `position` (Position) | clearly: sovereignty |"), "{book}");
    // Every stratum of class and period is there in proportion.
    let strata: BTreeSet<&String> = key.iter().map(|row| &row["stratum"]).collect();
    assert!(strata.len() >= 6, "{strata:?}");
    // Order says nothing about time.
    let days: Vec<&String> = key.iter().map(|row| &row["said_from"]).collect();
    assert!(days.windows(2).any(|pair| pair[0] > pair[1]) && days.windows(2).any(|pair| pair[0] < pair[1]));

    // The same seed gives the same bytes, another seed another sample.
    sample("again", &[]);
    sample("other", &["--seed", "7"]);
    assert_eq!(sheet, read(&path("again/for-coders/sheet.csv")));
    assert_ne!(sheet, read(&path("other/for-coders/sheet.csv")));

    std::fs::write(path("codes.csv"), filled(&sheet, &key)).expect("the filled sheet");
    let codes = text("codes.csv");
    let key_file = text("coding/key.csv");
    let report = run(&["evaluate", &codes, "--key", &key_file, "--replicates", "50"]);
    assert!(report.starts_with("Agreement on position: 40 statements, 1 coder\n"), "{report}");
    let order = report.lines().find(|line| line.contains("order (Spearman)")).expect("a line");
    let rho: f64 = order.split_whitespace().nth(2).and_then(|word| word.parse().ok()).expect("a number");
    assert!(rho > 0.9, "codes made from the scores agree with them: {order}");
    assert!(report.contains("form direct") || report.contains("form indirect"), "{report}");
    // The key leads to the statements of any later run as well.
    let again =
        run(&["evaluate", &codes, "--key", &key_file, "--statements", &statements, "--replicates", "50"]);
    assert_eq!(report.lines().take(12).collect::<Vec<_>>(), again.lines().take(12).collect::<Vec<_>>());
}

#[test]
fn every_coder_gets_a_sheet_in_an_order_of_its_own() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name);
    let to = path("coding").display().to_string();
    run(&[
        "sample",
        "--unit",
        "statement",
        "--col",
        "id=id,text=text,language=language",
        "data/gold/statements.csv",
        "--out",
        &to,
        "--size",
        "20",
        "--code",
        "position",
        "--coders",
        "Ann,Ben",
        "--allocation",
        "equal",
        "-q",
    ]);
    let sheets = ["Ann", "Ben"].map(|name| read(&path(&format!("coding/for-coders/sheet-{name}.csv"))));
    let ids = |sheet: &str| rows(sheet).iter().map(|row| row["id"].clone()).collect::<Vec<_>>();
    let [one, two] = [ids(&sheets[0]), ids(&sheets[1])];
    assert_ne!(one, two);
    assert_eq!(BTreeSet::from_iter(&one), BTreeSet::from_iter(&two));
    assert!(sheets[0].starts_with("id,coder,language,text,position,note\n"), "{}", sheets[0]);
    let key = rows(&read(&path("coding/key.csv")));
    for (name, sheet) in ["Ann", "Ben"].iter().zip(&sheets) {
        std::fs::write(path(name), filled(sheet, &key)).expect("the filled sheet");
    }
    let [ann, ben, key] = ["Ann", "Ben", "coding/key.csv"].map(|name| path(name).display().to_string());
    let report = run(&["evaluate", &ann, &ben, "--key", &key, "--replicates", "50"]);
    assert!(report.starts_with("Agreement on position: 20 statements, 2 coders\n"), "{report}");
    // Both were filled alike.
    let ordinal = report.lines().find(|line| line.trim().starts_with("ordinal")).expect("alpha");
    assert!(ordinal.contains("1.000"), "{ordinal}");
}

#[test]
fn an_axis_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let to = folder.path().join("coding").display().to_string();
    let output = stance(&["sample", "data/articles", "--axis", "tone", "--out", &to, "-q"]);
    assert_eq!(output.status.code(), Some(2), "{}", err(&output));
    assert!(
        err(&output).contains("--axis: there is no axis 'tone'; use one of integration"),
        "{}",
        err(&output)
    );
}
