//! `stance actors discover`, and runs without a roster.

use crate::support::{err, folder, out, rows, stance};

const TALKS: &str = "“The harbour is ours,” Mayor Ann Lind said on Friday. “We keep it.”\n\nShe added that the pier was safe. Lind said the talks were over. Officials said the weather was fine.\n\nPeter Holm said the harbour was a burden.";

#[test]
fn who_speaks_off_the_roster_comes_back_as_entries_that_the_roster_reads() {
    let articles = folder(&[
        ("2019-02-16_harbour.txt", TALKS),
        ("2019-02-20_pier.txt", "Lind said the pier was closed. She said it would open in May."),
    ]);
    let place = articles.path().display().to_string();
    let output = stance(&["actors", "discover", "--no-roster", "--language", "en", "--least", "1", &place]);
    assert!(output.status.success(), "{}", err(&output));
    insta::assert_snapshot!(out(&output), @r#"
    # 5 statements in 2 articles; 2019-02-16_harbour: “The harbour is ours,” “We keep it.”
    [[actor]]
    id = "ann_lind"
    name = "Ann Lind"
    kind = "person"
    gender = "female"
    aliases.en = ["Ann Lind"]
    surnames.en = ["Lind"]

    # 1 statement in 1 article; 2019-02-16_harbour: the harbour was a burden
    [[actor]]
    id = "peter_holm"
    name = "Peter Holm"
    kind = "person"
    gender = "none"
    aliases.en = ["Peter Holm"]
    surnames.en = ["Holm"]
    "#);
    assert!(err(&output).contains("2 of 2 unlisted speakers with a name"), "{}", err(&output));

    let roster = folder(&[("actors.toml", &out(&output))]);
    let roster = roster.path().join("actors.toml").display().to_string();
    let output =
        stance(&["attribute", "-q", "--language", "en", "--actors", &roster, "--format", "csv", &place]);
    assert!(output.status.success(), "{}", err(&output));
    let table = rows(&out(&output));
    let by = |id: &str| table.iter().filter(|row| row["actor_id"] == id).count();
    assert_eq!((by("ann_lind"), by("peter_holm")), (5, 1));
}

#[test]
fn without_a_roster_everybody_is_an_actor() {
    let articles = folder(&[("2019-02-16_harbour.txt", TALKS)]);
    let place = articles.path().display().to_string();
    let results = tempfile::tempdir().expect("a temporary folder");
    let to = results.path().join("out");
    let output =
        stance(&["run", "-q", "--no-roster", "--language", "en", "--out", &to.display().to_string(), &place]);
    assert!(output.status.success(), "{}", err(&output));
    let table = |name: &str| rows(&std::fs::read_to_string(to.join(name)).expect("a table"));
    let actors: Vec<String> = table("actors.csv").iter().map(|row| row["actor"].clone()).collect();
    assert_eq!(actors, ["Ann Lind", "Peter Holm", "officials"]);
    let unlisted = table("unlisted_speakers.csv");
    assert_eq!((unlisted[0]["speaker"].as_str(), unlisted[0]["n_statements"].as_str()), ("Ann Lind", "3"));
    assert!(unlisted.iter().all(|row| !row["example"].is_empty()));
}
