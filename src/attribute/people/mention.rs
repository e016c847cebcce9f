//! A person or body that an article names, and the place where it is named.

use crate::attribute::people::roster_index::Case;
use crate::model::{Gender, Held};
use std::ops::Range;

/// Whom a name or title refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Referent {
    /// An actor on the roster, by index.
    Listed(usize),
    /// Somebody off the roster, by the fullest form of the name in this article.
    Unlisted(String),
}

/// One place where somebody is named.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Its tokens, with a title before the name.
    pub tokens: Range<usize>,
    /// Whom it refers to; several for "the two presidents".
    pub who: Vec<Referent>,
    /// Gender, for pronouns that refer back to it.
    pub gender: Gender,
    /// True if it means several persons.
    pub plural: bool,
    /// True for persons and bodies, which can be speakers; capitalised names of things are mentions
    /// too.
    pub speaks: bool,
    /// True if it contains a name, not only a title.
    pub named: bool,
    /// The grammatical cases its form can have.
    pub case: Case,
    /// The office by which somebody on the roster was recognised.
    pub office: Option<Held>,
    /// How it was resolved, as shown to the user.
    pub because: String,
}

/// True for initials that are one token: "J.R.".
pub fn are_initials(word: &str) -> bool {
    word.ends_with('.') && word.chars().count() > 3
}
