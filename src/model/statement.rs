//! A statement: who said what, how, and when.

use crate::model::language::cue::CueClass;
use crate::model::language::title::Role;
use crate::model::text::Span;
use chrono::NaiveDate;
use serde::Serialize;

/// How an article reports a statement.
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
    /// The article's own voice, attributed to nobody.
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

/// Which attributions become statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// Reports of speech.
    #[default]
    Speech,
    /// Also thoughts, wishes and plans.
    All,
}

/// The unit in which a date is known, finest first. A range has the unit of its ends; its width is
/// `to - from`.
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
    /// The time expression, as a span of the body; None if the publication date is used instead.
    pub expression: Option<Span>,
}

impl Said {
    /// The middle day of the interval, which represents the statement in trends.
    pub fn middle(&self) -> NaiveDate {
        middle(self.from, self.to)
    }
}

/// The middle day of an interval, the earlier one of two.
pub fn middle(from: NaiveDate, to: NaiveDate) -> NaiveDate {
    from + chrono::Duration::days((to - from).num_days() / 2)
}

/// Actor id of an article's own voice.
pub const AUTHOR: &str = "(author)";

/// An office of a country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The role of the office.
    pub role: Role,
    /// Country id on the roster.
    pub country: String,
}

/// The speaker of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Speaker {
    /// The words that name the speaker ("he", "the Belarusian leader"); None for the author and if nobody
    /// is named.
    pub mention: Option<Span>,
    /// The resolved name: that of the roster, or the fullest form in the article; empty if unknown.
    pub name: String,
    /// Id on the roster; `(author)` for the article's voice; None when off the
    /// roster.
    pub actor: Option<String>,
    /// The name of the person or body that a spokesperson speaks for, if the text gives it.
    pub speaks_for: Option<String>,
    /// The office by which the speaker was recognised: who held it depends on
    /// the day of the statement.
    pub office: Option<Held>,
    /// Why this speaker was chosen, for the user.
    pub because: String,
}

/// A stretch of an article attributed to one speaker. Joint speakers give one
/// statement each.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The content: one or more spans of the body in reading order (several if a cue interrupts a
    /// quotation).
    pub content: Vec<Span>,
    /// The cue; None for turns, records and the author.
    pub cue: Option<Span>,
    /// The class of the cue.
    pub cue_class: CueClass,
    /// How the article reports it.
    pub form: Form,
    /// Who said it.
    pub speaker: Speaker,
    /// Index of the sentence with the cue, or with the content if there is none.
    pub sentence: usize,
    /// When it was said; empty if neither an expression nor a publication date is known. Several for "in
    /// 2003, 2009 and 2013": each becomes a row of its own.
    pub said: Vec<Said>,
    /// A note about the date: where it was carried over from, or which expressions were refused and why.
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

    /// The words of the content, its pieces joined by a space.
    pub fn text(&self, body: &str) -> String {
        let pieces: Vec<&str> = self.content.iter().map(|span| span.of(body)).collect();
        pieces.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The result of attribution for one article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Attributed {
    /// In the order of their content; those of joint speakers are neighbours.
    pub statements: Vec<Statement>,
    /// For each sentence who is named in it: actor ids, or names off the roster. Dating needs this to know
    /// who attended an occasion.
    pub named: Vec<Vec<String>>,
}
