//! `stance.toml`, and what its values mean: mappings, formats of dates, globs.
#![no_main]
use libfuzzer_sys::fuzz_target;
use stancetrack_fuzz::{ingest, settings};

fuzz_target!(|bytes: &[u8]| {
    let Ok(settings) = settings::parse("stance.toml", &String::from_utf8_lossy(bytes)) else { return };
    let pairs: Vec<(String, String)> = settings.col.unwrap_or_default().into_iter().collect();
    drop(ingest::Mapping::new(&pairs));
    drop(settings.date_format.map(|format| ingest::DateFormat::new(&format)));
    drop(ingest::Filter::new(&settings.include.unwrap_or_default(), &settings.exclude.unwrap_or_default()));
});
