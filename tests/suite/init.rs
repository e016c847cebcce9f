//! A new project runs as it is, and nothing of the user's is overwritten.

use crate::support::{err, repository, rows};
use std::path::Path;
use std::process::{Command, Output};

fn stance_in(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_stance"))
        .args(args)
        .current_dir(folder)
        .output()
        .expect("the binary starts")
}

#[test]
fn a_new_project_runs_as_it_is() {
    let place = tempfile::tempdir().unwrap();
    let made = stance_in(place.path(), &["init", "fishing"]);
    assert!(made.status.success(), "{}", err(&made));
    assert!(err(&made).contains("cd fishing && stance run"), "{}", err(&made));
    let project = place.path().join("fishing");
    let ran = stance_in(&project, &["run"]);
    assert!(ran.status.success(), "{}", err(&ran));
    let statements = rows(&std::fs::read_to_string(project.join("results/statements.csv")).unwrap());
    let seen: Vec<(&str, bool)> = statements
        .iter()
        .filter(|row| !row["actor_id"].is_empty())
        .map(|row| (row["actor_id"].as_str(), row["membership"].starts_with('-')))
        .collect();
    assert_eq!(seen, [("lind", false), ("lind", false), ("berg", true), ("fishing_league", true)]);
    let skipped = std::fs::read_to_string(project.join("results/skipped.csv")).unwrap();
    assert_eq!(skipped.lines().count(), 1, "{skipped}");
    let checked = stance_in(&project, &["lexicon", "check", "lexicon"]);
    assert!(err(&checked).contains("0 errors, 0 warnings"), "{}", err(&checked));
}

#[test]
fn every_option_of_the_template_is_one() {
    let text = std::fs::read_to_string(repository("data/new-project/stance.toml")).unwrap();
    let place = tempfile::tempdir().unwrap();
    assert!(stance_in(place.path(), &["init", "."]).status.success());
    // Everything that is off, switched on.
    let on: Vec<&str> = text
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(rest)
                if rest.starts_with('[')
                    || rest.split_once(" = ").is_some_and(|(key, _)| !key.contains(' ')) =>
            {
                rest
            }
            _ => line,
        })
        .collect();
    let keys = on.iter().filter(|line| line.contains(" = ") && !line.starts_with('#')).count();
    assert_eq!(keys, 39, "{on:#?}");
    std::fs::write(place.path().join("events.csv"), "date,label\n2018-06-01,An event\n").unwrap();
    let exported = stance_in(place.path(), &["lexicon", "export", "languages", "my-languages"]);
    assert!(exported.status.success(), "{}", err(&exported));
    let on = on.join("\n").replace("compare = \"2003..2013,2019\"", "compare = \"2018,2019\"");
    std::fs::write(place.path().join("stance.toml"), on).unwrap();
    let ran = stance_in(place.path(), &["run", "-q"]);
    assert!(ran.status.success(), "{}", err(&ran));
}

#[test]
fn nothing_is_overwritten() {
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("actors.toml"), "mine").unwrap();
    let made = stance_in(place.path(), &["init", "."]);
    assert_eq!(made.status.code(), Some(2));
    assert!(
        err(&made).contains(
            ".: there is actors.toml already, and nothing is overwritten; name a folder that is new"
        ),
        "{}",
        err(&made)
    );
    assert_eq!(std::fs::read_to_string(place.path().join("actors.toml")).unwrap(), "mine");
    assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 1, "nothing else was made");
    let again = tempfile::tempdir().unwrap();
    assert!(stance_in(again.path(), &["init", "."]).status.success());
    let twice = stance_in(again.path(), &["init", "."]);
    assert_eq!(twice.status.code(), Some(2), "{}", err(&twice));
}
