//! How inputs are read: the options of every function that opens articles or records.

use crate::error::Result;
use crate::ingest::columns::Mapping;
use crate::ingest::files::filter::Filter;
use crate::ingest::files::format::FileKind;
use crate::ingest::text::dates::format::DateFormat;
use crate::model::Language;

/// How inputs are read.
#[derive(Debug, Clone)]
pub struct Options<'a> {
    /// The languages that have rules.
    pub languages: &'a [Language],
    /// The language of texts that do not name theirs; None to detect it.
    pub language: Option<&'a str>,
    /// Which columns of records hold what, and whether a record is an article or a statement.
    pub columns: Mapping,
    /// How ambiguous dates are written (3 April or 4 March).
    pub date_format: Option<DateFormat>,
    /// Maximum size of an article or statement in bytes, unpacked. Larger ones are skipped.
    pub max_article_bytes: usize,
    /// Which files of folders are read.
    pub filter: Filter,
    /// True to follow links in folders; each target is read once.
    pub follow_links: bool,
    /// What standard input and files without a known ending hold.
    pub input_format: Option<FileKind>,
}

impl<'a> Options<'a> {
    /// The defaults for articles.
    pub fn new(languages: &'a [Language], language: Option<&'a str>) -> Self {
        Options {
            languages,
            language,
            columns: Mapping::default(),
            date_format: None,
            max_article_bytes: 10_000_000,
            filter: Filter::default(),
            follow_links: false,
            input_format: None,
        }
    }

    /// The defaults for records that are statements (`--unit statement`). `columns` maps roles
    /// to column names; an unknown role is an error.
    pub fn statements(
        languages: &'a [Language],
        language: Option<&'a str>,
        columns: &[(String, String)],
    ) -> Result<Self> {
        Ok(Options { columns: Mapping::statements(columns)?, ..Options::new(languages, language) })
    }
}
