//! The methods by which statements are scored, and what is to be said about each.
//!
//! A new method is a variant here, a branch in `tools::score`, and a file
//! with its rules.

use crate::model::{Choice, UnknownWord};
use std::str::FromStr;

/// How statements are scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Method {
    /// Targets, appraisals and shifters.
    #[default]
    Compositional,
    /// Plain counting of entries by pole, as dictionary tools do.
    Count,
    /// quanteda's look-up, nested matches suppressed over the whole dictionary, as
    /// its polarity and valence functions do.
    Quanteda,
    /// The same with nested matches suppressed within a key only.
    QuantedaKey,
    /// Lexicoder: a look-up in which a negated word counts on the other pole.
    Lsd,
    /// VADER's rules.
    Vader,
    /// sentimentr, as coded.
    Sentimentr,
    /// sentometrics' clusters of valence shifters.
    Cluster,
}

/// How a hit gets its contribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arithmetic {
    /// Weight, shifters, and the signs of what governs it.
    Signs,
    /// One for the pole of its weight.
    Counts,
    /// Weight times one factor.
    Product,
}

/// What is to be said about a method.
struct About {
    word: &'static str,
    help: &'static str,
    caption: &'static str,
    arithmetic: Arithmetic,
    formula: &'static str,
    /// Whether scores stay within [-1, 1].
    bounded: bool,
}

impl Method {
    fn about(self) -> About {
        match self {
            Method::Compositional => About {
                word: "compositional",
                help: "Targets, appraisals, negation and the other shifters",
                caption: "compositional lexicon score",
                arithmetic: Arithmetic::Signs,
                formula: "sum c |c| / sum |c| over contributions c",
                bounded: true,
            },
            Method::Count => About {
                word: "count",
                help: "Plain counting of dictionary words, for comparison",
                caption: "plain dictionary count",
                arithmetic: Arithmetic::Counts,
                formula: BALANCE,
                bounded: true,
            },
            Method::Quanteda => About {
                word: "quanteda",
                help: "quanteda's look-up, as textstat_polarity does it (scope dictionary)",
                caption: "dictionary look-up as in quanteda",
                arithmetic: Arithmetic::Counts,
                formula: BALANCE,
                bounded: true,
            },
            Method::QuantedaKey => About {
                word: "quanteda-key",
                help: "quanteda's look-up, nested matches of other keys counted too (scope key)",
                caption: "dictionary look-up as in quanteda",
                arithmetic: Arithmetic::Counts,
                formula: BALANCE,
                bounded: true,
            },
            Method::Lsd => About {
                word: "lsd",
                help: "Lexicoder: a look-up in which a negated word counts on the other pole",
                caption: "dictionary look-up with Lexicoder's negation",
                arithmetic: Arithmetic::Counts,
                formula: BALANCE,
                bounded: true,
            },
            Method::Vader => About {
                word: "vader",
                help: "VADER's rules with your weights (times 4) and this language's word lists",
                caption: "VADER's rules on this lexicon",
                arithmetic: Arithmetic::Product,
                formula: "mean over sentences of s / sqrt(s² + 15), s = 4 times contributions and marks",
                bounded: true,
            },
            Method::Sentimentr => About {
                word: "sentimentr",
                help: "sentimentr's formula as it is coded",
                caption: "sentimentr's formula on this lexicon",
                arithmetic: Arithmetic::Product,
                formula: SENTENCES,
                bounded: false,
            },
            Method::Cluster => About {
                word: "cluster",
                help: "sentometrics' clusters of valence shifters",
                caption: "clusters of valence shifters on this lexicon",
                arithmetic: Arithmetic::Product,
                formula: SENTENCES,
                bounded: false,
            },
        }
    }

    /// What a chart's caption says of it.
    pub fn caption(self) -> &'static str {
        self.about().caption
    }

    /// How its hits get their contributions.
    pub fn arithmetic(self) -> Arithmetic {
        self.about().arithmetic
    }

    /// Its own formula, from contributions to the score of an axis.
    pub fn formula(self) -> &'static str {
        self.about().formula
    }

    /// True if its hits are counted rather than weighed.
    pub fn counts(self) -> bool {
        self.arithmetic() == Arithmetic::Counts
    }

    /// True if it has a formula of its own that no other scale can replace.
    pub fn has_own_scale(self) -> bool {
        self.arithmetic() == Arithmetic::Product
    }

    /// True if the scores by its own formula lie in [-1, 1].
    pub fn is_bounded(self) -> bool {
        self.about().bounded
    }
}

/// The balance of counts on the positive and the negative pole.
const BALANCE: &str = "(P - N) / (P + N)";
/// The formula of sentimentr and sentometrics.
const SENTENCES: &str = "mean over sentences of the sum of contributions";

impl Choice for Method {
    const ALL: &'static [Method] = &[
        Method::Compositional,
        Method::Count,
        Method::Quanteda,
        Method::QuantedaKey,
        Method::Lsd,
        Method::Vader,
        Method::Sentimentr,
        Method::Cluster,
    ];

    fn as_str(self) -> &'static str {
        self.about().word
    }

    fn help(self) -> &'static str {
        self.about().help
    }
}

impl FromStr for Method {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Method, UnknownWord> {
        Method::parse(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_method_is_read_back_from_its_word() {
        for method in Method::ALL {
            assert_eq!(method.as_str().parse(), Ok(*method));
            assert!(
                !method.help().is_empty() && !method.caption().is_empty() && !method.formula().is_empty()
            );
        }
        let unknown = "counts".parse::<Method>().unwrap_err().to_string();
        assert!(unknown.starts_with("'counts' is not known; use one of compositional, count, "), "{unknown}");
    }
}
