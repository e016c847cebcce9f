//! Declension of names and nouns: from a nominative to its case forms and back, by the
//! endings of `declensions.csv`.

use crate::model::language::gender::Gender;

/// One row: words with this ending, of this gender, have these forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declension {
    /// Ending of the nominative.
    pub ending: String,
    /// None fits any gender.
    pub gender: Option<Gender>,
    /// Endings of all cases, nominative first.
    pub forms: Vec<String>,
    /// Only surnames decline so: «Гагарина», not «Марина».
    pub surname: bool,
}

/// The declensions of a language; empty where nouns have no cases.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Declensions(pub Vec<Declension>);

impl Declensions {
    /// All case forms of a name: the i-th forms of its words together.
    pub fn forms(&self, name: &str, gender: Gender) -> Vec<String> {
        let mut words: Vec<&str> = name.split_whitespace().collect();
        let last = words.pop().map(|word| self.word(word, gender));
        let words: Vec<Vec<String>> =
            words.into_iter().map(|word| self.given_name(word, gender)).chain(last).collect();
        let cases = words.iter().map(Vec::len).max().unwrap_or(0);
        let mut all = Vec::new();
        for case in 0..cases {
            let form: Vec<&str> = words
                .iter()
                .filter_map(|forms| forms.get(case).or(forms.last()).map(String::as_str))
                .collect();
            all.push(form.join(" "));
        }
        all.dedup();
        all
    }

    /// The forms of one word by its longest fitting ending.
    pub fn word(&self, word: &str, gender: Gender) -> Vec<String> {
        self.declined(word, gender, true)
    }

    /// The forms of a first name.
    pub fn given_name(&self, word: &str, gender: Gender) -> Vec<String> {
        self.declined(word, gender, false)
    }

    fn declined(&self, word: &str, gender: Gender, surname: bool) -> Vec<String> {
        let best = self
            .0
            .iter()
            .filter(|row| surname || !row.surname)
            .filter(|row| {
                let ending = row.ending.as_str();
                let fits = !ending.is_empty() && word.ends_with(ending) && word != ending;
                fits && row.gender.is_none_or(|wanted| wanted == gender)
            })
            .max_by_key(|row| row.ending.chars().count());
        match best {
            Some(row) => {
                let stem = word.strip_suffix(row.ending.as_str()).unwrap_or(word);
                row.forms.iter().map(|form| format!("{stem}{form}")).collect()
            }
            None => vec![word.to_string()],
        }
    }

    /// The nominatives of which a word can be another case: «Ладогину» of
    /// «Ладогин» (male). With an unknown gender, of either.
    pub fn nominatives(&self, word: &str, gender: Gender) -> Vec<String> {
        let genders: &[Gender] = match gender {
            Gender::Unknown => &[Gender::Male, Gender::Female],
            Gender::Male => &[Gender::Male],
            Gender::Female => &[Gender::Female],
        };
        let mut found: Vec<String> = Vec::new();
        for row in &self.0 {
            for form in row.forms.iter().skip(1).filter(|form| !form.is_empty()) {
                let Some(stem) = word.strip_suffix(form.as_str()).filter(|stem| !stem.is_empty()) else {
                    continue;
                };
                let base = format!("{stem}{}", row.ending);
                // Only when that is how the base declines: a longer ending may rule it.
                let declines = genders.iter().any(|gender| {
                    let of = |forms: Vec<String>| forms.iter().skip(1).any(|form| form == word);
                    row.gender.is_none_or(|wanted| wanted == *gender)
                        && (of(self.word(&base, *gender)) || of(self.given_name(&base, *gender)))
                });
                if base != word && declines && !found.contains(&base) {
                    found.push(base);
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endings() -> Declensions {
        let row = |ending: &str, gender, forms: &str| Declension {
            ending: ending.into(),
            gender,
            forms: forms.split('|').map(str::to_string).collect(),
            surname: ending.chars().count() > 2,
        };
        Declensions(vec![
            row("ин", Some(Gender::Male), "ин|ина|ину|иным|ине"),
            row("ина", Some(Gender::Female), "ина|иной|ину"),
            row("а", Some(Gender::Female), "а|ы|е|у|ой"),
            row("р", Some(Gender::Male), "р|ра|ру|ром|ре"),
            row("о", None, "о"),
        ])
    }

    #[test]
    fn russian_names_decline_by_ending_and_gender() {
        let endings = endings();
        assert_eq!(
            endings.forms("Владимир Путин", Gender::Male),
            [
                "Владимир Путин",
                "Владимира Путина",
                "Владимиру Путину",
                "Владимиром Путиным",
                "Владимире Путине"
            ]
        );
        assert_eq!(endings.forms("Марина Ладогина", Gender::Female)[1], "Марины Ладогиной");
        assert_eq!(endings.forms("Лукашенко", Gender::Male), ["Лукашенко"]);
        assert_eq!(endings.forms("Lavrov", Gender::Unknown), ["Lavrov"]);
    }

    #[test]
    fn a_form_leads_back_to_its_nominative() {
        let endings = endings();
        assert_eq!(endings.nominatives("Ладогиным", Gender::Unknown), ["Ладогин"]);
        assert_eq!(endings.nominatives("Ладогину", Gender::Unknown), ["Ладогин", "Ладогина"]);
        assert_eq!(endings.nominatives("Ладогину", Gender::Female), ["Ладогина"]);
        assert!(endings.nominatives("Лукашенко", Gender::Unknown).is_empty());
    }
}
