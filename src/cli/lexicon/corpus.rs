//! The texts that subcommands read, with their statements.

use crate::cli::args::common::Common;
use crate::cli::args::unit::UnitArg;
use crate::cli::lexicon::table::Format;
use crate::cli::notes;
use crate::cli::progress::with_progress;
use crate::error::Result;
use crate::ingest::StatementRecords;
use crate::model::{Article, Row};
use crate::pipeline;
use crate::project::resources::load;
use crate::project::resources::load::Loaded;
use crate::score::Method;
use clap::Args;
use rayon::prelude::*;

/// Options of the subcommands that read texts.
#[derive(Args, Debug)]
pub struct Texts {
    /// Folders and files of articles; with --unit statement, files of records
    pub input: Vec<String>,
    /// What one text is
    #[arg(long, value_enum, default_value = "article")]
    pub unit: UnitArg,
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
    pub fn corpus(&self, method: Method) -> Result<Corpus> {
        let settings = self.common.settings(&self.input, |_| ())?;
        let inputs = load::inputs(&settings)?;
        let loaded = load::load(&settings, method)?;
        if self.unit == UnitArg::Article {
            let articles = load::read(&inputs, &settings, &loaded)?;
            let rows = with_progress(self.common.quiet, |progress| {
                pipeline::rows(&articles, &loaded.resources, &|| progress(1))
            });
            return Ok(Corpus { rows, articles, loaded });
        }
        let StatementRecords { records, skipped, .. } = load::records(&inputs, &settings, &loaded)?;
        notes::tell(&skipped, false);
        let rows: Vec<Option<Row>> =
            records.par_iter().map(|record| pipeline::record_row(record, &loaded.resources)).collect();
        let articles = records.iter().map(pipeline::record_article).collect();
        Ok(Corpus { rows: rows.into_iter().flatten().collect(), articles, loaded })
    }
}
