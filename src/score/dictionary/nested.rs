//! Which matches of a dictionary count, nested and overlapping ones, by the rules of quanteda's
//! `tokens_lookup` (`tokens_lookup.cpp`; Benoit et al. 2018, JOSS 3).
//!
//! Longer patterns come first. Within a key no token serves two matches. With
//! scope *dictionary* a match is dropped when all its tokens are covered already,
//! by whatever key; partial overlaps of different keys both count.

use std::ops::Range;

/// Where nesting is suppressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Within each key (quanteda's default for look-ups).
    Key,
    /// Over the whole dictionary (always so in `textstat_polarity` and
    /// `textstat_valence`).
    Dictionary,
}

/// A pattern that fits at some tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The tokens.
    pub tokens: Range<usize>,
    /// Index of its key, in the order of the dictionary.
    pub key: usize,
}

/// The places of the candidates that count, by first token, then by key.
/// Candidates of one place and length are taken in the order given.
pub fn lookup(candidates: &[Candidate], scope: Scope) -> Vec<usize> {
    let end = candidates.iter().map(|candidate| candidate.tokens.end).max().unwrap_or(0);
    let keys = candidates.iter().map(|candidate| candidate.key + 1).max().unwrap_or(0);
    let mut covered = vec![false; end];
    let mut by_key = vec![vec![false; end]; keys];
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by_key(|at| {
        let Candidate { tokens, key } = &candidates[*at];
        (std::cmp::Reverse(tokens.len()), tokens.start, *key)
    });
    let mut chosen = Vec::new();
    // All keys of one place and length are looked at before its tokens count as
    // covered.
    let same = |one: &usize, two: &usize| candidates[*one].tokens == candidates[*two].tokens;
    for together in order.chunk_by(same) {
        let tokens = candidates[together[0]].tokens.clone();
        if scope == Scope::Dictionary && tokens.clone().all(|at| covered[at]) {
            continue;
        }
        let before = chosen.len();
        for at in together {
            let own = &mut by_key[candidates[*at].key];
            if tokens.clone().any(|at| own[at]) {
                continue;
            }
            tokens.clone().for_each(|at| own[at] = true);
            chosen.push(*at);
        }
        if chosen.len() > before {
            tokens.for_each(|at| covered[at] = true);
        }
    }
    chosen.sort_by_key(|at| (candidates[*at].tokens.start, candidates[*at].key));
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_token_serves_one_match_of_a_key_and_the_longest_always_counts(
            raw in proptest::collection::vec((0usize..12, 1usize..4, 0usize..3), 0..30), whole: bool
        ) {
            let candidates: Vec<Candidate> = raw
                .iter()
                .map(|(start, length, key)| Candidate { tokens: *start..start + length, key: *key })
                .collect();
            let scope = if whole { Scope::Dictionary } else { Scope::Key };
            let chosen = lookup(&candidates, scope);
            let mut served = std::collections::BTreeSet::new();
            for at in &chosen {
                for token in candidates[*at].tokens.clone() {
                    prop_assert!(served.insert((token, candidates[*at].key)));
                }
            }
            // Nothing is left out that no match covers.
            for candidate in &candidates {
                let covered = candidate.tokens.clone().any(|token| {
                    served.iter().any(|(other, key)| *other == token && (whole || *key == candidate.key))
                });
                prop_assert!(covered, "{candidate:?}");
            }
        }
    }

    /// Start and key of what counts, from words and `key: pattern` pairs.
    fn found(tokens: &str, dictionary: &[(&str, &str)], scope: Scope) -> Vec<(usize, String)> {
        let tokens: Vec<String> = tokens.split(' ').map(str::to_lowercase).collect();
        let mut keys: Vec<&str> = Vec::new();
        let mut candidates = Vec::new();
        for (key, pattern) in dictionary {
            let at = keys.iter().position(|known| known == key).unwrap_or_else(|| {
                keys.push(key);
                keys.len() - 1
            });
            let words: Vec<String> = pattern.split(' ').map(str::to_lowercase).collect();
            for start in 0..=tokens.len().saturating_sub(words.len()) {
                if tokens[start..].starts_with(&words) {
                    candidates.push(Candidate { tokens: start..start + words.len(), key: at });
                }
            }
        }
        let chosen = lookup(&candidates, scope);
        chosen.into_iter().map(|at| (candidates[at].tokens.start, keys[candidates[at].key].into())).collect()
    }

    /// Tokens, dictionary, and what counts by key and in the whole dictionary.
    type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str, &'a str);

    /// The values of quanteda's own tests (PR 1708) and of its documentation.
    #[test]
    fn nested_and_overlapping_matches() {
        let cases: [Case; 5] = [
            (
                "The New York Times is a New York paper .",
                &[("paper", "New York Times"), ("city", "New York")],
                "1 paper, 1 city, 6 city",
                "1 paper, 6 city",
            ),
            (
                "British Virgin Islands is a British overseas territory",
                &[("VG", "British Virgin Islands"), ("GB", "British")],
                "0 VG, 0 GB, 5 GB",
                "0 VG, 5 GB",
            ),
            (
                "American Samoa is in the South Pacific",
                &[("AS", "American Samoa"), ("WS", "Samoa"), ("US", "American")],
                "0 AS, 0 US, 1 WS",
                "0 AS",
            ),
            ("a b c", &[("x", "a b"), ("y", "b c")], "0 x, 1 y", "0 x, 1 y"),
            ("a b c", &[("x", "a b"), ("x", "b c")], "0 x", "0 x"),
        ];
        for (tokens, dictionary, by_key, whole) in cases {
            for (scope, expected) in [(Scope::Key, by_key), (Scope::Dictionary, whole)] {
                let counted: Vec<String> = found(tokens, dictionary, scope)
                    .into_iter()
                    .map(|(start, key)| format!("{start} {key}"))
                    .collect();
                assert_eq!(counted.join(", "), expected, "{tokens}, {scope:?}");
            }
        }
    }

    /// Lexicoder's negated entries: counted twice by key, once in a dictionary.
    #[test]
    fn a_negated_entry_is_counted_with_its_plain_one_by_key_only() {
        let dictionary = [("positive", "win"), ("neg_positive", "not win")];
        let counted = |scope| found("they will not win", &dictionary, scope);
        assert_eq!(counted(Scope::Key), [(2, "neg_positive".into()), (3, "positive".into())]);
        assert_eq!(counted(Scope::Dictionary), [(2, "neg_positive".into())]);
    }
}
