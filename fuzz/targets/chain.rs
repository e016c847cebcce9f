//! Any text, from segments over attribution and dates to scores. The first byte
//! chooses the language; one time in sixteen the text is repeated to 48 KB, so that
//! what grows faster than the text shows.
#![no_main]
use libfuzzer_sys::fuzz_target;
use stancetrack_fuzz::{chain, choice, resources};

fuzz_target!(init: { resources(); }, |bytes: &[u8]| {
    let Some((choice, rest)) = choice(bytes, 32) else { return };
    let text = String::from_utf8_lossy(rest);
    let language = if choice % 2 == 0 { "en" } else { "ru" };
    if choice >= 30 && !text.is_empty() {
        chain(&text.repeat(48_000 / text.len()), language);
    } else {
        chain(&text, language);
    }
});
