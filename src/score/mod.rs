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
//! `count` is the plain dictionary count, for comparison, `counts` the scales
//! that others make of counts.

mod algebra;
mod calibrate;
mod clauses;
mod compose;
mod count;
pub mod counts;
mod features;
mod matcher;
mod parts;
mod scale;
mod scene;
mod shifters;
mod units;

pub use calibrate::{Example, fit};
pub use features::signs;
pub use matcher::Matcher;
pub use scale::{QUIET, bounded_mean, derive};

use crate::model::{Language, NoScore, Scored, Statement, Text};

/// How statements are scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Method {
    /// Targets, appraisals and shifters.
    #[default]
    Compositional,
    /// Plain counting of entries by pole, as dictionary tools do.
    Count,
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
        Method::Compositional => compose::compose(statement, &pieces, text, body, matcher, language),
        Method::Count => count::count(&pieces, text, matcher, language),
    }
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
    let read = compose::read(statement, &pieces, text, body, matcher, language);
    let counts = read.hits.iter().any(|hit| hit.contribution != 0.0);
    counts.then(|| features::features(matcher.lexicon(), &read))
}

/// No score on any axis, for one reason.
fn absent(matcher: &Matcher, reason: NoScore) -> Scored {
    let lexicon = matcher.lexicon();
    let axes = lexicon.axes.iter().map(|axis| &axis.id);
    let derived = lexicon.derived.iter().map(|derived| &derived.axis.id);
    let scores = axes.chain(derived).map(|axis| scale::without(axis, reason)).collect();
    Scored { scores, hits: Vec::new() }
}
