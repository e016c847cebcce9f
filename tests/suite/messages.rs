//! Mistakes end in file, line, text and remedy.

use crate::support::{err, folder, stance};

fn lexicon(terms: &str) -> tempfile::TempDir {
    folder(&[
        (
            "lexicon.toml",
            "id = \"x\"\nname = \"X\"\nversion = \"1\"\nlanguages = [\"en\"]\n[[axis]]\nid = \"eu\"\nname = \"EU\"\nnegative = \"out\"\npositive = \"in\"\n",
        ),
        ("terms.en.csv", terms),
    ])
}

#[test]
fn lexicon_mistakes_name_file_line_and_remedy() {
    let cases = [
        (
            "term,kind,axis,weight\nbrexit,term,eu,strong\n",
            ":2: weight 'strong' is not a number; use a number from -1 to 1",
        ),
        (
            "term,kind,axis,weight\nbrexit,noun,eu,1\n",
            ":2: kind 'noun' is not known; use one of target, appraisal, term",
        ),
        ("term,kind,axis,weight\nbrexit,term,uk,1\n", ":2: axis 'uk' is not in lexicon.toml; use one of eu"),
        ("term,kind,axis,weight\nbrexit,term,eu,1\nBrexit,term,eu,0.5\n", ":3: 'Brexit' is already at"),
        ("term,kind,axis,weight\n*,term,eu,1\n", ":2: '*' is a word of its own in '*'"),
        ("term,kind,axis,weight\nbrexit ...,term,eu,1\n", ":2: 'brexit ...' begins or ends with a gap"),
        ("term,kind,axis\nbrexit,term,eu\n", ":1: column 'weight' is missing"),
        ("term,kind,axis,weight\nbrexit,term,eu,7\n", ":2: weight 7 is out of range"),
    ];
    for (terms, expected) in cases {
        let folder = lexicon(terms);
        let output =
            stance(&["explain", "--lexicon", &folder.path().display().to_string(), "Brexit means Brexit."]);
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains(expected), "{}\nwanted: {expected}", err(&output));
    }
}

#[test]
fn a_spreadsheets_csv_is_read() {
    let folder = lexicon("\u{feff}term;kind;axis;weight;note\r\nbrexit;term;eu;-0,8;left\r\n\r\n");
    let output =
        stance(&["explain", "--lexicon", &folder.path().display().to_string(), "Holm said Brexit was done."]);
    let text = crate::support::out(&output);
    assert!(text.contains("eu        -0.80"), "{text}{}", err(&output));
}

#[test]
fn usage_mistakes_say_the_way_out() {
    let cases: [(&[&str], &str); 4] = [
        (&["run", "no/such/folder"], "no/such/folder: there is no such file or folder"),
        (&["run", "data/articles", "--compare", "2003"], "does not name two windows"),
        (&["run", "data/articles", "--language", "xx"], "no rules for language 'xx'; known: en, ru"),
        (&["run", "data/articles", "--actors", "no.toml"], "no.toml: the roster cannot be read"),
    ];
    for (args, expected) in cases {
        let output = stance(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(err(&output).contains(expected), "{}\nwanted: {expected}", err(&output));
    }
}

#[test]
fn bad_files_become_rows_and_never_stop_the_run() {
    let folder = folder(&[
        ("2003-06-05_good.txt", "Lukashenko said sovereignty was sacred."),
        ("2003-06-06_empty.txt", ""),
        ("notes.odt", "x"),
        ("2003-06-07_broken.md", "---\ntitle: x\nLukashenko said sovereignty was sacred.\n"),
        (
            "undated.txt",
            "Lukashenko said that the union of the two countries was necessary for both of them.",
        ),
        (
            "records.jsonl",
            "{\"text\": \"Lukashenko said sovereignty was sacred.\", \"date\": \"2004-01-01\", \"lang\": \"en\"}\n{oops\n",
        ),
    ]);
    std::fs::write(folder.path().join("2003-06-08_nul.txt"), b"a\0b").unwrap();
    let out = folder.path().join("out-here");
    let output = stance(&[
        "run",
        &folder.path().display().to_string(),
        "--out",
        &out.display().to_string(),
        "--language",
        "en",
    ]);
    assert!(output.status.success(), "{}", err(&output));
    let skipped = std::fs::read_to_string(out.join("skipped.csv")).unwrap();
    for reason in ["empty", "format", "front_matter", "encoding", "no_date", "record"] {
        assert!(skipped.contains(&format!(",{reason},")), "{reason}\n{skipped}");
    }
    let statements = std::fs::read_to_string(out.join("statements.csv")).unwrap();
    assert_eq!(
        crate::support::rows(&statements).iter().filter(|row| row["actor_id"] == "lukashenko").count(),
        3
    );
}
