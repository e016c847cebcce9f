//! Pronouns and their roles in a clause.

use crate::model::language::gender::Gender;

/// What part a pronoun plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PronounRole {
    /// "he".
    Subject,
    /// "him".
    Object,
    /// "his".
    Possessive,
    /// "who".
    Relative,
}

impl PronounRole {
    /// All roles with the word used in files.
    pub const ALL: [(PronounRole, &'static str); 4] = [
        (PronounRole::Subject, "subject"),
        (PronounRole::Object, "object"),
        (PronounRole::Possessive, "possessive"),
        (PronounRole::Relative, "relative"),
    ];
}

/// A pronoun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pronoun {
    /// Unknown means any.
    pub gender: Gender,
    /// "they".
    pub plural: bool,
    /// 1, 2 or 3.
    pub person: u8,
    /// What part it plays.
    pub role: PronounRole,
}
