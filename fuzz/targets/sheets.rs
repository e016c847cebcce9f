//! Sheets of codes, tables of scores, lists of events.
#![no_main]
use libfuzzer_sys::fuzz_target;
use stancetrack_fuzz::{choice, ingest, with_file};

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, rest)) = choice(bytes, 7) else { return };
    with_file("input.csv", rest, |path| match choice {
        0 => drop(ingest::mean_codes(path, &["position".into()])),
        1 => drop(ingest::codes_by_coder(&[path.to_path_buf()], "position", &[], 2.0)),
        2 => drop(ingest::statements_on_axis(path, "statement_id", "position")),
        3 => drop(ingest::statement_list(path)),
        4 => drop(ingest::events(path)),
        5 => drop(ingest::coding_key(path)),
        _ => drop(ingest::read_scores(path, &ingest::Selection::default())),
    });
});
