//! The straight line: articles -> statements -> dates -> scores -> rows.
//!
//! Lives here: the order of the stages, with threads over articles. May not live
//! here: the work of any stage.

pub(crate) mod ordered;

pub use crate::pipeline::ordered::{Steps, in_order};

use crate::attribute;
use crate::attribute::Names;
use crate::cache::Cache;
use crate::date;
use crate::model::{
    Article, CueClass, Form, Language, Record, Roster, Row, Said, Scope, Span, Speaker, Statement, Text,
};
use crate::score;
use crate::score::{Matcher, Method, Scale};
use crate::segment;
use rayon::prelude::*;

/// What every article is read with.
#[derive(Debug, Clone)]
pub struct Resources {
    /// The languages' rules.
    pub languages: Vec<Language>,
    /// The roster, indexed.
    pub names: Names,
    /// The lexicons, indexed.
    pub matchers: Vec<Matcher>,
    /// How statements are scored.
    pub method: Method,
    /// On what scale, where it is not the method's own.
    pub scale: Scale,
    /// Which attributions count.
    pub scope: Scope,
}

impl Resources {
    /// Indexes what was read.
    pub fn new(
        languages: Vec<Language>,
        roster: &Roster,
        lexicons: Vec<crate::model::Lexicon>,
        method: Method,
    ) -> Self {
        let names = Names::new(roster, &languages);
        let matchers = lexicons.into_iter().map(|lexicon| Matcher::new(lexicon, &languages)).collect();
        Resources { languages, names, matchers, method, scale: Scale::default(), scope: Scope::default() }
    }

    /// The rules of a language.
    pub fn language(&self, code: &str) -> Option<&Language> {
        self.languages.iter().find(|language| language.code == code)
    }
}

/// All rows of all articles, in the articles' order whatever the number of
/// threads. `done` is called once an article.
pub fn rows(articles: &[Article], resources: &Resources, done: &(dyn Fn() + Sync)) -> Vec<Row> {
    let nested: Vec<Vec<Row>> = articles
        .par_iter()
        .map(|article| {
            let rows = article_rows(article, resources);
            done();
            rows
        })
        .collect();
    nested.into_iter().flatten().collect()
}

/// How many threads work.
pub fn threads() -> usize {
    rayon::current_num_threads()
}

/// The rows of one article.
pub fn article_rows(article: &Article, resources: &Resources) -> Vec<Row> {
    let mut rows = Vec::new();
    each_row(article, resources, |row| rows.push(row));
    rows
}

/// The rows of one article, from a cache if they are there.
pub fn cached_rows(article: &Article, resources: &Resources, cache: Option<&Cache>) -> Vec<Row> {
    let compute = || article_rows(article, resources);
    match cache {
        Some(cache) => cache.rows(article, compute, |row| words(article, &row.statement)),
        None => compute(),
    }
}

/// Hands over the rows of one article as they come: an article of a million
/// sentences need not be held as a million rows.
pub fn each_row(article: &Article, resources: &Resources, mut each: impl FnMut(Row)) {
    let Some(language) = resources.language(&article.language) else { return };
    let text = segment::text(&article.body, &article.excluded, language);
    let mut attributed = attribute::statements(article, &text, &resources.names, language, resources.scope);
    let published = article.published.map(|published| published.said());
    date::assign(&mut attributed, &text, &article.body, published.as_ref(), language);
    let mut count = 0;
    for statement in attributed.statements {
        let scored: Vec<_> = scores(&statement, &text, &article.body, resources, language);
        let dates: Vec<Option<Said>> = match statement.said.as_slice() {
            [] => vec![None],
            several => several.iter().cloned().map(Some).collect(),
        };
        // Nearly all statements have one date: those are moved, not copied.
        let copies = std::iter::repeat_n((statement, scored), dates.len());
        for (said, (mut statement, scored)) in dates.into_iter().zip(copies) {
            let then = said.as_ref().filter(|said| said.expression.is_some());
            if let Some(speaker) =
                then.and_then(|said| attribute::on_the_day(&statement.speaker, said, &resources.names))
            {
                statement.speaker = speaker;
            }
            count += 1;
            each(Row {
                id: format!("{}#{count}", article.id),
                article: article.id.clone(),
                source: article.source.clone(),
                published: article.published,
                language: article.language.clone(),
                text: words(article, &statement),
                statement,
                said,
                scored,
                duplicate_of: None,
            });
        }
    }
}

/// The words of a statement as a reader sees them, pieces joined by a space.
pub fn words(article: &Article, statement: &Statement) -> String {
    let mut words = String::with_capacity(statement.hull().len());
    for (index, span) in statement.content.iter().enumerate() {
        if index > 0 {
            words.push(' ');
        }
        article.words_into(*span, &mut words);
    }
    words
}

fn scores(
    statement: &Statement,
    text: &Text,
    body: &str,
    resources: &Resources,
    language: &Language,
) -> Vec<crate::model::Scored> {
    resources
        .matchers
        .iter()
        .map(|matcher| {
            let Resources { method, scale, .. } = *resources;
            let mut scored = score::score(statement, text, body, matcher, language, method);
            score::on_scale(&mut scored, scale, statement, text, matcher.lexicon(), method);
            scored
        })
        .collect()
}

/// A record as an article of its own, for tables that look up words.
pub fn record_article(record: &Record) -> Article {
    Article {
        id: record.id.clone(),
        place: record.place.clone(),
        language: record.language.clone(),
        body: record.text.clone(),
        ..Article::default()
    }
}

/// The row of a record that is one person's words already.
pub fn record_row(record: &Record, resources: &Resources) -> Option<Row> {
    let language = resources.language(&record.language)?;
    let text = segment::text(&record.text, &[], language);
    let statement = record_statement(record, resources);
    let scored = scores(&statement, &text, &record.text, resources, language);
    Some(Row {
        id: record.id.clone(),
        article: record.id.clone(),
        source: None,
        published: None,
        language: record.language.clone(),
        text: statement.text(&record.text),
        said: record.date.clone(),
        statement,
        scored,
        duplicate_of: None,
    })
}

/// What a record's words come to under each lexicon, for fitting weights.
pub fn record_features(record: &Record, resources: &Resources) -> Option<Vec<Option<Vec<f64>>>> {
    let language = resources.language(&record.language)?;
    let text = segment::text(&record.text, &[], language);
    let statement = record_statement(record, resources);
    let matchers = resources.matchers.iter();
    Some(
        matchers.map(|matcher| score::features(&statement, &text, &record.text, matcher, language)).collect(),
    )
}

/// A record as a statement of its speaker.
fn record_statement(record: &Record, resources: &Resources) -> Statement {
    let actor = record.actor.clone().unwrap_or_default();
    let listed = resources.names.roster().actors.iter().find(|listed| {
        listed.name == actor
            || listed.id == actor
            || listed.aliases.values().flatten().any(|alias| *alias == actor)
    });
    Statement {
        content: vec![Span::new(0, record.text.len())],
        cue: None,
        cue_class: CueClass::Neutral,
        form: Form::Turn,
        speaker: Speaker {
            mention: None,
            name: listed.map_or(actor, |listed| listed.name.clone()),
            actor: listed.map(|listed| listed.id.clone()),
            because: "the record names its speaker".into(),
            ..Speaker::default()
        },
        sentence: 0,
        said: Vec::new(),
        date_note: None,
    }
}
