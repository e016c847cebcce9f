//! The rules of a language: words and their classes, read from `lexicons/languages/*`.
//!
//! No word of any language belongs here: words are data.

pub mod calendar;
pub mod cue;
pub mod declension;
pub mod ending;
pub mod gender;
pub mod possessive;
pub mod preset;
pub mod pronoun;
pub mod shifter;
pub mod title;

use crate::model::language::calendar::CalendarKind;
use crate::model::language::cue::Cue;
use crate::model::language::declension::Declensions;
use crate::model::language::ending::Ending;
use crate::model::language::gender::Gender;
use crate::model::language::possessive::Possessives;
use crate::model::language::preset::PresetRole;
use crate::model::language::pronoun::Pronoun;
use crate::model::language::shifter::Shifter;
use crate::model::language::title::Title;
use crate::model::tagger_weights::Learned;
use crate::model::text::token_flags::{TokenFlag, TokenFlags, WordClass};
use crate::model::text::{Text, glob};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// A map for look-ups by word.
pub type WordMap<V> = HashMap<String, V, foldhash::fast::FixedState>;

/// The rules of one language.
#[derive(Debug, Clone, Default)]
pub struct Language {
    /// Two-letter code.
    pub code: String,
    /// Cue forms by their first folded word, longest form first.
    pub cues: WordMap<Vec<Cue>>,
    /// Shifters by their first word, or by its first two characters and `*` where
    /// it is a glob, each group in the order of the file; see
    /// [`Language::add_shifter`].
    pub shifters: WordMap<Vec<Shifter>>,
    /// Classes of single folded words; a word may have several.
    pub words: WordMap<Vec<WordClass>>,
    /// Classes of phrases of several words (time anaphors), folded.
    pub phrases: Vec<(Vec<String>, WordClass)>,
    /// Pronouns by folded form; several readings keep the file's order.
    pub pronouns: WordMap<Vec<Pronoun>>,
    /// Titles, longest first.
    pub titles: Vec<Title>,
    /// Calendar words by folded form.
    pub calendar: WordMap<Vec<(CalendarKind, i32)>>,
    /// All that dating knows of words: the calendar and `dating.csv`, by folded
    /// form. Attribution looks at the calendar alone.
    pub dating: WordMap<Vec<(CalendarKind, i32)>>,
    /// Folded, with their final dot.
    pub abbreviations: HashSet<String>,
    /// Folded beginnings of lines that are not the author's text.
    pub boilerplate: Vec<String>,
    /// Folded beginnings of bylines ("by ").
    pub bylines: Vec<String>,
    /// What the last letters of an unknown word say of it, in the file's order.
    pub endings: Vec<(String, Ending)>,
    /// How possessives end.
    pub possessives: Possessives,
    /// How names and nouns decline, folded; empty where they do not.
    pub declensions: Declensions,
    /// First names by folded form, with the gender and whether the form is the
    /// nominative.
    pub given_names: HashMap<String, Vec<(Gender, bool)>>,
    /// Words and phrases that the rules of other tools name, by role, with a value where
    /// they have one; folded.
    pub presets: HashMap<PresetRole, Vec<(String, f64)>>,
    /// What was learned of attribution; None where nobody has trained it: then
    /// rules attribute.
    pub learned: Option<Arc<Learned>>,
    /// See [`Language::index`].
    pub(crate) indexed: WordMap<TokenFlags>,
    /// First words of titles and shifters that are patterns, by their first two
    /// characters.
    pub(crate) globbed: WordMap<Vec<(String, TokenFlag)>>,
}

impl Language {
    /// A language without rules.
    pub fn new(code: String) -> Self {
        Language { code, ..Language::default() }
    }

    /// Adds a shifter to the look-up.
    pub fn add_shifter(&mut self, shifter: Shifter) {
        let first = shifter.words.first().map_or("", String::as_str);
        let key = match first.split_once('*') {
            Some((literal, _)) => format!("{}*", start_of(literal)),
            None => first.to_string(),
        };
        self.shifters.entry(key).or_default().push(shifter);
    }

    /// The shifters whose first word may be this folded word.
    pub fn shifters(&self, word: &str) -> impl Iterator<Item = &Shifter> {
        // A stack buffer, because this is asked of every word.
        let start = start_of(word);
        let mut key = [0u8; 9];
        let open = key.get_mut(..start.len()).map(|cells| cells.copy_from_slice(start.as_bytes()));
        let end = start.len() + 1;
        if let Some(cell) = key.get_mut(start.len()) {
            *cell = b'*';
        }
        let glob = open.and(key.get(..end)).and_then(|key| std::str::from_utf8(key).ok());
        let globs = glob.and_then(|key| self.shifters.get(key));
        self.shifters.get(word).into_iter().flatten().chain(globs.into_iter().flatten())
    }

    /// What the last letters of a folded word say of it: the longest ending.
    pub fn ending(&self, word: &str) -> Option<Ending> {
        let fits =
            self.endings.iter().filter(|(ending, _)| word.ends_with(ending.as_str()) && word != ending);
        fits.max_by_key(|(ending, _)| ending.len()).map(|(_, class)| *class)
    }

    /// What the files say of a folded word.
    pub fn facts(&self, word: &str) -> TokenFlags {
        if self.indexed.is_empty() {
            return self.look_up(word).and(self.openings(word));
        }
        let own = self.indexed.get(word).copied().unwrap_or_default();
        let own = self.patterns(word).fold(own, |own, (_, fact)| own.with(*fact));
        let bare = self.possessives.strip(word);
        let titled = bare.len() < word.len()
            && (self.indexed.get(bare).is_some_and(|facts| facts.has(TokenFlag::Title))
                || self.patterns(bare).any(|(_, fact)| *fact == TokenFlag::Title));
        if titled { own.with(TokenFlag::Title) } else { own }
    }

    /// Gathers the facts of all words, so that one look-up finds them. To be
    /// called when nothing more is added.
    pub fn index(&mut self) {
        self.indexed.clear();
        self.globbed.clear();
        let words = self.words.keys().chain(self.pronouns.keys()).chain(self.cues.keys());
        let words = words.chain(self.calendar.keys()).chain(self.dating.keys()).map(String::as_str);
        let words = words.chain(self.anaphors());
        let mut facts: WordMap<TokenFlags> =
            words.map(|word| (word.to_string(), self.look_up(word))).collect();
        let mut globbed: WordMap<Vec<(String, TokenFlag)>> = WordMap::default();
        let titles = self.titles.iter().filter_map(|title| Some((title.words.first()?, TokenFlag::Title)));
        let shifters = self.shifters.values().flatten();
        let shifters = shifters.filter_map(|shifter| Some((shifter.words.first()?, TokenFlag::Shifter)));
        for (first, fact) in titles.chain(shifters) {
            if first.contains('*') {
                globbed.entry(start_of(first).to_string()).or_default().push((first.clone(), fact));
            } else {
                let known = facts.entry(first.clone()).or_default();
                *known = known.with(fact);
            }
        }
        self.indexed = facts;
        self.globbed = globbed;
    }

    /// The patterns of first words that a folded word fits, with what begins so.
    fn patterns(&self, word: &str) -> impl Iterator<Item = &(String, TokenFlag)> {
        let known = self.globbed.get(start_of(word)).into_iter().flatten();
        known.filter(move |(pattern, _)| glob(pattern, word))
    }

    /// Whether a title or a shifter may begin with a folded word, without the index.
    fn openings(&self, word: &str) -> TokenFlags {
        let bare = self.possessives.strip(word);
        let begins = |words: &[String], word: &str| words.first().is_some_and(|first| glob(first, word));
        let title = self.titles.iter().any(|title| begins(&title.words, word) || begins(&title.words, bare));
        let shifter = self.shifters(word).any(|shifter| begins(&shifter.words, word));
        let told = [(TokenFlag::Title, title), (TokenFlag::Shifter, shifter)];
        told.iter()
            .filter(|(_, here)| *here)
            .fold(TokenFlags::default(), |facts, (fact, _)| facts.with(*fact))
    }

    /// The words with which phrases that point back in time begin.
    fn anaphors(&self) -> impl Iterator<Item = &str> {
        let phrases = self.phrases.iter().filter(|(_, class)| *class == WordClass::TimeAnaphor);
        phrases.filter_map(|(words, _)| words.first().map(String::as_str))
    }

    fn look_up(&self, word: &str) -> TokenFlags {
        let classes = self.words.get(word).into_iter().flatten();
        let classes = classes.fold(TokenFlags::default(), |facts, class| facts.with_class(*class));
        let told = [
            (TokenFlag::Pronoun, self.pronouns.contains_key(word)),
            (TokenFlag::Cue, self.cues.contains_key(word)),
            (TokenFlag::Calendar, self.calendar.contains_key(word)),
            (TokenFlag::Dating, self.dating.contains_key(word)),
            (TokenFlag::Anaphor, self.anaphors().any(|first| first == word)),
        ];
        told.iter().filter(|(_, true_here)| *true_here).fold(classes, |facts, (fact, _)| facts.with(*fact))
    }

    /// How many tokens a phrase of a class takes at token `at`; 0 when none
    /// stands there.
    pub fn phrase_at(&self, text: &Text, at: usize, end: usize, class: WordClass) -> usize {
        let fits = |words: &[String]| {
            at + words.len() <= end && words.iter().zip(at..).all(|(word, index)| text.word(index) == word)
        };
        let phrases = self.phrases.iter().filter(|(_, found)| *found == class);
        phrases.filter(|(words, _)| fits(words)).map(|(words, _)| words.len()).max().unwrap_or(0)
    }

    /// Whether a folded word belongs to a class.
    pub fn is(&self, word: &str, class: WordClass) -> bool {
        self.words.get(word).is_some_and(|classes| classes.contains(&class))
    }
}

/// The first two characters of a word, by which shifters are looked up.
fn start_of(word: &str) -> &str {
    let end = word.char_indices().nth(2).map_or(word.len(), |(at, _)| at);
    word.get(..end).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::language::shifter::{ShifterKind, ShifterScope};
    use crate::model::language::title::Role;

    #[test]
    fn a_word_tells_whether_a_title_or_a_shifter_may_begin_with_it() {
        let title = |words: &[&str]| Title {
            words: words.iter().map(|word| word.to_string()).collect(),
            role: Role::Official,
            gender: Gender::Unknown,
            plural: false,
        };
        let shifter = |first: &str| Shifter {
            words: vec![first.to_string(), "all".into()],
            kind: ShifterKind::Negator,
            factor: -1.0,
            scope: ShifterScope::Next,
        };
        let mut language = Language::new("en".into());
        assert!(language.possessives.add("'s", "") && language.possessives.add("s'", "s"));
        language.titles = vec![title(&["prime", "minister"]), title(&["secretar*"])];
        language.add_shifter(shifter("not"));
        language.add_shifter(shifter("hard*"));
        let mut indexed = language.clone();
        indexed.index();
        // Title, shifter.
        let cases = [
            ("prime", true, false),
            ("prime's", true, false),
            ("minister", false, false),
            ("secretaries", true, false),
            ("secretaries'", true, false),
            ("secret", false, false),
            ("not", false, true),
            ("not's", false, false),
            ("hardly", false, true),
            ("har", false, false),
            ("", false, false),
        ];
        for (word, opens_title, opens_shifter) in cases {
            for language in [&language, &indexed] {
                let facts = language.facts(word);
                assert_eq!(
                    (facts.has(TokenFlag::Title), facts.has(TokenFlag::Shifter)),
                    (opens_title, opens_shifter),
                    "{word}"
                );
            }
        }
    }
}
