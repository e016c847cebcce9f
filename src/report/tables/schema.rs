//! The schema of a table: one list of columns, each with its name, type, meaning, range and the
//! function that fills its cell from a row. The header, the rows, the types of JSON Lines and
//! Parquet and the codebook all follow from this list.

use crate::report::tables::write::cells::Cells;
use chrono::NaiveDate;
use std::borrow::Cow;
use std::fmt::Write;

/// The type of a column. CSV is text throughout; JSON Lines and Parquet write these types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// Words.
    Text,
    /// "yes" or "no".
    YesNo,
    /// A whole number: counts and byte offsets.
    Integer,
    /// A number with at most six decimals.
    Number,
    /// A day as 2019-03-01.
    Day,
}

/// Name and type of a column: what a writer has to know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The name, in snake_case.
    pub name: Cow<'static, str>,
    /// The type.
    pub column_type: ColumnType,
}

/// A column as the codebook describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Name and type.
    pub field: Field,
    /// What a cell means.
    pub meaning: Cow<'static, str>,
    /// Unit and range.
    pub range: &'static str,
    /// When a cell is empty.
    pub empty: &'static str,
}

/// A table as the codebook describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// Name of the table: its file's name without the ending.
    pub table: &'static str,
    /// What a row is.
    pub row: &'static str,
    /// The columns in order.
    pub columns: Vec<Column>,
}

/// Adds the cell of one column for a row.
type Fill<R> = Box<dyn Fn(&R, &mut Cells) + Send + Sync>;

/// The columns of a table whose rows are values of type `R`.
///
/// Each method adds one column; its name is the column's type. The arguments are: name, meaning,
/// unit and range, when a cell is empty, and what the cell holds for a row.
pub struct Schema<R> {
    description: Description,
    fills: Vec<Fill<R>>,
}

impl<R> Schema<R> {
    /// A table without columns. `table` is its file's name without the ending, `row` says what a
    /// row is.
    pub fn new(table: &'static str, row: &'static str) -> Self {
        Schema { description: Description { table, row, columns: Vec::new() }, fills: Vec::new() }
    }

    /// The file's name without the ending.
    pub fn table(&self) -> &'static str {
        self.description.table
    }

    /// The table as the codebook describes it.
    pub fn describe(&self) -> Description {
        self.description.clone()
    }

    /// Names and types of the columns.
    pub fn fields(&self) -> Vec<Field> {
        self.description.columns.iter().map(|column| column.field.clone()).collect()
    }

    /// Adds the cells of a row.
    pub fn fill(&self, row: &R, cells: &mut Cells) {
        for fill in &self.fills {
            fill(row, cells);
        }
    }

    fn column(
        mut self,
        column_type: ColumnType,
        name: impl Into<Cow<'static, str>>,
        [meaning, range, empty]: [&'static str; 3],
        fill: Fill<R>,
    ) -> Self {
        let field = Field { name: name.into(), column_type };
        self.description.columns.push(Column { field, meaning: meaning.into(), range, empty });
        self.fills.push(fill);
        self
    }

    /// Words.
    pub fn text(
        self,
        name: impl Into<Cow<'static, str>>,
        meaning: &'static str,
        range: &'static str,
        empty: &'static str,
        cell: impl Fn(&R) -> &str + Send + Sync + 'static,
    ) -> Self {
        let fill = move |row: &R, cells: &mut Cells| cells.text(cell(row));
        self.column(ColumnType::Text, name, [meaning, range, empty], Box::new(fill))
    }

    /// Words or nothing.
    pub fn optional_text(
        self,
        name: impl Into<Cow<'static, str>>,
        meaning: &'static str,
        range: &'static str,
        empty: &'static str,
        cell: impl Fn(&R) -> Option<&str> + Send + Sync + 'static,
    ) -> Self {
        let fill = move |row: &R, cells: &mut Cells| cells.maybe(cell(row));
        self.column(ColumnType::Text, name, [meaning, range, empty], Box::new(fill))
    }

    /// Words that are put together for the cell.
    pub fn composed_text(
        self,
        name: impl Into<Cow<'static, str>>,
        meaning: &'static str,
        range: &'static str,
        empty: &'static str,
        cell: impl Fn(&R, &mut String) + Send + Sync + 'static,
    ) -> Self {
        let fill = move |row: &R, cells: &mut Cells| cells.with(|text| cell(row, text));
        self.column(ColumnType::Text, name, [meaning, range, empty], Box::new(fill))
    }

    /// "yes" or "no".
    pub fn yes_no(
        self,
        name: impl Into<Cow<'static, str>>,
        meaning: &'static str,
        range: &'static str,
        empty: &'static str,
        cell: impl Fn(&R) -> bool + Send + Sync + 'static,
    ) -> Self {
        let fill = move |row: &R, cells: &mut Cells| cells.text(if cell(row) { "yes" } else { "no" });
        self.column(ColumnType::YesNo, name, [meaning, range, empty], Box::new(fill))
    }

    /// A whole number, or nothing where `cell` gives None.
    pub fn integer<V: Into<Option<usize>>>(
        self,
        name: impl Into<Cow<'static, str>>,
        meaning: &'static str,
        range: &'static str,
        empty: &'static str,
        cell: impl Fn(&R) -> V + Send + Sync + 'static,
    ) -> Self {
        let fill = move |row: &R, cells: &mut Cells| cells.count(cell(row).into());
        self.column(ColumnType::Integer, name, [meaning, range, empty], Box::new(fill))
    }

    /// A number with at most six decimals, or nothing where `cell` gives None.
    pub fn number<V: Into<Option<f64>>>(
        self,
        name: impl Into<Cow<'static, str>>,
        meaning: &'static str,
        range: &'static str,
        empty: &'static str,
        cell: impl Fn(&R) -> V + Send + Sync + 'static,
    ) -> Self {
        let fill = move |row: &R, cells: &mut Cells| match cell(row).into() {
            Some(value) => cells.number(value),
            None => cells.none(),
        };
        self.column(ColumnType::Number, name, [meaning, range, empty], Box::new(fill))
    }

    /// A number that is always written with three decimals, or nothing where `cell` gives None.
    pub fn three_decimals<V: Into<Option<f64>>>(
        self,
        name: impl Into<Cow<'static, str>>,
        meaning: &'static str,
        range: &'static str,
        empty: &'static str,
        cell: impl Fn(&R) -> V + Send + Sync + 'static,
    ) -> Self {
        let fill = move |row: &R, cells: &mut Cells| {
            cells.with(|text| {
                if let Some(value) = cell(row).into() {
                    let _ = write!(text, "{value:.3}");
                }
            });
        };
        self.column(ColumnType::Number, name, [meaning, range, empty], Box::new(fill))
    }

    /// A day, or nothing where `cell` gives None.
    pub fn day<V: Into<Option<NaiveDate>>>(
        self,
        name: impl Into<Cow<'static, str>>,
        meaning: &'static str,
        range: &'static str,
        empty: &'static str,
        cell: impl Fn(&R) -> V + Send + Sync + 'static,
    ) -> Self {
        let fill = move |row: &R, cells: &mut Cells| cells.day(cell(row).into());
        self.column(ColumnType::Day, name, [meaning, range, empty], Box::new(fill))
    }

    /// Puts `label` and a colon before the meaning of the columns that `add` adds: for columns
    /// that a table has once for each axis.
    pub fn group(mut self, label: &str, add: impl FnOnce(Self) -> Self) -> Self {
        let before = self.description.columns.len();
        self = add(self);
        for column in &mut self.description.columns[before..] {
            column.meaning = format!("{label}: {}", column.meaning).into();
        }
        self
    }

    /// The three columns that most tables of results begin with. `cell` gives the actor's id, the
    /// actor's name and the axis' id.
    pub fn actor_on_axis(self, cell: impl Fn(&R) -> [&str; 3] + Copy + Send + Sync + 'static) -> Self {
        self.text(
            "actor_id",
            "id on the roster, or the name for speakers off the roster",
            "text",
            "never",
            move |row| cell(row)[0],
        )
        .text("actor", "name for people", "text", "never", move |row| cell(row)[1])
        .text("axis", "id of the axis", "text", "never", move |row| cell(row)[2])
    }
}
