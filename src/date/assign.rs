//! Which time expression dates which statement.
//!
//! Lives here: tying expressions to statements, and carrying the day of a
//! meeting or a speech on to what was said there. May not live here: reading
//! an expression (see `expression`).

use super::{Expression, expressions, said};
use crate::model::{
    Attributed, CalendarKind, Form, Language, Precision, Said, Sentence, Span, Statement, Text, WordClass,
};
use chrono::NaiveDate;

/// How many sentences a named occasion reaches forward.
const OCCASION_REACH: usize = 8;

/// A day that was named for an occasion, with those who were there.
struct Occasion {
    sentence: usize,
    said: Said,
    people: Vec<String>,
}

/// Dates all statements of an article, in this order of preference:
///
/// 1. a time expression in the sentence, outside the content ("said on Monday");
/// 2. a phrase that points back ("on those occasions"): the expressions of the
///    sentence before;
/// 3. the day of an occasion named before (a meeting, a speech) at which the
///    speaker was, unless a word such as "later" has moved on;
/// 4. the day of the same speaker's statement just before, when that was dated
///    to a day;
/// 5. the publication date.
///
/// Expressions inside the content speak of events and never date a statement.
pub fn assign(
    attributed: &mut Attributed,
    text: &Text,
    body: &str,
    published: Option<NaiveDate>,
    language: &Language,
) {
    let mut occasion: Option<Occasion> = None;
    let mut previous: Option<(String, usize, Said)> = None;
    let mut first = 0;
    for (index, sentence) in text.sentences.iter().enumerate() {
        let end = attributed.statements[first..]
            .iter()
            .position(|statement| statement.sentence > index)
            .map_or(attributed.statements.len(), |offset| first + offset);
        let all = expressions(text, sentence.tokens.clone(), body, published, language);
        let contents: Vec<Span> = attributed.statements[first..end]
            .iter()
            .filter(|statement| statement.form != Form::Author)
            .flat_map(|statement| statement.content.iter().copied())
            .collect();
        let narrated: Vec<Expression> = all
            .iter()
            .filter(|expression| !contents.iter().any(|content| content.overlaps(expression.span)))
            .cloned()
            .collect();
        let moved_on = moves_on(text, sentence, &all, language);
        if moved_on {
            occasion = None;
        }
        let own = own_dates(&narrated, published);
        let anaphoric = points_back(text, sentence, language)
            .then(|| index.checked_sub(1).and_then(|before| text.sentences.get(before)))
            .flatten()
            .map(|before| expressions(text, before.tokens.clone(), body, published, language))
            .and_then(|before| own_dates(&before, published));
        let named = attributed.named.get(index).cloned().unwrap_or_default();
        for statement in attributed.statements.get_mut(first..end).unwrap_or_default() {
            let speaker = key(statement);
            let carried = || {
                occasion
                    .as_ref()
                    .filter(|occasion| occasion.sentence + OCCASION_REACH >= index)
                    .filter(|occasion| occasion.people.contains(&speaker))
                    .map(|occasion| vec![occasion.said.clone()])
            };
            let continued = || {
                previous
                    .as_ref()
                    .filter(|(who, at, _)| *who == speaker && at + 3 >= index && !moved_on)
                    .map(|(_, _, said)| vec![said.clone()])
            };
            statement.said = if statement.form == Form::Author {
                said(&[], published, false).0
            } else {
                own.clone()
                    .or_else(|| anaphoric.clone())
                    .or_else(carried)
                    .or_else(continued)
                    .unwrap_or_else(|| said(&[], published, true).0)
            };
            if let [only] = statement.said.as_slice()
                && statement.form != Form::Author
                && only.expression.is_some()
                && only.precision == Precision::Day
            {
                previous = Some((speaker, index, only.clone()));
            }
        }
        if let Some(dates) = &own
            && let [only] = dates.as_slice()
            && has_occasion(text, sentence, language)
            && matches!(only.precision, Precision::Day | Precision::Month)
        {
            occasion = Some(Occasion { sentence: index, said: only.clone(), people: named });
        }
        first = end;
    }
}

/// The dates that expressions give; None when they give none.
fn own_dates(found: &[Expression], published: Option<NaiveDate>) -> Option<Vec<Said>> {
    if found.is_empty() {
        return None;
    }
    let (dates, _) = said(found, published, true);
    dates.iter().any(|date| date.expression.is_some()).then_some(dates)
}

fn key(statement: &Statement) -> String {
    statement.speaker.actor.clone().unwrap_or_else(|| statement.speaker.name.clone())
}

fn has_occasion(text: &Text, sentence: &Sentence, language: &Language) -> bool {
    sentence.tokens.clone().any(|index| language.is(text.word(index), WordClass::Occasion))
}

/// "on those occasions", "at that time".
fn points_back(text: &Text, sentence: &Sentence, language: &Language) -> bool {
    language.phrases.iter().filter(|(_, class)| *class == WordClass::TimeAnaphor).any(|(words, _)| {
        sentence.tokens.clone().any(|start| {
            words.iter().enumerate().all(|(offset, word)| {
                start + offset < sentence.tokens.end && text.word(start + offset) == word
            })
        })
    })
}

/// "later", outside any expression: the account has moved on in time.
fn moves_on(text: &Text, sentence: &Sentence, all: &[Expression], language: &Language) -> bool {
    sentence.tokens.clone().take(6).any(|index| {
        !all.iter().any(|expression| expression.tokens.contains(&index))
            && language
                .calendar
                .get(text.word(index))
                .is_some_and(|kinds| kinds.iter().any(|(kind, _)| *kind == CalendarKind::Later))
    })
}
