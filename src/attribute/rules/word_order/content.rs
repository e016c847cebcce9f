//! Which words of a sentence a cue reports (its content), for languages with English word order.

use crate::attribute::attribution::{Content, CueMatch, Source};
use crate::attribute::rules::sentence_context::SentenceContext;
use crate::model::{CalendarKind, Quotation, TokenKind, WordClass};
use std::ops::Range;

/// Content outside quotation marks has at least this many words.
const MIN_WORDS: usize = 2;
/// Maximum distance of "that" behind its cue, in tokens.
const COMPLEMENTIZER_REACH: usize = 14;

/// The search for the content of one cue in one sentence.
pub struct ContentSearch<'s, 'a> {
    /// The sentence.
    pub context: &'s SentenceContext<'a>,
    /// The cue.
    pub cue: &'s CueMatch<'s>,
    /// Its source.
    pub source: &'s Source,
    /// The quotations that touch the sentence.
    pub quotations: &'s [Quotation],
    /// First token that no earlier cue has taken.
    pub from: usize,
    /// First token of the reporting clause of a later cue, or the end of the sentence.
    pub limit: usize,
}

impl ContentSearch<'_, '_> {
    /// The content, if there is any.
    pub fn content(&self) -> Option<Content> {
        let (context, cue, source) = (self.context, self.cue, self.source);
        let clause_start = source.clause.start.min(cue.tokens.start);
        let clause_end = source.clause.end.max(cue.tokens.end);
        let left = self.left_of(clause_start);
        let right = self.right_of(clause_end);
        let left_closes = left.as_ref().is_some_and(|left| closes_before(context, left, clause_start));
        let mut pieces = Vec::new();
        match (left, right) {
            (Some(left), Some(right)) if left_closes => self.choose(left, right, clause_end, &mut pieces),
            (_, Some(right)) => pieces.push(right),
            (Some(left), None) if left_closes => pieces.push(left),
            _ => return None,
        }
        let total: usize = pieces.iter().map(|piece| context.text.word_count(piece)).sum();
        let in_quotes = pieces.iter().any(|piece| quoted(context, piece));
        if total == 0 || total < MIN_WORDS && !in_quotes {
            return None;
        }
        Some(Content { pieces })
    }

    /// Which of the words on both sides of the reporting clause are content: one side, or both.
    fn choose(
        &self,
        left: Range<usize>,
        right: Range<usize>,
        clause_end: usize,
        pieces: &mut Vec<Range<usize>>,
    ) {
        let (context, source, takes) = (self.context, self.source, self.cue.entry.takes);
        let parenthetical = matches!(context.text.word(clause_end), "," | "–" | "—");
        let left_words = context.text.word_count(&left);
        let right_words = context.text.word_count(&right);
        let adverbial =
            left_words <= 4 && !quoted(context, &left) && !source.inverted && is_adverbial(context, &left);
        let right_is_content = starts_with_quote(context, &right)
            || parenthetical
            || opens_with_complementizer(context, clause_end);
        let leads = (takes.prefix || takes.possessive) && right_words >= 3 && left_words < 4;
        let opens = adverbial && right_words > 2;
        let that = opens_with_complementizer(context, clause_end) && !quoted(context, &left);
        if leads || opens || that {
            pieces.push(right);
        } else if right_is_content && worth_joining(context, &right, parenthetical) {
            pieces.push(left);
            pieces.push(right);
        } else if source.inverted || trailing(context, clause_end, self.limit) || quoted(context, &left) {
            pieces.push(left);
        } else {
            pieces.push(right);
        }
    }

    /// The part of the sentence before the reporting clause, without punctuation and conjunctions
    /// at its ends.
    fn left_of(&self, clause_start: usize) -> Option<Range<usize>> {
        let context = self.context;
        let mut start = self.from;
        let mut end = clause_start;
        while end > start && is_edge(context, end - 1) {
            end -= 1;
        }
        while start < end && (context.outside)(start) && leading(context, start) {
            start += 1;
        }
        if start >= end {
            return None;
        }
        // "In an interview, “Q,” he said": the last quotation, when it closes right
        // here and the words before it are no clause of their own.
        let last = context.text.tokens.get(end - 1)?;
        let closing = self.quotations.iter().find(|quotation| quotation.span.end == last.span.end);
        if let Some(quotation) = closing {
            let quote = context.text.tokens_in(quotation.span);
            let introduction = start..quote.start.max(start);
            let short = context.text.word_count(&introduction) <= 4
                && context.text.word(introduction.end.saturating_sub(1)) == ",";
            if short
                && !introduction.is_empty()
                && self.cue.entry.takes.clause
                && !self.source.clause.is_empty()
            {
                return Some(quote);
            }
        }
        Some(start..end)
    }

    /// The part of the sentence behind the reporting clause.
    fn right_of(&self, clause_end: usize) -> Option<Range<usize>> {
        let (context, cue, source) = (self.context, self.cue, self.source);
        let takes = cue.entry.takes;
        let mut end = self.limit.min(context.sentence.end);
        let mut start = clause_end;
        if start >= end {
            return None;
        }
        if takes.prefix || takes.possessive || source.inverted {
            // "According to X[, who ...], C" and «Как заявил Х, C».
            if let Some(comma) = (start..end.min(start + 18)).find(|index| {
                (context.outside)(*index) && matches!(context.text.word(*index), "," | ":" | "–" | "—")
            }) {
                let short = comma - start <= 8;
                if comma == start || takes.prefix || short {
                    start = comma + 1;
                }
            } else if !takes.possessive && source.inverted {
                return None;
            }
        } else {
            start = after_addressee(context, start, end, cue);
        }
        while start < end
            && (context.outside)(start)
            && matches!(context.text.word(start), "," | ":" | "–" | "—" | "-" | ";")
        {
            start += 1;
        }
        end = without_final_mark(context, start, end);
        let only_time_and_place = (start..end).all(|index| {
            let word = context.text.word(index);
            (context.outside)(index)
                && (context.language.is(word, WordClass::Preposition)
                    || context.language.is(word, WordClass::TimeWord)
                    || context.language.is(word, WordClass::Article)
                    || context.language.calendar.contains_key(word)
                    || context.text.tokens[index].kind != TokenKind::Word)
        });
        if start >= end || only_time_and_place {
            return None;
        }
        let first = context.text.word(start);
        let governs = takes.clause
            || takes.infinitive
            || takes.object
            || takes.prefix
            || takes.possessive
            || starts_with_quote(context, &(start..end));
        if !governs {
            return None;
        }
        if (takes.object || takes.infinitive)
            && !takes.clause
            && (start > clause_end
                || context.language.is(first, WordClass::Auxiliary)
                || takes.object && !takes.infinitive && context.language.is(first, WordClass::Preposition))
        {
            return None;
        }
        Some(start..end)
    }
}

/// True for an opening that is no content: "On Monday", "However".
fn is_adverbial(context: &SentenceContext, left: &Range<usize>) -> bool {
    let first = context.text.word(left.start);
    let language = context.language;
    language.is(first, WordClass::Preposition)
        || language.is(first, WordClass::Breaker)
        || language.is(first, WordClass::TimeWord)
        || language.is(first, WordClass::AdverbBetween)
        || language.is(first, WordClass::Stop) && !language.is(first, WordClass::Article)
        || language.calendar.contains_key(first)
}

fn quoted(context: &SentenceContext, piece: &Range<usize>) -> bool {
    piece.clone().any(|index| !(context.outside)(index))
}

fn starts_with_quote(context: &SentenceContext, piece: &Range<usize>) -> bool {
    !piece.is_empty() && !(context.outside)(piece.start)
}

fn opens_with_complementizer(context: &SentenceContext, mut index: usize) -> bool {
    if context.text.word(index) == "," {
        index += 1;
    }
    index < context.sentence.end && context.text.is(index, WordClass::Complementizer)
}

/// True if only time and place of the utterance follow the reporting clause.
fn trailing(context: &SentenceContext, clause_end: usize, limit: usize) -> bool {
    let next = context.text.word(clause_end);
    clause_end >= limit
        || matches!(next, "." | "!" | "?" | "…")
        || context.language.is(next, WordClass::Preposition)
        || names_a_day(context, next)
}

/// True if the words behind "C, he said," continue the content: a clause, not an apposition or a
/// participle.
fn worth_joining(context: &SentenceContext, right: &Range<usize>, parenthetical: bool) -> bool {
    if starts_with_quote(context, right) {
        return true;
    }
    let first = context.text.word(right.start);
    parenthetical
        && context.text.word_count(right) >= 3
        && !context.language.is(first, WordClass::Relative)
        && !context.language.is(first, WordClass::Article)
        && !single_word_cue(context, first)
}

fn single_word_cue(context: &SentenceContext, word: &str) -> bool {
    context.language.cues.get(word).is_some_and(|cues| cues.iter().any(|cue| cue.words.len() == 1))
}

/// True for a month, a weekday, "yesterday".
fn names_a_day(context: &SentenceContext, word: &str) -> bool {
    context.language.is(word, WordClass::TimeWord)
        || context.language.calendar.get(word).is_some_and(|kinds| {
            kinds.iter().any(|(kind, _)| {
                matches!(kind, CalendarKind::Month | CalendarKind::Weekday | CalendarKind::Day)
            })
        })
}

fn is_edge(context: &SentenceContext, index: usize) -> bool {
    (context.outside)(index) && matches!(context.text.word(index), "," | "–" | "—" | "-" | ":" | ";")
        || (context.outside)(index) && context.text.is(index, WordClass::Conjunction)
}

fn leading(context: &SentenceContext, index: usize) -> bool {
    matches!(context.text.word(index), "," | "–" | "—" | "-" | "•" | ";" | ":")
        || context.text.is(index, WordClass::Conjunction)
}

/// True if the left part ends in a comma, a dash or a closing quotation mark before the reporting clause;
/// only then can it be content.
fn closes_before(context: &SentenceContext, left: &Range<usize>, clause_start: usize) -> bool {
    left.end < clause_start
        && (left.end..clause_start).any(|index| matches!(context.text.word(index), "," | "–" | "—" | "-"))
        || left.end > left.start && !(context.outside)(left.end - 1)
}

/// The first token behind "reporters in Minsk on Monday", between a cue and "that" or a quotation.
fn after_addressee(context: &SentenceContext, start: usize, end: usize, cue: &CueMatch) -> usize {
    let next = context.text.word(start);
    if !(context.outside)(start)
        || context.language.is(next, WordClass::Complementizer)
        || matches!(next, "," | ":")
    {
        return start;
    }
    let mut depth = 0;
    for index in start..end.min(start + COMPLEMENTIZER_REACH) {
        let word = context.text.word(index);
        if !(context.outside)(index) {
            let clean = cue.entry.takes.addressee
                || depth == 0 && matches!(context.text.word(index.saturating_sub(1)), "," | ":");
            return if clean && matches!(context.text.word(index.saturating_sub(1)), "," | ":") {
                index
            } else {
                break;
            };
        }
        if matches!(word, ";" | "." | "—") {
            break;
        }
        if word == "," {
            depth += 1;
        }
        let adverbial = context.language.is(next, WordClass::Preposition)
            || names_a_day(context, next)
            || cue.entry.takes.addressee;
        if adverbial && context.language.is(word, WordClass::Complementizer) && index > start {
            return index;
        }
    }
    if cue.entry.takes.addressee {
        if let Some(mention) = context.mention_at(start) {
            return mention.tokens.end.min(end);
        }
        let mut at = start;
        while at < end && context.text.is(at, WordClass::Article) {
            at += 1;
        }
        return (at + 1).min(end);
    }
    // "said Tuesday he would": skip calendar words and their prepositions.
    let mut at = start;
    while at < end {
        let word = context.text.word(at);
        let calendar = names_a_day(context, word) || context.text.tokens[at].kind == TokenKind::Number;
        let introduces = context.language.is(word, WordClass::Preposition)
            && at + 1 < end
            && (names_a_day(context, context.text.word(at + 1))
                || context.text.tokens[at + 1].kind == TokenKind::Number);
        if calendar || introduces {
            at += 1;
        } else {
            break;
        }
    }
    if at > start && at < end { at } else { start }
}

fn without_final_mark(context: &SentenceContext, start: usize, mut end: usize) -> usize {
    while end > start
        && (context.outside)(end - 1)
        && matches!(context.text.word(end - 1), "." | "!" | "?" | "…" | "," | ";" | "–" | "—" | "-" | "...")
    {
        end -= 1;
    }
    end
}
