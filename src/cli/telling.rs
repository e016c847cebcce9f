//! What a command says at its end, now or once more.
//!
//! Lives here: to whom it is said, and in which colours. May not live here: the words
//! of a command.

use crate::cache::Told;
use crate::report;
use std::io::IsTerminal;
use std::path::Path;

/// Says it on standard error; the summary only where one is wanted.
pub fn say(told: &Told, quiet: bool) {
    let [plain, coloured] = &told.summary;
    if !quiet {
        eprint!("{}", if colours() { coloured } else { plain });
    }
    eprint!("{}", told.warnings);
}

/// Says that earlier results stand, and what was said of them.
pub fn say_again(told: &Told, target: &Path, quiet: bool) {
    if !quiet {
        eprintln!(
            "nothing has changed since the last run: the results in {} stand (--no-cache computes them anew)",
            target.display()
        );
    }
    say(told, quiet);
}

fn colours() -> bool {
    let variable = |name: &str| std::env::var(name).ok();
    report::colours(
        std::io::stderr().is_terminal(),
        variable("NO_COLOR").as_deref(),
        variable("TERM").as_deref(),
    )
}
