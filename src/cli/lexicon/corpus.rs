//! The texts that subcommands read, with their statements.

use crate::cli::args::reading::pairs;
use crate::cli::commands::score::Unit;
use crate::cli::lexicon::table::Format;
use crate::cli::{Common, MethodArg, notes};
use crate::error::Result;
use crate::ingest;
use crate::model::{Article, Row};
use crate::pipeline;
use crate::project::load;
use crate::project::load::Loaded;
use crate::project::tables;
use clap::Args;
use rayon::prelude::*;

/// Options of the subcommands that read texts.
#[derive(Args, Debug)]
pub struct Texts {
    /// Folders and files of articles; with --unit statement, files of records
    pub input: Vec<String>,
    /// What one text is
    #[arg(long, value_enum, default_value = "article")]
    pub unit: Unit,
    /// How tables are written
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    #[command(flatten)]
    pub common: Common,
}

/// Texts with the statements in them.
pub struct Corpus {
    /// Languages, roster and lexicons.
    pub loaded: Loaded,
    /// The texts.
    pub articles: Vec<Article>,
    /// Their statements with scores.
    pub rows: Vec<Row>,
}

impl Texts {
    /// Reads the texts and scores their statements.
    ///
    /// # Errors
    /// For inputs that cannot be read and options that do not fit.
    pub fn corpus(&self, method: MethodArg) -> Result<Corpus> {
        let settings = load::settings(&self.common)?;
        let inputs = load::inputs(&self.input, &settings)?;
        let loaded = load::load(&self.common, &settings, method)?;
        if self.unit == Unit::Article {
            let articles = load::read(&inputs, &self.common, &settings, &loaded)?;
            let rows = tables::rows(&articles, &loaded, self.common.quiet);
            return Ok(Corpus { rows, articles, loaded });
        }
        let columns = pairs(&self.common.reading.col)?;
        let mut records = Vec::new();
        for input in &inputs {
            let language = self.common.language.as_deref();
            let (more, skipped) = ingest::records(input, &columns, &loaded.resources.languages, language)?;
            records.extend(more);
            notes::tell(&skipped, false);
        }
        let rows: Vec<Option<Row>> =
            records.par_iter().map(|record| pipeline::record_row(record, &loaded.resources)).collect();
        let articles = records.iter().map(pipeline::record_article).collect();
        Ok(Corpus { rows: rows.into_iter().flatten().collect(), articles, loaded })
    }
}
