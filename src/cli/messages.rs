//! Everything that `stance` prints goes through here, so that text of strangers (names,
//! paths, quotations, values of settings) never reaches a terminal raw, and a closed or full
//! standard error or output ends no run with a panic.
//!
//! Tables and JSON on standard output are for machines and stay as they are ([`machine`]).

use crate::error::{Error, Result};
use crate::model::visible;
use crate::report;
use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::sync::atomic::{AtomicBool, Ordering};

/// A message quotes values of the user; a longer line is shortened in its middle, because
/// its end says what to do.
const LINE: usize = 2000;
/// Lines of an error.
const LINES: usize = 100;

/// Text on standard error. That it cannot be written changes neither results nor exit code.
pub fn note(text: &str) {
    put(&prepared(text));
}

/// A line on standard error.
pub fn note_line(text: impl AsRef<str>) {
    note(&format!("{}\n", text.as_ref()));
}

/// The summary of a run in its own colours; all other control sequences become visible.
pub fn note_in_colours(text: &str) {
    put(&coloured(text));
}

/// Why a command failed.
pub fn error(text: &str) {
    let mut shown: String = text.split_inclusive('\n').take(LINES).collect();
    if shown.len() < text.len() {
        shown.push_str("…\n");
    }
    note_line(shown.trim_end_matches('\n'));
}

/// Text for people on standard output.
///
/// # Errors
/// When it cannot be written; [`is_closed_pipe`] tells a reader that went away.
pub fn answer(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(visible(text).as_bytes()).and_then(|()| out.flush()).map_err(unwritten)
}

/// Standard output for tables and JSON, which are not altered. Whoever writes must flush.
pub fn machine() -> BufWriter<Machine> {
    BufWriter::new(Machine(io::stdout()))
}

/// The place of standard output in errors.
pub const STANDARD_OUTPUT: &str = "standard output";

/// True once the reader of standard output went away. The writer of Parquet reports only the
/// words of an error, not its kind.
static CLOSED: AtomicBool = AtomicBool::new(false);

/// Standard output that remembers a closed pipe.
pub struct Machine(Stdout);

impl Machine {
    fn remember<T>(done: io::Result<T>) -> io::Result<T> {
        if done.as_ref().is_err_and(|cause| cause.kind() == io::ErrorKind::BrokenPipe) {
            CLOSED.store(true, Ordering::Relaxed);
        }
        done
    }
}

impl Write for Machine {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Machine::remember(self.0.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Machine::remember(self.0.flush())
    }
}

/// The error of a standard output that cannot be written.
pub fn unwritten(cause: io::Error) -> Error {
    Error::run(STANDARD_OUTPUT, "cannot be written", "check the disk or program it goes to").because(cause)
}

/// True if an error comes from a reader that needs no more, as in `stance attribute | head`.
pub fn is_closed_pipe(error: &Error) -> bool {
    if error.place == STANDARD_OUTPUT && CLOSED.load(Ordering::Relaxed) {
        return true;
    }
    let mut cause = std::error::Error::source(error);
    while let Some(one) = cause {
        let kind = match one.downcast_ref::<serde_json::Error>() {
            Some(json) => json.io_error_kind(),
            None => one.downcast_ref::<io::Error>().map(io::Error::kind),
        };
        if kind == Some(io::ErrorKind::BrokenPipe) {
            return true;
        }
        cause = one.source();
    }
    false
}

/// True if people look at standard error.
pub fn on_terminal() -> bool {
    io::stderr().is_terminal()
}

/// True if they want colours there.
pub fn in_colours() -> bool {
    let variable = |name: &str| std::env::var(name).ok();
    report::colours(on_terminal(), variable("NO_COLOR").as_deref(), variable("TERM").as_deref())
}

fn put(text: &str) {
    let mut out = io::stderr().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

fn prepared(text: &str) -> String {
    visible(text).split_inclusive('\n').map(|line| shortened(line, LINE)).collect()
}

/// A line, or its beginning and its end.
fn shortened(line: &str, most: usize) -> Cow<'_, str> {
    // Bytes are quicker to count, and no fewer than characters.
    let length = if line.len() <= most { line.len() } else { line.chars().count() };
    if length <= most {
        return Cow::Borrowed(line);
    }
    let (head, tail) = (most * 3 / 4, most / 4);
    let cut = |at: usize| line.char_indices().nth(at).map_or(line.len(), |(byte, _)| byte);
    let left_out = length - head - tail;
    Cow::Owned(format!("{} [… {left_out} characters …] {}", &line[..cut(head)], &line[cut(length - tail)..]))
}

/// Text between our own colours made visible, the colours as they are.
fn coloured(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\u{1b}') {
        let (before, from) = rest.split_at(at);
        shown.push_str(&prepared(before));
        let ours = report::COLOUR_CODES.iter().find(|code| from.starts_with(**code));
        let length = ours.map_or(1, |code| code.len());
        let (sequence, after) = from.split_at(length);
        shown.push_str(&if ours.is_some() { sequence.to_string() } else { prepared(sequence) });
        rest = after;
    }
    shown.push_str(&prepared(rest));
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_value_is_shortened_and_the_remedy_stays() {
        let text = format!("stance.toml:1: unknown key '{}'; use another\nand more", "я".repeat(100_000));
        let shown = prepared(&text);
        assert!(shown.chars().count() < 2_200, "{}", shown.len());
        assert!(shown.starts_with("stance.toml:1: unknown key 'яя"), "{shown}");
        assert!(shown.ends_with("'; use another\nand more"), "{shown}");
        assert_eq!(prepared("short\n"), "short\n");
    }

    #[test]
    fn only_our_colours_are_let_through() {
        let text = "\u{1b}[1mactor\u{1b}[0m \u{1b}[31mred\u{1b}]0;title\u{7}\u{1b}";
        assert_eq!(coloured(text), "\u{1b}[1mactor\u{1b}[0m \\u{1b}[31mred\\u{1b}]0;title\\u{7}\\u{1b}");
    }

    #[test]
    fn a_closed_pipe_is_known_by_its_kind_and_not_by_words() {
        let pipe = || io::Error::from(io::ErrorKind::BrokenPipe);
        let broken = |cause: Box<dyn std::error::Error + Send + Sync>| Error::run("", "", "").because(cause);
        assert!(is_closed_pipe(&unwritten(pipe())));
        assert!(is_closed_pipe(&broken(Box::new(unwritten(pipe())))), "causes of causes");
        let json = serde_json::to_writer(Closed, "x").unwrap_err();
        assert!(is_closed_pipe(&broken(Box::new(json))));
        assert!(!is_closed_pipe(&broken("Broken pipe (os error 32)".into())));
        assert!(!is_closed_pipe(&Error::run("", "Broken pipe", "")));
        assert!(!is_closed_pipe(&unwritten(io::Error::from(io::ErrorKind::StorageFull))));
    }

    struct Closed;

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
}
