//! The only door in: files become articles, records, lexicons, rosters and
//! language rules.
//!
//! Lives here: formats, encodings, what is boilerplate, messages that name file
//! and line. May not live here: reading sentences.

mod ahead;
mod articles;
mod boilerplate;
mod bytes;
mod columns;
mod date_format;
mod dates;
mod decode;
mod detect;
mod docx;
mod door;
mod events;
mod foreign;
mod format;
mod front_matter;
mod gold;
mod inventory;
mod json;
mod language;
mod lexicon;
mod lines;
mod listed;
mod listing;
mod notation;
mod page;
// Fuzzing does without polars, see fuzz/Cargo.toml.
#[cfg_attr(fuzzing, path = "../../fuzz/src/no_parquet.rs")]
mod parquet;
mod partial;
mod records;
mod roster;
mod scored;
mod scores;
mod sheet;
mod stream;
mod table;
mod weights;

pub use ahead::{Ahead, ahead};
pub use columns::{Mapping, Role};
pub use date_format::DateFormat;
pub use door::{Door, Ids, Inputs, Item, Lot, Options, Piece, Records, articles, nothing, open};
pub use events::events;
pub use foreign::{Columns, Foreign, Import, lexicoder, liwc, quanteda, weighted};
pub use format::{Format, Kind, Packing};
pub use gold::{coders, gold};
pub use inventory::{Lying, inventory};
pub use language::{language, languages};
pub use lexicon::{Draft, draft, lexicon};
pub use listed::{Listed, listed};
pub use listing::{Filter, Source};
pub use notation::mistake;
pub use records::records;
pub use roster::roster;
pub use scored::{ScoredTable, Wanted, scored};
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
