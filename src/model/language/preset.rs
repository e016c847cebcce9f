//! Roles of the words that the rules of other tools name (`presets.csv`); see docs/METHOD.md 4.7.

/// What a word or phrase does in the rules of another tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PresetRole {
    /// VADER: "no" turns one of the three words behind it.
    VaderNo,
    /// VADER: "or" and "nor", behind which a "no" still counts.
    VaderNoJoiner,
    /// VADER: "never", which with "so" or "this" behind it strengthens.
    VaderNever,
    /// VADER: "so" and "this" behind "never".
    VaderSo,
    /// VADER: "without", which with "doubt" behind it turns nothing.
    VaderWithout,
    /// VADER: "doubt" behind "without".
    VaderDoubt,
    /// VADER: "least", which turns.
    VaderLeast,
    /// VADER: "at" and "very", before which "least" turns nothing.
    VaderLeastBefore,
    /// VADER: "but".
    VaderBut,
    /// VADER: phrases whose first word is no judgement ("kind of").
    VaderSilent,
    /// VADER: letters that negate as part of a word ("n't").
    VaderPart,
    /// VADER: dampers of several words ("sort of").
    VaderDamper,
    /// VADER: idioms, with a value from -4 to 4.
    VaderIdiom,
}

impl PresetRole {
    /// All roles with the word used in files.
    pub const ALL: [(PresetRole, &'static str); 13] = [
        (PresetRole::VaderNo, "vader_no"),
        (PresetRole::VaderNoJoiner, "vader_no_joiner"),
        (PresetRole::VaderNever, "vader_never"),
        (PresetRole::VaderSo, "vader_so"),
        (PresetRole::VaderWithout, "vader_without"),
        (PresetRole::VaderDoubt, "vader_doubt"),
        (PresetRole::VaderLeast, "vader_least"),
        (PresetRole::VaderLeastBefore, "vader_least_before"),
        (PresetRole::VaderBut, "vader_but"),
        (PresetRole::VaderSilent, "vader_silent"),
        (PresetRole::VaderPart, "vader_part"),
        (PresetRole::VaderDamper, "vader_damper"),
        (PresetRole::VaderIdiom, "vader_idiom"),
    ];
}
