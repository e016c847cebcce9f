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
mod filter;
mod foreign;
mod format;
mod front_matter;
mod gold;
// Fuzzing does without polars.
#[cfg(not(fuzzing))]
mod guarded;
mod inventory;
mod json;
mod language;
mod lexicon;
mod lines;
mod links;
mod listed;
mod listing;
mod markup;
mod metadata;
mod notation;
mod notes;
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
mod short;
mod stream;
mod table;
mod weights;

pub use ahead::{Ahead, ahead};
pub use columns::{Mapping, Role};
pub use date_format::DateFormat;
pub use door::{Door, Ids, Inputs, Item, Lot, Options, Piece, Records, articles, nothing, open};
pub use events::events;
pub use filter::Filter;
pub use foreign::{Columns, Foreign, Import, lexicoder, liwc, quanteda, weighted};
pub use format::{Format, Kind, Packing};
pub use gold::{coders, gold};
pub use inventory::{Lying, inventory};
pub use language::{language, languages};
pub use lexicon::{Draft, draft, lexicon};
pub use listed::{Listed, listed};
pub use listing::Source;
pub use notation::mistake;
pub use notes::{More, Notes};
pub use records::records;
pub use roster::roster;
pub use scored::{ScoredTable, Wanted, scored};
pub use scores::{ScoreRow, key, scores};
pub use weights::{annotations, weights, weights_bytes};

/// Size limit of files that a run reads beside its articles: rosters, lexicons, rules of
/// languages, events, settings. The largest that come with stance have a megabyte.
pub const RESOURCE_BYTES: u64 = 64 << 20;
/// Size limit of files that are read as one: records of `--unit statement`, codes,
/// dictionaries of other programs.
const TABLE_BYTES: u64 = 4 << 30;

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
