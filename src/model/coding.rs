//! Codes that people gave to statements.

/// The codes of one axis by all coders.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Gold {
    /// Names of the coders, in the order of the table.
    pub coders: Vec<String>,
    /// The statements in the order of the table, each once.
    pub items: Vec<Coded>,
}

/// One statement with its codes.
#[derive(Debug, Clone, PartialEq)]
pub struct Coded {
    /// Id of the statement.
    pub id: String,
    /// File and line of its first code.
    pub place: String,
    /// One entry per coder, in the order of the coders, on the coders' own scale; None if that coder gave no
    /// code.
    pub codes: Vec<Option<f64>>,
}
