//! The table `statements`: who said what, when and where they stand.

use crate::model::{Article, Axis, Row, Said, Score, Span, Speaker};
use crate::report::tables::schema::Schema;
use std::fmt::Write;

/// A row of `statements`.
pub struct StatementRow<'a> {
    row: &'a Row,
    article: &'a Article,
    /// The scores in the order of the table's axes; None where an axis was not scored.
    scores: Vec<Option<&'a Score>>,
}

impl<'a> StatementRow<'a> {
    /// The row of one statement. The article gives the words of cue and speaker.
    pub fn new(row: &'a Row, article: &'a Article, axes: &[Axis]) -> Self {
        let all = || row.scored.iter().flat_map(|scored| &scored.scores);
        let scores = axes.iter().map(|axis| all().find(|score| score.axis == axis.id)).collect();
        StatementRow { row, article, scores }
    }

    fn speaker(&self) -> &'a Speaker {
        &self.row.statement.speaker
    }

    fn said(&self) -> Option<&'a Said> {
        self.row.said.as_ref()
    }

    fn words(&self, span: Option<Span>, text: &mut String) {
        if let Some(span) = span {
            self.article.words_into(span, text);
        }
    }
}

/// Adds spans as `12-40;44-60`.
pub fn spans(spans: &[Span], text: &mut String) {
    for (index, span) in spans.iter().enumerate() {
        let _ = write!(text, "{}{}-{}", if index > 0 { ";" } else { "" }, span.start, span.end);
    }
}

/// The columns of `statements` for these axes: each axis adds five.
pub fn schema<'a>(axes: &[Axis]) -> Schema<StatementRow<'a>> {
    let schema = Schema::<StatementRow>::new("statements", "A row is a statement.")
        .text("statement_id", "article_id and a number", "text", "never", |it| &it.row.id)
        .text("article_id", "the file's name without its ending, or the record's id", "text", "never", |it| {
            &it.row.article
        })
        .optional_text("source", "who printed it", "text", "unknown", |it| it.row.source.as_deref())
        .day(
            "published",
            "day of publication; where published_precision says month, quarter or year, the \
             first day of that",
            "date",
            "unknown",
            |it| it.row.published.map(|published| published.day),
        )
        .day(
            "said_from",
            "first day on which it can have been said",
            "date",
            "no date at all: out of trends",
            |it| it.said().map(|said| said.from),
        )
        .day("said_to", "last day", "date", "as said_from", |it| it.said().map(|said| said.to))
        .optional_text(
            "said_precision",
            "how exactly that is known",
            "day, month, quarter, year",
            "as said_from",
            |it| it.said().map(|said| said.precision.as_str()),
        )
        .optional_text(
            "date_basis",
            "expression: words of the text decided; published: the day of publication stands \
             in",
            "text",
            "as said_from",
            |it| it.said().map(|said| if said.expression.is_some() { "expression" } else { "published" }),
        )
        .optional_text("actor_id", "id on the roster", "text", "the speaker is not on the roster", |it| {
            it.speaker().actor.as_deref()
        })
        .text(
            "actor",
            "name for people; (author) is the article's own voice and stays out of trends",
            "text",
            "nobody is named",
            |it| &it.speaker().name,
        )
        .composed_text("speaker", "the words that name the speaker", "text", "nobody is named", |it, text| {
            it.words(it.speaker().mention, text)
        })
        .text("form", "direct, mixed, indirect, turn, author", "text", "never", |it| {
            it.row.statement.form.as_str()
        })
        .composed_text("cue", "the words that attribute", "text", "none", |it, text| {
            it.words(it.row.statement.cue, text)
        })
        .text("cue_class", "neutral, endorsing, denying, hedged, recalled ...", "text", "never", |it| {
            it.row.statement.cue_class.as_str()
        })
        .integer("start", "first byte of the statement in the article's body", "UTF-8 bytes", "never", |it| {
            it.row.statement.hull().start
        })
        .integer("end", "the byte behind its last", "UTF-8 bytes", "never", |it| it.row.statement.hull().end)
        .composed_text("spans", "its pieces as start-end", "UTF-8 bytes", "never", |it, text| {
            spans(&it.row.statement.content, text)
        })
        .integer("speaker_start", "first byte of speaker", "UTF-8 bytes", "nobody is named", |it| {
            it.speaker().mention.map(|span| span.start)
        })
        .integer("speaker_end", "the byte behind its last", "UTF-8 bytes", "nobody is named", |it| {
            it.speaker().mention.map(|span| span.end)
        })
        .text("language", "language of the article", "two letters", "never", |it| &it.row.language)
        .text("text", "the words", "text", "never", |it| &it.row.text)
        .optional_text(
            "duplicate_of",
            "the earlier statement that it repeats",
            "text",
            "it repeats none",
            |it| it.row.duplicate_of.as_deref(),
        )
        .text("because", "why this speaker", "text", "never", |it| &it.speaker().because)
        .optional_text("speaks_for", "for whom a spokesman speaks", "text", "nobody else", |it| {
            it.speaker().speaks_for.as_deref()
        })
        .composed_text(
            "said_words",
            "the words that dated it",
            "text",
            "the day of publication stands in",
            |it, text| it.words(it.said().and_then(|said| said.expression), text),
        )
        .optional_text("said_note", "what was odd about the date", "text", "nothing was", |it| {
            it.row.statement.date_note.as_deref()
        })
        .optional_text(
            "published_precision",
            "how exactly the publication is known",
            "day, month, quarter, year",
            "no date of publication",
            |it| it.row.published.map(|published| published.precision.as_str()),
        );
    axes.iter()
        .enumerate()
        .fold(schema, |schema, (at, axis)| schema.group(&axis.name, |schema| axis_columns(schema, at, axis)))
}

/// The columns of one axis; `at` is its place among the axes of the table.
fn axis_columns<'a>(schema: Schema<StatementRow<'a>>, at: usize, axis: &Axis) -> Schema<StatementRow<'a>> {
    schema
        .number(
            axis.id.to_string(),
            "score on the axis",
            "[-1, 1]",
            "no evidence: nothing said is not 0",
            move |it| it.scores[at].and_then(|score| score.value.ok()),
        )
        .integer(
            format!("{}_hits", axis.id),
            "lexicon matches that carried weight",
            "count",
            "never",
            move |it| it.scores[at].map(|score| score.hits),
        )
        .optional_text(
            format!("{}_why_not", axis.id),
            "why there is no score: no_match, no_weight, question, language",
            "text",
            "there is a score",
            move |it| it.scores[at].and_then(|score| score.value.err()).map(|reason| reason.as_str()),
        )
        .integer(
            format!("{}_positive", axis.id),
            "matches that speak for the positive pole",
            "count",
            "never",
            move |it| it.scores[at].map(|score| score.poles.0),
        )
        .integer(
            format!("{}_negative", axis.id),
            "matches that speak for the negative pole",
            "count",
            "never",
            move |it| it.scores[at].map(|score| score.poles.1),
        )
}
