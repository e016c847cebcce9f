//! A coded statement, and how intervals over such statements are resampled.

use crate::stats::moments::mean;

/// A statement with the codes of people and the score of the program.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CodedStatement {
    /// Id of the statement.
    pub id: String,
    /// One entry a coder, divided by the scale, so in [-1, 1]; None where that
    /// coder gave none.
    pub codes: Vec<Option<f64>>,
    /// The program's score in [-1, 1]; None without evidence.
    pub score: Option<f64>,
    /// Two-letter code, if known.
    pub language: Option<String>,
    /// The speaker, if known.
    pub actor: Option<String>,
    /// Year in which it was said, if known.
    pub year: Option<i32>,
    /// How the words reach the reader ("direct", "indirect"), if known.
    pub form: Option<String>,
    /// Number of words, if the text is known.
    pub words: Option<usize>,
}

impl CodedStatement {
    /// The mean of the coders.
    pub fn code(&self) -> Option<f64> {
        mean(self.codes.iter().flatten().copied())
    }

    /// How far the program is from the coders; an absent score is as far as the
    /// code is from 0. None without a code.
    pub fn distance(&self) -> Option<f64> {
        self.code().map(|code| (code - self.score.unwrap_or(0.0)).abs())
    }
}

/// How intervals are resampled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resampling {
    /// Start of all random numbers; the same seed gives the same digits.
    pub seed: u64,
    /// Replicates an interval.
    pub replicates: usize,
}
