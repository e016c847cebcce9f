//! How the program ends where nobody listens, the disk is full, the system has no threads left, or
//! an argument is not UTF-8: with the right exit code, and never with a stack trace.

use crate::support::{err, folder, out, stance};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stance"));
    command.args(args).current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

/// A pipe whose reader has gone already.
fn closed() -> Stdio {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    writer.into()
}

fn no_crash(name: &str, output: &Output) {
    let told = err(output);
    assert!(!told.contains("panicked") && !told.contains("internal error"), "{name}: {told}");
}

/// Commands that write on standard output.
const SPEAKING: [&[&str]; 13] = [
    &["attribute", "data/articles"],
    &["attribute", "data/articles", "--format", "csv"],
    &["score", "data/articles"],
    &["score", "data/articles", "--format", "jsonl"],
    &["score", "data/articles", "--format", "parquet"],
    &["explain", "Sovereignty is not an icon, Lukashenko said."],
    &["explain", "--json", "Sovereignty is not an icon, Lukashenko said."],
    &["actors", "discover", "data/articles", "--no-roster", "--least", "1"],
    &["lexicon", "stats", "lexicons/sentiment"],
    &["lexicon", "stats", "lexicons/sentiment", "--format", "csv"],
    &["lexicon", "coverage", "data/articles"],
    &["evaluate", "data/gold/codes.csv", "--items", "data/gold/statements.csv", "--replicates", "0"],
    &["run", "--help"],
];

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    for args in SPEAKING {
        let output = command(args).stdout(closed()).output().unwrap();
        no_crash(&args.join(" "), &output);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", err(&output));
    }
    let into = folder(&[]);
    let tables = into.path().join("tables").display().to_string();
    let output = command(&[SPEAKING[11], &["--out", &tables]].concat()).stdout(closed()).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(into.path().join("tables/evaluation.csv").exists(), "the folder does not depend on the reader");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output_is_an_error() {
    for args in SPEAKING {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let output = command(args).stdout(full).output().unwrap();
        no_crash(&args.join(" "), &output);
        assert_eq!(output.status.code(), Some(1), "{args:?}: {}", err(&output));
        let told = err(&output);
        assert!(told.contains("standard output:") && told.contains("No space left"), "{args:?}: {told}");
    }
}

/// Every file of a folder.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten();
    entries
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path()).unwrap()))
        .collect()
}

const RUN: [&str; 6] = ["run", "data/articles", "--no-cache", "--replicates", "100", "--out"];

#[test]
fn messages_that_nobody_can_read_change_no_result() {
    let into = folder(&[]);
    let at = |name: &str| into.path().join(name).display().to_string();
    let mut runs: Vec<(&str, Stdio)> = vec![("heard", Stdio::piped()), ("closed", closed())];
    if cfg!(target_os = "linux") {
        runs.push(("full", std::fs::File::options().write(true).open("/dev/full").unwrap().into()));
    }
    let mut expected = None;
    for (name, stderr) in runs {
        let status = command(&[&RUN[..], &[&at(name)]].concat()).stderr(stderr).status().unwrap();
        assert_eq!(status.code(), Some(0), "{name}");
        let made = contents(&into.path().join(name));
        assert!(*expected.get_or_insert_with(|| made.clone()) == made, "{name}");
    }
    for (args, code) in [(&["run", "no/such/folder"][..], 2), (&["run", "--no-such-option"], 2)] {
        assert_eq!(command(args).stderr(closed()).status().unwrap().code(), Some(code), "{args:?}");
    }
}

#[cfg(unix)]
#[test]
fn closed_streams_put_no_message_into_a_file_of_the_results() {
    let into = folder(&[]);
    let at = |name: &str| into.path().join(name).display().to_string();
    let plain = command(&[&RUN[..], &[&at("plain")]].concat()).output().unwrap();
    assert!(plain.status.success(), "{}", err(&plain));
    let expected = contents(&into.path().join("plain"));
    for (name, closing) in
        [("in", "<&-"), ("out", ">&-"), ("err", "2>&-"), ("two", ">&- 2>&-"), ("all", "<&- >&- 2>&-")]
    {
        let status = Command::new("sh")
            .args(["-c", &format!("exec \"$0\" \"$@\" {closing}"), env!("CARGO_BIN_EXE_stance")])
            .args(RUN)
            .arg(at(name))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stderr(Stdio::null())
            .status()
            .unwrap();
        assert!(status.success(), "{closing}");
        assert!(contents(&into.path().join(name)) == expected, "{closing}");
    }
}

#[test]
fn absurd_numbers_of_threads_are_refused_or_bounded() {
    let score = ["score", "data/articles", "-q"];
    let usual = out(&stance(&score));
    for count in ["0", "513", "100000"] {
        let output = stance(&[&score[..], &["--threads", count]].concat());
        assert_eq!(output.status.code(), Some(2), "{count}");
        assert!(err(&output).starts_with("stance: --threads:"), "{}", err(&output));
    }
    for (name, value, code) in [
        ("RAYON_NUM_THREADS", "100000", 0),
        ("RAYON_NUM_THREADS", "0", 0),
        ("RAYON_NUM_THREADS", "many", 0),
        ("POLARS_MAX_THREADS", "2", 0),
        ("POLARS_MAX_THREADS", "0", 2),
        ("POLARS_MAX_THREADS", "many", 2),
        ("POLARS_MAX_THREADS", "100000", 2),
    ] {
        let output = command(&score).env(name, value).output().unwrap();
        no_crash(name, &output);
        assert_eq!(output.status.code(), Some(code), "{name}={value}: {}", err(&output));
        assert!(
            if code == 0 { out(&output) == usual } else { err(&output).contains(name) },
            "{}",
            err(&output)
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn threads_that_cannot_be_started_are_an_error_and_no_crash() {
    let output = Command::new("sh")
        .args(["-c", "ulimit -v 500000 && exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_stance")])
        .args(["score", "data/articles", "-q", "--threads", "512"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    no_crash("ulimit -v", &output);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert!(err(&output).contains("threads cannot be started"), "{}", err(&output));
}

#[cfg(target_os = "linux")]
#[test]
fn a_project_that_does_not_fit_on_the_disk_is_removed_again() {
    let place = folder(&[]);
    let init = |target: &str| {
        let output = Command::new("sh")
            .args([
                "-c",
                "trap '' XFSZ; ulimit -f 1; exec \"$0\" init \"$1\"",
                env!("CARGO_BIN_EXE_stance"),
                target,
            ])
            .current_dir(place.path())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1), "{}", err(&output));
        assert!(err(&output).contains("cannot be written"), "{}", err(&output));
    };
    init("new/project");
    assert!(!place.path().join("new").exists());
    std::fs::create_dir(place.path().join("mine")).unwrap();
    init("mine");
    assert!(contents(&place.path().join("mine")).is_empty());
}

#[cfg(target_os = "linux")]
#[test]
fn arguments_that_are_not_utf_8_are_taken() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let place = folder(&[("a.toml", "")]);
    let roster = place.path().join(OsStr::from_bytes(b"r\xff.toml"));
    std::fs::write(&roster, "").unwrap();
    let output = command(&["score", "data/articles", "-q", "--actors"])
        .arg(&roster)
        .args(["--out", &place.path().join("out").display().to_string()])
        .output()
        .unwrap();
    no_crash("not UTF-8", &output);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let manifest = std::fs::read_to_string(place.path().join("out/run.json")).unwrap();
    assert!(manifest.contains("r\\\\xFF.toml"), "{manifest}");
}
