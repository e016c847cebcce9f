//! From articles to rows: segment -> attribute -> date -> score.

pub(crate) mod ordered;
pub(crate) mod records;
pub(crate) mod resources;

pub use crate::pipeline::ordered::{WorkStages, in_order};
pub use crate::pipeline::records::{record_article, record_features, record_row};
pub use crate::pipeline::resources::Resources;

use crate::attribute;
use crate::cache::Cache;
use crate::date;
use crate::model::{Article, Row, Said, Statement};
use crate::segment;
use rayon::prelude::*;

/// All rows of all articles in the order of the articles, whatever the number of threads. `done` is
/// called after each article.
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

/// Number of worker threads.
pub fn threads() -> usize {
    rayon::current_num_threads()
}

/// The rows of one article.
pub fn article_rows(article: &Article, resources: &Resources) -> Vec<Row> {
    let mut rows = Vec::new();
    each_row(article, resources, |row| rows.push(row));
    rows
}

/// The rows of one article, from the cache if it has them.
pub fn cached_rows(article: &Article, resources: &Resources, cache: Option<&Cache>) -> Vec<Row> {
    let compute = || article_rows(article, resources);
    match cache {
        Some(cache) => cache.rows(article, compute, |row| words(article, &row.statement)),
        None => compute(),
    }
}

/// Calls `each` for every row of an article, so that the rows of a huge article need not be in memory at
/// once.
pub fn each_row(article: &Article, resources: &Resources, mut each: impl FnMut(Row)) {
    let Some(language) = resources.language(&article.language) else { return };
    let text = segment::text(&article.body, &article.excluded, language);
    let mut attributed = attribute::statements(article, &text, &resources.names, language, resources.scope);
    let published = article.published.map(|published| published.said());
    date::assign(&mut attributed, &text, &article.body, published.as_ref(), language);
    let mut count = 0;
    for statement in attributed.statements {
        let scored: Vec<_> = resources.scores(&statement, &text, &article.body, language);
        let dates: Vec<Option<Said>> = match statement.said.as_slice() {
            [] => vec![None],
            several => several.iter().cloned().map(Some).collect(),
        };
        // Nearly all statements have one date; those are moved, not copied.
        let copies = std::iter::repeat_n((statement, scored), dates.len());
        for (said, (mut statement, scored)) in dates.into_iter().zip(copies) {
            let stated = said.as_ref().filter(|said| said.expression.is_some());
            if let Some(speaker) =
                stated.and_then(|said| attribute::on_the_day(&statement.speaker, said, &resources.names))
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

/// The words of a statement as the reader sees them, with a space between its pieces.
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
