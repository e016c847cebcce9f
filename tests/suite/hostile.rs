//! Files that an archive should not hold and does: each ends in a row of
//! `skipped.csv` or in a correct article, and none stops the rest.
//!
//! The table below is the expectation: name, bytes, how many articles come out,
//! and which reasons are noted, in order.

use crate::support::{err, repository, rows, stance};
use stancetrack::ingest::{self, Options};
use stancetrack::model::Article;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

const ENGLISH: &str = "Mayor Holm said on Friday that the union of the two harbours was not possible, and that \
nobody in the town wanted it. She told reporters that the talks would go on in the spring.\n";
const RUSSIAN: &str = "Мэр Холм заявила в пятницу, что объединение двух портов невозможно и что никто в городе \
этого не хочет. Она сказала журналистам, что переговоры продолжатся весной.\n";

/// The largest article in these tests.
const LIMIT: usize = 1_000_000;

struct Case {
    name: &'static str,
    bytes: Vec<u8>,
    articles: usize,
    reasons: &'static [&'static str],
}

fn case(
    name: &'static str,
    bytes: impl Into<Vec<u8>>,
    articles: usize,
    reasons: &'static [&'static str],
) -> Case {
    Case { name, bytes: bytes.into(), articles, reasons }
}

fn encoded(label: &str, text: &str) -> Vec<u8> {
    encoding_rs::Encoding::for_label(label.as_bytes()).expect("an encoding").encode(text).0.into_owned()
}

fn utf_16(text: &str, big: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).expect("memory");
    packer.finish().expect("memory")
}

fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("memory");
        zip.write_all(text.as_bytes()).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

fn page(head: &str, text: &str) -> String {
    format!(
        "<html><head>{head}</head><body><article><p>{text}</p><p>{text}</p><p>{text}</p></article></body></html>"
    )
}

fn json(fields: &str) -> String {
    format!("{{\"text\": {}, \"date\": \"2019-03-01\"{fields}}}\n", serde_json::json!(ENGLISH.trim()))
}

fn noise(length: usize) -> Vec<u8> {
    let mut state = 7u32;
    (0..length)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .collect()
}

fn texts() -> Vec<Case> {
    let damaged =
        [&b"Holm said \xFF\xFE yes. "[..], "Она сказала «нет». ".as_bytes(), ENGLISH.as_bytes()].concat();
    vec![
        case("2019-03-01_empty.txt", "", 0, &["empty"]),
        case("2019-03-01_spaces.txt", " \n\t\r\n ", 0, &["empty"]),
        case("2019-03-01_mark_only.txt", b"\xEF\xBB\xBF".to_vec(), 0, &["empty"]),
        case("2019-03-01_nuls.txt", vec![0; 5000], 0, &["encoding"]),
        case("2019-03-01_nul_inside.txt", b"Holm said no.\0 Not now.".to_vec(), 0, &["encoding"]),
        case("2019-03-01_noise.txt", noise(5000), 0, &["encoding"]),
        case(
            "2019-03-01_picture.txt",
            [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &noise(500)].concat(),
            0,
            &["encoding"],
        ),
        case("2019-03-01_16_little.txt", [b"\xFF\xFE".to_vec(), utf_16(RUSSIAN, false)].concat(), 1, &[]),
        case("2019-03-01_16_big.txt", [b"\xFE\xFF".to_vec(), utf_16(ENGLISH, true)].concat(), 1, &[]),
        case("2019-03-01_16_no_mark.txt", utf_16(RUSSIAN, true), 1, &[]),
        case(
            "2019-03-01_16_odd.txt",
            [b"\xFF\xFE".to_vec(), utf_16(ENGLISH, false), b"a".to_vec()].concat(),
            1,
            &["replaced"],
        ),
        case("2019-03-01_1251.txt", encoded("windows-1251", RUSSIAN), 1, &[]),
        case("2019-03-01_koi8.txt", encoded("koi8-r", RUSSIAN), 1, &[]),
        case("2019-03-01_8859_5.txt", encoded("iso-8859-5", RUSSIAN), 1, &[]),
        case(
            "2019-03-01_1252.txt",
            encoded("windows-1252", &ENGLISH.replace("town", "“café’s” town")),
            1,
            &[],
        ),
        case("2019-03-01_damaged.txt", damaged, 1, &["replaced"]),
        case("2019-03-01_returns.txt", ENGLISH.replace(". ", ".\r"), 1, &[]),
        case("2019-03-01_too_large.txt", ENGLISH.repeat(LIMIT / ENGLISH.len() + 1), 0, &["too_large"]),
        case(
            "2019-03-01_german.txt",
            "Der Bürgermeister sagte am Freitag, dass die Vereinigung der beiden Häfen nicht möglich sei und dass niemand in der Stadt sie wolle.",
            0,
            &["language"],
        ),
        case(
            "2019-03-01_ukrainian.txt",
            "Мер заявив у п'ятницю, що об'єднання двох портів неможливе і що ніхто в місті цього не хоче. Він сказав журналістам, що переговори триватимуть.",
            0,
            &["language"],
        ),
        case("2019-03-01_digits.txt", "12345 67890 11121314", 0, &["language"]),
        case("2019-03-01_short.txt", "Holm said that she would not.", 1, &[]),
        case("2019-03-01_короткий.txt", "Она сказала, что не будет.", 1, &[]),
        case("2019-03-01_new\nline.txt", ENGLISH, 1, &[]),
        case("no_date.txt", ENGLISH, 1, &["no_date"]),
        case("2019-02-30_no_such_day.txt", ENGLISH, 1, &["no_date"]),
        case("2019-03-01_README.md", ENGLISH, 1, &[]),
        case("README.md", ENGLISH, 0, &[]),
        case(".hidden.txt", ENGLISH, 0, &[]),
        case("paper.pdf", "%PDF-1.4", 0, &["format"]),
        case("old.doc", "x", 0, &["format"]),
        case("list.json", "[]", 0, &["empty"]),
        case("sheet.xlsx", "PK", 0, &["format"]),
        case("without_ending", ENGLISH, 0, &["format"]),
        case("program.exe.gz", "x", 0, &["format"]),
    ]
}

fn marked_up() -> Vec<Case> {
    let laughs = "---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n---\n";
    vec![
        case("2019-03-01_front_open.md", format!("---\ntitle: x\n{ENGLISH}"), 0, &["front_matter"]),
        case("2019-03-01_front_wrong.md", format!("---\n[: x\n---\n{ENGLISH}"), 0, &["front_matter"]),
        case("2019-03-01_front_laughs.md", format!("{laughs}{ENGLISH}"), 0, &["front_matter"]),
        case("front_mark.md", format!("\u{feff}---\npublished: 2019-03-01\n---\n{ENGLISH}"), 1, &[]),
        case("front_toml.md", format!("+++\ndate = 2019-03-01\n+++\n{ENGLISH}"), 1, &[]),
        case(
            "front_two_days.md",
            format!("---\npublished: 03/04/2019\n---\n{ENGLISH}"),
            1,
            &["date", "no_date"],
        ),
        case(
            "front_typing.md",
            format!("---\npublished: 20190-03-01\n---\n{ENGLISH}"),
            1,
            &["date", "no_date"],
        ),
        case("2019-03-01_empty.html", "<html><body></body></html>", 0, &["empty"]),
        case("2019-03-01_script.html", "<script>var a = 'Holm said no.'</script>", 0, &["empty"]),
        case("2019-03-01_deep.html", "<div>".repeat(50_000), 0, &["too_deep"]),
        case(
            "2019-03-01_cut.html",
            page("", ENGLISH)[..900.min(page("", ENGLISH).len() - 80)].to_string(),
            1,
            &[],
        ),
        case(
            "2019-03-01_declared.html",
            encoded("windows-1251", &page("<meta charset='windows-1251'>", RUSSIAN)),
            1,
            &[],
        ),
        case(
            "2019-03-01_lies.html",
            encoded("windows-1251", &page("<meta charset='utf-8'>", RUSSIAN)),
            1,
            &[],
        ),
        case(
            "two_days.html",
            page("<meta name='date' content='03/04/2019'>", ENGLISH),
            1,
            &["date", "no_date"],
        ),
        case(
            "dated.html",
            page("<meta property='article:published_time' content='2019-03-01T10:00:00Z'>", ENGLISH),
            1,
            &[],
        ),
        case("2019-03-01_no_zip.docx", ENGLISH, 0, &["damaged"]),
        case("2019-03-01_other_zip.docx", zip(&[("a.txt", "b")]), 0, &["damaged"]),
        case("2019-03-01_blank.docx", zip(&[("word/document.xml", "<w:document/>")]), 0, &["empty"]),
        case(
            "2019-03-01_good.docx",
            zip(&[("word/document.xml", &format!("<w:p><w:t>{ENGLISH}</w:t></w:p>"))]),
            1,
            &[],
        ),
        case(
            "2019-03-01_bomb.docx",
            zip(&[("word/document.xml", &format!("<w:p><w:t>{}", "x".repeat(3 * LIMIT)))]),
            0,
            &["too_large"],
        ),
    ]
}

fn records() -> Vec<Case> {
    let twice = [json(", \"id\": \"same\""), json(", \"id\": \"same\"")].concat();
    let mixed = [
        json("").repeat(400).into_bytes(),
        encoded(
            "windows-1251",
            &format!("{{\"text\": {}, \"date\": \"2019-03-01\"}}\n", serde_json::json!(RUSSIAN.trim())),
        ),
    ]
    .concat();
    let long = format!("{{\"text\": \"{}\"}}\n{}", "x".repeat(7 * LIMIT), json(""));
    let row = |id: &str| format!("{id},2019-03-01,\"{}\"\n", ENGLISH.trim());
    vec![
        case("broken.jsonl", format!("{{oops\n{}", json("")), 1, &["record"]),
        case("lists.jsonl", "[1, 2]\n7\n\"text\"\n", 0, &["record", "record", "record"]),
        case("no_text.jsonl", "{\"title\": \"x\"}\n", 0, &["record"]),
        case("null_text.jsonl", "{\"text\": null}\n", 0, &["record"]),
        case("twice.jsonl", twice, 2, &[]),
        case("nested.jsonl", format!("{{\"x\": {}\n{}", "[".repeat(100_000), json("")), 1, &["record"]),
        case("surrogate.jsonl", format!("{{\"text\": \"\\ud800\"}}\n{}", json("")), 1, &["record"]),
        case("too_long.jsonl", long, 1, &["too_large"]),
        case("mixed.jsonl", mixed, 401, &["replaced"]),
        case("blank.jsonl", "\n\n\n", 0, &["empty"]),
        case("nothing.jsonl", "", 0, &["empty"]),
        case(
            "1251.jsonl",
            encoded(
                "windows-1251",
                &format!("{{\"text\": {}, \"date\": \"2019-03-01\"}}\n", serde_json::json!(RUSSIAN.trim())),
            ),
            1,
            &[],
        ),
        case("nuls.jsonl", vec![0; 5000], 0, &["encoding"]),
        case("header_only.csv", "id,date,text\n", 0, &["empty"]),
        case("nothing.csv", "", 0, &["empty"]),
        case("ragged.csv", format!("id,date,text\n1,2019-03-01,a,b,c\n{}", row("2")), 1, &["ragged"]),
        case("open_quote.csv", format!("id,date,text\n1,2019-03-01,\"open\n{}", row("2")), 1, &["ragged"]),
        case("no_text.csv", "id,date\n1,2019-03-01\n", 0, &["columns"]),
        case("empty_cell.csv", format!("id,date,text\n1,2019-03-01,\n{}", row("2")), 1, &["record"]),
        case(
            "semicolons.csv",
            encoded("windows-1251", &format!("id;date;text\n1;01.03.2019;\"{}\"\n", RUSSIAN.trim())),
            1,
            &[],
        ),
        case(
            "two_days.csv",
            format!("id,date,text\n1,03/04/2019,\"{}\"\n", ENGLISH.trim()),
            1,
            &["date", "no_date"],
        ),
        case("nuls.csv", vec![0; 5000], 0, &["encoding"]),
        case("good.tsv", format!("id\tdate\ttext\n1\t2019-03-01\t{}\n", ENGLISH.trim()), 1, &[]),
        case("no.parquet", ENGLISH, 0, &["damaged"]),
        case("marks.parquet", "PAR1xxxxPAR1", 0, &["damaged"]),
        case("nothing.parquet", "", 0, &["damaged"]),
    ]
}

fn packed() -> Vec<Case> {
    let whole = gzip(ENGLISH.repeat(200).as_bytes());
    let lines = gzip(json("").repeat(3).as_bytes());
    let zst = zstd::encode_all(json("").repeat(500).as_bytes(), 1).expect("memory");
    vec![
        case("2019-03-01_good.txt.gz", gzip(ENGLISH.as_bytes()), 1, &[]),
        case("2019-03-01_cut.txt.gz", whole[..whole.len() - 9].to_vec(), 0, &["damaged"]),
        case("2019-03-01_no_gzip.txt.gz", ENGLISH, 0, &["damaged"]),
        case("2019-03-01_bomb.txt.gz", gzip(&vec![b'a'; 3 * LIMIT]), 0, &["too_large"]),
        case("members.jsonl.gz", [gzip(json("").as_bytes()), gzip(json("").as_bytes())].concat(), 2, &[]),
        case("behind.jsonl.gz", [lines, b"garbage".to_vec()].concat(), 3, &["damaged"]),
        case(
            "bomb.jsonl.gz",
            gzip(format!("{}\n", "a".repeat(100_000)).repeat(720).as_bytes()),
            0,
            &["bomb"],
        ),
        case("2019-03-01_good.txt.zst", zstd::encode_all(ENGLISH.as_bytes(), 1).expect("memory"), 1, &[]),
        case("2019-03-01_no_zstd.txt.zst", ENGLISH, 0, &["damaged"]),
        case("cut.jsonl.zst", zst[..zst.len() / 2].to_vec(), 0, &["damaged"]),
    ]
}

fn all() -> Vec<Case> {
    let mut all = texts();
    all.extend(marked_up());
    all.extend(records());
    all.extend(packed());
    all
}

#[test]
fn every_hostile_file_ends_in_a_row_or_a_correct_article() {
    let folder = tempfile::tempdir().expect("a folder");
    let cases = all();
    assert!(cases.len() >= 60, "{}", cases.len());
    for case in &cases {
        std::fs::write(folder.path().join(case.name), &case.bytes).expect("a file");
    }
    let languages = ingest::languages(&repository("lexicons/languages")).expect("languages");
    let mut options = Options::new(&languages, None);
    options.max_article_bytes = LIMIT;
    let read = ingest::articles(&[folder.path().display().to_string()], &options).expect("articles");
    let mut wrong = Vec::new();
    for case in &cases {
        let path = folder.path().join(case.name).display().to_string();
        let belongs = |place: &str| {
            place == path || place.strip_prefix(&path).is_some_and(|rest| rest.starts_with(':'))
        };
        let articles = read.articles.iter().filter(|article| belongs(&article.place)).count();
        let reasons: Vec<&str> =
            read.skipped.iter().filter(|row| belongs(&row.path)).map(|row| row.reason.as_str()).collect();
        // A bomb yields rows until it is stopped, a bounded number of them.
        let bomb = case.reasons == ["bomb"];
        let same =
            if bomb { reasons.len() <= 102 && reasons.contains(&"damaged") } else { reasons == case.reasons };
        if articles != case.articles || !same {
            wrong.push(format!("{}: {articles} articles, {:?}", case.name, &reasons[..reasons.len().min(5)]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let ids: BTreeSet<&str> = read.articles.iter().map(|article| article.id.as_str()).collect();
    assert_eq!(ids.len(), read.articles.len(), "ids are unique");
    for article in &read.articles {
        sound(article);
    }
}

/// Excluded spans lie inside the body and on character borders.
fn sound(article: &Article) {
    let mut before = 0;
    for span in &article.excluded {
        assert!(
            span.start >= before && article.body.get(span.start..span.end).is_some(),
            "{}",
            article.place
        );
        before = span.end;
    }
}

#[cfg(unix)]
#[test]
fn links_pipes_and_odd_names_are_named_and_never_opened() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir(at("inner")).expect("a folder");
    std::fs::write(at("inner/2019-03-01_good.txt"), ENGLISH).expect("a file");
    symlink(folder.path(), at("inner/back")).expect("a link");
    symlink(at("nowhere.txt"), at("broken.txt")).expect("a link");
    symlink(at("inner/2019-03-01_good.txt"), at("2019-03-02_linked.txt")).expect("a link");
    symlink(Path::new("/dev/zero"), at("zero.txt")).expect("a link");
    let pipe = std::process::Command::new("mkfifo").arg(at("pipe.txt")).status();
    let odd = folder.path().join(OsStr::from_bytes(b"2019-03-01_\xFFodd.txt"));
    std::fs::write(&odd, ENGLISH).expect("a file");
    let deep = (0..70).fold(at("deep"), |path, _| path.join("d"));
    std::fs::create_dir_all(&deep).expect("folders");
    std::fs::write(deep.join("2019-03-01_lost.txt"), ENGLISH).expect("a file");

    let languages = ingest::languages(&repository("lexicons/languages")).expect("languages");
    for follow_links in [false, true] {
        let options = Options { follow_links, ..Options::new(&languages, None) };
        let read = ingest::articles(&[folder.path().display().to_string()], &options).expect("articles");
        let reason = |name: &str| {
            let row = read.skipped.iter().find(|row| row.path == at(name).display().to_string());
            row.map_or("", |row| row.reason.as_str())
        };
        let followed = |reason| if follow_links { reason } else { "link" };
        assert_eq!(reason("inner/back"), followed("loop"));
        assert_eq!(reason("broken.txt"), followed("unreadable"));
        assert_eq!(reason("zero.txt"), followed("special"));
        // The link to it comes first.
        assert_eq!(reason("inner/2019-03-01_good.txt"), if follow_links { "link" } else { "" });
        if pipe.as_ref().is_ok_and(|status| status.success()) {
            assert_eq!(reason("pipe.txt"), "special");
        }
        assert_eq!(read.skipped.iter().filter(|row| row.reason == "depth").count(), 1);
        let places: Vec<&str> = read.articles.iter().map(|article| article.place.as_str()).collect();
        assert_eq!(places.len(), 2, "{places:?}");
        assert!(places.iter().any(|place| place.ends_with("2019-03-01_\\xFFodd.txt")), "{places:?}");
    }
}

#[test]
fn the_program_reads_what_is_good_and_lists_the_rest() {
    let folder = tempfile::tempdir().expect("a folder");
    let inputs = folder.path().join("inputs");
    std::fs::create_dir(&inputs).expect("a folder");
    for case in all().iter().filter(|case| case.bytes.len() < 100_000) {
        std::fs::write(inputs.join(case.name), &case.bytes).expect("a file");
    }
    let out = folder.path().join("out");
    let output =
        stance(&["score", &inputs.display().to_string(), "--out", &out.display().to_string(), "--no-roster"]);
    assert!(output.status.success(), "{}", err(&output));
    let skipped = std::fs::read_to_string(out.join("skipped.csv")).expect("skipped.csv");
    let reasons: BTreeSet<String> = rows(&skipped).into_iter().map(|row| row["reason"].clone()).collect();
    for reason in ["columns", "damaged", "date", "empty", "encoding", "format", "front_matter", "language"] {
        assert!(reasons.contains(reason), "{reason}: {reasons:?}");
    }
    for row in rows(&skipped) {
        assert!(row["detail"].len() > 15 && !row["detail"].contains("Err("), "{row:?}");
    }
}

/// A Parquet file of articles, in row groups of two rows.
fn parquet(rows: usize) -> Vec<u8> {
    use polars::prelude::{Column, DataFrame};
    let texts: Vec<String> = (0..rows).map(|row| format!("{ENGLISH} This was article {row}.")).collect();
    let ids: Vec<i64> = (0..rows as i64).collect();
    let dates = vec!["2019-03-01"; rows];
    let mut frame = DataFrame::new(
        rows,
        vec![
            Column::new("id".into(), ids),
            Column::new("date".into(), dates),
            Column::new("text".into(), texts),
        ],
    )
    .expect("a table");
    let mut bytes = Vec::new();
    polars_io::prelude::ParquetWriter::new(&mut bytes)
        .with_row_group_size(Some(2))
        .finish(&mut frame)
        .expect("memory");
    bytes
}

#[test]
fn parquet_is_read_row_group_by_row_group_and_damage_costs_little() {
    let folder = tempfile::tempdir().expect("a folder");
    let languages = ingest::languages(&repository("lexicons/languages")).expect("languages");
    let options = Options::new(&languages, None);
    let read = |bytes: &[u8]| {
        std::fs::write(folder.path().join("x.parquet"), bytes).expect("a file");
        ingest::articles(&[folder.path().display().to_string()], &options)
    };
    let whole = parquet(7);
    let found = read(&whole).expect("articles");
    let ids: Vec<&str> = found.articles.iter().map(|article| article.id.as_str()).collect();
    assert_eq!(ids, ["0", "1", "2", "3", "4", "5", "6"]);
    assert!(found.articles[6].body.ends_with("article 6."), "{}", found.articles[6].body);
    assert!(found.articles[6].place.ends_with("x.parquet:7"));
    assert!(found.skipped.is_empty(), "{:?}", found.skipped);
    assert!(read(&whole[..whole.len() / 2]).is_err());
    // A byte anywhere: articles or rows, never a panic that ends the run.
    for at in (0..whole.len()).step_by(whole.len() / 97 + 1) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x55;
        if let Ok(found) = read(&damaged) {
            found.articles.iter().for_each(sound);
        }
    }
}

#[test]
fn cells_of_parquet_that_are_no_text_are_told_and_never_lost() {
    use polars::prelude::{Column, DataFrame, NamedFrom, Series};
    let texts: Vec<&[u8]> = vec![ENGLISH.as_bytes(), b"\xFF\xFE no text", ENGLISH.as_bytes()];
    let mixed: Vec<Option<f64>> = vec![Some(1.5), None, Some(3.0)];
    let lists: Vec<Series> = (0..3).map(|row| Series::new("".into(), [format!("Ann {row}")])).collect();
    let mut frame = DataFrame::new(
        3,
        vec![
            Column::new("text".into(), texts),
            Column::new("id".into(), mixed),
            Column::new("author".into(), lists),
            Column::new("date".into(), ["2019-03-01", "2019-03-02", ""]),
        ],
    )
    .expect("a table");
    let mut bytes = Vec::new();
    polars_io::prelude::ParquetWriter::new(&mut bytes).finish(&mut frame).expect("memory");
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("x.parquet"), bytes).expect("a file");
    let languages = ingest::languages(&repository("lexicons/languages")).expect("languages");
    let found = ingest::articles(&[folder.path().display().to_string()], &Options::new(&languages, None));
    let found = found.expect("articles");
    assert_eq!(found.articles.len(), 2, "{:?}", found.skipped);
    let row = |number: usize| {
        let place = folder.path().join(format!("x.parquet:{number}")).display().to_string();
        let rows = found.skipped.iter().filter(|row| row.path == place);
        rows.map(|row| format!("{}: {}", row.reason, row.detail)).collect::<Vec<_>>().join("\n")
    };
    assert!(row(2).contains("cell: column 'text' holds what is no text"), "{}", row(2));
    // A list of names is read as words, or said to be lost.
    let author = found.articles[0].author.clone().unwrap_or_default();
    assert!(author.contains("Ann 0") || row(1).contains("column 'author' holds what is no text"), "{author}");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(150))]
    #[test]
    fn any_bytes_under_any_ending_are_rows_or_sound_articles(
        ending in 0usize..12,
        prefix in 0usize..6,
        bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300),
        words in "[a-zA-Zа-я ,.;:\"'\n{}\\[\\]<>/=-]{0,200}",
    ) {
        let endings = ["txt", "md", "html", "docx", "jsonl", "csv", "tsv", "parquet", "txt.gz", "jsonl.zst", "csv.gz", "html.zst"];
        let prefixes = ["", "---\n", "id,text\n", "{\"text\": \"", "<html><p>", "PK\u{3}\u{4}"];
        let folder = tempfile::tempdir().expect("a folder");
        let all = [prefixes[prefix].as_bytes(), words.as_bytes(), &bytes].concat();
        std::fs::write(folder.path().join(format!("x.{}", endings[ending])), all).expect("a file");
        let english = [stancetrack::model::Language::new("en".into())];
        let options = Options::new(&english, Some("en"));
        if let Ok(found) = ingest::articles(&[folder.path().display().to_string()], &options) {
            found.articles.iter().for_each(sound);
        }
    }
}
