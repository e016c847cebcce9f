//! A statement: who said what, how, and when.
//!
//! Lives here: the value that `attribute` makes, `date` dates and `score`
//! scores. May not live here: how any of that is decided.

use crate::model::language::cue::CueClass;
use crate::model::language::title::Role;
use crate::model::text::Span;
use chrono::NaiveDate;
use serde::Serialize;

/// How the words reach the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Inside quotation marks.
    Direct,
    /// Reported speech with words in quotation marks.
    Mixed,
    /// Reported speech.
    Indirect,
    /// A labelled turn of a transcript, or a record that is a statement.
    Turn,
    /// The article's own voice: in nobody's mouth.
    Author,
}

impl Form {
    /// The word used in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Form::Direct => "direct",
            Form::Mixed => "mixed",
            Form::Indirect => "indirect",
            Form::Turn => "turn",
            Form::Author => "author",
        }
    }
}

/// Which attributions count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// Reports of speech.
    #[default]
    Speech,
    /// Thoughts, wishes and plans too.
    All,
}

/// How exactly a day is known: the unit in which the text gives it, finest
/// first. A range keeps the unit of its ends; its width is `to - from`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// One day, or a few named days.
    Day,
    /// A week, or a third of a month.
    Week,
    /// A month.
    Month,
    /// A season of three months.
    Season,
    /// A quarter, or a third of a year.
    Quarter,
    /// Half a year.
    Half,
    /// A year, or a third of a decade.
    Year,
    /// Ten years.
    Decade,
}

impl Precision {
    /// All units with the word used in tables.
    pub const ALL: [(Precision, &'static str); 8] = [
        (Precision::Day, "day"),
        (Precision::Week, "week"),
        (Precision::Month, "month"),
        (Precision::Season, "season"),
        (Precision::Quarter, "quarter"),
        (Precision::Half, "half"),
        (Precision::Year, "year"),
        (Precision::Decade, "decade"),
    ];

    /// The word used in tables.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(precision, _)| *precision == self).map_or("day", |(_, word)| word)
    }
}

/// When something was said: a closed interval of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// First possible day.
    pub from: NaiveDate,
    /// Last possible day, `>= from`.
    pub to: NaiveDate,
    /// How exactly it is known.
    pub precision: Precision,
    /// The words that decided, as spans of the body; None when the
    /// publication date stands in.
    pub expression: Option<Span>,
}

impl Said {
    /// The day in the middle: the statement's place in time.
    pub fn middle(&self) -> NaiveDate {
        middle(self.from, self.to)
    }
}

/// The day in the middle of an interval, the earlier of two.
pub fn middle(from: NaiveDate, to: NaiveDate) -> NaiveDate {
    from + chrono::Duration::days((to - from).num_days() / 2)
}

/// The actor id of an article's own voice.
pub const AUTHOR: &str = "(author)";

/// An office of a country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The role of the office.
    pub role: Role,
    /// Country id on the roster.
    pub country: String,
}

/// Who is held to have said it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Speaker {
    /// The words that name the speaker here ("he", "the Belarusian leader");
    /// None for the author and where nobody is named.
    pub mention: Option<Span>,
    /// Resolved name: the roster's, or the fullest surface name in the
    /// article; empty when unknown.
    pub name: String,
    /// Id on the roster; `(author)` for the article's voice; None when off the
    /// roster.
    pub actor: Option<String>,
    /// For whom a spokesman speaks, when the text says it: a name.
    pub speaks_for: Option<String>,
    /// The office by which the speaker was recognised: who held it depends on
    /// the day of the statement.
    pub office: Option<Held>,
    /// One readable sentence: why this speaker was chosen.
    pub because: String,
}

/// A stretch of an article attributed to one speaker. Joint speakers give one
/// statement each.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// What was said: one or more spans of the body in reading order (more
    /// than one where a cue breaks a quotation).
    pub content: Vec<Span>,
    /// The attributing words; None for turns, records and the author.
    pub cue: Option<Span>,
    /// What the cue makes of the content.
    pub cue_class: CueClass,
    /// How the words reach the reader.
    pub form: Form,
    /// Who said it.
    pub speaker: Speaker,
    /// Index of the sentence in which the cue (or the content) stands.
    pub sentence: usize,
    /// When it was said; None when neither an expression nor a publication
    /// date is known. Several for "in 2003, 2009 and 2013": the pipeline
    /// gives each its own row.
    pub said: Vec<Said>,
    /// What is to be known about its date beyond the words that gave it: where
    /// it was carried from, or which words were refused and why. None when
    /// there is nothing to say.
    pub date_note: Option<String>,
}

impl Statement {
    /// From the first to the last byte of the content.
    pub fn hull(&self) -> Span {
        match (self.content.first(), self.content.last()) {
            (Some(first), Some(last)) => first.join(*last),
            _ => Span::new(0, 0),
        }
    }

    /// The words of the content, pieces joined by a space.
    pub fn text(&self, body: &str) -> String {
        let pieces: Vec<&str> = self.content.iter().map(|span| span.of(body)).collect();
        pieces.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// What attribution says about one article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Attributed {
    /// In the order of their content; joint speakers one after another.
    pub statements: Vec<Statement>,
    /// For each sentence of the text, who is named in it: actor ids, or names
    /// of speakers off the roster. Dating needs it to know whose meeting a
    /// named day belongs to.
    pub named: Vec<Vec<String>>,
}
