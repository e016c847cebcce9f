//! Imports run downhill: who may name whom. See docs/ARCHITECTURE.md.

use crate::support::repository;
use std::path::Path;

/// What each module may import of the project, and which heavy crates.
const RULES: [(&str, &[&str], &[&str]); 16] = [
    ("files", &[], &[]),
    ("model", &["model"], &[]),
    ("error.rs", &[], &[]),
    ("ingest", &["model", "files", "error", "ingest"], &[]),
    ("segment", &["model", "segment"], &[]),
    ("attribute", &["model", "attribute"], &[]),
    ("date", &["model", "date"], &[]),
    ("score", &["model", "score"], &[]),
    ("aggregate", &["model", "error", "aggregate"], &["polars", "rayon"]),
    ("evaluate", &["model", "error", "evaluate"], &[]),
    ("diagnose", &["model", "error", "diagnose"], &[]),
    ("report", &["model", "files", "error", "aggregate", "report"], &["polars", "polars_io", "plotters"]),
    ("cache", &["model", "files", "cache"], &[]),
    ("pipeline.rs", &["model", "attribute", "cache", "date", "score", "segment"], &["rayon"]),
    ("pipeline", &[], &[]),
    (
        "cli",
        &[
            "model",
            "error",
            "files",
            "ingest",
            "segment",
            "attribute",
            "cache",
            "date",
            "score",
            "aggregate",
            "evaluate",
            "diagnose",
            "report",
            "pipeline",
            "cli",
        ],
        &["clap", "rayon", "indicatif"],
    ),
];
const HEAVY: [&str; 6] = ["polars", "polars_io", "plotters", "clap", "rayon", "indicatif"];
/// Single files that may name a heavy crate their module may not.
const EXCEPTIONS: [(&str, &[&str]); 1] = [("ingest/parquet.rs", &["polars", "polars_io"])];

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
    let mut checked = 0;
    for (module, allowed, heavy) in RULES {
        let mut all = Vec::new();
        files(&repository("src").join(module), &mut all);
        for file in all {
            let text = std::fs::read_to_string(&file).expect("source");
            let more =
                EXCEPTIONS.iter().find(|(only, _)| file.ends_with(only)).map_or(&[][..], |(_, more)| more);
            for (number, line) in text.lines().enumerate() {
                let place = format!("{}:{}", file.display(), number + 1);
                for part in line.split("crate::").skip(1) {
                    let name: String =
                        part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    if name.is_empty() {
                        continue;
                    }
                    checked += 1;
                    assert!(allowed.contains(&name.as_str()), "{place}: {module} may not import {name}");
                }
                for crate_name in HEAVY.iter().filter(|name| !heavy.contains(name) && !more.contains(name)) {
                    let used = line.trim_start().starts_with(&format!("use {crate_name}::"))
                        || line.contains(&format!(" {crate_name}::"));
                    assert!(!used, "{place}: {crate_name} does not belong in {module}");
                }
            }
        }
    }
    assert!(checked > 40, "the test must see imports");
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
    for (module, allowed, _) in RULES {
        let name = module.trim_end_matches(".rs");
        if !declared.contains(&name) {
            continue;
        }
        let mut all = Vec::new();
        files(&repository("src").join(module), &mut all);
        let used = |other: &str| {
            let named = format!("crate::{other}");
            all.iter().any(|file| std::fs::read_to_string(file).expect("source").contains(&named))
        };
        for other in allowed.iter().map(|other| other.trim_end_matches(".rs")) {
            assert!(
                declared.contains(&other) || !used(other),
                "fuzz/src/lib.rs lacks `pub mod {other};` for {name}"
            );
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
