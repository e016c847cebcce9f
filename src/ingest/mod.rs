//! Reads everything that comes from outside: articles, records, lexicons, rosters, rules of
//! languages, tables of earlier runs. Only this module opens inputs; errors name file and line.

pub(crate) mod articles;
pub(crate) mod closed;
pub(crate) mod columns;
pub(crate) mod files;
pub(crate) mod notes;
pub(crate) mod options;
pub(crate) mod resources;
pub(crate) mod results;
pub(crate) mod short;
pub(crate) mod tables;
pub(crate) mod text;

pub use crate::ingest::articles::item::{FurtherNotes, Item, RawRecords, RecordBatch, WorkItem};
pub use crate::ingest::articles::reader::{ArticleReader, IdAllocator, Inputs, articles, no_articles, open};
pub use crate::ingest::articles::statements::{StatementRecords, statements};
pub use crate::ingest::columns::{Mapping, RecordKind, Role};
pub use crate::ingest::files::filter::Filter;
pub use crate::ingest::files::format::{Compression, FileFormat, FileKind};
pub use crate::ingest::files::inventory::{InputEntry, inventory};
pub use crate::ingest::files::listing::Source;
pub use crate::ingest::files::prefetch::{Prefetch, prefetch};
pub use crate::ingest::notes::Notes;
pub use crate::ingest::options::Options;
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
pub use crate::ingest::results::codes::{codes_by_coder, coding_key, mean_codes};
pub use crate::ingest::results::statements::listing::{
    ListedScore, StatementList, StatementRow, statement_list, statements_on_axis,
};
pub use crate::ingest::results::statements::scores::read_scores;
pub use crate::ingest::results::statements::selection::{ScoredTable, Selection};
pub use crate::ingest::text::dates::format::DateFormat;

/// Size limit of files that a run reads beside its articles: rosters, lexicons, rules of
/// languages, events, settings. The largest that come with stance have a megabyte.
pub const RESOURCE_BYTES: u64 = 64 << 20;
/// Size limit of tables that are read as a whole: codes and keys.
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
