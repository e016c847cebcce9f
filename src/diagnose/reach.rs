//! Entries that can never match, globs that match too much, and entries that another one makes
//! superfluous.

use crate::diagnose::cover::{Place, covers, rank};
use crate::diagnose::finding::{Defect, Finding};
use crate::model::{Entry, Lexicon, PatternPart};
use std::collections::HashMap;

/// A single word with fewer letters before and after its `*` matches unrelated words.
const LETTERS: usize = 3;

/// A word of the term that the tokeniser would never produce. A `*` may stand
/// for nothing, a letter or a digit.
pub fn unreachable(entry: &Entry, cut: &dyn Fn(&str, &str) -> Vec<String>) -> Option<Finding> {
    entry.pattern.parts.iter().find_map(|part| {
        let tries: Vec<String> = match part {
            PatternPart::Gap => return None,
            PatternPart::Word(word) => vec![word.clone()],
            PatternPart::Glob(glob) => ["a", "", "0"].iter().map(|with| glob.replace('*', with)).collect(),
        };
        let whole = |word: &String| {
            let words = cut(&entry.language, word);
            words.len() == 1 && words[0] == *word
        };
        if tries.iter().any(whole) {
            return None;
        }
        let shown = match part {
            PatternPart::Word(word) | PatternPart::Glob(word) => word.as_str(),
            PatternPart::Gap => "...",
        };
        let words = cut(&entry.language, shown);
        let message = if words.is_empty() {
            format!("'{shown}' holds no word, so no text matches it")
        } else {
            let cuts = words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" ");
            format!("texts are cut into words otherwise ({cuts}), so '{shown}' never occurs as one")
        };
        Some(Finding::error(
            Defect::Unreachable,
            (&entry.place, &entry.term),
            message,
            "write words with blanks between them and without punctuation".into(),
        ))
    })
}

/// A glob with too few letters, so that it matches unrelated words.
pub fn short_glob(entry: &Entry) -> Option<Finding> {
    let [PatternPart::Glob(glob)] = entry.pattern.parts.as_slice() else { return None };
    let letters = glob.chars().filter(|character| *character != '*').count();
    (letters < LETTERS).then(|| {
        Finding::warning(
            Defect::ShortGlob,
            (&entry.place, &entry.term),
            format!("a word of {letters} letters and '*' matches many unrelated words"),
            format!(
                "give it {LETTERS} letters or more, or list its forms; `stance lexicon expand` shows them"
            ),
        )
    })
}

/// Entries whose words a glob of the same axis and value matches already. Reported
/// only where that glob would be the one to win once the entry is gone; with
/// another glob of another weight in between, the entry is an exception.
pub fn shadowed(lexicon: &Lexicon) -> Vec<Finding> {
    let mut globs: HashMap<Place, Vec<&Entry>> = HashMap::new();
    for entry in &lexicon.entries {
        if entry.pattern.parts.iter().any(|part| matches!(part, PatternPart::Glob(_))) {
            globs.entry(Place::of(entry)).or_default().push(entry);
        }
    }
    let mut findings = Vec::new();
    for entry in &lexicon.entries {
        let others = globs.get(&Place::of(entry)).into_iter().flatten();
        let heir = others
            .filter(|other| other.pattern != entry.pattern && covers(&other.pattern, &entry.pattern))
            .max_by_key(|other| rank(other));
        if let Some(other) = heir.filter(|other| same_value(other, entry)) {
            findings.push(Finding::warning(
                Defect::Shadowed,
                (&entry.place, &entry.term),
                format!("'{}' at {} matches it already, with the same weight", other.term, other.place),
                "leave it out, or give it a weight of its own".into(),
            ));
        }
    }
    findings
}

fn same_value(one: &Entry, two: &Entry) -> bool {
    one.kind == two.kind
        && one.weight == two.weight
        && one.negated == two.negated
        && one.direction == two.direction
}
