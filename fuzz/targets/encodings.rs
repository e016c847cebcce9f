//! Text in any encoding, packed or not, with a declaration or without.
#![no_main]
use libfuzzer_sys::fuzz_target;
use stancetrack_fuzz::{articles, choice, options, with_file, resources};

const NAMES: [&str; 6] = ["input.txt", "input.txt.gz", "input.txt.zst", "input.html", "input.jsonl", "input.csv"];

fuzz_target!(init: { resources(); }, |bytes: &[u8]| {
    let Some((choice, rest)) = choice(bytes, NAMES.len()) else { return };
    with_file(NAMES[choice], rest, |path| articles(path, &options()));
});
