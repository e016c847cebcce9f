//! Counts over all statements, shown in the page or not: who spoke how often, and which terms made the
//! scores.

use crate::model::{Article, Counting, Form, Name, Row};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Counts over all rows taken.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Counts {
    /// All rows.
    pub rows: usize,
    /// Of these, in the articles' own voice.
    pub author: usize,
    /// Of these, copies of earlier statements.
    pub copies: usize,
    /// Statements by speakers without a date.
    pub undated: usize,
    /// Statements by speakers with a score, by axis.
    pub scored: BTreeMap<Name, usize>,
    /// By actor id (the name off the roster).
    pub speakers: BTreeMap<String, Spoken>,
    /// By axis and term: statements that count in trends.
    pub terms: BTreeMap<(Name, Name), TermUse>,
    /// Publishers.
    pub sources: BTreeSet<String>,
    /// First and last day of a speaker's statement.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// What counts in trends.
    counting: Counting,
    /// The article that was seen last: articles come one after the other.
    last: String,
    /// How many were seen.
    pub articles: usize,
}

/// What was seen of one speaker.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spoken {
    /// Name for people.
    pub actor: String,
    /// Statements, copies included.
    pub statements: usize,
    /// Articles they are from.
    pub articles: usize,
    /// First and last day of a statement.
    pub days: Option<(NaiveDate, NaiveDate)>,
    last: String,
}

/// What one entry of a lexicon did.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TermUse {
    /// Hits with a contribution.
    pub hits: usize,
    /// Of these, hits that spoke for the positive pole.
    pub positive: usize,
    /// Sum of the contributions.
    pub sum: f64,
}

impl Counts {
    /// Nothing counted yet.
    pub fn new(counting: Counting) -> Self {
        Counts { counting, ..Counts::default() }
    }

    /// What counts in trends.
    pub fn counting(&self) -> Counting {
        self.counting
    }

    /// Takes a row. Rows of one article come one after the other.
    pub fn take(&mut self, row: &Row, article: &Article) {
        self.rows += 1;
        self.copies += usize::from(row.duplicate_of.is_some());
        if self.last != row.article {
            self.last.clone_from(&row.article);
            self.articles += 1;
            self.sources.extend(article.source.clone());
        }
        if row.statement.form == Form::Author {
            self.author += 1;
            return;
        }
        let days = row.said.as_ref().map(|said| (said.from, said.to));
        self.undated += usize::from(days.is_none());
        self.days = join(self.days, days);
        let speaker = &row.statement.speaker;
        let id = speaker.actor.as_ref().unwrap_or(&speaker.name);
        if !id.is_empty() {
            let spoken = self.speakers.entry(id.clone()).or_default();
            spoken.actor.clone_from(&speaker.name);
            spoken.statements += 1;
            spoken.days = join(spoken.days, days);
            if spoken.last != row.article {
                spoken.last.clone_from(&row.article);
                spoken.articles += 1;
            }
        }
        for score in row.scored.iter().flat_map(|scored| &scored.scores) {
            *self.scored.entry(score.axis).or_default() += usize::from(score.value.is_ok());
        }
        if !self.counting.counts_row(row) {
            return;
        }
        for hit in row.scored.iter().flat_map(|scored| &scored.hits).filter(|hit| hit.contribution != 0.0) {
            let used = self.terms.entry((hit.axis, hit.term)).or_default();
            used.hits += 1;
            used.positive += usize::from(hit.contribution > 0.0);
            used.sum += hit.contribution;
        }
    }

    /// The terms of an axis that contributed most, for one pole: net contribution
    /// in the direction of `sign`, largest first.
    pub fn top_terms(&self, axis: &str, sign: f64, most: usize) -> Vec<(&str, &TermUse)> {
        let mut terms: Vec<(&str, &TermUse)> = self
            .terms
            .iter()
            .filter(|((on, _), used)| on == axis && used.sum * sign > 0.0)
            .map(|((_, term), used)| (term.as_str(), used))
            .collect();
        terms.sort_by(|one, two| two.1.sum.abs().total_cmp(&one.1.sum.abs()).then(one.0.cmp(two.0)));
        terms.truncate(most);
        terms
    }
}

fn join(
    one: Option<(NaiveDate, NaiveDate)>,
    two: Option<(NaiveDate, NaiveDate)>,
) -> Option<(NaiveDate, NaiveDate)> {
    match (one, two) {
        (Some(one), Some(two)) => Some((one.0.min(two.0), one.1.max(two.1))),
        (one, two) => one.or(two),
    }
}
