//! A scored statement that is compared with its codes.

use crate::evaluate::CodedStatement;

/// What is known of a scored statement beside its codes.
pub struct Scored {
    /// With the codes still empty.
    pub judged: CodedStatement,
    /// The words.
    pub text: String,
    /// How the score came about, one line each; the last is the sum.
    pub arithmetic: Vec<String>,
}
