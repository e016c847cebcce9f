//! The options of every command that reads articles.

use crate::error::{Error, Result};
use crate::project::options::settings::Settings;
use clap::Args;

/// How articles are read.
#[derive(Args, Debug, Clone, Default)]
pub struct Reading {
    /// Which columns or fields of records hold what, as in
    /// text=body,date=published_at; roles are id, text, date, title, source,
    /// language, author, url (with --unit statement: id, text, actor, date,
    /// language)
    #[arg(long, value_name = "ROLE=COLUMN", value_delimiter = ',', help_heading = "Reading")]
    pub col: Vec<String>,
    /// How dates of metadata are written that could be two days: DD/MM/YYYY,
    /// MM/DD/YYYY, or a format like %d %B %Y
    #[arg(long, value_name = "FORMAT", help_heading = "Reading")]
    pub date_format: Option<String>,
    /// Of folders read only files that fit the glob, as in '2019/**/*.txt'; may
    /// be given several times
    #[arg(long, value_name = "GLOB", help_heading = "Reading")]
    pub include: Vec<String>,
    /// Of folders leave out files and folders that fit the glob; may be given
    /// several times
    #[arg(long, value_name = "GLOB", help_heading = "Reading")]
    pub exclude: Vec<String>,
    /// Read what links in folders lead to, each file once; without it links are
    /// left out and listed in skipped.csv
    #[arg(long, help_heading = "Reading")]
    pub follow_links: bool,
    /// Skip articles larger than this [default: 10M]
    #[arg(long, value_name = "BYTES", help_heading = "Reading")]
    pub max_article_bytes: Option<String>,
    /// What standard input and files without a known ending hold: txt, md, html,
    /// docx, jsonl, csv, tsv or parquet, with .gz or .zst behind it
    #[arg(long, value_name = "FORMAT", help_heading = "Reading")]
    pub input_format: Option<String>,
}

impl Reading {
    /// Writes the flags that were given into settings.
    ///
    /// # Errors
    /// For a --col that is not ROLE=COLUMN.
    pub fn fill(&self, settings: &mut Settings) -> Result<()> {
        let columns = pairs(&self.col)?;
        settings.col = (!columns.is_empty()).then(|| columns.into_iter().collect());
        settings.date_format.clone_from(&self.date_format);
        settings.include = some(&self.include);
        settings.exclude = some(&self.exclude);
        settings.follow_links = self.follow_links.then_some(true);
        settings.max_article_bytes.clone_from(&self.max_article_bytes);
        settings.input_format.clone_from(&self.input_format);
        Ok(())
    }
}

/// A list that was given, or None.
pub fn some<T: Clone>(given: &[T]) -> Option<Vec<T>> {
    (!given.is_empty()).then(|| given.to_vec())
}

/// The mapping of `--col`, as role and column.
///
/// # Errors
/// For the first that is not ROLE=COLUMN.
pub fn pairs(given: &[String]) -> Result<Vec<(String, String)>> {
    given
        .iter()
        .map(|pair| {
            pair.split_once('=')
                .map(|(role, name)| (role.trim().to_string(), name.trim().to_string()))
                .ok_or_else(|| {
                    Error::input(
                        "--col",
                        format!("'{pair}' is not ROLE=COLUMN"),
                        "write it as in text=statement",
                    )
                })
        })
        .collect()
}
