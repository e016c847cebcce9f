//! Who speaks how often, counted row by row.
//!
//! Lives here: the tables `actors` and `unlisted_speakers`. May not live here:
//! statements. Only counts and one example a speaker are kept, so that a run of
//! millions of articles needs no more memory than it has speakers.

use crate::error::Result;
use crate::model::{AUTHOR, Form, Row};
use crate::report::tables::sink::Place;
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
struct Counts {
    statements: usize,
    articles: usize,
    /// Number of the article counted last.
    last: usize,
    first_said: Option<NaiveDate>,
    last_said: Option<NaiveDate>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Example {
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
        let header = ["actor_id", "actor", "n_statements", "n_articles", "first_said", "last_said"];
        let mut table = place.table("actors", &header)?;
        let day = |day: Option<NaiveDate>| day.map_or(String::new(), |day| day.to_string());
        for ((id, name), counts) in &self.listed {
            table.row(vec![
                id.clone(),
                name.clone(),
                counts.statements.to_string(),
                counts.articles.to_string(),
                day(counts.first_said),
                day(counts.last_said),
            ])?;
        }
        table.finish()
    }

    /// Writes `unlisted_speakers`: who speaks and is not on the roster, most
    /// often first, with one example.
    pub fn unlisted_table(&self, place: &Place) -> Result<()> {
        let header = ["speaker", "n_statements", "n_articles", "example_id", "example"];
        let mut table = place.table("unlisted_speakers", &header)?;
        let mut sorted: Vec<_> = self.unlisted.iter().collect();
        sorted.sort_by(|(one, (a, _)), (two, (b, _))| b.statements.cmp(&a.statements).then(one.cmp(two)));
        for (name, (counts, example)) in sorted {
            table.row(vec![
                if name.is_empty() { "(unresolved)".into() } else { name.clone() },
                counts.statements.to_string(),
                counts.articles.to_string(),
                example.id.clone(),
                example.text.clone(),
            ])?;
        }
        table.finish()
    }
}
