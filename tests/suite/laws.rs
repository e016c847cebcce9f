//! Laws that hold for any text: the chain segment -> attribute -> date -> score
//! never panics, and spans lie in the text on character borders.

use crate::support::repository;
use proptest::prelude::*;
use stancetrack::model::{Article, DateBasis, Published};
use stancetrack::pipeline::{Resources, article_rows};
use stancetrack::score::Method;
use std::sync::LazyLock;

static RESOURCES: LazyLock<Resources> = LazyLock::new(|| {
    let languages = repository("lexicons/languages");
    let roster =
        stancetrack::ingest::roster(&repository("data/actors/belarus-russia.toml"), &languages).unwrap();
    let lexicons = ["integration-sovereignty", "sentiment"]
        .map(|name| stancetrack::ingest::lexicon(&repository("lexicons").join(name)).unwrap());
    let languages = stancetrack::ingest::languages(&languages).unwrap();
    Resources::new(languages, &roster, lexicons.to_vec(), Method::Compositional)
});

fn article(body: String, language: &str) -> Article {
    Article {
        id: "x".into(),
        place: "x".into(),
        published: Some(Published::on("2019-03-01".parse().unwrap(), DateBasis::Metadata)),
        language: language.into(),
        body,
        ..Article::default()
    }
}

fn check(article: &Article) {
    for row in article_rows(article, &RESOURCES) {
        for span in &row.statement.content {
            assert!(article.body.get(span.start..span.end).is_some_and(|words| !words.is_empty()));
        }
        for span in row.statement.cue.iter().chain(&row.statement.speaker.mention) {
            assert!(article.body.get(span.start..span.end).is_some());
        }
        if let Some(said) = &row.said {
            assert!(said.from <= said.to && said.from <= "2019-03-01".parse().unwrap());
        }
        for scored in &row.scored {
            for score in &scored.scores {
                if let Ok(value) = score.value {
                    assert!((-1.0..=1.0).contains(&value), "{}", score.axis);
                }
            }
            for hit in &scored.hits {
                assert!((-1.0..=1.0).contains(&hit.contribution));
                assert!(article.body.get(hit.span.start..hit.span.end).is_some());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_is_survived(body in "(?s).{0,300}") {
        check(&article(body.clone(), "en"));
        check(&article(body, "ru"));
    }

    #[test]
    fn odd_news_is_survived(words in proptest::collection::vec(
        prop::sample::select(vec![
            "Lukashenko", "said", "that", "sovereignty", "is", "not", "sacred", ",", ".", "“", "”", "\"", "''",
            "«", "»", "–", "he", "according to", "in 2003", ", 2009", "and", "30 February", "on Monday", "but",
            "if", "\n\n", ":", "Putin", "who", "denied", "the Belarusian leader", "union", "заявил", "по его словам",
            "Лукашенко", "не", "суверенитет", "в феврале 2019 года", "?", "Question:", "(", ")", "т.е.", "г.",
            "—", "что", "как", "заявила", "президент", "Белоруссии", "Анна", "Бельской", "А.", "и", "она", "который",
        ]), 0..60)) {
        let body = words.join(" ");
        check(&article(body.clone(), "en"));
        check(&article(body, "ru"));
    }
}

#[test]
fn long_text_of_one_kind_stays_fast() {
    for piece in ["said ", "“", "\" ", "Lukashenko ", "a", "2003, ", "not ", "(", "said. "] {
        let body = piece.repeat(100_000 / piece.len());
        let start = std::time::Instant::now();
        check(&article(body, "en"));
        // Not a benchmark: a guard against quadratic time, with much room.
        assert!(start.elapsed().as_secs() < 20, "{piece}: {:?}", start.elapsed());
    }
}

#[test]
fn time_expressions_are_read_in_both_languages() {
    // Published on Friday, 1 March 2019.
    let cases = [
        ("en", "He said on Monday that it rained.", "2019-02-25", "2019-02-25"),
        ("en", "He said yesterday that it rained.", "2019-02-28", "2019-02-28"),
        ("en", "He said in December that it rained.", "2018-12-01", "2018-12-31"),
        ("en", "He said in December 2017 that it rained.", "2017-12-01", "2017-12-31"),
        ("en", "On February 13, 2019, he said that it rained.", "2019-02-13", "2019-02-13"),
        ("en", "On 13 and 14 February he said that it rained.", "2019-02-13", "2019-02-14"),
        ("en", "Last week he said that it rained.", "2019-02-18", "2019-02-24"),
        ("en", "Two years ago he said that it rained.", "2017-01-01", "2017-12-31"),
        ("en", "In the 1990s he said that it rained.", "1990-01-01", "1999-12-31"),
        ("en", "In the spring of 2004 he said that it rained.", "2004-03-01", "2004-05-31"),
        ("en", "He said that it rained in 2003.", "2019-03-01", "2019-03-01"),
        ("en", "He told 2000 people that it rained.", "2019-03-01", "2019-03-01"),
        ("en", "On 30 February he said that it rained.", "2019-02-01", "2019-02-28"),
        ("ru", "В понедельник он заявил, что идет дождь.", "2019-02-25", "2019-02-25"),
        ("ru", "В феврале 2018 года он заявил, что идет дождь.", "2018-02-01", "2018-02-28"),
        ("ru", "13 февраля он заявил, что идет дождь.", "2019-02-13", "2019-02-13"),
        ("ru", "13–15 февраля 2019 года он заявил, что идет дождь.", "2019-02-13", "2019-02-15"),
        ("ru", "Накануне он заявил, что идет дождь.", "2019-02-28", "2019-02-28"),
        ("ru", "В прошлом году он заявил, что идет дождь.", "2018-01-01", "2018-12-31"),
        ("ru", "В 2003 году он заявил, что идет дождь.", "2003-01-01", "2003-12-31"),
        ("ru", "Неделю назад он заявил, что идет дождь.", "2019-02-22", "2019-02-22"),
        ("ru", "Весной 2004 года он заявил, что идет дождь.", "2004-03-01", "2004-05-31"),
    ];
    for (language, body, from, to) in cases {
        let rows = article_rows(&article(body.into(), language), &RESOURCES);
        let said = rows.iter().find(|row| row.statement.cue.is_some()).and_then(|row| row.said.clone());
        let said = said.unwrap_or_else(|| panic!("{body}: {rows:?}"));
        assert_eq!((said.from.to_string().as_str(), said.to.to_string().as_str()), (from, to), "{body}");
    }
}

/// What is known of an article that was published some time in March 2019.
#[test]
fn from_a_month_of_publication_no_day_is_counted() {
    use stancetrack::model::{Precision, Said, Scope};
    let (names, language) = (&RESOURCES.names, RESOURCES.language("en").expect("English"));
    let day = |text: &str| text.parse().unwrap();
    let (from, to) = (day("2019-03-01"), day("2019-03-31"));
    let march = Said { from, to, precision: Precision::Month, expression: None };
    let cases = [
        ("yesterday", "2019-03-01..2019-03-31 month"),
        ("on Monday", "2019-03-01..2019-03-31 month"),
        ("this week", "2019-03-01..2019-03-31 month"),
        ("on 12 May 2019", "2019-03-01..2019-03-31 month"),
        ("on 12 March", "2019-03-12..2019-03-12 day"),
        ("last month", "2019-02-01..2019-02-28 month"),
        ("in December", "2018-12-01..2018-12-31 month"),
        ("two years ago", "2017-01-01..2017-12-31 year"),
    ];
    for (time, expected) in cases {
        let body = format!("Ann Lind said {time} that it rained.");
        let article = article(body.clone(), "en");
        let text = stancetrack::segment::text(&body, &[], language);
        let mut attributed =
            stancetrack::attribute::statements(&article, &text, names, language, Scope::default());
        stancetrack::date::assign(&mut attributed, &text, &body, Some(&march), language);
        let statement = attributed.statements.iter().find(|found| found.cue.is_some()).expect("a statement");
        let said: Vec<String> = statement
            .said
            .iter()
            .map(|said| format!("{}..{} {}", said.from, said.to, said.precision.as_str()))
            .collect();
        assert_eq!(said, [expected], "{body}");
    }
}
