//! The people off the roster that an article has named so far: from a surname in any case back to the
//! full name as first written, and who was named with which title.

use crate::attribute::people::mention::{Referent, are_initials};
use crate::attribute::people::roster_index::Case;
use crate::model::{Gender, Language};
use std::collections::HashMap;

/// A name in the text, resolved to its fullest form.
#[derive(Debug, Clone, PartialEq)]
pub struct ResolvedName {
    /// The fullest form of the name in the article.
    pub surface: String,
    /// Gender shown by the first name or the surname.
    pub gender: Gender,
    /// The grammatical cases that the form can have.
    pub case: Case,
}

/// The names and titles so far.
#[derive(Debug, Clone, Default)]
pub struct NamedSoFar {
    /// Full name and gender by every nominative that the surname can be a form of.
    surnames: HashMap<String, (String, Gender)>,
    /// Full name by every pair of nominatives of first name and surname.
    full_names: HashMap<String, String>,
    /// Who was named with each title, latest last.
    holders: HashMap<String, Vec<(Referent, Gender)>>,
}

impl NamedSoFar {
    /// Adds a name of two words or more and resolves it.
    pub fn add_full_name(&mut self, words: &[&str], surface: String, language: &Language) -> ResolvedName {
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            return ResolvedName { surface, gender: Gender::Unknown, case: Case::ANY };
        };
        if language.declensions.0.is_empty() {
            self.surnames.insert(last.to_string(), (surface.clone(), Gender::Unknown));
            return ResolvedName { surface, gender: Gender::Unknown, case: Case::ANY };
        }
        let initial = first.chars().count() == 1 || are_initials(first);
        if initial
            && let Some(name) = self.surname(last, language).filter(|name| begins(&name.surface, first))
        {
            return name;
        }
        let (gender, case) = gender_and_case(first, last, language);
        let keys = combinations(first, last, gender, language);
        let surface = match keys.iter().find_map(|key| self.full_names.get(key)) {
            Some(before) => before.clone(),
            None => {
                for key in keys {
                    self.full_names.insert(key, surface.clone());
                }
                surface
            }
        };
        // A form that can only be a nominative is no form of another name.
        let mut surnames = vec![last.to_string()];
        if case.oblique {
            surnames.extend(language.declensions.nominatives(last, gender));
        }
        for key in surnames {
            self.surnames.entry(key).or_insert((surface.clone(), gender));
        }
        ResolvedName { surface, gender, case }
    }

    /// The full name of a surname without a first name.
    pub fn surname(&self, word: &str, language: &Language) -> Option<ResolvedName> {
        let keys = nominatives(word, Gender::Unknown, language);
        let (key, (surface, gender)) =
            keys.iter().find_map(|key| self.surnames.get(key).map(|known| (key, known)))?;
        let oblique = key != word || language.declensions.word(word, *gender).len() == 1;
        let case = if language.declensions.0.is_empty() {
            Case::ANY
        } else {
            let subject = key == word && !self.only_oblique(word, *gender, language);
            Case { subject, oblique: oblique || !subject }
        };
        Some(ResolvedName { surface: surface.clone(), gender: *gender, case })
    }

    /// True if the form is a declined form of another known surname, though it looks like a nominative.
    fn only_oblique(&self, word: &str, gender: Gender, language: &Language) -> bool {
        gender != Gender::Unknown
            && language
                .declensions
                .nominatives(word, gender)
                .iter()
                .any(|base| self.surnames.get(base).is_some_and(|known| known.1 == gender))
    }

    /// Adds somebody named with a title.
    pub fn hold(&mut self, role: &str, who: &[Referent], gender: Gender) {
        if let [who] = who {
            self.holders.entry(role.to_string()).or_default().push((who.clone(), gender));
        }
    }

    /// Who was last named with a title and has the wanted gender.
    pub fn holder(&self, role: &str, wanted: Gender) -> Option<Referent> {
        let fits =
            |gender: Gender| wanted == Gender::Unknown || gender == Gender::Unknown || gender == wanted;
        let holders = self.holders.get(role)?;
        holders.iter().rev().take(MAX_HOLDERS).find(|(_, gender)| fits(*gender)).map(|(who, _)| who.clone())
    }
}

/// Number of latest holders of a title that are considered.
const MAX_HOLDERS: usize = 20;

fn begins(surface: &str, initial: &str) -> bool {
    let letter = |word: &str| word.to_lowercase().chars().next();
    letter(surface) == letter(initial)
}

/// The cases that a surname can have when its bearer is unknown.
pub fn case_of_surname(word: &str, language: &Language) -> Case {
    let declensions = &language.declensions;
    if declensions.0.is_empty() || !declensions.nominatives(word, Gender::Unknown).is_empty() {
        return Case::ANY;
    }
    Case { subject: true, oblique: declensions.word(word, Gender::Male).len() == 1 }
}

/// A word and the nominatives that it can be a form of.
fn nominatives(word: &str, gender: Gender, language: &Language) -> Vec<String> {
    let mut all = vec![word.to_string()];
    all.extend(language.declensions.nominatives(word, gender));
    all
}

/// All pairs of nominatives that a full name can be a form of.
fn combinations(first: &str, last: &str, gender: Gender, language: &Language) -> Vec<String> {
    let lasts = nominatives(last, gender, language);
    nominatives(first, gender, language)
        .iter()
        .flat_map(|first| lasts.iter().map(move |last| format!("{first} {last}")))
        .collect()
}

/// Gender and cases of a full name, as the first name shows them and the surname agrees.
fn gender_and_case(first: &str, last: &str, language: &Language) -> (Gender, Case) {
    let Some(readings) = language.given_names.get(first) else {
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
        let mut known = NamedSoFar::default();
        known.add_full_name(&["анна", "белинская"], "Анна Белинская".into(), &language);
        for form in ["белинская", "белинской", "белинскую"] {
            let name = known.surname(form, &language).expect("known");
            assert_eq!((name.surface.as_str(), name.gender), ("Анна Белинская", Gender::Female), "{form}");
            assert_eq!(name.case.subject, form == "белинская", "{form}");
        }
        let again = known.add_full_name(&["анне", "белинской"], "Анне Белинской".into(), &language);
        assert_eq!(again.surface, "Анна Белинская");
        assert!(known.surname("громов", &language).is_none());
    }

    #[test]
    fn a_first_name_tells_gender_and_case() {
        let language = russian();
        let mut known = NamedSoFar::default();
        let cases: [(&[&str], Gender, bool); 4] = [
            (&["роман", "дубинин"], Gender::Male, true),
            (&["романа", "дубинина"], Gender::Male, false),
            (&["нина", "корчак"], Gender::Female, true),
            (&["нины", "корчак"], Gender::Female, false),
        ];
        for (words, gender, subject) in cases {
            let name = known.add_full_name(words, words.join(" "), &language);
            assert_eq!((name.gender, name.case.subject), (gender, subject), "{words:?}");
        }
    }

    #[test]
    fn the_last_bearer_of_a_title_is_meant_by_it() {
        let mut known = NamedSoFar::default();
        let who = |name: &str| vec![Referent::Unlisted(name.to_string())];
        known.hold("mayor", &who("A"), Gender::Male);
        known.hold("mayor", &who("B"), Gender::Female);
        assert_eq!(known.holder("mayor", Gender::Unknown), Some(Referent::Unlisted("B".into())));
        assert_eq!(known.holder("mayor", Gender::Male), Some(Referent::Unlisted("A".into())));
        assert_eq!(known.holder("judge", Gender::Male), None);
    }
}
