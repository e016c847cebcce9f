//! Which words near a cue name its source, for languages with English word order.

use crate::attribute::attribution::{CueMatch, Source, SourceKind};
use crate::attribute::rules::sentence_context::SentenceContext;
use crate::model::{TokenKind, WordClass};
use std::ops::Range;

/// Maximum length of an apposition between a name and its cue, in tokens.
const MAX_APPOSITION_TOKENS: usize = 22;
/// Maximum length of a noun phrase without a known name, in tokens.
const MAX_PHRASE_TOKENS: usize = 9;

/// The source of a cue, if there is one.
pub fn source(context: &SentenceContext, cue: &CueMatch) -> Option<Source> {
    let takes = cue.entry.takes;
    if takes.prefix {
        return after_prefix(context, cue);
    }
    if takes.possessive {
        let slot = cue.slot.clone()?;
        return Some(Source {
            tokens: slot,
            kind: SourceKind::Pronoun,
            clause: cue.tokens.clone(),
            inverted: false,
        });
    }
    if follows_content(context, cue) {
        inverted(context, cue).or_else(|| before(context, cue))
    } else {
        before(context, cue).or_else(|| inverted(context, cue))
    }
}

/// True if the cue is directly behind a quotation, a comma or a dash, so that its subject follows.
fn follows_content(context: &SentenceContext, cue: &CueMatch) -> bool {
    let Some(previous) = cue.tokens.start.checked_sub(1) else { return false };
    previous >= context.sentence.start
        && (!(context.outside)(previous) || matches!(context.text.word(previous), "," | "–" | "—" | "-"))
}

/// The mentions joined to one from the left ("A and B", "A as well as B", "A, B and C"), with their tokens.
fn joined(context: &SentenceContext, first: usize) -> (Vec<usize>, Range<usize>) {
    let mut all = vec![first];
    let mut tokens = context.mentions[first].tokens.clone();
    let mut current = first;
    while let Some(previous) = current.checked_sub(1) {
        let (before, after) = (&context.mentions[previous], &context.mentions[current]);
        let between = before.tokens.end..after.tokens.start;
        let joins = before.tokens.start >= context.sentence.start
            && (1..=4).contains(&between.len())
            && between.clone().any(|index| context.is(index, WordClass::Conjunction))
            && between.clone().all(|index| {
                context.is(index, WordClass::Conjunction)
                    || context.is(index, WordClass::Article)
                    || context.is(index, WordClass::Preposition)
                    || context.text.word(index) == ","
            });
        if !joins {
            break;
        }
        tokens = before.tokens.start..tokens.end;
        all.insert(0, previous);
        current = previous;
    }
    (all, tokens)
}

/// "according to X[, apposition],".
fn after_prefix(context: &SentenceContext, cue: &CueMatch) -> Option<Source> {
    let start = cue.tokens.end;
    let mut first = start;
    while first < context.sentence.end && context.is(first, WordClass::Article) {
        first += 1;
    }
    if first >= context.sentence.end {
        return None;
    }
    let (tokens, kind) = if let Some(mention) = context.mention_starting(first) {
        (context.mentions[mention].tokens.clone(), SourceKind::Mentions(vec![mention]))
    } else if context.language.pronouns.contains_key(context.text.word(first)) {
        (first..first + 1, SourceKind::Pronoun)
    } else {
        let end = (first..context.sentence.end.min(first + MAX_PHRASE_TOKENS + 3))
            .find(|index| {
                context.comma(*index) || !(context.outside)(*index) || context.text.word(*index) == "."
            })
            .unwrap_or(context.sentence.end.min(first + MAX_PHRASE_TOKENS));
        // A mention inside the phrase ("a spokesman for Holm") stays unresolved.
        (first..end.max(first + 1), SourceKind::Phrase)
    };
    let clause = cue.tokens.start..tokens.end;
    Some(Source { tokens, kind, clause, inverted: true })
}

/// "said X", «заявил Х».
fn inverted(context: &SentenceContext, cue: &CueMatch) -> Option<Source> {
    let mut first = cue.tokens.end;
    while first < context.sentence.end
        && (context.is(first, WordClass::Article) || context.is(first, WordClass::AdverbBetween))
    {
        first += 1;
    }
    if first >= context.sentence.end || !(context.outside)(first) {
        return None;
    }
    if let Some(mention) = context.mention_starting(first) {
        let mut tokens = context.mentions[mention].tokens.clone();
        let mut all = vec![mention];
        // A name right behind a nominal, and "A and B".
        let mut current = mention;
        while let Some(next) = context.mentions.get(current + 1) {
            let between = tokens.end..next.tokens.start;
            let joins = next.tokens.start < context.sentence.end
                && (1..=3).contains(&between.len())
                && between.clone().all(|index| {
                    context.is(index, WordClass::Conjunction) || context.is(index, WordClass::Article)
                });
            if !joins {
                break;
            }
            current += 1;
            tokens.end = next.tokens.end;
            all.push(current);
        }
        let clause = cue.tokens.start..tokens.end;
        return Some(Source { tokens, kind: SourceKind::Mentions(all), clause, inverted: true });
    }
    if context.subject_pronoun(first) {
        let clause = cue.tokens.start..first + 1;
        return Some(Source { tokens: first..first + 1, kind: SourceKind::Pronoun, clause, inverted: true });
    }
    if first > cue.tokens.end && follows_content(context, cue) {
        // "said the paper"
        let end = (first..context.sentence.end.min(first + MAX_PHRASE_TOKENS))
            .find(|index| {
                context.comma(*index)
                    || context.text.tokens.get(*index).is_some_and(|t| t.kind == TokenKind::Punctuation)
                    || context.is(*index, WordClass::Preposition)
            })
            .unwrap_or(context.sentence.end.min(first + MAX_PHRASE_TOKENS));
        if end > first {
            let clause = cue.tokens.start..end;
            return Some(Source { tokens: first..end, kind: SourceKind::Phrase, clause, inverted: true });
        }
    }
    None
}

/// "X said", "X, who is Y, said", "X, who said", "he has also said".
fn before(context: &SentenceContext, cue: &CueMatch) -> Option<Source> {
    let mut last = cue.tokens.start.checked_sub(1)?;
    while last > context.sentence.start && (context.outside)(last) && is_between(context, last) {
        last -= 1;
    }
    if last < context.sentence.start || !(context.outside)(last) {
        return None;
    }
    let clause_end = cue.tokens.end;
    if context.subject_pronoun(last) && !context.relative(last) {
        return Some(Source {
            tokens: last..last + 1,
            kind: SourceKind::Pronoun,
            clause: last..clause_end,
            inverted: false,
        });
    }
    if context.relative(last) {
        let mut at = last.checked_sub(1)?;
        if context.comma(at) {
            at = at.checked_sub(1)?;
        }
        let mention = context.mention_ending(at)?;
        let tokens = context.mentions[mention].tokens.clone();
        let clause = tokens.start..clause_end;
        return Some(Source {
            tokens: last..last + 1,
            kind: SourceKind::Mentions(vec![mention]),
            clause,
            inverted: false,
        });
    }
    if context.comma(last) {
        return across_apposition(context, last, clause_end);
    }
    if let Some(mention) = context.mention_ending(last) {
        let (all, tokens) = joined(context, mention);
        // "X and Y" with an unknown head, "the wife of X", "X's aide": the mention is
        // not the subject when a noun governs it.
        let clause = tokens.start..clause_end;
        return Some(Source { tokens, kind: SourceKind::Mentions(all), clause, inverted: false });
    }
    phrase(context, cue, last)
}

/// "X, the foreign minister, said".
fn across_apposition(context: &SentenceContext, comma: usize, clause_end: usize) -> Option<Source> {
    let least = context.sentence.start.max(comma.saturating_sub(MAX_APPOSITION_TOKENS));
    let mut at = comma;
    while at > least {
        at -= 1;
        if context.comma(at)
            && let Some(before) = at.checked_sub(1)
            && let Some(mention) = context.mention_ending(before)
        {
            let (all, tokens) = joined(context, mention);
            let clause = tokens.start..clause_end;
            return Some(Source { tokens, kind: SourceKind::Mentions(all), clause, inverted: false });
        }
    }
    None
}

/// True for auxiliaries and adverbs between a subject and its cue.
fn is_between(context: &SentenceContext, index: usize) -> bool {
    let word = context.text.word(index);
    if context.mention_ending(index).is_some() || context.subject_pronoun(index) {
        return false;
    }
    context.is(index, WordClass::Auxiliary)
        || context.is(index, WordClass::AdverbBetween)
        || context.language.shifters(word).any(|shifter| {
            matches!(shifter.words.as_slice(), [only] if only == word)
                && shifter.scope == crate::model::ShifterScope::Next
        })
}

/// A noun phrase without a known name: "the newspaper", "two aides".
fn phrase(context: &SentenceContext, cue: &CueMatch, last: usize) -> Option<Source> {
    let mut first = last;
    let mut article = false;
    while first > context.sentence.start && last - first < MAX_PHRASE_TOKENS {
        let previous = first - 1;
        let stops = !(context.outside)(previous)
            || context.text.tokens.get(previous).is_none_or(|t| t.kind == TokenKind::Punctuation)
            || context.is(previous, WordClass::Breaker)
            || context.is(previous, WordClass::Complementizer)
            || context.is(previous, WordClass::Relative)
            || context.is(previous, WordClass::Auxiliary)
            || context.language.cues.contains_key(context.text.word(previous));
        if stops {
            break;
        }
        first = previous;
        if context.is(previous, WordClass::Article) {
            article = true;
            break;
        }
    }
    // A capitalised word right before the cue is a name that the article gives
    // nowhere in full ("Lind said").
    let name = context.capital(last)
        && !context.is(last, WordClass::Stop)
        && !context.language.pronouns.contains_key(context.text.word(last));
    if name {
        first = last;
        while first > context.sentence.start
            && context.capital(first - 1)
            && !context.is(first - 1, WordClass::Stop)
            && (context.outside)(first - 1)
        {
            first -= 1;
        }
    }
    let holds_name = (first..=last).any(|index| {
        context.mention_ending(index).is_some_and(|m| context.mentions[m].tokens.start >= first)
    });
    let inside = name || holds_name;
    // The head must look like a noun phrase: an article, a name inside, or a cue
    // that is a verb of saying and nothing else.
    let strong = cue.entry.takes.clause && (article || inside);
    let weak = cue.entry.takes.object && (article || inside);
    let names_something = (first..=last).any(|index| {
        !context.is(index, WordClass::Article)
            && !context.is(index, WordClass::Stop)
            && !context.is(index, WordClass::Preposition)
            && !context.number(index)
    });
    if !(strong || weak)
        || !names_something
        || context.number(last)
        || context.is(last, WordClass::Preposition)
    {
        return None;
    }
    Some(Source {
        tokens: first..last + 1,
        kind: SourceKind::Phrase,
        clause: first..cue.tokens.end,
        inverted: false,
    })
}
