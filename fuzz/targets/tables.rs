//! JSON and tables, of articles and of records that are one person's words. The first byte chooses
//! the ending and whether columns are mapped.
#![no_main]
use libfuzzer_sys::fuzz_target;
use stancetrack_fuzz::{articles, choice, ingest, options, resources, with_file};

const ENDINGS: [&str; 6] = ["jsonl", "csv", "tsv", "jsonl.gz", "csv.zst", "json"];

fuzz_target!(init: { resources(); }, |bytes: &[u8]| {
    let Some((choice, rest)) = choice(bytes, 3 * ENDINGS.len()) else { return };
    let name = format!("input.{}", ENDINGS[choice % ENDINGS.len()]);
    with_file(&name, rest, |path| match choice / ENDINGS.len() {
        0 => articles(path, &options()),
        1 => {
            let pairs = [("text".into(), "body".into()), ("date".into(), "a".into())];
            let columns = ingest::Mapping::new(&pairs).expect("a mapping");
            articles(path, &ingest::Options { columns, max_article_bytes: 200, ..options() });
        }
        _ => {
            let options = ingest::Options::statements(&resources().languages, None, &[]).expect("no mapping");
            let _ = ingest::statements(&[path.display().to_string()], &options);
        }
    });
});
