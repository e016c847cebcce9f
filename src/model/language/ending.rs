//! Classes of word endings (`endings.csv`).

/// What the last letters of a word say of it (`endings.csv`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ending {
    /// "saying".
    Gerund,
    /// "walked".
    Past,
    /// "quietly".
    Adverb,
    /// "reports".
    Plural,
    /// "Holm's"; only on names.
    Possessive,
    /// «сказал»: past of a man's doing.
    PastMale,
    /// «сказала»: of a woman's.
    PastFemale,
    /// «сказали»: of several persons'.
    PastPlural,
    /// «сказать», where the word alone shows it.
    Infinitive,
    /// «область»: looks like one of the others and is a noun.
    Noun,
}

impl Ending {
    /// All classes with the word used in files.
    pub const ALL: [(Ending, &'static str); 10] = [
        (Ending::Gerund, "gerund"),
        (Ending::Past, "past"),
        (Ending::Adverb, "adverb"),
        (Ending::Plural, "plural"),
        (Ending::Possessive, "possessive"),
        (Ending::PastMale, "past_male"),
        (Ending::PastFemale, "past_female"),
        (Ending::PastPlural, "past_plural"),
        (Ending::Infinitive, "infinitive"),
        (Ending::Noun, "noun"),
    ];
}
