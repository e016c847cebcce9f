//! Dating the statements of an article, sentence by sentence.
//!
//! Lives here: the order of preference, and what is carried from one sentence
//! to the next. May not live here: reading an expression (see `expression`), or
//! which of a sentence's expressions belongs to which statement (see `scope`).

use crate::date::grammar::expression::{Anchors, Expression, Named, expressions};
use crate::date::resolve::said;
use crate::date::scope::Narration;
use crate::model::{
    Attributed, CalendarKind, Fact, Form, Language, Precision, Said, Sentence, Span, Statement, Text,
    TokenKind, WordClass,
};
use chrono::{Datelike, NaiveDate};
use std::ops::Range;

/// How many sentences a named occasion reaches forward.
const OCCASION_REACH: usize = 8;
/// How many sentences back "two years earlier" finds the time it counts from.
const NAMED_REACH: usize = 3;
/// How many sentences back the date of the same speaker's statement is taken
/// over: a day, and anything coarser.
const DAY_REACH: usize = 3;
const YEAR_REACH: usize = 1;

/// A day that was named for an occasion, with those who were there.
struct Occasion {
    sentence: usize,
    said: Said,
    people: Vec<String>,
}

/// The date of the last statement that had one.
struct Previous {
    speaker: String,
    sentence: usize,
    dates: Vec<Said>,
}

/// What a sentence offers to those of its statements that have no time of their
/// own.
struct Here {
    /// What "on those occasions" points back to; empty without such words.
    anaphoric: Vec<Said>,
    /// The dates of the last statement that had its own.
    dates: Vec<Said>,
    /// Whether an occasion is named.
    takes_up: bool,
    /// Whether the account has moved on in time.
    moved_on: bool,
}

/// What is kept in mind from sentence to sentence.
#[derive(Default)]
struct Memory {
    occasion: Option<Occasion>,
    previous: Option<Previous>,
    named: Option<(usize, Named)>,
    /// Whether the last time named made a date of its own and named its year.
    told: Option<(usize, i32)>,
    before: Vec<Said>,
}

/// Dates all statements of an article, in this order of preference:
///
/// 1. a time expression in the sentence that tells when this statement was made
///    ("said on Monday"); "now" is the day of publication;
/// 2. a phrase that points back ("on those occasions"): the expressions of the
///    sentence before;
/// 3. the date of another statement before it in the same sentence;
/// 4. the day of an occasion named before (a meeting, a speech) at which the
///    speaker was, or which the sentence takes up ("told the meeting"), unless a
///    word such as "later" has moved on;
/// 5. the date of the same speaker's statement just before;
/// 6. the publication date.
///
/// `published` is the time of publication: a day, or as little as the year; then
/// "yesterday" and weekdays cannot be read.
///
/// Expressions inside the content speak of events and never date a statement.
/// No date lies behind the publication: such an expression is refused, and
/// `date_note` says so.
pub fn assign(
    attributed: &mut Attributed,
    text: &Text,
    body: &str,
    published: Option<&Said>,
    language: &Language,
) {
    let contents = contents(&attributed.statements, text, language);
    let dater = Dater { text, body, published, language, contents };
    let mut memory = Memory::default();
    let mut found = Vec::new();
    let mut first = 0;
    for (index, sentence) in text.sentences.iter().enumerate() {
        let count = attributed.statements[first..].iter().take_while(|s| s.sentence <= index).count();
        let statements = attributed.statements.get_mut(first..first + count).unwrap_or_default();
        let named = attributed.named.get(index).map_or(&[][..], Vec::as_slice);
        dater.sentence(index, sentence, statements, named, &mut memory, &mut found);
        first += count;
    }
}

/// What was said, as sorted spans that do not overlap.
fn contents(statements: &[Statement], text: &Text, language: &Language) -> Vec<Span> {
    let told = statements.iter().filter(|statement| statement.form != Form::Author);
    let spans =
        told.flat_map(|statement| statement.content.iter().map(|span| without_time(*span, text, language)));
    let mut spans: Vec<Span> = spans.collect();
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => *last = last.join(span),
            _ => merged.push(span),
        }
    }
    merged
}

/// "said | this morning that the strike was over", "in his view, | voiced in 1998,
/// the border is a scar": a time before "that", or with a word for something said
/// before a comma, is no part of what was said.
fn without_time(span: Span, text: &Text, language: &Language) -> Span {
    let tokens = text.tokens_in(span);
    let said = has_kind(text, tokens.start, language, CalendarKind::Utterance);
    let ends = |index: &usize| text.is(*index, WordClass::Complementizer) || said && text.word(*index) == ",";
    let Some(end) = (tokens.start..tokens.end.min(tokens.start + 8)).find(ends) else { return span };
    let number = |index: usize| text.tokens.get(index).is_some_and(|token| token.kind == TokenKind::Number);
    let time = |index: usize| number(index) || text.has(index, Fact::Dating);
    let small = |index: usize| {
        [WordClass::Preposition, WordClass::Article, WordClass::AdverbBetween]
            .iter()
            .any(|class| text.is(index, *class))
    };
    let mut before = tokens.start + usize::from(said)..end;
    let is_time = before.clone().any(time) && before.all(|index| time(index) || small(index));
    match text.tokens.get(end).filter(|_| is_time) {
        Some(end) => Span::new(end.span.start, span.end),
        None => span,
    }
}

/// Whether dating knows a token's word as a kind.
fn has_kind(text: &Text, index: usize, language: &Language, kind: CalendarKind) -> bool {
    let kinds = text.has(index, Fact::Dating).then(|| language.dating.get(text.word(index))).flatten();
    kinds.is_some_and(|kinds| kinds.iter().any(|(found, _)| *found == kind))
}

struct Dater<'a> {
    text: &'a Text,
    body: &'a str,
    published: Option<&'a Said>,
    language: &'a Language,
    contents: Vec<Span>,
}

impl Dater<'_> {
    fn sentence(
        &self,
        index: usize,
        sentence: &Sentence,
        statements: &mut [Statement],
        people: &[String],
        memory: &mut Memory,
        found: &mut Vec<Expression>,
    ) {
        found.clear();
        let runs = self.outside(sentence);
        let named = memory.named.filter(|(at, _)| at + NAMED_REACH >= index).map(|(_, named)| named);
        let year = memory.told.filter(|(at, _)| at + 1 >= index).map(|(_, year)| year);
        let named = named.map(|named| Named { year, ..named });
        for run in &runs {
            let published = self.published.map(|time| (time.from, time.to, time.precision));
            let anchors = Anchors { published, named };
            expressions(self.text, run.clone(), anchors, self.language, found);
        }
        let moved_on = self.later(sentence, found, 1);
        if moved_on {
            memory.occasion = None;
        }
        // Most sentences report nothing, and most reports have no time.
        let spoken = statements.iter().any(|statement| statement.form != Form::Author);
        let narration = (spoken && !found.is_empty())
            .then(|| Narration::new(self.text, sentence, &runs, statements, found, self.language));
        let anaphoric = if self.points_back(sentence) { memory.before.clone() } else { Vec::new() };
        let takes_up = self.has_occasion(&runs) || self.later(sentence, found, 2);
        let mut here = Here { anaphoric, dates: Vec::new(), takes_up, moved_on };
        let mut told = None;
        for statement in statements {
            statement.date_note = None;
            if statement.form == Form::Author {
                statement.said = self.publication();
                continue;
            }
            let cue = statement.cue.filter(|cue| sentence.span.contains(*cue));
            let own = narration.as_ref().map(|narration| narration.of(cue, &statement.content));
            let own = own.unwrap_or_default();
            let now = own.iter().any(|expression| expression.now);
            let (dates, refused) =
                if now { (self.publication(), Vec::new()) } else { said(&own, self.last_day()) };
            let stated = !dates.is_empty() && !now;
            if let (true, Some(first)) = (stated, own.first()) {
                if let Some(from) = first.counted_from {
                    statement.date_note = Some(format!("counted from “{}”", from.of(self.body)));
                }
                told = told.or(own.last().copied());
            }
            let (dates, note) =
                if !dates.is_empty() { (dates, None) } else { self.carried(index, statement, &here, memory) };
            statement.date_note = statement.date_note.take().or(note);
            if !refused.is_empty() {
                let words: Vec<String> =
                    refused.iter().map(|expression| format!("“{}”", expression.span.of(self.body))).collect();
                let note = format!("{} lies after the publication and was refused", words.join(", "));
                let more = statement.date_note.take().map_or(String::new(), |more| format!("; {more}"));
                statement.date_note = Some(note + &more);
            }
            if stated && narration.as_ref().is_some_and(|narration| !narration.is_relative(cue)) {
                here.dates.clone_from(&dates);
            }
            if dates.iter().any(|date| date.expression.is_some()) {
                let speaker = key(statement);
                memory.previous = Some(Previous { speaker, sentence: index, dates: dates.clone() });
            } else if now {
                memory.previous = None;
            }
            statement.said = dates;
        }
        self.remember(index, &runs, people, told, found, memory);
    }

    /// The date of a statement whose own sentence gives none, and from where.
    fn carried(
        &self,
        index: usize,
        statement: &Statement,
        here: &Here,
        memory: &Memory,
    ) -> (Vec<Said>, Option<String>) {
        let words = |dates: &[Said]| -> String {
            let spans = dates.iter().filter_map(|date| date.expression);
            spans.map(|span| format!("“{}”", span.of(self.body))).collect::<Vec<_>>().join(", ")
        };
        let offers = [(&here.anaphoric, "points back to"), (&here.dates, "as the statement before it:")];
        if let Some((dates, how)) = offers.into_iter().find(|(dates, _)| !dates.is_empty()) {
            return (dates.clone(), Some(format!("{how} {}", words(dates))));
        }
        let speaker = key(statement);
        let occasion = memory.occasion.as_ref().filter(|occasion| {
            occasion.sentence + OCCASION_REACH >= index
                && (occasion.people.contains(&speaker)
                    || here.takes_up && occasion.sentence + NAMED_REACH >= index)
        });
        if let Some(occasion) = occasion {
            let dates = vec![occasion.said.clone()];
            let note = format!("the occasion named before: {}", words(&dates));
            return (dates, Some(note));
        }
        let previous = memory.previous.as_ref().filter(|previous| {
            let day = previous.dates.iter().all(|date| date.precision == Precision::Day);
            let reach = if day { DAY_REACH } else { YEAR_REACH };
            previous.speaker == speaker && previous.sentence + reach >= index && !here.moved_on
        });
        if let Some(previous) = previous {
            let note = format!("as the speaker's words before: {}", words(&previous.dates));
            return (previous.dates.clone(), Some(note));
        }
        (self.publication(), None)
    }

    fn last_day(&self) -> Option<NaiveDate> {
        self.published.map(|published| published.to)
    }

    fn publication(&self) -> Vec<Said> {
        self.published.cloned().into_iter().collect()
    }

    /// Keeps what the next sentences may need.
    fn remember(
        &self,
        index: usize,
        runs: &[Range<usize>],
        people: &[String],
        told: Option<&Expression>,
        found: &[Expression],
        memory: &mut Memory,
    ) {
        let times: Vec<&Expression> = found.iter().filter(|expression| !expression.now).collect();
        let finest = times.iter().map(|expression| expression.precision).min();
        let lists: Vec<&Expression> =
            times.iter().copied().filter(|expression| Some(expression.precision) == finest).collect();
        let occasion = self.has_occasion(runs) && !lists.is_empty();
        if let Some(last) = told.or(times.last().copied()) {
            let named = Named { time: last.interval(), span: last.span, year: None };
            memory.named = Some((index, named));
        }
        // A past year that was told of goes on for months and days without one.
        memory.told = told
            .or_else(|| lists.first().copied().filter(|_| occasion))
            .filter(|told| told.precision <= Precision::Month && self.names_year(told))
            .filter(|told| self.published.is_none_or(|published| told.from.year() != published.to.year()))
            .map(|told| (index, told.from.year()));
        let (dates, _) = said(&lists, self.last_day());
        if occasion
            && let [only] = dates.as_slice()
            && matches!(only.precision, Precision::Day | Precision::Month)
        {
            memory.occasion = Some(Occasion { sentence: index, said: only.clone(), people: people.to_vec() });
        }
        memory.before = dates;
    }

    fn names_year(&self, expression: &Expression) -> bool {
        let year = expression.from.year().to_string();
        expression.span.of(self.body).contains(&year)
    }

    /// The sentence's tokens outside what was said, as stretches.
    fn outside(&self, sentence: &Sentence) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        let mut at = self.contents.partition_point(|span| span.end <= sentence.span.start);
        for index in sentence.tokens.clone() {
            let Some(token) = self.text.tokens.get(index) else { break };
            while self.contents.get(at).is_some_and(|content| content.end <= token.span.start) {
                at += 1;
            }
            if self.contents.get(at).is_some_and(|content| content.overlaps(token.span)) {
                continue;
            }
            match runs.last_mut() {
                Some(last) if last.end == index => last.end += 1,
                _ => runs.push(index..index + 1),
            }
        }
        runs
    }

    /// Whether the narration names a meeting, a speech or the like, or says that
    /// people met.
    fn has_occasion(&self, runs: &[Range<usize>]) -> bool {
        let mut tokens = runs.iter().flat_map(|run| run.clone());
        tokens.any(|index| {
            self.text.is(index, WordClass::Occasion)
                || has_kind(self.text, index, self.language, CalendarKind::Met)
        })
    }

    /// "on those occasions", "at that time".
    fn points_back(&self, sentence: &Sentence) -> bool {
        let (text, end) = (self.text, sentence.tokens.end);
        sentence.tokens.clone().any(|index| {
            text.has(index, Fact::Anaphor)
                && self.language.phrase_at(text, index, end, WordClass::TimeAnaphor) > 0
        })
    }

    /// "Later" (1), outside any expression: the account has moved on in time. Or
    /// "afterwards" (2): it goes on from where it was.
    fn later(&self, sentence: &Sentence, found: &[Expression], which: i32) -> bool {
        sentence.tokens.clone().take(6).any(|index| {
            let kinds = || self.language.dating.get(self.text.word(index));
            self.text.has(index, Fact::Calendar)
                && !found.iter().any(|expression| expression.tokens.contains(&index))
                && kinds().is_some_and(|kinds| kinds.contains(&(CalendarKind::Later, which)))
        })
    }
}

fn key(statement: &Statement) -> String {
    statement.speaker.actor.clone().unwrap_or_else(|| statement.speaker.name.clone())
}
