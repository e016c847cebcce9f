//! What lies in input folders and is no article: links, pipes, devices, and results of
//! stance itself.

use crate::support::{err, folder, rows};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Instant;

const TEXT: &str =
    "Lukashenko said on Friday that sovereignty was sacred, and that he would not give it up.\n";

/// Runs `stance` in a folder.
fn at(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_stance")).args(args).current_dir(folder).output().expect("it starts")
}

fn read(folder: &Path, args: &[&str]) -> Output {
    let output = at(folder, args);
    assert!(output.status.success(), "{args:?}: {}", err(&output));
    output
}

type Rows = Vec<BTreeMap<String, String>>;

fn table(results: &Path, name: &str) -> Rows {
    rows(&std::fs::read_to_string(results.join(name)).expect(name))
}

fn skipped(results: &Path, reason: &str) -> Rows {
    table(results, "skipped.csv").into_iter().filter(|row| row["reason"] == reason).collect()
}

fn articles(results: &Path) -> usize {
    table(results, "inputs.csv").len()
}

#[test]
fn a_run_over_this_folder_reads_the_same_articles_every_time() {
    let place = tempfile::tempdir().unwrap();
    let corpus = place.path().join("corpus");
    std::fs::create_dir(&corpus).unwrap();
    std::fs::write(corpus.join("2019-03-01_a.txt"), TEXT).unwrap();
    let results = corpus.join("reports/corpus");
    for turn in 0..3 {
        read(&corpus, &["run", ".", "-q", "--no-cache"]);
        assert_eq!(articles(&results), 1, "run {turn}");
        let notes = skipped(&results, "results");
        assert_eq!(notes.len(), 1, "run {turn}: {notes:?}");
    }
    read(&corpus, &["score", ".", "-q", "--out", "other"]);
    read(&corpus, &["run", ".", "-q", "--no-cache"]);
    let notes = skipped(&results, "results");
    assert_eq!(
        notes.iter().map(|row| row["path"].as_str()).collect::<Vec<_>>(),
        ["./reports/corpus", "./other"],
        "where the run itself writes comes first, whether it is there or not"
    );
    assert!(notes[0]["detail"].contains("results of stance, not articles"), "{notes:?}");
    // A file that is named is read.
    read(&corpus, &["run", "reports/corpus/statements.csv", "-q", "--col", "text=text", "--out", "named"]);
    assert_eq!(articles(&corpus.join("named")), 1);
    let output = at(&corpus, &["run", "reports/corpus", "-q", "--out", "none"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("results of stance, not articles"), "{}", err(&output));
}

#[test]
fn a_folder_of_another_program_is_read() {
    let place = folder(&[("run.json", "{\"program\": \"other\"}"), ("2019-03-01_a.txt", TEXT)]);
    read(place.path(), &["run", ".", "-q", "--out", "results"]);
    // Only where the run itself writes is left out.
    let left_out = skipped(&place.path().join("results"), "results");
    assert_eq!(left_out.iter().map(|row| row["path"].as_str()).collect::<Vec<_>>(), ["./results"]);
    // Its run.json is read as a file of records, which has none.
    assert_eq!(articles(&place.path().join("results")), 2);
    assert_eq!(skipped(&place.path().join("results"), "record").len(), 1);
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::symlink;
    use std::time::Duration;

    /// An input folder with links out of it, to a file twice, and to nowhere.
    fn linked() -> tempfile::TempDir {
        let place = tempfile::tempdir().unwrap();
        let at = |name: &str| place.path().join(name);
        for name in ["in", "in/below", "beside"] {
            std::fs::create_dir(at(name)).unwrap();
        }
        std::fs::write(at("in/2019-03-01_own.txt"), TEXT).unwrap();
        std::fs::write(at("beside/2019-03-02_foreign.txt"), TEXT.replace("Friday", "Monday")).unwrap();
        std::fs::write(at("2019-03-03_alone.txt"), TEXT.replace("Friday", "Sunday")).unwrap();
        symlink("../beside", at("in/folder")).unwrap();
        symlink("../2019-03-03_alone.txt", at("in/2019-03-03_file.txt")).unwrap();
        symlink("../2019-03-01_own.txt", at("in/below/2019-03-01_again.txt")).unwrap();
        symlink("2019-01-01_nowhere.txt", at("in/2019-01-01_broken.txt")).unwrap();
        place
    }

    #[test]
    fn links_are_listed_and_not_followed() {
        let place = linked();
        read(place.path(), &["run", "in", "-q", "--out", "results"]);
        let results = place.path().join("results");
        assert_eq!(articles(&results), 1);
        let notes = skipped(&results, "link");
        assert_eq!(notes.len(), 4, "{notes:?}");
        let folder = notes.iter().find(|row| row["path"] == "in/folder").expect("a row");
        assert!(folder["detail"].contains("a link to ../beside, which was not followed: use --follow-links"));
        // An input that is a link was named by the user.
        symlink("in", place.path().join("input")).unwrap();
        read(place.path(), &["run", "input", "-q", "--out", "named"]);
        assert_eq!(articles(&place.path().join("named")), 1);
    }

    #[test]
    fn links_are_followed_when_it_is_asked_and_each_file_is_read_once() {
        let place = linked();
        read(place.path(), &["run", "in", "-q", "--out", "results", "--follow-links"]);
        let results = place.path().join("results");
        assert_eq!(articles(&results), 3);
        let notes = skipped(&results, "link");
        let outside =
            notes.iter().filter(|row| row["detail"].contains("outside of the input folder")).count();
        let twice = notes.iter().filter(|row| row["detail"].contains("read already")).count();
        assert_eq!((outside, twice), (2, 1), "{notes:?}");
        // The setting does the same, and a run without it is another run.
        std::fs::write(place.path().join("stance.toml"), "follow-links = true\n").unwrap();
        read(place.path(), &["run", "in", "-q", "--out", "set"]);
        assert_eq!(articles(&place.path().join("set")), 3);
        let again = |more: &[&str]| {
            let output = at(place.path(), &[&["run", "in", "--out", "set"], more].concat());
            err(&output).contains("nothing has changed")
        };
        assert!(again(&[]));
        std::fs::remove_file(place.path().join("stance.toml")).unwrap();
        assert!(!again(&[]));
        assert_eq!(articles(&place.path().join("set")), 1);
    }

    #[test]
    fn doubled_links_end_at_once() {
        let place = tempfile::tempdir().unwrap();
        let level = |number: usize| place.path().join(format!("d{number}"));
        for number in 0..=18 {
            std::fs::create_dir(level(number)).unwrap();
        }
        for number in 0..18 {
            for name in ["a", "b"] {
                symlink(level(number + 1), level(number).join(name)).unwrap();
            }
        }
        std::fs::write(level(18).join("2019-03-01_a.txt"), TEXT).unwrap();
        let start = Instant::now();
        read(place.path(), &["run", "d0", "-q", "--out", "results", "--follow-links"]);
        assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
        assert_eq!(articles(&place.path().join("results")), 1);
        let twice = skipped(&place.path().join("results"), "link");
        assert_eq!(twice.iter().filter(|row| row["detail"].contains("read already")).count(), 18);
    }

    fn pipe(path: &Path) {
        assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo").success());
    }

    /// The message of a command that must end by itself.
    fn refused(folder: &Path, args: &[&str]) -> String {
        let mut child = Command::new(env!("CARGO_BIN_EXE_stance"))
            .args(args)
            .current_dir(folder)
            .stderr(std::process::Stdio::piped())
            .spawn()
            .expect("it starts");
        let start = Instant::now();
        while child.try_wait().expect("a child").is_none() {
            if start.elapsed() > Duration::from_secs(20) {
                let _ = child.kill();
                panic!("{args:?} does not end");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let output = child.wait_with_output().expect("a child");
        assert!(!output.status.success(), "{args:?}");
        err(&output)
    }

    #[test]
    fn pipes_and_devices_are_no_resources() {
        let place = folder(&[("2019-03-01_a.txt", TEXT)]);
        pipe(&place.path().join("pipe"));
        for option in ["--actors", "--config", "--events"] {
            for path in ["pipe", "/dev/zero"] {
                let command = if option == "--events" { "run" } else { "score" };
                let said = refused(place.path(), &[command, "2019-03-01_a.txt", option, path]);
                assert!(
                    said.contains("a pipe, a socket or a device, not a regular file"),
                    "{option} {path}: {said}"
                );
            }
        }
        // 5 GB of nothing.
        let large = std::fs::File::create(place.path().join("large.toml")).unwrap();
        large.set_len(5 << 30).unwrap();
        let said = refused(place.path(), &["score", "2019-03-01_a.txt", "--actors", "large.toml"]);
        assert!(said.contains("larger than 67108864 bytes"), "{said}");
    }

    #[test]
    fn a_file_that_becomes_a_pipe_is_not_waited_for() {
        use stancetrack::ingest::{self, Options, WorkItem};
        let place = folder(&[("a.txt", TEXT), ("b.jsonl", "{}"), ("c.docx", ""), ("d.parquet", "")]);
        let options = Options::new(&[], None);
        let inputs = [place.path().display().to_string()];
        let mut door = ingest::open(&inputs, &options).unwrap();
        // Listed as a file, and then another.
        let first = door.next().unwrap().unwrap();
        assert!(matches!(first, WorkItem::File(..)));
        for name in ["a.txt", "b.jsonl", "c.docx", "d.parquet"] {
            std::fs::remove_file(place.path().join(name)).unwrap();
            pipe(&place.path().join(name));
        }
        let pieces = std::iter::once(first).chain(door.map(|piece| piece.unwrap()));
        let all: Vec<String> = pieces.map(|piece| format!("{:?}", piece.read(&options))).collect();
        assert_eq!(all.len(), 4);
        assert!(all.iter().all(|items| items.contains("not a regular file")), "{all:#?}");
    }
}
