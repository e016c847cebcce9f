//! Web pages.
#![no_main]
use libfuzzer_sys::fuzz_target;
use stancetrack_fuzz::{articles, options, with_file, resources};

fuzz_target!(init: { resources(); }, |bytes: &[u8]| with_file("input.html", bytes, |path| articles(path, &options())));
