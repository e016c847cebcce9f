//! Written dates: in a field, with three formats, in a file's name and in a dateline. A line break parts a format
//! from what is read with it.
#![no_main]
use libfuzzer_sys::fuzz_target;
use stancetrack_fuzz::{articles, choice, ingest, options, with_file};

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, rest)) = choice(bytes, 6) else { return };
    let written = String::from_utf8_lossy(rest).into_owned();
    let record = |written: &str, format: Option<&str>| {
        let date_format = match format.map(ingest::DateFormat::new) {
            Some(Err(_)) => return,
            Some(Ok(format)) => Some(format),
            None => None,
        };
        let line = serde_json::json!({"text": "Ann Holm said that talks would go on.", "date": written});
        let options = ingest::Options { date_format, ..options() };
        with_file("input.jsonl", line.to_string().as_bytes(), |path| articles(path, &options));
    };
    match choice {
        0 => record(&written, None),
        1 => record(&written, Some("DD/MM/YYYY")),
        2 => record(&written, Some("MM/DD/YYYY")),
        3 => {
            let (format, written) = written.split_once('\n').unwrap_or((&written, "05.06.2003"));
            record(written, Some(format));
        }
        4 => {
            let name: String = written.chars().filter(|letter| !matches!(letter, '/' | '\0')).take(60).collect();
            with_file(&format!("{name}.txt"), b"Ann Holm said that talks would go on.", |path| articles(path, &options()));
        }
        _ => {
            let text = format!("Talks\n\n{written}\n\nAnn Holm said that {written} talks would go on.");
            with_file("input.txt", text.as_bytes(), |path| articles(path, &options()));
        }
    }
});
