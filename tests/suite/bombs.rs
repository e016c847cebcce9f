//! Inputs that are made to take all memory, time or disk: each is refused or bounded, is
//! named in `skipped.csv`, and costs nothing else its place. Bounds of time and memory are
//! generous; without the limits these runs take minutes or gigabytes.

use crate::support::{err, rows};
use polars::prelude::{Column, DataFrame};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const TEXT: &str =
    "Lukashenko said on Friday that sovereignty was sacred, and that he would not give it up.\n";
const SHORT: Duration = Duration::from_secs(30);

/// What a run took.
struct Run {
    output: Output,
    time: Duration,
    /// Greatest memory in MB; 0 where it is not known.
    memory: u64,
}

/// Runs `stance` in a folder.
fn stance(folder: &Path, args: &[&str]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_stance"))
        .args(args)
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let (start, status) = (Instant::now(), format!("/proc/{}/status", child.id()));
    let mut memory = 0;
    while child.try_wait().expect("a child").is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("");
        let kilobytes = line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or(0);
        memory = memory.max(kilobytes >> 10);
        if start.elapsed() > SHORT || memory > 3000 {
            let _ = child.kill();
            panic!("{args:?}: {:?}, {memory} MB", start.elapsed());
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let time = start.elapsed();
    Run { output: child.wait_with_output().expect("a child"), time, memory }
}

/// A folder `in` with one good article and some files.
fn corpus(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("in");
    std::fs::create_dir(&folder).expect("a folder");
    std::fs::write(folder.join("2019-03-01_good.txt"), TEXT).expect("a file");
    for (name, bytes) in files {
        std::fs::write(folder.join(name), bytes).expect("a file");
    }
    place
}

/// A run over it that must succeed.
fn run(place: &tempfile::TempDir) -> Run {
    let run = stance(place.path(), &["run", "in", "-q", "--no-cache", "--out", "out"]);
    assert!(run.output.status.success(), "{}", err(&run.output));
    run
}

type Rows = Vec<BTreeMap<String, String>>;

fn skipped(place: &tempfile::TempDir) -> Rows {
    rows(&std::fs::read_to_string(place.path().join("out/skipped.csv")).expect("skipped.csv"))
}

fn reasons(place: &tempfile::TempDir) -> Vec<String> {
    skipped(place).iter().map(|row| row["reason"].clone()).collect()
}

fn counts(place: &tempfile::TempDir) -> serde_json::Value {
    let text = std::fs::read_to_string(place.path().join("out/run.json")).expect("run.json");
    serde_json::from_str::<serde_json::Value>(&text).expect("JSON")["counts"].clone()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).expect("memory");
    packer.finish().expect("memory")
}

fn parquet(texts: Vec<&str>) -> Vec<u8> {
    written(Column::new("text".into(), texts))
}

/// One text in many rows, which share it in memory and in the file.
fn repeated(text: &str, rows: usize) -> Vec<u8> {
    written(Column::new("text".into(), [text]).take_slice(&vec![0; rows]).expect("rows"))
}

fn written(column: Column) -> Vec<u8> {
    let mut frame = DataFrame::new(column.len(), vec![column]).expect("a table");
    let mut bytes = Vec::new();
    polars_io::prelude::ParquetWriter::new(&mut bytes).finish(&mut frame).expect("memory");
    bytes
}

#[test]
fn a_dictionary_of_one_long_text_is_not_written_out() {
    // Not sentences: what is measured is reading.
    let text = format!("{TEXT}{}", "x".repeat(1_000_000));
    let bomb = repeated(&text, 4096);
    assert!(bomb.len() < 100_000, "{}", bomb.len());
    let place = corpus(&[("bomb.parquet", &bomb)]);
    let run = run(&place);
    assert!(run.memory < 1000, "{} MB", run.memory);
    let damaged = skipped(&place).into_iter().find(|row| row["reason"] == "damaged").expect("a row");
    assert!(damaged["detail"].contains("unpacks to more than 250 times its size"), "{damaged:?}");
}

#[test]
fn cells_that_are_too_large_are_named_and_not_copied() {
    let text = "a".repeat(11_000_000);
    let place = corpus(&[("large.parquet", &repeated(&text, 400))]);
    let run = run(&place);
    assert!(run.memory < 450, "{} MB", run.memory);
    assert_eq!(reasons(&place), vec!["too_large"; 101]);
    assert_eq!(skipped(&place)[100]["detail"], "and 300 more of this kind in this file");
    assert_eq!(counts(&place)["skipped_too_large"], 400);
}

#[test]
fn a_packed_page_of_parquet_has_the_limits_of_a_packed_file() {
    let texts: Vec<String> = (0..60).map(|row| format!("{row} {}", "a".repeat(1_000_000))).collect();
    let bomb = parquet(texts.iter().map(String::as_str).collect());
    assert!(bomb.len() < 200_000, "{}", bomb.len());
    let place = corpus(&[("page.parquet", &bomb)]);
    assert!(run(&place).memory < 400);
    assert_eq!(reasons(&place), ["damaged"]);
}

#[test]
fn the_end_of_a_parquet_file_is_looked_at_before_it_is_read() {
    let place = corpus(&[]);
    let path = place.path().join("in/footer.parquet");
    let mut file = std::fs::File::create(path).expect("a file");
    file.set_len(300 << 20).expect("a sparse file");
    std::io::Seek::seek(&mut file, std::io::SeekFrom::End(0)).expect("an end");
    file.write_all(&(250u32 << 20).to_le_bytes()).expect("a file");
    file.write_all(b"PAR1").expect("a file");
    let run = run(&place);
    assert!(run.memory < 250, "{} MB", run.memory);
    let row = &skipped(&place)[0];
    assert!(row["reason"] == "damaged" && row["detail"].contains("262144000 bytes"), "{row:?}");
}

#[test]
fn damaged_parquet_files_print_no_panic() {
    let texts: Vec<String> = (0..50).map(|row| format!("{TEXT} {row}")).collect();
    let whole = parquet(texts.iter().map(String::as_str).collect());
    let place = corpus(&[]);
    for at in (4..whole.len()).step_by(whole.len() / 250 + 1) {
        for (number, byte) in [0x00u8, 0x7F, 0xFF].into_iter().enumerate() {
            let mut damaged = whole.clone();
            damaged[at] = byte;
            let name = format!("in/{at}_{number}.parquet");
            std::fs::write(place.path().join(name), damaged).expect("a file");
        }
    }
    let run = run(&place);
    let said = err(&run.output);
    assert!(!said.contains("panicked"), "{said}");
    assert!(reasons(&place).iter().any(|reason| reason == "damaged"));
}

#[test]
fn long_metadata_do_not_fill_the_disk() {
    let quotes: String =
        (0..300).map(|number| format!("“Sovereignty is sacred, {number},” Lukashenko said. ")).collect();
    let long = "x".repeat(400_000);
    let line = |last: &str| {
        let address = format!("https://example.org/{long}");
        serde_json::json!({
            "id": format!("{long}{last}"), "title": long, "source": long, "author": long, "url": address,
            "date": "2019-03-01", "text": quotes,
        })
    };
    let lines = format!("{}\n{}\n", line("a"), line("b"));
    let place = corpus(&[("long.jsonl", lines.as_bytes())]);
    run(&place);
    let size: u64 = std::fs::read_dir(place.path().join("out"))
        .unwrap()
        .flatten()
        .map(|file| file.metadata().unwrap().len())
        .sum();
    assert!(size < 10_000_000, "{size} bytes of results");
    let notes = skipped(&place);
    assert_eq!(notes.iter().filter(|row| row["reason"] == "metadata").count(), 2, "{notes:?}");
    for name in ["id of 400001", "title of 400000", "source of 400000", "author of 400000", "url of 400020"] {
        assert!(notes[0]["detail"].contains(name), "{notes:?}");
    }
    let table = std::fs::read_to_string(place.path().join("out/statements.csv")).unwrap();
    let articles: std::collections::BTreeSet<String> =
        rows(&table).iter().map(|row| row["article_id"].clone()).collect();
    assert_eq!(articles.len(), 3, "two ids that begin alike stay two");
}

#[test]
fn long_names_of_speakers_are_cut() {
    let place = corpus(&[]);
    let record = serde_json::json!({"id": "i".repeat(5000), "actor": "n".repeat(100_000), "text": "Sovereignty is sacred."});
    std::fs::write(place.path().join("said.jsonl"), format!("{record}\n")).unwrap();
    let args = ["score", "said.jsonl", "--unit", "statement", "--language", "en", "-q", "--out", "out"];
    let done = stance(place.path(), &args);
    assert!(done.output.status.success(), "{}", err(&done.output));
    let table = rows(&std::fs::read_to_string(place.path().join("out/statements.csv")).unwrap());
    assert_eq!(table[0]["actor"].chars().count(), 300);
    assert_eq!(table[0]["statement_id"].chars().count(), 300);
    assert_eq!(reasons(&place), ["metadata"]);
}

#[test]
fn pages_that_are_made_to_take_time_are_refused() {
    let attributes: String = (0..500_000).map(|number| format!("a{number}=1 ")).collect();
    let pages = [
        format!("<article><p {attributes}>{TEXT}</p></article>"),
        format!("<article><p>{TEXT}{}</p></article>", "&amp;".repeat(1_500_000)),
        (0..400_000).map(|number| format!("<body a{number}></body>")).collect(),
    ];
    for page in pages {
        let place = corpus(&[("2019-03-02_page.html", page.as_bytes())]);
        let run = run(&place);
        assert!(run.time < Duration::from_secs(10), "{:?}", run.time);
        assert_eq!(reasons(&place), ["too_complex"]);
    }
}

#[test]
fn broken_lines_are_summed_up() {
    let place = corpus(&[("broken.jsonl", "{\n".repeat(3_000_000).as_bytes())]);
    let run_of_lines = run(&place);
    assert!(run_of_lines.memory < 600, "{} MB", run_of_lines.memory);
    assert_eq!(reasons(&place), vec!["record"; 101]);
    assert_eq!(skipped(&place)[100]["detail"], "and 2999900 more of this kind in this file");
    assert_eq!(counts(&place)["skipped_record"], 3_000_000);
    // A table, and records that are statements.
    let place = corpus(&[("broken.csv", format!("id,text\n{}", "a\n".repeat(500_000)).as_bytes())]);
    run(&place);
    assert_eq!(reasons(&place), vec!["ragged"; 101]);
    std::fs::write(
        place.path().join("in/said.jsonl"),
        format!("{}{{\"text\": \"Yes.\"}}\n", "{\n".repeat(5000)),
    )
    .unwrap();
    let args = ["score", "in/said.jsonl", "--unit", "statement", "--language", "en", "-q", "--out", "out"];
    assert!(stance(place.path(), &args).output.status.success());
    let notes = skipped(&place);
    assert_eq!(notes.len(), 101);
    assert!(notes[100]["detail"].contains("and 4900 more of this kind"), "{:?}", notes[100]);
}

#[test]
fn broken_lines_that_are_packed_end_soon() {
    let packed = gzip("{\n".repeat(32_000_000).as_bytes());
    assert!(packed.len() < 200_000, "{}", packed.len());
    let place = corpus(&[("broken.jsonl.gz", &packed)]);
    let run = run(&place);
    assert!(run.time < Duration::from_secs(15), "{:?}", run.time);
    assert!(run.memory < 600, "{} MB", run.memory);
    let reasons = reasons(&place);
    assert_eq!(reasons.len(), 102);
    assert!(reasons.contains(&"damaged".to_string()));
}

#[test]
fn messages_do_not_repeat_what_a_stranger_wrote_at_length() {
    let header: Vec<String> = (0..100_000).map(|number| format!("column{number}")).collect();
    let place = corpus(&[("wide.csv", format!("{}\n", header.join(",")).as_bytes())]);
    run(&place);
    let row = &skipped(&place)[0];
    assert!(row["reason"] == "columns" && row["detail"].contains("column19, and 99980 more"), "{row:?}");
    assert!(row["detail"].len() < 600, "{row:?}");
    let glob = format!("[{}", "a".repeat(10_000));
    let said = err(&stance(place.path(), &["run", "in", "--include", &glob]).output);
    assert!(said.contains("is no glob") && said.len() < 600, "{said}");
}

#[test]
fn what_stands_twice_is_noted() {
    let record = format!(
        "{{\"text\": \"no\", \"date\": \"2019-03-01\", \"text\": {}}}\n",
        serde_json::json!(TEXT.trim())
    );
    let mut document = Vec::new();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(&mut document));
    for (name, text) in [("word/document.xml", "One said no."), ("word/document.xmm", TEXT)] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("memory");
        zip.write_all(format!("<w:p><w:t>{text}</w:t></w:p>").as_bytes()).expect("memory");
    }
    zip.finish().expect("memory");
    let name = b"word/document.xmm";
    while let Some(at) = document.windows(name.len()).position(|window| window == name) {
        document[at + name.len() - 1] = b'l';
    }
    let place = corpus(&[("2019-03-02_twice.docx", &document), ("twice.jsonl", record.as_bytes())]);
    run(&place);
    let notes = skipped(&place);
    assert_eq!(reasons(&place), ["record", "record"]);
    assert!(
        notes[0]["detail"].contains("word/document.xml stands in the file more than once: the last is used")
    );
    assert!(notes[1]["detail"].contains("the key 'text' stands twice in the record: the last"), "{notes:?}");
}

/// A run of so many articles by sources and speakers of their own.
fn sources(count: usize) -> Duration {
    let lines: String = (0..count)
        .map(|number| {
            let text = format!("Ann{0} Holm{0} said on Friday that sovereignty was sacred.", name(number));
            format!(
                "{}\n",
                serde_json::json!({"text": text, "date": "2019-03-01", "source": format!("Paper {number}")})
            )
        })
        .collect();
    let place = corpus(&[("all.jsonl", lines.as_bytes())]);
    let done = stance(
        place.path(),
        &["run", "in", "-q", "--no-cache", "--by-source", "--no-roster", "--out", "out"],
    );
    assert!(done.output.status.success(), "{}", err(&done.output));
    done.time
}

/// A number in letters.
fn name(number: usize) -> String {
    number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
}

#[test]
fn many_sources_take_time_in_proportion() {
    let (few, many) = (sources(5_000), sources(20_000));
    assert!(many < 10 * few + Duration::from_secs(1), "5,000: {few:?}, 20,000: {many:?}");
}

#[test]
fn a_large_roster_takes_time_in_proportion() {
    let roster = |count: usize| {
        let entry = |number: usize| {
            let name = format!("Ann{0} Holm{0}", name(number));
            format!(
                "[[actor]]\nid = \"a{number}\"\nname = \"{name}\"\nkind = \"person\"\naliases.en = [\"{name}\"]\n"
            )
        };
        let place = corpus(&[]);
        let all: String = (0..count).map(entry).collect();
        std::fs::write(place.path().join("roster.toml"), all).unwrap();
        let done = stance(
            place.path(),
            &["score", "in", "-q", "--no-cache", "--actors", "roster.toml", "--out", "out"],
        );
        assert!(done.output.status.success(), "{}", err(&done.output));
        done.time
    };
    let (few, many) = (roster(5_000), roster(50_000));
    assert!(many < 20 * few + Duration::from_secs(1), "5,000: {few:?}, 50,000: {many:?}");
}
