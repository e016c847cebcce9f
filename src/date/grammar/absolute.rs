//! Time expressions of the calendar: days, months, seasons, years, decades.

use crate::date::grammar::calendar;
use crate::date::grammar::calendar::Interval;
use crate::date::grammar::expression::{ExpressionParser, Parsed};
use crate::model::{CalendarKind, Precision, TokenKind, WordClass};
use chrono::{Datelike, NaiveDate};

impl ExpressionParser<'_> {
    /// "2019-02-13", "13.02.2019", "13/02/2019", "13.II.2019". With slashes,
    /// day and month are told apart only where one is above 12.
    pub fn numeric(&self, index: usize) -> Parsed {
        let of = |end: usize, year: i32, month: u32, day: u32| {
            Some((end, calendar::day(NaiveDate::from_ymd_opt(year, month, day)?)))
        };
        let word = self.word(index);
        if let Some((day, rest)) = word.split_once('.')
            && let Some((month, year)) = rest.split_once('.')
            && year.len() == 4
        {
            return of(index + 1, year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
        }
        let small = |index| self.number(index).and_then(|number| u32::try_from(number).ok());
        if let Some(year) = self.year(index) {
            let dashes = self.word(index + 1) == "-" && self.word(index + 3) == "-";
            return if dashes { of(index + 5, year, small(index + 2)?, small(index + 4)?) } else { None };
        }
        let first = small(index)?;
        match self.word(index + 1) {
            "/" if self.word(index + 3) == "/" => {
                let (second, year) = (small(index + 2)?, self.year(index + 4)?);
                match (first > 12, second > 12) {
                    (true, false) => of(index + 5, year, second, first),
                    (false, true) => of(index + 5, year, first, second),
                    _ if first == second => of(index + 5, year, first, second),
                    _ => None,
                }
            }
            "." if self.word(index + 3) == "." => {
                of(index + 5, self.year(index + 4)?, self.roman(index + 2)?, first)
            }
            _ => None,
        }
    }

    /// A Roman numeral up to XII, in capitals.
    fn roman(&self, index: usize) -> Option<u32> {
        const NUMERALS: [&str; 12] =
            ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
        let word = self.word(index);
        let at = NUMERALS.iter().position(|numeral| *numeral == word).filter(|_| self.capital(index))?;
        u32::try_from(at + 1).ok()
    }

    /// Skips «г.», «года» behind a year.
    fn after_year(&self, mut index: usize) -> usize {
        if self.value(index, CalendarKind::YearSuffix).is_some() {
            index += 1;
            let touches = || {
                let (before, dot) = (self.text.tokens.get(index - 1), self.text.tokens.get(index));
                before.zip(dot).is_some_and(|(before, dot)| before.span.end == dot.span.start)
            };
            if self.word(index) == "." && self.word(index - 1).chars().count() <= 2 && touches() {
                index += 1;
            }
        }
        index
    }

    /// Days of one month, "13-15", "13 and 14", "13": the first, the last, and the token behind them.
    fn day_range(&self, index: usize) -> Option<(u32, u32, usize)> {
        let first = self.day_number(index)?;
        let joined = self.dash(index + 1)
            || self.is(index + 1, WordClass::Conjunction)
            || self.value(index + 1, CalendarKind::RangeJoin).is_some();
        if joined && let Some(last) = self.day_number(index + 2).filter(|last| *last >= first) {
            return Some((first, last, index + 3));
        }
        Some((first, first, index + 1))
    }

    /// Days of a month; without a year the nearest in the past, or those of the year that the sentence
    /// before named.
    fn days(&self, year: Option<i32>, month: u32, first: u32, last: u32) -> Option<Interval> {
        let of = |year: i32| {
            let day = |day| NaiveDate::from_ymd_opt(year, month, day);
            Some(Interval::new(day(first)?, day(last)?, Precision::Day))
        };
        if let Some(year) = year.or_else(|| self.named_year()) {
            return of(year);
        }
        let published = self.published()?;
        of(published.year()).filter(|days| days.from <= published).or_else(|| of(published.year() - 1))
    }

    fn named_year(&self) -> Option<i32> {
        self.anchors.named.and_then(|named| named.year)
    }

    /// "13-15 February [2019]", «13 февраля [2019 года]».
    pub fn day_month(&self, index: usize) -> Parsed {
        let (first, last, mut next) = self.day_range(index)?;
        if self.value(next, CalendarKind::Of).is_some() {
            next += 1; // "13 of February"
        }
        let month = self.month(next)?;
        next += 1;
        if matches!(self.word(next), "," | ".") && self.year(next + 1).is_some() {
            next += 1;
        }
        let (year, next) = self.stated_year(next);
        Some((next, self.days(year, month, first, last)?))
    }

    /// "February 13[-15][, 2019]".
    pub fn month_day(&self, index: usize) -> Parsed {
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

    /// The year behind a month or a season, if any, and the token behind it: "2019", «2019 года», "of this
    /// year", «прошлого года».
    pub fn stated_year(&self, index: usize) -> (Option<i32>, usize) {
        let mut at = index;
        let touching = self.value(at, CalendarKind::Of).is_some() || self.word(at) == "'";
        if touching {
            at += 1;
        }
        if let Some(year) = self.year(at) {
            return (Some(year), self.after_year(at + 1));
        }
        let direction = self
            .value(at, CalendarKind::Direction)
            .or_else(|| self.value(at, CalendarKind::Context).filter(|_| self.anchors.named.is_some()));
        let unit = self.value(at + 1, CalendarKind::Unit);
        if let (Some(direction), Some(4)) = (direction, unit) {
            let named = self.anchors.named.filter(|_| self.value(at, CalendarKind::Direction).is_none());
            let anchor = named.map(|named| named.time.from).or(self.published());
            if let Some(anchor) = anchor {
                return (Some(anchor.year() + direction), at + 2);
            }
        }
        (None, index)
    }

    /// The year at the end of a list of months: "May, June and July 2014".
    fn year_of_list(&self, mut index: usize) -> Option<i32> {
        loop {
            let joined = self.word(index) == ","
                || self.dash(index)
                || self.is(index, WordClass::Conjunction)
                || self.value(index, CalendarKind::RangeJoin).is_some();
            if !joined || self.month(index + 1).is_none() {
                return None;
            }
            if let (Some(year), _) = self.stated_year(index + 2) {
                return Some(year);
            }
            index += 2;
        }
    }

    /// A month; without a year the nearest in the past.
    fn month_of(&self, year: Option<i32>, month: u32) -> Option<Interval> {
        let nearest = || {
            let published = self.published()?;
            Some(published.year() - i32::from(month > published.month()))
        };
        calendar::month(year.or_else(|| self.named_year()).or_else(nearest)?, month)
    }

    /// "December 2018", "last December", "in December", "his December speech",
    /// «на февральской встрече».
    pub fn month_year(&self, index: usize, previous: Option<usize>) -> Parsed {
        if let Some(direction) = self.value(index, CalendarKind::Direction)
            && let Some(month) = self.month(index + 1)
        {
            let published = self.published()?;
            let year = match direction {
                ..=-1 => published.year() + direction + i32::from(month < published.month()),
                0 => published.year(),
                _ => published.year() + i32::from(month <= published.month()),
            };
            return Some((index + 2, calendar::month(year, month)?));
        }
        if let Some(month) = self.value(index, CalendarKind::MonthAdjective) {
            let month = u32::try_from(month).ok().filter(|_| self.utterance_noun_follows(index + 1))?;
            return Some((index + 1, self.month_of(None, month)?));
        }
        let month = self.month(index)?;
        let (year, next) = self.stated_year(index + 1);
        if year.is_none() {
            // "May said": a month alone needs a word that makes it a time.
            let before = self.before(index);
            let placed = before.is_some_and(|before| {
                self.is(before, WordClass::Preposition)
                    || self.text.tokens.get(before).is_some_and(|token| token.kind == TokenKind::Number)
                    || self.value(before, CalendarKind::Part).is_some()
                    || self.value(before, CalendarKind::RangeJoin).is_some()
                    || self.value(before, CalendarKind::Of).is_some()
                    || self.dash(before)
            });
            if !(placed || self.listed(index, previous) || self.utterance_noun_follows(index + 1)) {
                return None;
            }
        }
        Some((next, self.month_of(year.or_else(|| self.year_of_list(index + 1)), month)?))
    }

    /// "spring [of] 2004", «весной 2004 года», "last spring", "in the summer".
    pub fn season_year(&self, index: usize) -> Parsed {
        let first =
            |index| self.value(index, CalendarKind::Season).and_then(|first| u32::try_from(first).ok());
        let nearest = |steps: i32, first: u32| {
            let published = self.published()?;
            // The latest that has begun.
            let this =
                calendar::season(published.year() + 1, first).filter(|season| season.from <= published);
            let this = this.or_else(|| {
                calendar::season(published.year(), first).filter(|season| season.from <= published)
            });
            let this = this.or_else(|| calendar::season(published.year() - 1, first))?;
            // "Last summer" in summer is that of last year.
            let back = i32::from(steps < 0 && this.to >= published);
            calendar::season(this.to.year() - back, first)
        };
        if let Some(direction) = self.value(index, CalendarKind::Direction)
            && let Some(first) = first(index + 1)
        {
            return Some((index + 2, nearest(direction, first)?));
        }
        let own = first(index)?;
        let (year, next) = self.stated_year(index + 1);
        if let Some(year) = year {
            return Some((next, calendar::season(year, own)?));
        }
        let adverb = self.value(index, CalendarKind::SeasonAdverb).is_some();
        let before = self.before(index).filter(|before| self.is(*before, WordClass::Article));
        let before = before.map_or(self.before(index), |article| self.before(article));
        let placed = before.is_some_and(|before| self.is(before, WordClass::Preposition));
        if !(adverb || placed) {
            return None;
        }
        Some((index + 1, nearest(0, own)?))
    }

    /// "the 1990s", «1990-х годов», «90-е», "the nineties", "mid-1990s".
    pub fn decade(&self, index: usize) -> Parsed {
        if let Some(value) = self.value(index, CalendarKind::DecadeName) {
            return Some((self.after_year(index + 1), calendar::decade(1900 + value)?));
        }
        if index >= self.end || self.text.tokens.get(index)?.kind != TokenKind::Number {
            return None;
        }
        Some((self.after_year(index + 1), self.decade_of(self.word(index))?))
    }

    /// The decade that a word like "1990s" names.
    pub fn decade_of(&self, word: &str) -> Option<Interval> {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = word.split_at_checked(digits)?;
        let rest = rest.trim_start_matches(['-', '\'']);
        self.look_up(rest, CalendarKind::DecadeSuffix)?;
        let year: i32 = digits.parse().ok().filter(|year| year % 10 == 0)?;
        match (digits.len(), year) {
            (4, 1900..2100) => calendar::decade(year),
            (2, 20..=90) => calendar::decade(1900 + year),
            _ => None,
        }
    }

    /// True if only words that join a list are between the expression before and this token: ", ", "and
    /// even in".
    pub fn listed(&self, index: usize, previous: Option<usize>) -> bool {
        previous.is_some_and(|end| {
            end < index && index - end <= 4 && (end..index).all(|between| self.glue(between))
        })
    }

    pub fn glue(&self, index: usize) -> bool {
        self.word(index) == ","
            || self.dash(index)
            || self.is(index, WordClass::Conjunction)
            || self.is(index, WordClass::Preposition)
            || self.is(index, WordClass::AdverbBetween)
    }

    /// "in 2003", "2003, 2009 and even 2013", «в 2003 году», "his 2007 speech".
    /// A number of four digits alone is no year: "2000 people".
    pub fn lone_year(&self, index: usize, previous: Option<usize>) -> Parsed {
        let year = self.year(index)?;
        let next = self.after_year(index + 1);
        let suffixed = next > index + 1;
        let preposition = self.before(index).is_some_and(|before| self.is(before, WordClass::Preposition));
        let listed = self.listed(index, previous);
        let attribute = self.utterance_noun_follows(index + 1);
        let followed = self.text.tokens.get(index + 1).filter(|_| index + 1 < self.end);
        let counts_things = followed.is_some_and(|token| {
            token.kind == TokenKind::Word && !suffixed && !self.is(index + 1, WordClass::Conjunction)
        }) && !preposition;
        if !(suffixed || preposition || listed || attribute) || counts_things && !listed && !attribute {
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
