//! What a lexicon does not see: statements without a hit, and their words.

use std::collections::{BTreeMap, BTreeSet};

/// A statement as one lexicon sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Language code.
    pub language: String,
    /// Entries that matched.
    pub hits: usize,
    /// Those of them that count for something.
    pub counting: usize,
    /// Its content words, folded.
    pub words: Vec<String>,
}

/// How much of one language is covered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// Language code.
    pub language: String,
    /// Statements.
    pub statements: usize,
    /// Those without any hit.
    pub without_hit: usize,
    /// Those whose hits all count nothing, so that they have no score either.
    pub without_weight: usize,
}

/// A word of statements without a hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordCount {
    /// Language code.
    pub language: String,
    /// Folded.
    pub word: String,
    /// How often it occurs in them.
    pub count: usize,
    /// Number of statements in which it occurs.
    pub statements: usize,
}

/// Coverage by language.
pub fn coverage(seen: &[Seen]) -> Vec<Coverage> {
    let mut found: BTreeMap<&str, Coverage> = BTreeMap::new();
    for one in seen {
        let language = one.language.clone();
        let empty = Coverage { language, statements: 0, without_hit: 0, without_weight: 0 };
        let row = found.entry(&one.language).or_insert(empty);
        row.statements += 1;
        row.without_hit += usize::from(one.hits == 0);
        row.without_weight += usize::from(one.hits > 0 && one.counting == 0);
    }
    found.into_values().collect()
}

/// The words of statements without a hit, by language, those of most statements
/// first: a word often repeated by one speaker is less of a gap than one that
/// many use.
pub fn words(seen: &[Seen]) -> Vec<WordCount> {
    let mut found: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
    for one in seen.iter().filter(|one| one.hits == 0) {
        for word in &one.words {
            found.entry((&one.language, word)).or_default().0 += 1;
        }
        for word in one.words.iter().collect::<BTreeSet<_>>() {
            found.entry((&one.language, word)).or_default().1 += 1;
        }
    }
    let mut rows: Vec<WordCount> = found
        .into_iter()
        .map(|((language, word), (count, statements))| WordCount {
            language: language.to_string(),
            word: word.to_string(),
            count,
            statements,
        })
        .collect();
    rows.sort_by(|a, b| {
        (&a.language, b.statements, b.count, &a.word).cmp(&(&b.language, a.statements, a.count, &b.word))
    });
    rows
}
