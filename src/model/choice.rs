//! Closed sets of words from which a user picks one.

use std::fmt;

/// A value that a user names by a word: on the command line, in `stance.toml`, and in the
/// configuration that `run.json` keeps.
pub trait Choice: Copy + PartialEq + Send + Sync + 'static {
    /// All values, in the order in which help texts list them.
    const ALL: &'static [Self];

    /// The word for the value.
    fn as_str(self) -> &'static str;

    /// One line of help; empty where the word explains itself.
    fn help(self) -> &'static str {
        ""
    }

    /// The value that a word names, upper and lower case alike.
    ///
    /// # Errors
    /// The word names no value; the error lists the words that do.
    fn parse(word: &str) -> Result<Self, UnknownWord> {
        let known = Self::ALL.iter().find(|value| value.as_str().eq_ignore_ascii_case(word));
        known.copied().ok_or_else(|| UnknownWord {
            word: word.to_string(),
            known: Self::ALL.iter().map(|value| value.as_str()).collect(),
        })
    }
}

/// A word that names no value of a [`Choice`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownWord {
    /// The word as it was given.
    pub word: String,
    /// The words that are known.
    pub known: Vec<&'static str>,
}

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "'{}' is not known; use one of {}", self.word, self.known.join(", "))
    }
}

impl std::error::Error for UnknownWord {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Period;

    #[test]
    fn a_word_is_read_in_any_case_and_an_unknown_one_is_answered_with_all_words() {
        assert_eq!(Period::parse("Quarter"), Ok(Period::Quarter));
        let unknown = Period::parse("week").unwrap_err();
        assert_eq!(unknown.to_string(), "'week' is not known; use one of year, half, quarter, month");
    }
}
