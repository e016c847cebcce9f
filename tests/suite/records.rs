//! Records that are statements already (`--unit statement`), and tables of statements that other
//! commands read: formats, dates, and the notes about rows.

use crate::support::{err, folder, out, rows, stance};
use polars::prelude::{Column, DataFrame};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

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

const ITEMS: &str = "id;actor;date;text\n\
    a1;Alexander Lukashenko;2019-02-15;Our sovereignty is sacred, he repeated.\n\
    a2;Vladimir Putin;2019-02-16;We must deepen our integration.\n";

/// The rows of a table, by the names of its columns.
type Rows = Vec<BTreeMap<String, String>>;

/// Scores a file of records into a folder; its table and its notes.
fn scored(input: &Path, more: &[&str]) -> (Rows, Rows) {
    let results = tempfile::tempdir().expect("a temporary folder");
    let (input, to) = (input.display().to_string(), results.path().join("out"));
    let target = to.display().to_string();
    let mut args = vec!["score", "--unit", "statement", &input, "--language", "en", "-q", "--out", &target];
    args.extend(more);
    let output = stance(&args);
    assert!(output.status.success(), "{input}: {}", err(&output));
    let table = |name: &str| rows(&std::fs::read_to_string(to.join(name)).expect("a table"));
    (table("statements.csv"), table("skipped.csv"))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).expect("memory");
    packer.finish().expect("memory")
}

#[test]
fn every_format_of_records_gives_the_same_table() {
    let folder = folder(&[]);
    let objects = [
        r#"{"id": "a1", "actor": "Alexander Lukashenko", "date": "2019-02-15", "text": "Our sovereignty is sacred, he repeated."}"#,
        r#"{"id": "a2", "actor": "Vladimir Putin", "date": "2019-02-16", "text": "We must deepen our integration."}"#,
    ];
    let commas = ITEMS.replace("sacred, he", "sacred\u{1}he").replace(';', ",");
    let commas = commas
        .replace("Our sovereignty is sacred\u{1}he repeated.", "\"Our sovereignty is sacred, he repeated.\"");
    let wide: Vec<u8> = format!("\u{feff}{ITEMS}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let files: [(&str, Vec<u8>); 10] = [
        ("commas.csv", commas.clone().into_bytes()),
        ("semicolons.csv", ITEMS.into()),
        ("marked.csv", format!("\u{feff}{}", ITEMS.replace('\n', "\r\n")).into_bytes()),
        ("wide.csv", wide),
        ("tabs.tsv", ITEMS.replace(';', "\t").into_bytes()),
        ("packed.csv.gz", gzip(ITEMS.as_bytes())),
        ("packed.csv.zst", zstd::encode_all(commas.as_bytes(), 1).expect("memory")),
        ("lines.jsonl", objects.join("\n").into_bytes()),
        ("lines.jsonl.gz", gzip(objects.join("\n").as_bytes())),
        ("array.json", format!("[\n  {}\n]\n", objects.join(",\n  ")).into_bytes()),
    ];
    for (name, bytes) in &files {
        std::fs::write(folder.path().join(name), bytes).expect("a file");
    }
    let expected = scored(&folder.path().join("commas.csv"), &[]);
    assert_eq!(expected.0.len(), 2);
    assert_eq!(expected.0[0]["actor_id"], "lukashenko");
    assert!(expected.1.is_empty());
    for (name, _) in &files[1..] {
        assert_eq!(scored(&folder.path().join(name), &[]), expected, "{name}");
    }
    // Parquet, as the program writes it.
    let made = folder.path().join("made");
    let args = ["score", "--unit", "statement", "--language", "en", "--format", "parquet", "-q", "--out"];
    let (items, made_path) =
        (folder.path().join("commas.csv").display().to_string(), made.display().to_string());
    let output = stance(&[&args[..], &[&made_path, &items]].concat());
    assert!(output.status.success(), "{}", err(&output));
    let columns = ["--col", "id=statement_id,date=said_from"];
    assert_eq!(scored(&made.join("statements.parquet"), &columns), expected, "Parquet");
}

#[test]
fn folders_and_globs_of_records_are_read() {
    let folder =
        folder(&[("a.csv", ITEMS), ("notes.txt", "Not a record."), ("README.md", "About the data.")]);
    std::fs::write(
        folder.path().join("b.csv.gz"),
        gzip(ITEMS.replace("a1", "b1").replace("a2", "b2").as_bytes()),
    )
    .expect("a file");
    let (table, skipped) = scored(folder.path(), &[]);
    let ids: Vec<&str> = table.iter().map(|row| row["statement_id"].as_str()).collect();
    assert_eq!(ids, ["a1", "a2", "b1", "b2"]);
    assert_eq!(skipped.len(), 1, "{skipped:?}");
    assert_eq!(skipped[0]["reason"], "format");
    assert!(
        skipped[0]["path"].ends_with("notes.txt") && skipped[0]["detail"].contains(".csv"),
        "{skipped:?}"
    );
    assert_eq!(scored(&folder.path().join("*.csv"), &[]).0.len(), 2);
}

#[test]
fn a_row_with_a_cell_too_many_is_skipped_and_named() {
    let folder = folder(&[(
        "items.csv",
        "id,text,actor\n\
         a1,Our sovereignty is sacred.,Vladimir Putin\n\
         a2,We will never give up our sovereignty, said he,Alexander Lukashenko\n\
         a3,\"an open mark,Vladimir Putin\n\
         a4,We must deepen our integration.,Vladimir Putin\n\
         a5\n",
    )]);
    let (table, skipped) = scored(&folder.path().join("items.csv"), &[]);
    let actors: Vec<[&str; 2]> =
        table.iter().map(|row| [row["statement_id"].as_str(), row["actor"].as_str()]).collect();
    assert_eq!(actors, [["a1", "Vladimir Putin"], ["a4", "Vladimir Putin"]]);
    let lines: Vec<(String, &str)> = skipped
        .iter()
        .map(|row| (row["path"].rsplit(':').next().unwrap_or("").to_string(), row["reason"].as_str()))
        .collect();
    let mut sorted = lines.clone();
    sorted.sort();
    assert_eq!(
        sorted,
        [("3", "ragged"), ("4", "ragged"), ("6", "ragged")].map(|(at, why)| (at.to_string(), why))
    );
    let long = skipped.iter().find(|row| row["path"].ends_with(":3")).expect("line 3");
    assert!(long["detail"].starts_with("4 cells, but the header has 3"), "{long:?}");
}

#[test]
fn a_repeated_id_and_an_ambiguous_date_are_named() {
    let folder = folder(&[(
        "items.csv",
        "id,text,date\n\
         a1,Our sovereignty is sacred.,03/04/2019\n\
         a1,We must deepen our integration.,15 February 2019\n",
    )]);
    let items = folder.path().join("items.csv");
    let (table, skipped) = scored(&items, &[]);
    assert_eq!([&table[0]["said_from"], &table[1]["said_from"]], ["", "2019-02-15"]);
    let reasons: Vec<&str> = skipped.iter().map(|row| row["reason"].as_str()).collect();
    assert_eq!(reasons, ["no_date", "id"], "{skipped:?}");
    assert!(skipped[0]["detail"].contains("--date-format"), "{skipped:?}");
    assert!(skipped[1]["path"].ends_with("items.csv:3") && skipped[1]["detail"].contains("items.csv:2"));
    let (table, _) = scored(&items, &["--date-format", "DD/MM/YYYY"]);
    assert_eq!(table[0]["said_from"], "2019-04-03");
}

/// Codes for the statements of a table, a whole number from -2 to 2 for each score.
fn codes(statements: &Path) -> String {
    let table = rows(&std::fs::read_to_string(statements).expect("statements"));
    let coded = table.iter().filter(|row| !row["position"].is_empty()).take(40);
    let lines = coded.map(|row| {
        let score: f64 = row["position"].parse().expect("a score");
        format!("{},{}\n", row["statement_id"], (2.0 * score).round())
    });
    format!("id,position\n{}", lines.collect::<String>())
}

#[test]
fn sample_evaluate_and_trend_read_the_tables_of_every_format() {
    let folder = folder(&[]);
    let path = |name: &str| folder.path().join(name).display().to_string();
    for format in ["csv", "jsonl", "parquet"] {
        let output = stance(&["score", "data/articles", "--format", format, "-q", "--out", &path(format)]);
        assert!(output.status.success(), "{}", err(&output));
    }
    std::fs::write(folder.path().join("codes.csv"), codes(&folder.path().join("csv/statements.csv")))
        .expect("codes");
    let run = |args: &[&str]| {
        let output = stance(args);
        assert!(output.status.success(), "{args:?}: {}", err(&output));
        out(&output)
    };
    let results: Vec<[String; 4]> = ["csv", "jsonl", "parquet"]
        .map(|format| {
            let statements = path(&format!("{format}/statements.{format}"));
            let (coding, trend) = (path(&format!("coding-{format}")), path(&format!("trend-{format}")));
            run(&["sample", "--statements", &statements, "--size", "30", "--out", &coding, "-q"]);
            let codes = path("codes.csv");
            let report = run(&["evaluate", &codes, "--statements", &statements, "--replicates", "20"]);
            run(&["trend", &statements, "--out", &trend, "-q"]);
            let read = |file: &str| std::fs::read_to_string(folder.path().join(file)).expect("a table");
            [
                read(&format!("coding-{format}/for-coders/sheet.csv")),
                read(&format!("coding-{format}/key.csv")),
                report,
                read(&format!("trend-{format}/trend.csv")),
            ]
        })
        .to_vec();
    assert_eq!(rows(&results[0][0]).len(), 30);
    for other in &results[1..] {
        for (one, same) in results[0].iter().zip(other) {
            assert_eq!(one, same);
        }
    }
}

#[test]
fn codes_and_items_are_read_in_every_format() {
    let codes = "id,coder,position\na1,Ann,-2\na1,Ben,-1\na2,Ann,2\na2,Ben,2\n";
    let plain = ITEMS.replace(',', "");
    let folder = folder(&[("codes.csv", codes), ("items.csv", &plain)]);
    let lines: Vec<String> = rows(codes).iter().map(|row| serde_json::json!(row).to_string()).collect();
    std::fs::write(folder.path().join("codes.jsonl"), lines.join("\n")).expect("a file");
    let items = rows(&plain.replace(';', ","));
    std::fs::write(folder.path().join("items.json"), serde_json::json!(items).to_string()).expect("a file");
    for (name, text) in [("codes.parquet", codes.to_string()), ("items.parquet", plain.replace(';', ","))] {
        let table = rows(&text);
        let columns: Vec<Column> = table[0]
            .keys()
            .map(|name| {
                let cells: Vec<&str> = table.iter().map(|row| row[name].as_str()).collect();
                Column::new(name.as_str().into(), cells)
            })
            .collect();
        let mut frame = DataFrame::new(table.len(), columns).expect("a table");
        let file = std::fs::File::create(folder.path().join(name)).expect("a file");
        polars_io::prelude::ParquetWriter::new(file).finish(&mut frame).expect("a table");
    }
    let report = |codes: &str, items: &str| {
        let [codes, items] = [codes, items].map(|name| folder.path().join(name).display().to_string());
        let output = stance(&["evaluate", &codes, "--items", &items, "--replicates", "0"]);
        assert!(output.status.success(), "{codes} {items}: {}", err(&output));
        out(&output)
    };
    let expected = report("codes.csv", "items.csv");
    assert!(expected.contains("2 statements, 2 coders"), "{expected}");
    assert_eq!(report("codes.jsonl", "items.json"), expected);
    assert_eq!(report("codes.parquet", "items.parquet"), expected);
}
