//! Rows of records that are one person's words already (`--unit statement`).

use crate::model::{Article, CueClass, Form, Record, Row, Span, Speaker, Statement};
use crate::pipeline::resources::Resources;
use crate::score;
use crate::segment;

/// A record as an article, for tables that look up words.
pub fn record_article(record: &Record) -> Article {
    Article {
        id: record.id.clone(),
        place: record.place.clone(),
        language: record.language.clone(),
        body: record.text.clone(),
        ..Article::default()
    }
}

/// The row of a record; None if its language has no rules.
pub fn record_row(record: &Record, resources: &Resources) -> Option<Row> {
    let language = resources.language(&record.language)?;
    let text = segment::text(&record.text, &[], language);
    let statement = record_statement(record, resources);
    let scored = resources.scores(&statement, &text, &record.text, language);
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

/// The features of a record under each lexicon, for fitting weights; None if its language has no rules.
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
