//! When things were said, in sentences of our own, English and Russian: 19 in 20
//! cases must come out as a careful reader would date them. The later sets of a
//! language were written after the rules for those before and before they were
//! tried on them.

use crate::support::{err, folder, out, repository, rows, stance};
use chrono::{Days, Months, NaiveDate};
use proptest::prelude::*;
use serde::Deserialize;
use stancetrack::model::{Article, DateBasis, Form, Published, Roster, Row};
use stancetrack::pipeline::{Resources, article_rows};
use stancetrack::score::Method;
use std::collections::BTreeSet;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    text: String,
    #[serde(default = "friday")]
    date: String,
    /// Words of a statement, a colon, and when it was made.
    said: Vec<String>,
}

fn friday() -> String {
    "2019-03-01".into()
}

fn resources(roster: Option<&str>) -> Resources {
    let folder = repository("lexicons/languages");
    let roster = roster
        .map_or(Roster::default(), |path| stancetrack::ingest::roster(&repository(path), &folder).unwrap());
    let languages = stancetrack::ingest::languages(&folder).unwrap();
    Resources::new(languages, &roster, Vec::new(), Method::Compositional)
}

static UNLISTED: LazyLock<Resources> = LazyLock::new(|| resources(None));
static INVENTED: LazyLock<Resources> =
    LazyLock::new(|| resources(Some("tests/suite/sentences/ru/actors.toml")));

fn read(body: &str, published: &str, language: &str) -> Vec<Row> {
    let article = Article {
        id: "x".into(),
        place: "x".into(),
        published: Some(Published::on(published.parse().unwrap(), DateBasis::Metadata)),
        language: language.into(),
        body: body.into(),
        ..Article::default()
    };
    article_rows(&article, if language == "ru" { &INVENTED } else { &UNLISTED })
}

/// `2019-02-13`, `2018-12`, `2003`, `1990s`, `A..B unit` or `published` as
/// `first..last unit`.
fn spelled_out(told: &str) -> String {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_else(|_| panic!("'{told}' is no date"));
    match (told, told.split_once(' '), told.len()) {
        ("published", _, _) => told.into(),
        (_, Some((range, unit)), _) => {
            let (from, to) = range.split_once("..").expect("two days");
            format!("{}..{} {unit}", day(from), day(to))
        }
        (_, None, 10) => format!("{}..{} day", day(told), day(told)),
        (_, None, 7) => {
            let from = day(&format!("{told}-01"));
            format!("{from}..{} month", from + Months::new(1) - Days::new(1))
        }
        (_, None, 5) => format!("{}-01-01..{}9-12-31 decade", &told[..4], &told[..3]),
        _ => format!("{told}-01-01..{told}-12-31 year"),
    }
}

fn dated(row: &Row) -> String {
    match &row.said {
        None => "none".into(),
        Some(said) if said.expression.is_none() => "published".into(),
        Some(said) => format!("{}..{} {}", said.from, said.to, said.precision.as_str()),
    }
}

fn check(language: &str) {
    let folder = repository("tests/suite/dates").join(language);
    let (mut all, mut right) = (0, 0);
    let mut wrong = String::new();
    for set in ["dates.toml", "second_dates.toml", "third_dates.toml"] {
        let text = std::fs::read_to_string(folder.join(set)).expect("the cases");
        let cases: Cases = toml::from_str(&text).expect("they parse");
        for case in &cases.case {
            let rows = read(&case.text, &case.date, language);
            let expected: Vec<(&str, String)> = case
                .said
                .iter()
                .map(|told| told.rsplit_once(": ").expect("words and a date"))
                .map(|(words, told)| (words, spelled_out(told)))
                .collect();
            let words: BTreeSet<&str> = expected.iter().map(|(words, _)| *words).collect();
            let mut fits = true;
            for words in words {
                let of = |wanted: &&(&str, String)| wanted.0 == words;
                let wanted: BTreeSet<String> =
                    expected.iter().filter(of).map(|(_, told)| told.clone()).collect();
                let spoken = rows.iter().filter(|row| row.statement.form != Form::Author);
                let found: BTreeSet<String> =
                    spoken.filter(|row| row.text.contains(words)).map(dated).collect();
                if wanted != found {
                    fits = false;
                    wrong += &format!("{}\n    {words}: {wanted:?}, found {found:?}\n", case.text);
                }
            }
            all += 1;
            right += usize::from(fits);
        }
    }
    eprintln!("{language}: {right} of {all}. Not as expected:\n{wrong}");
    assert!(all >= 80);
    assert!(right * 20 >= all * 19, "{language}: {right} of {all}\n{wrong}");
}

#[test]
fn english_statements_are_dated_as_a_careful_reader_would() {
    check("en");
}

#[test]
fn russian_statements_are_dated_as_a_careful_reader_would() {
    check("ru");
}

/// Two cases on which HeidelTime is known to have failed (its issues 73 and 42).
#[test]
fn the_year_before_last_and_next_friday_afternoon() {
    let rows = read("The year before last, Ann Lind said that it rained.", "2019-03-01", "en");
    let row = rows.iter().find(|row| row.statement.cue.is_some()).expect("a statement");
    assert_eq!(dated(row), "2017-01-01..2017-12-31 year");
    let rows = read("Ann Lind said next Friday afternoon that it rained.", "2019-03-01", "en");
    let row = rows.iter().find(|row| row.statement.cue.is_some()).expect("a statement");
    assert_eq!(dated(row), "published");
    let note = row.statement.date_note.as_deref();
    assert_eq!(note, Some("“next Friday afternoon” lies after the publication and was refused"));
}

#[test]
fn names_with_a_day_or_a_year_in_them_are_no_dates() {
    for text in [
        "Ann Lind told the Sunday Times that it rained.",
        "Commenting on the 1999 Union Treaty, Ann Lind said that it rained.",
        "May said that it rained.",
        "Ann Lind told 2000 people that it rained.",
    ] {
        let rows = read(text, "2019-03-01", "en");
        let row = rows.iter().find(|row| row.statement.cue.is_some()).expect("a statement");
        assert_eq!(dated(row), "published", "{text}");
    }
}

#[test]
fn tables_and_explain_show_the_words_that_decided() {
    let folder = folder(&[(
        "2019-03-01_news.txt",
        "In 2013 Ann Lind said that the harbour was for sale. Two years earlier Lind had said that it was holy.\n\nOn 5 March 2019 Peter Holm said that the road was safe.",
    )]);
    let place = folder.path().display().to_string();
    let output = stance(&["score", "--language", "en", "--no-roster", "-q", &place]);
    assert!(output.status.success(), "{}", err(&output));
    let table = rows(&out(&output));
    let cells = |words: &str| {
        let row = table.iter().find(|row| row["text"].contains(words) && row["form"] != "author");
        let row = row.unwrap_or_else(|| panic!("{words}: {table:?}"));
        ["said_from", "said_to", "said_precision", "date_basis", "said_words", "said_note"]
            .map(|column| row[column].clone())
    };
    assert_eq!(cells("for sale"), ["2013-01-01", "2013-12-31", "year", "expression", "2013", ""]);
    assert_eq!(
        cells("holy"),
        ["2011-01-01", "2011-12-31", "year", "expression", "Two years earlier", "counted from “2013”"]
    );
    let refused = "“5 March 2019” lies after the publication and was refused";
    assert_eq!(cells("safe"), ["2019-03-01", "2019-03-01", "day", "published", "", refused]);

    let text = "Ann Lind said on Monday that the harbour was holy.";
    let output = stance(&["explain", "--language", "en", "--published", "2019-03-01", text]);
    assert!(out(&output).contains("said      2019-02-25 (day), from “Monday”"), "{}", out(&output));
}

#[test]
fn an_article_may_know_no_more_than_its_month_or_year() {
    let folder = folder(&[
        (
            "monthly.md",
            "---\npublished: 2019-03\n---\n\nAnn Lind said on Monday that the harbour was holy.\n",
        ),
        (
            "yearly.md",
            "---\npublished: \"2019\"\n---\n\nAnn Lind said two years ago that the pier was safe.\n",
        ),
        ("2019-03-05_daily.md", "---\npublished: 2019-03\n---\n\nAnn Lind said on Monday that it snowed.\n"),
        ("2024-01-02_scan.md", "---\npublished: 2019-03\n---\n\nAnn Lind said that the well was deep.\n"),
    ]);
    let place = folder.path().display().to_string();
    let output = stance(&["score", "--language", "en", "--no-roster", "-q", &place]);
    assert!(output.status.success(), "{}", err(&output));
    let table = rows(&out(&output));
    let cells = |words: &str| {
        let row = table.iter().find(|row| row["text"].contains(words) && row["form"] != "author");
        let row = row.unwrap_or_else(|| panic!("{words}: {table:?}"));
        ["said_from", "said_to", "said_precision", "date_basis", "published", "published_precision"]
            .map(|column| row[column].clone())
    };
    let month = ["2019-03-01", "2019-03-31", "month", "published", "2019-03-01", "month"];
    assert_eq!(cells("holy"), month);
    assert_eq!(cells("pier"), ["2017-01-01", "2017-12-31", "year", "expression", "2019-01-01", "year"]);
    // A day in the file's name is better than the month in the front matter that it lies in,
    assert_eq!(cells("snowed"), ["2019-03-04", "2019-03-04", "day", "expression", "2019-03-05", "day"]);
    // and no better than one in which it does not lie.
    assert_eq!(cells("well"), month);
}

#[test]
fn trends_go_by_the_day_of_the_statement_or_of_the_article() {
    let periods = |by: &str| -> BTreeSet<String> {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("sample").display().to_string();
        let article = "data/articles/2019-03-06_changed-view.md";
        let output = stance(&["run", article, "--period", "year", "--date-by", by, "--out", &target]);
        assert!(output.status.success(), "{}", err(&output));
        let table = |name: &str| rows(&std::fs::read_to_string(format!("{target}/{name}")).unwrap());
        // The table of statements keeps both.
        let statements = table("statements.csv");
        assert!(
            statements.iter().any(|row| row["published"] == "2019-03-06" && row["said_from"] == "2003-01-01")
        );
        let points = table("trend.csv");
        points.iter().filter(|row| row["n_statements"] != "0").map(|row| row["period"].clone()).collect()
    };
    assert_eq!(periods("said"), ["2003", "2009", "2019"].map(String::from).into());
    assert_eq!(periods("published"), ["2019"].map(String::from).into());
}

const ENGLISH: [&str; 48] = [
    "Ann Lind",
    "said",
    "that",
    "it rained",
    ",",
    ".",
    "“",
    "”",
    "in",
    "on",
    "the",
    "of",
    "and",
    "between",
    "from",
    "to",
    "2003",
    "2019",
    "2024",
    "1990s",
    "13",
    "31",
    "February",
    "mid-March",
    "December",
    "Monday",
    "next",
    "last",
    "this",
    "previous",
    "same",
    "year",
    "week",
    "day",
    "half",
    "first",
    "early",
    "late",
    "two",
    "years",
    "ago",
    "earlier",
    "later",
    "before",
    "tomorrow",
    "yesterday",
    "02/13/2021",
    "now",
];

const RUSSIAN: [&str; 48] = [
    "Громов",
    "заявил",
    "что",
    "идет дождь",
    ",",
    ".",
    "«",
    "»",
    "в",
    "на",
    "с",
    "по",
    "до",
    "и",
    "между",
    "после",
    "2003",
    "2019",
    "2024 года",
    "1990-х",
    "90-е",
    "13",
    "31",
    "февраля",
    "декабре",
    "понедельник",
    "следующий",
    "прошлой",
    "этого",
    "предыдущий",
    "тот же",
    "году",
    "неделе",
    "день",
    "половине",
    "первой",
    "начале",
    "конце",
    "два",
    "года",
    "назад",
    "ранее",
    "спустя",
    "через",
    "завтра",
    "накануне",
    "13.02.2021",
    "теперь",
];

fn never_after_publication(body: &str, language: &str) {
    let published: NaiveDate = "2019-03-01".parse().unwrap();
    for row in read(body, "2019-03-01", language) {
        let said = row.said.expect("there is a publication date");
        assert!(said.from <= said.to && said.to <= published, "{body}: {said:?}");
        if let Some(span) = said.expression {
            assert!(body.get(span.start..span.end).is_some_and(|words| !words.is_empty()), "{body}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn nothing_was_said_after_it_was_printed(
        english in proptest::collection::vec(prop::sample::select(ENGLISH.to_vec()), 0..24),
        russian in proptest::collection::vec(prop::sample::select(RUSSIAN.to_vec()), 0..24),
    ) {
        never_after_publication(&english.join(" "), "en");
        never_after_publication(&russian.join(" "), "ru");
        never_after_publication(&format!("{} Ann Lind said that it rained.", english.join(" ")), "en");
        never_after_publication(&format!("{} Громов заявил, что идет дождь.", russian.join(" ")), "ru");
    }

    #[test]
    fn any_text_is_dated(body in "(?s)[0-9 ./a-zа-я’'–—-]{0,80}") {
        never_after_publication(&format!("In {body} Ann Lind said in {body} that it rained."), "en");
        never_after_publication(&format!("В {body} Громов заявил, что идет дождь."), "ru");
    }
}
