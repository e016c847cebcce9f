//! What counts in a trend: the one rule that trends, `pooled.csv`, the page, terms and samples
//! ask.

use crate::model::lexicon::Axis;
use crate::model::scored::row::Row;
use crate::model::scored::trend::Observation;
use crate::model::statement::{AUTHOR, Form};
use chrono::NaiveDate;

/// Which statements count in trends, and by which day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counting {
    /// Whether copies of an earlier statement count too (`--keep-duplicates`).
    pub keep_duplicates: bool,
    /// Whether a statement is dated by its article's publication instead of the days on which
    /// it can have been said (`--date-by published`).
    pub by_publication: bool,
}

/// What the rule looks at, for statements that are not a [`Row`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Voice<'a> {
    /// Roster id, or the name of a speaker off the roster; may be empty when `name` is given.
    pub id: &'a str,
    /// Name of the speaker; empty when nobody is named.
    pub name: &'a str,
    /// Whether this is the article's own voice.
    pub author: bool,
    /// Whether it repeats an earlier statement of another article.
    pub copy: bool,
}

impl Counting {
    /// Whether this is a speaker's statement and no copy that is left out. The speaker may be
    /// unnamed: such a statement can be coded by hand, but it is in no trend.
    pub fn is_a_statement(self, voice: Voice) -> bool {
        !voice.author && voice.id != AUTHOR && voice.name != AUTHOR && (self.keep_duplicates || !voice.copy)
    }

    /// Whether a statement counts in trends, if it has a score and a date.
    pub fn counts(self, voice: Voice) -> bool {
        self.is_a_statement(voice) && !voice.name.is_empty()
    }

    /// Whether a row counts in trends, if it has a score and a date.
    pub fn counts_row(self, row: &Row) -> bool {
        self.counts(row.voice())
    }

    /// Whether a copy of an earlier statement counts.
    pub fn counts_copy(self, duplicate_of: Option<&str>) -> bool {
        self.keep_duplicates || duplicate_of.is_none()
    }

    /// First and last day by which a row counts; None without a date.
    pub fn days(self, row: &Row) -> Option<(NaiveDate, NaiveDate)> {
        if self.by_publication {
            return row.published.map(|published| (published.day, published.last));
        }
        row.said.as_ref().map(|said| (said.from, said.to))
    }

    /// What a row adds to trends on an axis; None when it does not count, has no date or no
    /// score on the axis.
    pub fn observation(self, row: &Row, axis: &Axis) -> Option<Observation> {
        let (from, to) = self.days(row).filter(|_| self.counts_row(row))?;
        Some(Observation { from, to, ..row.observation(axis)? })
    }
}

impl Row {
    /// What decides whether the row counts in trends.
    pub fn voice(&self) -> Voice<'_> {
        let speaker = &self.statement.speaker;
        Voice {
            id: speaker.actor.as_deref().unwrap_or(&speaker.name),
            name: &speaker.name,
            author: self.statement.form == Form::Author,
            copy: self.duplicate_of.is_some(),
        }
    }
}

/// Number of words of a text: pieces between spaces with a letter or digit in them.
pub fn word_count(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_and_the_articles_own_voice_stay_out() {
        let voice = Voice { id: "lind", name: "Ann Lind", author: false, copy: false };
        let (once, all) = (Counting::default(), Counting { keep_duplicates: true, ..Counting::default() });
        assert!(once.counts(voice) && all.counts(voice));
        let copy = Voice { copy: true, ..voice };
        assert!(!once.counts(copy) && all.counts(copy));
        assert!(!once.counts_copy(Some("a#1")) && all.counts_copy(Some("a#1")) && once.counts_copy(None));
        for silent in
            [Voice { author: true, ..voice }, Voice { id: AUTHOR, ..voice }, Voice { name: AUTHOR, ..voice }]
        {
            assert!(!all.is_a_statement(silent), "{silent:?}");
        }
        let unnamed = Voice { id: "", name: "", ..voice };
        assert!(once.is_a_statement(unnamed) && !once.counts(unnamed));
    }

    #[test]
    fn words_have_a_letter_or_a_digit() {
        assert_eq!(word_count("“We will – not – give it up in 2019!”"), 8);
        assert_eq!(word_count(" – "), 0);
    }
}
