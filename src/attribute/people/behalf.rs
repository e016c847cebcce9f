//! Who a spokesperson speaks for: "Holm's spokeswoman Clara Voss", "a spokesman for Holm".

use crate::attribute::people::mention::{Mention, Referent};
use crate::attribute::people::roster_index::RosterIndex;
use crate::attribute::reader::naming;
use crate::model::{Language, Role, Text, WordClass};
use std::ops::Range;

/// Whom the source in `tokens` speaks for: the person named with a possessive before the title, or
/// named behind it.
pub fn behalf<'a>(
    text: &Text,
    mentions: &'a [Mention],
    names: &RosterIndex,
    language: &Language,
    tokens: Range<usize>,
    speaker: &Referent,
) -> Option<&'a Referent> {
    let word = |index: usize| (index < tokens.end).then(|| text.word(index));
    let (title, after) = tokens.clone().find_map(|at| {
        let title = names.title_at(&language.code, |offset| word(at + offset))?;
        (title.role == Role::Spokesperson).then_some((at, at + title.words.len()))
    })?;
    let from = mentions.partition_point(|mention| mention.tokens.end <= tokens.start);
    let inside = || mentions[from..].iter().take_while(|mention| mention.tokens.start < tokens.end);
    let in_front = |mention: &&Mention| {
        mention.tokens.start < title
            && mention.tokens.end <= title
            && naming::possessive(text, mention, language)
    };
    let behind = |mention: &&Mention| {
        let between = after..mention.tokens.start;
        mention.tokens.start >= after && between.len() <= 2 && { between }
            .all(|at| text.is(at, WordClass::Preposition) || text.is(at, WordClass::Article))
    };
    let owner = inside().find(in_front).or_else(|| inside().find(behind))?;
    owner.who.first().filter(|who| *who != speaker)
}
