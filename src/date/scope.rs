//! Which time expressions of a sentence date a statement.
//!
//! The sentence without the contents of its statements is cut into parts at commas, brackets, dashes
//! and words that open a clause. The part of the cue is searched first, then the parts before it,
//! nearest first, then those behind it; the search stops at another statement's cue or content. A part
//! in the middle counts only if it opens with a preposition, a time, or a verb form such as "speaking
//! on Monday", because "who has led the town since 2011" and "mayor from 2003 to 2009" describe the
//! speaker. An expression does not date the statement if a word before it excludes that ("after",
//! "since", "signed in"), if it modifies a noun that is no utterance ("the 2014 agreement", «договор
//! 1999 года»), or if it is inside quotation marks.

use crate::date::grammar::expression::Expression;
use crate::model::{
    CalendarKind, Ending, Language, Precision, Sentence, Span, Statement, Text, TokenFlag, TokenKind,
    WordClass,
};
use std::ops::Range;

/// Maximum distance of a word that excludes an expression, in tokens.
const EXCLUSION_REACH: usize = 8;
/// The same for a participle with a time of its own: "signed in 1999", "elected mayor in 2011".
const PARTICIPLE_REACH: usize = 3;

/// A sentence without the contents of its statements.
pub struct Narration<'a> {
    text: &'a Text,
    language: &'a Language,
    /// Token ranges outside content.
    parts: Vec<Range<usize>>,
    /// For each part, whether content is directly before it.
    behind_content: Vec<bool>,
    expressions: &'a [Expression],
    /// The first tokens of the cues of this sentence.
    cues: Vec<usize>,
}

impl<'a> Narration<'a> {
    /// Cuts `runs`, the sentence's tokens outside content, into parts.
    pub fn new(
        text: &'a Text,
        sentence: &Sentence,
        runs: &[Range<usize>],
        statements: &[Statement],
        expressions: &'a [Expression],
        language: &'a Language,
    ) -> Self {
        let cues = statements.iter().filter_map(|statement| statement.cue);
        let cues =
            cues.map(|cue| text.tokens_in(cue).start).filter(|cue| sentence.tokens.contains(cue)).collect();
        let mut narration =
            Narration { text, language, parts: Vec::new(), behind_content: Vec::new(), expressions, cues };
        for run in runs {
            narration.cut(run.clone(), run.start > sentence.tokens.start);
        }
        narration
    }

    fn cut(&mut self, run: Range<usize>, behind_content: bool) {
        let mut start = run.start;
        let mut behind = behind_content;
        for index in run.clone() {
            let inside = |expression: &Expression| expression.tokens.contains(&index);
            if self.expressions.iter().any(inside) || self.in_list(index) {
                continue;
            }
            let mark = self.text.tokens.get(index).is_some_and(|t| t.kind == TokenKind::Punctuation)
                && matches!(self.text.word(index), "," | ";" | ":" | "(" | ")" | "-" | "–" | "—");
            let opens =
                [WordClass::Breaker, WordClass::Relative].iter().any(|class| self.text.is(index, *class));
            if mark || opens {
                if index > start {
                    self.parts.push(start..index);
                    self.behind_content.push(std::mem::take(&mut behind));
                }
                start = if mark { index + 1 } else { index };
            }
        }
        if run.end > start {
            self.parts.push(start..run.end);
            self.behind_content.push(behind);
        }
    }

    /// True for a token between two expressions of a list.
    fn in_list(&self, index: usize) -> bool {
        self.expressions.windows(2).any(|pair| match pair {
            [one, two] => (one.tokens.end..two.tokens.start).contains(&index) && self.glued(one, two),
            _ => false,
        })
    }

    /// True if two expressions belong to one list.
    fn glued(&self, one: &Expression, two: &Expression) -> bool {
        let between = one.tokens.end..two.tokens.start;
        let glue = |index: usize| {
            self.text.word(index) == ","
                || [
                    WordClass::Conjunction,
                    WordClass::Preposition,
                    WordClass::AdverbBetween,
                    WordClass::Article,
                ]
                .iter()
                .any(|class| self.text.is(index, *class))
        };
        let joined = between
            .clone()
            .any(|index| self.text.is(index, WordClass::Conjunction) || self.text.word(index) == ",");
        !one.now
            && !two.now
            && one.precision == two.precision
            && joined
            && between.len() <= 4
            && between.clone().all(glue)
    }

    /// The expressions that date the statement with this cue: one, or a list; empty if none does.
    pub fn of(&self, cue: Option<Span>, content: &[Span]) -> Vec<&'a Expression> {
        let cue = cue.map(|cue| self.text.tokens_in(cue));
        let home = match &cue {
            Some(cue) => self.parts.iter().position(|part| part.contains(&cue.start)),
            None => None,
        };
        // Without a cue in this sentence the parts before the content are searched.
        let Some(home) = home else {
            let start = content.first().map_or(usize::MAX, |span| span.start);
            let before = |part: &Range<usize>| self.text.span_of(part.clone()).end <= start;
            let last = self.parts.iter().rposition(before);
            return last.map_or(Vec::new(), |last| self.leftwards(last, content).unwrap_or_default());
        };
        if let Some(found) = self.in_part(home) {
            return found;
        }
        let opens = self.parts.get(home).is_some_and(|part| {
            self.text.is(part.start, WordClass::Relative) || self.text.is(part.start, WordClass::Breaker)
        });
        let left = match home.checked_sub(1) {
            Some(before) if !opens && !self.other_content_between(before, home, content) => {
                self.leftwards(before, content)
            }
            _ => None,
        };
        left.or_else(|| self.rightwards(home, content)).unwrap_or_default()
    }

    /// True if the part of a cue is a relative clause; its date then applies to this statement only.
    pub fn is_relative(&self, cue: Option<Span>) -> bool {
        let Some(cue) = cue.map(|cue| self.text.tokens_in(cue).start) else { return false };
        let part = self.parts.iter().find(|part| part.contains(&cue));
        part.is_some_and(|part| self.text.is(part.start, WordClass::Relative))
    }

    fn leftwards(&self, from: usize, content: &[Span]) -> Option<Vec<&'a Expression>> {
        let mut at = from;
        loop {
            if self.holds_cue(at) {
                return None;
            }
            if (at == 0 || self.describes_utterance(at))
                && let Some(found) = self.in_part(at)
            {
                return Some(found);
            }
            if at == 0 || self.other_content_between(at - 1, at, content) {
                return None;
            }
            at -= 1;
        }
    }

    fn rightwards(&self, home: usize, content: &[Span]) -> Option<Vec<&'a Expression>> {
        for at in home + 1..self.parts.len() {
            if self.holds_cue(at) || self.other_content_between(at - 1, at, content) {
                return None;
            }
            if self.describes_utterance(at)
                && let Some(found) = self.in_part(at)
            {
                return Some(found);
            }
        }
        None
    }

    fn holds_cue(&self, part: usize) -> bool {
        self.parts.get(part).is_some_and(|part| self.cues.iter().any(|cue| part.contains(cue)))
    }

    /// True if content of another statement is between two parts.
    fn other_content_between(&self, one: usize, two: usize, content: &[Span]) -> bool {
        let (Some(one), Some(two)) = (self.parts.get(one), self.parts.get(two)) else { return true };
        let gap = one.end..two.start;
        gap.filter(|_| self.behind_content.get(self.index_of(two)).copied().unwrap_or(false)).any(|index| {
            let Some(token) = self.text.tokens.get(index) else { return false };
            token.kind != TokenKind::Punctuation && !content.iter().any(|span| span.overlaps(token.span))
        })
    }

    fn index_of(&self, part: &Range<usize>) -> usize {
        self.parts.partition_point(|other| other.start < part.start)
    }

    /// True if a part in the middle says how or when the statement was made.
    fn describes_utterance(&self, part: usize) -> bool {
        let Some(part) = self.parts.get(part) else { return false };
        let mut first = part.start;
        while first < part.end && self.text.is(first, WordClass::AdverbBetween) {
            first += 1;
        }
        if self.text.is(first, WordClass::Relative) {
            // "an interview which was published on Tuesday"
            return part.clone().any(|index| self.kind(index, CalendarKind::Utterance).is_some());
        }
        let time = self.expressions.iter().any(|expression| expression.tokens.start == first);
        let said = self.kind(first, CalendarKind::Utterance).is_some();
        time || said
            || self.text.is(first, WordClass::Preposition)
            || self.text.is(first, WordClass::Setting)
            || self.language.ending(self.text.word(first)) == Some(Ending::Gerund)
    }

    /// The value of a word for a kind of `dating.csv`.
    fn kind(&self, index: usize, kind: CalendarKind) -> Option<i32> {
        let known = self.text.has(index, TokenFlag::Dating);
        let kinds = known.then(|| self.language.dating.get(self.text.word(index))).flatten()?;
        kinds.iter().find(|(found, _)| *found == kind).map(|(_, value)| *value)
    }

    /// The best list of expressions of a part: the most precise, the first of equals; else "now".
    fn in_part(&self, part: usize) -> Option<Vec<&'a Expression>> {
        let part = self.parts.get(part)?.clone();
        let mut lists: Vec<Vec<&'a Expression>> = Vec::new();
        let mut now = None;
        for expression in self.expressions.iter().filter(|found| part.contains(&found.tokens.start)) {
            if expression.now {
                now = now.or(Some(vec![expression]));
                continue;
            }
            if let Some(list) = lists.last_mut()
                && list.last().is_some_and(|last| self.glued(last, expression))
            {
                list.push(expression);
                continue;
            }
            if self.dates_statement(expression, &part) {
                lists.push(vec![expression]);
            }
        }
        let finest = |list: &Vec<&Expression>| list.first().map(|first| first.precision);
        lists.into_iter().min_by_key(finest).or(now)
    }

    fn dates_statement(&self, expression: &Expression, part: &Range<usize>) -> bool {
        !(self.is_excluded(expression, part)
            || self.is_quoted(expression.span)
            || self.modifies_noun(expression, part))
    }

    fn is_quoted(&self, span: Span) -> bool {
        let quotations = &self.text.quotations;
        let next = quotations.partition_point(|quotation| quotation.span.end <= span.start);
        quotations.get(next).is_some_and(|quotation| quotation.closed && quotation.span.contains(span))
    }

    /// True if a word before the expression in its part says that it is the time of something else.
    fn is_excluded(&self, expression: &Expression, part: &Range<usize>) -> bool {
        let first = expression.tokens.start;
        let mut utterance = false;
        for (back, index) in (part.start..first).rev().enumerate().take(EXCLUSION_REACH) {
            if self.cues.contains(&index) {
                return false;
            }
            utterance |= self.is_utterance_noun(index) || self.kind(index, CalendarKind::Met).is_some();
            match self.kind(index, CalendarKind::Bar) {
                Some(1) if utterance && expression.precision == Precision::Day => {}
                Some(2) if back + 1 > PARTICIPLE_REACH => {}
                // A word of another expression ("the day before yesterday") excludes nothing.
                Some(_) if self.expressions.iter().any(|other| other.tokens.contains(&index)) => {}
                Some(_) => return true,
                None => {}
            }
        }
        // An opened range without an end ("from 2003 on", «с 2003 года») is no time either.
        let before = self.before(first, part);
        let opener = |index| {
            self.kind(index, CalendarKind::Near).is_some()
                || self.kind(index, CalendarKind::RangeOpen).is_some()
                    && self.kind(index, CalendarKind::Of).is_none()
        };
        // «за год до этого»
        expression.counted_from.is_none() && before.is_some_and(opener)
    }

    /// True for a noun for an occasion or an utterance.
    fn is_utterance_noun(&self, index: usize) -> bool {
        self.text.is(index, WordClass::Occasion) || self.kind(index, CalendarKind::Utterance).is_some()
    }

    /// The token before an expression and its article.
    fn before(&self, first: usize, part: &Range<usize>) -> Option<usize> {
        let before = first.checked_sub(1).filter(|before| *before >= part.start)?;
        match self.text.is(before, WordClass::Article) {
            true => before.checked_sub(1).filter(|before| *before >= part.start),
            false => Some(before),
        }
    }

    /// True if the expression modifies a noun that is no utterance: "the 2014 agreement", "Sunday's vote",
    /// "the war of 1991", «договор 1999 года».
    fn modifies_noun(&self, expression: &Expression, part: &Range<usize>) -> bool {
        let Range { start: first, end } = expression.tokens;
        let utterance_follows = (end..end + 3).any(|index| self.is_utterance_noun(index));
        let possessive = end > 0 && self.text.word(end - 1).contains('\'');
        if possessive {
            return !utterance_follows;
        }
        let Some(before) = first.checked_sub(1).filter(|before| *before >= part.start) else { return false };
        let determined =
            self.text.is(before, WordClass::Article) || self.text.has(before, TokenFlag::Pronoun);
        // "the 1999 Union Treaty", "the Sunday Times"
        let names = self.is_calendar_date(first) || self.kind(first, CalendarKind::Weekday).is_some();
        if determined && names && expression.precision <= Precision::Year && self.can_be_modified(end, part) {
            return !utterance_follows;
        }
        if self.kind(before, CalendarKind::Of).is_some() {
            // "on the evening of 9 November", "her words of 2003"
            let placed =
                |index| self.kind(index, CalendarKind::DayPart).is_some() || self.is_utterance_noun(index);
            return !(part.start..before).rev().take(3).any(placed);
        }
        // «договор 1999 года»: a year without a preposition.
        let attribute = expression.precision > Precision::Day && !determined && self.is_calendar_date(first);
        attribute
            && self.can_be_attribute_of(before)
            && !(part.start..before + 1).rev().take(3).any(|index| self.is_utterance_noun(index))
            && !utterance_follows
    }

    /// True for a word behind an expression that can be the noun it modifies.
    fn can_be_modified(&self, index: usize, part: &Range<usize>) -> bool {
        let closed =
            [WordClass::Preposition, WordClass::Conjunction, WordClass::Auxiliary, WordClass::Complementizer];
        let word = self.text.tokens.get(index).is_some_and(|token| token.kind == TokenKind::Word);
        word && index < part.end
            && !self.text.has(index, TokenFlag::Pronoun)
            && !closed.iter().any(|class| self.text.is(index, *class))
            && !self.cues.contains(&index)
    }

    /// True for a word before an expression that the expression can be an attribute of.
    fn can_be_attribute_of(&self, before: usize) -> bool {
        self.text.tokens.get(before).is_some_and(|token| token.kind == TokenKind::Word)
            && ![WordClass::Preposition, WordClass::Conjunction, WordClass::AdverbBetween]
                .iter()
                .any(|class| self.text.is(before, *class))
            && !self.expressions.iter().any(|other| other.tokens.contains(&before))
            && !self.text.has(before, TokenFlag::Dating)
    }

    /// True if an expression begins with a number or a month.
    fn is_calendar_date(&self, first: usize) -> bool {
        self.text.tokens.get(first).is_some_and(|token| token.kind == TokenKind::Number)
            || self.kind(first, CalendarKind::Month).is_some()
    }
}
