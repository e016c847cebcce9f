//! What the rules of other tools ask about a word: is it a negator, an amplifier, transparent?
//! They look at single words; phrases ("out of the question") are unknown to them.

use crate::model::{Language, ShifterKind, ShifterScope, WordClass, glob};

/// Whether a single folded word is a shifter of a kind.
pub fn is(language: &Language, word: &str, kind: ShifterKind) -> bool {
    language.shifters(word).any(|shifter| {
        shifter.kind == kind
            && shifter.words.len() == 1
            && shifter.words.first().is_some_and(|pattern| glob(pattern, word))
    })
}

/// Whether a word negates what follows it ("not", "without").
pub fn negates(language: &Language, word: &str) -> bool {
    language.shifters(word).any(|shifter| {
        matches!(shifter.kind, ShifterKind::Negator | ShifterKind::Lack)
            && matches!(shifter.scope, ShifterScope::Next | ShifterScope::Both)
            && shifter.words.len() == 1
            && shifter.words.first().is_some_and(|pattern| glob(pattern, word))
    })
}

/// Whether Lexicoder's preparation would drop a word between a negator and what
/// it negates: articles, copulas, words of degree, function words.
pub fn transparent(language: &Language, word: &str) -> bool {
    let class = |class| language.is(word, class);
    class(WordClass::Article)
        || class(WordClass::Transparent)
        || class(WordClass::Copula)
        || is(language, word, ShifterKind::Amplifier)
}
