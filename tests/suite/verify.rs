//! `stance verify` runs nothing that a stranger's run.json says, and sees what was changed.

use crate::safety::{command, place, read, stance, write};
use crate::support::{err, out};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Output;
use std::time::{Duration, Instant};

/// Honest results in the folder `x`.
fn results(place: &Path) {
    let output = stance(place, &["run", "articles", "--out", "x", "--no-cache"]);
    assert!(output.status.success(), "{}", err(&output));
}

fn forge(place: &Path, change: impl FnOnce(&mut Value)) {
    let path = place.join("x/run.json");
    let mut manifest: Value = serde_json::from_str(&read(path.clone())).unwrap();
    change(&mut manifest);
    write(&path, &serde_json::to_string_pretty(&manifest).unwrap());
}

/// A change of a run.json.
type Forgery = fn(&mut Value);

fn all(output: &Output) -> String {
    format!("{}{}", out(output), err(output))
}

#[test]
fn arguments_are_options_and_nothing_else() {
    let place = place();
    let place = place.path();
    for name in ["--out", "--quiet", "--no-cache"] {
        write(&place.join(name).join("a.txt"), "He said yes.");
    }
    for (arguments, refused) in [
        (json!(["run", "articles", "--open"]), "--open"),
        (json!(["run", "articles", "--out=elsewhere"]), "--out"),
        (json!(["run", "--out=elsewhere", "--"]), "--out"),
        (json!(["score", "articles", "--out", "elsewhere"]), "--out"),
        (json!(["init", "elsewhere"]), "only run, score and trend"),
        (json!(["verify", "x"]), "only run, score and trend"),
        (json!(["lexicon", "convert", "a"]), "arguments"),
        (json!(["--help"]), "arguments"),
        (json!(["run", "articles", "--unknown"]), "arguments"),
        (json!(["run", "-"]), "standard input"),
        (json!([]), "arguments"),
    ] {
        results(place);
        forge(place, |manifest| manifest["arguments"] = arguments.clone());
        let mut command = command(place, &["verify", "x"]);
        // A browser that leaves a trace.
        command.env("BROWSER", "touch elsewhere").env("PATH", "");
        let output = command.output().unwrap();
        assert!(!output.status.success(), "{arguments}");
        assert!(all(&output).contains(refused), "{arguments}: {}", all(&output));
        assert!(!place.join("elsewhere").exists(), "{arguments}");
    }
}

#[test]
fn what_is_forged_in_run_json_is_seen() {
    let place = place();
    let place = place.path();
    results(place);
    let output = stance(place, &["verify", "x"]);
    assert!(output.status.success(), "{}", all(&output));
    let forgeries: [(&str, Forgery); 8] = [
        ("resource", |manifest| manifest["resources"] = json!({})),
        ("input", |manifest| manifest["inputs"] = json!({})),
        ("counts", |manifest| manifest["counts"]["articles_read"] = json!(2)),
        ("revision", |manifest| manifest["revision"] = json!("abc")),
        ("configuration", |manifest| manifest["configuration"]["method"] = json!("count")),
        ("program", |manifest| manifest["program"] = json!("other")),
        ("version", |manifest| manifest["version"] = json!("9")),
        ("trend.csv", |manifest| drop(manifest["outputs"].as_object_mut().unwrap().remove("trend.csv"))),
    ];
    for (what, change) in forgeries {
        forge(place, change);
        let output = stance(place, &["verify", "x"]);
        assert_eq!(output.status.code(), Some(1), "{what}: {}", all(&output));
        assert!(all(&output).contains(what), "{what}: {}", all(&output));
        std::fs::remove_dir_all(place.join("x")).unwrap();
        results(place);
    }
    write(&place.join("x/index.html"), &read(place.join("x/index.html")).replace("Lukashenko", "Putin"));
    let output = stance(place, &["verify", "x", "--hashes-only"]);
    assert!(all(&output).contains("index.html has changed"), "{}", all(&output));
    std::fs::remove_dir_all(place.join("x")).unwrap();
    results(place);
    // A result that was made nicer together with its hash.
    let trend = read(place.join("x/trend.csv"));
    write(&place.join("x/trend.csv"), &trend.replace("2019", "2020"));
    let hash = stancetrack::report::file_hash(&place.join("x/trend.csv")).unwrap();
    forge(place, |manifest| manifest["outputs"]["trend.csv"] = json!(hash));
    assert!(stance(place, &["verify", "x", "--hashes-only"]).status.success());
    let output = stance(place, &["verify", "x"]);
    assert!(all(&output).contains("trend.csv, computed again, has changed"), "{}", all(&output));
}

#[test]
fn paths_that_the_user_has_not_named_are_not_read() {
    let outside = place();
    let inside = place();
    let place = inside.path();
    let there = outside.path().join("articles").canonicalize().unwrap().display().to_string();
    let output = stance(place, &["run", &there, "--out", "x", "--no-cache"]);
    assert!(output.status.success(), "{}", err(&output));
    for more in [&[][..], &["--hashes-only"]] {
        let output = stance(place, &[&["verify", "x"], more].concat());
        assert!(!output.status.success());
        assert!(all(&output).contains("--allow"), "{}", all(&output));
    }
    let output = stance(place, &["verify", "x", "--allow", &there]);
    assert!(output.status.success(), "{}", all(&output));
}

#[test]
fn a_run_json_without_end_is_refused_at_once() {
    let place = place();
    let place = place.path();
    results(place);
    let path = place.join("x/run.json");
    std::fs::File::options().write(true).open(&path).unwrap().set_len(6_000_000_000).unwrap();
    let begun = Instant::now();
    assert!(!stance(place, &["verify", "x"]).status.success());
    write(&path, &"[".repeat(200_000));
    assert!(!stance(place, &["verify", "x"]).status.success());
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[cfg(unix)]
#[test]
fn devices_pipes_and_links_are_seen_and_not_opened() {
    use std::os::unix::fs::symlink;
    let place = place();
    let place = place.path();
    results(place);
    assert!(std::process::Command::new("mkfifo").arg(place.join("pipe")).status().unwrap().success());
    for device in ["/dev/zero", "pipe"] {
        for (part, arguments) in
            [("inputs", json!(["run", "articles"])), ("resources", json!(["run", device]))]
        {
            forge(place, |manifest| {
                manifest[part][device] = json!("00");
                manifest["arguments"] = arguments;
            });
            for more in [&[][..], &["--hashes-only"]] {
                let output = stance(place, &[&["verify", "x"], more].concat());
                assert!(!output.status.success());
                assert!(all(&output).contains("device"), "{}", all(&output));
            }
        }
        results(place);
    }
    symlink("/dev/zero", place.join("x/zz.csv")).unwrap();
    let output = stance(place, &["verify", "x", "--hashes-only"]);
    assert!(all(&output).contains("zz.csv is a link"), "{}", all(&output));
}

#[cfg(unix)]
#[test]
fn names_that_are_not_utf_8_are_verified() {
    use std::os::unix::ffi::OsStrExt;
    let place = place();
    let place = place.path();
    let name = std::ffi::OsStr::from_bytes(b"2019-03-02_\xff.txt");
    std::fs::copy(place.join("articles/2019-03-01_a.txt"), place.join("articles").join(name)).unwrap();
    results(place);
    assert!(read(place.join("x/run.json")).contains("\\\\xFF"));
    let output = stance(place, &["verify", "x"]);
    assert!(output.status.success(), "{}", all(&output));
}

#[test]
fn results_among_their_own_inputs_are_the_same_when_computed_again() {
    let place = place();
    let articles = place.path().join("articles");
    for args in [&["run", ".", "--out", "r", "--no-cache"], &["score", ".", "--out", "s", "--no-cache"]] {
        let output = stance(&articles, args);
        assert!(output.status.success(), "{}", err(&output));
        let verified = stance(&articles, &["verify", args[3]]);
        assert!(verified.status.success(), "{}", all(&verified));
        // Nor does a second run, which finds the results of the first.
        let before = read(articles.join(args[3]).join("skipped.csv"));
        assert!(stance(&articles, args).status.success());
        assert_eq!(read(articles.join(args[3]).join("skipped.csv")), before);
    }
    // They are named, and are no reason for a strict run to fail.
    assert!(read(articles.join("r/skipped.csv")).contains("results"));
    let strict = stance(&articles, &["run", ".", "--out", "r", "--strict", "--no-cache"]);
    assert!(strict.status.success(), "{}", err(&strict));
}
