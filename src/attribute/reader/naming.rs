//! What the words of a source are: a pronoun, one or more mentions, or a noun phrase that names nobody
//! known.

use crate::attribute::attribution::{CueMatch, Source, SourceKind};
use crate::attribute::people::mention::Mention;
use crate::model::{CueClass, Language, Pronoun, PronounRole, Text, TokenFlag, WordClass};
use std::ops::Range;

/// The source that the words in `tokens` name.
pub fn source(
    text: &Text,
    mentions: &[Mention],
    language: &Language,
    cue: &CueMatch,
    tokens: Range<usize>,
) -> Source {
    let clause = tokens.start.min(cue.tokens.start)..tokens.end.max(cue.tokens.end);
    let inverted = tokens.start >= cue.tokens.end;
    let relative = |readings: &Vec<Pronoun>| readings.iter().any(|p| p.role == PronounRole::Relative);
    if tokens.len() == 1
        && (text.is(tokens.start, WordClass::Relative)
            || language.pronouns.get(text.word(tokens.start)).is_some_and(relative))
    {
        return antecedent(text, mentions, tokens, clause);
    }
    let mut kind = source_kind(text, mentions, language, tokens.clone());
    if let SourceKind::Mentions(all) = &mut kind
        && let Some(other) = all.first().and_then(|first| joined_by_phrase(text, mentions, language, *first))
    {
        all.insert(0, other);
    }
    Source { tokens, kind, clause, inverted }
}

/// "Lind as well as Holm said": the mention before a conjunction of several words. (A plain "and" may
/// join more than names: "met Lind and Holm said".)
fn joined_by_phrase(text: &Text, mentions: &[Mention], language: &Language, first: usize) -> Option<usize> {
    let mut end = mentions.get(first)?.tokens.start;
    while end > 0 && text.is(end - 1, WordClass::Article) {
        end -= 1;
    }
    let phrase = (2..=MAX_CONJUNCTION_WORDS.min(end))
        .find(|length| language.phrase_at(text, end - length, end, WordClass::Conjunction) == *length)?;
    let before = first.checked_sub(1)?;
    let other = &mentions[before];
    (other.tokens.end == end - phrase && other.speaks && !possessive(text, other, language)).then_some(before)
}

/// Maximum number of words of a conjunction.
const MAX_CONJUNCTION_WORDS: usize = 4;

/// True for "was asked whether" and "was told that": the subject is addressed, and nobody is named as
/// the source.
pub fn addressed(text: &Text, cue: &CueMatch) -> bool {
    let turned = cue.entry.class == CueClass::Questioning || cue.entry.takes.addressee;
    let mut at = cue.tokens.start;
    while at > 0 && text.is(at - 1, WordClass::AdverbBetween) {
        at -= 1;
    }
    turned && (text.is(cue.tokens.start, WordClass::Copula) || at > 0 && text.is(at - 1, WordClass::Copula))
}

/// True if the words between two names join them: "and", ", and the", "as well as".
fn joins(text: &Text, language: &Language, between: Range<usize>) -> bool {
    let mut at = between.start;
    let mut joined = false;
    while at < between.end {
        let phrase = language.phrase_at(text, at, between.end, WordClass::Conjunction);
        joined |= phrase > 0 || text.is(at, WordClass::Conjunction);
        let one =
            text.word(at) == "," || text.is(at, WordClass::Conjunction) || text.is(at, WordClass::Article);
        if phrase == 0 && !one {
            return false;
        }
        at += phrase.max(1);
    }
    joined
}

/// The source in the slot of a possessive cue: "in his view", "in Ann Lind's
/// view".
pub fn possessor(text: &Text, mentions: &[Mention], cue: &CueMatch, slot: Range<usize>) -> Source {
    let next = mentions.partition_point(|mention| mention.tokens.end < slot.end);
    let named = mentions.get(next).filter(|m| m.tokens.end == slot.end && m.tokens.start >= slot.start);
    let kind = match named {
        Some(_) => SourceKind::Mentions(vec![next]),
        None if slot.len() == 1 && text.has(slot.start, TokenFlag::Pronoun) => SourceKind::Pronoun,
        None => SourceKind::Phrase,
    };
    Source { tokens: slot, kind, clause: cue.tokens.clone(), inverted: false }
}

/// "Holm, who said", "the man who said": the name or phrase before "who".
fn antecedent(text: &Text, mentions: &[Mention], tokens: Range<usize>, clause: Range<usize>) -> Source {
    let mut end = tokens.start;
    while end > 0 && matches!(text.word(end - 1), "," | "(" | "–" | "—") {
        end -= 1;
    }
    let next = mentions.partition_point(|mention| mention.tokens.end <= end);
    let before = next.checked_sub(1).filter(|index| mentions[*index].tokens.end == end);
    if let Some(index) = before {
        return Source { tokens, kind: SourceKind::Mentions(vec![index]), clause, inverted: false };
    }
    let least = end.saturating_sub(MAX_ANTECEDENT_TOKENS);
    let opens = |index: &usize| text.is(*index, WordClass::Article);
    let start = (least..end).rev().find(opens).unwrap_or(end.saturating_sub(1));
    Source { tokens: start..tokens.end, kind: SourceKind::Phrase, clause, inverted: false }
}

/// Maximum length of a noun phrase before "who", in tokens.
const MAX_ANTECEDENT_TOKENS: usize = 5;

/// Whether a mention only says whose something is: "Holm's".
pub fn possessive(text: &Text, mention: &Mention, language: &Language) -> bool {
    let last = text.word(mention.tokens.end.saturating_sub(1));
    language.possessives.strip(last) != last || language.possessives.is_mark(text.word(mention.tokens.end))
}

fn source_kind(text: &Text, mentions: &[Mention], language: &Language, tokens: Range<usize>) -> SourceKind {
    let personal = |index: usize| {
        language.pronouns.get(text.word(index)).is_some_and(|readings| {
            readings.iter().any(|pronoun| pronoun.role != PronounRole::Possessive || tokens.len() == 1)
        })
    };
    if tokens.len() == 1 && personal(tokens.start) {
        return SourceKind::Pronoun;
    }
    let from = mentions.partition_point(|mention| mention.tokens.end <= tokens.start);
    let inside: Vec<usize> = (from..mentions.len())
        .take_while(|index| mentions[*index].tokens.start < tokens.end)
        .filter(|index| mentions[*index].speaks)
        .collect();
    // "his spokesman": whose spokesman it is does not make him the speaker.
    let owned = language
        .pronouns
        .get(text.word(tokens.start))
        .is_some_and(|readings| readings.iter().any(|pronoun| pronoun.role == PronounRole::Possessive));
    let head = |index: &usize| {
        let mention = &mentions[*index];
        let governed =
            mention.tokens.start > tokens.start && text.is(mention.tokens.start - 1, WordClass::Preposition);
        let governed = governed
            || mention.tokens.start > tokens.start + 1
                && text.is(mention.tokens.start - 1, WordClass::Article)
                && text.is(mention.tokens.start - 2, WordClass::Preposition);
        !possessive(text, mention, language) && !governed
    };
    let heads: Vec<usize> = inside.iter().copied().filter(head).collect();
    let comma = (tokens.start..tokens.end)
        .find(|index| matches!(text.word(*index), "," | "(" | "–" | "—"))
        .unwrap_or(tokens.end);
    let conjoined = |one: usize, two: usize| {
        let (one, two) = (&mentions[one], &mentions[two]);
        // "Lind, the mayor, and Holm": the conjunction ends an apposition.
        let start = two.tokens.start;
        let behind_apposition = one.named
            && two.named
            && start >= one.tokens.end + 3
            && text.word(one.tokens.end) == ","
            && text.word(start - 2) == ","
            && text.is(start - 1, WordClass::Conjunction);
        behind_apposition || joins(text, language, one.tokens.end..start)
    };
    let front: Vec<usize> = heads.iter().copied().filter(|m| mentions[*m].tokens.start < comma).collect();
    let behind: Vec<usize> = heads.iter().copied().filter(|m| mentions[*m].tokens.start >= comma).collect();
    let chosen = front
        .iter()
        .rev()
        .find(|mention| mentions[**mention].named)
        .or(behind.iter().find(|mention| mentions[**mention].named && !front.is_empty() | owned))
        .or(front.first())
        .copied();
    match chosen {
        Some(chosen) => {
            let mut all = vec![chosen];
            for other in heads {
                if other > chosen && conjoined(all[all.len() - 1], other) {
                    all.push(other);
                } else if other < chosen && conjoined(other, all[0]) {
                    all.insert(0, other);
                }
            }
            SourceKind::Mentions(all)
        }
        None => SourceKind::Phrase,
    }
}
