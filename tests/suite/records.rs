//! Records that are statements already: their dates, and what is told of them.

use crate::support::{err, folder, out, rows, stance};

#[test]
fn a_date_is_as_exact_as_the_record_and_a_wrong_one_is_told() {
    let folder = folder(&[(
        "items.csv",
        "id,text,date\n\
         day,We will never give up our sovereignty.,2019-02-15\n\
         month,We will never give up our sovereignty.,2019-02\n\
         quarter,We will never give up our sovereignty.,2019-Q3\n\
         year,We will never give up our sovereignty.,2021\n\
         wrong,We will never give up our sovereignty.,02/2019\n\
         none,We will never give up our sovereignty.,\n",
    )]);
    let items = folder.path().join("items.csv").display().to_string();
    let results = folder.path().join("results");
    let output =
        stance(&["score", "--unit", "statement", &items, "--out", &results.display().to_string(), "-q"]);
    assert!(output.status.success(), "{}", err(&output));
    let said = err(&output);
    assert!(said.contains("items.csv:6: '02/2019' is not a date, the record is kept without one"), "{said}");
    assert_eq!(said.lines().count(), 1, "an empty cell is no mistake: {said}");
    let table = std::fs::read_to_string(results.join("statements.csv")).expect("statements");
    let dates: Vec<[String; 4]> = rows(&table)
        .iter()
        .map(|row| ["statement_id", "said_from", "said_to", "said_precision"].map(|name| row[name].clone()))
        .collect();
    assert_eq!(
        dates,
        [
            ["day", "2019-02-15", "2019-02-15", "day"],
            ["month", "2019-02-01", "2019-02-28", "month"],
            ["quarter", "2019-07-01", "2019-09-30", "quarter"],
            ["year", "2021-01-01", "2021-12-31", "year"],
            ["wrong", "", "", ""],
            ["none", "", "", ""],
        ]
    );
    let skipped = rows(&std::fs::read_to_string(results.join("skipped.csv")).expect("notes"));
    assert_eq!((skipped.len(), skipped[0]["reason"].as_str()), (1, "no_date"));
}

#[test]
fn months_and_years_count_in_cells_and_periods() {
    let mut codes = String::from("id,position\n");
    let mut items = String::from("id,actor,text,date,language\n");
    for (actor, code, text) in [
        ("Ann Lind", 2, "We must deepen our integration."),
        ("Bo Holm", -2, "We will never give up our sovereignty."),
        ("Cy Voss", -1, "Our sovereignty matters."),
    ] {
        for (number, date) in ["2016", "2017-05", "2018-Q2", "2019-12"].iter().enumerate() {
            codes.push_str(&format!("{actor}{number},{code}\n"));
            items.push_str(&format!("{actor}{number},{actor},{text},{date},en\n"));
        }
    }
    let folder = folder(&[("codes.csv", codes.as_str()), ("items.csv", items.as_str())]);
    let file = |name: &str| folder.path().join(name).display().to_string();
    let output = stance(&["evaluate", &file("codes.csv"), "--items", &file("items.csv")]);
    assert!(output.status.success(), "{}", err(&output));
    let report = out(&output);
    assert!(report.contains("period 2015-2019                    12      12"), "{report}");
    let cells = report.lines().find(|line| line.contains("actor x 5 years")).expect("cells");
    assert_eq!(cells.matches("(3)").count(), 2, "{cells}");
}
