//! Where a statement stands: lexicon matches, shifters and the scale.
//!
//! Lives here: matching, scope and arithmetic. May not live here: words of any
//! language or any lexicon (both are data), or who said it.
//!
//! The account of one statement: `matcher` finds the entries, `clauses` cuts
//! the content, `shifters` finds what turns or damps, `units` joins appraisals to
//! their targets, `scene` tells what reaches them, `algebra` what signs come of it,
//! `compose` goes through these steps, `features` sums its hits
//! up under readable names, `scale` makes one number of them, with the weights
//! that `calibrate` fitted where the lexicon has any.
//! `count` is the plain dictionary count, for comparison, `presets` the rules of
//! other tools, `counts` the scales that others make of counts, `scales` one
//! statement on such a scale.

pub(crate) mod compositional;
pub mod counts;
pub(crate) mod dictionary;
pub(crate) mod lookup;
pub(crate) mod scales;
pub(crate) mod tools;

use crate::score::compositional::bounded_mean;
pub use crate::score::compositional::bounded_mean::{QUIET, bounded_mean, derive, loud};
pub use crate::score::compositional::calibrate::{Example, Prior, fit};
pub use crate::score::compositional::clauses::{Clause, clauses};
use crate::score::compositional::features;
pub use crate::score::compositional::features::priors;
use crate::score::dictionary::count;
pub use crate::score::dictionary::nested::{Candidate, Scope, lookup};
pub use crate::score::lookup::matcher::Matcher;
pub use crate::score::scales::{Evidence, Scale, evidence};

use crate::model::{Hit, Language, Lexicon, NoScore, Scored, Statement, Text, TokenKind};

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

impl Method {
    /// Whether its hits are counted rather than weighed.
    pub fn counts(self) -> bool {
        matches!(self, Method::Count | Method::Quanteda | Method::QuantedaKey | Method::Lsd)
    }

    /// Whether it has a formula of its own that no other scale can replace.
    pub fn has_own_scale(self) -> bool {
        matches!(self, Method::Vader | Method::Sentimentr | Method::Cluster)
    }
}

/// Scores one statement on all axes of one lexicon.
pub fn score(
    statement: &Statement,
    text: &Text,
    body: &str,
    matcher: &Matcher,
    language: &Language,
    method: Method,
) -> Scored {
    let lexicon = matcher.lexicon();
    if !lexicon.languages.contains(&language.code) {
        return absent(matcher, NoScore::Language);
    }
    let pieces: Vec<std::ops::Range<usize>> =
        statement.content.iter().map(|span| text.tokens_in(*span)).collect();
    match method {
        Method::Compositional => compositional::compose(statement, &pieces, text, body, matcher, language),
        Method::Count => count::count(&pieces, text, matcher, language),
        preset => tools::preset(&pieces, text, body, matcher, language, preset),
    }
}

/// Puts a statement's scores on a scale; [`Scale::Mean`] leaves them as they are.
pub fn on_scale(
    scored: &mut Scored,
    scale: Scale,
    statement: &Statement,
    text: &Text,
    lexicon: &Lexicon,
    method: Method,
) {
    if scale == Scale::Mean || method.has_own_scale() {
        return;
    }
    let pieces: Vec<std::ops::Range<usize>> =
        statement.content.iter().map(|span| text.tokens_in(*span)).collect();
    let word = |at: &usize| text.tokens[*at].kind != TokenKind::Punctuation;
    let words = pieces.iter().cloned().flatten().filter(word).count();
    // quanteda divides by what it calls features.
    let looked_up = method.counts() && method != Method::Count;
    let units = |hits: &[&Hit]| if looked_up { tools::features(&pieces, text, hits) } else { words };
    scales::rescale(scored, lexicon, method, scale, &units);
}

/// The features of one statement by which a lexicon's calibration weighs it, in
/// the order of [`Matcher::features`]; None when no hit counts on any axis.
pub fn features(
    statement: &Statement,
    text: &Text,
    body: &str,
    matcher: &Matcher,
    language: &Language,
) -> Option<Vec<f64>> {
    let pieces: Vec<std::ops::Range<usize>> =
        statement.content.iter().map(|span| text.tokens_in(*span)).collect();
    let read = compositional::read(statement, &pieces, text, body, matcher, language);
    let counts = read.hits.iter().any(|hit| hit.contribution != 0.0);
    counts.then(|| features::features(matcher.lexicon(), &read))
}

/// No score on any axis, for one reason.
fn absent(matcher: &Matcher, reason: NoScore) -> Scored {
    let axes = matcher.lexicon().all_axes().map(|axis| axis.id);
    let scores = axes.map(|axis| bounded_mean::without(axis, reason)).collect();
    Scored { scores, hits: Vec::new() }
}
