//! The tables `actors` and `unlisted_speakers`: who speaks how often. Only counts and one example
//! per speaker are kept, so that memory grows with the speakers and not with the articles.

use crate::error::Result;
use crate::model::{AUTHOR, Form, Row};
use crate::report::tables::schema::Schema;
use crate::report::tables::write::table::Place;
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap};

/// Counts of speakers, in the order of the rows.
#[derive(Debug, Default)]
pub struct Speakers {
    listed: BTreeMap<(String, String), Counts>,
    unlisted: HashMap<String, (Counts, Example)>,
    /// Running number of the article of the last row.
    article: (usize, String),
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counts {
    statements: usize,
    articles: usize,
    /// Number of the article counted last.
    last: usize,
    first_said: Option<NaiveDate>,
    last_said: Option<NaiveDate>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Example {
    id: String,
    text: String,
}

impl Counts {
    fn merge(&mut self, other: &Counts) {
        self.statements += other.statements;
        self.articles += other.articles;
        let (first, last) = (self.first_said.into_iter(), self.last_said.into_iter());
        self.first_said = first.chain(other.first_said).min();
        self.last_said = last.chain(other.last_said).max();
    }

    fn add(&mut self, row: &Row, article: usize) {
        self.statements += 1;
        if self.last != article {
            self.last = article;
            self.articles += 1;
        }
        if let Some(said) = &row.said {
            self.first_said = Some(self.first_said.map_or(said.from, |day| day.min(said.from)));
            self.last_said = Some(self.last_said.map_or(said.to, |day| day.max(said.to)));
        }
    }
}

impl Speakers {
    /// Adds the counts of articles behind all before; no article is in both.
    pub fn merge(&mut self, other: &Speakers) {
        for (speaker, counts) in &other.listed {
            self.listed.entry(speaker.clone()).or_default().merge(counts);
        }
        for (name, (counts, example)) in &other.unlisted {
            match self.unlisted.get_mut(name) {
                Some((known, _)) => known.merge(counts),
                None => {
                    self.unlisted.insert(name.clone(), (counts.clone(), example.clone()));
                }
            }
        }
    }

    /// Counts one row. Rows of one article must follow each other.
    pub fn add(&mut self, row: &Row) {
        if self.article.0 == 0 || self.article.1 != row.article {
            self.article = (self.article.0 + 1, row.article.clone());
        }
        let article = self.article.0;
        let speaker = &row.statement.speaker;
        if row.statement.form != Form::Author
            && let Some(id) = &speaker.actor
        {
            self.listed.entry((id.clone(), speaker.name.clone())).or_default().add(row, article);
        }
        // Without a roster everybody's id is the name.
        let listed = speaker.actor.as_ref().is_some_and(|id| *id != speaker.name);
        if listed || speaker.name == AUTHOR {
            return;
        }
        if !self.unlisted.contains_key(&speaker.name) {
            let example = Example { id: row.id.clone(), text: row.text.clone() };
            self.unlisted.insert(speaker.name.clone(), (Counts::default(), example));
        }
        if let Some((counts, _)) = self.unlisted.get_mut(&speaker.name) {
            counts.add(row, article);
        }
    }

    /// Writes `actors`: who speaks how often.
    pub fn actors_table(&self, place: &Place) -> Result<()> {
        let rows: Vec<ActorRow> =
            self.listed.iter().map(|((id, name), counts)| ActorRow { id, name, counts }).collect();
        place.write(actors_schema(), &rows)
    }

    /// Writes `unlisted_speakers`: who speaks and is not on the roster, most
    /// often first, with one example.
    pub fn unlisted_table(&self, place: &Place) -> Result<()> {
        let mut rows: Vec<UnlistedRow> = self
            .unlisted
            .iter()
            .map(|(name, (counts, example))| UnlistedRow { name, counts, example })
            .collect();
        rows.sort_by(|a, b| b.counts.statements.cmp(&a.counts.statements).then(a.name.cmp(b.name)));
        place.write(unlisted_schema(), &rows)
    }
}

/// A row of `actors`.
pub struct ActorRow<'a> {
    id: &'a str,
    name: &'a str,
    counts: &'a Counts,
}

/// A row of `unlisted_speakers`.
pub struct UnlistedRow<'a> {
    name: &'a str,
    counts: &'a Counts,
    example: &'a Example,
}

/// The columns of `actors`.
pub fn actors_schema<'a>() -> Schema<ActorRow<'a>> {
    Schema::<ActorRow>::new("actors", "A row is an actor on the roster who speaks.")
        .text("actor_id", "id on the roster", "text", "never", |row| row.id)
        .text("actor", "name for people", "text", "never", |row| row.name)
        .integer("n_statements", "statements, scored or not", "count", "never", |row| row.counts.statements)
        .integer("n_articles", "articles", "count", "never", |row| row.counts.articles)
        .day("first_said", "first day on which any can have been said", "date", "no dates", |row| {
            row.counts.first_said
        })
        .day("last_said", "last day", "date", "no dates", |row| row.counts.last_said)
}

/// The columns of `unlisted_speakers`.
pub fn unlisted_schema<'a>() -> Schema<UnlistedRow<'a>> {
    Schema::<UnlistedRow>::new("unlisted_speakers", "A row is a speaker who is not on the roster.")
        .text("speaker", "a speaker who is not on the roster", "text", "never", |row| {
            if row.name.is_empty() { "(unresolved)" } else { row.name }
        })
        .integer("n_statements", "statements", "count", "never", |row| row.counts.statements)
        .integer("n_articles", "articles", "count", "never", |row| row.counts.articles)
        .text("example_id", "id of one statement", "text", "never", |row| &row.example.id)
        .text("example", "its words", "text", "never", |row| &row.example.text)
}
