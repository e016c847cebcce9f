//! The only door in: files become articles, records, lexicons, rosters and
//! language rules.
//!
//! Lives here: formats, encodings, what is boilerplate, messages that name file
//! and line. May not live here: reading sentences.

pub(crate) mod articles;
pub(crate) mod closed;
pub(crate) mod columns;
pub(crate) mod files;
pub(crate) mod notes;
pub(crate) mod resources;
pub(crate) mod results;
pub(crate) mod short;
pub(crate) mod tables;
pub(crate) mod text;

pub use crate::ingest::articles::reader::{
    Door, Ids, Inputs, Item, Lot, Options, Piece, Records, articles, nothing, open,
};
pub use crate::ingest::articles::statement_records::records;
pub use crate::ingest::columns::{Mapping, Role};
pub use crate::ingest::files::filter::Filter;
pub use crate::ingest::files::format::{Format, Kind, Packing};
pub use crate::ingest::files::inventory::{Lying, inventory};
pub use crate::ingest::files::listing::Source;
pub use crate::ingest::files::prefetch::{Ahead, ahead};
pub use crate::ingest::notes::{More, Notes};
pub use crate::ingest::resources::dictionaries::{
    Columns, Foreign, Import, lexicoder, liwc, quanteda, weighted,
};
pub use crate::ingest::resources::events::events;
pub use crate::ingest::resources::language::{language, languages};
pub use crate::ingest::resources::lexicon::{Draft, draft, lexicon};
pub use crate::ingest::resources::resource_path::{BUILTIN, ResourcePath};
pub use crate::ingest::resources::roster::roster;
pub use crate::ingest::resources::toml_errors::mistake;
pub use crate::ingest::resources::weights::{annotations, weights, weights_bytes};
pub use crate::ingest::results::codes::{coders, gold};
pub use crate::ingest::results::listed::{Listed, listed};
pub use crate::ingest::results::scores::{ScoreRow, key, scores};
pub use crate::ingest::results::statements::{ScoredTable, Wanted, scored};
pub use crate::ingest::text::dates::format::DateFormat;

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
