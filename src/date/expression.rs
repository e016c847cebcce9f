//! Time expressions in text.
//!
//! Lives here: their grammar, over classes of words that the language's
//! calendar gives. May not live here: which statement they date.

use super::calendar::{self, Interval};
use crate::model::{CalendarKind, Fact, Language, Precision, Span, Text, TokenKind, WordClass};
use chrono::{Datelike, NaiveDate};
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
}

/// All time expressions in a token range, in order, longest first, not
/// overlapping. `anchor` is the day of publication: without it only complete
/// dates can be read.
pub fn expressions(
    text: &Text,
    within: Range<usize>,
    body: &str,
    anchor: Option<NaiveDate>,
    language: &Language,
) -> Vec<Expression> {
    let reader = Reader { text, body, end: within.end, anchor, language };
    let mut found: Vec<Expression> = Vec::new();
    let mut index = within.start;
    while index < within.end {
        let previous = found.last().map(|expression| expression.tokens.end);
        match reader.at(index, within.start, previous) {
            Some((end, (from, to, precision))) if end > index && from <= to => {
                let tokens = index..end;
                let span = text.span_of(tokens.clone());
                found.push(Expression { tokens, span, from, to, precision });
                index = end;
            }
            _ => index += 1,
        }
    }
    found
}

struct Reader<'a> {
    text: &'a Text,
    body: &'a str,
    end: usize,
    anchor: Option<NaiveDate>,
    language: &'a Language,
}

type Parsed = Option<(usize, Interval)>;

impl Reader<'_> {
    fn word(&self, index: usize) -> &str {
        if index < self.end { self.text.word(index) } else { "" }
    }

    fn value(&self, index: usize, kind: CalendarKind) -> Option<i32> {
        let known = index < self.end && self.text.has(index, Fact::Calendar);
        let word = known.then(|| self.text.word(index))?;
        self.language.calendar.get(word)?.iter().find(|(found, _)| *found == kind).map(|(_, v)| *v)
    }

    /// A month; English month names need their capital ("may", "march").
    fn month(&self, index: usize) -> Option<u32> {
        let value = self.value(index, CalendarKind::Month)?;
        let ascii = self.word(index).is_ascii();
        let capital = self
            .text
            .tokens
            .get(index)
            .is_some_and(|token| token.span.of(self.body).chars().next().is_some_and(char::is_uppercase));
        if ascii && !capital { None } else { u32::try_from(value).ok() }
    }

    fn number(&self, index: usize) -> Option<i32> {
        (index < self.end && self.text.tokens.get(index)?.kind == TokenKind::Number)
            .then(|| self.word(index))
            .filter(|word| word.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|word| word.parse().ok())
    }

    fn day_number(&self, index: usize) -> Option<u32> {
        if index >= self.end || self.text.tokens.get(index)?.kind != TokenKind::Number {
            return None;
        }
        let word = self.word(index);
        let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
        // "1st", "13-го"
        let rest = word.get(digits.len()..)?;
        let ordinal = rest.is_empty()
            || rest.chars().all(|c| c.is_alphabetic() || c == '-') && rest.chars().count() <= 3;
        digits.parse().ok().filter(|day| (1..=31).contains(day) && ordinal)
    }

    fn year(&self, index: usize) -> Option<i32> {
        self.number(index).filter(|year| (1900..=2099).contains(year) && self.word(index).len() == 4)
    }

    fn dash(&self, index: usize) -> bool {
        matches!(self.word(index), "-" | "–" | "—")
    }

    /// Skips «г.», «года» behind a year.
    fn after_year(&self, mut index: usize) -> usize {
        if self.value(index, CalendarKind::YearSuffix).is_some() {
            index += 1;
            if self.word(index) == "."
                && self.text.tokens.get(index).is_some_and(|t| {
                    self.text.tokens.get(index - 1).is_some_and(|b| b.span.end == t.span.start)
                })
                && self.word(index - 1).chars().count() <= 2
            {
                index += 1;
            }
        }
        index
    }

    fn at(&self, index: usize, start: usize, previous: Option<usize>) -> Parsed {
        self.numeric(index)
            .or_else(|| self.day_month(index))
            .or_else(|| self.month_day(index))
            .or_else(|| self.month_year(index))
            .or_else(|| self.season_year(index))
            .or_else(|| self.relative(index))
            .or_else(|| self.decade(index))
            .or_else(|| self.lone_year(index, start, previous))
    }

    /// "2019-02-13", "13.02.2019".
    fn numeric(&self, index: usize) -> Parsed {
        let word = self.word(index);
        if let Ok(day) = NaiveDate::parse_from_str(word, "%d.%m.%Y")
            && word.len() == 10
        {
            return Some((index + 1, (day, day, Precision::Day)));
        }
        let year = self.year(index)?;
        if self.word(index + 1) != "-" || self.word(index + 3) != "-" {
            return None;
        }
        let month = self.number(index + 2)?;
        let day = self.number(index + 4)?;
        let day = NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)?;
        Some((index + 5, (day, day, Precision::Day)))
    }

    /// Two days of one month: "13-15", "13 and 14" gives the first and last.
    fn day_range(&self, index: usize) -> Option<(u32, u32, usize)> {
        let first = self.day_number(index)?;
        let joined = self.dash(index + 1)
            || self.language.is(self.word(index + 1), WordClass::Conjunction)
            || self.language.is(self.word(index + 1), WordClass::Preposition);
        if joined && let Some(last) = self.day_number(index + 2).filter(|last| *last >= first) {
            return Some((first, last, index + 3));
        }
        Some((first, first, index + 1))
    }

    fn days(&self, year: Option<i32>, month: u32, first: u32, last: u32) -> Option<Interval> {
        let precision = if last.saturating_sub(first) <= 3 { Precision::Day } else { Precision::Month };
        let of = |year: i32| {
            Some((
                NaiveDate::from_ymd_opt(year, month, first)?,
                NaiveDate::from_ymd_opt(year, month, last)?,
                precision,
            ))
        };
        match (year, self.anchor) {
            (Some(year), _) => of(year),
            // Without a year: the nearest in the past.
            (None, Some(anchor)) => {
                of(anchor.year()).filter(|(from, _, _)| *from <= anchor).or_else(|| of(anchor.year() - 1))
            }
            (None, None) => None,
        }
    }

    /// "13-15 February [2019]", «13 февраля [2019 года]».
    fn day_month(&self, index: usize) -> Parsed {
        let (first, last, mut next) = self.day_range(index)?;
        if self.language.is(self.word(next), WordClass::Preposition) {
            next += 1; // "13 of February"
        }
        let month = self.month(next)?;
        next += 1;
        if self.word(next) == "," && self.year(next + 1).is_some() {
            next += 1;
        }
        let (year, next) = self.stated_year(next);
        Some((next, self.days(year, month, first, last)?))
    }

    /// "February 13[-15][, 2019]".
    fn month_day(&self, index: usize) -> Parsed {
        let month = self.month(index)?;
        let mut at = index + 1;
        if self.word(at) == "." {
            at += 1;
        }
        let (first, last, mut next) = match (self.day_range(at)?, self.month(at + 2)) {
            // "March 13 and April 2" is two expressions.
            ((first, _, _), Some(_)) => (first, first, at + 1),
            (range, None) => range,
        };
        if self.word(next) == "," && self.year(next + 1).is_some() {
            next += 1;
        }
        let (year, next) = self.stated_year(next);
        Some((next, self.days(year, month, first, last)?))
    }

    /// A year behind a month: "2019", «2019 года», "this year", «этого года».
    fn stated_year(&self, index: usize) -> (Option<i32>, usize) {
        if let Some(year) = self.year(index) {
            return (Some(year), self.after_year(index + 1));
        }
        let mut at = index;
        if self.language.is(self.word(at), WordClass::Preposition) {
            at += 1; // "February of this year"
        }
        if let Some(year) = self.year(at).filter(|_| at > index) {
            return (Some(year), self.after_year(at + 1));
        }
        if let (Some(direction), Some(4), Some(anchor)) =
            (self.value(at, CalendarKind::Direction), self.value(at + 1, CalendarKind::Unit), self.anchor)
        {
            return (Some(anchor.year() + direction), at + 2);
        }
        (None, index)
    }

    /// "December 2018", "last December", "December".
    fn month_year(&self, index: usize) -> Parsed {
        if let Some(direction) = self.value(index, CalendarKind::Direction)
            && let Some(month) = self.month(index + 1)
        {
            let anchor = self.anchor?;
            let mut year = anchor.year();
            if direction < 0 && month >= anchor.month() {
                year -= 1;
            }
            if direction > 0 && month <= anchor.month() {
                year += 1;
            }
            return Some((index + 2, calendar::month(year, month)?));
        }
        let month = self.month(index)?;
        let (year, next) = self.stated_year(index + 1);
        let year = match (year, self.anchor) {
            (Some(year), _) => year,
            (None, Some(anchor)) if month > anchor.month() => anchor.year() - 1,
            (None, Some(anchor)) => anchor.year(),
            (None, None) => return None,
        };
        Some((next, calendar::month(year, month)?))
    }

    /// "spring [of] 2004", «весной 2004 года», "last spring".
    fn season_year(&self, index: usize) -> Parsed {
        if let (Some(direction), Some(first), Some(anchor)) = (
            self.value(index, CalendarKind::Direction),
            self.value(index + 1, CalendarKind::Season),
            self.anchor,
        ) {
            let first = u32::try_from(first).ok()?;
            let mut season = calendar::season(anchor.year() + direction.max(0), first)?;
            if direction < 0 && season.0 > anchor {
                season = calendar::season(anchor.year() - 1, first)?;
            }
            return Some((index + 2, season));
        }
        let first = u32::try_from(self.value(index, CalendarKind::Season)?).ok()?;
        let (year, next) = self.stated_year(index + 1);
        Some((next, calendar::season(year?, first)?))
    }

    /// "yesterday", "on Monday", "last week", "two weeks ago", «неделей ранее».
    fn relative(&self, index: usize) -> Parsed {
        let anchor = self.anchor?;
        if let Some(days) = self.value(index, CalendarKind::Day) {
            let day = calendar::shift(anchor, i64::from(days))?;
            return Some((index + 1, (day, day, Precision::Day)));
        }
        if let Some(weekday) = self.value(index, CalendarKind::Weekday) {
            // The nearest past one, the day itself included.
            let back = (anchor.weekday().number_from_monday() as i32 - weekday).rem_euclid(7);
            let day = calendar::shift(anchor, -i64::from(back))?;
            return Some((index + 1, (day, day, Precision::Day)));
        }
        if let Some(direction) = self.value(index, CalendarKind::Direction) {
            if let Some(unit) = self.value(index + 1, CalendarKind::Unit) {
                return Some((index + 2, calendar::unit(anchor, unit, direction)?));
            }
            if let Some(weekday) = self.value(index + 1, CalendarKind::Weekday) {
                let mut back = (anchor.weekday().number_from_monday() as i32 - weekday).rem_euclid(7);
                if direction < 0 && back == 0 {
                    back = 7;
                }
                let forward = if direction > 0 { 7 } else { 0 };
                let day = calendar::shift(anchor, i64::from(forward - back))?;
                return Some((index + 2, (day, day, Precision::Day)));
            }
            return None;
        }
        let counted = self
            .value(index, CalendarKind::Number)
            .or_else(|| self.number(index).filter(|count| (1..=99).contains(count)));
        let (count, at) = match counted {
            Some(count) => (count, index + 1),
            None => (1, index),
        };
        let unit = self.value(at, CalendarKind::Unit)?;
        self.value(at + 1, CalendarKind::Ago)?;
        Some((at + 2, calendar::ago(anchor, count, unit)?))
    }

    /// "the 1990s", «1990-х годов».
    fn decade(&self, index: usize) -> Parsed {
        if index >= self.end || self.text.tokens.get(index)?.kind != TokenKind::Number {
            return None;
        }
        let word = self.word(index);
        let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
        let rest = word.get(digits.len()..)?.trim_start_matches(['-', '\'']);
        let year: i32 = digits.parse().ok()?;
        let plural = rest == "s"
            || self
                .language
                .calendar
                .get(rest)
                .is_some_and(|kinds| kinds.iter().any(|(kind, _)| *kind == CalendarKind::DecadeSuffix));
        if digits.len() != 4 || year % 10 != 0 || !(1900..2100).contains(&year) || !plural {
            return None;
        }
        Some((self.after_year(index + 1), calendar::years(year, year + 9)?))
    }

    /// "in 2003", "2003, 2009 and even 2013", «в 2003 году». A bare number of
    /// four digits is a year only in such company: "2000 people" is none.
    fn lone_year(&self, index: usize, start: usize, previous: Option<usize>) -> Parsed {
        let year = self.year(index)?;
        let next = self.after_year(index + 1);
        let suffixed = next > index + 1;
        let before = index.checked_sub(1).filter(|before| *before >= start);
        let preposition =
            before.is_some_and(|before| self.language.is(self.word(before), WordClass::Preposition));
        let in_list = previous.is_some_and(|end| {
            end < index
                && index - end <= 4
                && (end..index).all(|between| {
                    let word = self.word(between);
                    word == ","
                        || self.language.is(word, WordClass::Conjunction)
                        || self.language.is(word, WordClass::Preposition)
                        || self.language.is(word, WordClass::AdverbBetween)
                        || self.dash(between)
                })
        });
        let followed = self.text.tokens.get(index + 1).filter(|_| index + 1 < self.end);
        let counts_things = followed.is_some_and(|token| {
            token.kind == TokenKind::Word
                && !suffixed
                && !self.language.is(self.word(index + 1), WordClass::Conjunction)
        }) && !preposition;
        if !(suffixed || preposition || in_list) || counts_things && !in_list {
            return None;
        }
        if self.dash(index + 1)
            && let Some(last) = self.year(index + 2).filter(|last| *last >= year)
        {
            return Some((self.after_year(index + 3), calendar::years(year, last)?));
        }
        Some((next, calendar::years(year, year)?))
    }
}
