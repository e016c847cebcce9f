//! How much longer a whole analysis takes than one plain word count.
//!
//!     cargo bench --bench floor                     2,000 articles, 9 MB
//!     cargo bench --bench floor -- 20000            as many as you say
//!     cargo bench --bench floor -- corpus.jsonl     a file of your own
//!
//! The floor: one thread reads the same JSON Lines, parses the JSON and counts
//! the flagship lexicon with Aho-Corasick, whole words only. No lexicon tool can
//! do less. Both are timed in turn in one run, because machines wander and ratios
//! hold. The corpus is built from the articles in ../shared, which are no part of
//! the repository; without them it says so and asks for a file.

use aho_corasick::{AhoCorasick, MatchKind};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const ROUNDS: usize = 5;

/// What is timed, under its name.
type Row<'a> = (&'a str, Box<dyn Fn() -> Duration + 'a>);

fn main() {
    // `cargo bench` adds flags of its own.
    let given: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let scratch = tempfile::tempdir().expect("a temporary folder");
    let (jsonl, folder) = match corpus(given.first().map(String::as_str), home, scratch.path()) {
        Ok(found) => found,
        Err(why) => {
            println!("{why}");
            return;
        }
    };
    let automaton = automaton(&home.join("lexicons/integration-sovereignty/terms.en.csv"));
    let megabytes = std::fs::metadata(&jsonl).map_or(0.0, |data| data.len() as f64 / 1e6);
    println!("{}: {megabytes:.1} MB, {} terms", jsonl.display(), automaton.patterns_len());
    println!("median of {ROUNDS} rounds in turn; x = times the floor\n");
    let out = scratch.path().join("out");
    let input = jsonl.display().to_string();
    let place = out.display().to_string();
    let whole = |input: &str, threads: &str, more: &[&str]| {
        let _ = std::fs::remove_dir_all(&out);
        let mut args = vec!["score", input, "--language", "en", "--threads", threads, "--out", &place, "-q"];
        args.extend(more);
        stance(&args)
    };
    let score = |input: &str, threads: &str| whole(input, threads, &["--no-cache"]);
    whole(&input, "2", &[]);
    let mut rows: Vec<Row> = vec![
        ("floor: Aho-Corasick, 1 thread", Box::new(|| floor(&automaton, &jsonl))),
        ("stance attribute, 1 thread", {
            let input = input.clone();
            Box::new(move || stance(&["attribute", &input, "--language", "en", "--threads", "1", "-q"]))
        }),
        ("stance score, tables, 1 thread", Box::new(|| score(&input, "1"))),
        ("stance score, tables, 2 threads", Box::new(|| score(&input, "2"))),
        ("the same again, from the cache", Box::new(|| whole(&input, "2", &[]))),
        // Behind the row before it, whose results lie there.
        ("and once more, nothing has changed", {
            let (input, place) = (input.clone(), place.clone());
            Box::new(move || {
                stance(&["score", &input, "--language", "en", "--threads", "2", "--out", &place, "-q"])
            })
        }),
    ];
    if let Some(folder) = folder {
        let folder = folder.display().to_string();
        rows.push(("the same from a folder of files", Box::new(move || score(&folder, "2"))));
    }
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); rows.len()];
    for _ in 0..ROUNDS {
        for ((_, run), times) in rows.iter().zip(&mut times) {
            times.push(run().as_secs_f64());
        }
    }
    let median = |times: &[f64]| {
        let mut sorted = times.to_vec();
        sorted.sort_by(f64::total_cmp);
        sorted[sorted.len() / 2]
    };
    let base = times[0].clone();
    for ((name, _), times) in rows.iter().zip(&times) {
        let ratios: Vec<f64> = times.iter().zip(&base).map(|(one, floor)| one / floor).collect();
        println!("{name:<34} {:>7.2} x  {:>8.1} MB/s", median(&ratios), megabytes / median(times));
    }
    let gain: Vec<f64> = times[2].iter().zip(&times[3]).map(|(one, two)| one / two).collect();
    println!("\ntwo threads are {:.2} times as fast as one", median(&gain));
}

/// The corpus as JSON Lines and, when it is built here, as a folder of files.
fn corpus(given: Option<&str>, home: &Path, scratch: &Path) -> Result<(PathBuf, Option<PathBuf>), String> {
    let count = match given {
        Some(path) if path.parse::<usize>().is_err() => return Ok((PathBuf::from(path), None)),
        Some(count) => count.to_string(),
        None => "2000".to_string(),
    };
    let shared = home.join("../shared");
    let (program, articles) = (shared.join("perf/make_corpus.py"), shared.join("attribution"));
    for needed in [&program, &articles] {
        if !needed.exists() {
            return Err(format!(
                "{} is missing, so no corpus can be built. Name a file of your own, one JSON object with \
                 id, date and text a line:\n    cargo bench --bench floor -- articles.jsonl",
                needed.display()
            ));
        }
    }
    let make = |out: &Path, format: &str| {
        let done = Command::new("python3")
            .arg(&program)
            .args([&articles, Path::new(&count), out])
            .args(["--format", format])
            .stderr(Stdio::null())
            .status();
        match done {
            Ok(status) if status.success() => Ok(()),
            _ => Err(format!("python3 {} failed", program.display())),
        }
    };
    let (jsonl, folder) = (scratch.join("docs.jsonl"), scratch.join("docs"));
    make(&jsonl, "jsonl")?;
    make(&folder, "txt")?;
    Ok((jsonl, Some(folder)))
}

/// The terms of a lexicon as literal patterns: a glob by its letters, a gap by
/// what stands before it.
fn automaton(terms: &Path) -> AhoCorasick {
    let mut reader = csv::Reader::from_path(terms).expect("the lexicon");
    let patterns: Vec<String> = reader
        .records()
        .flatten()
        .filter_map(|row| {
            let term = row.get(0)?.split("...").next()?.trim().trim_end_matches('*').to_lowercase();
            (!term.is_empty() && !term.contains('*')).then_some(term)
        })
        .collect();
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(patterns)
        .expect("an automaton")
}

fn floor(automaton: &AhoCorasick, path: &Path) -> Duration {
    let start = Instant::now();
    let bytes = std::fs::read(path).expect("the corpus");
    let mut count = 0usize;
    for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let record: serde_json::Value = serde_json::from_slice(line).expect("JSON");
        let text = record["text"].as_str().unwrap_or("");
        let letter = |at: Option<usize>| {
            at.and_then(|at| text.as_bytes().get(at))
                .is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte > 127)
        };
        for found in automaton.find_iter(text) {
            let whole = !letter(found.start().checked_sub(1)) && !letter(Some(found.end()));
            count += usize::from(whole);
        }
    }
    assert!(count > 0, "the lexicon must be found in the corpus");
    start.elapsed()
}

fn stance(args: &[&str]) -> Duration {
    let start = Instant::now();
    let done = Command::new(env!("CARGO_BIN_EXE_stance"))
        .args(args)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdout(Stdio::null())
        .status()
        .expect("the binary starts");
    assert!(done.success(), "stance {args:?} failed");
    start.elapsed()
}
