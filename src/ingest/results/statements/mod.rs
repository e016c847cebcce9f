//! Tables of scored statements: `statements.csv` of an earlier run in any of its formats, or what
//! another tool wrote. One reader gives the rows (`tables::reader`); `scores` takes from them what
//! trends need, `listing` what samples and evaluations need.

pub(crate) mod columns;
pub(crate) mod layout;
pub(crate) mod listing;
pub(crate) mod rows;
pub(crate) mod scores;
pub(crate) mod selection;
