//! Finds time expressions in text. The grammar is in `absolute` (calendar dates), `relative` (counted from
//! another day) and `compound` (ranges, halves, thirds).

use crate::date::grammar::calendar;
use crate::date::grammar::calendar::Interval;
use crate::model::{CalendarKind, Language, Precision, Span, Text, TokenFlag, TokenKind, WordClass};
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
    /// True for "now" and the like.
    pub now: bool,
    /// The words of the earlier expression that it is relative to.
    pub counted_from: Option<Span>,
}

impl Expression {
    /// Its first and last day and its precision.
    pub fn interval(&self) -> Interval {
        Interval::new(self.from, self.to, self.precision)
    }
}

/// The time that "two years earlier" is relative to.
#[derive(Debug, Clone, Copy)]
pub struct NamedTime {
    /// The time.
    pub time: Interval,
    /// Its words.
    pub span: Span,
    /// The year for days and months without one: that of a day or month which named its year in the
    /// sentence before.
    pub year: Option<i32>,
}

/// The times that relative expressions refer to.
#[derive(Debug, Clone, Copy, Default)]
pub struct Anchors {
    /// The time of publication; without it only complete dates can be read.
    pub published: Option<Interval>,
    /// A time named before.
    pub named: Option<NamedTime>,
}

/// Appends the time expressions of a token range in reading order, without overlaps; of several at one
/// place the longest. Each is the named time for the following ones.
pub fn expressions(
    text: &Text,
    within: Range<usize>,
    anchors: Anchors,
    language: &Language,
    found: &mut Vec<Expression>,
) {
    let mut parser = ExpressionParser { text, start: within.start, end: within.end, anchors, language };
    let mut index = within.start;
    let mut previous = None;
    while index < within.end {
        let Some((end, time)) = parser.begins(index).then(|| parser.at(index, previous)).flatten() else {
            index += 1;
            continue;
        };
        let Interval { from, to, precision } = time;
        if end <= index || from > to {
            index += 1;
            continue;
        }
        let tokens = index..end;
        let span = text.span_of(tokens.clone());
        let now = parser.value(index, CalendarKind::Now).is_some();
        let counted_from = parser.counts_from_named(tokens.clone());
        found.push(Expression { tokens, span, from, to, precision, now, counted_from });
        if !now {
            let year = parser.anchors.named.and_then(|named| named.year);
            parser.anchors.named = Some(NamedTime { time, span, year });
        }
        previous = Some(end);
        index = end;
    }
}

/// The token behind an expression, and its time.
pub(crate) type Parsed = Option<(usize, Interval)>;

/// Parses the time expressions of a token range.
pub(crate) struct ExpressionParser<'a> {
    pub text: &'a Text,
    pub start: usize,
    pub end: usize,
    pub anchors: Anchors,
    pub language: &'a Language,
}

impl<'a> ExpressionParser<'a> {
    /// True if an expression may begin with this token; false for most tokens.
    fn begins(&self, index: usize) -> bool {
        let Some(token) = self.text.tokens.get(index) else { return false };
        let compound = || self.word(index).bytes().any(|byte| matches!(byte, b'\'' | b'-'));
        match token.kind {
            TokenKind::Number => true,
            TokenKind::Word => token.flags.has(TokenFlag::Dating) || compound(),
            TokenKind::Punctuation => false,
        }
    }

    /// The kinds of a word in `dating.csv`, one bit each: one look-up shows which rules can apply.
    fn kinds(&self, index: usize) -> u32 {
        let kinds = self.known(index).and_then(|word| self.language.dating.get(word));
        kinds.into_iter().flatten().fold(0, |bits, (kind, _)| bits | 1 << *kind as u32)
    }

    /// The longest expression that starts at a token. `previous` is the token behind the expression before.
    fn at(&self, index: usize, previous: Option<usize>) -> Parsed {
        self.range(index, previous).or_else(|| {
            let first = self.single(index, previous)?;
            self.joined(first.0, first.1, false).or(Some(first))
        })
    }

    /// An expression that is no range.
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
        self.anchors.published.map(|published| published.to)
    }

    /// The day of publication; None if only the month or year is known, because then "yesterday" has no
    /// date.
    pub fn today(&self) -> Option<NaiveDate> {
        self.anchors.published.filter(|time| time.from == time.to).map(|time| time.from)
    }

    /// The unit of time `steps` units from the publication, if that is known exactly enough.
    pub fn since_publication(&self, unit: i32, steps: i32) -> Option<Interval> {
        let published = self.anchors.published?;
        let time = calendar::unit(published.to, unit, steps)?;
        (calendar::unit(published.from, unit, steps)? == time).then_some(time)
    }

    pub fn word(&self, index: usize) -> &'a str {
        if index < self.end { self.text.word(index) } else { "" }
    }

    /// The word without the ending of a possessive ("Monday's").
    fn bare(&self, index: usize) -> &'a str {
        self.language.possessives.strip(self.word(index))
    }

    /// The form under which a token may be in `dating.csv`.
    fn known(&self, index: usize) -> Option<&'a str> {
        if index >= self.end {
            return None;
        }
        if self.text.has(index, TokenFlag::Dating) {
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

    /// The token before, if it is in the range.
    pub fn before(&self, index: usize) -> Option<usize> {
        index.checked_sub(1).filter(|before| *before >= self.start)
    }

    pub fn capital(&self, index: usize) -> bool {
        self.text.has(index, TokenFlag::Capital)
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

    /// A month. In English, where months have a capital, "may" and "march" are none.
    pub fn month(&self, index: usize) -> Option<u32> {
        let value = self.value(index, CalendarKind::Month)?;
        let fits = !self.word(index).is_ascii() || self.capital(index);
        u32::try_from(value).ok().filter(|_| fits)
    }

    /// True if one of the next two tokens is a noun for an occasion or an utterance.
    pub fn utterance_noun_follows(&self, index: usize) -> bool {
        (index..(index + 2).min(self.end)).any(|index| self.is_utterance_noun(index))
    }

    /// True for a noun for an occasion or an utterance: "meeting", "speech".
    pub fn is_utterance_noun(&self, index: usize) -> bool {
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

    /// True if there is no word at the token.
    pub fn no_word(&self, index: usize) -> bool {
        index >= self.end || self.text.tokens.get(index).is_none_or(|token| token.kind != TokenKind::Word)
    }

    /// The words of the named time, if the expression is relative to it.
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
