//! Dates the statements of an article, sentence by sentence, and carries dates over to statements without
//! an expression of their own.

use crate::date::grammar::calendar::Interval;
use crate::date::grammar::expression::{Anchors, Expression, NamedTime, expressions};
use crate::date::resolve::said;
use crate::date::scope::Narration;
use crate::model::{
    Attributed, CalendarKind, Form, Language, Precision, Said, Sentence, Span, Statement, Text, TokenFlag,
    TokenKind, WordClass,
};
use chrono::{Datelike, NaiveDate};
use std::ops::Range;

/// Maximum distance to a named occasion, in sentences.
const OCCASION_REACH: usize = 8;
/// Maximum distance to the time that "two years earlier" is relative to, in sentences.
const NAMED_REACH: usize = 3;
/// Maximum distance to the same speaker's statement whose date is carried over, in sentences: for a day,
/// and for coarser dates.
const DAY_REACH: usize = 3;
const YEAR_REACH: usize = 1;
/// Value of "later" in `dating.csv`: time has passed.
const MOVED_ON: i32 = 1;
/// Value of "afterwards": the account continues from where it was.
const CONTINUES: i32 = 2;

/// The date of an occasion, with the people named there.
struct Occasion {
    sentence: usize,
    said: Said,
    people: Vec<String>,
}

/// The latest statement with an expression of its own.
struct Previous {
    speaker: String,
    sentence: usize,
    dates: Vec<Said>,
}

/// What a sentence offers to its statements without an expression of their own.
struct Offers {
    /// The dates that "on those occasions" refers to; empty without such words.
    anaphoric: Vec<Said>,
    /// The dates of the latest statement of the sentence with an expression of its own.
    dates: Vec<Said>,
    /// True if the sentence names an occasion or continues one.
    takes_up: bool,
    /// True if a word such as "later" says that time has passed.
    moved_on: bool,
}

/// What later sentences need.
#[derive(Default)]
struct Memory {
    occasion: Option<Occasion>,
    previous: Option<Previous>,
    /// The latest named time, with its sentence.
    named: Option<(usize, NamedTime)>,
    /// The year for days and months without one, with the sentence that named it.
    year: Option<(usize, i32)>,
    /// The dates of the sentence before.
    before: Vec<Said>,
}

/// Dates all statements of an article, in this order of preference:
///
/// 1. a time expression in the sentence that says when this statement was made
///    ("said on Monday"); "now" is the day of publication;
/// 2. a phrase that refers back ("on those occasions"): the expressions of the
///    sentence before;
/// 3. the date of another statement before it in the same sentence;
/// 4. the day of an occasion named before (a meeting, a speech) where the speaker
///    was, or which the sentence mentions again ("told the meeting"), unless a word
///    such as "later" says that time has passed;
/// 5. the date of the same speaker's statement just before;
/// 6. the publication date.
///
/// `published` is the time of publication. If it is not a day, "yesterday" and
/// weekdays give no date.
///
/// Expressions inside the content are about events and never date a statement. An
/// expression after the publication is refused, and `date_note` says so.
pub fn assign(
    attributed: &mut Attributed,
    text: &Text,
    body: &str,
    published: Option<&Said>,
    language: &Language,
) {
    let contents = contents(&attributed.statements, text, language);
    let (memory, expressions) = (Memory::default(), Vec::new());
    let mut dater = Dater { text, body, published, language, contents, memory, expressions };
    let mut first = 0;
    for (index, sentence) in text.sentences.iter().enumerate() {
        let count = attributed.statements[first..].iter().take_while(|s| s.sentence <= index).count();
        let statements = attributed.statements.get_mut(first..first + count).unwrap_or_default();
        let people = attributed.named.get(index).map_or(&[][..], Vec::as_slice);
        dater.sentence(index, sentence, statements, people);
        first += count;
    }
}

/// The contents of all statements as sorted spans without overlaps.
fn contents(statements: &[Statement], text: &Text, language: &Language) -> Vec<Span> {
    let reported = statements.iter().filter(|statement| statement.form != Form::Author);
    let spans = reported
        .flat_map(|statement| statement.content.iter().map(|span| without_time(*span, text, language)));
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

/// Content without a time at its start: "said | this morning that the strike was over", "in his view, |
/// voiced in 1998, the border is a scar".
fn without_time(span: Span, text: &Text, language: &Language) -> Span {
    let tokens = text.tokens_in(span);
    let utterance = has_kind(text, tokens.start, language, CalendarKind::Utterance);
    let ends =
        |index: &usize| text.is(*index, WordClass::Complementizer) || utterance && text.word(*index) == ",";
    let Some(end) = (tokens.start..tokens.end.min(tokens.start + 8)).find(ends) else { return span };
    let number = |index: usize| text.tokens.get(index).is_some_and(|token| token.kind == TokenKind::Number);
    let time = |index: usize| number(index) || text.has(index, TokenFlag::Dating);
    let small = |index: usize| {
        [WordClass::Preposition, WordClass::Article, WordClass::AdverbBetween]
            .iter()
            .any(|class| text.is(index, *class))
    };
    let mut before = tokens.start + usize::from(utterance)..end;
    let is_time = before.clone().any(time) && before.all(|index| time(index) || small(index));
    match text.tokens.get(end).filter(|_| is_time) {
        Some(end) => Span::new(end.span.start, span.end),
        None => span,
    }
}

/// True if a word has a kind in `dating.csv`.
fn has_kind(text: &Text, index: usize, language: &Language, kind: CalendarKind) -> bool {
    let kinds = text.has(index, TokenFlag::Dating).then(|| language.dating.get(text.word(index))).flatten();
    kinds.is_some_and(|kinds| kinds.iter().any(|(found, _)| *found == kind))
}

/// Dates the statements of one article.
struct Dater<'a> {
    text: &'a Text,
    body: &'a str,
    published: Option<&'a Said>,
    language: &'a Language,
    /// The contents of all statements.
    contents: Vec<Span>,
    memory: Memory,
    /// The expressions of a sentence; reused for every sentence.
    expressions: Vec<Expression>,
}

impl Dater<'_> {
    /// Dates the statements of a sentence. `people` are those it names.
    fn sentence(
        &mut self,
        index: usize,
        sentence: &Sentence,
        statements: &mut [Statement],
        people: &[String],
    ) {
        let runs = self.outside(sentence);
        let mut found = std::mem::take(&mut self.expressions);
        found.clear();
        self.find_expressions(index, &runs, &mut found);
        let moved_on = self.has_later(sentence, &found, MOVED_ON);
        if moved_on {
            self.memory.occasion = None;
        }
        // Most sentences report nothing, and most reports have no time.
        let reports = statements.iter().any(|statement| statement.form != Form::Author);
        let narration = (reports && !found.is_empty())
            .then(|| Narration::new(self.text, sentence, &runs, statements, &found, self.language));
        let anaphoric = if self.points_back(sentence) { self.memory.before.clone() } else { Vec::new() };
        let takes_up = self.has_occasion(&runs) || self.has_later(sentence, &found, CONTINUES);
        let mut offers = Offers { anaphoric, dates: Vec::new(), takes_up, moved_on };
        let mut dating = None;
        for statement in statements {
            statement.date_note = None;
            if statement.form == Form::Author {
                statement.said = self.publication();
                continue;
            }
            let cue = statement.cue.filter(|cue| sentence.span.contains(*cue));
            let own = narration.as_ref().map(|narration| narration.of(cue, &statement.content));
            let own = own.unwrap_or_default();
            if self.date(index, statement, &own, &offers) {
                dating = dating.or(own.last().copied());
                if narration.as_ref().is_some_and(|narration| !narration.is_relative(cue)) {
                    offers.dates.clone_from(&statement.said);
                }
            }
            if statement.said.iter().any(|date| date.expression.is_some()) {
                let (speaker, dates) = (key(statement), statement.said.clone());
                self.memory.previous = Some(Previous { speaker, sentence: index, dates });
            } else if own.iter().any(|expression| expression.now) {
                self.memory.previous = None;
            }
        }
        self.remember(index, &runs, people, dating, &found);
        self.expressions = found;
    }

    /// Finds the expressions of a sentence outside content.
    fn find_expressions(&self, index: usize, runs: &[Range<usize>], found: &mut Vec<Expression>) {
        let named = self.memory.named.filter(|(at, _)| at + NAMED_REACH >= index).map(|(_, named)| named);
        let year = self.memory.year.filter(|(at, _)| at + 1 >= index).map(|(_, year)| year);
        let named = named.map(|named| NamedTime { year, ..named });
        for run in runs {
            let published = self.published.map(|time| Interval::new(time.from, time.to, time.precision));
            let anchors = Anchors { published, named };
            expressions(self.text, run.clone(), anchors, self.language, found);
        }
    }

    /// Dates one statement by its own expressions, or by a date carried over. Returns true if an
    /// expression of its own gave a date other than "now".
    fn date(&self, index: usize, statement: &mut Statement, own: &[&Expression], offers: &Offers) -> bool {
        let now = own.iter().any(|expression| expression.now);
        let (dates, refused) =
            if now { (self.publication(), Vec::new()) } else { said(own, self.last_day()) };
        let stated = !dates.is_empty() && !now;
        if stated && let Some(from) = own.first().and_then(|first| first.counted_from) {
            statement.date_note = Some(format!("counted from “{}”", from.of(self.body)));
        }
        let (dates, note) =
            if !dates.is_empty() { (dates, None) } else { self.carried(index, statement, offers) };
        statement.date_note = statement.date_note.take().or(note);
        if !refused.is_empty() {
            let words: Vec<String> =
                refused.iter().map(|expression| format!("“{}”", expression.span.of(self.body))).collect();
            let note = format!("{} lies after the publication and was refused", words.join(", "));
            let more = statement.date_note.take().map_or(String::new(), |more| format!("; {more}"));
            statement.date_note = Some(note + &more);
        }
        statement.said = dates;
        stated
    }

    /// The dates carried over to a statement without an expression of its own, and a note that says from
    /// where.
    fn carried(&self, index: usize, statement: &Statement, here: &Offers) -> (Vec<Said>, Option<String>) {
        let memory = &self.memory;
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

    /// Keeps what later sentences may need. `dating` is the expression that dated a statement.
    fn remember(
        &mut self,
        index: usize,
        runs: &[Range<usize>],
        people: &[String],
        dating: Option<&Expression>,
        found: &[Expression],
    ) {
        let times: Vec<&Expression> = found.iter().filter(|expression| !expression.now).collect();
        let finest = times.iter().map(|expression| expression.precision).min();
        let lists: Vec<&Expression> =
            times.iter().copied().filter(|expression| Some(expression.precision) == finest).collect();
        let occasion = self.has_occasion(runs) && !lists.is_empty();
        if let Some(last) = dating.or(times.last().copied()) {
            let named = NamedTime { time: last.interval(), span: last.span, year: None };
            self.memory.named = Some((index, named));
        }
        // A named past year applies to months and days without one.
        self.memory.year = dating
            .or_else(|| lists.first().copied().filter(|_| occasion))
            .filter(|dated| dated.precision <= Precision::Month && self.names_year(dated))
            .filter(|dated| self.published.is_none_or(|published| dated.from.year() != published.to.year()))
            .map(|dated| (index, dated.from.year()));
        let (dates, _) = said(&lists, self.last_day());
        if occasion
            && let [only] = dates.as_slice()
            && matches!(only.precision, Precision::Day | Precision::Month)
        {
            self.memory.occasion =
                Some(Occasion { sentence: index, said: only.clone(), people: people.to_vec() });
        }
        self.memory.before = dates;
    }

    /// True if the words of an expression contain its year.
    fn names_year(&self, expression: &Expression) -> bool {
        let year = expression.from.year().to_string();
        expression.span.of(self.body).contains(&year)
    }

    /// The token ranges of a sentence outside content.
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

    /// True if the sentence names a meeting, a speech or the like, or says that people met.
    fn has_occasion(&self, runs: &[Range<usize>]) -> bool {
        let mut tokens = runs.iter().flat_map(|run| run.clone());
        tokens.any(|index| {
            self.text.is(index, WordClass::Occasion)
                || has_kind(self.text, index, self.language, CalendarKind::Met)
        })
    }

    /// True for "on those occasions", "at that time".
    fn points_back(&self, sentence: &Sentence) -> bool {
        let (text, end) = (self.text, sentence.tokens.end);
        sentence.tokens.clone().any(|index| {
            text.has(index, TokenFlag::Anaphor)
                && self.language.phrase_at(text, index, end, WordClass::TimeAnaphor) > 0
        })
    }

    /// True if one of the first words, outside any expression, has this value of the kind `later`.
    fn has_later(&self, sentence: &Sentence, found: &[Expression], which: i32) -> bool {
        sentence.tokens.clone().take(6).any(|index| {
            let kinds = || self.language.dating.get(self.text.word(index));
            self.text.has(index, TokenFlag::Calendar)
                && !found.iter().any(|expression| expression.tokens.contains(&index))
                && kinds().is_some_and(|kinds| kinds.contains(&(CalendarKind::Later, which)))
        })
    }
}

/// The actor of a statement, or the speaker's name.
fn key(statement: &Statement) -> String {
    statement.speaker.actor.clone().unwrap_or_else(|| statement.speaker.name.clone())
}
