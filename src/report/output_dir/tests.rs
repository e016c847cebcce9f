#![cfg(test)]
//! Results come and go; what the user has put there stays.

use crate::report::manifest::PAGE;
use crate::report::output_dir::mark::MARK;
use crate::report::output_dir::*;
use crate::report::seal::seal;
use crate::report::{Manifest, manifest as write_manifest};

/// A run that writes these files into a folder.
fn run(target: &Path, files: &[(&str, &str)]) -> Placed {
    begun(target, files).commit().unwrap()
}

fn begun(target: &Path, files: &[(&str, &str)]) -> OutputDir {
    let folder = OutputDir::begin(target).unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let page = folder.path().join(PAGE);
    if page.exists() {
        seal(&page).unwrap();
    }
    write_manifest(&folder.path().join(MANIFEST), &Manifest::new()).unwrap();
    folder
}

fn names(folder: &Path) -> Vec<String> {
    entries(folder)
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn new_results_replace_old_ones_and_nothing_else_is_left() {
    let parent = tempfile::tempdir().unwrap();
    let target = parent.path().join("a");
    run(&target, &[("x.csv", "1"), ("old.csv", "1"), ("sub/y.csv", "1"), ("index.html", "1")]);
    assert_eq!(names(&target), ["index.html", "old.csv", "run.json", "sub", "x.csv"]);
    let placed = run(&target, &[("x.csv", "2"), ("index.html", "2")]);
    assert_eq!(placed.kept, []);
    assert_eq!(names(&target), ["index.html", "run.json", "x.csv"]);
    assert_eq!(text(&target.join("x.csv")), "2");
    assert!(text(&target.join("index.html")).starts_with('2'));
    run(&target, &[("x.csv", "3")]);
    assert_eq!(names(&target), ["run.json", "x.csv"]);
    drop(begun(&target, &[("x.csv", "4")]));
    assert_eq!(names(parent.path()), ["a"]);
    let placed = run(&parent.path().join("b/."), &[("x.csv", "1")]);
    assert_eq!(names(&placed.path), ["run.json", "x.csv"]);
}

#[test]
fn what_the_user_put_there_stays() {
    let parent = tempfile::tempdir().unwrap();
    let target = parent.path().join("a");
    run(&target, &[("x.csv", "1"), ("sub/y.csv", "1"), ("index.html", "1")]);
    std::fs::write(target.join("notes.txt"), "mine").unwrap();
    std::fs::write(target.join(MARK), "mine").unwrap();
    std::fs::write(target.join("sub/a.R"), "mine").unwrap();
    for name in ["x.csv", "index.html"] {
        std::fs::write(target.join(name), "with my codes").unwrap();
    }
    let placed = run(&target, &[("x.csv", "2"), ("notes.txt", "a result"), ("index.html", "2")]);
    let kept =
        [("notes.txt", "notes.kept-1.txt"), ("x.csv", "x.kept-1.csv"), ("index.html", "index.kept-1.html")];
    let kept = kept.map(|(name, now)| Kept { name: name.into(), now: now.into() });
    assert_eq!(placed.kept, kept);
    assert_eq!(text(&target.join("x.csv")), "2");
    assert_eq!(text(&target.join("x.kept-1.csv")), "with my codes");
    assert_eq!(text(&target.join("notes.kept-1.txt")) + &text(&target.join("sub/a.R")), "minemine");
    assert!(!target.join("sub/y.csv").exists());
    assert_eq!(text(&target.join(MARK)), "mine");
    assert_eq!(run(&target, &[("x.csv", "3")]).kept, []);
    assert_eq!(text(&target.join("x.kept-1.csv")), "with my codes");
}

#[test]
fn a_folder_that_is_not_ours_is_refused() {
    let parent = tempfile::tempdir().unwrap();
    for (name, manifest) in
        [("a", None), ("b", Some("{}")), ("c", Some("{\"program\": \"other\"}")), ("d", Some(""))]
    {
        let target = parent.path().join(name);
        std::fs::create_dir(&target).unwrap();
        std::fs::write(target.join("thesis.docx"), "mine").unwrap();
        if let Some(manifest) = manifest {
            std::fs::write(target.join(MANIFEST), manifest).unwrap();
        }
        let error = OutputDir::begin(&target).unwrap_err();
        assert!(error.usage && error.to_string().contains("thesis.docx"), "{error}");
        assert_eq!(text(&target.join("thesis.docx")), "mine");
    }
    let newer = parent.path().join("e");
    std::fs::create_dir(&newer).unwrap();
    let manifest = Manifest { format: FORMAT + 1, ..Manifest::new() };
    std::fs::write(newer.join(MANIFEST), serde_json::to_string(&manifest).unwrap()).unwrap();
    assert!(OutputDir::begin(&newer).unwrap_err().to_string().contains("newer version"));
    std::fs::write(parent.path().join("file"), "mine").unwrap();
    assert!(OutputDir::begin(&parent.path().join("file")).is_err());
}

#[test]
fn a_run_json_cannot_name_files_outside_of_its_folder() {
    let parent = tempfile::tempdir().unwrap();
    let target = parent.path().join("a");
    let thesis = parent.path().join("thesis.docx");
    std::fs::write(&thesis, "mine").unwrap();
    std::fs::create_dir(&target).unwrap();
    let hash = crate::report::output_dir::manifest::file_hash(&thesis).unwrap();
    let mut manifest = Manifest::new();
    for name in ["../thesis.docx", &thesis.display().to_string(), "x/../../thesis.docx", ""] {
        manifest.outputs.insert(name.into(), hash.clone());
    }
    std::fs::write(target.join(MANIFEST), serde_json::to_string(&manifest).unwrap()).unwrap();
    run(&target, &[("x.csv", "1")]);
    assert_eq!(text(&thesis), "mine");
}

#[test]
fn results_that_were_changed_stop_whoever_asks_for_that() {
    let parent = tempfile::tempdir().unwrap();
    let target = parent.path().join("a");
    run(&target, &[("sheets/ann.csv", "1"), ("key.csv", "1")]);
    drop(OutputDir::begin_over_unchanged(&target).unwrap());
    std::fs::write(target.join("notes.txt"), "mine").unwrap();
    drop(OutputDir::begin_over_unchanged(&target).unwrap());
    std::fs::write(target.join("sheets/ann.csv"), "filled in").unwrap();
    let error = OutputDir::begin_over_unchanged(&target).unwrap_err().to_string();
    assert!(error.contains("sheets/ann.csv"), "{error}");
    assert_eq!(text(&target.join("sheets/ann.csv")), "filled in");
}

#[test]
fn only_marked_leftovers_go_and_folders_in_use_stay() {
    let parent = tempfile::tempdir().unwrap();
    let target = parent.path().join("a");
    let theirs = parent.path().join(".a.stance-notes");
    std::fs::create_dir(&theirs).unwrap();
    std::fs::write(theirs.join("x"), "mine").unwrap();
    let left = parent.path().join(".a.stance-left");
    std::fs::create_dir(&left).unwrap();
    std::fs::copy(begun(&target, &[]).path().join(MARK), left.join(MARK)).unwrap();
    let using = begun(&target, &[]);
    let other = OutputDir::begin(&target).unwrap();
    assert!(using.path().exists() && other.path().exists() && !left.exists());
    drop((using, other));
    assert_eq!(names(parent.path()), [".a.stance-notes"]);
    assert_eq!(text(&theirs.join("x")), "mine");
}

#[test]
fn what_a_killed_run_had_begun_to_put_in_place_is_finished() {
    let parent = tempfile::tempdir().unwrap();
    let target = parent.path().join("a");
    run(&target, &[("x.csv", "1"), ("y.csv", "1"), ("z.csv", "1")]);
    let folder = begun(&target, &[("x.csv", "2"), ("y.csv", "2")]);
    // Killed after the first file: its folder stays behind, marked as complete.
    let left = parent.path().join(".a.stance-left");
    std::fs::create_dir(&left).unwrap();
    for name in ["y.csv", MANIFEST] {
        std::fs::copy(folder.path().join(name), left.join(name)).unwrap();
    }
    std::fs::copy(folder.path().join("x.csv"), target.join("x.csv")).unwrap();
    drop(folder);
    std::fs::write(left.join(MARK), "work folder of stance 1: complete\n").unwrap();
    tidy(&target).unwrap();
    assert_eq!(names(&target), ["run.json", "x.csv", "y.csv"]);
    assert_eq!(text(&target.join("x.csv")) + &text(&target.join("y.csv")), "22");
    assert_eq!(names(parent.path()), ["a"]);
}

#[test]
fn a_file_in_the_way_is_kept_when_it_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("w.csv");
    assert_eq!(replace_file(&path, b"1").unwrap(), None);
    assert_eq!(replace_file(&path, b"1").unwrap(), None);
    assert_eq!(replace_file(&path, b"2").unwrap(), Some("w.kept-1.csv".into()));
    assert_eq!(text(&path) + &text(&folder.path().join("w.kept-1.csv")), "21");
}

#[cfg(unix)]
#[test]
fn links_are_followed_to_a_folder_and_never_replaced() {
    use std::os::unix::fs::symlink;
    let parent = tempfile::tempdir().unwrap();
    let at = |name: &str| parent.path().join(name);
    run(&at("real"), &[("x.csv", "1")]);
    symlink(at("real"), at("link")).unwrap();
    symlink(at("nowhere"), at("dangling")).unwrap();
    run(&at("link"), &[("x.csv", "2")]);
    assert!(at("link").symlink_metadata().unwrap().is_symlink());
    assert_eq!(text(&at("real/x.csv")), "2");
    assert!(OutputDir::begin(&at("dangling")).unwrap_err().to_string().contains("leads to no folder"));
    // A folder that was replaced by a link shows files that are not ours.
    std::fs::create_dir(at("home")).unwrap();
    std::fs::write(at("home/y.csv"), "mine").unwrap();
    run(&at("real"), &[("x.csv", "2"), ("sub/y.csv", "mine")]);
    std::fs::remove_dir_all(at("real/sub")).unwrap();
    symlink(at("home"), at("real/sub")).unwrap();
    run(&at("real"), &[("x.csv", "2")]);
    assert_eq!(text(&at("home/y.csv")), "mine");
    // A result that somebody moved to another disk and linked from here.
    std::fs::rename(at("real/x.csv"), at("elsewhere.csv")).unwrap();
    symlink(at("elsewhere.csv"), at("real/x.csv")).unwrap();
    let placed = run(&at("real"), &[("x.csv", "3")]);
    assert_eq!(placed.kept.len(), 1);
    assert_eq!(text(&at("elsewhere.csv")) + &text(&at("real/x.csv")), "23");
    assert!(at("real/x.kept-1.csv").symlink_metadata().unwrap().is_symlink());
}

#[test]
fn runs_that_end_together_leave_whole_results_of_one() {
    let parent = tempfile::tempdir().unwrap();
    let target = parent.path().join("a");
    for _ in 0..20 {
        std::thread::scope(|scope| {
            for number in ["1", "2", "3"] {
                let target = &target;
                scope.spawn(move || run(target, &[("x.csv", number), ("y.csv", number), ("z.csv", number)]));
            }
        });
        let all: Vec<String> = ["x.csv", "y.csv", "z.csv"].map(|name| text(&target.join(name))).into();
        assert!(all.iter().all(|text| *text == all[0]), "{all:?}");
        assert_eq!(names(&target), ["run.json", "x.csv", "y.csv", "z.csv"]);
    }
    assert_eq!(names(parent.path()), ["a"]);
}
