//! What a run leaves on the disk: three formats with one content, cells that
//! cannot run, and results that are whole whatever happens.

use crate::support::{err, folder, out, rows, stance};
use polars_io::prelude::{ParquetReader, SerReader};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const TABLES: [&str; 5] = ["statements", "hits", "actors", "unlisted_speakers", "skipped"];

type Rows = Vec<BTreeMap<String, String>>;

fn csv(folder: &Path, name: &str) -> Rows {
    rows(&std::fs::read_to_string(folder.join(format!("{name}.csv"))).expect(name))
}

fn jsonl(folder: &Path, name: &str) -> Rows {
    let text = std::fs::read_to_string(folder.join(format!("{name}.jsonl"))).expect(name);
    text.lines()
        .map(|line| {
            let row: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).expect("JSON");
            row.into_iter()
                .map(|(column, value)| {
                    let cell = match value {
                        serde_json::Value::Null => String::new(),
                        serde_json::Value::String(text) => text,
                        other => other.to_string(),
                    };
                    (column, cell)
                })
                .collect()
        })
        .collect()
}

fn parquet(folder: &Path, name: &str) -> Rows {
    let file = std::fs::File::open(folder.join(format!("{name}.parquet"))).expect(name);
    let frame = ParquetReader::new(file).finish().expect("Parquet");
    (0..frame.height())
        .map(|row| {
            frame
                .columns()
                .iter()
                .map(|column| {
                    let value = column.get(row).expect("a cell");
                    let text = match &value {
                        value if value.is_null() => String::new(),
                        value => value.get_str().map_or_else(|| value.to_string(), str::to_string),
                    };
                    (column.name().to_string(), text)
                })
                .collect()
        })
        .collect()
}

#[test]
fn all_formats_hold_the_same() {
    let place = tempfile::tempdir().unwrap();
    let run = |format: &str, more: &[&str]| {
        let out = place.path().join(format);
        let path = out.display().to_string();
        let mut args = vec!["run", "data/articles", "-q", "--format", format, "--raw-csv", "--out", &path];
        args.extend(more);
        let output = stance(&args);
        assert!(output.status.success(), "{}", err(&output));
        out
    };
    let (one, two, three) = (run("csv", &[]), run("jsonl", &[]), run("parquet", &[]));
    for name in TABLES.into_iter().chain(["trend", "shifts"]) {
        let (one, two, three) = (csv(&one, name), jsonl(&two, name), parquet(&three, name));
        assert!(name == "skipped" || name == "shifts" || !one.is_empty(), "{name}");
        for (index, row) in one.iter().enumerate() {
            for (column, cell) in row {
                let same = |other: &Rows, format: &str| {
                    let found = other.get(index).and_then(|row| row.get(column)).map(String::as_str);
                    // 1 and 1.0 are one number.
                    let number = |text: &str| text.parse::<f64>().ok();
                    let equal = found == Some(cell)
                        || number(cell).is_some() && number(cell) == found.and_then(number);
                    assert!(equal, "{name} row {index} {column}: '{cell}' in CSV, {found:?} in {format}");
                };
                same(&two, "JSON Lines");
                same(&three, "Parquet");
            }
        }
        assert_eq!((one.len(), one.len()), (two.len(), three.len()), "{name}");
    }
}

#[test]
fn a_spreadsheet_runs_no_cell_unless_it_is_asked_to() {
    let records = folder(&[(
        "said.csv",
        "id,actor,text\n=1+1,@SUM(A1),\"=HYPERLINK(\"\"http://example.org\"\",\"\"our sovereignty\"\")\"\n-2,Lind,-3\n",
    )]);
    let input = records.path().join("said.csv").display().to_string();
    let score = |more: &[&str]| {
        let mut args = vec!["score", &input, "--unit", "statement", "--language", "en"];
        args.extend(more);
        let output = stance(&args);
        assert!(output.status.success(), "{}", err(&output));
        out(&output)
    };
    let safe = rows(&score(&[]));
    assert_eq!(safe[0]["statement_id"], "'=1+1");
    assert_eq!(safe[0]["actor"], "'@SUM(A1)");
    assert!(safe[0]["text"].starts_with("'=HYPERLINK("));
    assert_eq!((safe[1]["statement_id"].as_str(), safe[1]["text"].as_str()), ("-2", "-3"));
    let raw = rows(&score(&["--raw-csv"]));
    assert_eq!(raw[0]["statement_id"], "=1+1");
    assert!(score(&["--bom"]).starts_with("\u{feff}statement_id,"));
    assert!(!score(&[]).starts_with('\u{feff}'));
    // Other formats are not run by anybody and stay as they are.
    assert!(score(&["--format", "jsonl"]).contains("\"statement_id\":\"=1+1\""));
}

/// All files of a folder with their bytes.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    std::fs::read_dir(folder)
        .map(|entries| {
            entries
                .flatten()
                .map(|entry| {
                    let bytes = std::fs::read(entry.path()).unwrap_or_default();
                    (entry.file_name().to_string_lossy().into_owned(), bytes)
                })
                .collect()
        })
        .unwrap_or_default()
}

fn two_corpora() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    for (name, word) in [("first", "sacred"), ("second", "for sale")] {
        let folder = place.path().join(name);
        std::fs::create_dir(&folder).unwrap();
        for day in 10..30 {
            let text = format!("Lukashenko said that sovereignty was {word}. “It is {word},” he said.\n");
            std::fs::write(folder.join(format!("2003-06-{day}_news.txt")), text.repeat(30)).unwrap();
        }
    }
    place
}

fn score(place: &Path, corpus: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stance"));
    command
        .args([
            "score",
            &place.join(corpus).display().to_string(),
            "--language",
            "en",
            "-q",
            "--no-cache",
            "--threads",
            "1",
        ])
        .args(["--out", &place.join("results").display().to_string()])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    command
}

#[test]
fn killed_at_any_moment_the_results_are_whole() {
    let place = two_corpora();
    let results = place.path().join("results");
    let mut whole = Vec::new();
    let mut longest = Duration::ZERO;
    for corpus in ["first", "second"] {
        let start = std::time::Instant::now();
        assert!(score(place.path(), corpus).status().unwrap().success());
        longest = longest.max(start.elapsed());
        whole.push(contents(&results));
    }
    assert!(whole[0] != whole[1] && whole[0].len() == whole[1].len() && whole[0].len() > 4);
    let mut random = 7u64;
    for turn in 0..50 {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // Up to a little longer than a run takes, the end more often than the start.
        let share = ((random >> 33) as f64 / f64::from(1u32 << 31)).sqrt() * 1.1;
        let mut child = score(place.path(), ["first", "second"][turn % 2]).spawn().unwrap();
        std::thread::sleep(longest.mul_f64(share));
        let _ = child.kill();
        let _ = child.wait();
        let mut found = contents(&results);
        if !whole.contains(&found) {
            // Killed while it moved files: the next command moves the rest.
            let _ = stance(&["verify", &results.display().to_string(), "--hashes-only"]);
            found = contents(&results);
        }
        assert!(whole.contains(&found), "turn {turn}: {:?}", found.keys().collect::<Vec<_>>());
    }
    // The next run removes what the killed ones left.
    assert!(score(place.path(), "first").status().unwrap().success());
    assert!(contents(&results) == whole[0]);
    let mut left: Vec<String> = std::fs::read_dir(place.path())
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    left.sort();
    assert_eq!(left, ["first", "results", "second"]);
}

#[cfg(unix)]
#[test]
fn a_full_disk_and_a_closed_one_leave_earlier_results_alone() {
    let place = two_corpora();
    let results = place.path().join("results");
    assert!(score(place.path(), "first").status().unwrap().success());
    let before = contents(&results);
    // No file may grow beyond 16 blocks, as on a disk that is full.
    let stance = score(place.path(), "second");
    let words: Vec<&std::ffi::OsStr> = stance.get_args().collect();
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 16; exec \"$0\" \"$@\""])
        .arg(env!("CARGO_BIN_EXE_stance"))
        .args(words)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert!(err(&output).contains("the table cannot be written"), "{}", err(&output));
    assert!(contents(&results) == before);
    assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 3, "nothing half done is left");
    // A folder that cannot be made.
    let blocked = place.path().join("first/2003-06-10_news.txt/out");
    let output = crate::support::stance(&[
        "score",
        &place.path().join("first").display().to_string(),
        "--out",
        &blocked.display().to_string(),
    ]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("the results folder cannot be made"), "{}", err(&output));
}

/// A disk that is full and one that may not be written to, as mounts of their own
/// that nobody else sees.
#[cfg(target_os = "linux")]
#[test]
fn a_small_disk_and_a_read_only_one_leave_earlier_results_whole() {
    let place = two_corpora();
    let at = |name: &str| place.path().join(name).display().to_string();
    std::fs::create_dir(place.path().join("disk")).unwrap();
    std::fs::create_dir(place.path().join("small")).unwrap();
    let text = "Lukashenko said that sovereignty was sacred. “It is sacred,” he said.\n";
    std::fs::write(place.path().join("small/2003-06-10_news.txt"), text).unwrap();
    let script = r#"
        cd "$2"
        mount -t tmpfs -o size=256k tmpfs disk || exit 9
        run() { "$1" score "$2" --language en -q --threads 1 --out disk/results 2>"$3"; }
        run "$1" small message-first || exit 8
        cp -r disk/results before
        run "$1" first message-full; echo $? >code-full
        ls -A disk >left-full
        cp -r disk/results after-full
        mount -o remount,ro disk || exit 9
        run "$1" first message-closed; echo $? >code-closed
        cp -r disk/results after-closed
        "$1" init disk/project 2>message-init; echo $? >code-init
    "#;
    // stance finds its lexicons from any folder.
    let output = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"])
        .args([env!("CARGO_BIN_EXE_stance"), &at("")])
        .output();
    let code = output.as_ref().ok().and_then(|output| output.status.code());
    if code != Some(0) && !place.path().join("before").exists() {
        eprintln!(
            "SKIPPED: a small disk could not be mounted here ({output:?}): full and read-only disks are not tested"
        );
        return;
    }
    let read = |name: &str| std::fs::read_to_string(place.path().join(name)).unwrap();
    let before = contents(&place.path().join("before"));
    assert!(before.len() > 4, "{before:?}");
    assert_eq!(read("code-full").trim(), "1");
    assert!(read("message-full").contains("No space left on device"), "{}", read("message-full"));
    assert!(read("message-full").contains("check the disk"), "{}", read("message-full"));
    assert!(contents(&place.path().join("after-full")) == before);
    assert_eq!(read("left-full").trim(), ".stance-cache\nresults", "nothing half done is left");
    assert_eq!(read("code-closed").trim(), "1");
    let told = read("message-closed");
    assert!(told.contains("the results folder cannot be made (Read-only file system"), "{told}");
    assert!(told.contains("check that the disk may be written to"), "{told}");
    assert!(contents(&place.path().join("after-closed")) == before);
    assert_eq!(read("code-init").trim(), "1");
    assert!(
        read("message-init").contains("the file cannot be written (Read-only"),
        "{}",
        read("message-init")
    );
}

#[test]
fn who_is_not_there_to_be_drawn_is_told_and_others_are_drawn() {
    let place = folder(&[]);
    let run = |name: &str, draw: &[&str]| {
        let out = place.path().join(name).display().to_string();
        let output =
            stance(&[&["run", "data/articles", "-q", "--replicates", "100", "--out", &out], draw].concat());
        assert!(output.status.success(), "{}", err(&output));
        let chart = std::fs::read(place.path().join(name).join("position.png")).unwrap();
        (err(&output), std::fs::read_to_string(place.path().join(name).join("run.json")).unwrap(), chart)
    };
    let (told, manifest, chart) = run("a", &["--draw", "Lukashenka"]);
    let warning = "--draw: no statement of “Lukashenka” has a score on position, those who speak most \
                   are drawn instead; use an id of actors.csv: perhaps lukashenko (Alexander Lukashenko)";
    assert_eq!(told, format!("warning: {warning}\n"));
    assert!(manifest.contains(warning), "{manifest}");
    let (told, _, plain) = run("b", &[]);
    assert!(told.is_empty() && plain == chart);
    let (told, _, chart) = run("c", &["--draw", "nobody,putin"]);
    assert!(told.contains("“nobody”") && told.contains("the others are drawn"), "{told}");
    assert!(chart == run("d", &["--draw", "putin"]).2);
}

#[test]
fn spreadsheets_see_cyrillic_with_the_mark_and_every_reader_without() {
    let records = folder(&[("said.csv", "id,actor,text\n1,Анна Линд,\"Наш суверенитет, «икона»\"\n")]);
    let input = records.path().join("said.csv").display().to_string();
    let target = records.path().join("out");
    for (more, mark) in [(&[][..], false), (&["--bom"][..], true)] {
        let mut args = vec!["score", &input, "--unit", "statement", "--language", "ru", "-q", "--out"];
        let out = target.display().to_string();
        args.push(&out);
        args.extend(more);
        let output = stance(&args);
        assert!(output.status.success(), "{}", err(&output));
        for (name, bytes) in contents(&target).iter().filter(|(name, _)| name.ends_with(".csv")) {
            // EF BB BF is what Excel looks for; it stands at the start and nowhere else.
            assert_eq!(bytes.starts_with(&[0xEF, 0xBB, 0xBF]), mark, "{name}");
            let text = std::str::from_utf8(bytes).expect("UTF-8");
            assert_eq!(text.matches('\u{feff}').count(), usize::from(mark), "{name}");
        }
        let statements = std::fs::read(target.join("statements.csv")).unwrap();
        let text = String::from_utf8(statements).unwrap();
        let rows = rows(text.trim_start_matches('\u{feff}'));
        assert_eq!(
            (rows[0]["actor"].as_str(), rows[0]["text"].as_str()),
            ("Анна Линд", "Наш суверенитет, «икона»")
        );
    }
}

#[test]
fn a_stream_is_the_same_for_any_number_of_threads() {
    let run = |threads: &str, command: &str| {
        let output = stance(&[command, "data/articles", "--threads", threads, "-q"]);
        assert!(output.status.success(), "{}", err(&output));
        output.stdout
    };
    for command in ["score", "attribute"] {
        let one = run("1", command);
        assert!(one.len() > 10_000);
        assert!(one == run("2", command) && one == run("7", command), "{command}");
    }
}

#[test]
fn verify_computes_again_and_sees_what_has_changed() {
    let place = two_corpora();
    let results = place.path().join("results");
    let shown = results.display().to_string();
    assert!(score(place.path(), "first").status().unwrap().success());
    let fine = stance(&["verify", &shown]);
    assert!(fine.status.success(), "{}{}", out(&fine), err(&fine));
    assert!(out(&fine).contains("computed again, every file came out the same (6 files, 20 inputs"));
    let whole = place.path().join("run").display().to_string();
    assert!(stance(&["run", "data/articles", "-q", "--out", &whole]).status.success());
    let fine = stance(&["verify", &whole]);
    assert!(fine.status.success(), "charts and page too: {}{}", out(&fine), err(&fine));
    // Somebody makes a result nicer.
    let table = results.join("statements.csv");
    let honest = std::fs::read_to_string(&table).unwrap();
    std::fs::write(&table, honest.replacen("indirect", "direct", 1)).unwrap();
    let nicer = stance(&["verify", &shown, "--hashes-only"]);
    assert_eq!(nicer.status.code(), Some(1));
    assert!(out(&nicer).contains("statements.csv has changed since the run wrote it"), "{}", out(&nicer));
    std::fs::write(&table, honest).unwrap();
    // An input is corrected.
    let article = place.path().join("first/2003-06-10_news.txt");
    std::fs::write(&article, "Lukashenko said that sovereignty was not for sale.\n").unwrap();
    let corrected = stance(&["verify", &shown]);
    assert_eq!(corrected.status.code(), Some(1));
    let told = out(&corrected);
    assert!(told.contains("2003-06-10_news.txt has changed"), "{told}");
    assert!(told.contains("statements.csv, computed again, has changed"), "{told}");
    assert!(!told.contains("2003-06-11"), "{told}");
}

#[test]
fn counting_speakers_piece_by_piece_is_counting_them_at_once() {
    let place = tempfile::tempdir().unwrap();
    // `score` counts each piece of the inputs and adds up, `run` counts all rows.
    for command in ["score", "run"] {
        let out = place.path().join(command).display().to_string();
        let output = stance(&[command, "data/articles", "-q", "--out", &out]);
        assert!(output.status.success(), "{}", err(&output));
    }
    for name in ["actors.csv", "unlisted_speakers.csv", "skipped.csv"] {
        let read = |command: &str| std::fs::read_to_string(place.path().join(command).join(name)).unwrap();
        assert!(read("score").lines().count() > usize::from(name != "skipped.csv"));
        assert_eq!(read("score"), read("run"), "{name}");
    }
}
