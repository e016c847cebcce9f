//! The tables of statements, hits and speakers.
//!
//! Lives here: `statements.csv`, `hits.csv`, `actors.csv`,
//! `unlisted_speakers.csv`. May not live here: trends.

use super::tables::{Table, number};
use crate::error::Result;
use crate::model::{AUTHOR, Article, Axis, Form, Row, Span};
use std::collections::BTreeMap;
use std::path::Path;

const FIXED: [&str; 26] = [
    "statement_id",
    "article_id",
    "source",
    "published",
    "said_from",
    "said_to",
    "said_precision",
    "date_basis",
    "actor_id",
    "actor",
    "speaker",
    "form",
    "cue",
    "cue_class",
    "start",
    "end",
    "spans",
    "speaker_start",
    "speaker_end",
    "language",
    "text",
    "duplicate_of",
    "because",
    "speaks_for",
    "said_words",
    "said_note",
];

/// The header of `statements.csv` for a set of axes.
pub fn statements_header(axes: &[Axis]) -> Vec<String> {
    let mut header: Vec<String> = FIXED.iter().map(|name| name.to_string()).collect();
    for axis in axes {
        header.push(axis.id.clone());
        header.push(format!("{}_hits", axis.id));
        header.push(format!("{}_why_not", axis.id));
    }
    header
}

fn pieces(spans: &[Span]) -> String {
    spans.iter().map(|span| format!("{}-{}", span.start, span.end)).collect::<Vec<_>>().join(";")
}

/// One row of `statements.csv`. The article gives the words of cue and speaker.
pub fn statements_row(row: &Row, article: Option<&Article>, axes: &[Axis]) -> Vec<String> {
    let statement = &row.statement;
    let hull = statement.hull();
    let speaker = &statement.speaker;
    let words = |span: Option<Span>| match (span, article) {
        (Some(span), Some(article)) => article.words(span),
        _ => String::new(),
    };
    let said = row.said.as_ref();
    let mut cells = vec![
        row.id.clone(),
        row.article.clone(),
        row.source.clone().unwrap_or_default(),
        row.published.map_or(String::new(), |published| published.day.to_string()),
        said.map_or(String::new(), |said| said.from.to_string()),
        said.map_or(String::new(), |said| said.to.to_string()),
        said.map_or(String::new(), |said| said.precision.as_str().to_string()),
        said.map_or("", |said| if said.expression.is_some() { "expression" } else { "published" })
            .to_string(),
        speaker.actor.clone().unwrap_or_default(),
        speaker.name.clone(),
        words(speaker.mention),
        statement.form.as_str().to_string(),
        words(statement.cue),
        statement.cue_class.as_str().to_string(),
        hull.start.to_string(),
        hull.end.to_string(),
        pieces(&statement.content),
        speaker.mention.map_or(String::new(), |span| span.start.to_string()),
        speaker.mention.map_or(String::new(), |span| span.end.to_string()),
        row.language.clone(),
        row.text.clone(),
        row.duplicate_of.clone().unwrap_or_default(),
        speaker.because.clone(),
        speaker.speaks_for.clone().unwrap_or_default(),
        words(said.and_then(|said| said.expression)),
        statement.date_note.clone().unwrap_or_default(),
    ];
    for axis in axes {
        let score = row.scored.iter().flat_map(|scored| &scored.scores).find(|score| score.axis == axis.id);
        match score.map(|score| (score.value, score.hits)) {
            Some((Ok(value), hits)) => cells.extend([number(value), hits.to_string(), String::new()]),
            Some((Err(why), hits)) => {
                cells.extend([String::new(), hits.to_string(), why.as_str().to_string()]);
            }
            None => cells.extend([String::new(), String::new(), String::new()]),
        }
    }
    cells
}

/// `statements.csv`; `articles` by their ids.
pub fn statements_table(
    path: &Path,
    rows: &[Row],
    axes: &[Axis],
    articles: &BTreeMap<&str, &Article>,
) -> Result<()> {
    let header = statements_header(axes);
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let mut table = Table::create(path, &header)?;
    for row in rows {
        table.row(statements_row(row, articles.get(row.article.as_str()).copied(), axes))?;
    }
    table.finish()
}

/// `hits.csv`.
pub fn hits_table(path: &Path, rows: &[Row], articles: &BTreeMap<&str, &Article>) -> Result<()> {
    let mut table = Table::create(
        path,
        &[
            "statement_id",
            "axis",
            "kind",
            "term",
            "matched",
            "start",
            "end",
            "weight",
            "status",
            "factor",
            "contribution",
            "target",
            "shifters",
        ],
    )?;
    for row in rows {
        let article = articles.get(row.article.as_str());
        let words = |span: Span| article.map_or(String::new(), |article| article.words(span));
        for hit in row.scored.iter().flat_map(|scored| &scored.hits) {
            let shifters: Vec<String> = hit
                .shifters
                .iter()
                .map(|(_, words, factor)| format!("{words} x{}", number(*factor)))
                .collect();
            table.row(vec![
                row.id.clone(),
                hit.axis.clone(),
                hit.kind.as_str().to_string(),
                hit.term.clone(),
                words(hit.span),
                hit.span.start.to_string(),
                hit.span.end.to_string(),
                number(hit.weight),
                hit.status.as_str().to_string(),
                number(hit.factor),
                number(hit.contribution),
                hit.target.map_or(String::new(), words),
                shifters.join("; "),
            ])?;
        }
    }
    table.finish()
}

/// `actors.csv`: who speaks how often.
pub fn actors_table(path: &Path, rows: &[Row]) -> Result<()> {
    let mut table =
        Table::create(path, &["actor_id", "actor", "n_statements", "n_articles", "first_said", "last_said"])?;
    let mut all: BTreeMap<(String, String), Vec<&Row>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.statement.form != Form::Author) {
        if let Some(id) = &row.statement.speaker.actor {
            all.entry((id.clone(), row.statement.speaker.name.clone())).or_default().push(row);
        }
    }
    for ((id, name), rows) in all {
        let mut articles: Vec<&str> = rows.iter().map(|row| row.article.as_str()).collect();
        articles.sort_unstable();
        articles.dedup();
        let days = || rows.iter().filter_map(|row| row.said.as_ref());
        table.row(vec![
            id,
            name,
            rows.len().to_string(),
            articles.len().to_string(),
            days().map(|said| said.from).min().map_or(String::new(), |day| day.to_string()),
            days().map(|said| said.to).max().map_or(String::new(), |day| day.to_string()),
        ])?;
    }
    table.finish()
}

/// `unlisted_speakers.csv`: who speaks and is not on the roster, most often
/// first, with one example.
pub fn unlisted_table(path: &Path, rows: &[Row]) -> Result<()> {
    let mut table = Table::create(path, &["speaker", "n_statements", "n_articles", "example_id", "example"])?;
    let mut all: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        let speaker = &row.statement.speaker;
        // Without a roster everybody's id is the name.
        let listed = speaker.actor.as_ref().is_some_and(|id| *id != speaker.name);
        if !listed && speaker.name != AUTHOR {
            all.entry(speaker.name.as_str()).or_default().push(row);
        }
    }
    let mut sorted: Vec<(&str, Vec<&Row>)> = all.into_iter().collect();
    sorted.sort_by(|one, two| two.1.len().cmp(&one.1.len()).then(one.0.cmp(two.0)));
    for (name, rows) in sorted {
        let mut articles: Vec<&str> = rows.iter().map(|row| row.article.as_str()).collect();
        articles.sort_unstable();
        articles.dedup();
        let example = rows.first();
        table.row(vec![
            if name.is_empty() { "(unresolved)".into() } else { name.to_string() },
            rows.len().to_string(),
            articles.len().to_string(),
            example.map_or(String::new(), |row| row.id.clone()),
            example.map_or(String::new(), |row| row.text.clone()),
        ])?;
    }
    table.finish()
}
