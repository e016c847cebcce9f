//! Finding the entries of a lexicon in a run of tokens.
//!
//! Lives here: patterns, priority between entries that want the same words.
//! May not live here: what a match is worth.

use crate::model::{EntryKind, Lexicon, Pattern, PatternPart, Text, TokenKind, glob};
use std::collections::HashMap;
use std::ops::Range;

/// The most words a gap (`...`) may span.
const GAP: usize = 3;
/// How many characters of a first word index a glob.
const PREFIX: usize = 3;

/// A lexicon made ready for matching.
#[derive(Debug, Clone)]
pub struct Matcher {
    lexicon: Lexicon,
    /// Entries by language and first word.
    exact: HashMap<String, HashMap<String, Vec<usize>>>,
    /// Entries whose first word is a glob, by language and literal prefix.
    globs: HashMap<String, HashMap<String, Vec<usize>>>,
    /// Entries whose first word is a glob with a shorter literal prefix.
    loose: HashMap<String, Vec<usize>>,
}

/// One match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Index into the lexicon's entries.
    pub entry: usize,
    /// Matched tokens, gaps included.
    pub tokens: Range<usize>,
}

impl Matcher {
    /// Indexes a lexicon.
    pub fn new(lexicon: Lexicon) -> Self {
        let mut exact: HashMap<String, HashMap<String, Vec<usize>>> = HashMap::new();
        let mut globs: HashMap<String, HashMap<String, Vec<usize>>> = HashMap::new();
        let mut loose: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, entry) in lexicon.entries.iter().enumerate() {
            let language = entry.language.clone();
            match entry.pattern.parts.first() {
                Some(PatternPart::Word(word)) => {
                    exact.entry(language).or_default().entry(word.clone()).or_default().push(index);
                }
                Some(PatternPart::Glob(pattern)) => {
                    let literal = pattern.split('*').next().unwrap_or("");
                    if literal.chars().count() >= PREFIX {
                        let key: String = literal.chars().take(PREFIX).collect();
                        globs.entry(language).or_default().entry(key).or_default().push(index);
                    } else {
                        loose.entry(language).or_default().push(index);
                    }
                }
                _ => {}
            }
        }
        Matcher { lexicon, exact, globs, loose }
    }

    /// The lexicon behind the index.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// All matches in a run of tokens that survive the priority rules, in text
    /// order. A token serves at most one match on an axis; an appraisal of any
    /// axis counts as an axis of its own. Priority: more words, then fewer
    /// globs, then more literal characters, then greater weight, then the
    /// order of the file (METHODS of the field; see docs/METHOD.md).
    pub fn matches(&self, text: &Text, tokens: Range<usize>, language: &str) -> Vec<Match> {
        let mut candidates: Vec<Match> = Vec::new();
        for start in tokens.clone() {
            if text.tokens.get(start).is_none_or(|token| token.kind == TokenKind::Punctuation) {
                continue;
            }
            let word = text.word(start);
            for entry in self.starting_with(word, language) {
                if let Some(end) = self.fit(entry, start, tokens.end, text) {
                    candidates.push(Match { entry, tokens: start..end });
                }
            }
        }
        candidates.sort_by(|a, b| self.rank(b).cmp(&self.rank(a)).then(a.tokens.start.cmp(&b.tokens.start)));
        let slots = self.lexicon.axes.len() + 1;
        let mut taken = vec![false; tokens.len() * slots];
        let mut chosen: Vec<Match> = Vec::new();
        for candidate in candidates {
            let entry = &self.lexicon.entries[candidate.entry];
            let slot = entry.axis.unwrap_or(self.lexicon.axes.len());
            let cells = |index: usize, slot: usize| (index - tokens.start) * slots + slot;
            let blocked = candidate.tokens.clone().any(|index| {
                taken[cells(index, slot)]
                    // A longer term or target also keeps appraisals out of its words.
                    || entry.kind == EntryKind::Appraisal
                        && (0..slots).any(|other| taken[cells(index, other)])
            });
            if blocked {
                continue;
            }
            for index in candidate.tokens.clone() {
                taken[cells(index, slot)] = true;
            }
            chosen.push(candidate);
        }
        chosen.sort_by_key(|found| (found.tokens.start, found.tokens.end, found.entry));
        chosen
    }

    fn starting_with<'a>(&'a self, word: &str, language: &str) -> impl Iterator<Item = usize> + 'a {
        let bare = word.strip_suffix("'s").unwrap_or(word);
        let index = self.exact.get(language);
        let exact = index.and_then(|index| index.get(word));
        let possessive = if bare == word { None } else { index.and_then(|index| index.get(bare)) };
        let key: String = word.chars().take(PREFIX).collect();
        let globs = self.globs.get(language).and_then(|index| index.get(&key));
        let loose = self.loose.get(language);
        [exact, possessive, globs, loose].into_iter().flatten().flatten().copied()
    }

    /// Where the entry's pattern ends if it starts at `start`.
    fn fit(&self, entry: usize, start: usize, end: usize, text: &Text) -> Option<usize> {
        let pattern: &Pattern = &self.lexicon.entries.get(entry)?.pattern;
        fit_parts(&pattern.parts, start, end, text)
    }

    fn rank(&self, found: &Match) -> (usize, usize, usize, u64, usize) {
        let entry = &self.lexicon.entries[found.entry];
        let words = entry.pattern.parts.iter().filter(|part| **part != PatternPart::Gap).count();
        let globs = entry.pattern.parts.iter().filter(|part| matches!(part, PatternPart::Glob(_))).count();
        let literal: usize = entry
            .pattern
            .parts
            .iter()
            .map(|part| match part {
                PatternPart::Word(word) | PatternPart::Glob(word) => word.chars().count(),
                PatternPart::Gap => 0,
            })
            .sum();
        let weight = (entry.weight.abs() * 1e6) as u64;
        (words, usize::MAX - globs, literal, weight, usize::MAX - found.entry)
    }
}

fn part_fits(part: &PatternPart, word: &str) -> bool {
    let bare = word.strip_suffix("'s").unwrap_or(word);
    match part {
        PatternPart::Word(expected) => word == expected || bare == expected,
        PatternPart::Glob(pattern) => glob(pattern, word) || glob(pattern, bare),
        PatternPart::Gap => false,
    }
}

fn fit_parts(parts: &[PatternPart], at: usize, end: usize, text: &Text) -> Option<usize> {
    let Some((first, rest)) = parts.split_first() else { return Some(at) };
    if *first == PatternPart::Gap {
        return (0..=GAP).find_map(|skip| {
            let next = at + skip;
            let crosses = (at..next).any(|index| is_stop(text, index));
            if crosses { None } else { fit_parts(rest, next, end, text) }
        });
    }
    // Quotation marks and brackets inside a phrase do not break it.
    let mut index = at;
    while index < end && index < at + 2 && is_mark(text.word(index)) {
        index += 1;
    }
    if index >= end || !part_fits(first, text.word(index)) {
        return None;
    }
    fit_parts(rest, index + 1, end, text)
}

fn is_mark(word: &str) -> bool {
    matches!(word, "“" | "”" | "\"" | "«" | "»" | "„" | "''" | "‘" | "’" | "(" | ")")
}

fn is_stop(text: &Text, index: usize) -> bool {
    matches!(text.word(index), "." | "!" | "?" | ";" | ":" | "…")
}
