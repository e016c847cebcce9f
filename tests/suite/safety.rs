//! Nothing of the user's is ever deleted: folders of other programs, notes beside results,
//! what a link shows, and hidden folders that only look like ours.

use crate::support::{err, folder};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const ARTICLE: &str = "Lukashenko said on Monday that sovereignty was sacred. Putin denied it.\n";

/// A working folder with one article.
pub fn place() -> tempfile::TempDir {
    let place = folder(&[]);
    write(&place.path().join("articles/2019-03-01_a.txt"), ARTICLE);
    place
}

pub fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

pub fn read(path: PathBuf) -> String {
    std::fs::read_to_string(&path).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()))
}

pub fn command(place: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stance"));
    // The key of the cache lies in a folder of this test.
    command.args(args).current_dir(place).env("XDG_CACHE_HOME", place.join("own-cache"));
    command
}

pub fn stance(place: &Path, args: &[&str]) -> Output {
    command(place, args).output().unwrap()
}

#[test]
fn a_folder_of_another_program_is_refused_and_keeps_everything() {
    let place = place();
    let place = place.path();
    for (name, manifest) in
        [("x", "{}"), ("y", "{\"program\": \"other\", \"outputs\": {\"thesis.docx\": \"\"}}")]
    {
        write(&place.join(name).join("run.json"), manifest);
        write(&place.join(name).join("thesis.docx"), "mine");
        for command in ["run", "score"] {
            let output = stance(place, &[command, "articles", "--out", name]);
            assert_eq!(output.status.code(), Some(2), "{}", err(&output));
            assert!(
                err(&output).contains("thesis.docx") && err(&output).contains("--out"),
                "{}",
                err(&output)
            );
        }
        assert_eq!(read(place.join(name).join("thesis.docx")), "mine");
        assert_eq!(read(place.join(name).join("run.json")), manifest);
    }
}

#[test]
fn notes_in_a_results_folder_survive_every_run() {
    let place = place();
    let place = place.path();
    let run = |more: &[&str]| {
        let output = stance(place, &[&["run", "articles", "--out", "x"], more].concat());
        assert!(output.status.success(), "{}", err(&output));
        err(&output)
    };
    run(&[]);
    write(&place.join("x/notes.txt"), "mine");
    write(&place.join("x/sub/a.R"), "mine");
    run(&["--no-cache"]);
    run(&[]);
    write(&place.join("articles/2019-03-02_b.txt"), ARTICLE);
    let statements = read(place.join("x/statements.csv"));
    write(&place.join("x/statements.csv"), &format!("{statements}a row of mine\n"));
    let told = run(&[]);
    assert!(told.contains("statements.csv in x was not as the last run wrote it"), "{told}");
    assert!(read(place.join("x/statements.kept-1.csv")).ends_with("a row of mine\n"));
    assert!(read(place.join("x/statements.csv")).contains("2019-03-02_b"));
    assert_eq!(read(place.join("x/notes.txt")) + &read(place.join("x/sub/a.R")), "minemine");
    assert!(run(&[]).contains("nothing has changed"), "notes do not make results stale");
}

#[test]
fn sheets_that_coders_have_filled_in_are_never_replaced() {
    let place = place();
    let place = place.path();
    let sample =
        || stance(place, &["sample", "articles", "--size", "1", "--coders", "ann", "--out", "coding"]);
    assert!(sample().status.success());
    let sheet = place.join("coding/for-coders/sheet-ann.csv");
    let filled = read(sheet.clone()) + "1\n";
    write(&sheet, &filled);
    let output = sample();
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("sheet-ann.csv"), "{}", err(&output));
    assert_eq!(read(sheet), filled);
}

#[test]
fn hidden_folders_that_only_look_like_ours_stay() {
    let place = place();
    let place = place.path();
    write(&place.join(".x.stance-notes/a"), "mine");
    write(&place.join(".x.replaced/run.json"), "mine");
    write(&place.join(".verify-abc/a"), "mine");
    for more in [&[][..], &["--no-cache"]] {
        let output = stance(place, &[&["run", "articles", "--out", "x"], more].concat());
        assert!(output.status.success(), "{}", err(&output));
        assert!(stance(place, &["verify", "x"]).status.success());
        for name in [".x.stance-notes/a", ".x.replaced/run.json", ".verify-abc/a"] {
            assert_eq!(read(place.join(name)), "mine");
        }
    }
}

#[test]
fn the_input_folder_and_those_around_it_are_no_results_folders() {
    let place = place();
    let place = place.path();
    for out in ["articles", ".", "..", "/", "articles/../articles", "/dev/null", "articles/2019-03-01_a.txt"]
    {
        let output = stance(place, &["run", "articles", "--out", out]);
        assert_eq!(output.status.code(), Some(2), "{out}: {}", err(&output));
        assert_eq!(read(place.join("articles/2019-03-01_a.txt")), ARTICLE);
    }
    // An empty folder is taken as it is, also the current one.
    std::fs::create_dir(place.join("empty")).unwrap();
    let mut here = command(place, &["run", "../articles", "--out", "."]);
    let output = here.current_dir(place.join("empty")).output().unwrap();
    assert!(output.status.success(), "{}", err(&output));
    assert!(place.join("empty/run.json").exists());
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    /// A file without content that counts as large.
    fn large(path: &Path, bytes: u64) {
        write(path, "");
        std::fs::File::options().write(true).open(path).unwrap().set_len(bytes).unwrap();
    }

    #[test]
    fn what_a_linked_cache_shows_stays() {
        let place = place();
        let place = place.path();
        write(&place.join("home/thesis/a"), "mine");
        large(&place.join("home/photos/a"), 3_000_000_000);
        std::fs::create_dir(place.join("reports")).unwrap();
        symlink("../home", place.join("reports/.stance-cache")).unwrap();
        for _ in 0..2 {
            let output = stance(place, &["run", "articles", "--out", "reports/x"]);
            assert!(output.status.success(), "{}", err(&output));
            assert!(err(&output).contains("this is a link"), "{}", err(&output));
        }
        assert_eq!(read(place.join("home/thesis/a")), "mine");
        assert_eq!(std::fs::read_dir(place.join("home")).unwrap().count(), 2);
        assert!(place.join("home/photos/a").exists());
    }

    #[test]
    fn what_others_put_into_the_cache_stays() {
        let place = place();
        let place = place.path();
        let cache = place.join(".stance-cache");
        assert!(stance(place, &["run", "articles", "--out", "x"]).status.success());
        large(&cache.join("photos/a"), 3_000_000_000);
        write(&cache.join("00000000000000aa/notes.txt"), "mine");
        large(&cache.join("00000000000000aa/1-0.pack"), 3_000_000_000);
        write(&cache.join("runs/thesis.json"), "mine");
        assert!(stance(place, &["run", "articles", "--out", "x", "--resume"]).status.success());
        for name in
            ["photos/a", "00000000000000aa/notes.txt", "00000000000000aa/1-0.pack", "runs/thesis.json"]
        {
            assert!(cache.join(name).exists(), "{name}");
        }
    }

    #[test]
    fn a_cache_that_others_may_write_or_that_came_from_elsewhere_is_not_used() {
        let place = place();
        let place = place.path();
        let run = |more: &[&str]| {
            let output = stance(place, &[&["run", "articles", "--out", "x"], more].concat());
            assert!(output.status.success(), "{}", err(&output));
            err(&output)
        };
        run(&[]);
        assert!(run(&["--resume"]).contains("resumed: 1 article was done before"));
        assert!(run(&[]).contains("nothing has changed"));
        let allow = |mode| {
            std::fs::set_permissions(place.join(".stance-cache"), std::fs::Permissions::from_mode(mode))
                .unwrap()
        };
        allow(0o777);
        assert!(run(&[]).contains("others may write to it"));
        allow(0o700);
        assert!(run(&[]).contains("nothing has changed"));
        // The same files with the key of somebody else, as in an archive of a stranger.
        std::fs::remove_dir_all(place.join("own-cache")).unwrap();
        let told = run(&["--resume"]);
        assert!(told.contains("resumed: 0 articles were done before"), "{told}");
        std::fs::remove_dir_all(place.join("own-cache")).unwrap();
        assert!(!run(&[]).contains("nothing has changed"));
    }

    #[test]
    fn without_a_home_nothing_is_kept_and_it_is_said() {
        let place = place();
        let place = place.path();
        let mut command = command(place, &["run", "articles", "--out", "x"]);
        for name in ["XDG_CACHE_HOME", "HOME", "LOCALAPPDATA"] {
            command.env_remove(name);
        }
        let output = command.output().unwrap();
        assert!(output.status.success());
        assert!(err(&output).contains("set XDG_CACHE_HOME"), "{}", err(&output));
        assert!(!place.join(".stance-cache").exists());
    }

    #[test]
    fn a_link_as_results_folder_is_followed_and_stays() {
        let place = place();
        let place = place.path();
        std::fs::create_dir(place.join("real")).unwrap();
        symlink("real", place.join("link")).unwrap();
        symlink("nowhere", place.join("dangling")).unwrap();
        for _ in 0..2 {
            let output = stance(place, &["run", "articles", "--out", "link", "--no-cache"]);
            assert!(output.status.success(), "{}", err(&output));
            assert!(place.join("link").symlink_metadata().unwrap().is_symlink());
            assert!(place.join("real/run.json").exists());
        }
        let output = stance(place, &["run", "articles", "--out", "dangling"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains("leads to no folder"), "{}", err(&output));
    }

    /// Ends a process as a user or a system does.
    fn end(child: &std::process::Child, signal: &str) {
        let pid = child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
    }

    #[test]
    fn a_run_and_a_verify_that_are_told_to_end_leave_nothing() {
        let place = place();
        let place = place.path();
        for number in 0..300 {
            write(&place.join(format!("articles/2019-04-01_{number}.txt")), &ARTICLE.repeat(300));
        }
        assert!(stance(place, &["run", "articles", "--out", "x", "--no-cache"]).status.success());
        let whole = read(place.join("x/run.json"));
        let hidden = || {
            let names = std::fs::read_dir(place).unwrap().flatten();
            names.filter(|entry| entry.file_name().to_string_lossy().starts_with('.')).count()
        };
        for args in [&["run", "articles", "--out", "x", "--no-cache"][..], &["verify", "x"]] {
            for signal in ["-TERM", "-INT", "-HUP"] {
                let mut child = command(place, args).stderr(std::process::Stdio::null()).spawn().unwrap();
                let mut seen = false;
                while child.try_wait().unwrap().is_none() && !seen {
                    seen = hidden() > 0;
                    std::thread::sleep(std::time::Duration::from_millis(1));
                }
                assert!(seen, "it ended before it could be told to");
                end(&child, signal);
                assert!(!child.wait().unwrap().success());
                assert_eq!(hidden(), 0, "{args:?} {signal}");
                assert_eq!(read(place.join("x/run.json")), whole);
            }
        }
    }
}
