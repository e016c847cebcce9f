//! The one error type that reaches a user: what is wrong, where, and what to do. Oddities of single
//! articles are no errors but rows of `skipped.csv`.

use std::fmt;

/// The result of everything that reads or writes.
pub type Result<T> = std::result::Result<T, Error>;

/// A failure as a user reads it: where, what, and what to do.
#[derive(Debug)]
pub struct Error {
    /// `file:line`, a flag, or empty.
    pub place: String,
    /// What was found, in one sentence without a final full stop.
    pub message: String,
    /// What to do about it, in one sentence without a final full stop.
    pub remedy: String,
    /// Whether the user's input or command is at fault (exit code 2) rather
    /// than the run (exit code 1).
    pub usage: bool,
    /// What lies beneath, if anything.
    pub cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// A mistake in the user's files or command line; exit code 2.
    pub fn input(place: impl Into<String>, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Error {
            place: place.into(),
            message: message.into(),
            remedy: remedy.into(),
            usage: true,
            cause: None,
        }
    }

    /// A failure of the run itself (disk, permissions); exit code 1.
    pub fn run(place: impl Into<String>, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Error { usage: false, ..Error::input(place, message, remedy) }
    }

    /// The same error with what lies beneath it.
    pub fn because(mut self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.place.is_empty() {
            write!(f, "{}: ", self.place)?;
        }
        write!(f, "{}", self.message)?;
        if let Some(cause) = &self.cause {
            write!(f, " ({cause})")?;
        }
        if !self.remedy.is_empty() {
            write!(f, "; {}", self.remedy)?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_ref().map(|cause| cause.as_ref() as &(dyn std::error::Error + 'static))
    }
}
