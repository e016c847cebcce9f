//! What comes with stance is in the program: a copy of it works in any folder, and nothing of
//! that folder but `stance.toml` is read unasked.

use crate::support::{err, folder, out, repository, rows};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

const ARTICLE: (&str, &str) =
    ("2003-06-05_news.txt", "The Belarusian president said that sovereignty was sacred.");

/// A copy of the program in a folder of its own, with nothing of this one's environment.
fn copied(program: &Path, here: &Path, args: &[&str]) -> Output {
    let copy = program.join("stance");
    if !copy.exists() {
        std::fs::copy(env!("CARGO_BIN_EXE_stance"), &copy).expect("a copy");
    }
    let mut command = Command::new(copy);
    command.args(args).current_dir(here).env_clear().env("XDG_CACHE_HOME", program.join("cache"));
    command.output().expect("the copy starts")
}

fn stance_in(here: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_stance")).args(args).current_dir(here).output().expect("it starts")
}

fn resources(results: &Path) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(results.join("run.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
    serde_json::from_value(manifest["resources"].clone()).unwrap()
}

fn speakers(results: &Path) -> Vec<String> {
    let statements = std::fs::read_to_string(results.join("statements.csv")).unwrap();
    rows(&statements).iter().map(|row| row["actor_id"].clone()).filter(|id| !id.is_empty()).collect()
}

#[test]
fn a_copied_program_works_in_a_folder_of_which_it_reads_nothing_unasked() {
    let program = tempfile::tempdir().unwrap();
    let here = folder(&[ARTICLE]);
    // Folders like those of the repository, with nothing of use in them.
    for name in ["lexicons/languages/en", "lexicons/sentiment", "data/actors", "data/events", "builtin"] {
        std::fs::create_dir_all(here.path().join(name)).unwrap();
    }
    std::fs::write(here.path().join("data/actors/belarus-russia.toml"), "not a roster").unwrap();
    let ran = copied(program.path(), here.path(), &["run", "2003-06-05_news.txt", "--out", "x"]);
    assert!(ran.status.success(), "{}", err(&ran));
    let results = here.path().join("x");
    assert_eq!(speakers(&results), ["lukashenko"]);
    let used = resources(&results);
    for (name, hash) in &used {
        let file = name.strip_prefix("builtin/").expect("a builtin resource");
        assert_eq!(*hash, stancetrack::report::file_hash(&repository(file)).unwrap(), "{name}");
    }
    for name in [
        "builtin/lexicons/sentiment/terms.en.csv",
        "builtin/lexicons/integration-sovereignty/calibration.csv",
        "builtin/lexicons/languages/en/attribution.weights",
        "builtin/lexicons/languages/ru/cues.csv",
        "builtin/data/actors/belarus-russia.toml",
    ] {
        assert!(used.contains_key(name), "{name} is not among {used:?}");
    }
    let verified = copied(program.path(), here.path(), &["verify", "x"]);
    assert!(verified.status.success(), "{}{}", out(&verified), err(&verified));
    for args in [
        &["explain", "We will never give up our sovereignty, Putin said."][..],
        &["lexicon", "check", "sentiment", "--errors"],
        &["lexicon", "stats", "integration-sovereignty"],
        &["attribute", "2003-06-05_news.txt"],
        &["trend", "x/statements.csv", "--events", "belarus-russia", "--out", "y"],
    ] {
        let output = copied(program.path(), here.path(), args);
        assert!(output.status.success(), "{args:?}: {}", err(&output));
    }
}

#[test]
fn no_code_outside_tests_knows_the_folder_that_it_was_built_in() {
    for entry in walkdir::WalkDir::new(repository("src")).into_iter().flatten() {
        if entry.path().extension().is_none_or(|ending| ending != "rs") {
            continue;
        }
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or("");
        assert!(!code.contains("CARGO_MANIFEST_DIR"), "{}", entry.path().display());
    }
}

#[test]
fn verify_knows_the_builtin_resources_of_this_program() {
    let here = folder(&[ARTICLE]);
    let here = here.path();
    assert!(stance_in(here, &["run", "2003-06-05_news.txt", "--out", "x", "-q"]).status.success());
    let path = here.join("x/run.json");
    let honest = std::fs::read_to_string(&path).unwrap();
    let terms = "builtin/lexicons/sentiment/terms.en.csv";
    let hash = &resources(&here.join("x"))[terms];
    for (forged, said) in [
        (
            honest.replace(hash.as_str(), &"0".repeat(64)),
            format!("resource {terms} is another one in this stance"),
        ),
        (
            honest.replace("sentiment/terms.en.csv", "sentiment/terms.xx.csv"),
            "resource builtin/lexicons/sentiment/terms.xx.csv is missing in this stance".to_string(),
        ),
        (
            honest.replace("builtin/lexicons/sentiment/terms.en.csv", "builtin/lexicons/sentiment"),
            "resource builtin/lexicons/sentiment is missing in this stance".to_string(),
        ),
    ] {
        assert_ne!(forged, honest);
        std::fs::write(&path, forged).unwrap();
        let output = stance_in(here, &["verify", "x", "--hashes-only"]);
        assert_eq!(output.status.code(), Some(1), "{}", out(&output));
        assert!(out(&output).contains(&said), "{said}\n{}", out(&output));
    }
}

#[test]
fn what_is_exported_is_what_comes_with_stance_and_can_be_edited_and_used() {
    let here = folder(&[ARTICLE]);
    let here = here.path();
    for (name, source, next) in [
        ("sentiment", "lexicons/sentiment", "--lexicon my-sentiment"),
        (
            "integration-sovereignty",
            "lexicons/integration-sovereignty",
            "stance lexicon check my-integration",
        ),
        ("languages", "lexicons/languages", "--languages my-languages"),
        ("actors", "data/actors", "--actors my-actors/belarus-russia.toml"),
        ("events", "data/events", "--events my-events/belarus-russia.csv"),
    ] {
        let target = format!("my-{name}");
        let output = stance_in(here, &["lexicon", "export", name, &target]);
        assert!(output.status.success(), "{name}: {}", err(&output));
        assert!(err(&output).contains(next), "{name}: {}", err(&output));
        let files = |folder: &Path| -> BTreeMap<String, Vec<u8>> {
            let files = walkdir::WalkDir::new(folder).into_iter().flatten();
            let files = files.filter(|entry| entry.file_type().is_file());
            files
                .map(|entry| {
                    let name = entry.path().strip_prefix(folder).unwrap().display().to_string();
                    (name, std::fs::read(entry.path()).unwrap())
                })
                .collect()
        };
        assert!(files(&here.join(&target)) == files(&repository(source)), "{name}");
        let again = stance_in(here, &["lexicon", "export", name, &target]);
        assert_eq!(again.status.code(), Some(2), "{name}: {}", err(&again));
        assert!(err(&again).contains("nothing is overwritten; name a folder that is new or empty"), "{name}");
    }
    std::fs::create_dir(here.join("empty")).unwrap();
    assert!(stance_in(here, &["lexicon", "export", "events", "empty"]).status.success());
    let unknown = stance_in(here, &["lexicon", "export", "tone", "t"]);
    assert_eq!(unknown.status.code(), Some(2));
    let known = "use one of integration-sovereignty, sentiment, languages, actors, events";
    assert!(err(&unknown).contains(known), "{}", err(&unknown));
    assert!(!here.join("t").exists());
    // An edited copy is used where it is named, by option or in stance.toml, and run.json says so.
    let titles = here.join("my-languages/en/titles.csv");
    let text = std::fs::read_to_string(&titles).unwrap();
    let row = text.lines().find(|line| line.starts_with("president,")).unwrap();
    std::fs::write(&titles, text.replace(row, "")).unwrap();
    let run = |more: &[&str], name: &str| {
        let args = [&["run", "2003-06-05_news.txt", "--out", name], more].concat();
        let output = stance_in(here, &args);
        assert!(output.status.success(), "{}", err(&output));
        (speakers(&here.join(name)), resources(&here.join(name)), err(&output))
    };
    let (builtin, ..) = run(&[], "x");
    assert_eq!(builtin, ["lukashenko"]);
    let (by_option, used, _) = run(&["--languages", "my-languages", "--lexicon", "my-sentiment"], "y");
    assert_ne!(by_option, builtin);
    assert!(used.contains_key("my-languages/en/titles.csv"), "{used:?}");
    assert!(used.contains_key("my-sentiment/terms.en.csv"), "{used:?}");
    assert!(!used.keys().any(|name| name.starts_with("builtin/lexicons")), "{used:?}");
    let settings = "languages = \"my-languages\"\nlexicon = [\"sentiment\"]\nactors = \"belarus-russia\"\n";
    std::fs::write(here.join("stance.toml"), settings).unwrap();
    let (by_settings, used, said) = run(&[], "z");
    assert_eq!(by_settings, by_option);
    assert!(used.contains_key("my-languages/en/titles.csv") && used.contains_key("stance.toml"), "{used:?}");
    assert!(used.contains_key("builtin/lexicons/sentiment/terms.en.csv"), "{used:?}");
    assert!(!used.keys().any(|name| name.contains("integration")), "{used:?}");
    // That the folder's settings were used is said; nothing is where they were named.
    assert_eq!(said.matches("stance.toml: the options in this file are used\n").count(), 1, "{said}");
    assert!(!run(&["--config", "stance.toml"], "z").2.contains("stance.toml:"));
    assert!(!run(&["-q"], "z").2.contains("stance.toml:"));
    let verified = stance_in(here, &["verify", "z"]);
    assert!(verified.status.success(), "{}{}", out(&verified), err(&verified));
}

#[test]
fn a_folder_of_the_user_comes_before_a_name_of_the_program() {
    let here = folder(&[ARTICLE]);
    let here = here.path();
    assert!(stance_in(here, &["lexicon", "export", "sentiment", "sentiment"]).status.success());
    let output = stance_in(here, &["score", "2003-06-05_news.txt", "--lexicon", "sentiment", "--out", "x"]);
    assert!(output.status.success(), "{}", err(&output));
    let used = resources(&here.join("x"));
    assert!(used.contains_key("sentiment/terms.en.csv"), "{used:?}");
    assert!(!used.keys().any(|name| name.starts_with("builtin/lexicons/sentiment")), "{used:?}");
}

#[test]
fn an_unknown_word_of_a_closed_set_is_refused_with_file_line_and_the_known_ones() {
    let place = tempfile::tempdir().unwrap();
    let exported = stance_in(place.path(), &["lexicon", "export", "languages", "rules"]);
    assert!(exported.status.success(), "{}", err(&exported));
    for (file, from, to, said) in [
        (
            "titles.csv",
            ",head_of_state,",
            ",head_of_stat,",
            "role 'head_of_stat' is not known; use one of head_of_state,",
        ),
        ("titles.csv", ",singular", ",single", "number 'single' is not known; use one of singular, plural"),
        ("pronouns.csv", ",subject", ",subjct", "role 'subjct' is not known; use one of subject, object,"),
        (
            "presets.csv",
            "vader_but,",
            "vader_however,",
            "role 'vader_however' is not known; use one of vader_no,",
        ),
        ("cues.csv", ",clause", ",claus", "takes 'claus' is not known; use one of clause, quote,"),
        ("shifters.csv", ",negator,", ",negation,", "kind 'negation' is not known; use one of negator,"),
        ("words.csv", ",article", ",artikel", "class 'artikel' is not known; use one of"),
        ("endings.csv", "s',possessive,s", "s',possessive,x", "'s'' does not begin with 'x' and go on"),
        ("boilerplate.csv", ",prefix", ",suffix", "kind 'suffix' is not known; use one of prefix, byline"),
    ] {
        let path = place.path().join("rules/en").join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        let wrong = text.replacen(from, to, 1);
        assert_ne!(text, wrong, "{file}: {from}");
        let line = text.lines().position(|line| line.contains(from)).unwrap() + 1;
        std::fs::write(&path, wrong).unwrap();
        let output = stance_in(place.path(), &["explain", "--languages", "rules", "Holm said so."]);
        std::fs::write(&path, text).unwrap();
        assert_eq!(output.status.code(), Some(2), "{file}: {}", out(&output));
        let place = format!("rules/en/{file}:{line}: {said}");
        assert!(err(&output).contains(&place), "{place}\n{}", err(&output));
    }
    for (folder, said) in [("none", "cannot be read"), ("rules/en", "holds no language")] {
        let output = stance_in(place.path(), &["explain", "--languages", folder, "Holm said so."]);
        assert_eq!(output.status.code(), Some(2), "{folder}");
        assert!(err(&output).contains(said), "{}", err(&output));
    }
}
