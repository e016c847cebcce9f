//! Rules for languages in which the order of words shows the subject, such as English.

pub(crate) mod content;
pub(crate) mod source;

use crate::attribute::attribution::{Attribution, Content, CueMatch, Source, SourceKind};
use crate::attribute::reader::naming;
use crate::attribute::rules::cues;
use crate::attribute::rules::sentence_context::SentenceContext;
use crate::attribute::rules::word_order::content::ContentSearch;
use crate::model::{Language, Quotation, TokenKind, WordClass};
use std::ops::Range;

/// The cues of a sentence with their sources and contents. `quotations` are those that touch the
/// sentence.
pub fn attributions<'a>(
    context: &SentenceContext,
    language: &'a Language,
    quotations: &[Quotation],
) -> Vec<Attribution<'a>> {
    let tokens = context.sentence.clone();
    let cues = cues::cues(context.text, context.body, tokens.clone(), context.outside, language);
    let (agentless, cues): (Vec<CueMatch>, Vec<CueMatch>) =
        cues.into_iter().partition(|cue| cue.entry.takes.agentless);
    let candidates: Vec<(CueMatch, Option<Source>)> = cues
        .into_iter()
        .map(|cue| {
            let source = match cue.slot.clone() {
                Some(slot) => Some(naming::possessor(context.text, context.mentions, &cue, slot)),
                None => source::source(context, &cue),
            };
            (cue, source)
        })
        .collect();
    let mut results: Vec<Attribution> = Vec::new();
    let mut from = tokens.start;
    for (position, (cue, source)) in candidates.iter().enumerate() {
        if cue.tokens.start < from {
            continue;
        }
        let source = match source {
            Some(source) if source.clause.start >= from || results.is_empty() => source.clone(),
            // "said A, adding that B": the source of the cue before.
            _ => match results.last() {
                Some(before) if from <= cue.tokens.start && chains(context, cue) => {
                    Source { clause: cue.tokens.clone(), inverted: false, ..before.source.clone() }
                }
                _ => continue,
            },
        };
        let limit = limit(&candidates[position + 1..], cue, context);
        let search = ContentSearch { context, cue, source: &source, quotations, from, limit };
        let Some(content) = search.content() else { continue };
        from = content.pieces.iter().map(|piece| piece.end).max().unwrap_or(limit);
        from = from.max(cue.tokens.end).max(source.clause.end);
        results.push(Attribution { cue: cue.clone(), source, content, probability: None });
    }
    if results.is_empty() {
        results.extend(agentless.into_iter().find_map(|cue| without_source(context, cue)));
    }
    results
}

/// "They have reportedly agreed": the rest of the sentence is the content, and nobody is its
/// source.
fn without_source<'a>(context: &SentenceContext, cue: CueMatch<'a>) -> Option<Attribution<'a>> {
    if cue.tokens.len() > 1 {
        return None;
    }
    let is_word = |index: &usize| context.text.tokens[*index].kind != TokenKind::Punctuation;
    let trimmed = |range: Range<usize>| {
        let (start, end) = (range.clone().find(is_word)?, range.rev().find(is_word)? + 1);
        Some(start..end)
    };
    let sides = [context.sentence.start..cue.tokens.start, cue.tokens.end..context.sentence.end];
    let pieces: Vec<Range<usize>> = sides.into_iter().filter_map(trimmed).collect();
    let source = Source {
        tokens: cue.tokens.start..cue.tokens.start,
        kind: SourceKind::Nobody,
        clause: cue.tokens.clone(),
        inverted: false,
    };
    let content = Content { pieces };
    (!content.pieces.is_empty()).then_some(Attribution { cue, source, content, probability: None })
}

/// The token at which the content of `current` must end because a later reporting clause begins:
/// ", adding that", ", but Holm said", "and said that".
fn limit(later: &[(CueMatch, Option<Source>)], current: &CueMatch, context: &SentenceContext) -> usize {
    for (cue, source) in later {
        let takes = cue.entry.takes;
        if !(takes.clause || takes.quote || takes.prefix) || cue.tokens.start <= current.tokens.end {
            continue;
        }
        let start = source.as_ref().map_or(cue.tokens.start, |source| {
            if source.inverted { cue.tokens.start } else { source.clause.start.min(cue.tokens.start) }
        });
        let Some(mut before) = start.checked_sub(1) else { continue };
        if before <= current.tokens.end {
            continue;
        }
        let joined =
            context.text.is(before, WordClass::Conjunction) || context.text.is(before, WordClass::Breaker);
        if joined {
            before = before.saturating_sub(1);
        }
        let comma = context.text.word(before) == ",";
        if comma || joined {
            return if comma { before } else { before + 1 };
        }
    }
    context.sentence.end
}

/// True for "adding" and "and added": a cue directly behind a comma, a conjunction or a quotation
/// continues the report of the cue before it.
fn chains(context: &SentenceContext, cue: &CueMatch) -> bool {
    let Some(before) = cue.tokens.start.checked_sub(1).filter(|before| *before >= context.sentence.start)
    else {
        return false;
    };
    let word = context.text.word(before);
    word == "," || context.language.is(word, WordClass::Conjunction) || !(context.outside)(before)
}
