//! The table `hits`: the lexicon matches behind the scores.

use crate::model::{Article, Hit, Row};
use crate::report::tables::schema::Schema;
use crate::report::tables::write::cells::{Cells, number_into};
use std::fmt::Write;

/// A row of `hits`.
pub struct HitRow<'a> {
    /// The statement.
    pub row: &'a Row,
    /// Its article, which gives the words.
    pub article: &'a Article,
    /// The match.
    pub hit: &'a Hit,
}

/// Adds the rows of `hits` that belong to one statement.
pub fn hits_rows<'a>(schema: &Schema<HitRow<'a>>, row: &'a Row, article: &'a Article, cells: &mut Cells) {
    for hit in row.scored.iter().flat_map(|scored| &scored.hits) {
        schema.fill(&HitRow { row, article, hit }, cells);
    }
}

/// The columns of `hits`.
pub fn schema<'a>() -> Schema<HitRow<'a>> {
    Schema::<HitRow>::new("hits", "A row is one lexicon match in one statement: the evidence of the scores.")
        .text("statement_id", "the statement", "text", "never", |it| &it.row.id)
        .text("axis", "id of the axis", "text", "an appraisal that values nothing", |it| &it.hit.axis)
        .text("kind", "target, appraisal or term", "text", "never", |it| it.hit.kind.as_str())
        .text("term", "the lexicon's term as typed", "text", "never", |it| &it.hit.term)
        .composed_text("matched", "the words it matched", "text", "never", |it, text| {
            it.article.words_into(it.hit.span, text)
        })
        .integer("start", "first byte in the article's body", "UTF-8 bytes", "never", |it| it.hit.span.start)
        .integer("end", "the byte behind the last", "UTF-8 bytes", "never", |it| it.hit.span.end)
        .number("weight", "the term's weight", "[-1, 1]", "never", |it| it.hit.weight)
        .text(
            "status",
            "asserted, negated, conditional, hedged, governed, unattached, blocking",
            "text",
            "never",
            |it| it.hit.status.as_str(),
        )
        .number("factor", "product of what touched it", "number", "never", |it| it.hit.factor)
        .number("contribution", "what it adds to the axis", "[-1, 1]", "never", |it| it.hit.contribution)
        .composed_text("target", "what an appraisal values", "text", "no appraisal", |it, text| {
            if let Some(target) = it.hit.target {
                it.article.words_into(target, text);
            }
        })
        .composed_text(
            "shifters",
            "what turned or damped it, with multipliers",
            "text",
            "nothing",
            |it, text| {
                for (index, (_, words, factor)) in it.hit.shifters.iter().enumerate() {
                    let _ = write!(text, "{}{words} x", if index > 0 { "; " } else { "" });
                    number_into(*factor, text);
                }
            },
        )
}
