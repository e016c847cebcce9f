//! `stance lexicon stats`: counts of entries by language, kind, axis and pole.

use crate::cli::lexicon::table::{Format, table};
use crate::cli::messages;
use crate::diagnose;
use crate::error::Result;
use crate::ingest;
use crate::ingest::ResourcePath;
use clap::Args;
use std::path::PathBuf;

/// More unreadable rows than this are counted, not shown.
const SHOWN: usize = 20;

/// Options of `stance lexicon stats`.
#[derive(Args, Debug)]
pub struct StatsArgs {
    /// Folder of the lexicon, or the name of one that comes with stance
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// How the table is written
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Runs the command.
pub fn run(args: StatsArgs) -> Result<()> {
    let draft = ingest::draft(&ResourcePath::lexicon(&args.folder))?;
    for error in draft.broken.iter().take(SHOWN) {
        messages::note_line(format!("not counted: {error}"));
    }
    if draft.broken.len() > SHOWN {
        let more = draft.broken.len() - SHOWN;
        messages::note_line(format!("… and {more} more; `stance lexicon check` lists them all"));
    }
    let lexicon = draft.lexicon;
    let rows = diagnose::tally(&lexicon).into_iter().map(|tally| {
        vec![
            tally.language,
            tally.kind.as_str().to_string(),
            tally.axis,
            tally.pole,
            tally.entries.to_string(),
            tally.globs.to_string(),
            tally.phrases.to_string(),
        ]
    });
    let header = ["language", "kind", "axis", "pole", "entries", "globs", "phrases"];
    table(args.format, &header, rows.collect())
}
