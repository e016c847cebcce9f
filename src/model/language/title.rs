//! Titles: nouns for offices and kinds of speakers, with the role that ties a title to the
//! offices of the roster.

use crate::model::language::gender::Gender;

/// The role of a title in `titles.csv` and of an office in a roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// "president", "king".
    HeadOfState,
    /// "prime minister", "chancellor".
    PrimeMinister,
    /// "deputy prime minister".
    DeputyPrimeMinister,
    /// "foreign minister".
    ForeignMinister,
    /// "defence minister".
    DefenceMinister,
    /// "interior minister".
    InteriorMinister,
    /// "justice minister".
    JusticeMinister,
    /// "economy minister".
    EconomyMinister,
    /// "finance minister".
    FinanceMinister,
    /// "governor of the central bank".
    CentralBankGovernor,
    /// Presides over a parliament.
    Speaker,
    /// "state secretary", as of the Union State.
    StateSecretary,
    /// Speaks for a country in another one.
    Ambassador,
    /// Speaks for somebody else: "spokesperson", "press secretary".
    Spokesperson,
    /// "member of parliament".
    Mp,
    /// "leader of the opposition".
    OppositionLeader,
    /// Persons of rank whose titles differ ("mayor", "deputy", "chairman"): two of them are
    /// the same person only where the title is the same word.
    Chairman,
    /// "leader": the head of state, else the head of government.
    Leader,
    /// A person without a certain office: "official", "expert".
    Official,
    /// A body that speaks: "ministry", "parliament".
    Body,
    /// A form of address: "Mr". It names nobody without the name behind it.
    Mister,
}

impl Role {
    /// All roles with the word used in files.
    pub const ALL: [(Role, &'static str); 21] = [
        (Role::HeadOfState, "head_of_state"),
        (Role::PrimeMinister, "prime_minister"),
        (Role::DeputyPrimeMinister, "deputy_prime_minister"),
        (Role::ForeignMinister, "foreign_minister"),
        (Role::DefenceMinister, "defence_minister"),
        (Role::InteriorMinister, "interior_minister"),
        (Role::JusticeMinister, "justice_minister"),
        (Role::EconomyMinister, "economy_minister"),
        (Role::FinanceMinister, "finance_minister"),
        (Role::CentralBankGovernor, "central_bank_governor"),
        (Role::Speaker, "speaker"),
        (Role::StateSecretary, "state_secretary"),
        (Role::Ambassador, "ambassador"),
        (Role::Spokesperson, "spokesperson"),
        (Role::Mp, "mp"),
        (Role::OppositionLeader, "opposition_leader"),
        (Role::Chairman, "chairman"),
        (Role::Leader, "leader"),
        (Role::Official, "official"),
        (Role::Body, "body"),
        (Role::Mister, "mister"),
    ];

    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(role, _)| *role == self).map_or("official", |(_, word)| word)
    }

    /// The role with this word; None for a word that is none.
    pub fn of(word: &str) -> Option<Role> {
        Self::ALL.iter().find(|(_, known)| *known == word).map(|(role, _)| *role)
    }
}

/// A noun for an office or a kind of speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// Folded words, `*` allowed.
    pub words: Vec<String>,
    /// The office, or the kind of speaker.
    pub role: Role,
    /// Unknown means any.
    pub gender: Gender,
    /// "presidents".
    pub plural: bool,
}
