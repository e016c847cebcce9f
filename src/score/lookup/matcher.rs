//! Finds the entries of a lexicon in a run of tokens, and chooses between entries that match
//! the same words.

use crate::model::{Entry, EntryKind, Language, Lexicon, Name, PatternPart, Possessives, Text, TokenKind};
use crate::score::compositional::features::feature_names;
use crate::score::compositional::fitted::{Fitted, fitted};
use crate::score::lookup::matched::Match;
use crate::score::lookup::memo::Memo;
use crate::score::lookup::trie::Trie;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

/// The most words a gap (`...`) may span.
const GAP: usize = 3;

/// A lexicon prepared for matching. Clones share what was prepared.
#[derive(Debug, Clone)]
pub struct Matcher {
    prepared: Arc<Prepared>,
    /// Entries that are never found.
    left_out: Arc<BTreeSet<usize>>,
}

/// What is computed once for a lexicon.
#[derive(Debug)]
struct Prepared {
    lexicon: Lexicon,
    /// One index a language.
    indexes: HashMap<String, Index>,
    /// The priority of each entry over others that match the same words.
    ranks: Vec<Rank>,
    /// Names of the features that its calibration weighs.
    features: Vec<Name>,
    /// Of each axis, derived ones behind the others, the weights of its calibration.
    fitted: Vec<Option<Vec<Fitted>>>,
}

/// More words, fewer globs, more literal characters, greater weight, earlier.
type Rank = (usize, usize, usize, u64, usize);

/// The patterns of one language.
#[derive(Debug)]
struct Index {
    /// Words and globs.
    parts: Trie,
    /// Which of these the words of texts match.
    memo: Memo,
    /// Entries of one part, by its id.
    singles: Vec<Vec<usize>>,
    /// Entries whose first part a gap follows, by its id.
    gapped: Vec<Vec<Start>>,
    /// All others by their first two parts, so that only entries are tried whose second word
    /// is there too.
    pairs: HashMap<(u32, u32), Vec<Start>, foldhash::fast::FixedState>,
    /// What comes after the first part, of all entries one after another.
    steps: Vec<Step>,
}

/// An entry that begins with some part.
#[derive(Debug, Clone)]
struct Start {
    /// Index into the lexicon's entries.
    entry: usize,
    /// Its first step in [`Index::steps`] that the look-up has not checked yet.
    from: usize,
    /// One past the last.
    to: usize,
}

/// What comes after the first part of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// A word that fits the part with this id.
    Part(u32),
    /// Up to [`GAP`] words of any kind.
    Gap,
}

/// The parts that each token of a run matches.
struct Fits {
    first: usize,
    ids: Vec<u32>,
    /// Where the ids of each token begin, and one end more.
    starts: Vec<usize>,
}

impl Fits {
    fn of(&self, index: usize) -> &[u32] {
        let at = index - self.first;
        &self.ids[self.starts[at]..self.starts[at + 1]]
    }
}

impl Matcher {
    /// Indexes a lexicon. A language of it that is not among `languages` has no possessives.
    pub fn new(lexicon: Lexicon, languages: &[Language]) -> Self {
        let mut indexes = HashMap::new();
        let none = Possessives::default();
        for language in &lexicon.languages {
            let rules = languages.iter().find(|rules| rules.code == *language);
            let possessives = rules.map_or(&none, |rules| &rules.possessives);
            let entries = lexicon.entries.iter().enumerate().filter(|(_, entry)| entry.language == *language);
            let parts = entries.clone().flat_map(|(_, entry)| &entry.pattern.parts);
            let parts = Trie::new(parts, possessives);
            let mut singles = vec![Vec::new(); parts.len()];
            let mut gapped = vec![Vec::new(); parts.len()];
            let mut pairs: HashMap<(u32, u32), Vec<Start>, _> = HashMap::default();
            let mut steps: Vec<Step> = Vec::new();
            for (entry, row) in entries {
                let at = steps.len();
                steps.extend(row.pattern.parts.iter().map(|part| match parts.id(part) {
                    Some(id) => Step::Part(id),
                    None => Step::Gap,
                }));
                let start = |settled: usize| Start { entry, from: at + settled, to: steps.len() };
                match &steps[at..] {
                    [Step::Part(only)] => singles[*only as usize].push(entry),
                    [Step::Part(first), Step::Part(second), ..] => {
                        pairs.entry((*first, *second)).or_default().push(start(2));
                    }
                    [Step::Part(first), Step::Gap, ..] => gapped[*first as usize].push(start(1)),
                    _ => {}
                }
            }
            let memo = Memo::default();
            indexes.insert(language.clone(), Index { parts, memo, singles, gapped, pairs, steps });
        }
        let ranks = lexicon.entries.iter().enumerate().map(|(index, entry)| rank(index, entry)).collect();
        let features = feature_names(&lexicon);
        let fitted = lexicon.all_axes().map(|axis| fitted(&lexicon, axis.id, &features)).collect();
        let prepared = Prepared { lexicon, indexes, ranks, features, fitted };
        Matcher { prepared: Arc::new(prepared), left_out: Arc::default() }
    }

    /// The same matcher without some entries, given by their index in the lexicon: it finds what
    /// a lexicon without them would, and is made at no cost. [`Matcher::lexicon`] still has them.
    pub fn without(&self, entries: &BTreeSet<usize>) -> Self {
        let left_out = self.left_out.union(entries).copied().collect();
        Matcher { prepared: Arc::clone(&self.prepared), left_out: Arc::new(left_out) }
    }

    /// The lexicon behind the index.
    pub fn lexicon(&self) -> &Lexicon {
        &self.prepared.lexicon
    }

    /// The names of the features of its statements.
    pub fn features(&self) -> &[Name] {
        &self.prepared.features
    }

    /// The fitted weights of an axis by its place, derived axes behind the others;
    /// None where it has no calibration.
    pub fn fitted(&self, axis: usize) -> Option<&[Fitted]> {
        self.prepared.fitted.get(axis)?.as_deref()
    }

    /// Every match in a run of tokens by its first token, overlapping ones included.
    pub fn candidates(&self, text: &Text, tokens: Range<usize>, language: &str) -> Vec<Match> {
        let Some(index) = self.prepared.indexes.get(language) else { return Vec::new() };
        let fits = index.fits(text, tokens.clone());
        let mut candidates: Vec<Match> = Vec::new();
        for start in tokens.clone() {
            let mut follows = |candidate: &Start, at: usize| {
                let steps = &index.steps[candidate.from..candidate.to];
                if let Some(end) = follow(steps, at, tokens.end, text, &fits) {
                    candidates.push(Match { entry: candidate.entry, tokens: start..end });
                }
            };
            let firsts = fits.of(start);
            if firsts.is_empty() {
                continue;
            }
            let next = next_word(start + 1, tokens.end, text, &fits);
            let seconds = next.map_or(&[][..], |next| fits.of(next));
            for first in firsts {
                index.gapped[*first as usize].iter().for_each(|candidate| follows(candidate, start + 1));
                for second in seconds {
                    let known = index.pairs.get(&(*first, *second)).into_iter().flatten();
                    known.for_each(|candidate| follows(candidate, next.map_or(start, |next| next + 1)));
                }
            }
            let singles = firsts.iter().flat_map(|first| &index.singles[*first as usize]);
            candidates.extend(singles.map(|entry| Match { entry: *entry, tokens: start..start + 1 }));
        }
        if !self.left_out.is_empty() {
            candidates.retain(|found| !self.left_out.contains(&found.entry));
        }
        candidates
    }

    /// The entries of a single word that this folded word fits.
    pub fn singles(&self, word: &str, language: &str) -> Vec<usize> {
        let Some(index) = self.prepared.indexes.get(language) else { return Vec::new() };
        let mut parts = Vec::new();
        index.parts.matches(word, &mut parts);
        let entries = parts.iter().flat_map(|part| &index.singles[*part as usize]).copied();
        entries.filter(|entry| !self.left_out.contains(entry)).collect()
    }

    /// All matches in a run of tokens that survive the priority rules, in text
    /// order. A token serves at most one match on an axis; an appraisal of any
    /// axis counts as an axis of its own. Priority: more words, then fewer
    /// globs, then more literal characters, then greater weight, then the
    /// order of the file (METHODS of the field; see docs/METHOD.md).
    pub fn matches(&self, text: &Text, tokens: Range<usize>, language: &str) -> Vec<Match> {
        let mut candidates = self.candidates(text, tokens.clone(), language);
        if candidates.is_empty() {
            return candidates;
        }
        candidates.sort_by(|a, b| {
            let rank = |found: &Match| &self.prepared.ranks[found.entry];
            rank(b).cmp(rank(a)).then(a.tokens.start.cmp(&b.tokens.start))
        });
        let slots = self.lexicon().axes.len() + 1;
        let mut taken = vec![false; tokens.len() * slots];
        let mut chosen: Vec<Match> = Vec::new();
        for candidate in candidates {
            let entry = &self.lexicon().entries[candidate.entry];
            let slot = entry.axis.unwrap_or(self.lexicon().axes.len());
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
}

impl Index {
    /// The parts that every token of a run matches; punctuation matches none.
    fn fits(&self, text: &Text, tokens: Range<usize>) -> Fits {
        let mut fits =
            Fits { first: tokens.start, ids: Vec::new(), starts: Vec::with_capacity(tokens.len() + 1) };
        let mut memo = self.memo.slot();
        for at in tokens {
            fits.starts.push(fits.ids.len());
            if text.tokens.get(at).is_none_or(|token| token.kind == TokenKind::Punctuation) {
                continue;
            }
            match &mut memo {
                Some(memo) => memo.matches(&self.parts, text.word(at), &mut fits.ids),
                None => self.parts.matches(text.word(at), &mut fits.ids),
            }
        }
        fits.starts.push(fits.ids.len());
        fits
    }
}

fn rank(index: usize, entry: &Entry) -> Rank {
    let parts = || entry.pattern.parts.iter();
    let words = parts().filter(|part| **part != PatternPart::Gap).count();
    let globs = parts().filter(|part| matches!(part, PatternPart::Glob(_))).count();
    let literal: usize = parts()
        .map(|part| match part {
            PatternPart::Word(word) | PatternPart::Glob(word) => word.chars().count(),
            PatternPart::Gap => 0,
        })
        .sum();
    let weight = (entry.weight.abs() * 1e6) as u64;
    (words, usize::MAX - globs, literal, weight, usize::MAX - index)
}

/// Where a pattern ends whose remaining steps begin at `at`.
fn follow(steps: &[Step], at: usize, end: usize, text: &Text, fits: &Fits) -> Option<usize> {
    let Some((first, rest)) = steps.split_first() else { return Some(at) };
    match first {
        Step::Gap => (0..=GAP).find_map(|skip| {
            let next = at + skip;
            let crosses = (at..next).any(|index| is_stop(text, index));
            if crosses { None } else { follow(rest, next, end, text, fits) }
        }),
        Step::Part(id) => {
            let index = next_word(at, end, text, fits).filter(|index| fits.of(*index).contains(id))?;
            follow(rest, index + 1, end, text, fits)
        }
    }
}

/// The first token from `at` on that may belong to a phrase: quotation marks and
/// brackets inside one do not break it, up to two of them.
fn next_word(at: usize, end: usize, text: &Text, fits: &Fits) -> Option<usize> {
    let mut index = at;
    while index < end && fits.of(index).is_empty() {
        if index >= at + 2 || !is_mark(text.word(index)) {
            return None;
        }
        index += 1;
    }
    (index < end).then_some(index)
}

fn is_mark(word: &str) -> bool {
    matches!(word, "“" | "”" | "\"" | "«" | "»" | "„" | "''" | "'" | "‘" | "’" | "(" | ")")
}

fn is_stop(text: &Text, index: usize) -> bool {
    matches!(text.word(index), "." | "!" | "?" | ";" | ":" | "…")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Axis, Pattern, Span, Token};

    /// A lexicon of one axis with patterns of plain words.
    fn lexicon(terms: &[&str]) -> Lexicon {
        let entry = |term: &&str| Entry {
            term: (*term).into(),
            pattern: Pattern { parts: term.split(' ').map(|word| PatternPart::Word(word.into())).collect() },
            kind: EntryKind::Term,
            axis: Some(0),
            language: "en".into(),
            weight: 1.0,
            negated: -1.0,
            direction: 0,
            note: String::new(),
            place: String::new(),
        };
        Lexicon {
            languages: vec!["en".into()],
            axes: vec![Axis::default()],
            entries: terms.iter().map(entry).collect(),
            ..Lexicon::default()
        }
    }

    fn text(words: &str) -> Text {
        let mut text = Text { folded: words.into(), ..Text::default() };
        let mut start = 0;
        for word in words.split(' ') {
            let span = Span::new(start, start + word.len());
            text.tokens.push(Token { span, folded: span, kind: TokenKind::Word, flags: Default::default() });
            start += word.len() + 1;
        }
        text
    }

    #[test]
    fn an_entry_that_is_left_out_gives_its_words_back_to_others() {
        let all = Matcher::new(lexicon(&["union", "single state", "state"]), &[]);
        let text = text("union of a single state");
        let found = |matcher: &Matcher| -> Vec<(usize, Range<usize>)> {
            let matches = matcher.matches(&text, 0..text.tokens.len(), "en");
            matches.into_iter().map(|found| (found.entry, found.tokens)).collect()
        };
        assert_eq!(found(&all), [(0, 0..1), (1, 3..5)]);
        let without = all.without(&BTreeSet::from([1]));
        assert_eq!(found(&without), [(0, 0..1), (2, 4..5)]);
        assert_eq!(found(&without.without(&BTreeSet::from([0]))), [(2, 4..5)]);
        assert_eq!(without.singles("state", "en"), [2]);
        assert_eq!(without.without(&BTreeSet::from([2])).singles("state", "en"), [0usize; 0]);
        // The first matcher finds what it found before.
        assert_eq!(found(&all), [(0, 0..1), (1, 3..5)]);
    }
}
