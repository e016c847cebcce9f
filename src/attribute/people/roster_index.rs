//! The roster and the titles of all languages, indexed by their first word.

use crate::model::{Gender, Language, Possessives, Roster, Title, WordMap, glob};
use std::collections::HashMap;

/// One name of one actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameForm {
    /// Folded words.
    pub words: Vec<String>,
    /// Index of the actor in the roster.
    pub actor: usize,
    /// True for a full name, false for a surname alone.
    pub full: bool,
    /// The cases that the form can have.
    pub case: Case,
}

/// The grammatical cases that a form of a name or noun can have. Without declension it can have all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case {
    /// It can be a nominative, the case of the subject.
    pub subject: bool,
    /// It can be any other case, governed by another word.
    pub oblique: bool,
}

impl Case {
    /// Any case.
    pub const ANY: Case = Case { subject: true, oblique: true };

    /// True if two neighbouring forms can have the same case.
    pub fn agrees(self, other: Case) -> bool {
        self.subject && other.subject || self.oblique && other.oblique
    }
}

/// The roster and the titles of all languages, indexed for look-up in texts.
#[derive(Debug, Clone, Default)]
pub struct RosterIndex {
    roster: Roster,
    forms: WordMap<Vec<NameForm>>,
    country_names: WordMap<Vec<(Vec<String>, usize)>>,
    adjectives: Prefixed<(String, usize)>,
    titles: Vec<(String, Prefixed<Title>)>,
    /// Of each language, because a Latin name may stand in a Russian article.
    possessives: Vec<Possessives>,
}

/// Patterns by the first two characters of their first word (these are letters, not `*`).
type Prefixed<T> = HashMap<u64, Vec<T>, foldhash::fast::FixedState>;

/// The first two characters as one number.
fn prefix(word: &str) -> u64 {
    word.chars().take(2).fold(0, |number, character| number << 32 | u64::from(u32::from(character)))
}

/// The folded words of a name as the tokeniser would cut it.
fn words_of(name: &str) -> Vec<String> {
    name.split_whitespace()
        .map(fold_name)
        .map(|word| word.trim_end_matches([',', '.']).to_string())
        .filter(|word| !word.is_empty())
        .collect()
}

/// Folding for names: the tokeniser's rule for letters.
fn fold_name(word: &str) -> String {
    word.to_lowercase().replace('ё', "е").replace(['’', 'ʼ'], "'").replace(['‐', '‑'], "-")
}

/// The cases of an actor's names, of which the roster has all forms: a form that another one declines
/// to is oblique; one that declines to nothing but itself can have any case.
fn cases(forms: &[String], language: Option<&Language>, gender: Gender) -> Vec<Case> {
    let Some(language) = language.filter(|language| !language.declensions.0.is_empty()) else {
        return vec![Case::ANY; forms.len()];
    };
    let folded: Vec<String> = forms.iter().map(|form| fold_name(form)).collect();
    let declined: Vec<Vec<String>> = folded
        .iter()
        .map(|form| language.declensions.forms(form, gender))
        .map(|all| if all.iter().all(|form| folded.contains(form)) { all } else { Vec::new() })
        .collect();
    folded
        .iter()
        .zip(&declined)
        .map(|(form, own)| {
            let of_another =
                declined.iter().any(|all| all.first() != Some(form) && all.iter().skip(1).any(|f| f == form));
            let undeclined = own.len() == 1 && !of_another;
            Case { subject: !of_another, oblique: of_another || undeclined }
        })
        .collect()
}

impl RosterIndex {
    /// Indexes a roster for a set of languages. All spellings are matched in all languages: a Russian
    /// article may contain a Latin name.
    pub fn new(roster: &Roster, languages: &[Language]) -> Self {
        let possessives = languages.iter().map(|language| language.possessives.clone()).collect();
        let mut names = RosterIndex { roster: roster.clone(), possessives, ..RosterIndex::default() };
        for (index, actor) in roster.actors.iter().enumerate() {
            names.add(&actor.name, index, true, Case::ANY);
            for (all, full) in [(&actor.aliases, true), (&actor.surnames, false)] {
                for (code, forms) in all {
                    let cases = cases(forms, languages.iter().find(|l| l.code == *code), actor.gender);
                    for (form, case) in forms.iter().zip(cases) {
                        names.add(form, index, full, case);
                    }
                }
            }
        }
        for (index, country) in roster.countries.iter().enumerate() {
            for name in country.names.values().flatten() {
                let words = words_of(name);
                if let Some(first) = words.first().cloned() {
                    names.country_names.entry(first).or_default().push((words, index));
                }
            }
            for adjective in country.adjectives.values().flatten() {
                let adjective = fold_name(adjective);
                names.adjectives.entry(prefix(&adjective)).or_default().push((adjective, index));
            }
        }
        for forms in names.forms.values_mut() {
            forms.sort_by(|a, b| b.words.len().cmp(&a.words.len()).then(a.actor.cmp(&b.actor)));
            forms.dedup();
        }
        for countries in names.country_names.values_mut() {
            countries.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        for language in languages {
            let mut index: Prefixed<Title> = Prefixed::default();
            for title in &language.titles {
                if let Some(first) = title.words.first() {
                    index.entry(prefix(first)).or_default().push(title.clone());
                }
            }
            for titles in index.values_mut() {
                titles.sort_by_key(|title| std::cmp::Reverse(title.words.len()));
            }
            names.titles.push((language.code.clone(), index));
        }
        names
    }

    fn add(&mut self, name: &str, actor: usize, full: bool, case: Case) {
        let words = words_of(name);
        let full = full && words.len() > 1;
        if let Some(first) = words.first().cloned() {
            self.forms.entry(first).or_default().push(NameForm { words, actor, full, case });
        }
    }

    /// A folded word without a possessive ending of any language.
    fn bare<'a>(&self, word: &'a str) -> &'a str {
        let bare = self.possessives.iter().map(|endings| endings.strip(word));
        bare.min_by_key(|bare| bare.len()).unwrap_or(word)
    }

    /// The roster behind the index.
    pub fn roster(&self) -> &Roster {
        &self.roster
    }

    /// The longest names that start at word 0. `word` gives the folded words by offset.
    pub fn at<'a>(&'a self, word: impl Fn(usize) -> Option<&'a str>) -> Vec<&'a NameForm> {
        let Some(first) = word(0) else { return Vec::new() };
        let mut found: Vec<&NameForm> = Vec::new();
        for key in [first, self.bare(first)] {
            for form in self.forms.get(key).into_iter().flatten() {
                let fits = form.words.iter().enumerate().all(|(offset, expected)| {
                    word(offset).is_some_and(|word| word == expected || self.bare(word) == expected)
                });
                if fits && found.first().is_none_or(|best| best.words.len() <= form.words.len()) {
                    if found.first().is_some_and(|best| best.words.len() < form.words.len()) {
                        found.clear();
                    }
                    if !found.contains(&form) {
                        found.push(form);
                    }
                }
            }
            if self.bare(first) == first {
                break;
            }
        }
        found
    }

    /// The country whose name starts at word 0, by index, and the number of words of the name.
    pub fn country_at<'a>(&self, word: impl Fn(usize) -> Option<&'a str>) -> Option<(usize, usize)> {
        let first = word(0)?;
        self.country_names.get(self.bare(first))?.iter().find_map(|(words, country)| {
            let fits = words
                .iter()
                .enumerate()
                .all(|(offset, expected)| word(offset).is_some_and(|word| self.bare(word) == expected));
            fits.then_some((*country, words.len()))
        })
    }

    /// The country of an adjective, by index.
    pub fn adjective(&self, word: &str) -> Option<usize> {
        self.adjectives
            .get(&prefix(word))?
            .iter()
            .find(|(pattern, _)| glob(pattern, word))
            .map(|(_, country)| *country)
    }

    /// The longest title of a language that starts at word 0.
    pub fn title_at<'a>(&self, language: &str, word: impl Fn(usize) -> Option<&'a str>) -> Option<&Title> {
        let first = word(0)?;
        let (_, titles) = self.titles.iter().find(|(code, _)| code == language)?;
        titles.get(&prefix(first))?.iter().find(|title| {
            title.words.iter().enumerate().all(|(offset, pattern)| {
                word(offset).is_some_and(|word| {
                    let bare = self.bare(word);
                    glob(pattern, word) || bare.len() < word.len() && glob(pattern, bare)
                })
            })
        })
    }
}
