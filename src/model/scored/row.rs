//! A row of `statements.csv`: a dated, scored statement with its article.

use crate::model::article::Published;
use crate::model::lexicon::Axis;
use crate::model::scored::hit::Scored;
use crate::model::scored::trend::Observation;
use crate::model::statement::{Said, Statement};

/// A dated, scored statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// `ARTICLE#1`, counted within the article.
    pub id: String,
    /// Id of the article.
    pub article: String,
    /// The source that published it.
    pub source: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// Two-letter language code.
    pub language: String,
    /// Who said what.
    pub statement: Statement,
    /// The words of the statement.
    pub text: String,
    /// When it was said; None without any date.
    pub said: Option<Said>,
    /// One entry per lexicon, in the order of the lexicons.
    pub scored: Vec<Scored>,
    /// Id of the earlier row with the same words by the same speaker in
    /// another article.
    pub duplicate_of: Option<String>,
}

impl Row {
    /// Its score on one axis as an observation, dated by the days on which it can have been
    /// said; None without a score on the axis, a speaker's name or any date. Whether it counts
    /// in trends is decided by `Counting`.
    pub(crate) fn observation(&self, axis: &Axis) -> Option<Observation> {
        let score = self.scored.iter().flat_map(|scored| &scored.scores).find(|s| s.axis == axis.id)?;
        // Rounded as in the table, so that a table gives the same results as a run.
        let value = (score.value.ok()? * 1e6).round() / 1e6;
        let said = self.said.as_ref()?;
        let speaker = &self.statement.speaker;
        if speaker.name.is_empty() {
            return None;
        }
        Some(Observation {
            actor_id: speaker.actor.clone().unwrap_or_else(|| speaker.name.clone()),
            actor: speaker.name.clone(),
            axis: axis.id.to_string(),
            article: self.article.clone(),
            cluster: self.duplicate_of.as_ref().map(|of| article_of(of).to_string()),
            statement: self.id.clone(),
            source: self.source.clone(),
            from: said.from,
            to: said.to,
            value,
            hits: score.hits,
            poles: score.poles,
        })
    }
}

/// The article of a statement's id (`ARTICLE#1`).
fn article_of(id: &str) -> &str {
    id.rsplit_once('#').map_or(id, |(article, _)| article)
}

/// A statement that repeats an earlier one in another article: a row of
/// `duplicates.csv`.
#[derive(Debug, Clone, PartialEq)]
pub struct Duplicate {
    /// Id of the repeating statement.
    pub statement: String,
    /// Id of the earlier one.
    pub original: String,
    /// Who said it.
    pub speaker: String,
    /// How it was detected: "equal", "near" or "contained".
    pub rule: &'static str,
    /// Share of common word triples, in [0, 1]: of all ("equal", "near") or of
    /// the shorter one's ("contained").
    pub similarity: f64,
}
