//! Codes that people gave to statements.

/// The codes of one axis by any number of coders.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Gold {
    /// Names of the coders, in the order of the table.
    pub coders: Vec<String>,
    /// Statements in the order of the table, each once.
    pub items: Vec<Coded>,
}

/// One statement with its codes.
#[derive(Debug, Clone, PartialEq)]
pub struct Coded {
    /// Id of the statement.
    pub id: String,
    /// File and line of its first code.
    pub place: String,
    /// One entry a coder, in the order of `Gold::coders`, on the coders' own
    /// scale; None where that coder gave none.
    pub codes: Vec<Option<f64>>,
}
