//! The only door in: files become articles, records, lexicons, rosters and
//! language rules.
//!
//! Lives here: formats, encodings, what is boilerplate, messages that name file
//! and line. May not live here: reading sentences.

mod articles;
mod boilerplate;
mod dates;
mod decode;
mod foreign;
mod front_matter;
mod gold;
mod language;
mod lexicon;
mod listed;
mod partial;
mod records;
mod roster;
mod scores;
mod sheet;
mod weights;

pub use articles::{Inputs, articles};
pub use foreign::{Columns, Foreign, Import, lexicoder, liwc, quanteda, weighted};
pub use gold::{coders, gold};
pub use language::{language, languages};
pub use lexicon::{Draft, draft, lexicon};
pub use listed::{Listed, listed};
pub use records::records;
pub use roster::roster;
pub use scores::{ScoreRow, key, scores};
pub use weights::{annotations, weights, weights_bytes};

/// Folds a word as the tokeniser does: lower case, ё as е, plain apostrophes
/// and hyphens. (`segment` folds the text; a test in `tests/` holds the two to
/// the same result.)
fn fold(word: &str) -> String {
    word.to_lowercase()
        .replace('ё', "е")
        .replace(['’', 'ʼ', '‘'], "'")
        .replace(['‐', '‑'], "-")
        .replace('\u{ad}', "")
}
