//! `stance lexicon`: a broken lexicon with one of each defect, the shipped ones,
//! and texts that rest on a single word.

use crate::support::{err, folder, out, rows, stance};

const HEAD: &str = r#"id = "harbour"
name = "Harbour"
version = "1"
languages = ["en"]

[[axis]]
id = "harbour"
name = "Harbour"
negative = "close"
positive = "keep"
"#;

const BROKEN: &str = "term,kind,axis,weight
safe pier,term,harbour,0.5
safe pier,term,harbour,0.7
open gate,term,harbour,0.5
open gate,term,harbour,-0.5
and/or,term,harbour,0.5
ha*,term,harbour,0.4
quay*,term,harbour,0.6
quays,term,harbour,0.6
quayside,term,harbour,0.2
p\u{43e}rt,term,harbour,0.5
plain,appraisal,,0
strong,term,harbour,strong
";

const SOUND: &str = "term,kind,axis,weight
splendid,term,harbour,0.9
useful,term,harbour,0.5
rott*,term,harbour,-0.6
";

const RECORDS: &str = "id,text,actor,date
1,A splendid harbour.,Lind,2018-01-05
2,It is rotten.,Lind,2018-02-05
3,What splendid boats!,Lind,2019-03-05
4,The captain sails tomorrow.,Lind,2019-04-05
5,The captain eats.,Holm,2019-04-05
";

fn lexicon(terms: &str) -> tempfile::TempDir {
    folder(&[("lexicon.toml", HEAD), ("terms.en.csv", terms), ("records.csv", RECORDS)])
}

/// Runs a subcommand over the records with the sound lexicon.
fn over_records(command: &str, more: &[&str]) -> String {
    let place = lexicon(SOUND);
    let path = place.path().display().to_string();
    let records = format!("{path}/records.csv");
    let fixed = [
        "lexicon",
        command,
        "-q",
        "--no-roster",
        "--language",
        "en",
        "--lexicon",
        &path,
        "--unit",
        "statement",
    ];
    let output = stance(&[fixed.as_slice(), more, &[&records]].concat());
    assert!(output.status.success(), "{}", err(&output));
    out(&output).replace(&path, "DIR")
}

#[test]
fn every_defect_is_told_with_its_place_and_the_way_out() {
    let place = lexicon(BROKEN);
    let path = place.path().display().to_string();
    let output = stance(&["lexicon", "check", &path]);
    assert_eq!(output.status.code(), Some(2));
    insta::assert_snapshot!(out(&output).replace(&path, "DIR"), @"
    DIR/terms.en.csv: warning (imbalance): harbour: entries for 'keep' use 10 different words, for 'close' 2; look for words of 'close'; `stance lexicon coverage` shows what statements without a hit say
    DIR/terms.en.csv:3: error (duplicate): 'safe pier': stands at DIR/terms.en.csv:2 already with this kind and axis; keep one of the two rows
    DIR/terms.en.csv:5: error (contradiction): 'open gate': weighs -0.5 as a term here and 0.5 as a term at DIR/terms.en.csv:4; decide for one sign; if it depends on the company, write phrases instead
    DIR/terms.en.csv:6: error (unreachable): 'and/or': texts are cut into words otherwise ('and' 'or'), so 'and/or' never occurs as one; write words with blanks between them and without punctuation
    DIR/terms.en.csv:7: warning (short_glob): 'ha*': a word of 2 letters and '*' matches many unrelated words; give it 3 letters or more, or list its forms; `stance lexicon expand` shows them
    DIR/terms.en.csv:9: warning (shadowed): 'quays': 'quay*' at DIR/terms.en.csv:8 matches it already, with the same weight; leave it out, or give it a weight of its own
    DIR/terms.en.csv:11: error (homoglyph): 'pоrt': 'pоrt' mixes Latin and Cyrillic letters: 'о' (U+043E) is Cyrillic; type the word again in one keyboard layout
    DIR/terms.en.csv:12: error (no_effect): 'plain': an appraisal of weight 0 values nothing; give it a weight, or make it a term of weight 0 if it shall keep its words from others
    DIR/terms.en.csv:13: error (unreadable): weight 'strong' is not a number; use a number from -1 to 1
    ");
    assert!(err(&output).contains("11 entries: 6 errors, 3 warnings"), "{}", err(&output));
    // A run stops at the first of them, as it always did.
    let output = stance(&["lexicon", "coverage", "--lexicon", &path, "data/articles"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("terms.en.csv:3: 'safe pier' is already at"), "{}", err(&output));
}

#[test]
fn the_lexicons_that_come_with_stance_have_neither_errors_nor_warnings() {
    for name in ["integration-sovereignty", "sentiment"] {
        let output = stance(&["lexicon", "check", &format!("lexicons/{name}")]);
        assert!(output.status.success(), "{}{}", out(&output), err(&output));
        assert_eq!(out(&output), "");
    }
}

#[test]
fn entries_are_counted_by_language_kind_axis_and_pole() {
    let place = lexicon(SOUND);
    let path = place.path().display().to_string();
    insta::assert_snapshot!(out(&stance(&["lexicon", "stats", &path])), @"
    language  kind  axis     pole   entries  globs  phrases
    en        term  harbour  keep         2      0        0
    en        term  harbour  close        1      1        0
    ");
}

#[test]
fn what_a_lexicon_does_not_see_is_counted_with_its_words() {
    insta::assert_snapshot!(over_records("coverage", &["--most", "2"]), @"
    lexicon  language  statements  without_hit  share  hits_count_nothing
    harbour  en                 5            2  0.400                   0

    Frequent words of the statements without a hit:

    lexicon  language  word     statements  count
    harbour  en        captain           2      2
    harbour  en        eats              1      1
    ");
}

#[test]
fn globs_show_what_they_matched() {
    let table = rows(&over_records("expand", &["--format", "csv"]));
    assert_eq!(table.len(), 1);
    assert_eq!(table[0]["term"], "rott*");
    assert_eq!((table[0]["matched"].as_str(), table[0]["count"].as_str()), ("rotten", "1"));
    assert_eq!(table[0]["place"], "DIR/terms.en.csv:4");
}

#[test]
fn a_mean_that_rests_on_one_word_is_warned_of() {
    // (0.9 - 0.6 + 0.9) / 3 = 0.4; without "splendid" only -0.6 is left.
    let table = over_records("sensitivity", &["--actor", "Lind"]);
    // How wide a column is depends on where the temporary folder lies.
    let squeezed: Vec<String> = table
        .lines()
        .map(|line| {
            line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join("  ")
        })
        .collect();
    insta::assert_snapshot!(squeezed.join("\n"), @"
    Lind: mean on Harbour +0.400, n = 3, 2 terms fired

    left out  kind  place  statements  mean  change
    splendid  term  DIR/terms.en.csv:2  2  -0.600  -1.000
    rott*  term  DIR/terms.en.csv:4  1  +0.900  +0.500

    WARNING: this rests on few terms. Without 'splendid', the sign turns (-0.600); read the statements that hold them.
    ");
    let table = rows(&over_records("sensitivity", &["--compare", "2018,2019", "--format", "csv"]));
    // 0.9 - (0.9 - 0.6) / 2 = 0.75; without "rott*" both windows say 0.9.
    let rotten = table.iter().find(|row| row["term"] == "rott*").expect("a row");
    assert_eq!((rotten["value"].as_str(), rotten["without"].as_str()), ("+0.750", "+0.000"));
    // Without "splendid" nothing is left of the later window.
    let splendid = table.iter().find(|row| row["term"] == "splendid").expect("a row");
    assert_eq!(splendid["without"], "");
}

#[test]
fn stats_tell_the_rows_that_they_could_not_count() {
    let place = lexicon(BROKEN);
    let output = stance(&["lexicon", "stats", &place.path().display().to_string()]);
    assert!(output.status.success(), "{}", err(&output));
    let said = err(&output);
    assert!(
        said.contains("not counted: ") && said.contains("terms.en.csv:13: weight 'strong' is not a number"),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn a_quanteda_dictionary_becomes_a_lexicon_that_scores_the_same() {
    let place = folder(&[
        ("tone.yml", "good:\n  - splendid*\n  - safe pier\nbad:\n  - rott*\n  - clos?\nother:\n  - boat\n"),
        ("records.csv", "id,text\n1,A splendid and safe pier.\n2,It is rotten.\n3,A boat.\n"),
    ]);
    let path = |name: &str| place.path().join(name).display().to_string();
    let (from, to) = (path("tone.yml"), path("tone"));
    let fixed = ["lexicon", "convert", &from, "--out", &to, "--language", "en"];
    let run = |more: &[&str]| stance(&[&fixed[..], more].concat());
    let output = run(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("no key has a pole; name them with --poles"), "{}", err(&output));
    let poles = ["--poles", "good=tone:+,bad=tone:-"];
    let output = run(&poles);
    assert_eq!(output.status.code(), Some(2), "a loss is no success");
    assert!(err(&output).contains("lost: 'clos?' has '?' for one letter"), "{}", err(&output));
    assert!(
        err(&output).contains("lost: key 'other' has no pole: its 1 entries are left out"),
        "{}",
        err(&output)
    );
    assert!(!place.path().join("tone").exists());
    let output = run(&[&poles[..], &["--allow-loss"]].concat());
    assert!(output.status.success(), "{}", err(&output));
    assert!(out(&output).starts_with("3 entries: "), "{}", out(&output));
    let losses = std::fs::read_to_string(place.path().join("tone/losses.txt")).expect("losses");
    assert_eq!(losses.lines().count(), 2, "{losses}");
    let records = path("records.csv");
    let scored = stance(&[
        "score",
        "--unit",
        "statement",
        &records,
        "--lexicon",
        &to,
        "--method",
        "quanteda",
        "--language",
        "en",
    ]);
    assert!(scored.status.success(), "{}", err(&scored));
    let scores: Vec<String> = rows(&out(&scored)).iter().map(|row| row["tone"].clone()).collect();
    assert_eq!(scores, ["1", "-1", ""]);
}

#[test]
fn a_weighted_list_keeps_its_proportions() {
    let place = folder(&[("list.txt", "splendid\t3.2\t0.4\nuseful\t1.6\t0.5\nrotten\t-0.8\t0.9\n")]);
    let path = |name: &str| place.path().join(name).display().to_string();
    let (from, to) = (path("list.txt"), path("list"));
    let fixed = ["lexicon", "convert", &from, "--out", &to, "--language", "en"];
    let output = stance(&[&fixed[..], &["--greatest", "4"]].concat());
    assert!(output.status.success(), "{}", err(&output));
    let terms = std::fs::read_to_string(place.path().join("list/terms.en.csv")).expect("terms");
    assert_eq!(
        terms,
        "term,kind,axis,weight,note\nsplendid,term,list,0.8,\nuseful,term,list,0.4,\nrotten,term,list,-0.2,\n"
    );
    let checked = stance(&["lexicon", "stats", &to]);
    assert!(checked.status.success(), "{}", err(&checked));
}

#[test]
fn a_lexicoder_dictionary_keeps_its_poles_and_tells_what_it_leaves_out() {
    let place = folder(&[(
        "tone.lc3",
        "+negative#AA0000\nrott*\n+positive#00AA00\nsplendid*\n+neg_positive\nnot splendid*\n",
    )]);
    let path = |name: &str| place.path().join(name).display().to_string();
    let output = stance(&[
        "lexicon",
        "convert",
        &path("tone.lc3"),
        "--out",
        &path("tone"),
        "--language",
        "en",
        "--poles",
        "positive=tone:+,negative=tone:-",
        "--allow-loss",
    ]);
    assert!(output.status.success(), "{}", err(&output));
    assert!(
        err(&output)
            .contains("key 'neg_positive' has no pole: its 1 entries are left out; --method lsd turns")
    );
    let terms = std::fs::read_to_string(place.path().join("tone/terms.en.csv")).expect("terms");
    assert_eq!(
        terms,
        "term,kind,axis,weight,note\nrott*,term,tone,-1,negative\nsplendid*,term,tone,1,positive\n"
    );
}
