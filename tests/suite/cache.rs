//! What was computed before is used again, and never wrongly: whatever changes, and
//! whatever happens to the cache, results are those of a run without it.

use crate::support::{err, folder, repository};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

const ARTICLES: usize = 6;

/// A working folder with a few articles, a lexicon and a roster of its own.
pub fn corpus() -> tempfile::TempDir {
    let place = folder(&[]);
    let articles = place.path().join("articles");
    std::fs::create_dir(&articles).unwrap();
    for number in 0..ARTICLES {
        let text = format!(
            "Lukashenko said on Monday that sovereignty was sacred. “We will not give up point {number},” he said.\n\n\
             Ann Lind denied that the harbour would join the union. According to Putin, integration should deepen.\n"
        );
        std::fs::write(articles.join(format!("2003-06-1{number}_news.txt")), text.repeat(3)).unwrap();
    }
    let lexicon = place.path().join("lexicon");
    std::fs::create_dir(&lexicon).unwrap();
    for entry in std::fs::read_dir(repository("lexicons/integration-sovereignty")).unwrap().flatten() {
        if entry.path().is_file() {
            std::fs::copy(entry.path(), lexicon.join(entry.file_name())).unwrap();
        }
    }
    std::fs::copy(repository("data/actors/belarus-russia.toml"), place.path().join("roster.toml")).unwrap();
    std::fs::write(place.path().join("stance.toml"), "language = \"en\"\n").unwrap();
    place
}

pub fn command(name: &str, place: &Path, out: &str, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stance"));
    command
        .args([name, "articles", "--lexicon", "lexicon", "--actors", "roster.toml", "--out", out])
        .args(more)
        .current_dir(place);
    command
}

fn score(place: &Path, out: &str, more: &[&str]) -> Output {
    let output = command("score", place, out, more).output().unwrap();
    assert!(output.status.success(), "{}", err(&output));
    output
}

/// All files of a folder of results.
pub fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files =
        walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let name = entry.path().strip_prefix(folder).unwrap().to_path_buf();
            (name, std::fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// Runs with the cache and without it, and says how many articles came from it.
fn agrees(place: &Path, what: &str) -> usize {
    let output = score(place, "with", &["--resume"]);
    score(place, "without", &["--no-cache", "-q"]);
    let (with, without) = (contents(&place.join("with")), contents(&place.join("without")));
    assert!(with.len() > 4 && with == without, "{what}");
    let told = err(&output);
    let line = told.lines().find_map(|line| line.strip_prefix("resumed: ")).expect("a line on what was done");
    line.split(' ').next().unwrap().parse().unwrap()
}

fn packs(place: &Path) -> Vec<PathBuf> {
    contents(&place.join(".stance-cache"))
        .into_keys()
        .filter(|name| name.extension().is_some_and(|ending| ending == "pack"))
        .map(|name| place.join(".stance-cache").join(name))
        .collect()
}

pub fn change(path: &Path, from: &str, to: &str) {
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{}: {from}", path.display());
    std::fs::write(path, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn whatever_changes_results_are_those_of_a_run_without_it() {
    let corpus = corpus();
    let place = corpus.path();
    assert_eq!(agrees(place, "nothing was there"), 0);
    assert_eq!(agrees(place, "nothing changed"), ARTICLES);
    change(&place.join("articles/2003-06-12_news.txt"), "not give up", "now give up");
    assert_eq!(agrees(place, "an article changed"), ARTICLES - 1);
    // The date in its name is all that changes.
    std::fs::rename(place.join("articles/2003-06-13_news.txt"), place.join("articles/2004-06-13_news.txt"))
        .unwrap();
    assert_eq!(agrees(place, "the day of an article changed"), ARTICLES - 1);
    let same = place.join("articles/2003-06-14_copy.txt");
    std::fs::copy(place.join("articles/2003-06-14_news.txt"), same).unwrap();
    assert_eq!(agrees(place, "an article twice"), ARTICLES + 1);
    let terms = place.join("lexicon/terms.en.csv");
    let text = std::fs::read_to_string(&terms).unwrap();
    let line = text.lines().find(|line| line.starts_with("sacred,")).expect("an entry of the lexicon");
    change(&terms, line, &line.replacen("sacred", "sacren", 1));
    assert_eq!(agrees(place, "the lexicon changed"), 0);
    change(
        &place.join("roster.toml"),
        "name = \"Alexander Lukashenko\"",
        "name = \"Aleksandr G. Lukashenko\"",
    );
    assert_eq!(agrees(place, "the roster changed"), 0);
    std::fs::write(place.join("stance.toml"), "language = \"ru\"\n").unwrap();
    assert_eq!(agrees(place, "the settings changed"), 0);
    std::fs::write(place.join("stance.toml"), "language = \"en\"\n").unwrap();
    assert_eq!(agrees(place, "the settings are as they were"), ARTICLES + 1);
    for option in [["--method", "count"], ["--scale", "share"], ["--no-roster", "--raw-csv"]] {
        score(place, "with", &[option[0], option[1], "-q"]);
        score(place, "without", &[option[0], option[1], "--no-cache", "-q"]);
        assert!(contents(&place.join("with")) == contents(&place.join("without")), "{option:?}");
    }
}

#[test]
fn a_damaged_cache_is_none() {
    let corpus = corpus();
    let place = corpus.path();
    agrees(place, "nothing was there");
    let [pack] = packs(place).try_into().expect("one pack");
    let whole = std::fs::read(&pack).unwrap();
    for turn in 0..12 {
        let at = whole.len() * turn / 12 + turn;
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (turn % 8);
        std::fs::write(&pack, bytes).unwrap();
        let found = agrees(place, &format!("byte {at} was flipped"));
        assert!(found < ARTICLES, "byte {at}");
        packs(place)
            .iter()
            .filter(|other| **other != pack)
            .for_each(|other| std::fs::remove_file(other).unwrap());
    }
    std::fs::write(&pack, &whole[..whole.len() / 2]).unwrap();
    assert!((1..ARTICLES).contains(&agrees(place, "the end is missing")));
    std::fs::write(&pack, "").unwrap();
    agrees(place, "it is empty");
    std::fs::remove_dir_all(place.join(".stance-cache")).unwrap();
    std::fs::write(place.join(".stance-cache"), "a file is in the way").unwrap();
    let output = score(place, "with", &[]);
    assert!(err(&output).contains("nothing could be kept for the next run"), "{}", err(&output));
}

#[test]
fn a_killed_run_goes_on_and_ends_with_the_same_bytes() {
    let corpus = corpus();
    let place = corpus.path();
    for number in 0..30 {
        let text = std::fs::read_to_string(place.join("articles/2003-06-10_news.txt")).unwrap();
        let path = place.join(format!("articles/2003-07-{:02}_more.txt", number + 1));
        std::fs::write(path, text.replace("point 0", &format!("point {number}")).repeat(10)).unwrap();
    }
    let start = std::time::Instant::now();
    let undisturbed = command("run", place, "undisturbed/results", &["--no-cache", "-q"]).status().unwrap();
    let longest = start.elapsed();
    assert!(undisturbed.success());
    let undisturbed = contents(&place.join("undisturbed/results"));
    let mut done = 0;
    for (turn, share) in [0.3, 0.5, 0.7, 0.4, 0.6, 0.8].into_iter().enumerate() {
        let mut child = command("run", place, "results", &["-q"])
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary starts");
        std::thread::sleep(longest.mul_f64(share).max(Duration::from_millis(20)));
        let _ = child.kill();
        let _ = child.wait();
        // Every second time it is killed twice.
        if turn % 2 == 0 {
            continue;
        }
        let output = command("run", place, "results", &["--resume"]).output().unwrap();
        assert!(output.status.success(), "{}", err(&output));
        let told = err(&output);
        let line = told.lines().find_map(|line| line.strip_prefix("resumed: ")).expect("what was done");
        done += line.split(' ').next().unwrap().parse::<usize>().unwrap();
        let mut found = contents(&place.join("results"));
        // The page has links as seen from its own place.
        let page = Path::new("index.html");
        assert!(found.remove(page).is_some_and(|page| !page.is_empty()));
        let rest = undisturbed.iter().filter(|(name, _)| *name != page);
        assert!(found.iter().eq(rest), "turn {turn}");
        std::fs::remove_dir_all(place.join("results")).unwrap();
        std::fs::remove_dir_all(place.join(".stance-cache")).unwrap();
    }
    assert!(done > 0, "some articles were done before");
}

#[test]
fn of_a_file_of_records_only_those_that_changed_are_read_again() {
    let corpus = corpus();
    let place = corpus.path();
    std::fs::remove_dir_all(place.join("articles")).unwrap();
    std::fs::create_dir(place.join("articles")).unwrap();
    let path = place.join("articles/all.jsonl");
    let record = |number: usize, word: &str| {
        serde_json::json!({
            "id": format!("r{number}"),
            "date": "2019-03-01",
            "text": format!("Lukashenko said that point {number} of our sovereignty was {word}."),
        })
        .to_string()
    };
    let lines: Vec<String> = (0..20).map(|number| record(number, "sacred")).collect();
    std::fs::write(&path, lines.join("\n")).unwrap();
    assert_eq!(agrees(place, "nothing was there"), 0);
    let mut changed = lines;
    changed[7] = record(7, "not sacred");
    changed.insert(0, record(99, "lost"));
    std::fs::write(&path, changed.join("\n")).unwrap();
    assert_eq!(agrees(place, "two records are new"), 19);
}
