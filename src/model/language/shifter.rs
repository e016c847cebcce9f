//! Shifters: words that change the sign, strength or certainty of what they scope over.

use serde::Serialize;

/// What a shifter does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ShifterKind {
    /// Turns the sign.
    Negator,
    /// "Without": turns weakly what follows, and with a negator before it makes a
    /// need of it ("no union without").
    Lack,
    /// Strengthens.
    Amplifier,
    /// Weakens.
    Downtoner,
    /// Makes it less certain.
    Hedge,
    /// Makes it depend on something.
    Conditional,
    /// Overrules what stands before it.
    Adversative,
    /// Turns what it introduces when its sentence ends in a question mark
    /// ("who needs", "why should").
    Rhetorical,
    /// Puts what follows in another's mouth ("some say", "they accuse us of").
    OtherView,
    /// Looks like a shifter and is none ("not only").
    Blocker,
}

impl ShifterKind {
    /// All kinds with the word used in files.
    pub const ALL: [(ShifterKind, &'static str); 10] = [
        (ShifterKind::Negator, "negator"),
        (ShifterKind::Lack, "lack"),
        (ShifterKind::Amplifier, "amplifier"),
        (ShifterKind::Downtoner, "downtoner"),
        (ShifterKind::Hedge, "hedge"),
        (ShifterKind::Conditional, "conditional"),
        (ShifterKind::Adversative, "adversative"),
        (ShifterKind::Rhetorical, "rhetorical"),
        (ShifterKind::OtherView, "other_view"),
        (ShifterKind::Blocker, "blocker"),
    ];

    /// The word used in tables.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("blocker", |(_, word)| word)
    }
}

/// Where a shifter works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ShifterScope {
    /// On what follows in the clause.
    Next,
    /// On what precedes in the clause.
    Previous,
    /// On the whole clause.
    Clause,
    /// On what follows in the clause; on what precedes where it stands last.
    Both,
}

impl ShifterScope {
    /// All scopes with the word used in files.
    pub const ALL: [(ShifterScope, &'static str); 4] = [
        (ShifterScope::Next, "next"),
        (ShifterScope::Previous, "previous"),
        (ShifterScope::Clause, "clause"),
        (ShifterScope::Both, "both"),
    ];
}

/// A word or phrase that changes what it scopes over.
#[derive(Debug, Clone, PartialEq)]
pub struct Shifter {
    /// Folded words, `*` allowed inside each.
    pub words: Vec<String>,
    /// What it does.
    pub kind: ShifterKind,
    /// Multiplier: negators -1 to 0, amplifiers above 1, the rest 0 to 1.
    pub factor: f64,
    /// Where it works.
    pub scope: ShifterScope,
}
