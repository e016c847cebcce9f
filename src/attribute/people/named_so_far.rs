//! Names off the roster that an article has given so far.
//!
//! Lives here: from a surname, in whatever case, back to the full name as it
//! was first written; who was named with which title. May not live here:
//! finding names in text (see `mentions`).

use crate::attribute::people::mentions::{Who, are_initials};
use crate::attribute::people::roster_index::Case;
use crate::model::{Gender, Language};
use std::collections::HashMap;

/// A name off the roster at its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// In its fullest form in the article.
    pub surface: String,
    /// As the first name or the surname tells.
    pub gender: Gender,
    /// What its form can be.
    pub case: Case,
}

/// What is known so far.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Surface and gender by surname, in the nominatives it can be a form of.
    surnames: HashMap<String, (String, Gender)>,
    /// Surface by first name and surname, likewise.
    full: HashMap<String, String>,
    /// Holders by title role, the last one last.
    holders: HashMap<String, Vec<(Who, Gender)>>,
}

impl Known {
    /// Takes note of a name of two words or more.
    pub fn full(&mut self, words: &[&str], surface: String, language: &Language) -> Name {
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            return Name { surface, gender: Gender::Unknown, case: Case::ANY };
        };
        if language.declensions.0.is_empty() {
            self.surnames.insert(last.to_string(), (surface.clone(), Gender::Unknown));
            return Name { surface, gender: Gender::Unknown, case: Case::ANY };
        }
        let initial = first.chars().count() == 1 || are_initials(first);
        if initial
            && let Some(name) = self.surname(last, language).filter(|name| begins(&name.surface, first))
        {
            return name;
        }
        let (gender, case) = reading(first, last, language);
        let keys = combinations(first, last, gender, language);
        let surface = match keys.iter().find_map(|key| self.full.get(key)) {
            Some(before) => before.clone(),
            None => {
                for key in keys {
                    self.full.insert(key, surface.clone());
                }
                surface
            }
        };
        // A nominative is no form of another name.
        let mut surnames = vec![last.to_string()];
        if case.oblique {
            surnames.extend(language.declensions.nominatives(last, gender));
        }
        for key in surnames {
            self.surnames.entry(key).or_insert((surface.clone(), gender));
        }
        Name { surface, gender, case }
    }

    /// The full name behind a surname that stands alone.
    pub fn surname(&self, word: &str, language: &Language) -> Option<Name> {
        let keys = bases(word, Gender::Unknown, language);
        let (key, (surface, gender)) =
            keys.iter().find_map(|key| self.surnames.get(key).map(|known| (key, known)))?;
        let oblique = key != word || language.declensions.word(word, *gender).len() == 1;
        let case = if language.declensions.0.is_empty() {
            Case::ANY
        } else {
            let subject = key == word && !self.only_oblique(word, *gender, language);
            Case { subject, oblique: oblique || !subject }
        };
        Some(Name { surface: surface.clone(), gender: *gender, case })
    }

    /// A form that declines from another known surname, though it looks like one.
    fn only_oblique(&self, word: &str, gender: Gender, language: &Language) -> bool {
        gender != Gender::Unknown
            && language
                .declensions
                .nominatives(word, gender)
                .iter()
                .any(|base| self.surnames.get(base).is_some_and(|known| known.1 == gender))
    }

    /// Takes note of who was named with a title.
    pub fn hold(&mut self, role: &str, who: &[Who], gender: Gender) {
        if let [who] = who {
            self.holders.entry(role.to_string()).or_default().push((who.clone(), gender));
        }
    }

    /// Whoever was last named with a title, of the gender that a verb shows.
    pub fn holder(&self, role: &str, wanted: Gender) -> Option<Who> {
        let fits =
            |gender: Gender| wanted == Gender::Unknown || gender == Gender::Unknown || gender == wanted;
        let holders = self.holders.get(role)?;
        holders.iter().rev().take(RECENT).find(|(_, gender)| fits(*gender)).map(|(who, _)| who.clone())
    }
}

/// How many holders of one title are looked back at.
const RECENT: usize = 20;

fn begins(surface: &str, initial: &str) -> bool {
    let letter = |word: &str| word.to_lowercase().chars().next();
    letter(surface) == letter(initial)
}

/// The case that a surname shows when nothing is known of its bearer.
pub fn case_of_surname(word: &str, language: &Language) -> Case {
    let declensions = &language.declensions;
    if declensions.0.is_empty() || !declensions.nominatives(word, Gender::Unknown).is_empty() {
        return Case::ANY;
    }
    Case { subject: true, oblique: declensions.word(word, Gender::Male).len() == 1 }
}

/// A word and the nominatives it can be a form of.
fn bases(word: &str, gender: Gender, language: &Language) -> Vec<String> {
    let mut all = vec![word.to_string()];
    all.extend(language.declensions.nominatives(word, gender));
    all
}

/// All pairs of first name and surname that a full name can be a form of.
fn combinations(first: &str, last: &str, gender: Gender, language: &Language) -> Vec<String> {
    let lasts = bases(last, gender, language);
    bases(first, gender, language)
        .iter()
        .flat_map(|first| lasts.iter().map(move |last| format!("{first} {last}")))
        .collect()
}

/// Gender and case of a full name: the first name tells, as far as the surname
/// goes with it.
fn reading(first: &str, last: &str, language: &Language) -> (Gender, Case) {
    let Some(readings) = language.given_names.get(first) else {
        // Nothing but the surname: one that only a woman or only a man bears.
        return (Gender::Unknown, Case::ANY);
    };
    let declensions = &language.declensions;
    let fits = |(gender, nominative): &(Gender, bool)| {
        let oblique = !declensions.nominatives(last, *gender).is_empty();
        let undeclined = declensions.word(last, *gender).len() == 1;
        if *nominative { !oblique } else { oblique || undeclined }
    };
    let fitting: Vec<(Gender, bool)> = readings.iter().copied().filter(fits).collect();
    let all = if fitting.is_empty() { readings.as_slice() } else { fitting.as_slice() };
    let subject = all.iter().any(|(_, nominative)| *nominative);
    let oblique = all.iter().any(|(_, nominative)| !nominative);
    let gender = all.first().map_or(Gender::Unknown, |(gender, _)| *gender);
    let gender = if all.iter().all(|(other, _)| *other == gender) { gender } else { Gender::Unknown };
    (gender, Case { subject, oblique })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Declension, Declensions};

    fn russian() -> Language {
        let row = |ending: &str, gender, forms: &str, surname| Declension {
            ending: ending.into(),
            gender: Some(gender),
            forms: forms.split('|').map(str::to_string).collect(),
            surname,
        };
        let declensions = Declensions(vec![
            row("ская", Gender::Female, "ская|ской|ской|скую|ской|ской", true),
            row("ин", Gender::Male, "ин|ина|ину|ина|иным|ине", true),
            row("а", Gender::Female, "а|ы|е|у|ой|е", false),
            row("н", Gender::Male, "н|на|ну|на|ном|не", false),
            row("к", Gender::Male, "к|ка|ку|ка|ком|ке", false),
        ]);
        let mut language = Language { code: "ru".into(), declensions, ..Language::default() };
        for (name, gender) in [("анна", Gender::Female), ("нина", Gender::Female), ("роман", Gender::Male)]
        {
            for (case, form) in language.declensions.given_name(name, gender).into_iter().enumerate() {
                language.given_names.entry(form).or_default().push((gender, case == 0));
            }
        }
        language
    }

    #[test]
    fn a_surname_in_any_case_leads_to_the_name_as_first_written() {
        let language = russian();
        let mut known = Known::default();
        known.full(&["анна", "белинская"], "Анна Белинская".into(), &language);
        for form in ["белинская", "белинской", "белинскую"] {
            let name = known.surname(form, &language).expect("known");
            assert_eq!((name.surface.as_str(), name.gender), ("Анна Белинская", Gender::Female), "{form}");
            assert_eq!(name.case.subject, form == "белинская", "{form}");
        }
        let again = known.full(&["анне", "белинской"], "Анне Белинской".into(), &language);
        assert_eq!(again.surface, "Анна Белинская");
        assert!(known.surname("громов", &language).is_none());
    }

    #[test]
    fn a_first_name_tells_gender_and_case() {
        let language = russian();
        let mut known = Known::default();
        let cases: [(&[&str], Gender, bool); 4] = [
            (&["роман", "дубинин"], Gender::Male, true),
            (&["романа", "дубинина"], Gender::Male, false),
            (&["нина", "корчак"], Gender::Female, true),
            (&["нины", "корчак"], Gender::Female, false),
        ];
        for (words, gender, subject) in cases {
            let name = known.full(words, words.join(" "), &language);
            assert_eq!((name.gender, name.case.subject), (gender, subject), "{words:?}");
        }
    }

    #[test]
    fn the_last_bearer_of_a_title_is_meant_by_it() {
        let mut known = Known::default();
        let who = |name: &str| vec![Who::Unlisted(name.to_string())];
        known.hold("mayor", &who("A"), Gender::Male);
        known.hold("mayor", &who("B"), Gender::Female);
        assert_eq!(known.holder("mayor", Gender::Unknown), Some(Who::Unlisted("B".into())));
        assert_eq!(known.holder("mayor", Gender::Male), Some(Who::Unlisted("A".into())));
        assert_eq!(known.holder("judge", Gender::Male), None);
    }
}
