//! One thing that is wrong with a lexicon, and how grave it is.

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The lexicon does not do what its author wrote.
    Error,
    /// It does, but perhaps not what its author wants.
    Warning,
}

impl Severity {
    /// The word used in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// What can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Defect {
    /// The row cannot be read.
    Unreadable,
    /// The same row twice.
    Duplicate,
    /// The same term for both poles of one axis.
    Contradiction,
    /// No text can ever match it.
    Unreachable,
    /// A glob with too few letters, so that it matches unrelated words.
    ShortGlob,
    /// A glob of the same value matches it already.
    Shadowed,
    /// Letters of two scripts that look alike.
    Homoglyph,
    /// It is worth nothing.
    NoEffect,
    /// Far more entries for one pole than for the other.
    Imbalance,
}

impl Defect {
    /// The word used in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Defect::Unreadable => "unreadable",
            Defect::Duplicate => "duplicate",
            Defect::Contradiction => "contradiction",
            Defect::Unreachable => "unreachable",
            Defect::ShortGlob => "short_glob",
            Defect::Shadowed => "shadowed",
            Defect::Homoglyph => "homoglyph",
            Defect::NoEffect => "no_effect",
            Defect::Imbalance => "imbalance",
        }
    }
}

/// A defect with its place and the remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How grave it is.
    pub severity: Severity,
    /// Its kind.
    pub defect: Defect,
    /// `file:line`, or the file where no line is at fault.
    pub place: String,
    /// The term as typed; empty where none is at fault.
    pub term: String,
    /// What was found.
    pub message: String,
    /// What to do.
    pub remedy: String,
}

impl Finding {
    /// Something that must be mended.
    pub fn error(defect: Defect, (place, term): (&str, &str), message: String, remedy: String) -> Self {
        let (place, term) = (place.to_string(), term.to_string());
        Finding { severity: Severity::Error, defect, place, term, message, remedy }
    }

    /// Something to look at.
    pub fn warning(defect: Defect, at: (&str, &str), message: String, remedy: String) -> Self {
        Finding { severity: Severity::Warning, ..Finding::error(defect, at, message, remedy) }
    }
}
