//! Time expressions made of others: ranges, halves, quarters and thirds.

use crate::date::grammar::calendar;
use crate::date::grammar::calendar::Interval;
use crate::date::grammar::expression::{ExpressionParser, Parsed};
use crate::model::{CalendarKind, Precision};
use chrono::Datelike;

impl ExpressionParser<'_> {
    /// "between 2003 and 2005", "from 13 to 15 February", «с 13 по 15 февраля»,
    /// "from late 2013 to May 2014".
    pub fn range(&self, index: usize, previous: Option<usize>) -> Parsed {
        self.value(index, CalendarKind::RangeOpen)?;
        let first = self.skip_small(index + 1);
        if let Some((end, time)) = self.day_month(first).filter(|(_, time)| time.from < time.to) {
            return Some((end, time));
        }
        let (end, time) = self.single(first, previous).or_else(|| self.bare_year(first))?;
        self.joined(end, time, true)
    }

    /// A year alone, which is an expression only as one end of a range.
    fn bare_year(&self, index: usize) -> Parsed {
        let year = self.year(index)?;
        Some((index + 1, calendar::years(year, year)?))
    }

    /// The range from a time, which ends at token `end`, to another time joined to it: by a dash, or by a
    /// word such as "to" if a word such as "from" opened the range.
    pub fn joined(&self, end: usize, from: Interval, opened: bool) -> Parsed {
        let joined = self.dash(end) || opened && self.value(end, CalendarKind::RangeJoin).is_some();
        if !joined {
            return None;
        }
        let second = self.skip_small(end + 1);
        let (end, to) = self.single(second, Some(end)).or_else(|| self.bare_year(second))?;
        let whole = Interval::new(from.from, to.to, from.precision.max(to.precision));
        (from.from <= to.to).then_some((end, whole))
    }

    /// "the first half of 2011", "the third quarter", "the last quarter of 2014",
    /// «во второй половине марта».
    pub fn section(&self, index: usize) -> Parsed {
        let last = || self.value(index, CalendarKind::Direction).filter(|direction| *direction == -1);
        let ordinal = self.value(index, CalendarKind::Ordinal);
        let number = ordinal.or_else(|| last().map(|_| 0))?;
        let unit = self.value(index + 1, CalendarKind::Unit).filter(|unit| matches!(unit, 3 | 6))?;
        let (each, all) = if unit == 3 { (3, 4) } else { (6, 2) };
        let number = if number == 0 { all } else { number };
        if number > all {
            return None;
        }
        let of = self.skip_small(index + 2);
        if let Some((end, whole)) = self.inner(of) {
            let time = match (unit, whole.precision) {
                (3, Precision::Year) => calendar::section(whole.from.year(), 3, number),
                (6, _) => calendar::half(whole, number),
                _ => None,
            };
            return Some((end, time?));
        }
        // "Last quarter" is the one before this; "the third quarter" the last that has begun.
        ordinal?;
        let published = self.published()?;
        Some((index + 2, self.begun(calendar::section(published.year(), each, number)?)?))
    }

    /// The same time a year earlier, if it has not begun yet.
    fn begun(&self, time: Interval) -> Option<Interval> {
        if self.published().is_none_or(|published| time.from <= published) {
            return Some(time);
        }
        let back = |day| calendar::month_after(day, -12);
        let to = back(calendar::shift(time.to, 1)?)?.pred_opt()?;
        Some(Interval::new(back(time.from)?, to, time.precision))
    }

    /// "early 2014", "the end of last year", "mid-March", «в начале недели».
    pub fn part(&self, index: usize) -> Parsed {
        if let Some(found) = self.compound(index) {
            return Some(found);
        }
        // Above ten the word is an adjective: "late week" is nothing.
        let value = self.value(index, CalendarKind::Part)?;
        let which = value % 10;
        let at = self.skip_small(index + 1);
        let at = if self.dash(at) { at + 1 } else { at };
        if let Some((end, whole)) = self.inner(at) {
            return Some((end, calendar::third(whole, which)?));
        }
        // "The end of the year" is the last that has begun to end.
        let unit = self.value(at, CalendarKind::Unit)?;
        if value > 10 {
            return None;
        }
        let published = self.published()?;
        let this = calendar::third(self.since_publication(unit, 0)?, which)?;
        if this.from <= published {
            return Some((at + 1, this));
        }
        Some((at + 1, calendar::third(self.since_publication(unit, -1)?, which)?))
    }

    /// What may follow "early" or "half of": a time in the calendar, or "last year".
    fn inner(&self, index: usize) -> Parsed {
        if let Some(year) = self.year(index) {
            let (_, end) = self.stated_year(index);
            return Some((end, calendar::years(year, year)?));
        }
        let end = self.value(index, CalendarKind::Month).is_some().then_some(index);
        let directed = self.value(index, CalendarKind::Direction).is_some()
            || self.value(index, CalendarKind::Context).is_some()
            || self.value(index, CalendarKind::Weekday).is_some();
        self.month_year(index, end)
            .or_else(|| self.season_year(index))
            .or_else(|| self.decade(index))
            .or_else(|| directed.then(|| self.relative(index)).flatten())
    }

    /// "mid-March [2014]", "mid-2014", "mid-1990s": one word.
    fn compound(&self, index: usize) -> Parsed {
        let (part, rest) = self.word(index).split_once('-')?;
        let which = self.look_up(part, CalendarKind::Part)? % 10;
        let whole = if let Some(month) = self.look_up(rest, CalendarKind::Month) {
            let (year, end) = self.stated_year(index + 1);
            let published = self.published();
            let nearest = || published.map(|day| day.year() - i32::from(month as u32 > day.month()));
            return Some((
                end,
                calendar::third(calendar::month(year.or_else(nearest)?, month as u32)?, which)?,
            ));
        } else if rest.len() == 4 && rest.bytes().all(|byte| byte.is_ascii_digit()) {
            let year = rest.parse().ok().filter(|year| (1900..2100).contains(year))?;
            calendar::years(year, year)?
        } else {
            self.decade_of(rest)?
        };
        Some((index + 1, calendar::third(whole, which)?))
    }
}
