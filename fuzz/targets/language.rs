//! A language's word lists: the first byte says which list is replaced. The second half of the choices goes to
//! the learned weights and the annotations they are learned from.
#![no_main]
use libfuzzer_sys::fuzz_target;
use stancetrack_fuzz::{choice, ingest, repository, with_file};
use std::path::PathBuf;
use std::sync::OnceLock;

fn lists() -> &'static Vec<PathBuf> {
    static LISTS: OnceLock<Vec<PathBuf>> = OnceLock::new();
    LISTS.get_or_init(|| {
        let mut all: Vec<PathBuf> = std::fs::read_dir(repository("lexicons/languages/ru"))
            .expect("a language")
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "csv"))
            .collect();
        all.sort();
        all
    })
}

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, rest)) = choice(bytes, 64) else { return };
    if choice >= 48 {
        return with_file("attribution.weights", rest, |path| {
            drop(ingest::weights(path));
            drop(ingest::annotations(path));
        });
    }
    let replaced = choice % lists().len();
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path().join("ru");
    std::fs::create_dir(&home).expect("a folder");
    for (index, path) in lists().iter().enumerate() {
        let target = home.join(path.file_name().expect("a name"));
        if index == replaced {
            std::fs::write(&target, rest).expect("a file");
        } else {
            std::os::unix::fs::symlink(path.canonicalize().expect("a path"), &target).expect("a link");
        }
    }
    drop(ingest::language(&home));
});
