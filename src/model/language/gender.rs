//! Grammatical gender.

/// Grammatical gender, for pronouns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Gender {
    /// "he", «он».
    Male,
    /// "she", «она».
    Female,
    /// Bodies, and persons of whom the roster does not say it.
    #[default]
    Unknown,
}

impl Gender {
    /// All genders with the word used in the tables of languages.
    pub const ALL: [(Gender, &'static str); 3] =
        [(Gender::Male, "male"), (Gender::Female, "female"), (Gender::Unknown, "any")];
}
