//! What is known of a word without its neighbours, one bit each.

/// Classes of closed-class words (`words.csv`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WordClass {
    /// "the".
    Article,
    /// "of".
    Preposition,
    /// "has", "would".
    Auxiliary,
    /// "and".
    Conjunction,
    /// "but", "while": opens a clause.
    Breaker,
    /// "that", «что»: opens reported speech.
    Complementizer,
    /// "who".
    Relative,
    /// "from", "by": what follows is where a thing comes from, and is not valued.
    Source,
    /// Words a negator looks through.
    Transparent,
    /// Words that are capitalised only because they open a sentence.
    Stop,
    /// Adverbs between speaker and cue: "also".
    AdverbBetween,
    /// Trailing time: "today".
    TimeWord,
    /// Nouns for occasions of speech: "meeting", "statement".
    Occasion,
    /// Phrases that point back to a time just named: "on those occasions".
    TimeAnaphor,
    /// «когда», «почему»: opens an indirect question.
    Question,
    /// Opens the circumstances of saying something: «выступая», «отвечая».
    Setting,
    /// "was": makes a passive of a cue ("was asked").
    Copula,
    /// «никто», «никогда»: says no only together with another negator.
    Concord,
    /// "brought", "means": ties what follows to its subject as "is" does.
    Linking,
}

impl WordClass {
    /// All classes with the word used in files.
    pub const ALL: [(WordClass, &'static str); 19] = [
        (WordClass::Article, "article"),
        (WordClass::Preposition, "preposition"),
        (WordClass::Auxiliary, "auxiliary"),
        (WordClass::Conjunction, "conjunction"),
        (WordClass::Breaker, "breaker"),
        (WordClass::Complementizer, "complementizer"),
        (WordClass::Relative, "relative"),
        (WordClass::Source, "source"),
        (WordClass::Transparent, "transparent"),
        (WordClass::Stop, "stop"),
        (WordClass::AdverbBetween, "adverb_between"),
        (WordClass::TimeWord, "time_word"),
        (WordClass::Occasion, "occasion"),
        (WordClass::TimeAnaphor, "time_anaphor"),
        (WordClass::Question, "question"),
        (WordClass::Setting, "setting"),
        (WordClass::Copula, "copula"),
        (WordClass::Concord, "concord"),
        (WordClass::Linking, "linking"),
    ];
}

/// The word classes and flags of a token, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TokenFlags(u32);

/// A property of a token that is no word class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum TokenFlag {
    /// The word is in the list of pronouns.
    Pronoun = 24,
    /// A cue may begin with it.
    Cue = 25,
    /// The word is in `calendar.csv`.
    Calendar = 26,
    /// It has a capital letter.
    Capital = 27,
    /// The word is in `dating.csv`.
    Dating = 28,
    /// A phrase that points back in time may begin with it.
    Anaphor = 29,
    /// A title may begin with it.
    Title = 30,
    /// A shifter may begin with it.
    Shifter = 31,
}

impl TokenFlags {
    /// These flags and one more.
    pub fn with(self, flag: TokenFlag) -> Self {
        TokenFlags(self.0 | 1 << flag as u8)
    }

    /// The flags of both.
    pub fn and(self, others: TokenFlags) -> Self {
        TokenFlags(self.0 | others.0)
    }

    /// These flags and a class.
    pub fn with_class(self, class: WordClass) -> Self {
        TokenFlags(self.0 | 1 << class as u8)
    }

    /// True if a flag is set.
    pub fn has(self, flag: TokenFlag) -> bool {
        self.0 & 1 << flag as u8 != 0
    }

    /// True if a class is set.
    pub fn is(self, class: WordClass) -> bool {
        self.0 & 1 << class as u8 != 0
    }
}
