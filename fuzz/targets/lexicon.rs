//! Lexicons, ours and those of other tools. In ours a line of four dashes parts the two files.
#![no_main]
use libfuzzer_sys::fuzz_target;
use stancetrack_fuzz::{choice, ingest, with_file};

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, rest)) = choice(bytes, 5) else { return };
    if choice > 0 {
        with_file("input.txt", rest, |path| match choice {
            1 => drop(ingest::quanteda(path)),
            2 => drop(ingest::liwc(path)),
            3 => drop(ingest::lexicoder(path)),
            _ => {
                let columns = ingest::Columns { term: None, weight: None, category: None };
                drop(ingest::weighted(path, &columns, 0.0));
            }
        });
        return;
    }
    let middle = rest.windows(4).position(|four| four == b"----").unwrap_or(rest.len());
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("lexicon.toml"), &rest[..middle]).expect("a file");
    std::fs::write(folder.path().join("terms.en.csv"), rest.get(middle + 4..).unwrap_or_default()).expect("a file");
    drop(ingest::lexicon(folder.path()));
    drop(ingest::draft(folder.path()));
});
