//! `index.html`: findings, charts, statements and their evidence in one file
//! that needs no network.
//!
//! minijinja escapes all text. The templates, the style sheet and the script are in `templates/`.
//!
//! Every text of an article is a stranger's text. It reaches the page in two
//! ways only: through the templates, which escape it, and through the data of
//! the script, which cannot end its element (see `json`). Beyond that the
//! page's own policy forbids every script but its own and every fetch.

pub(crate) mod actors;
pub(crate) mod assets;
pub(crate) mod content;
pub(crate) mod data;
pub(crate) mod findings;
pub(crate) mod link;
pub(crate) mod pictures;
pub(crate) mod policy;
pub(crate) mod provenance;
pub(crate) mod runs;
pub(crate) mod sections;
pub(crate) mod view;

pub use crate::report::page::content::{Evidence, Page, PageAxis, Skips};
pub use crate::report::page::data::choice::BUDGET;
pub use crate::report::page::data::entry::{Accounts, Sum};
pub use crate::report::page::pictures::{Picture, Spot, pictures};
pub use crate::report::page::view::plain;

use crate::error::{Error, Result};
use crate::report::page::assets::TEMPLATES;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use std::io::Write;
use std::path::Path;

/// Writes the page.
pub fn page(path: &Path, page: &Page, evidence: Evidence) -> Result<()> {
    let place = path.display().to_string();
    let parts = html(page, evidence).map_err(|cause| {
        Error::run(&place, "the report cannot be made", "please report this").because(cause)
    })?;
    std::fs::File::create(path)
        .and_then(|mut file| parts.iter().try_for_each(|part| file.write_all(part.as_bytes())))
        .and_then(|()| crate::report::seal::seal(path))
        .map_err(|cause| Error::run(&place, "the report cannot be written", "check the disk").because(cause))
}

/// The page in parts: before the data of the script, the data, and what follows.
fn html(page: &Page, evidence: Evidence) -> std::result::Result<Vec<String>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.add_filter("anchor", |text: String| link::encode(&text));
    for (name, source) in TEMPLATES {
        environment.add_template(name, source)?;
    }
    let (sections, data) = sections::sections(page, evidence);
    let mut before = environment.get_template("page.html")?.render(Serde(&sections))?;
    let place = before.find(sections::DATA).unwrap_or(before.len());
    let after = before.split_off(place).replacen(sections::DATA, "", 1);
    Ok([before].into_iter().chain(data).chain([after]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Article, Axis, Counting, Event, Row, Skipped};
    use crate::model::{CueClass, Form, Score, Scored, Span, Speaker, Statement};
    use crate::report::Manifest;
    use crate::report::page::assets::{SCRIPT, STYLE};
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn row(text: &str, name: &str) -> (Row, Article) {
        let article = Article {
            id: format!("id {name}"),
            place: format!("{name}.txt"),
            title: Some(name.into()),
            published: None,
            source: Some(name.into()),
            language: "en".into(),
            body: text.into(),
            excluded: Vec::new(),
            url: None,
            author: None,
            extracted: false,
        };
        let statement = Statement {
            content: vec![Span::new(0, text.len())],
            cue: Some(Span::new(0, text.len())),
            cue_class: CueClass::Neutral,
            form: Form::Direct,
            speaker: Speaker {
                mention: Some(Span::new(0, text.len())),
                name: name.into(),
                actor: None,
                speaks_for: Some(name.into()),
                office: None,
                because: name.into(),
            },
            sentence: 0,
            said: Vec::new(),
            date_note: Some(name.into()),
        };
        let score = Score {
            axis: "eu".into(),
            value: Ok(0.5),
            hits: 1,
            poles: (1, 0),
            parts: vec![(name.into(), 0.5, 1.0)],
        };
        let row = Row {
            id: format!("{name}#1"),
            article: article.id.clone(),
            source: article.source.clone(),
            published: None,
            language: "en".into(),
            text: text.into(),
            statement,
            said: None,
            scored: vec![Scored { scores: vec![score], hits: Vec::new() }],
            duplicate_of: Some(name.into()),
        };
        (row, article)
    }

    fn rendered(text: &str, name: &str) -> String {
        let (row, article) = row(text, name);
        let mut evidence = Evidence::new(Some("eu".into()), BTreeSet::new(), BUDGET, Counting::default());
        evidence.take(&row, &article, &Accounts::default);
        let axis = Axis { id: "eu".into(), name: name.into(), negative: name.into(), positive: name.into() };
        let manifest = Manifest {
            configuration: serde_json::json!({ "inputs": name }),
            resources: BTreeMap::from([(name.into(), name.into())]),
            warnings: vec![name.into()],
            ..Manifest::new()
        };
        let mut skipped = Skips::default();
        skipped.take(Skipped { path: name.into(), reason: name.into(), detail: name.into() });
        let page = Page {
            axes: vec![PageAxis { axis, formula: BTreeMap::from([("eu".into(), 1.0)]) }],
            main: 0,
            points: &[],
            shifts: &[],
            breaks: &[],
            slopes: &[],
            events: &[Event { day: Default::default(), label: name.into(), source: name.into() }],
            pictures: vec![Picture {
                id: "position".into(),
                title: name.into(),
                summary: name.into(),
                light: "<svg></svg>".into(),
                dark: "<svg></svg>".into(),
                size: (16, 9),
                spots: vec![Spot { x: 1.0, y: 1.0, radius: 1.0, key: name.into(), title: name.into() }],
            }],
            skipped: &skipped,
            manifest: &manifest,
            folder: Path::new("reports/x"),
        };
        html(&page, evidence).expect("a page").concat()
    }

    /// All tags of a page with the names of their attributes, in order; what is
    /// neither in quotes nor in a tag is left out.
    fn tags(html: &str) -> Vec<String> {
        let html = html.replace(SCRIPT, "").replace(STYLE, "");
        let mut tags = Vec::new();
        for part in html.split('<').skip(1) {
            let mut quoted = false;
            let inside = part.chars().take_while(|c| {
                quoted ^= *c == '"';
                *c != '>' || quoted
            });
            let inside: String = inside.collect();
            let outside_quotes: Vec<&str> = inside.split('"').step_by(2).collect();
            tags.push(outside_quotes.concat());
        }
        tags
    }

    #[test]
    fn hostile_text_stands_in_the_page_as_text() {
        let attack = "</script><script>alert(1)</script>\"><img src=x onerror='alert(2)'>{{ 7*7 }}";
        let page = rendered(attack, attack);
        assert_eq!(tags(&page), tags(&rendered("word", "word")));
        assert_eq!(page.matches("<script").count(), 2);
        assert!(!page.contains("<img"));
        let shown = "&lt;&#x2f;script&gt;&lt;script&gt;alert(1)&lt;&#x2f;script&gt;&quot;&gt;&lt;img src=x \
                     onerror=&#x27;alert(2)&#x27;&gt;{{ 7*7 }}";
        assert!(page.contains(shown), "{page}");
    }

    #[test]
    fn the_same_results_give_the_same_page() {
        let first = rendered("They said no.", "Ann");
        for _ in 0..10 {
            assert_eq!(rendered("They said no.", "Ann"), first);
        }
    }

    #[test]
    fn the_policy_names_the_script_and_the_style_that_stand_in_the_page() {
        let page = rendered("word", "word");
        let between = |start: &str, end: &str| {
            let from = page.rfind(start).expect(start) + start.len();
            page[from..from + page[from..].find(end).expect(end)].to_string()
        };
        let (script, style) = (between("<script>", "</script>"), between("<style>", "</style>"));
        let escaped = policy::policy(&script, &style).replace('\'', "&#x27;").replace('/', "&#x2f;");
        assert!(page.contains(&format!("content=\"{escaped}\"")));
        assert!(escaped.starts_with("default-src &#x27;none&#x27;"));
        // Inline handlers and style attributes would be stopped by the policy.
        assert!(tags(&page).iter().all(|tag| !tag.contains(" on") && !tag.contains(" style=")));
    }

    #[test]
    fn what_does_not_fit_is_left_out_in_the_order_of_choice_and_told() {
        let (first, article) = row("a statement of some length", "Ann");
        let mut author = first.clone();
        author.statement.form = Form::Author;
        author.id = "Ann#2".into();
        let mut unscored = first.clone();
        unscored.scored.clear();
        unscored.id = "Ann#3".into();
        let scored = Row { id: "Ann#4".into(), duplicate_of: None, ..first };
        let mut listed = scored.clone();
        listed.id = "Ann#5".into();
        listed.statement.speaker.actor = Some("ann".into());
        let all = [author, unscored, scored, listed];
        let size =
            crate::report::page::data::entry::Entry::new(&all[2], &article, Accounts::default()).size();
        let kept = |budget: usize| -> Vec<String> {
            let mut evidence =
                Evidence::new(Some("eu".into()), BTreeSet::from(["ann".into()]), budget, Counting::default());
            all.iter().for_each(|row| evidence.take(row, &article, &Accounts::default));
            assert_eq!(evidence.counts.rows, 4);
            evidence.choice.entries().iter().map(|entry| entry.id).collect()
        };
        assert_eq!(kept(size * 5), ["Ann#2", "Ann#3", "Ann#4", "Ann#5"]);
        assert_eq!(kept(size * 2 + 20), ["Ann#4", "Ann#5"]);
        assert_eq!(kept(size + 20), ["Ann#5"]);
        assert!(kept(10).is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_text_breaks_out_of_the_page(
            text in "(\\PC|[<>\"'&/{}%!-]|</script|<!--|\u{2028}){1,40}",
            name in "(\\PC|[<>\"'&/{}%!-]|</script|<!--|\u{2028}){1,20}",
        ) {
            prop_assume!(!text.trim().is_empty() && !name.trim().is_empty());
            prop_assert_eq!(tags(&rendered(&text, &name)), tags(&rendered("word", "word")));
        }
    }
}
