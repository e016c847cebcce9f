//! Time expressions relative to the day of publication ("yesterday", "two years ago") or to a time named
//! before ("a year earlier", "the same day").

use crate::date::grammar::calendar;
use crate::date::grammar::calendar::Interval;
use crate::date::grammar::expression::{ExpressionParser, Parsed};
use crate::model::{CalendarKind, Ending, Precision, TokenFlag, WordClass};
use chrono::{Datelike, NaiveDate};

impl ExpressionParser<'_> {
    /// Any expression of this file.
    pub fn relative(&self, index: usize) -> Parsed {
        self.now(index)
            .or_else(|| self.named_day(index))
            .or_else(|| self.before_last(index))
            .or_else(|| self.weekend(index))
            .or_else(|| self.weekday(index))
            .or_else(|| self.directed(index))
            .or_else(|| self.same(index))
            .or_else(|| self.counted(index))
    }

    fn now(&self, index: usize) -> Parsed {
        self.value(index, CalendarKind::Now)?;
        Some((index + 1, self.anchors.published?))
    }

    /// "yesterday [evening]". A word that also means "on the eve of" («накануне выборов») is no day before
    /// a noun.
    fn named_day(&self, index: usize) -> Parsed {
        let days = self.value(index, CalendarKind::Day)?;
        if self.value(index, CalendarKind::Bar).is_some() && self.looks_like_noun(index + 1) {
            return None;
        }
        let day = calendar::shift(self.today()?, i64::from(days))?;
        Some((self.after_day_part(index + 1), calendar::day(day)))
    }

    /// True if the token looks like a noun.
    fn looks_like_noun(&self, index: usize) -> bool {
        let known = self.text.has(index, TokenFlag::Dating)
            || self.text.has(index, TokenFlag::Pronoun)
            || self.text.has(index, TokenFlag::Cue)
            || [
                WordClass::Preposition,
                WordClass::Conjunction,
                WordClass::AdverbBetween,
                WordClass::Auxiliary,
            ]
            .iter()
            .any(|class| self.is(index, *class))
                && !self.is(index, WordClass::Occasion);
        if self.no_word(index) || self.capital(index) || known && !self.is_utterance_noun(index) {
            return false;
        }
        let ending = self.language.ending(self.word(index));
        self.is_utterance_noun(index)
            || !matches!(
                ending,
                Some(
                    Ending::PastMale
                        | Ending::PastFemale
                        | Ending::PastPlural
                        | Ending::Past
                        | Ending::Adverb
                )
            )
    }

    fn after_day_part(&self, index: usize) -> usize {
        index + usize::from(self.value(index, CalendarKind::DayPart).is_some())
    }

    /// "the year before last", "the day before yesterday".
    fn before_last(&self, index: usize) -> Parsed {
        let unit = self.value(index, CalendarKind::Unit)?;
        self.value(index + 1, CalendarKind::Ago).filter(|value| *value <= -2)?;
        if self.value(index + 2, CalendarKind::Direction) == Some(-1)
            && self.value(index + 3, CalendarKind::Unit).is_none()
        {
            return Some((index + 3, self.since_publication(unit, -2)?));
        }
        (unit == 0 && self.value(index + 2, CalendarKind::Day) == Some(-1))
            .then(|| self.since_publication(0, -2))?
            .map(|time| (index + 3, time))
    }

    /// The latest day with this name up to the day of publication.
    fn last_weekday(&self, weekday: i32, published: NaiveDate) -> Option<NaiveDate> {
        let back = (published.weekday().number_from_monday() as i32 - weekday).rem_euclid(7);
        calendar::shift(published, -i64::from(back))
    }

    /// "on Monday", "Monday evening", "Monday of last week", "Monday, 12 May".
    fn weekday(&self, index: usize) -> Parsed {
        let weekday = self.value(index, CalendarKind::Weekday)?;
        let next = self.after_day_part(index + 1);
        let behind = if matches!(self.word(next), "," | "(") { next + 1 } else { next };
        let date = self.numeric(behind).or_else(|| self.day_month(behind)).or_else(|| self.month_day(behind));
        if date.is_some() {
            return date;
        }
        // "of last week", «на прошлой неделе»
        let of = |index| {
            let value = self.value(index, CalendarKind::Direction)?;
            self.value(index + 1, CalendarKind::Unit).filter(|unit| *unit == 1)?;
            let monday = self.since_publication(1, value)?.from;
            Some((index + 2, calendar::day(calendar::shift(monday, i64::from(weekday - 1))?)))
        };
        let placed = self.is(next, WordClass::Preposition).then(|| of(next + 1)).flatten();
        if let Some(found) = of(next).or(placed) {
            return Some(found);
        }
        Some((next, calendar::day(self.last_weekday(weekday, self.today()?)?)))
    }

    /// "over the weekend", "last weekend": the latest that has begun; during a weekend "last" means the one
    /// before.
    fn weekend(&self, index: usize) -> Parsed {
        let direction = self.value(index, CalendarKind::Direction);
        let at = index + usize::from(direction.is_some());
        self.value(at, CalendarKind::Weekend)?;
        let article = |index| self.is(index, WordClass::Article);
        let before = self
            .before(index)
            .filter(|before| !article(*before))
            .or_else(|| self.before(index.saturating_sub(1)));
        let placed = before.is_some_and(|before| self.is(before, WordClass::Preposition));
        if direction.is_none() && !placed {
            return None;
        }
        let published = self.today()?;
        let saturday = self.last_weekday(6, published)?;
        let sunday = calendar::shift(saturday, 1)?;
        let weeks = match direction {
            Some(..=-1) if published <= sunday => -1,
            Some(1..) => 1,
            _ => 0,
        };
        let moved = |day| calendar::shift(day, 7 * weeks);
        Some((at + 1, Interval::new(moved(saturday)?, moved(sunday)?, Precision::Day)))
    }

    /// "last week", "this morning", "last Monday", "next Friday afternoon".
    fn directed(&self, index: usize) -> Parsed {
        let mut direction = self.value(index, CalendarKind::Direction)?;
        if self.value(index, CalendarKind::Context).is_some_and(|steps| steps != 0) {
            return None; // "the previous day" is relative to a named day
        }
        let mut at = index + 1;
        // "this past Monday"
        if let Some(second) = self.value(at, CalendarKind::Direction).filter(|_| direction == 0) {
            direction = second;
            at += 1;
        }
        if self.value(at, CalendarKind::DayPart).is_some() {
            return Some((at + 1, self.since_publication(0, direction)?));
        }
        if let Some(weekday) = self.value(at, CalendarKind::Weekday) {
            let published = self.today()?;
            let nearest = self.last_weekday(weekday, published)?;
            let same = nearest == published;
            let days = match direction {
                ..=-1 if same => -7,
                1.. => 7,
                _ => 0,
            };
            let day = calendar::day(calendar::shift(nearest, days)?);
            return Some((self.after_day_part(at + 1), day));
        }
        let unit = self.value(at, CalendarKind::Unit)?;
        // "The next day" is relative to a named day.
        if direction > 0
            && let Some(named) = self.anchors.named
            && let Some(time) = self.step(named.time, unit, direction)
            && self.published().is_none_or(|published| time.from <= published)
        {
            return Some((at + 1, time));
        }
        Some((at + 1, self.since_publication(unit, direction)?))
    }

    /// The unit that is `steps` units from a time; None if the time is known less exactly than the unit.
    fn step(&self, time: Interval, unit: i32, steps: i32) -> Option<Interval> {
        let anchor = if steps < 0 { time.from } else { time.to };
        let found = calendar::unit(anchor, unit, steps)?;
        // A few days are one time: "the same day" is any of them.
        let fits = time.precision <= found.precision && calendar::unit(time.from, unit, 0)?.from <= time.from;
        let whole =
            if steps == 0 && unit == 0 { Interval { precision: found.precision, ..time } } else { found };
        fits.then_some(whole)
    }

    /// "the same day", "the following year", "the previous day".
    fn same(&self, index: usize) -> Parsed {
        let steps = self.value(index, CalendarKind::Context)?;
        let mut at = index + 1;
        while self.value(at, CalendarKind::Context) == Some(0) || self.is(at, WordClass::AdverbBetween) {
            at += 1; // «в тот же день»
        }
        let unit = self.value(at, CalendarKind::Unit)?;
        let from_named = self.anchors.named.and_then(|named| self.step(named.time, unit, steps));
        let from_today = || {
            if steps < 0 { self.since_publication(unit, steps) } else { None }
        };
        Some((at + 1, from_named.or_else(from_today)?))
    }

    /// "two weeks ago", «неделей ранее», "a few days later", «спустя два года»,
    /// «за год до этого».
    pub fn counted(&self, index: usize) -> Parsed {
        let (opener, start) = match self.value(index, CalendarKind::Later) {
            Some(_) => (true, index + 1),
            None => (false, index),
        };
        let (count, mut at) = match self.count(start) {
            Some(count) => (count, start + 1),
            None => (1, start),
        };
        if self.value(at, CalendarKind::Of).is_some() && self.count(start).is_some() {
            at += 1; // "a couple of weeks"
        }
        if self.count(start) == Some(1) && self.value(at, CalendarKind::Number).is_some() {
            // "a few weeks", "a couple of weeks"
            let count = self.value(at, CalendarKind::Number)?;
            let of = usize::from(self.value(at + 1, CalendarKind::Of).is_some());
            return self.behind_count(count, at + 1 + of, opener);
        }
        self.behind_count(count, at, opener)
    }

    /// The expression whose unit is at token `at`, behind a count (0: "a few"). `opener`: a word such as
    /// «спустя» came before.
    fn behind_count(&self, count: i32, at: usize, opener: bool) -> Parsed {
        let unit = self.value(at, CalendarKind::Unit)?;
        let move_by = |anchor: Interval, direction: i32| match count {
            0 => calendar::few(anchor, unit, direction),
            _ => calendar::counted(anchor, unit, direction * count),
        };
        let published = self.anchors.published;
        let named = self.anchors.named.map(|named| named.time);
        if opener {
            return Some((at + 1, move_by(named?, 1)?));
        }
        if self.value(at + 1, CalendarKind::Later).is_some() {
            return Some((at + 2, move_by(named?, 1)?));
        }
        let mut end = at + 2;
        let anchor = match self.value(at + 1, CalendarKind::Ago)? {
            -1 => published?,
            -2 => named.or(published)?,
            _ => {
                // "two years before": of what? "Before that", or nothing behind it.
                if self.value(end, CalendarKind::Context) == Some(0) {
                    end += 1;
                } else if !self.no_word(end) {
                    return None;
                }
                named.or(published)?
            }
        };
        Some((end, move_by(anchor, -1)?))
    }
}
