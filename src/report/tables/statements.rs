//! The tables of statements and hits, row by row.
//!
//! Lives here: their columns and cells. May not live here: speakers (see
//! `speakers`), formats, files.

use crate::model::{Article, Axis, Row, Span};
use crate::report::tables::cells::{Cells, Column, Kind, number_into};
use std::fmt::Write;

const FIXED: [&str; 27] = [
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
    "published_precision",
];

/// The columns of the table `statements` for a set of axes.
pub fn statements_columns(axes: &[Axis]) -> Vec<Column> {
    let mut columns: Vec<Column> = FIXED.iter().map(|name| Column::named(name)).collect();
    for axis in axes {
        columns.push(Column::new(axis.id, Kind::Number));
        columns.push(Column::new(format!("{}_hits", axis.id), Kind::Count));
        columns.push(Column::new(format!("{}_why_not", axis.id), Kind::Text));
        columns.push(Column::new(format!("{}_positive", axis.id), Kind::Count));
        columns.push(Column::new(format!("{}_negative", axis.id), Kind::Count));
    }
    columns
}

/// Adds one row of `statements`. The article gives the words of cue and speaker.
pub fn statements_row(row: &Row, article: &Article, axes: &[Axis], cells: &mut Cells) {
    let statement = &row.statement;
    let hull = statement.hull();
    let speaker = &statement.speaker;
    let said = row.said.as_ref();
    let words = |span: Option<Span>, cells: &mut Cells| match span {
        Some(span) => cells.with(|text| article.words_into(span, text)),
        None => cells.none(),
    };
    cells.text(&row.id);
    cells.text(&row.article);
    cells.maybe(row.source.as_deref());
    cells.day(row.published.map(|published| published.day));
    cells.day(said.map(|said| said.from));
    cells.day(said.map(|said| said.to));
    cells.maybe(said.map(|said| said.precision.as_str()));
    cells.maybe(said.map(|said| if said.expression.is_some() { "expression" } else { "published" }));
    cells.maybe(speaker.actor.as_deref());
    cells.text(&speaker.name);
    words(speaker.mention, cells);
    cells.text(statement.form.as_str());
    words(statement.cue, cells);
    cells.text(statement.cue_class.as_str());
    cells.count(Some(hull.start));
    cells.count(Some(hull.end));
    cells.with(|text| spans(&statement.content, text));
    cells.count(speaker.mention.map(|span| span.start));
    cells.count(speaker.mention.map(|span| span.end));
    cells.text(&row.language);
    cells.text(&row.text);
    cells.maybe(row.duplicate_of.as_deref());
    cells.text(&speaker.because);
    cells.maybe(speaker.speaks_for.as_deref());
    words(said.and_then(|said| said.expression), cells);
    cells.maybe(statement.date_note.as_deref());
    cells.maybe(row.published.map(|published| published.precision.as_str()));
    for axis in axes {
        let score = row.scored.iter().flat_map(|scored| &scored.scores).find(|score| score.axis == axis.id);
        let Some(score) = score else {
            (0..5).for_each(|_| cells.none());
            continue;
        };
        match score.value {
            Ok(value) => cells.number(value),
            Err(_) => cells.none(),
        }
        cells.count(Some(score.hits));
        cells.maybe(score.value.err().map(|why| why.as_str()));
        cells.count(Some(score.poles.0));
        cells.count(Some(score.poles.1));
    }
}

/// Adds spans as `12-40;44-60`.
pub fn spans(spans: &[Span], text: &mut String) {
    for (index, span) in spans.iter().enumerate() {
        let _ = write!(text, "{}{}-{}", if index > 0 { ";" } else { "" }, span.start, span.end);
    }
}

/// The columns of the table `hits`.
pub fn hits_columns() -> Vec<Column> {
    HITS.iter().map(|name| Column::named(name)).collect()
}

const HITS: [&str; 13] = [
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
];

/// Adds the rows of `hits` that belong to one row of `statements`.
pub fn hits_rows(row: &Row, article: &Article, cells: &mut Cells) {
    for hit in row.scored.iter().flat_map(|scored| &scored.hits) {
        cells.text(&row.id);
        cells.text(&hit.axis);
        cells.text(hit.kind.as_str());
        cells.text(&hit.term);
        cells.with(|text| article.words_into(hit.span, text));
        cells.count(Some(hit.span.start));
        cells.count(Some(hit.span.end));
        cells.number(hit.weight);
        cells.text(hit.status.as_str());
        cells.number(hit.factor);
        cells.number(hit.contribution);
        match hit.target {
            Some(target) => cells.with(|text| article.words_into(target, text)),
            None => cells.none(),
        }
        cells.with(|text| {
            for (index, (_, words, factor)) in hit.shifters.iter().enumerate() {
                let _ = write!(text, "{}{words} x", if index > 0 { "; " } else { "" });
                number_into(*factor, text);
            }
        });
    }
}
