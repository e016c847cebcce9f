//! What a command says at its end, now or once more.

use crate::cache::RunSummary;
use crate::cli::messages::{in_colours, note, note_in_colours, note_line};
use crate::error::{Error, Result};
use crate::model::visible_line;
use crate::report;
use crate::report::Placed;
use std::path::Path;

/// Says it on standard error; the summary only where one is wanted.
pub fn say(told: &RunSummary, quiet: bool) {
    let [plain, coloured] = &told.text;
    if !quiet {
        if in_colours() { note_in_colours(coloured) } else { note(plain) }
    }
    note(&told.warnings);
}

/// Says that earlier results stand, and what was said of them.
pub fn say_again(told: &RunSummary, target: &Path, quiet: bool) {
    if !quiet {
        note_line(format!(
            "nothing has changed since the last run: the results in {} stand (--no-cache computes them anew)",
            visible_line(&target.display().to_string())
        ));
    }
    say(told, quiet);
}

/// Says which files of the user have another name now; also when little is to be said.
pub fn kept(placed: &Placed) {
    placed.notes().for_each(|note| note_line(format!("warning: {note}")));
}

/// Writes a file whole. Another file of that name is kept beside it, and that is said.
///
/// # Errors
/// What the system says.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |cause: std::io::Error| {
        Error::run(path.display().to_string(), "cannot be written", "check --out").because(cause)
    };
    if let Some(now) = report::replace_file(path, bytes).map_err(failed)? {
        note_line(format!("warning: {} was there already; it is kept as {now}", path.display()));
    }
    Ok(())
}
