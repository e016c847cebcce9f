//! One statement as the page holds it: everything that its row and its account show, so that neither
//! the row nor the article has to be kept.

use crate::model::{AUTHOR, Article, Form, Name, NoScore, Row, Span};
use crate::report::page::runs;
use crate::report::page::runs::{Cover, Run};
use chrono::NaiveDate;

/// Longer statements are cut in the page; the table of statements has them
/// whole.
pub const MOST_CHARACTERS: usize = 2000;

/// A statement with its article, scores and hits.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Id of the statement.
    pub id: String,
    /// Id of the article.
    pub article: String,
    /// Path of the file as the user named it, and line for records.
    pub place: String,
    /// Headline; empty when unknown.
    pub title: String,
    /// Who printed it; empty when unknown.
    pub source: String,
    /// When it was printed, as exactly as it is known; empty when unknown.
    pub published: String,
    /// First and last day on which it can have been said.
    pub said: Option<(NaiveDate, NaiveDate)>,
    /// How exactly that is known; empty without a date.
    pub precision: String,
    /// The words that date it; empty if the publication date is used.
    pub dated_by: String,
    /// Where the date was carried from, or which words were refused; empty when
    /// there is nothing to say.
    pub date_note: String,
    /// Roster id, name off the roster, or `(author)`.
    pub actor_id: String,
    /// Name for people.
    pub actor: String,
    /// The words that name the speaker.
    pub speaker: String,
    /// Why this speaker.
    pub because: String,
    /// For whom a spokesman speaks; empty when nobody.
    pub speaks_for: String,
    /// How the words reach the reader.
    pub form: Form,
    /// The attributing words; empty when there are none.
    pub cue: String,
    /// What the cue makes of the content.
    pub cue_class: String,
    /// Two-letter code.
    pub language: String,
    /// The content, as byte spans of the body.
    pub spans: Vec<Span>,
    /// The words, cut at matches.
    pub runs: Vec<Run>,
    /// True if the words were cut after [`MOST_CHARACTERS`].
    pub cut: bool,
    /// One for every axis of the run.
    pub scores: Vec<EntryScore>,
    /// In text order.
    pub hits: Vec<EntryHit>,
    /// The earlier row it repeats; empty when none.
    pub duplicate_of: String,
}

/// A score on one axis.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryScore {
    /// Id of the axis.
    pub axis: Name,
    /// In [-1, 1], or why there is none.
    pub value: Result<f64, NoScore>,
    /// How it came about; empty where there is none.
    pub sum: Sum,
}

/// The right side of an equation in words. Its parts come again in many statements, so that
/// the page holds each of them once.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sum {
    /// How it begins.
    pub lead: String,
    /// What follows, to be joined by ` + `.
    pub terms: Vec<String>,
}

impl Sum {
    /// All of it.
    pub fn text(&self) -> String {
        format!("{}{}", self.lead, self.terms.join(" + "))
    }
}

/// How the hits and scores of a row came about.
#[derive(Debug, Clone, Default)]
pub struct Accounts {
    /// The arithmetic of each hit, in the order of the row.
    pub hits: Vec<String>,
    /// The sum of each score, in the order of the row.
    pub sums: Vec<Sum>,
}

/// A lexicon match with its words.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryHit {
    /// Id of the axis; empty for an appraisal that found no target.
    pub axis: Name,
    /// target, appraisal or term.
    pub kind: &'static str,
    /// As typed in the lexicon.
    pub term: Name,
    /// The words that matched.
    pub words: String,
    /// Where, in bytes of the body.
    pub span: Span,
    /// What was done with it.
    pub status: &'static str,
    /// What it adds.
    pub contribution: f64,
    /// The words it values; empty when none.
    pub target: String,
    /// How it got its contribution.
    pub arithmetic: String,
}

/// The day in the middle of some days.
pub fn middle(said: Option<(NaiveDate, NaiveDate)>) -> Option<NaiveDate> {
    said.map(|(from, to)| crate::model::statement::middle(from, to))
}

impl Entry {
    /// The entry of a row; hits and scores without an account have an empty one.
    pub fn new(row: &Row, article: &Article, accounts: Accounts) -> Self {
        let mut sums = accounts.sums.into_iter();
        let mut arithmetic = accounts.hits.into_iter();
        let statement = &row.statement;
        let speaker = &statement.speaker;
        let words = |span: Span| article.words(span);
        let hits: Vec<&crate::model::Hit> = row.scored.iter().flat_map(|scored| &scored.hits).collect();
        let mut covers = Vec::new();
        for (index, hit) in hits.iter().enumerate() {
            covers.push((hit.span, Cover::Hit(index)));
            covers.extend(hit.shifters.iter().map(|(span, _, _)| (*span, Cover::Shifter)));
        }
        let (runs, cut) = runs::runs(article, &statement.content, &covers, MOST_CHARACTERS);
        let actor_id = speaker.actor.clone().unwrap_or_else(|| speaker.name.clone());
        let said = row.said.as_ref();
        Entry {
            id: row.id.clone(),
            article: row.article.clone(),
            place: article.place.clone(),
            title: article.title.clone().unwrap_or_default(),
            source: row.source.clone().unwrap_or_default(),
            published: row.published.map_or(String::new(), |published| published.label()),
            said: said.map(|said| (said.from, said.to)),
            precision: said.map_or("", |said| said.precision.as_str()).to_string(),
            dated_by: said.and_then(|said| said.expression).map_or(String::new(), words),
            date_note: statement.date_note.clone().unwrap_or_default(),
            actor_id: if statement.form == Form::Author { AUTHOR.into() } else { actor_id },
            actor: speaker.name.clone(),
            speaker: speaker.mention.map_or(String::new(), words),
            because: speaker.because.clone(),
            speaks_for: speaker.speaks_for.clone().unwrap_or_default(),
            form: statement.form,
            cue: statement.cue.map_or(String::new(), words),
            cue_class: statement.cue_class.as_str().to_string(),
            language: row.language.clone(),
            spans: statement.content.clone(),
            runs,
            cut,
            scores: row
                .scored
                .iter()
                .flat_map(|scored| &scored.scores)
                .map(|score| EntryScore {
                    axis: score.axis,
                    value: score.value,
                    sum: sums.next().unwrap_or_default(),
                })
                .collect(),
            hits: hits
                .iter()
                .map(|hit| EntryHit {
                    axis: hit.axis,
                    kind: hit.kind.as_str(),
                    term: hit.term,
                    words: words(hit.span),
                    span: hit.span,
                    status: hit.status.as_str(),
                    contribution: hit.contribution,
                    target: hit.target.map_or(String::new(), words),
                    arithmetic: arithmetic.next().unwrap_or_default(),
                })
                .collect(),
            duplicate_of: row.duplicate_of.clone().unwrap_or_default(),
        }
    }

    /// The whole text as shown.
    pub fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }

    /// The score on an axis, if it has one.
    pub fn score(&self, axis: &str) -> Option<f64> {
        self.scores.iter().find(|score| score.axis == axis).and_then(|score| score.value.ok())
    }

    /// The day in the middle of the days on which it can have been said: its
    /// place in time, and in a period.
    pub fn day(&self) -> Option<NaiveDate> {
        middle(self.said)
    }

    /// About how many bytes it takes in the page, rather more than less: words
    /// that repeat stand there once, and are counted for a third.
    pub fn size(&self) -> usize {
        let words: usize = self.runs.iter().map(|run| run.text.len() + 6).sum();
        let sums: usize = self.scores.iter().map(|score| 10 + 18 * score.sum.terms.len()).sum();
        let hits: usize = self.hits.iter().map(|hit| 40 + hit.arithmetic.len() / 3).sum();
        let matched: usize = self.hits.iter().map(|hit| hit.words.len() + hit.target.len()).sum();
        let repeated = self.speaker.len() + self.because.len() + self.date_note.len() + matched;
        90 + self.id.len() + words + sums + hits + repeated / 3
    }
}
