//! Roster entries for those who speak and are on no roster yet. Names, ids and examples are
//! the words of strangers: in the TOML each is a string or a comment, whatever it holds.

use crate::model::{AUTHOR, Article, Gender, Statement, counted, hidden, visible_line};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Somebody who speaks and is not on the roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The fullest name in the texts.
    pub name: String,
    /// Language of most of the articles.
    pub language: String,
    /// How many statements.
    pub statements: usize,
    /// How many articles they are from.
    pub articles: usize,
    /// Of "he" and "she", the one that stands for this name; unknown when none
    /// does, or both.
    pub gender: Gender,
    /// Id of the first article.
    pub article: String,
    /// The first words, shortened.
    pub example: String,
}

/// Characters of an example.
const EXAMPLE: usize = 80;

/// All unlisted speakers whose name has a capital letter in every language's
/// sense (a name, not "officials"), most statements first. `gender` says what a
/// mention's words tell of its gender.
pub fn unlisted<'a>(
    found: impl Iterator<Item = (&'a Article, &'a Statement)>,
    gender: impl Fn(&str, &str) -> Gender,
) -> Vec<Candidate> {
    let mut all: BTreeMap<String, Vec<(&Article, &Statement)>> = BTreeMap::new();
    for (article, statement) in found {
        let speaker = &statement.speaker;
        // Without a roster everybody's id is the name.
        let listed = speaker.actor.as_ref().is_some_and(|id| *id != speaker.name);
        if !listed && speaker.name != AUTHOR && is_name(&speaker.name) {
            all.entry(speaker.name.clone()).or_default().push((article, statement));
        }
    }
    let candidates: Vec<Candidate> =
        all.into_iter().filter_map(|(name, told)| candidate(name, &told, &gender)).collect();
    let mut candidates = with_surnames(candidates);
    candidates.sort_by(|a, b| b.statements.cmp(&a.statements).then(a.name.cmp(&b.name)));
    candidates
}

/// Those of whom only the surname stands in some article are counted with the
/// one full name that ends in it.
fn with_surnames(candidates: Vec<Candidate>) -> Vec<Candidate> {
    let single = |candidate: &Candidate| !candidate.name.contains(' ');
    let (alone, mut kept): (Vec<Candidate>, Vec<Candidate>) = candidates.into_iter().partition(single);
    for surname in alone {
        let ends = |full: &Candidate| {
            full.language == surname.language && full.name.split(' ').next_back() == Some(&surname.name)
        };
        let fitting: Vec<usize> = (0..kept.len()).filter(|index| ends(&kept[*index])).collect();
        match fitting.as_slice() {
            [only] => {
                kept[*only].statements += surname.statements;
                kept[*only].articles += surname.articles;
            }
            _ => kept.push(surname),
        }
    }
    kept
}

/// True if words name somebody rather than describe: every word but small ones
/// between begins with a capital, as in "Ann Lind", «Нина Корчак», "Charles de
/// Gaulle", and not as in "its president". In scripts without capitals every
/// letter will do.
pub fn is_name(name: &str) -> bool {
    let capital = |word: &str| {
        word.chars().next().is_some_and(|letter| letter.is_alphabetic() && !letter.is_lowercase())
    };
    let words: Vec<&str> = name.split_whitespace().collect();
    let ends =
        words.first().is_some_and(|word| capital(word)) && words.last().is_some_and(|word| capital(word));
    ends && words.iter().all(|word| capital(word) || word.chars().count() <= 3)
}

fn candidate(
    name: String,
    told: &[(&Article, &Statement)],
    gender: &impl Fn(&str, &str) -> Gender,
) -> Option<Candidate> {
    let (article, first) = told.first()?;
    let articles: BTreeSet<&str> = told.iter().map(|(article, _)| article.id.as_str()).collect();
    let mut languages: BTreeMap<&str, usize> = BTreeMap::new();
    let mut genders: BTreeSet<bool> = BTreeSet::new();
    for (article, statement) in told {
        *languages.entry(article.language.as_str()).or_default() += 1;
        let words = statement.speaker.mention.map(|span| article.words(span)).unwrap_or_default();
        match gender(&article.language, &words) {
            Gender::Male => genders.insert(true),
            Gender::Female => genders.insert(false),
            Gender::Unknown => false,
        };
    }
    let language = languages.iter().max_by_key(|(_, count)| **count).map(|(code, _)| code.to_string())?;
    let gender = match (genders.len(), genders.first()) {
        (1, Some(true)) => Gender::Male,
        (1, Some(false)) => Gender::Female,
        _ => Gender::Unknown,
    };
    let words = first.content.iter().map(|span| article.words(*span)).collect::<Vec<_>>().join(" ");
    let example = match words.char_indices().nth(EXAMPLE) {
        Some((cut, _)) => format!("{}…", words.get(..cut).unwrap_or("")),
        None => words,
    };
    Some(Candidate {
        language,
        statements: told.len(),
        articles: articles.len(),
        gender,
        article: article.id.clone(),
        example,
        name,
    })
}

/// The entries as TOML that the roster reads.
pub fn roster_entries(candidates: &[Candidate]) -> String {
    let mut text = String::new();
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for candidate in candidates {
        let Candidate { name, language, statements, articles, article, example, .. } = candidate;
        let plain = id(name);
        let free = std::iter::once(plain.clone()).chain((2..).map(|number| format!("{plain}_{number}")));
        let Some(id) = { free }.find(|id| !ids.contains(id)) else { continue };
        let gender = match candidate.gender {
            Gender::Male => "male",
            Gender::Female => "female",
            Gender::Unknown => "none",
        };
        let language = key(language);
        let (statements, articles) = (counted(*statements, "statement"), counted(*articles, "article"));
        let _ = writeln!(
            text,
            "# {statements} in {articles}; {}",
            visible_line(&format!("{article}: {example}"))
        );
        let _ = writeln!(text, "[[actor]]\nid = {}\nname = {}", quoted(&id), quoted(name));
        let _ = writeln!(text, "kind = \"person\"\ngender = \"{gender}\"");
        let _ = writeln!(text, "aliases.{language} = [{}]", quoted(name));
        match name.split_whitespace().collect::<Vec<_>>().as_slice() {
            [_, .., surname] => {
                let _ = writeln!(text, "surnames.{language} = [{}]", quoted(surname));
            }
            _ => {
                let _ = writeln!(text, "surnames.{language} = [{}]", quoted(name));
            }
        }
        text.push('\n');
        ids.insert(id);
    }
    text
}

/// A basic string of TOML. Characters that a terminal would act on are escaped, too: the
/// entries are read there.
fn quoted(words: &str) -> String {
    let mut text = String::from("\"");
    for letter in words.chars() {
        match letter {
            '"' | '\\' => text.extend(['\\', letter]),
            // All of them are below U+10000.
            letter if hidden(letter) => text.push_str(&format!("\\u{:04X}", u32::from(letter))),
            letter => text.push(letter),
        }
    }
    text.push('"');
    text
}

/// A key of TOML, quoted where it must be.
fn key(name: &str) -> String {
    let bare = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-';
    if !name.is_empty() && name.chars().all(bare) { name.into() } else { quoted(name) }
}

/// "Ann Lind" as ann_lind: small letters, digits and `_`.
fn id(name: &str) -> String {
    let folded: String = name
        .to_lowercase()
        .chars()
        .map(|character| if character.is_alphanumeric() { character } else { ' ' })
        .collect();
    folded.split_whitespace().collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn candidate(words: [&str; 4]) -> Candidate {
        let [name, language, article, example] = words.map(str::to_string);
        Candidate { name, language, statements: 2, articles: 1, gender: Gender::Unknown, article, example }
    }

    /// The entries as the reader of rosters gets them.
    fn read(text: &str) -> toml::Table {
        text.parse().unwrap_or_else(|fault| panic!("{fault} in {text}"))
    }

    #[test]
    fn an_article_cannot_add_entries_of_its_own() {
        let forged = "x\n[[actor]]\nid = \"evil\"\nname = \"Evil\"\n#";
        let text = roster_entries(&[candidate([forged, "en]\nx = [", forged, forged])]);
        let table = read(&text);
        assert_eq!(table.keys().collect::<Vec<_>>(), ["actor"], "{text}");
        assert_eq!(table["actor"].as_array().map(Vec::len), Some(1), "{text}");
        assert_eq!(text.lines().filter(|line| line.starts_with("[[actor]]")).count(), 1, "{text}");
        let plain = roster_entries(&[candidate(["Ann \u{1b}[31mLind\u{7f}", "en", "\u{202e}a", "\u{9b}2J"])]);
        assert!(!plain.chars().any(|c| hidden(c) && c != '\n'), "{plain:?}");
    }

    proptest! {
        #[test]
        fn names_of_any_letters_come_back(
            name in any::<String>(), language in any::<String>(), article in any::<String>()
        ) {
            let table = read(&roster_entries(&[candidate([&name, &language, &article, &name])]));
            let entry = &table["actor"].as_array().unwrap()[0];
            prop_assert_eq!(entry["name"].as_str(), Some(name.as_str()));
            prop_assert_eq!(entry["aliases"][language.as_str()][0].as_str(), Some(name.as_str()));
        }
    }

    #[test]
    fn names_are_told_from_nominals() {
        for (name, expected) in [
            ("Ann Lind", true),
            ("Charles de Gaulle", true),
            ("Нина Корчак", true),
            ("officials", false),
            ("Foreign ministry", false),
            ("spokesman for Holm", false),
            ("", false),
        ] {
            assert_eq!(is_name(name), expected, "{name}");
        }
        assert_eq!(id("Ann O’Lind-Holm"), "ann_o_lind_holm");
    }
}
