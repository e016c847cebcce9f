//! Finds the columns of a table of scores, our own or another tool's; the error for a missing
//! column lists those of the table.

use crate::error::{Error, Result};
use crate::ingest::results::statements::columns;
use crate::ingest::results::statements::columns::AxisColumns;
use crate::ingest::results::statements::selection::Selection;

/// The roles that columns of a table can be mapped to; the first four are
/// needed.
pub const ROLES: [&str; 11] = [
    "actor",
    "date",
    "value",
    "article",
    "axis",
    "source",
    "statement",
    "hits",
    "positive",
    "negative",
    "published",
];
/// The places of the dates among them.
const DATE: usize = 1;
const PUBLISHED: usize = 10;

/// How a table is laid out.
pub enum Layout {
    /// Our own `statements.csv`: an axis a column.
    Wide {
        /// The axes wanted.
        axes: Vec<AxisColumns>,
        /// Where the rest is.
        columns: Own,
    },
    /// One value a row: role by role, where its column is.
    Long {
        /// Where each role is.
        columns: [Option<usize>; ROLES.len()],
        /// The axis of rows that name none.
        axis: String,
    },
}

/// The other columns of `statements.csv`.
pub struct Own {
    /// `statement_id`
    pub statement: usize,
    /// `article_id`
    pub article: usize,
    /// First and last day, of the statement or of its publication; where there is
    /// no last day, the precision says how long the first one is.
    pub from: usize,
    /// See `from`.
    pub to: Option<usize>,
    /// `published_precision`, when the publication counts.
    pub precision: Option<usize>,
    /// `actor_id`
    pub actor_id: usize,
    /// `actor`
    pub actor: usize,
    /// `source`
    pub source: Option<usize>,
    /// `form`
    pub form: Option<usize>,
    /// `duplicate_of`
    pub duplicate_of: Option<usize>,
}

impl Layout {
    /// The columns that are read, in order.
    pub fn used(&self) -> Vec<usize> {
        let mut used: Vec<usize> = match self {
            Layout::Long { columns, .. } => columns.iter().flatten().copied().collect(),
            Layout::Wide { axes, columns } => {
                let needed =
                    [columns.statement, columns.article, columns.from, columns.actor_id, columns.actor];
                let others =
                    [columns.to, columns.precision, columns.source, columns.form, columns.duplicate_of];
                let of_axes = axes.iter().flat_map(AxisColumns::used);
                needed.into_iter().chain(others.into_iter().flatten()).chain(of_axes).collect()
            }
        };
        used.sort_unstable();
        used.dedup();
        used
    }
}

/// Finds the columns of a table; the error lists those that there are.
pub fn layout(header: &[String], wanted: &Selection, place: &str) -> Result<Layout> {
    let find = |name: &str| header.iter().position(|column| column == name);
    let known = header.join(", ");
    if wanted.columns.is_empty()
        && let (Some(statement), Some(article), Some(said_from), Some(said_to), Some(actor_id), Some(actor)) = (
            find(columns::STATEMENT_ID),
            find(columns::ARTICLE_ID),
            find(columns::SAID_FROM),
            find(columns::SAID_TO),
            find(columns::ACTOR_ID),
            find(columns::ACTOR),
        )
    {
        let (from, to, precision) = if wanted.counting.by_publication {
            let published = find(columns::PUBLISHED).ok_or_else(|| without_publication(place, &known))?;
            (published, None, find(columns::PUBLISHED_PRECISION))
        } else {
            (said_from, Some(said_to), None)
        };
        let columns = Own {
            statement,
            article,
            from,
            to,
            precision,
            actor_id,
            actor,
            source: find(columns::SOURCE),
            form: find(columns::FORM),
            duplicate_of: find(columns::DUPLICATE_OF),
        };
        let axes = own_axes(header, wanted, place)?;
        return Ok(Layout::Wide { axes, columns });
    }
    for (role, column) in &wanted.columns {
        if !ROLES.contains(&role.as_str()) {
            return Err(Error::input(
                "--col",
                format!("role '{role}' is not known"),
                format!("map {} to your columns, as in --col value=score", ROLES.join(", ")),
            ));
        }
        if find(column).is_none() {
            return Err(Error::input(
                place,
                format!("there is no column '{column}' for {role}; there are: {known}"),
                "correct --col",
            ));
        }
    }
    let mapped = |role: &str| {
        wanted.columns.iter().find(|(known, _)| known == role).map(|(_, column)| column.as_str())
    };
    let mut columns = ROLES.map(|role| find(mapped(role).unwrap_or(role)));
    if wanted.counting.by_publication {
        if columns[PUBLISHED].is_none() {
            return Err(without_publication(place, &known));
        }
        columns[DATE] = columns[PUBLISHED];
    }
    for (role, column) in ROLES.iter().zip(&columns).take(4) {
        if column.is_none() {
            return Err(Error::input(
                format!("{place}:1"),
                format!("there is no column '{role}'; there are: {known}"),
                format!("map the column that holds it, as in --col {role}=COLUMN"),
            ));
        }
    }
    Ok(Layout::Long { columns, axis: mapped("value").unwrap_or("value").to_string() })
}

fn without_publication(place: &str, known: &str) -> Error {
    Error::input(
        format!("{place}:1"),
        format!("there is no column 'published', by which --date-by published goes; there are: {known}"),
        "map the column that holds it, as in --col published=COLUMN, or leave out --date-by",
    )
}

/// The axes wanted of our own table.
fn own_axes(header: &[String], wanted: &Selection, place: &str) -> Result<Vec<AxisColumns>> {
    let all = AxisColumns::all(header);
    let names: Vec<&str> = all.iter().map(|axis| axis.id.as_str()).collect();
    if let Some(missing) = wanted.axes.iter().find(|axis| !names.contains(&axis.as_str())) {
        return Err(Error::input(
            place,
            format!("there is no axis '{missing}'; there are: {}", names.join(", ")),
            "correct --axis",
        ));
    }
    if all.is_empty() {
        return Err(Error::input(
            place,
            format!("no axis in the table; its columns are: {}", header.join(", ")),
            "an axis is a column with its NAME_hits beside it; or map a column, as in --col value=score",
        ));
    }
    Ok(all.into_iter().filter(|axis| wanted.axes.is_empty() || wanted.axes.contains(&axis.id)).collect())
}
