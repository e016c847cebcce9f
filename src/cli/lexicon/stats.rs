//! `stance lexicon stats`: counts of entries by language, kind, axis and pole.

use crate::cli::lexicon::table::{Format, table};
use crate::cli::messages;
use crate::diagnose;
use crate::diagnose::Tally;
use crate::error::Result;
use crate::ingest;
use crate::ingest::ResourcePath;
use crate::report::Schema;
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
    let draft = ingest::draft(ResourcePath::lexicon(&args.folder))?;
    for error in draft.broken.iter().take(SHOWN) {
        messages::note_line(format!("not counted: {error}"));
    }
    if draft.broken.len() > SHOWN {
        let more = draft.broken.len() - SHOWN;
        messages::note_line(format!("… and {more} more; `stance lexicon check` lists them all"));
    }
    let lexicon = draft.lexicon;
    table(args.format, schema(), &diagnose::tally(&lexicon))
}

fn schema() -> Schema<Tally> {
    Schema::<Tally>::new("stats", "A row is a group of entries of one kind on one pole.")
        .text("language", "language of the entries", "two letters", "never", |row| &row.language)
        .text("kind", "what they do", "target, appraisal, term", "never", |row| row.kind.as_str())
        .text("axis", "id of the axis; any for appraisals of any axis", "text", "never", |row| &row.axis)
        .text("pole", "name of the pole; none for weight 0", "text", "never", |row| &row.pole)
        .integer("entries", "entries", "count", "never", |row| row.entries)
        .integer("globs", "entries with a *", "count", "never", |row| row.globs)
        .integer("phrases", "entries of several words", "count", "never", |row| row.phrases)
}
