//! What a command says at its end, now or once more.
//!
//! Lives here: to whom it is said, and in which colours. May not live here: the words
//! of a command.

use crate::cache::Told;
use crate::error::{Error, Result};
use crate::report::{self, Placed};
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

/// Says which files of the user have another name now; also when little is to be said.
pub fn kept(placed: &Placed) {
    placed.notes().for_each(|note| eprintln!("warning: {note}"));
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
        eprintln!("warning: {} was there already; it is kept as {now}", path.display());
    }
    Ok(())
}

fn colours() -> bool {
    let variable = |name: &str| std::env::var(name).ok();
    report::colours(
        std::io::stderr().is_terminal(),
        variable("NO_COLOR").as_deref(),
        variable("TERM").as_deref(),
    )
}
