//! Time expressions in text: what they are, and how the grammar begins.
//!
//! Lives here: the reader and its questions to words. May not live here: the
//! grammar itself (`absolute` for what stands in the calendar, `relative` for
//! what is counted from another day, `compound` for ranges, halves and thirds),
//! or which statement an expression dates (`scope`).

use crate::date::grammar::calendar;
use crate::date::grammar::calendar::Interval;
use crate::model::{CalendarKind, Fact, Language, Precision, Span, Text, TokenKind, WordClass};
use chrono::NaiveDate;
use std::ops::Range;

/// A time expression with what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its bytes.
    pub span: Span,
    /// First day.
    pub from: NaiveDate,
    /// Last day, `>= from`.
    pub to: NaiveDate,
    /// How exactly it is known.
    pub precision: Precision,
    /// Whether it says no more than "now".
    pub now: bool,
    /// The words of an earlier expression from which it was counted.
    pub counted_from: Option<Span>,
}

impl Expression {
    /// First and last day with the unit.
    pub fn interval(&self) -> Interval {
        (self.from, self.to, self.precision)
    }
}

/// A time named before, from which "two years earlier" counts.
#[derive(Debug, Clone, Copy)]
pub struct Named {
    /// When.
    pub time: Interval,
    /// Its words.
    pub span: Span,
    /// The year that days and months without one belong to: that of a day or
    /// month which named its year in the sentence before.
    pub year: Option<i32>,
}

/// From what relative expressions are counted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Anchors {
    /// The time of publication: without it only complete dates can be read.
    pub published: Option<Interval>,
    /// A time named before.
    pub named: Option<Named>,
}

/// Appends the time expressions in a token range, in order, longest first, not
/// overlapping. Each becomes the time named before for those behind it.
pub fn expressions(
    text: &Text,
    within: Range<usize>,
    anchors: Anchors,
    language: &Language,
    found: &mut Vec<Expression>,
) {
    let mut reader = Reader { text, start: within.start, end: within.end, anchors, language };
    let mut index = within.start;
    let mut previous = None;
    while index < within.end {
        let Some((end, time)) = reader.begins(index).then(|| reader.at(index, previous)).flatten() else {
            index += 1;
            continue;
        };
        let (from, to, precision) = time;
        if end <= index || from > to {
            index += 1;
            continue;
        }
        let tokens = index..end;
        let span = text.span_of(tokens.clone());
        let now = reader.value(index, CalendarKind::Now).is_some();
        let counted_from = reader.counts_from_named(tokens.clone());
        found.push(Expression { tokens, span, from, to, precision, now, counted_from });
        if !now {
            let year = reader.anchors.named.and_then(|named| named.year);
            reader.anchors.named = Some(Named { time, span, year });
        }
        previous = Some(end);
        index = end;
    }
}

/// The end of an expression and its time.
pub(crate) type Parsed = Option<(usize, Interval)>;

pub(crate) struct Reader<'a> {
    pub text: &'a Text,
    pub start: usize,
    pub end: usize,
    pub anchors: Anchors,
    pub language: &'a Language,
}

impl<'a> Reader<'a> {
    /// Whether an expression may begin with this token; most may not.
    fn begins(&self, index: usize) -> bool {
        let Some(token) = self.text.tokens.get(index) else { return false };
        let compound = || self.word(index).bytes().any(|byte| matches!(byte, b'\'' | b'-'));
        match token.kind {
            TokenKind::Number => true,
            TokenKind::Word => token.facts.has(Fact::Dating) || compound(),
            TokenKind::Punctuation => false,
        }
    }

    /// What dating knows of a word, a bit a kind, so that one look-up tells which
    /// rules can apply.
    fn kinds(&self, index: usize) -> u32 {
        let kinds = self.known(index).and_then(|word| self.language.dating.get(word));
        kinds.into_iter().flatten().fold(0, |bits, (kind, _)| bits | 1 << *kind as u32)
    }

    pub fn at(&self, index: usize, previous: Option<usize>) -> Parsed {
        self.range(index, previous).or_else(|| {
            let first = self.single(index, previous)?;
            self.joined(first, false).or(Some(first))
        })
    }

    pub fn single(&self, index: usize, previous: Option<usize>) -> Parsed {
        use CalendarKind::{
            Context, Day, DecadeName, Direction, Later, Month, MonthAdjective, Now, Number, Ordinal, Part,
            Season, Unit, Weekday, Weekend,
        };
        let kinds = self.kinds(index);
        let any = |wanted: &[CalendarKind]| wanted.iter().any(|kind| kinds & 1 << *kind as u32 != 0);
        let token = self.text.tokens.get(index).filter(|_| index < self.end)?;
        if token.kind == TokenKind::Number {
            return self
                .numeric(index)
                .or_else(|| self.day_month(index))
                .or_else(|| self.counted(index))
                .or_else(|| self.decade(index))
                .or_else(|| self.lone_year(index, previous));
        }
        let try_if = |applies: bool, rule: &dyn Fn() -> Parsed| if applies { rule() } else { None };
        try_if(kinds == 0 || any(&[Part]), &|| self.part(index))
            .or_else(|| try_if(any(&[Ordinal, Direction]), &|| self.section(index)))
            .or_else(|| try_if(any(&[Month]), &|| self.month_day(index)))
            .or_else(|| {
                try_if(any(&[Month, Direction, MonthAdjective]), &|| self.month_year(index, previous))
            })
            .or_else(|| try_if(any(&[Season, Direction]), &|| self.season_year(index)))
            .or_else(|| {
                let counts = any(&[Now, Day, Unit, Weekday, Weekend, Direction, Context, Number, Later]);
                try_if(counts, &|| self.relative(index))
            })
            .or_else(|| try_if(any(&[DecadeName]), &|| self.decade(index)))
    }

    /// The last day on which the article can have been published.
    pub fn published(&self) -> Option<NaiveDate> {
        self.anchors.published.map(|published| published.1)
    }

    /// The day of publication, where it is known: of an article of March nobody
    /// knows what "yesterday" was.
    pub fn today(&self) -> Option<NaiveDate> {
        self.anchors.published.filter(|(from, to, _)| from == to).map(|(day, _, _)| day)
    }

    /// A unit of time counted from the publication, if that is known as exactly.
    pub fn since_publication(&self, unit: i32, steps: i32) -> Option<Interval> {
        let (from, to, _) = self.anchors.published?;
        let time = calendar::unit(to, unit, steps)?;
        (calendar::unit(from, unit, steps)? == time).then_some(time)
    }

    pub fn word(&self, index: usize) -> &'a str {
        if index < self.end { self.text.word(index) } else { "" }
    }

    /// The word without the ending of a possessive ("Monday's").
    fn bare(&self, index: usize) -> &'a str {
        self.language.possessives.strip(self.word(index))
    }

    /// The word under which dating may know a token.
    fn known(&self, index: usize) -> Option<&'a str> {
        if index >= self.end {
            return None;
        }
        if self.text.has(index, Fact::Dating) {
            return Some(self.text.word(index));
        }
        Some(self.bare(index)).filter(|_| self.text.word(index).contains('\''))
    }

    pub fn value(&self, index: usize, kind: CalendarKind) -> Option<i32> {
        self.look_up(self.known(index)?, kind)
    }

    pub fn look_up(&self, word: &str, kind: CalendarKind) -> Option<i32> {
        self.language.dating.get(word)?.iter().find(|(found, _)| *found == kind).map(|(_, value)| *value)
    }

    pub fn is(&self, index: usize, class: WordClass) -> bool {
        index < self.end && self.text.is(index, class)
    }

    /// The token before, if it belongs to what is read.
    pub fn before(&self, index: usize) -> Option<usize> {
        index.checked_sub(1).filter(|before| *before >= self.start)
    }

    pub fn capital(&self, index: usize) -> bool {
        self.text.has(index, Fact::Capital)
    }

    pub fn number(&self, index: usize) -> Option<i32> {
        (index < self.end && self.text.tokens.get(index)?.kind == TokenKind::Number)
            .then(|| self.word(index))
            .filter(|word| word.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|word| word.parse().ok())
    }

    /// "two", "2", "several" (0).
    pub fn count(&self, index: usize) -> Option<i32> {
        self.value(index, CalendarKind::Number)
            .or_else(|| self.number(index).filter(|count| (1..=99).contains(count)))
    }

    /// A day of a month: "13", "1st", «13-го».
    pub fn day_number(&self, index: usize) -> Option<u32> {
        if index >= self.end || self.text.tokens.get(index)?.kind != TokenKind::Number {
            return None;
        }
        let word = self.word(index);
        let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
        let rest = word.get(digits.len()..)?;
        let ordinal = rest.is_empty()
            || rest.chars().all(|c| c.is_alphabetic() || c == '-') && rest.chars().count() <= 3;
        digits.parse().ok().filter(|day| (1..=31).contains(day) && ordinal)
    }

    pub fn year(&self, index: usize) -> Option<i32> {
        self.number(index).filter(|year| (1900..=2099).contains(year) && self.word(index).len() == 4)
    }

    pub fn dash(&self, index: usize) -> bool {
        matches!(self.word(index), "-" | "–" | "—")
    }

    /// A month. What is written small where months are written large ("may",
    /// "march") is none; a capital in mid-sentence where they are not is a name.
    pub fn month(&self, index: usize) -> Option<u32> {
        let value = self.value(index, CalendarKind::Month)?;
        let fits = !self.word(index).is_ascii() || self.capital(index);
        u32::try_from(value).ok().filter(|_| fits)
    }

    /// Whether a noun for an occasion or for something said stands at one of the
    /// next two tokens.
    pub fn said_noun_follows(&self, index: usize) -> bool {
        (index..(index + 2).min(self.end)).any(|index| self.said_noun(index))
    }

    pub fn said_noun(&self, index: usize) -> bool {
        self.is(index, WordClass::Occasion) || self.value(index, CalendarKind::Utterance).is_some()
    }

    /// Skips an article, and "of" before it.
    pub fn skip_small(&self, mut index: usize) -> usize {
        if self.value(index, CalendarKind::Of).is_some() {
            index += 1;
        }
        if self.is(index, WordClass::Article) {
            index += 1;
        }
        index
    }

    /// Whether nothing, or no word, stands there.
    pub fn no_word(&self, index: usize) -> bool {
        index >= self.end || self.text.tokens.get(index).is_none_or(|token| token.kind != TokenKind::Word)
    }

    /// The words of the time named before, when the expression was counted from it.
    fn counts_from_named(&self, tokens: Range<usize>) -> Option<Span> {
        let named = self.anchors.named?;
        let counts = tokens.clone().any(|index| {
            self.value(index, CalendarKind::Context).is_some()
                || self.value(index, CalendarKind::Later).is_some()
                || self.value(index, CalendarKind::Ago).is_some_and(|value| value < -1)
        });
        let absolute = tokens.clone().any(|index| self.year(index).is_some());
        let backwards = tokens.clone().any(|index| {
            matches!(self.value(index, CalendarKind::Direction), Some(..=-1))
                || self.value(index, CalendarKind::Day).is_some()
        });
        (counts && !absolute && !backwards).then_some(named.span)
    }
}
