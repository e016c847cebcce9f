//! What a command says at its end, now or once more.

use super::messages::{in_colours, note, note_in_colours, note_line};
use crate::cache::Told;
use crate::model::visible_line;
use std::path::Path;

/// Says it on standard error; the summary only where one is wanted.
pub fn say(told: &Told, quiet: bool) {
    let [plain, coloured] = &told.summary;
    if !quiet {
        if in_colours() { note_in_colours(coloured) } else { note(plain) }
    }
    note(&told.warnings);
}

/// Says that earlier results stand, and what was said of them.
pub fn say_again(told: &Told, target: &Path, quiet: bool) {
    if !quiet {
        note_line(format!(
            "nothing has changed since the last run: the results in {} stand (--no-cache computes them anew)",
            visible_line(&target.display().to_string())
        ));
    }
    say(told, quiet);
}
