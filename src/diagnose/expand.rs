//! What each glob matched, by frequency, so that a glob that matches unrelated words is seen.

use crate::model::{Lexicon, PatternPart};
use std::collections::BTreeMap;

/// One glob and what it matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expansion {
    /// Index into the lexicon's entries.
    pub entry: usize,
    /// All matches.
    pub count: usize,
    /// Folded words and how often, the most frequent first.
    pub forms: Vec<(String, usize)>,
}

/// All entries with a `*`, the most frequent first; those that matched nothing
/// come last, with a count of 0. `matched` is entry and folded words of every
/// match.
pub fn expand(lexicon: &Lexicon, matched: &[(usize, String)]) -> Vec<Expansion> {
    let mut forms: BTreeMap<usize, BTreeMap<&str, usize>> = BTreeMap::new();
    for (index, entry) in lexicon.entries.iter().enumerate() {
        if entry.pattern.parts.iter().any(|part| matches!(part, PatternPart::Glob(_))) {
            forms.insert(index, BTreeMap::new());
        }
    }
    for (entry, words) in matched {
        if let Some(found) = forms.get_mut(entry) {
            *found.entry(words).or_default() += 1;
        }
    }
    let mut rows: Vec<Expansion> = forms
        .into_iter()
        .map(|(entry, forms)| {
            let mut forms: Vec<(String, usize)> =
                forms.into_iter().map(|(words, count)| (words.to_string(), count)).collect();
            forms.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
            Expansion { entry, count: forms.iter().map(|(_, count)| count).sum(), forms }
        })
        .collect();
    rows.sort_by_key(|row| (std::cmp::Reverse(row.count), row.entry));
    rows
}
