//! Every mistake that the formats allow, as a user makes it, and what stance says: one snapshot, to be read as
//! a person who wrote the file would read it. Each message names the file (or option), the line where
//! there is one, the words that are wrong, and what to do.

use crate::support::{err, stance};
use std::fmt::Write;

/// What is done, and with which files; DIR stands for the folder in which they lie.
struct Case {
    name: &'static str,
    args: Vec<String>,
    files: Vec<(&'static str, Vec<u8>)>,
}

fn case(name: &'static str, args: &[&str], files: &[(&'static str, &str)]) -> Case {
    Case {
        name,
        args: args.iter().map(|arg| arg.to_string()).collect(),
        files: files.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())).collect(),
    }
}

const HEAD: &str = "id = \"x\"\nname = \"X\"\nversion = \"1\"\nlanguages = [\"en\"]\n\n[[axis]]\nid = \"eu\"\nname = \"EU\"\nnegative = \"out\"\npositive = \"in\"\n";
const DERIVED: &str = "\n[[derived]]\nid = \"d\"\nname = \"D\"\nnegative = \"a\"\npositive = \"b\"\n";
const COLUMNS: &str = "term,kind,axis,weight\n";

/// A lexicon whose lexicon.toml has one thing changed.
fn lexicon(name: &'static str, from: &str, to: &str) -> Case {
    head(name, &HEAD.replacen(from, to, 1))
}

fn head(name: &'static str, head: &str) -> Case {
    let files = [("l/lexicon.toml", head), ("l/terms.en.csv", COLUMNS), ("l/terms.de.csv", COLUMNS)];
    case(name, &["explain", "--lexicon", "DIR/l", "x"], &files)
}

/// A lexicon with these rows.
fn terms(name: &'static str, rows: &str) -> Case {
    let terms = format!("{COLUMNS}{rows}");
    let files = [("l/lexicon.toml", HEAD), ("l/terms.en.csv", terms.as_str())];
    case(name, &["explain", "--lexicon", "DIR/l", "x"], &files)
}

fn lexicons() -> Vec<Case> {
    let explain = ["explain", "--lexicon", "DIR/l", "x"];
    let mut sheet = terms("terms.en.csv is a spreadsheet file", "");
    sheet.files[1].1 = b"PK\x03\x04\x14\0\x06\0\0\0\x08\0".to_vec();
    let small = [("l/lexicon.toml", HEAD), ("l/terms.en.csv", COLUMNS)];
    let calibrated = |name, rows| case(name, &explain, &[small[0], small[1], ("l/calibration.csv", rows)]);
    let two = [small[0], small[1], ("m/lexicon.toml", HEAD), ("m/terms.en.csv", COLUMNS)];
    vec![
        case("no such lexicon", &["explain", "--lexicon", "DIR/none", "x"], &[]),
        case(
            "lexicon.toml named instead of its folder",
            &["explain", "--lexicon", "DIR/l/lexicon.toml", "x"],
            &small,
        ),
        case(
            "two lexicons with one axis",
            &["explain", "--lexicon", "DIR/l", "--lexicon", "DIR/m", "x"],
            &two,
        ),
        lexicon("a quotation mark is missing", "\"X\"", "\"X"),
        lexicon("words without quotation marks", "\"X\"", "X"),
        lexicon("a key is misspelt", "version", "verson"),
        lexicon("a key is missing", "negative = \"out\"\n", ""),
        lexicon("a key stands twice", "version = \"1\"\n", "version = \"1\"\nversion = \"2\"\n"),
        lexicon("one language without brackets", "[\"en\"]", "\"en\""),
        lexicon("no axis", &HEAD[HEAD.find("\n[[axis]]").unwrap_or(0)..], ""),
        lexicon("an axis without an id", "id = \"eu\"", "id = \"\""),
        lexicon("an id with a blank", "id = \"eu\"", "id = \"the eu\""),
        lexicon("an axis named like a column", "id = \"eu\"", "id = \"text\""),
        head("an axis twice", &format!("{HEAD}{}", &HEAD[HEAD.find("\n[[axis]]").unwrap_or(0)..])),
        head(
            "a derived axis named like another",
            &format!("{HEAD}{}formula = {{ eu = 1.0 }}\n", DERIVED.replace("\"d\"", "\"eu\"")),
        ),
        head("a formula with an unknown axis", &format!("{HEAD}{DERIVED}formula = {{ uk = 1.0 }}\n")),
        head("a formula with a word", &format!("{HEAD}{DERIVED}formula = {{ eu = \"one\" }}\n")),
        lexicon("no terms for a language", "[\"en\"]", "[\"en\", \"ru\"]"),
        lexicon("a language without rules", "[\"en\"]", "[\"en\", \"de\"]"),
        case("terms.en.csv is empty", &explain, &[("l/lexicon.toml", HEAD), ("l/terms.en.csv", "")]),
        case(
            "a column is missing",
            &explain,
            &[("l/lexicon.toml", HEAD), ("l/terms.en.csv", "term,kind,weight\nbrexit,term,1\n")],
        ),
        sheet,
        terms("a weight in words", "brexit,term,eu,strong\n"),
        terms("a weight of 5", "brexit,term,eu,5\n"),
        terms("no weight", "brexit,term,eu,\n"),
        terms("an unknown kind", "brexit,noun,eu,1\n"),
        terms("an unknown axis", "brexit,term,uk,1\n"),
        terms("no axis in a row", "brexit,term,,1\n"),
        terms("no term", ",term,eu,1\n"),
        terms("an asterisk alone", "*,term,eu,1\n"),
        terms("a gap at the end", "leave ...,term,eu,1\n"),
        terms("a row said twice", "brexit,term,eu,1\nremain,term,eu,-1\nBrexit,term,eu,0.5\n"),
        terms("a comma in a term", "\"yes, we go\",term,eu,1\nyes, we leave,term,eu,1\n"),
        terms("an open quotation mark", "\"brexit,term,eu,1\nremain,term,eu,-1\n"),
        calibrated("fitted weights of another axis", "axis,feature,weight\nuk,a,1\n"),
        calibrated("a fitted weight in words", "axis,feature,weight\neu,a,much\n"),
    ]
}

const ACTOR: &str = "[[actor]]\nid = \"lind\"\nname = \"Ann Lind\"\nkind = \"person\"\n";
const OFFICE: &str = "\n[[actor.office]]\nrole = \"mp\"\ntitle = \"Member\"\ncountry = \"n\"\n";
const COUNTRY: &str = "[[country]]\nid = \"n\"\n\n";

fn rosters() -> Vec<Case> {
    let roster = |name, text: &str| {
        case(name, &["explain", "--actors", "DIR/actors.toml", "x"], &[("actors.toml", text)])
    };
    let held = |name, dates: &str| roster(name, &format!("{COUNTRY}{ACTOR}{OFFICE}{dates}"));
    vec![
        case("no such roster", &["explain", "--actors", "DIR/none.toml", "x"], &[]),
        roster("a roster that is a plain list", "Ann Lind, person\n"),
        roster("a key of an actor is misspelt", &format!("{ACTOR}alias.en = [\"Lind\"]\n")),
        roster("an actor without a name", "[[actor]]\nid = \"lind\"\nkind = \"person\"\n"),
        roster("two actors with one id", &format!("{ACTOR}\n{ACTOR}")),
        roster("an unknown kind of actor", &ACTOR.replace("\"person\"", "\"human\"")),
        roster("an unknown gender", &format!("{ACTOR}gender = \"f\"\n")),
        roster("names that are no list", &format!("{ACTOR}aliases.en = \"Anna Lind\"\n")),
        roster("an empty name", &format!("{ACTOR}aliases.en = [\"Anna Lind\", \"\"]\n")),
        roster("names in a language without rules", &format!("{ACTOR}aliases.de = [\"Anna Lind\"]\n")),
        roster("an actor of an unknown country", &format!("{ACTOR}country = \"n\"\n")),
        roster("an office in an unknown country", &format!("{ACTOR}{OFFICE}")),
        roster("an unknown role", &format!("{COUNTRY}{ACTOR}{}", OFFICE.replace("mp", "member"))),
        held("an office that ends before it begins", "from = 2010-01-01\nto = 2009-01-01\n"),
        held("a day in quotation marks", "from = \"2010-01-01\"\n"),
        held("a day that does not exist", "from = 2010-02-30\n"),
        held("a day the other way round", "from = 01.02.2010\n"),
    ]
}

fn articles(name: &'static str, more: &[&str], files: &[(&'static str, &str)]) -> Case {
    let mut args = vec!["run", "DIR/a", "--no-roster", "-q", "--out", "DIR/out"];
    args.extend(more);
    let mut all = vec![("a/2019-03-01_x.txt", "Ann Lind said that talks would go on in the capital.")];
    all.extend(files);
    case(name, &args, &all)
}

fn settings() -> Vec<Case> {
    let set = |name, text: &str| articles(name, &["--config", "DIR/stance.toml"], &[("stance.toml", text)]);
    vec![
        articles("no such settings", &["--config", "DIR/none.toml"], &[]),
        set("a setting is misspelt", "\ninputs = [\"a\"]\n"),
        set("a folder without brackets", "input = \"a\"\n"),
        set("a setting without a quotation mark", "period = \"year\n"),
        set("an unknown period", "# periods\nperiod = \"decade\"\n"),
        set("one window in the settings", "period = \"year\"\ncompare = \"2003\"\n"),
        set("a role in the settings that is none", "[col]\nspeaker = \"who\"\n"),
        set("a size in words", "max-article-bytes = \"big\"\n"),
        set("a format of dates without a day", "date-format = \"MM/YYYY\"\n"),
        set("a glob in the settings that is none", "include = [\"*.txt\"]\nexclude = [\"{a\"]\n"),
        set("a language in the settings without rules", "language = \"de\"\n"),
    ]
}

fn options() -> Vec<Case> {
    let events = |name, text: &str| articles(name, &["--events", "DIR/events.csv"], &[("events.csv", text)]);
    let table = [("t.csv", "id,words\n1,x\n")];
    vec![
        articles("no such list of events", &["--events", "DIR/none.csv"], &[]),
        events("an empty list of events", ""),
        events("events without a column date", "day,label\n2019-01-01,A vote\n"),
        events("an event without a day", "date,label\n2019-01-01,A vote\nsoon,A treaty\n"),
        events("an event without a label", "date,label\n2019-01-01,\n"),
        articles("one window", &["--compare", "2003"], &[]),
        articles("three windows", &["--compare", "2003,2004,2005"], &[]),
        articles("windows in words", &["--compare", "then,now"], &[]),
        articles("a month that is none", &["--compare", "2003-13,2019"], &[]),
        articles("windows that overlap", &["--compare", "2003..2013,2010..2019"], &[]),
        articles("a window within another", &["--compare", "2003..2019,2010-03-01..2012"], &[]),
        articles("a window that runs backwards", &["--compare", "2013..2003,2019"], &[]),
        articles("--col without a role", &["--col", "body"], &[]),
        articles("--col with a role that is none", &["--col", "speaker=who"], &[]),
        articles("--col with a role twice", &["--col", "text=a,text=b"], &[]),
        case("--col with a column that is not there", &["score", "DIR/t.csv", "--col", "text=body"], &table),
        case(
            "--col with a column that records do not have",
            &["score", "DIR/t.csv", "--unit", "statement", "--col", "text=body"],
            &table,
        ),
        articles("--date-format in words", &["--date-format", "european"], &[]),
        articles("--include with an open brace", &["--include", "{a"], &[]),
        articles("--include that nothing fits", &["--include", "*.doc"], &[]),
        articles("--max-article-bytes in words", &["--max-article-bytes", "ten"], &[]),
        articles("--input-format that is none", &["--input-format", "xlsx"], &[]),
        articles("--language without rules", &["--language", "de"], &[]),
        articles("--threads 0", &["--threads", "0"], &[]),
        case("no such folder", &["run", "DIR/none"], &[]),
        case("no input at all", &["score", "--config", "DIR/stance.toml"], &[("stance.toml", "\n")]),
        case("a folder with nothing that can be read", &["run", "DIR/a"], &[("a/x.pdf", "x")]),
        case("a glob that nothing fits", &["run", "DIR/a/*.docx"], &[("a/x.txt", "x")]),
    ]
}

fn tables() -> Vec<Case> {
    let coded = |name, codes: &str| {
        case(
            name,
            &["evaluate", "DIR/codes.csv", "--items", "DIR/items.csv"],
            &[("codes.csv", codes), ("items.csv", "id,text\n1,x\n")],
        )
    };
    vec![
        case("no such table of scores", &["trend", "DIR/none.csv"], &[]),
        case(
            "a table without scores",
            &["trend", "DIR/t.csv"],
            &[("t.csv", "actor,date,article\nLind,2019,a\n")],
        ),
        case(
            "no row with a day",
            &["trend", "DIR/t.csv", "--out", "DIR/out"],
            &[("t.csv", "actor,date,article,value\nLind,soon,a,0.5\n")],
        ),
        coded("codes without a column of the axis", "id,who\n1,a\n"),
        coded("a code in words", "id,coder,position\n1,ann,high\n"),
        case("verify of a folder that is no run", &["verify", "DIR/a"], &[("a/x.txt", "x")]),
    ]
}

fn told(case: &Case) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in &case.files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
    let home = folder.path().display().to_string();
    let args: Vec<String> = case.args.iter().map(|arg| arg.replace("DIR", &home)).collect();
    let output = stance(&args.iter().map(String::as_str).collect::<Vec<_>>());
    (output.status.code(), err(&output).trim().replace(&home, "DIR"))
}

#[test]
fn every_mistake_is_told_with_its_place_and_the_way_out() {
    let mut all = lexicons();
    all.extend(rosters());
    all.extend(settings());
    all.extend(options());
    all.extend(tables());
    assert!(all.len() >= 80, "{}", all.len());
    let mut written = String::new();
    let mut silent = Vec::new();
    for case in &all {
        let (code, said) = told(case);
        // 2: the user's files or options are at fault; 1: there was nothing to do.
        if !matches!(code, Some(1 | 2)) || !said.starts_with("stance: ") || !said.contains("; ") {
            silent.push(format!("{} [{code:?}] {said}", case.name));
        }
        for internal in ["Err(", "Some(", "panicked"] {
            assert!(!said.contains(internal), "{}: {said}", case.name);
        }
        writeln!(written, "{}\n  {}", case.name, said.trim_start_matches("stance: ")).expect("memory");
    }
    assert!(silent.is_empty(), "not told, or without a remedy:\n{}", silent.join("\n"));
    insta::assert_snapshot!(written);
}
