//! What one text of the inputs is.

use crate::project::score::Unit;
use clap::ValueEnum;

/// What one text is.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitArg {
    /// An article: statements are looked for in it
    Article,
    /// One person's words already: a speech, a tweet, a coded statement
    Statement,
}

impl From<UnitArg> for Unit {
    fn from(unit: UnitArg) -> Unit {
        match unit {
            UnitArg::Article => Unit::Article,
            UnitArg::Statement => Unit::Statement,
        }
    }
}
