//! Reading a sentence by rules.
//!
//! Lives here: which cue governs which words when hand-written rules decide:
//! for languages without learned weights, and for what those passed over. May
//! not live here: the rules of a single step (see `cues`, `source`,
//! `content`), or who the speaker is.

pub(crate) mod cues;
pub(crate) mod inflected;
pub(crate) mod word_order;

use crate::attribute::reader::naming;
use crate::attribute::rules::cues::Found;
use crate::attribute::rules::word_order::content;
use crate::attribute::rules::word_order::content::Content;
use crate::attribute::rules::word_order::source;
use crate::attribute::rules::word_order::source::{Scene, Source, SourceKind};
use crate::model::{Language, Quotation, TokenKind, WordClass};
use std::ops::Range;

/// A cue with its source and what it governs.
#[derive(Debug, Clone)]
pub struct Attribution<'a> {
    /// The cue.
    pub found: Found<'a>,
    /// The words that name the source.
    pub source: Source,
    /// What was said.
    pub content: Content,
    /// How probable the learned part holds it that this is a report, 0 to 1;
    /// None when rules decided.
    pub probability: Option<f32>,
}

/// The cues of a sentence with their sources and contents. `quotations` are
/// those that touch the sentence.
pub fn attributions<'a>(
    scene: &Scene,
    language: &'a Language,
    quotations: &[Quotation],
) -> Vec<Attribution<'a>> {
    if inflected::tells_by_endings(language) {
        return inflected::attributions(scene, language);
    }
    let tokens = scene.sentence.clone();
    let found = cues::cues(scene.text, scene.body, tokens.clone(), scene.outside, language);
    let (nobodys, found): (Vec<Found>, Vec<Found>) =
        found.into_iter().partition(|found| found.cue.takes.agentless);
    let sourced: Vec<(Found, Option<Source>)> = found
        .into_iter()
        .map(|found| {
            let source = match found.slot.clone() {
                Some(slot) => Some(naming::possessor(scene.text, scene.mentions, &found, slot)),
                None => source::source(scene, &found),
            };
            (found, source)
        })
        .collect();
    let mut results: Vec<Attribution> = Vec::new();
    let mut from = tokens.start;
    for (position, (found, source)) in sourced.iter().enumerate() {
        if found.tokens.start < from {
            continue;
        }
        let source = match source {
            Some(source) if source.clause.start >= from || results.is_empty() => source.clone(),
            // "said A, adding that B": the source of the cue before.
            _ => match results.last() {
                Some(before) if from <= found.tokens.start && chains(scene, found) => {
                    Source { clause: found.tokens.clone(), inverted: false, ..before.source.clone() }
                }
                _ => continue,
            },
        };
        let limit = limit(&sourced[position + 1..], found, scene);
        let Some(content) = content::content(scene, found, &source, quotations, from, limit) else {
            continue;
        };
        from = content.pieces.iter().map(|piece| piece.end).max().unwrap_or(limit);
        from = from.max(found.tokens.end).max(source.clause.end);
        results.push(Attribution { found: found.clone(), source, content, probability: None });
    }
    if results.is_empty() {
        results.extend(nobodys.into_iter().find_map(|found| agentless(scene, found)));
    }
    results
}

/// "They have reportedly agreed": what the sentence says beside the adverb, in
/// nobody's name.
fn agentless<'a>(scene: &Scene, found: Found<'a>) -> Option<Attribution<'a>> {
    if found.tokens.len() > 1 {
        return None;
    }
    let marks = |index: &usize| scene.text.tokens[*index].kind != TokenKind::Punctuation;
    let trimmed = |range: Range<usize>| {
        let (start, end) = (range.clone().find(marks)?, range.rev().find(marks)? + 1);
        Some(start..end)
    };
    let sides = [scene.sentence.start..found.tokens.start, found.tokens.end..scene.sentence.end];
    let pieces: Vec<Range<usize>> = sides.into_iter().filter_map(trimmed).collect();
    let source = Source {
        tokens: found.tokens.start..found.tokens.start,
        kind: SourceKind::Nobody,
        clause: found.tokens.clone(),
        inverted: false,
    };
    let content = Content { pieces };
    (!content.pieces.is_empty()).then_some(Attribution { found, source, content, probability: None })
}

/// Where the content of a cue must stop because another reporting clause
/// begins: ", adding that", ", but Holm said", "and said that".
fn limit(later: &[(Found, Option<Source>)], current: &Found, scene: &Scene) -> usize {
    for (found, source) in later {
        let takes = found.cue.takes;
        if !(takes.clause || takes.quote || takes.prefix) || found.tokens.start <= current.tokens.end {
            continue;
        }
        let start = source.as_ref().map_or(found.tokens.start, |source| {
            if source.inverted { found.tokens.start } else { source.clause.start.min(found.tokens.start) }
        });
        let Some(mut before) = start.checked_sub(1) else { continue };
        if before <= current.tokens.end {
            continue;
        }
        let joined =
            scene.text.is(before, WordClass::Conjunction) || scene.text.is(before, WordClass::Breaker);
        if joined {
            before = before.saturating_sub(1);
        }
        let comma = scene.text.word(before) == ",";
        if comma || joined {
            return if comma { before } else { before + 1 };
        }
    }
    scene.sentence.end
}

/// "adding", "and added": right behind a comma, a conjunction or a quotation.
fn chains(scene: &Scene, found: &Found) -> bool {
    let Some(before) = found.tokens.start.checked_sub(1).filter(|before| *before >= scene.sentence.start)
    else {
        return false;
    };
    let word = scene.text.word(before);
    word == "," || scene.language.is(word, WordClass::Conjunction) || !(scene.outside)(before)
}
