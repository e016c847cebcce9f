//! A machine that gives less than a run wants: few open files, small files, and inputs that
//! somebody else writes to while they are read.
#![cfg(unix)]

use crate::safety::{command, place, read, stance, write};
use crate::support::err;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

/// stance behind a limit of the shell.
fn limited(place: &Path, limit: &str, args: &[&str]) -> Output {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("{limit}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_stance")]);
    shell.args(args).current_dir(place).env("XDG_CACHE_HOME", place.join("own-cache"));
    shell.output().unwrap()
}

fn no_crash(what: &str, output: &Output) {
    let told = err(output);
    assert!(!told.contains("panicked") && !told.contains("internal error"), "{what}: {told}");
}

/// Hidden folders of runs that did not end.
fn unfinished(place: &Path) -> usize {
    let names = std::fs::read_dir(place).unwrap().map(|entry| entry.unwrap().file_name());
    names.filter(|name| name.to_string_lossy().starts_with(".out.stance-")).count()
}

#[test]
fn few_file_handles_lose_no_article_in_silence() {
    let place = place();
    let place = place.path();
    for number in 0..40 {
        let text = format!("Lukashenko said that sovereignty was sacred. It was the year {number}.\n");
        write(&place.join(format!("articles/2019-03-02_{number}.txt")), &text);
    }
    let whole = stance(place, &["run", "articles", "--out", "whole", "--no-cache"]);
    assert!(whole.status.success(), "{}", err(&whole));
    let mut succeeded = 0;
    for handles in [40, 20, 16, 12, 10, 8, 6, 4] {
        let limit = format!("ulimit -n {handles}");
        let output = limited(place, &limit, &["run", "articles", "--out", "out", "--no-cache"]);
        no_crash(&limit, &output);
        if !output.status.success() {
            assert!(!err(&output).trim().is_empty(), "{limit}: a failure has a message");
            continue;
        }
        succeeded += 1;
        let skipped = read(place.join("out/skipped.csv"));
        if skipped.contains("unreadable") {
            assert!(skipped.contains("ulimit -n"), "{limit}: {skipped}");
            assert!(err(&output).contains("skipped"), "{limit}: {}", err(&output));
        } else {
            let tables = ["statements.csv", "trend.csv"];
            for table in tables {
                assert_eq!(
                    read(place.join("out").join(table)),
                    read(place.join("whole").join(table)),
                    "{limit}"
                );
            }
        }
    }
    assert!(succeeded > 0, "some limit leaves enough");
    // To remove a folder takes a handle, too: the next run removes what is left.
    assert!(stance(place, &["run", "articles", "--out", "out", "--no-cache"]).status.success());
    assert_eq!(unfinished(place), 0);
}

#[test]
fn a_file_that_may_not_grow_is_an_error_and_leaves_earlier_results() {
    let place = place();
    let place = place.path();
    assert!(stance(place, &["run", "articles", "--out", "out"]).status.success());
    let before = read(place.join("out/run.json"));
    write(&place.join("articles/2019-03-02_b.txt"), "Putin said that sovereignty was sacred.\n");
    let output = limited(place, "ulimit -f 8", &["run", "articles", "--out", "out"]);
    no_crash("ulimit -f", &output);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert!(err(&output).contains("out"), "the message names a place: {}", err(&output));
    assert_eq!(read(place.join("out/run.json")), before);
    assert_eq!(unfinished(place), 0);
    let again = stance(place, &["run", "articles", "--out", "out"]);
    assert!(again.status.success(), "{}", err(&again));
    assert!(read(place.join("out/statements.csv")).contains("2019-03-02_b"));
}

/// Grows, cuts, replaces and removes a file, and puts a folder in its place.
fn meddle(path: &Path, step: usize) {
    let text = "Lukashenko said that sovereignty was sacred. Putin denied it.\n";
    let _ = match step % 5 {
        0 => std::fs::write(path, text.repeat(1 + step % 900)),
        1 => std::fs::write(path, ""),
        2 => std::fs::remove_file(path).and_then(|()| std::fs::create_dir(path)),
        3 => std::fs::remove_dir(path),
        _ => {
            let beside = path.with_extension("new");
            std::fs::write(&beside, text).and_then(|()| std::fs::rename(&beside, path))
        }
    };
}

#[test]
fn files_that_change_while_they_are_read_break_nothing_and_are_read_again() {
    let place = place();
    let place = place.path();
    let files: Vec<_> =
        (0..30).map(|number| place.join(format!("articles/2019-03-{:02}_m.txt", number % 28 + 1))).collect();
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let meddling = scope.spawn(|| {
            let mut steps = 0;
            while !stop.load(Relaxed) {
                files.iter().for_each(|file| meddle(file, steps));
                steps += 1;
            }
            steps
        });
        for _ in 0..3 {
            let output = stance(place, &["run", "articles", "--out", "out"]);
            no_crash("meddling", &output);
            assert!(output.status.success(), "{}", err(&output));
        }
        stop.store(true, Relaxed);
        assert!(meddling.join().unwrap() > 3, "files did change");
    });
    for file in &files {
        let _ = std::fs::remove_dir(file);
        write(file, "Lukashenko said that sovereignty was not sacred.\n");
    }
    // What was remembered of the files as they were does not come back.
    assert!(stance(place, &["run", "articles", "--out", "out"]).status.success());
    let fresh = command(place, &["run", "articles", "--out", "fresh", "--no-cache"]).output().unwrap();
    assert!(fresh.status.success(), "{}", err(&fresh));
    for table in ["statements.csv", "trend.csv", "inputs.csv", "skipped.csv"] {
        assert_eq!(read(place.join("out").join(table)), read(place.join("fresh").join(table)), "{table}");
    }
}
