//! Rosters.
#![no_main]
use libfuzzer_sys::fuzz_target;
use stancetrack_fuzz::{ingest, repository, with_file};

fuzz_target!(|bytes: &[u8]| {
    with_file("actors.toml", bytes, |path| drop(ingest::roster(path, &repository("lexicons/languages"))));
});
