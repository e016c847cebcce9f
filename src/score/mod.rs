//! Scores statements: lexicon matches, what shifts them, and the scale.
//!
//! `lookup` finds the entries of a lexicon. `compositional` is our own method, `dictionary` and
//! `tools` repeat what other tools do with a word list. `scales` puts the result on another
//! scale, `account` says in words how a score came about. No word of any language or lexicon is
//! in the code.

pub(crate) mod absent;
pub mod account;
pub(crate) mod compositional;
pub(crate) mod content;
pub mod counts;
pub(crate) mod dictionary;
pub(crate) mod lookup;
pub(crate) mod method;
pub(crate) mod scales;
pub(crate) mod tools;

use crate::score::absent::without_any;
pub use crate::score::compositional::bounded_mean::{DEAD_ZONE, bounded_mean, derive, soft_threshold};
pub use crate::score::compositional::calibrate::{Example, Prior, fit};
pub use crate::score::compositional::clauses::{Clause, clauses};
use crate::score::compositional::features;
pub use crate::score::compositional::features::priors;
use crate::score::content::{Content, pieces, words};
use crate::score::dictionary::count;
pub use crate::score::dictionary::nested::{Candidate, Scope, lookup};
pub use crate::score::lookup::matcher::Matcher;
pub use crate::score::method::Method;
pub use crate::score::scales::{Evidence, Scale, evidence};

use crate::model::{Hit, Language, Lexicon, NoScore, Scored, Statement, Text};

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
        return without_any(lexicon, NoScore::Language);
    }
    let content = Content { pieces: pieces(statement, text), text, body, matcher, language };
    match method {
        Method::Compositional => compositional::compose(statement, &content),
        Method::Count => count::count(&content),
        _ => tools::score(&content, method),
    }
}

/// Puts a statement's scores on a scale; [`Scale::Mean`] keeps them.
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
    let pieces = pieces(statement, text);
    let words = words(&pieces, text);
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
    let content = Content { pieces: pieces(statement, text), text, body, matcher, language };
    let read = compositional::read(statement, &content);
    let counts = read.hits.iter().any(|hit| hit.contribution != 0.0);
    counts.then(|| features::features(matcher.lexicon(), &read))
}
