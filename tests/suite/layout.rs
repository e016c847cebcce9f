//! Imports run downhill: who may name whom. See docs/ARCHITECTURE.md.

use crate::source::Source;
use crate::support::repository;
use std::path::Path;

/// What each room may import of the project, and which heavy crates.
const ROOMS: [(&str, &[&str], &[&str]); 17] = [
    ("stats", &[], &[]),
    ("error", &[], &[]),
    ("files", &[], &[]),
    ("model", &[], &[]),
    ("ingest", &["model", "files", "error"], &[]),
    ("segment", &["model"], &[]),
    ("attribute", &["model"], &[]),
    ("date", &["model"], &[]),
    ("score", &["model", "stats"], &[]),
    ("aggregate", &["model", "stats", "error"], &["polars", "rayon"]),
    ("evaluate", &["model", "stats", "error"], &[]),
    ("diagnose", &["model", "stats"], &[]),
    ("report", &["model", "files", "error"], &["polars", "polars_io", "plotters"]),
    ("cache", &["model", "files"], &[]),
    ("pipeline", &["model", "attribute", "cache", "date", "score", "segment"], &["rayon"]),
    (
        "project",
        &[
            "model",
            "stats",
            "error",
            "files",
            "ingest",
            "cache",
            "score",
            "aggregate",
            "evaluate",
            "report",
            "pipeline",
        ],
        &["rayon"],
    ),
    (
        "cli",
        &[
            "model",
            "stats",
            "error",
            "files",
            "ingest",
            "segment",
            "attribute",
            "cache",
            "score",
            "aggregate",
            "evaluate",
            "diagnose",
            "report",
            "pipeline",
            "project",
        ],
        &["clap", "rayon", "indicatif"],
    ),
];
/// Maximum number of source files of a folder.
const MOST_FILES: usize = 14;
const HEAVY: [&str; 6] = ["polars", "polars_io", "plotters", "clap", "rayon", "indicatif"];
/// Single files that may name a heavy crate their room may not.
const EXCEPTIONS: [(&str, &[&str]); 2] = [
    ("ingest/tables/parquet.rs", &["polars", "polars_io"]),
    ("ingest/tables/parquet_guard.rs", &["polars", "polars_io"]),
];

fn files(path: &Path, all: &mut Vec<std::path::PathBuf>) {
    if path.is_file() {
        all.push(path.to_path_buf());
        return;
    }
    for entry in std::fs::read_dir(path).expect("a folder of the source").flatten() {
        files(&entry.path(), all);
    }
}

#[test]
fn imports_run_downhill() {
    let source = Source::read(&repository("src"));
    let mut checked = 0;
    for (file, module) in &source.modules {
        let room = &module.path[1];
        let (_, allowed, heavy) = ROOMS.iter().find(|(name, _, _)| name == room).expect("a room with rules");
        for other in &source.imports[file] {
            let name = &source.modules[other].path[1];
            checked += 1;
            let downhill = name == room || allowed.contains(&name.as_str());
            assert!(downhill, "{file} imports {other}: {room} may not import {name}");
        }
        let more = EXCEPTIONS.iter().find(|(only, _)| only == file).map_or(&[][..], |(_, more)| more);
        for name in HEAVY.iter().filter(|name| !heavy.contains(name) && !more.contains(name)) {
            let used = module.code.lines().any(|line| {
                line.trim_start().starts_with(&format!("use {name}::"))
                    || line.contains(&format!(" {name}::"))
            });
            assert!(!used, "{file}: {name} does not belong in {room}");
        }
    }
    assert!(checked > 400, "the test must see imports, and saw {checked}");
}

/// Types that two files share have a file of their own.
#[test]
fn no_files_import_each_other_in_a_circle() {
    assert_eq!(Source::read(&repository("src")).circles(), Vec::<Vec<&str>>::new());
}

/// A folder is a layout only as long as somebody can read it.
#[test]
fn no_folder_is_a_long_list() {
    let mut counts = std::collections::BTreeMap::new();
    for file in Source::read(&repository("src")).modules.keys() {
        *counts.entry(file.rsplit_once('/').map_or("", |(folder, _)| folder).to_string()).or_insert(0) += 1;
    }
    let long: Vec<_> = counts.into_iter().filter(|(_, count)| *count > MOST_FILES).collect();
    assert!(long.is_empty(), "more than {MOST_FILES} files: {long:?}");
}

/// Text of strangers reaches a terminal only through `cli/messages.rs`, which makes control
/// sequences visible and does not panic where nobody listens.
#[test]
fn only_the_file_for_messages_prints() {
    let mut all = Vec::new();
    files(&repository("src"), &mut all);
    let mut seen = false;
    for file in all.into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "rs")) {
        let text = std::fs::read_to_string(&file).expect("source");
        if file.ends_with("cli/messages.rs") || text.contains("#![cfg(test)]") {
            seen |= file.ends_with("cli/messages.rs");
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap_or("");
        for (number, line) in code.lines().enumerate() {
            let line = line.split("//").next().unwrap_or("");
            let place = format!("{}:{}", file.display(), number + 1);
            for word in ["print!(", "println!(", "dbg!(", "io::stdout", "io::stderr", "use std::io::stdout"] {
                assert!(!line.contains(word), "{place}: {word} belongs in src/cli/messages.rs");
            }
        }
    }
    assert!(seen, "src/cli/messages.rs has another name");
}

#[test]
fn no_word_of_russian_stands_in_the_code_outside_tests_and_comments() {
    let mut all = Vec::new();
    files(&repository("src"), &mut all);
    for file in all.into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "rs")) {
        let text = std::fs::read_to_string(&file).expect("source");
        // A file that is a test from its first line says so.
        let code =
            if text.contains("#![cfg(test)]") { "" } else { text.split("#[cfg(test)]").next().unwrap_or("") };
        for (number, line) in code.lines().enumerate() {
            let line = line.split("//").next().unwrap_or("");
            let longest = line
                .split(|c: char| !('а'..='я').contains(&c.to_lowercase().next().unwrap_or(c)))
                .map(|word| word.chars().count())
                .max()
                .unwrap_or(0);
            assert!(
                longest < 2,
                "{}:{}: language knowledge belongs in lexicons/",
                file.display(),
                number + 1
            );
        }
    }
}

#[test]
fn names_fold_like_the_text() {
    for word in ["Don’t", "Ёлкин", "so‑called", "ПУТИН", "Дон’Жуан"] {
        let expected = word.to_lowercase().replace('ё', "е").replace('’', "'").replace('‑', "-");
        assert_eq!(stancetrack::segment::fold(word), expected);
    }
}

/// The fuzz crate takes the stages by their files, and nothing builds it here: what
/// those files name must be named there, too.
#[test]
fn fuzzing_has_all_that_its_stages_need() {
    let read = |path: &str| std::fs::read_to_string(repository(path)).expect("a file of the fuzz crate");
    let library = read("fuzz/src/lib.rs");
    let declared: Vec<&str> =
        library.lines().filter_map(|line| line.strip_prefix("    pub mod ")?.strip_suffix(';')).collect();
    assert!(declared.len() > 5, "{declared:?}");
    for (room, allowed, _) in ROOMS.iter().filter(|(room, _, _)| declared.contains(room)) {
        let mut all = Vec::new();
        let single = repository("src").join(format!("{room}.rs"));
        let folder = repository("src").join(room);
        files(if single.is_file() { &single } else { &folder }, &mut all);
        let used = |other: &str| {
            let named = format!("crate::{other}");
            all.iter().any(|file| std::fs::read_to_string(file).expect("source").contains(&named))
        };
        for other in *allowed {
            let missing = !declared.contains(other) && used(other);
            assert!(!missing, "fuzz/src/lib.rs lacks `pub mod {other};` for {room}");
        }
    }
    assert!(read("fuzz/.cargo/config.toml").contains("--cfg=fuzzing"), "coverage has no flags");
    let (manifest, run) = (read("fuzz/Cargo.toml"), read("fuzz/run"));
    let targets = std::fs::read_dir(repository("fuzz/targets")).expect("targets");
    for target in targets.flatten() {
        let file = target.file_name().into_string().expect("a name");
        let name = file.trim_end_matches(".rs");
        assert!(manifest.contains(&format!("path = \"targets/{file}\"")), "{name} is in no [[bin]]");
        assert!(run.contains(name), "fuzz/run leaves {name} out");
        assert!(repository("fuzz/seeds").join(name).is_dir(), "{name} has no seeds");
    }
}
