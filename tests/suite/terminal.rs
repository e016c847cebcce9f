//! Words of strangers on a terminal: whatever stands in articles, names of files, settings and
//! arguments, no control sequence is printed for people, and tables for machines stay as they are.

use crate::support::{err, folder, out, stance};
use std::path::Path;
use std::process::{Command, Output};

/// Colours, a window's title, C1, the direction of a line, a line of its own.
const EVIL: &str = "\u{1b}[31m\u{1b}]0;x\u{7}\u{9b}2J\u{202e}\u{2066}\u{200f}\u{2028}\u{7f}\u{8}";

/// Asserts that a command showed what it was given, and nothing raw; both streams as text.
fn shown(name: &str, output: &Output) -> String {
    let text = format!("{}{}", out(output), err(output));
    let raw = |c: char| stancetrack::model::hidden(c) && c != '\n' && c != '\t';
    assert!(!text.chars().any(raw), "{name}: {text:?}");
    assert!(!text.contains("internal error"), "{name}: {text}");
    text
}

fn stance_in(place: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stance"));
    command.args(args).current_dir(place).output().expect("the binary starts")
}

/// JSON Lines of a speaker with control characters in name, id, title and source.
fn articles() -> String {
    let mut lines = String::new();
    for (year, words) in
        [(2001, "is sacred"), (2004, "is sacred"), (2016, "is no icon"), (2019, "is no icon")]
    {
        for number in 0..6 {
            let line = serde_json::json!({
                "id": format!("a{EVIL}\n[[actor]]\nid = \"evil\"\n{year}-{number}"),
                "title": format!("t{EVIL}"),
                "source": format!("s{EVIL}"),
                "date": format!("{year}-03-0{}", number + 1),
                "text": format!("“The sovereignty {words},” Boris \u{1b}[31m Grot said. Boris\u{202e} Grot said that the union {words}."),
            });
            lines.push_str(&format!("{line}\n"));
        }
    }
    lines
}

#[test]
fn articles_of_strangers_print_no_control_sequence() {
    let place =
        folder(&[("a.jsonl", &articles()), ("\u{1b}[31mname\u{202e}.pdf", "x"), ("b\u{1b}c.jsonl", "{")]);
    let input = place.path().display().to_string();
    let into = folder(&[]);
    let results = into.path().join("r\u{1b}[1m").display().to_string();
    let run = [
        "run",
        &input,
        "--no-roster",
        "--language",
        "en",
        "--out",
        &results,
        "--compare",
        "2001..2005,2015..2019",
    ];
    let first = stance(&run);
    let text = shown("run", &first);
    assert!(text.contains("Grot") && text.contains("r\\u{1b}[1m/index.html"), "{text}");
    assert!(text.contains("Boris") && first.status.success(), "{text}");
    let text = shown("run again", &stance(&run));
    assert!(text.contains("nothing has changed"), "{text}");
    let common = ["--no-roster", "--language", "en", &input];
    let text = shown("discover", &stance(&[&["actors", "discover"][..], &common].concat()));
    assert_eq!(text.lines().filter(|line| line.starts_with("id = \"evil\"")).count(), 0, "{text}");
    let roster: toml::Table = text
        .lines()
        .take_while(|line| !line.contains("unlisted"))
        .collect::<Vec<_>>()
        .join("\n")
        .parse()
        .unwrap();
    assert!(roster["actor"].as_array().is_some_and(|all| !all.is_empty()), "{text}");
    shown("attribute", &stance(&[&["attribute", "--format", "jsonl"][..], &common].concat()).stderr_only());
    for what in ["coverage", "expand"] {
        shown(what, &stance(&[&["lexicon", what][..], &common].concat()));
    }
    shown("sensitivity", &stance(&[&["lexicon", "sensitivity"][..], &common].concat()));
    let table = into.path().join("r\u{1b}[1m/statements.csv").display().to_string();
    let trends = into.path().join("trends").display().to_string();
    shown("trend", &stance(&["trend", &table, "--out", &trends]));
    let none = folder(&[("\u{1b}]0;x\u{7}.txt", "")]);
    let text = shown("nothing to read", &stance(&["run", &none.path().display().to_string()]));
    assert!(text.contains("\\u{1b}]0;x\\u{7}"), "{text}");
}

trait ErrOnly {
    fn stderr_only(self) -> Output;
}

impl ErrOnly for Output {
    /// Standard output of this command is for machines.
    fn stderr_only(self) -> Output {
        Output { stdout: Vec::new(), ..self }
    }
}

#[test]
fn tables_for_machines_are_not_altered() {
    let place = folder(&[("a.jsonl", &articles())]);
    let input = place.path().display().to_string();
    let output = stance(&["attribute", "--no-roster", "--language", "en", "--format", "csv", "-q", &input]);
    assert!(out(&output).contains(EVIL), "the id of the article as it is");
}

#[test]
fn explained_and_coded_texts_print_no_control_sequence() {
    let said = format!("“Sovereignty is sacred,” Boris\u{1b}[31m Grot{EVIL} said.");
    let text = shown("explain", &stance(&["explain", "--no-roster", &said]));
    assert!(text.contains("\\u{1b}[31m"), "{text}");
    let codes = format!("id,position,text\na{EVIL},1,\"Sovereignty is {EVIL} sacred\"\nb{EVIL},2,x\n");
    let place = folder(&[("codes.csv", &codes)]);
    shown("evaluate", &stance(&["evaluate", &place.path().join("codes.csv").display().to_string()]));
    let lexicon = folder(&[
        (
            "lexicon.toml",
            "id = \"x\"\nname = \"X\\u001B[31m\"\nversion = \"1\"\nlanguages = [\"en\"]\n[[axis]]\nid = \"eu\"\nname = \"E\\u001B[31mU\"\nnegative = \"o\\u202Eut\"\npositive = \"in\"\n",
        ),
        (
            "terms.en.csv",
            &format!("term,kind,axis,weight\nbr{EVIL}exit,term,eu,1\nx{EVIL},noun{EVIL},eu,1\n"),
        ),
    ]);
    let lexicon = lexicon.path().display().to_string();
    for command in [&["lexicon", "check", &lexicon][..], &["lexicon", "stats", &lexicon]] {
        shown(command[1], &stance(command));
    }
    shown("explain", &stance(&["explain", "--lexicon", &lexicon, "Holm said brexit was done."]));
}

#[test]
fn settings_and_arguments_print_no_control_sequence() {
    for settings in
        ["\"a\\u001B[31m\\u202E\" = 1", "period = \"\\u001B[31m\\u202Ex\"", "language = \"\\u009B2J\""]
    {
        let place = folder(&[("stance.toml", settings), ("2019-01-01_a.txt", "Holm said it was done.")]);
        let output = stance_in(place.path(), &["run", "."]);
        assert_eq!(output.status.code(), Some(2), "{settings}");
        shown(settings, &output);
    }
    let cases: [&[&str]; 8] = [
        &["run", "no\u{1b}[31m\u{202e}"],
        &["run", "data/articles", "--lexicon", "no\u{1b}[31m"],
        &["run", "data/articles", "--draw\u{1b}[31m", "x"],
        &["\u{1b}]0;title\u{7}"],
        &["run", "data/articles", "--threads", "\u{1b}[31m\u{9b}"],
        &["run", "data/articles", "--format", "\u{202e}csv\u{1b}[0m"],
        &["explain", "x", "--published", "\u{1b}[31m"],
        &["lexicon", "stats", "data/articles", "\u{1b}[31m"],
    ];
    for args in cases {
        let output = stance(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        // clap takes escape sequences out of what it quotes; the rest is ours to show.
        shown(&format!("{args:?}"), &output);
    }
}

#[test]
fn a_message_quotes_a_long_value_in_part() {
    let huge = "x".repeat(2_000_000);
    let many: String = (0..5000).map(|number| format!("\"{number}{{\", ")).collect();
    for settings in [
        format!("period = \"{huge}\""),
        format!("{huge} = 1"),
        format!("include = [{many}]"),
        format!("period = \"{}\"", "\\n".repeat(100_000)),
    ] {
        let place = folder(&[("stance.toml", &settings), ("2019-01-01_a.txt", "Holm said it was done.")]);
        let output = stance_in(place.path(), &["run", "."]);
        assert_eq!(output.status.code(), Some(2));
        let told = err(&output);
        assert!(told.len() < 10_000, "{} bytes", told.len());
        assert!(told.lines().any(|line| line.starts_with("stance: stance.toml")), "{told}");
    }
}
