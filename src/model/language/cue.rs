//! Cues: the words that attribute ("said", "according to").

use serde::Serialize;

/// What a cue makes of what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CueClass {
    /// "said": the speaker stands behind it.
    Neutral,
    /// "praised", "called for": the speaker is for it.
    Endorsing,
    /// "denied", "ruled out": the speaker is against it.
    Denying,
    /// "suggested": weaker than said.
    Hedged,
    /// "recalled": said earlier.
    Recalled,
    /// "asked whether": no claim.
    Questioning,
}

impl CueClass {
    /// All classes with the word used in tables and files.
    pub const ALL: [(CueClass, &'static str); 6] = [
        (CueClass::Neutral, "neutral"),
        (CueClass::Endorsing, "endorsing"),
        (CueClass::Denying, "denying"),
        (CueClass::Hedged, "hedged"),
        (CueClass::Recalled, "recalled"),
        (CueClass::Questioning, "questioning"),
    ];

    /// The word used in tables.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(class, _)| *class == self).map_or("neutral", |(_, word)| word)
    }
}

/// What a cue may govern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Takes {
    /// A clause, with or without "that".
    pub clause: bool,
    /// A quotation (every cue with `clause` takes one too).
    pub quote: bool,
    /// An infinitive ("promised to").
    pub infinitive: bool,
    /// A noun phrase that is the content ("rejected the offer").
    pub object: bool,
    /// A person addressed may stand before the content ("told reporters").
    pub addressee: bool,
    /// The source follows it: "according to X".
    pub prefix: bool,
    /// The source is a possessive inside it: "in his opinion".
    pub possessive: bool,
    /// Nobody is named: "reportedly".
    pub agentless: bool,
    /// A thought, a wish or a plan, no report of speech: "hopes".
    pub thought: bool,
    /// A noun that may attribute: "his claim that".
    pub noun: bool,
    /// Its object is the source: «цитирует Ладогина».
    pub cited: bool,
}

/// One of the flags of [`Takes`].
type Flag = fn(&mut Takes) -> &mut bool;

impl Takes {
    /// The words of the column `takes` in `cues.csv`, each with what it sets.
    pub const ALL: [(Flag, &'static str); 11] = [
        (|takes| &mut takes.clause, "clause"),
        (|takes| &mut takes.quote, "quote"),
        (|takes| &mut takes.infinitive, "infinitive"),
        (|takes| &mut takes.object, "object"),
        (|takes| &mut takes.addressee, "addressee"),
        (|takes| &mut takes.prefix, "prefix"),
        (|takes| &mut takes.possessive, "possessive"),
        (|takes| &mut takes.agentless, "agentless"),
        (|takes| &mut takes.thought, "thought"),
        (|takes| &mut takes.noun, "noun"),
        (|takes| &mut takes.cited, "cited"),
    ];
}

/// One surface form of a cue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// Its lemma ("say").
    pub lemma: String,
    /// The folded words of this form; `~` is the possessive slot.
    pub words: Vec<String>,
    /// What it makes of the content.
    pub class: CueClass,
    /// What it governs.
    pub takes: Takes,
}
