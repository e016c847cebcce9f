//! Scores as values: of a statement, of a row, and of all rows together.

pub mod blocks;
pub mod counting;
pub mod hit;
pub mod row;
pub mod shift;
pub mod table;
pub mod trend;
