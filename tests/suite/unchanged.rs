//! A second run over what has not changed computes nothing, and says so; whatever has
//! changed, its results are those of a run without any memory.

use crate::cache::{change, command, contents, corpus};
use crate::support::{err, repository};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const SAID: &str = "nothing has changed since the last run";

/// A command with its memory; whether it found everything unchanged. If it computed, the
/// results are those of a run without memory.
fn stands(name: &str, place: &Path, more: &[&str], what: &str) -> bool {
    let output = command(name, place, "with", more).output().unwrap();
    assert!(output.status.success(), "{what}: {}", err(&output));
    let stood = err(&output).contains(SAID);
    if !stood {
        let fresh = [more, &["--no-cache", "-q"]].concat();
        let output = command(name, place, "without", &fresh).output().unwrap();
        assert!(output.status.success(), "{what}: {}", err(&output));
        let (mut with, without) = (contents(&place.join("with")), contents(&place.join("without")));
        // What somebody has changed or put there is not part of the results.
        with.retain(|name, _| !name.to_string_lossy().contains(".kept-") && !name.ends_with("notes.txt"));
        assert!(with.len() > 4 && with == without, "{what}");
    }
    stood
}

/// The only entry of the memory.
fn memo(place: &Path) -> PathBuf {
    let [entry] =
        contents(&place.join(".stance-cache/runs")).into_keys().collect::<Vec<_>>().try_into().unwrap();
    place.join(".stance-cache/runs").join(entry)
}

fn flip(path: &Path, at: usize) {
    let mut bytes = std::fs::read(path).unwrap();
    bytes[at] ^= 0x01;
    std::fs::write(path, bytes).unwrap();
}

/// When files were written.
fn times(folder: &Path) -> BTreeMap<PathBuf, std::time::SystemTime> {
    let files = std::fs::read_dir(folder).unwrap().flatten();
    files.map(|file| (file.path(), file.metadata().unwrap().modified().unwrap())).collect()
}

fn packed(text: &str) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(text.as_bytes()).unwrap();
    packer.finish().unwrap()
}

#[test]
fn a_second_run_touches_nothing_and_says_the_same() {
    let corpus = corpus();
    let place = corpus.path();
    for name in ["run", "score"] {
        let once = |more: &[&str]| -> Output {
            let output = command(name, place, "with", more).output().unwrap();
            assert!(output.status.success(), "{}", err(&output));
            output
        };
        let first = once(&[]);
        let (before, written) = (contents(&place.join("with")), times(&place.join("with")));
        let second = once(&[]);
        assert!(!err(&first).contains(SAID));
        // Before anything else, that stance.toml is read.
        let after_settings = |output: &Output| -> String {
            let told = err(output);
            told.strip_prefix("stance.toml: the options in this file are used\n").unwrap_or(&told).to_string()
        };
        let told = after_settings(&second);
        let (line, rest) = told.split_once('\n').unwrap();
        assert_eq!(line, format!("{SAID}: the results in with stand (--no-cache computes them anew)"));
        assert_eq!(rest, after_settings(&first));
        assert_eq!(second.stdout, first.stdout);
        assert_eq!(err(&once(&["-q"])), "");
        assert!(before == contents(&place.join("with")) && written == times(&place.join("with")));
        // Threads and loudness make no other result; who goes on or wants no memory gets a computation.
        assert!(err(&once(&["--threads", "1"])).contains(SAID));
        assert!(!err(&once(&["--resume"])).contains(SAID));
        assert!(err(&once(&[])).contains(SAID));
        assert!(!err(&once(&["--no-cache"])).contains(SAID));
        assert!(before == contents(&place.join("with")));
        // The same bytes follow from the same things, whoever wrote them.
        assert!(err(&once(&[])).contains(SAID));
        std::fs::remove_dir_all(place.join("with")).unwrap();
    }
}

#[test]
fn a_byte_of_any_input_makes_it_compute_again() {
    let corpus = corpus();
    let place = corpus.path();
    let articles = place.join("articles");
    let text = "Lukashenko said on Monday that sovereignty was sacred. Putin denied it.";
    let page =
        format!("<html><head><title>Talks</title></head><body><p>{}</p></body></html>", text.repeat(5));
    std::fs::write(articles.join("2004-01-01_page.html"), page).unwrap();
    std::fs::write(articles.join("2004-01-02_packed.txt.gz"), packed(text)).unwrap();
    std::fs::write(
        articles.join("table.csv"),
        format!("id,date,text\na,2004-02-01,{text}\nb,2004-02-02,{text}\n"),
    )
    .unwrap();
    let record = serde_json::json!({"id": "r", "date": "2004-03-01", "text": text});
    std::fs::write(articles.join("records.jsonl"), format!("{record}\n{record}\n")).unwrap();
    assert!(!stands("score", place, &[], "nothing was there"));
    assert!(stands("score", place, &[], "nothing changed"));
    for path in contents(&articles).into_keys().map(|name| articles.join(name)) {
        let length = std::fs::metadata(&path).unwrap().len() as usize;
        // What is flipped stays so, so that every turn finds another input than the one before.
        for at in [0, length / 2, length - 1] {
            flip(&path, at);
            assert!(!stands("score", place, &[], &format!("byte {at} of {}", path.display())));
        }
    }
    assert!(stands("score", place, &[], "nothing changed"));
}

#[test]
fn a_file_of_the_results_that_is_not_as_it_was_is_made_again() {
    let corpus = corpus();
    let place = corpus.path();
    let with = place.join("with");
    for (name, files) in [("score", vec![]), ("run", vec!["index.html", "trend.csv", "position.png"])] {
        assert!(!stands(name, place, &[], "nothing was there"));
        // By run.json the folder is known as ours: without it nothing there is touched.
        let all: Vec<PathBuf> =
            contents(&with).into_keys().filter(|name| !name.ends_with("run.json")).collect();
        let files = if files.is_empty() { all } else { files.into_iter().map(PathBuf::from).collect() };
        for (turn, file) in files.iter().enumerate() {
            let path = with.join(file);
            let length = std::fs::metadata(&path).unwrap().len() as usize;
            flip(&path, if turn % 2 == 0 { length - 1 } else { length / 2 });
            assert!(!stands(name, place, &[], &format!("a byte of {}", path.display())));
        }
        std::fs::remove_file(with.join("statements.csv")).unwrap();
        assert!(!stands(name, place, &[], "a file is missing"));
        std::fs::write(with.join("notes.txt"), "mine").unwrap();
        assert!(stands(name, place, &[], "a file of the user"));
        std::fs::create_dir_all(with.join("drafts")).unwrap();
        assert!(stands(name, place, &[], "a folder of the user"));
        let left = place.join(".with.stance-left");
        std::fs::create_dir(&left).unwrap();
        std::fs::write(left.join(".stance-work"), "work folder of stance 1: not complete\n").unwrap();
        assert!(stands(name, place, &[], "nothing changed"));
        assert!(!left.exists(), "what a killed run left is removed all the same");
    }
}

#[test]
fn a_damaged_memory_is_none() {
    let corpus = corpus();
    let place = corpus.path();
    assert!(!stands("score", place, &[], "nothing was there"));
    let length = std::fs::metadata(memo(place)).unwrap().len() as usize;
    for turn in 0..8 {
        let at = (length - 1) * turn / 7;
        flip(&memo(place), at);
        assert!(!stands("score", place, &[], &format!("byte {at} of the entry")));
        assert!(stands("score", place, &[], "it was written anew"));
    }
    // An entry of other results does not fit these.
    let other = command("score", place, "other", &[]).output().unwrap();
    assert!(other.status.success());
    let entries: Vec<PathBuf> = contents(&place.join(".stance-cache/runs")).into_keys().collect();
    assert_eq!(entries.len(), 2);
    let entry = |at: usize| place.join(".stance-cache/runs").join(&entries[at]);
    let swapped = std::fs::read(entry(0)).unwrap();
    std::fs::copy(entry(1), entry(0)).unwrap();
    std::fs::write(entry(1), swapped).unwrap();
    assert!(!stands("score", place, &[], "the entry of other results"));
}

#[test]
fn other_options_and_resources_make_it_compute_again() {
    let corpus = corpus();
    let place = corpus.path();
    std::fs::write(place.join("events.csv"), "date,label\n2003-06-12,A vote\n").unwrap();
    let with_events = ["--events", "events.csv", "--replicates", "100"];
    assert!(!stands("run", place, &with_events, "nothing was there"));
    assert!(stands("run", place, &with_events, "nothing changed"));
    change(&place.join("events.csv"), "A vote", "A treaty");
    assert!(!stands("run", place, &with_events, "the events changed"));
    assert!(!stands("run", place, &["--replicates", "100"], "no events"));
    assert!(!stands("run", place, &["--replicates", "100", "--theme", "dark"], "another look"));
    assert!(!stands("score", place, &[], "another command"));
    for options in [&["--method", "count"][..], &["--no-roster"], &["--bom"], &["--language", "ru"], &[]] {
        assert!(!stands("score", place, options, &format!("{options:?}")));
        assert!(stands("score", place, options, "nothing changed"));
    }
    let terms = place.join("lexicon/terms.en.csv");
    let text = std::fs::read_to_string(&terms).unwrap();
    let line = text.lines().find(|line| line.starts_with("sacred,")).unwrap();
    change(&terms, line, &line.replacen("sacred", "sacren", 1));
    assert!(!stands("score", place, &[], "the lexicon changed"));
    std::fs::write(place.join("lexicon/notes.txt"), "mine").unwrap();
    assert!(!stands("score", place, &[], "a file more in the lexicon's folder"));
    change(&place.join("roster.toml"), "name = \"Alexander Lukashenko\"", "name = \"Aleksandr Lukashenko\"");
    assert!(!stands("score", place, &[], "the roster changed"));
    std::fs::write(place.join("stance.toml"), "language = \"en\"\nexclude = [\"*3_news.txt\"]\n").unwrap();
    assert!(!stands("score", place, &[], "the settings changed"));
    std::fs::remove_file(place.join("stance.toml")).unwrap();
    assert!(!stands("score", place, &[], "no settings"));
    // Language rules of its own, of which one file is changed.
    let rules = place.join("rules");
    for entry in walkdir::WalkDir::new(repository("lexicons/languages")).into_iter().flatten() {
        let to = rules.join(entry.path().strip_prefix(repository("lexicons/languages")).unwrap());
        match entry.file_type().is_dir() {
            true => std::fs::create_dir_all(to).unwrap(),
            false => drop(std::fs::copy(entry.path(), to).unwrap()),
        }
    }
    assert!(stands("score", place, &[], "rules that nobody named"));
    let rules_here = ["--languages", "rules"];
    assert!(!stands("score", place, &rules_here, "rules of the user's"));
    change(&rules.join("en/words.csv"), "\n", "\n\n");
    assert!(!stands("score", place, &rules_here, "language rules changed"));
    assert!(stands("score", place, &rules_here, "nothing changed"));
}

#[test]
fn articles_that_come_go_and_change_their_names_make_it_compute_again() {
    let corpus = corpus();
    let place = corpus.path();
    let article = |name: &str| place.join("articles").join(name);
    assert!(!stands("score", place, &[], "nothing was there"));
    std::fs::copy(article("2003-06-12_news.txt"), article("2003-06-19_more.txt")).unwrap();
    assert!(!stands("score", place, &[], "an article more"));
    std::fs::remove_file(article("2003-06-11_news.txt")).unwrap();
    assert!(!stands("score", place, &[], "an article less"));
    std::fs::rename(article("2003-06-19_more.txt"), article("2003-06-19_move.txt")).unwrap();
    assert!(!stands("score", place, &[], "another name"));
    let (one, two) = (article("2003-06-12_news.txt"), article("2003-06-13_news.txt"));
    let text = std::fs::read(&one).unwrap();
    std::fs::rename(&two, &one).unwrap();
    std::fs::write(&two, text).unwrap();
    assert!(!stands("score", place, &[], "two articles have changed places"));
    std::fs::write(article("film.mkv"), "x").unwrap();
    assert!(!stands("score", place, &[], "a file that is not read"));
    std::fs::write(article("film.mkv"), "xyz").unwrap();
    assert!(stands("score", place, &[], "what is not read may change"));
    std::fs::write(article(".hidden.txt"), "x").unwrap();
    assert!(stands("score", place, &[], "a hidden file"));
}

#[test]
fn what_cannot_be_used_is_remembered_too_and_still_fails_a_strict_run() {
    let corpus = corpus();
    let place = corpus.path();
    let article = |name: &str| place.join("articles").join(name);
    std::fs::write(article("large.txt"), "word ".repeat(3_000_000)).unwrap();
    std::fs::write(article("empty.txt"), "").unwrap();
    let whole = packed(&"Lukashenko said that sovereignty was sacred. ".repeat(50));
    std::fs::write(article("damaged.txt.gz"), &whole[..whole.len() / 2]).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("..", article("loop")).unwrap();
    assert!(!stands("score", place, &[], "nothing was there"));
    assert!(stands("score", place, &[], "nothing changed"));
    std::fs::write(article("damaged.txt.gz"), &whole).unwrap();
    assert!(!stands("score", place, &[], "it is whole"));
    for said in [false, true] {
        let output = command("run", place, "strict", &["--strict"]).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(err(&output).contains(SAID), said);
        assert!(err(&output).contains("skipped or incomplete"), "{}", err(&output));
    }
}

#[cfg(unix)]
#[test]
fn permissions_that_are_taken_away_make_it_compute_again() {
    use std::os::unix::fs::PermissionsExt;
    let corpus = corpus();
    let place = corpus.path();
    assert!(!stands("score", place, &[], "nothing was there"));
    let path = place.join("articles/2003-06-12_news.txt");
    let allow = |mode| std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
    allow(0o000);
    // Who may read everything (root) sees no difference.
    let closed = std::fs::read(&path).is_err();
    assert_eq!(stands("score", place, &[], "one is closed"), !closed);
    assert!(stands("score", place, &[], "it is still closed"));
    allow(0o644);
    assert_eq!(stands("score", place, &[], "it is open again"), !closed);
}

#[cfg(unix)]
#[test]
fn files_behind_links_are_not_taken_for_the_same_and_pipes_are_refused() {
    let corpus = corpus();
    let place = corpus.path();
    std::fs::rename(place.join("lexicon/terms.en.csv"), place.join("terms.csv")).unwrap();
    std::os::unix::fs::symlink("../terms.csv", place.join("lexicon/terms.en.csv")).unwrap();
    assert!(!stands("score", place, &[], "nothing was there"));
    assert!(stands("score", place, &[], "nothing changed"));
    let text = std::fs::read_to_string(place.join("terms.csv")).unwrap();
    let line = text.lines().find(|line| line.starts_with("sacred,")).unwrap();
    change(&place.join("terms.csv"), line, &line.replacen("sacred", "sacren", 1));
    assert!(!stands("score", place, &[], "a file behind a link changed"));
    // A roster through a pipe would be another every time.
    let line =
        format!("cat roster.toml | {} score articles --actors /dev/stdin", env!("CARGO_BIN_EXE_stance"));
    let output = Command::new("sh").arg("-c").arg(line).current_dir(place).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("not a regular file"), "{}", err(&output));
}

#[test]
fn standard_input_is_never_taken_for_the_same() {
    let corpus = corpus();
    let place = corpus.path();
    let told = |words: &str| {
        let line = format!(
            "echo 'Putin said that {words}.' | {} score - --out piped --language en",
            env!("CARGO_BIN_EXE_stance")
        );
        let output = Command::new("sh").arg("-c").arg(line).current_dir(place).output().unwrap();
        assert!(output.status.success() && !err(&output).contains(SAID), "{}", err(&output));
        std::fs::read_to_string(place.join("piped/statements.csv")).unwrap().contains(words)
    };
    assert!(told("talks would go on") && told("talks would not go on"));
}

#[test]
fn what_changes_while_it_is_read_is_not_remembered() {
    let corpus = corpus();
    let place = corpus.path();
    let text = std::fs::read_to_string(place.join("articles/2003-06-10_news.txt")).unwrap();
    for number in 0..40 {
        let path = place.join(format!("articles/2003-07-{number:02}_more.txt"));
        std::fs::write(path, text.replace("point 0", &format!("point {number}")).repeat(10)).unwrap();
    }
    let first = place.join("articles/2003-06-10_news.txt");
    for turn in 0..3 {
        let mut child = command("score", place, "with", &["-q"]).spawn().unwrap();
        // It has begun to write, so it has looked at everything.
        let begun = || {
            let entries = std::fs::read_dir(place).unwrap().flatten();
            entries.into_iter().any(|entry| entry.file_name().to_string_lossy().starts_with(".with.stance-"))
        };
        while !begun() && child.try_wait().unwrap().is_none() {
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        std::fs::write(&first, text.replace("sacred", &format!("sacred {turn}"))).unwrap();
        assert!(child.wait().unwrap().success());
        assert!(!stands("score", place, &[], "it changed while it was read"));
        assert!(stands("score", place, &[], "nothing changed"));
    }
}
