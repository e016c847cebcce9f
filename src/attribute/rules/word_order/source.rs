//! The speaker beside a cue.
//!
//! Lives here: which words near a cue name the source. May not live here: who
//! they stand for (see `resolve`).

use crate::attribute::people::mentions::Mention;
use crate::attribute::rules::cues::Found;
use crate::model::{Fact, Language, PronounRole, Text, TokenKind, WordClass};
use std::ops::Range;

/// The words that name the source of a cue.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// Tokens of the naming words.
    pub tokens: Range<usize>,
    /// What they are.
    pub kind: SourceKind,
    /// Where the reporting clause ends on the left and on the right: what lies
    /// outside can be content.
    pub clause: Range<usize>,
    /// The source follows its cue ("said Holm").
    pub inverted: bool,
}

/// What a source's words are.
#[derive(Debug, Clone, PartialEq)]
pub enum SourceKind {
    /// Indices of mentions; more than one when joined by "and".
    Mentions(Vec<usize>),
    /// A personal or possessive pronoun.
    Pronoun,
    /// Any other noun phrase ("the paper").
    Phrase,
    /// Nobody is named ("it was reported that").
    Nobody,
}

/// How far an apposition between a name and its cue may reach, in tokens.
const APPOSITION: usize = 22;
/// How long a noun phrase without a known name may be, in tokens.
const PHRASE: usize = 9;

/// All that source finding looks at.
pub struct Scene<'a> {
    /// The article's text.
    pub body: &'a str,
    /// The segmented article.
    pub text: &'a Text,
    /// Its mentions, in reading order.
    pub mentions: &'a [Mention],
    /// The language.
    pub language: &'a Language,
    /// Tokens of the sentence.
    pub sentence: Range<usize>,
    /// Whether a token lies outside all quotations.
    pub outside: &'a dyn Fn(usize) -> bool,
}

impl Scene<'_> {
    fn is(&self, index: usize, class: WordClass) -> bool {
        self.text.is(index, class)
    }

    fn mention_ending(&self, last: usize) -> Option<usize> {
        let index = self.mentions.partition_point(|mention| mention.tokens.end <= last);
        self.mentions.get(index).filter(|mention| mention.tokens.end == last + 1)?;
        Some(index)
    }

    fn mention_starting(&self, first: usize) -> Option<usize> {
        let index = self.mentions.partition_point(|mention| mention.tokens.start < first);
        self.mentions.get(index).filter(|mention| mention.tokens.start == first)?;
        Some(index)
    }

    /// The mention that starts at a token.
    pub fn mention_at(&self, first: usize) -> Option<&Mention> {
        self.mention_starting(first).and_then(|index| self.mentions.get(index))
    }

    fn subject_pronoun(&self, index: usize) -> bool {
        self.language
            .pronouns
            .get(self.text.word(index))
            .is_some_and(|readings| readings.iter().any(|pronoun| pronoun.role == PronounRole::Subject))
    }

    fn relative(&self, index: usize) -> bool {
        self.is(index, WordClass::Relative)
    }

    fn comma(&self, index: usize) -> bool {
        matches!(self.text.word(index), "," | "—" | "–" | ")" | "(" | "-")
    }

    fn capital(&self, index: usize) -> bool {
        self.text.has(index, Fact::Capital)
    }

    fn number(&self, index: usize) -> bool {
        self.text.tokens.get(index).is_some_and(|token| token.kind == TokenKind::Number)
    }
}

/// The source of a cue, if there is one.
pub fn source(scene: &Scene, found: &Found) -> Option<Source> {
    let takes = found.cue.takes;
    if takes.prefix {
        return after_prefix(scene, found);
    }
    if takes.possessive {
        let slot = found.slot.clone()?;
        return Some(Source {
            tokens: slot,
            kind: SourceKind::Pronoun,
            clause: found.tokens.clone(),
            inverted: false,
        });
    }
    if follows_content(scene, found) {
        inverted(scene, found).or_else(|| before(scene, found))
    } else {
        before(scene, found).or_else(|| inverted(scene, found))
    }
}

/// Whether the cue stands right behind a quotation, a comma or a dash, so that
/// its subject can only follow.
fn follows_content(scene: &Scene, found: &Found) -> bool {
    let Some(previous) = found.tokens.start.checked_sub(1) else { return false };
    previous >= scene.sentence.start
        && (!(scene.outside)(previous) || matches!(scene.text.word(previous), "," | "–" | "—" | "-"))
}

fn joined(scene: &Scene, first: usize) -> (Vec<usize>, Range<usize>) {
    let mut all = vec![first];
    let mut tokens = scene.mentions[first].tokens.clone();
    // "A and B", "A as well as B", "A, B and C": backwards.
    let mut current = first;
    while let Some(previous) = current.checked_sub(1) {
        let (before, after) = (&scene.mentions[previous], &scene.mentions[current]);
        let between = before.tokens.end..after.tokens.start;
        let joins = before.tokens.start >= scene.sentence.start
            && (1..=4).contains(&between.len())
            && between.clone().any(|index| scene.is(index, WordClass::Conjunction))
            && between.clone().all(|index| {
                scene.is(index, WordClass::Conjunction)
                    || scene.is(index, WordClass::Article)
                    || scene.is(index, WordClass::Preposition)
                    || scene.text.word(index) == ","
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
fn after_prefix(scene: &Scene, found: &Found) -> Option<Source> {
    let start = found.tokens.end;
    let mut first = start;
    while first < scene.sentence.end && scene.is(first, WordClass::Article) {
        first += 1;
    }
    if first >= scene.sentence.end {
        return None;
    }
    let (tokens, kind) = if let Some(mention) = scene.mention_starting(first) {
        (scene.mentions[mention].tokens.clone(), SourceKind::Mentions(vec![mention]))
    } else if scene.language.pronouns.contains_key(scene.text.word(first)) {
        (first..first + 1, SourceKind::Pronoun)
    } else {
        let end = (first..scene.sentence.end.min(first + PHRASE + 3))
            .find(|index| scene.comma(*index) || !(scene.outside)(*index) || scene.text.word(*index) == ".")
            .unwrap_or(scene.sentence.end.min(first + PHRASE));
        // A mention inside the phrase ("a spokesman for Holm") stays unresolved.
        (first..end.max(first + 1), SourceKind::Phrase)
    };
    let clause = found.tokens.start..tokens.end;
    Some(Source { tokens, kind, clause, inverted: true })
}

/// "said X", «заявил Х».
fn inverted(scene: &Scene, found: &Found) -> Option<Source> {
    let mut first = found.tokens.end;
    while first < scene.sentence.end
        && (scene.is(first, WordClass::Article) || scene.is(first, WordClass::AdverbBetween))
    {
        first += 1;
    }
    if first >= scene.sentence.end || !(scene.outside)(first) {
        return None;
    }
    if let Some(mention) = scene.mention_starting(first) {
        let mut tokens = scene.mentions[mention].tokens.clone();
        let mut all = vec![mention];
        // A name right behind a nominal, and "A and B".
        let mut current = mention;
        while let Some(next) = scene.mentions.get(current + 1) {
            let between = tokens.end..next.tokens.start;
            let joins = next.tokens.start < scene.sentence.end
                && (1..=3).contains(&between.len())
                && between.clone().all(|index| {
                    scene.is(index, WordClass::Conjunction) || scene.is(index, WordClass::Article)
                });
            if !joins {
                break;
            }
            current += 1;
            tokens.end = next.tokens.end;
            all.push(current);
        }
        let clause = found.tokens.start..tokens.end;
        return Some(Source { tokens, kind: SourceKind::Mentions(all), clause, inverted: true });
    }
    if scene.subject_pronoun(first) {
        let clause = found.tokens.start..first + 1;
        return Some(Source { tokens: first..first + 1, kind: SourceKind::Pronoun, clause, inverted: true });
    }
    if first > found.tokens.end && follows_content(scene, found) {
        // "said the paper"
        let end = (first..scene.sentence.end.min(first + PHRASE))
            .find(|index| {
                scene.comma(*index)
                    || scene.text.tokens.get(*index).is_some_and(|t| t.kind == TokenKind::Punctuation)
                    || scene.is(*index, WordClass::Preposition)
            })
            .unwrap_or(scene.sentence.end.min(first + PHRASE));
        if end > first {
            let clause = found.tokens.start..end;
            return Some(Source { tokens: first..end, kind: SourceKind::Phrase, clause, inverted: true });
        }
    }
    None
}

/// "X said", "X, who is Y, said", "X, who said", "he has also said".
fn before(scene: &Scene, found: &Found) -> Option<Source> {
    let mut last = found.tokens.start.checked_sub(1)?;
    while last > scene.sentence.start && (scene.outside)(last) && is_between(scene, last) {
        last -= 1;
    }
    if last < scene.sentence.start || !(scene.outside)(last) {
        return None;
    }
    let clause_end = found.tokens.end;
    if scene.subject_pronoun(last) && !scene.relative(last) {
        return Some(Source {
            tokens: last..last + 1,
            kind: SourceKind::Pronoun,
            clause: last..clause_end,
            inverted: false,
        });
    }
    if scene.relative(last) {
        let mut at = last.checked_sub(1)?;
        if scene.comma(at) {
            at = at.checked_sub(1)?;
        }
        let mention = scene.mention_ending(at)?;
        let tokens = scene.mentions[mention].tokens.clone();
        let clause = tokens.start..clause_end;
        return Some(Source {
            tokens: last..last + 1,
            kind: SourceKind::Mentions(vec![mention]),
            clause,
            inverted: false,
        });
    }
    if scene.comma(last) {
        return across_apposition(scene, last, clause_end);
    }
    if let Some(mention) = scene.mention_ending(last) {
        let (all, tokens) = joined(scene, mention);
        // "X and Y" with an unknown head, "the wife of X", "X's aide": the mention is
        // not the subject when a noun governs it.
        let clause = tokens.start..clause_end;
        return Some(Source { tokens, kind: SourceKind::Mentions(all), clause, inverted: false });
    }
    phrase(scene, found, last)
}

/// "X, the foreign minister, said".
fn across_apposition(scene: &Scene, comma: usize, clause_end: usize) -> Option<Source> {
    let least = scene.sentence.start.max(comma.saturating_sub(APPOSITION));
    let mut at = comma;
    while at > least {
        at -= 1;
        if scene.comma(at)
            && let Some(before) = at.checked_sub(1)
            && let Some(mention) = scene.mention_ending(before)
        {
            let (all, tokens) = joined(scene, mention);
            let clause = tokens.start..clause_end;
            return Some(Source { tokens, kind: SourceKind::Mentions(all), clause, inverted: false });
        }
    }
    None
}

/// Auxiliaries and adverbs between a subject and its cue.
fn is_between(scene: &Scene, index: usize) -> bool {
    let word = scene.text.word(index);
    if scene.mention_ending(index).is_some() || scene.subject_pronoun(index) {
        return false;
    }
    scene.is(index, WordClass::Auxiliary)
        || scene.is(index, WordClass::AdverbBetween)
        || scene.language.shifters(word).any(|shifter| {
            matches!(shifter.words.as_slice(), [only] if only == word)
                && shifter.scope == crate::model::ShifterScope::Next
        })
}

/// A noun phrase without a known name: "the newspaper", "two aides".
fn phrase(scene: &Scene, found: &Found, last: usize) -> Option<Source> {
    let mut first = last;
    let mut article = false;
    while first > scene.sentence.start && last - first < PHRASE {
        let previous = first - 1;
        let stops = !(scene.outside)(previous)
            || scene.text.tokens.get(previous).is_none_or(|t| t.kind == TokenKind::Punctuation)
            || scene.is(previous, WordClass::Breaker)
            || scene.is(previous, WordClass::Complementizer)
            || scene.is(previous, WordClass::Relative)
            || scene.is(previous, WordClass::Auxiliary)
            || scene.language.cues.contains_key(scene.text.word(previous));
        if stops {
            break;
        }
        first = previous;
        if scene.is(previous, WordClass::Article) {
            article = true;
            break;
        }
    }
    // A capitalised word right before the cue is a name that the article gives
    // nowhere in full ("Lind said").
    let name = scene.capital(last)
        && !scene.is(last, WordClass::Stop)
        && !scene.language.pronouns.contains_key(scene.text.word(last));
    if name {
        first = last;
        while first > scene.sentence.start
            && scene.capital(first - 1)
            && !scene.is(first - 1, WordClass::Stop)
            && (scene.outside)(first - 1)
        {
            first -= 1;
        }
    }
    let holds_name = (first..=last)
        .any(|index| scene.mention_ending(index).is_some_and(|m| scene.mentions[m].tokens.start >= first));
    let inside = name || holds_name;
    // The head must look like a noun phrase: an article, a name inside, or a cue
    // that is a verb of saying and nothing else.
    let strong = found.cue.takes.clause && (article || inside);
    let weak = found.cue.takes.object && (article || inside);
    let names_something = (first..=last).any(|index| {
        !scene.is(index, WordClass::Article)
            && !scene.is(index, WordClass::Stop)
            && !scene.is(index, WordClass::Preposition)
            && !scene.number(index)
    });
    if !(strong || weak) || !names_something || scene.number(last) || scene.is(last, WordClass::Preposition) {
        return None;
    }
    Some(Source {
        tokens: first..last + 1,
        kind: SourceKind::Phrase,
        clause: first..found.tokens.end,
        inverted: false,
    })
}
