//! Letters that look alike and are not the same.
//!
//! A Cyrillic letter in a Latin word comes from a keyboard left in the wrong
//! layout; the word looks right in every list and never matches.

use crate::diagnose::finding::{Defect, Finding};
use crate::model::{Entry, Lexicon};
use std::collections::BTreeMap;

/// Latin letters (folded) and the Cyrillic ones that look the same, small or
/// capital.
const ALIKE: [(char, char); 13] = [
    ('a', 'а'),
    ('b', 'в'),
    ('c', 'с'),
    ('e', 'е'),
    ('h', 'н'),
    ('i', 'і'),
    ('k', 'к'),
    ('m', 'м'),
    ('o', 'о'),
    ('p', 'р'),
    ('t', 'т'),
    ('x', 'х'),
    ('y', 'у'),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Script {
    Latin,
    Cyrillic,
}

impl Script {
    fn of(character: char) -> Option<Script> {
        match character {
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' => Some(Script::Latin),
            '\u{400}'..='\u{52f}' => Some(Script::Cyrillic),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Script::Latin => "Latin",
            Script::Cyrillic => "Cyrillic",
        }
    }
}

/// A word with letters of both scripts. Parts joined by a hyphen may differ, as
/// names of things do.
pub fn mixed(entry: &Entry) -> Option<Finding> {
    entry.term.split([' ', '-', '‑', '*']).find_map(|word| {
        let scripts: Vec<(char, Script)> =
            word.chars().filter_map(|character| Some((character, Script::of(character)?))).collect();
        let latin = scripts.iter().filter(|(_, script)| *script == Script::Latin).count();
        let cyrillic = scripts.len() - latin;
        if latin == 0 || cyrillic == 0 {
            return None;
        }
        let odd = if latin < cyrillic { Script::Latin } else { Script::Cyrillic };
        let mut letters: Vec<String> = scripts
            .iter()
            .filter(|(_, script)| *script == odd)
            .map(|(character, _)| format!("'{character}' (U+{:04X})", u32::from(*character)))
            .collect();
        letters.dedup();
        Some(Finding::error(
            Defect::Homoglyph,
            (&entry.place, &entry.term),
            format!("'{word}' mixes Latin and Cyrillic letters: {} is {}", letters.join(", "), odd.name()),
            "type the word again in one keyboard layout".into(),
        ))
    })
}

/// Words that are wholly of the other script than nearly all of their file, and
/// of letters that both have.
pub fn foreign(lexicon: &Lexicon) -> Vec<Finding> {
    let mut counts: BTreeMap<(&str, Script), usize> = BTreeMap::new();
    for entry in &lexicon.entries {
        for script in entry.term.chars().filter_map(Script::of) {
            *counts.entry((&entry.language, script)).or_default() += 1;
        }
    }
    let count = |language: &str, script| counts.get(&(language, script)).copied().unwrap_or(0);
    let mut findings = Vec::new();
    for entry in &lexicon.entries {
        let latin = count(&entry.language, Script::Latin);
        let cyrillic = count(&entry.language, Script::Cyrillic);
        let (own, other) = if latin > cyrillic {
            (Script::Latin, Script::Cyrillic)
        } else {
            (Script::Cyrillic, Script::Latin)
        };
        let suspect = entry.term.split([' ', '-', '*']).find(|word| {
            let letters = || word.chars().filter(|character| character.is_alphabetic());
            letters().next().is_some()
                && letters().all(|character| Script::of(character) == Some(other) && alike(character))
        });
        if let Some(word) = suspect {
            findings.push(Finding::warning(
                Defect::Homoglyph,
                (&entry.place, &entry.term),
                format!(
                    "'{word}' is typed in {} letters that all look {}, in a list of {} words",
                    other.name(),
                    own.name(),
                    own.name()
                ),
                format!("type it again in {} letters, unless texts write it so", own.name()),
            ));
        }
    }
    findings
}

fn alike(character: char) -> bool {
    let small = character.to_lowercase().next().unwrap_or(character);
    ALIKE.iter().any(|(latin, cyrillic)| *latin == small || *cyrillic == small)
}
