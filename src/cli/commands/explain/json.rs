//! `stance explain --json`: the account for machines. Its fields are described in
//! docs/METHOD.md, section 4.8; with them a reader can repeat all sums.

use crate::cli::commands::explain::clauses::{clause_of, clauses};
use crate::cli::messages;
use crate::error::Result;
use crate::model::{Article, Choice, Hit, Language, Lexicon, Row, Score, Scored, Span};
use crate::pipeline::Resources;
use crate::score;
use crate::score::account;
use crate::segment;
use serde_json::{Value, json};
use std::io::Write;

/// Prints the account of all statements.
pub fn print(rows: &[Row], article: &Article, resources: &Resources) -> Result<()> {
    let language: Language = resources.language(&article.language).cloned().unwrap_or_default();
    let text = segment::text(&article.body, &article.excluded, &language);
    let statements: Vec<Value> =
        rows.iter().map(|row| statement(row, article, &clauses(row, &text, &language), resources)).collect();
    let account = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "text": article.body,
        "language": article.language,
        "published": article.published.map(|published| published.day.to_string()),
        "method": resources.method.as_str(),
        "scale": resources.scale.as_str(),
        "statements": statements,
    });
    let mut out = messages::machine();
    serde_json::to_writer_pretty(&mut out, &account).map_err(|cause| messages::unwritten(cause.into()))?;
    writeln!(out).and_then(|()| out.flush()).map_err(messages::unwritten)
}

fn statement(row: &Row, article: &Article, clauses: &[Span], resources: &Resources) -> Value {
    let statement = &row.statement;
    let speaker = &statement.speaker;
    let words = |span: Span| place(span, &article.body);
    let lexicons = row.scored.iter().zip(&resources.matchers).map(|(scored, matcher)| {
        let lexicon = matcher.lexicon();
        json!({
            "lexicon": lexicon.id,
            "hits": scored.hits.iter().map(|found| hit(found, &article.body, clauses)).collect::<Vec<_>>(),
            "scores": scored
                .scores
                .iter()
                .map(|score| axis(score, scored, lexicon, resources))
                .collect::<Vec<_>>(),
        })
    });
    json!({
        "statement_id": row.id,
        "text": row.text,
        "spans": statement.content.iter().map(|span| words(*span)).collect::<Vec<_>>(),
        "speaker": {
            "name": Some(&speaker.name).filter(|name| !name.is_empty()),
            "actor_id": speaker.actor,
            "mention": speaker.mention.map(words),
            "speaks_for": speaker.speaks_for,
            "because": speaker.because,
        },
        "form": statement.form.as_str(),
        "cue": statement.cue.map(words),
        "cue_class": statement.cue_class.as_str(),
        "said": row.said.as_ref().map(|said| json!({
            "from": said.from.to_string(),
            "to": said.to.to_string(),
            "precision": said.precision.as_str(),
            "basis": if said.expression.is_some() { "expression" } else { "published" },
            "expression": said.expression.map(words),
        })),
        "clauses": clauses.iter().map(|span| words(*span)).collect::<Vec<_>>(),
        "lexicons": lexicons.collect::<Vec<_>>(),
    })
}

/// A span of the text: bytes and words.
fn place(span: Span, body: &str) -> Value {
    json!({ "start": span.start, "end": span.end, "text": span.of(body) })
}

fn hit(hit: &Hit, body: &str, clauses: &[Span]) -> Value {
    let shifters = hit.shifters.iter().map(|(span, words, factor)| {
        json!({ "start": span.start, "end": span.end, "text": words, "factor": factor })
    });
    json!({
        "axis": Some(&hit.axis).filter(|axis| !axis.is_empty()),
        "kind": hit.kind.as_str(),
        "term": hit.term,
        "matched": place(hit.span, body),
        "clause": clause_of(hit, clauses),
        "target": hit.target.map(|span| place(span, body)),
        "weight": hit.weight,
        "status": hit.status.as_str(),
        "shifters": shifters.collect::<Vec<_>>(),
        "factor": hit.factor,
        "contribution": hit.contribution,
    })
}

/// A score with what it was computed from.
fn axis(score: &Score, scored: &Scored, lexicon: &Lexicon, resources: &Resources) -> Value {
    let (method, scale) = (resources.method, resources.scale);
    let derived = lexicon.derived.iter().find(|derived| derived.axis.id == score.axis);
    let evidence = score::evidence(scored, lexicon, &score.axis, method);
    let account = account::score(score, scored, lexicon, method, scale);
    let parts = score.parts.iter().map(|(name, value, weight)| {
        json!({ "feature": name, "value": value, "weight": weight, "product": value * weight })
    });
    json!({
        "axis": score.axis,
        "score": score.value.ok(),
        "why_not": score.value.err().map(|why| why.as_str()),
        "hits": score.hits,
        "formula": account.formula(),
        "positive": evidence.positive,
        "negative": evidence.negative,
        "quiet": (!score.parts.is_empty()).then_some(score::DEAD_ZONE),
        "features": parts.collect::<Vec<_>>(),
        "derived_from": derived.map(|derived| &derived.formula),
    })
}
