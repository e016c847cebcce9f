//! Possessive endings of names, titles and terms ("Holm's").

/// The possessive endings of a language, longest first; empty for a language without them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Possessives(Vec<PossessiveEnding>);

/// An ending and what of it belongs to the word.
#[derive(Debug, Clone, PartialEq, Eq)]
struct PossessiveEnding {
    /// Folded: "'s", "s'".
    ending: String,
    /// Bytes of the ending that belong to the word: 1 for "s'".
    keeps: usize,
}

impl Possessives {
    /// Adds a folded ending. `keeps` is the part of it that belongs to the word: "s" for
    /// the ending "s'" of "states'". False if the ending does not begin with it.
    #[must_use]
    pub fn add(&mut self, ending: &str, keeps: &str) -> bool {
        if !ending.starts_with(keeps) || ending == keeps {
            return false;
        }
        self.0.push(PossessiveEnding { ending: ending.to_string(), keeps: keeps.len() });
        self.0.sort_by(|one, two| two.ending.len().cmp(&one.ending.len()).then(one.ending.cmp(&two.ending)));
        true
    }

    /// A folded word without its possessive ending.
    pub fn strip<'a>(&self, word: &'a str) -> &'a str {
        let found = self.0.iter().find(|possessive| word.ends_with(possessive.ending.as_str()));
        let bare = found
            .and_then(|PossessiveEnding { ending, keeps }| word.get(..word.len() - ending.len() + keeps));
        bare.unwrap_or(word)
    }

    /// Words as typed without their possessive ending, with any apostrophe.
    pub fn strip_typed<'a>(&self, words: &'a str) -> &'a str {
        let bare = self.0.iter().find_map(|PossessiveEnding { ending, keeps }| {
            let (kept, mark) = ending.split_at(*keeps);
            let typed = mark.replace('\'', "’");
            let bare = words.strip_suffix(mark).or_else(|| words.strip_suffix(typed.as_str()))?;
            bare.ends_with(kept).then_some(bare)
        });
        bare.unwrap_or(words)
    }

    /// True if a token is a possessive mark that stands apart from its word.
    pub fn is_mark(&self, word: &str) -> bool {
        self.0.iter().any(|possessive| possessive.ending.get(possessive.keeps..) == Some(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_possessive_ending_is_taken_off_as_the_language_says() {
        let mut english = Possessives::default();
        assert_eq!(english.strip("holm's"), "holm's");
        assert!(english.add("s'", "s") && english.add("'s", ""));
        assert!(!english.add("'s", "s") && !english.add("", ""));
        let cases =
            [("holm's", "holm"), ("states'", "states"), ("holm", "holm"), ("marx'", "marx'"), ("", "")];
        for (word, bare) in cases {
            assert_eq!(english.strip(word), bare, "{word}");
            assert_eq!(english.strip_typed(word), bare, "{word}");
        }
        assert_eq!(english.strip_typed("the two States’"), "the two States");
        assert_eq!(english.strip_typed("Ann Holm’s"), "Ann Holm");
        assert!(english.is_mark("'s") && english.is_mark("'") && !english.is_mark("s'"));
    }
}
