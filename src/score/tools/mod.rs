//! Rules of other tools on a user's own lexicon, to repeat what they gave.
//!
//! Negators, boosters and the like come from the language's folder: the tools' own word lists
//! are not ours to ship. See docs/METHOD.md for what differs.

pub(crate) mod sentences;
pub(crate) mod sentimentr;
pub(crate) mod vader;
pub(crate) mod words;

use crate::score::dictionary::nested::Scope;
use crate::score::dictionary::quanteda;
pub use crate::score::dictionary::quanteda::features;

use crate::model::Scored;
use crate::score::content::Content;
use crate::score::method::Method;

/// Scores one statement by the rules of another tool.
pub fn score(input: &Content, method: Method) -> Scored {
    match method {
        Method::QuantedaKey => quanteda::counted(input, Scope::Key, false),
        Method::Lsd => quanteda::counted(input, Scope::Dictionary, true),
        Method::Vader => vader::vader(input),
        Method::Sentimentr => sentimentr::shifted(input, sentimentr::Form::Coded),
        Method::Cluster => sentimentr::shifted(input, sentimentr::Form::Cluster),
        Method::Compositional | Method::Count | Method::Quanteda => {
            quanteda::counted(input, Scope::Dictionary, false)
        }
    }
}
