//! What a cue governs: the bounds of the content.
//!
//! Lives here: where reported words begin and end. May not live here: who said
//! them.

use crate::attribute::rules::cues::Found;
use crate::attribute::rules::word_order::source::{Scene, Source};
use crate::model::{CalendarKind, Quotation, Span, Text, TokenKind, WordClass};
use std::ops::Range;

/// The content of one cue as token ranges in reading order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Content {
    /// One or two ranges.
    pub pieces: Vec<Range<usize>>,
}

/// The least number of words for content that a cue alone carries.
const LEAST_WORDS: usize = 2;
/// How far behind a cue "that" may stand, in tokens.
const COMPLEMENTIZER_REACH: usize = 14;

/// Finds the content of a cue with its source inside one sentence. `limit` is
/// the first token that belongs to a later cue's reporting clause.
pub fn content(
    scene: &Scene,
    found: &Found,
    source: &Source,
    quotations: &[Quotation],
    from: usize,
    limit: usize,
) -> Option<Content> {
    let clause_start = source.clause.start.min(found.tokens.start);
    let clause_end = source.clause.end.max(found.tokens.end);
    let left = left_of(scene, from, clause_start, found, source, quotations);
    let right = right_of(scene, clause_end, found, source, limit);
    let takes = found.cue.takes;
    let left_closes = left.as_ref().is_some_and(|left| closes_before(scene, left, clause_start));
    let parenthetical = matches!(scene.text.word(clause_end), "," | "–" | "—");
    let mut pieces = Vec::new();
    match (left, right) {
        (Some(left), Some(right)) if left_closes => {
            let left_words = words(scene.text, &left);
            let adverbial =
                left_words <= 4 && !quoted(scene, &left) && !source.inverted && is_adverbial(scene, &left);
            let right_is_content = starts_with_quote(scene, &right)
                || parenthetical
                || opens_with_complementizer(scene, clause_end);
            let right_words = words(scene.text, &right);
            let leads = (takes.prefix || takes.possessive) && right_words >= 3 && left_words < 4;
            let opens = adverbial && right_words > 2;
            let that = opens_with_complementizer(scene, clause_end) && !quoted(scene, &left);
            if leads || opens || that {
                pieces.push(right);
            } else if right_is_content && worth_joining(scene, &right, parenthetical) {
                pieces.push(left);
                pieces.push(right);
            } else if source.inverted || trailing(scene, clause_end, limit) || quoted(scene, &left) {
                pieces.push(left);
            } else {
                pieces.push(right);
            }
        }
        (_, Some(right)) => pieces.push(right),
        (Some(left), None) if left_closes => pieces.push(left),
        _ => return None,
    }
    let total: usize = pieces.iter().map(|piece| words(scene.text, piece)).sum();
    let in_quotes = pieces.iter().any(|piece| quoted(scene, piece));
    if total == 0 || total < LEAST_WORDS && !in_quotes {
        return None;
    }
    Some(Content { pieces })
}

/// "On Monday", "However": an opening that is no part of what was said.
fn is_adverbial(scene: &Scene, left: &Range<usize>) -> bool {
    let first = scene.text.word(left.start);
    let language = scene.language;
    language.is(first, WordClass::Preposition)
        || language.is(first, WordClass::Breaker)
        || language.is(first, WordClass::TimeWord)
        || language.is(first, WordClass::AdverbBetween)
        || language.is(first, WordClass::Stop) && !language.is(first, WordClass::Article)
        || language.calendar.contains_key(first)
}

/// Words of a token range.
pub fn words(text: &Text, tokens: &Range<usize>) -> usize {
    tokens.clone().filter(|index| text.tokens[*index].kind != TokenKind::Punctuation).count()
}

fn quoted(scene: &Scene, piece: &Range<usize>) -> bool {
    piece.clone().any(|index| !(scene.outside)(index))
}

fn starts_with_quote(scene: &Scene, piece: &Range<usize>) -> bool {
    !piece.is_empty() && !(scene.outside)(piece.start)
}

fn opens_with_complementizer(scene: &Scene, mut index: usize) -> bool {
    if scene.text.word(index) == "," {
        index += 1;
    }
    index < scene.sentence.end && scene.text.is(index, WordClass::Complementizer)
}

/// Whether what follows the reporting clause is only its time and place.
fn trailing(scene: &Scene, clause_end: usize, limit: usize) -> bool {
    let next = scene.text.word(clause_end);
    clause_end >= limit
        || matches!(next, "." | "!" | "?" | "…")
        || scene.language.is(next, WordClass::Preposition)
        || names_a_day(scene, next)
}

/// The second half of "C, he said, C": a clause, not an apposition to the
/// speaker and not a participle.
fn worth_joining(scene: &Scene, right: &Range<usize>, parenthetical: bool) -> bool {
    if starts_with_quote(scene, right) {
        return true;
    }
    let first = scene.text.word(right.start);
    parenthetical
        && words(scene.text, right) >= 3
        && !scene.language.is(first, WordClass::Relative)
        && !scene.language.is(first, WordClass::Article)
        && !single_word_cue(scene, first)
}

fn single_word_cue(scene: &Scene, word: &str) -> bool {
    scene.language.cues.get(word).is_some_and(|cues| cues.iter().any(|cue| cue.words.len() == 1))
}

/// A month, a weekday, "yesterday".
fn names_a_day(scene: &Scene, word: &str) -> bool {
    scene.language.is(word, WordClass::TimeWord)
        || scene.language.calendar.get(word).is_some_and(|kinds| {
            kinds.iter().any(|(kind, _)| {
                matches!(kind, CalendarKind::Month | CalendarKind::Weekday | CalendarKind::Day)
            })
        })
}

/// The part of the sentence before the reporting clause, quotation marks and
/// introductory words off.
fn left_of(
    scene: &Scene,
    from: usize,
    clause_start: usize,
    found: &Found,
    source: &Source,
    quotations: &[Quotation],
) -> Option<Range<usize>> {
    let mut start = from;
    let mut end = clause_start;
    while end > start && is_edge(scene, end - 1) {
        end -= 1;
    }
    while start < end && (scene.outside)(start) && leading(scene, start) {
        start += 1;
    }
    if start >= end {
        return None;
    }
    // "In an interview, “Q,” he said": the last quotation, when it closes right
    // here and the words before it are no clause of their own.
    let last = scene.text.tokens.get(end - 1)?;
    let closing = quotations.iter().find(|quotation| quotation.span.end == last.span.end);
    if let Some(quotation) = closing {
        let quote = scene.text.tokens_in(quotation.span);
        let introduction = start..quote.start.max(start);
        let short = words(scene.text, &introduction) <= 4
            && scene.text.word(introduction.end.saturating_sub(1)) == ",";
        if short && !introduction.is_empty() && found.cue.takes.clause && !source.clause.is_empty() {
            return Some(quote);
        }
    }
    Some(start..end)
}

fn is_edge(scene: &Scene, index: usize) -> bool {
    (scene.outside)(index) && matches!(scene.text.word(index), "," | "–" | "—" | "-" | ":" | ";")
        || (scene.outside)(index) && scene.text.is(index, WordClass::Conjunction)
}

fn leading(scene: &Scene, index: usize) -> bool {
    matches!(scene.text.word(index), "," | "–" | "—" | "-" | "•" | ";" | ":")
        || scene.text.is(index, WordClass::Conjunction)
}

/// Whether the left part ends in a comma, a dash or a closing mark before the
/// reporting clause: only then can it be content.
fn closes_before(scene: &Scene, left: &Range<usize>, clause_start: usize) -> bool {
    left.end < clause_start
        && (left.end..clause_start).any(|index| matches!(scene.text.word(index), "," | "–" | "—" | "-"))
        || left.end > left.start && !(scene.outside)(left.end - 1)
}

/// The part of the sentence behind the reporting clause.
fn right_of(
    scene: &Scene,
    clause_end: usize,
    found: &Found,
    source: &Source,
    limit: usize,
) -> Option<Range<usize>> {
    let takes = found.cue.takes;
    let mut end = limit.min(scene.sentence.end);
    let mut start = clause_end;
    if start >= end {
        return None;
    }
    if takes.prefix || takes.possessive || source.inverted {
        // "According to X[, who ...], C" and «Как заявил Х, C».
        if let Some(comma) = (start..end.min(start + 18))
            .find(|index| (scene.outside)(*index) && matches!(scene.text.word(*index), "," | ":" | "–" | "—"))
        {
            let short = comma - start <= 8;
            if comma == start || takes.prefix || short {
                start = comma + 1;
            }
        } else if !takes.possessive && source.inverted {
            return None;
        }
    } else {
        start = after_addressee(scene, start, end, found);
    }
    while start < end
        && (scene.outside)(start)
        && matches!(scene.text.word(start), "," | ":" | "–" | "—" | "-" | ";")
    {
        start += 1;
    }
    end = without_final_mark(scene, start, end);
    let only_time_and_place = (start..end).all(|index| {
        let word = scene.text.word(index);
        (scene.outside)(index)
            && (scene.language.is(word, WordClass::Preposition)
                || scene.language.is(word, WordClass::TimeWord)
                || scene.language.is(word, WordClass::Article)
                || scene.language.calendar.contains_key(word)
                || scene.text.tokens[index].kind != TokenKind::Word)
    });
    if start >= end || only_time_and_place {
        return None;
    }
    let first = scene.text.word(start);
    let governs = takes.clause
        || takes.infinitive
        || takes.object
        || takes.prefix
        || takes.possessive
        || starts_with_quote(scene, &(start..end));
    if !governs {
        return None;
    }
    if (takes.object || takes.infinitive)
        && !takes.clause
        && (start > clause_end
            || scene.language.is(first, WordClass::Auxiliary)
            || takes.object && !takes.infinitive && scene.language.is(first, WordClass::Preposition))
    {
        return None;
    }
    Some(start..end)
}

/// Skips "reporters in Minsk on Monday" between a cue and "that" or a quotation.
fn after_addressee(scene: &Scene, start: usize, end: usize, found: &Found) -> usize {
    let next = scene.text.word(start);
    if !(scene.outside)(start)
        || scene.language.is(next, WordClass::Complementizer)
        || matches!(next, "," | ":")
    {
        return start;
    }
    let mut depth = 0;
    for index in start..end.min(start + COMPLEMENTIZER_REACH) {
        let word = scene.text.word(index);
        if !(scene.outside)(index) {
            let clean = found.cue.takes.addressee
                || depth == 0 && matches!(scene.text.word(index.saturating_sub(1)), "," | ":");
            return if clean && matches!(scene.text.word(index.saturating_sub(1)), "," | ":") {
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
        let adverbial = scene.language.is(next, WordClass::Preposition)
            || names_a_day(scene, next)
            || found.cue.takes.addressee;
        if adverbial && scene.language.is(word, WordClass::Complementizer) && index > start {
            return index;
        }
    }
    if found.cue.takes.addressee {
        if let Some(mention) = scene.mention_at(start) {
            return mention.tokens.end.min(end);
        }
        let mut at = start;
        while at < end && scene.text.is(at, WordClass::Article) {
            at += 1;
        }
        return (at + 1).min(end);
    }
    // "said Tuesday he would": skip calendar words and their prepositions.
    let mut at = start;
    while at < end {
        let word = scene.text.word(at);
        let calendar = names_a_day(scene, word) || scene.text.tokens[at].kind == TokenKind::Number;
        let introduces = scene.language.is(word, WordClass::Preposition)
            && at + 1 < end
            && (names_a_day(scene, scene.text.word(at + 1))
                || scene.text.tokens[at + 1].kind == TokenKind::Number);
        if calendar || introduces {
            at += 1;
        } else {
            break;
        }
    }
    if at > start && at < end { at } else { start }
}

fn without_final_mark(scene: &Scene, start: usize, mut end: usize) -> usize {
    while end > start
        && (scene.outside)(end - 1)
        && matches!(scene.text.word(end - 1), "." | "!" | "?" | "…" | "," | ";" | "–" | "—" | "-" | "...")
    {
        end -= 1;
    }
    end
}

/// The spans of content, "that" off, with whole quotation marks.
pub fn spans(text: &Text, content: &Content) -> Vec<Span> {
    content.pieces.iter().filter(|piece| !piece.is_empty()).map(|piece| text.span_of(piece.clone())).collect()
}
