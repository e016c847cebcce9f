//! What the door says of wrong input, mappings and settings, and what it reads
//! from each format. The messages stand in the snapshot, for reading.

use crate::support::{err, folder, repository, rows, stance};
use stancetrack::ingest::{self, DateFormat, Filter, Inputs, Mapping, Options};
use stancetrack::model::Language;
use std::fmt::Write;
use std::path::Path;
use std::sync::LazyLock;

static LANGUAGES: LazyLock<Vec<Language>> =
    LazyLock::new(|| ingest::languages(&repository("lexicons/languages")).expect("languages"));

const TEXT: &str = "Mayor Holm said on Friday that the union of the two harbours was not possible, and that nobody wanted it.";

fn read(folder: &Path, change: impl FnOnce(&mut Options)) -> stancetrack::error::Result<Inputs> {
    let mut options = Options::new(&LANGUAGES, None);
    change(&mut options);
    ingest::articles(&[folder.display().to_string()], &options)
}

fn map(pairs: &[(&str, &str)]) -> Mapping {
    let pairs: Vec<(String, String)> = pairs.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect();
    Mapping::new(&pairs).expect("a mapping")
}

#[test]
fn rows_of_skipped_files_say_what_to_do() {
    let files: [(&str, &str); 13] = [
        ("2019-03-01_empty.txt", ""),
        ("2019-03-01_front.md", "---\ntitle: x\n"),
        (
            "2019-03-01_german.txt",
            "Der Bürgermeister sagte am Freitag, dass die Vereinigung der beiden Häfen nicht möglich sei.",
        ),
        ("archive.zip", "x"),
        ("broken.jsonl", "{oops\n{\"body_text\": \"x\"}\n"),
        ("columns.csv", "nr,words\n1,x\n"),
        (
            "date.jsonl",
            "{\"text\": \"Holm said that she would not go there again.\", \"date\": \"03/04/2019\"}\n{\"text\": \"Holm said that she would not go there again.\", \"date\": \"March 2019\"}\n{\"text\": \"Holm said that she would not go there again.\", \"date\": \"soon\"}\n",
        ),
        ("letter.docx", "x"),
        ("letter.pdf", "x"),
        ("letter.xyz", "x"),
        ("packed.txt.gz", "x"),
        ("page.html", "<html></html>"),
        ("ragged.csv", "id,text\n1,a,b\n2,\"open\n"),
    ];
    let folder = folder(&files);
    std::fs::write(folder.path().join("nul.txt"), b"a\0b").expect("a file");
    let large = "x ".repeat(600);
    std::fs::write(folder.path().join("zlarge.txt"), large).expect("a file");
    let found = read(folder.path(), |options| options.max_article_bytes = 1000).expect("articles");
    let mut told = String::new();
    let base = format!("{}/", folder.path().display());
    for row in &found.skipped {
        let path = row.path.strip_prefix(&base).unwrap_or(&row.path);
        writeln!(told, "{path}\n  {}: {}", row.reason, row.detail.replace(&base, "")).expect("memory");
    }
    insta::assert_snapshot!(told);
}

#[test]
fn errors_of_inputs_and_options_say_the_way_out() {
    let files = folder(&[("a.csv", "nr,words,day\n1,x,2019-03-01\n"), ("b.jsonl", "{\"words\": \"x\"}\n")]);
    let base = files.path().display().to_string();
    let empty = folder(&[]);
    let pair = |role: &str, name: &str| Mapping::new(&[(role.to_string(), name.to_string())]).map(|_| ());
    let globs = |include: &str, exclude: &str| {
        let list = |glob: &str| if glob.is_empty() { Vec::new() } else { vec![glob.to_string()] };
        Filter::new(&list(include), &list(exclude)).map(|_| ())
    };
    let file = |name: &str, mapping: &[(&str, &str)]| {
        read(&files.path().join(name), |options| options.columns = map(mapping)).map(|_| ())
    };
    let cases = [
        ("a column that is not there", file("a.csv", &[("text", "body")])),
        ("a field that is not there", file("b.jsonl", &[("text", "body")])),
        ("a date column that is not there", file("a.csv", &[("text", "words"), ("date", "published")])),
        ("no column for the text", file("a.csv", &[])),
        ("a role that articles do not have", pair("speaker", "who")),
        ("a role mapped to nothing", pair("text", "")),
        ("a format of dates without a day", DateFormat::new("MM/YYYY").map(|_| ())),
        ("a format of dates that is none", DateFormat::new("%Q").map(|_| ())),
        ("a glob that is none", globs("{a", "")),
        ("another", globs("", "[z-a]")),
        ("a folder that is not there", read(Path::new("no/such"), |_| ()).map(|_| ())),
        ("a folder with nothing", read(empty.path(), |_| ()).map(|_| ())),
    ];
    let mut told = String::new();
    for (what, result) in cases {
        let error = result.expect_err(what).to_string();
        let error = error.replace(&base, "FOLDER").replace(&empty.path().display().to_string(), "EMPTY");
        writeln!(told, "{what}\n  {error}").expect("memory");
    }
    insta::assert_snapshot!(told);
}

#[test]
fn mistakes_on_the_command_line_and_in_the_settings_are_told() {
    let settings = folder(&[
        ("unknown.toml", "colour = 1\n"),
        ("role.toml", "[col]\nspeaker = \"who\"\n"),
        ("kind.toml", "input = 7\n"),
        ("size.toml", "max-article-bytes = \"huge\"\n"),
        ("date.toml", "date-format = \"YYYY\"\n"),
    ]);
    let config = |name: &str| settings.path().join(name).display().to_string();
    let tell = |args: &[&str], expected: &str| {
        let output = stance(args);
        assert_eq!(output.status.code(), Some(2), "{args:?} {}", err(&output));
        assert!(err(&output).contains(expected), "{}\nwanted: {expected}", err(&output));
    };
    for (name, expected) in [
        ("unknown.toml", "unknown.toml:1: 'colour' is not known here, in: colour = 1; use one of input, out"),
        ("role.toml", "role.toml:1: col: unknown role 'speaker'; map id, text, date"),
        ("kind.toml", "kind.toml:1: expected a list, in: input = 7; write it like [\"one\", \"two\"]"),
        ("size.toml", "size.toml:1: max-article-bytes: 'huge' is no size; give a number of bytes"),
        ("date.toml", "date.toml:1: date-format: 'YYYY' does not tell year, month and day; write it like"),
    ] {
        tell(&["score", "data/articles", "--config", &config(name)], expected);
    }
    tell(
        &["score", "data/articles", "--col", "text"],
        "--col: 'text' is not ROLE=COLUMN; write it as in text=statement",
    );
    tell(&["score", "data/articles", "--max-article-bytes", "ten"], "'ten' is no size; give a number");
    tell(&["score", "-", "--input-format", "odt"], "--input-format: 'odt' is not known; use txt, md, html");
    tell(&["score", "data/articles", "--include", "{a"], "--include: '{a' is no glob");
}

#[test]
fn every_format_gives_the_same_article() {
    let json = serde_json::json!({"id": "x", "text": TEXT, "date": "2019-03-01", "title": "Talks", "source": "Gull"});
    let files = folder(&[
        ("a.jsonl", &format!("{json}\n")),
        ("b.csv", &format!("id,date,title,source,text\nx,2019-03-01,Talks,Gull,\"{TEXT}\"\n")),
        ("c.tsv", &format!("id\tdate\ttitle\tsource\ttext\nx\t2019-03-01\tTalks\tGull\t{TEXT}\n")),
        ("d.csv", &format!("sep=;\nid;date;title;source;text\nx;01.03.2019;Talks;Gull;\"{TEXT}\"\n")),
    ]);
    let found = read(files.path(), |_| ()).expect("articles");
    assert_eq!(found.articles.len(), 4, "{:?}", found.skipped);
    let ids: Vec<&str> = found.articles.iter().map(|article| article.id.as_str()).collect();
    assert_eq!(ids, ["x", "x-2", "x-3", "x-4"]);
    for article in &found.articles {
        assert_eq!(article.body, TEXT);
        assert_eq!(article.title.as_deref(), Some("Talks"));
        assert_eq!(article.source.as_deref(), Some("Gull"));
        assert_eq!(article.published.expect("a date").day.to_string(), "2019-03-01");
    }
    assert_eq!(found.files.len(), 4);
    assert!(found.files.iter().all(|file| file.encoding == "UTF-8" && file.sha256.len() == 64));
}

#[test]
fn mappings_globs_and_formats_of_dates_work_from_the_command_line() {
    let files = folder(&[
        ("news.csv", &format!("nr,words,day\n7,\"{TEXT}\",03/04/2019\n")),
        ("draft.csv", "nr,words,day\n8,draft,03/04/2019\n"),
        ("notes.txt", TEXT),
        (
            "stance.toml",
            "date-format = \"DD/MM/YYYY\"\ninclude = [\"*.csv\"]\n[col]\nid = \"nr\"\ntext = \"words\"\ndate = \"day\"\n",
        ),
    ]);
    let at = |name: &str| files.path().join(name).display().to_string();
    let output =
        stance(&["score", &at(""), "--config", &at("stance.toml"), "--exclude", "draft*", "--no-roster"]);
    assert!(output.status.success(), "{}", err(&output));
    let rows = rows(&crate::support::out(&output));
    assert!(!rows.is_empty());
    assert!(rows.iter().all(|row| row["article_id"] == "7" && row["published"] == "2019-04-03"), "{rows:?}");
}

#[test]
fn texts_of_pages_are_written_and_offsets_point_into_them() {
    let page = format!(
        "<html lang='en'><head><title>Talks stall</title><meta property='article:published_time' \
         content='2019-03-01'></head><body><nav><a href='/'>Home</a></nav><article><h1>Talks stall</h1><p>{TEXT}</p>\
         <p>“It would be the end of our town,” she told reporters at the pier, where the ferries had stood still \
         since the morning because of the strong wind and of the strike.</p></article></body></html>"
    );
    let files = folder(&[("talks.html", &page)]);
    let out = files.path().join("out");
    let output = stance(&[
        "score",
        &files.path().join("talks.html").display().to_string(),
        "--no-roster",
        "--out",
        &out.display().to_string(),
    ]);
    assert!(output.status.success(), "{}", err(&output));
    let file = |name: &str| std::fs::read_to_string(out.join(name)).expect("a table");
    let body: serde_json::Value = serde_json::from_str(file("bodies.jsonl").trim()).expect("an object");
    assert_eq!(body["article_id"], "talks");
    let body = body["body"].as_str().expect("a text");
    assert!(!body.contains("Home"), "{body}");
    let statements = rows(&file("statements.csv"));
    assert!(statements.iter().any(|row| row["text"].contains("the union of the two harbours")));
    for row in &statements {
        for span in row["spans"].split(';') {
            let (start, end) = span.split_once('-').expect("a span");
            let words = &body[start.parse().expect("a number")..end.parse().expect("a number")];
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(row["text"].contains(&words), "{span}: {words}");
        }
    }
    let inputs = rows(&file("inputs.csv"));
    assert_eq!((inputs[0]["format"].as_str(), inputs[0]["encoding"].as_str()), ("html", "UTF-8"));
}
