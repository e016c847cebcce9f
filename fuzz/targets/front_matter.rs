//! Markdown with front matter in YAML and TOML.
#![no_main]
use libfuzzer_sys::fuzz_target;
use stancetrack_fuzz::{articles, options, with_file, resources};

fuzz_target!(init: { resources(); }, |bytes: &[u8]| with_file("2019-03-01_input.md", bytes, |path| articles(path, &options())));
