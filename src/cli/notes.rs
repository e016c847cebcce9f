//! What could not be used, on standard error.

use crate::cli::messages;
use crate::model::Skipped;
use crate::project::skipped_text;

/// One line a row. `table` says whether the rest can be read in a `skipped.csv`.
pub fn tell(skipped: &[Skipped], table: bool) {
    messages::note(&skipped_text::lines(skipped, table));
}
