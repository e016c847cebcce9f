//! Scored statements from a table: `statements.csv` of an earlier run, or what
//! another tool wrote.
//!
//! Lives here: which columns hold what, and reading them row by row into
//! columns. May not live here: any statistic. The table is never held as text,
//! so millions of rows are read in the memory of their numbers.

use crate::error::{Error, Result};
use crate::model::{AUTHOR, Observation, Scores, Skipped, bounds};
use chrono::NaiveDate;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek};
use std::path::Path;

/// The roles that columns of a table can be mapped to; the first three are
/// needed.
const ROLES: [&str; 10] =
    ["actor", "date", "value", "article", "axis", "source", "statement", "hits", "positive", "negative"];

/// What is to be read from a table.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Roles and the columns that hold them.
    pub columns: Vec<(String, String)>,
    /// Only these axes; all when empty.
    pub axes: Vec<String>,
    /// Count near-duplicates too.
    pub keep_duplicates: bool,
}

/// Scored statements with what could not be used.
#[derive(Debug, Default)]
pub struct ScoredTable {
    /// The statements that count.
    pub scores: Scores,
    /// Rows without a usable date, value or actor.
    pub skipped: Vec<Skipped>,
    /// Rows in the table.
    pub rows: usize,
    /// Least and greatest value.
    pub range: Option<(f64, f64)>,
}

/// How a table is laid out.
enum Layout {
    /// Our own `statements.csv`: an axis a column.
    Wide { axes: Vec<Axis>, columns: Own },
    /// One value a row: role by role, where its column is.
    Long { columns: [Option<usize>; ROLES.len()], axis: String },
}

struct Axis {
    id: String,
    value: usize,
    hits: Option<usize>,
    positive: Option<usize>,
    negative: Option<usize>,
}

struct Own {
    statement: usize,
    article: usize,
    from: usize,
    to: usize,
    actor_id: usize,
    actor: usize,
    source: Option<usize>,
    form: Option<usize>,
    duplicate_of: Option<usize>,
}

/// Reads a CSV or TSV (`,`, `;` or tab; with or without a byte order mark).
/// A `statements.csv` is known by its columns; of any other table the columns
/// `actor`, `date`, `article` and `value` are read, or those that `wanted` maps.
pub fn scored(path: &Path, wanted: &Wanted) -> Result<ScoredTable> {
    let place = path.display().to_string();
    let cannot = |cause: std::io::Error| {
        Error::input(&place, "the table cannot be read", "check that the file is there").because(cause)
    };
    let mut file = BufReader::with_capacity(1 << 20, File::open(path).map_err(cannot)?);
    let mut first = Vec::new();
    (&mut file).take(1 << 16).read_until(b'\n', &mut first).map_err(cannot)?;
    let separator = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|separator| (first.iter().filter(|byte| *byte == separator).count(), *separator == b','))
        .unwrap_or(b',');
    file.rewind().map_err(cannot)?;
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(file);
    let header: Vec<String> = reader
        .headers()
        .map_err(|cause| broken(cause, &place))?
        .iter()
        .map(|name| name.trim().trim_start_matches('\u{feff}').to_string())
        .collect();
    let layout = layout(&header, wanted, &place)?;
    let mut table = ScoredTable::default();
    let mut record = csv::ByteRecord::new();
    let mut cells: Vec<&str>;
    while reader.read_byte_record(&mut record).map_err(|cause| broken(cause, &place))? {
        table.rows += 1;
        let line = record.position().map_or(0, csv::Position::line);
        let at = format_args!("{place}:{line}").to_string();
        cells = Vec::with_capacity(record.len());
        for cell in &record {
            cells.push(std::str::from_utf8(cell).map_err(|cause| {
                Error::input(&at, "the row is not UTF-8", "save the table as UTF-8 CSV").because(cause)
            })?);
        }
        let outcome = match &layout {
            Layout::Wide { axes, columns } => wide(&cells, axes, columns, wanted, &mut table),
            Layout::Long { columns, axis } => long(&cells, columns, axis, wanted, &mut table),
        };
        if let Err(detail) = outcome {
            table.skipped.push(Skipped { path: at, reason: "record".into(), detail });
        }
    }
    if table.scores.is_empty() {
        let why = table.skipped.first().map_or("no row has a value".to_string(), |row| {
            format!(
                "{} of {} rows were skipped, the first: {}: {}",
                table.skipped.len(),
                table.rows,
                row.path,
                row.detail
            )
        });
        return Err(Error::input(
            &place,
            format!("no scored statement in the table ({why})"),
            format!("map its columns with --col, as in --col value=score; there are: {}", header.join(", ")),
        ));
    }
    Ok(table)
}

fn broken(cause: csv::Error, place: &str) -> Error {
    let line = cause.position().map_or(1, csv::Position::line);
    Error::input(format!("{place}:{line}"), "the row cannot be read", "check its quotes").because(cause)
}

fn layout(header: &[String], wanted: &Wanted, place: &str) -> Result<Layout> {
    let find = |name: &str| header.iter().position(|column| column == name);
    let known = header.join(", ");
    if wanted.columns.is_empty()
        && let (Some(statement), Some(article), Some(from), Some(to), Some(actor_id), Some(actor)) = (
            find("statement_id"),
            find("article_id"),
            find("said_from"),
            find("said_to"),
            find("actor_id"),
            find("actor"),
        )
    {
        let columns = Own {
            statement,
            article,
            from,
            to,
            actor_id,
            actor,
            source: find("source"),
            form: find("form"),
            duplicate_of: find("duplicate_of"),
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
    let columns = ROLES.map(|role| find(mapped(role).unwrap_or(role)));
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

/// The axes of a `statements.csv`: a column with its `_hits` beside it.
fn own_axes(header: &[String], wanted: &Wanted, place: &str) -> Result<Vec<Axis>> {
    let find = |name: String| header.iter().position(|column| *column == name);
    let all: Vec<Axis> = header
        .iter()
        .enumerate()
        .filter_map(|(value, id)| {
            Some(Axis {
                id: id.clone(),
                value,
                hits: Some(find(format!("{id}_hits"))?),
                positive: find(format!("{id}_positive")),
                negative: find(format!("{id}_negative")),
            })
        })
        .collect();
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

type Outcome = std::result::Result<(), String>;

fn wide(cells: &[&str], axes: &[Axis], columns: &Own, wanted: &Wanted, table: &mut ScoredTable) -> Outcome {
    let cell = |index: usize| cells.get(index).copied().unwrap_or("").trim();
    let maybe = |index: Option<usize>| index.map_or("", cell);
    let (id, actor) = (cell(columns.actor_id), cell(columns.actor));
    let author = maybe(columns.form) == "author" || actor == AUTHOR;
    let copy = maybe(columns.duplicate_of);
    if author || actor.is_empty() || (!copy.is_empty() && !wanted.keep_duplicates) {
        return Ok(());
    }
    for axis in axes {
        let value = cell(axis.value);
        if value.is_empty() {
            continue;
        }
        if cell(columns.from).is_empty() {
            return Err("no date: the statement stays out of trends".into());
        }
        let (from, to) = (days(cell(columns.from))?.0, days(cell(columns.to))?.1);
        let count = |index: Option<usize>| maybe(index).parse::<usize>().unwrap_or(0);
        let cluster = (!copy.is_empty()).then(|| copy.rsplit_once('#').map_or(copy, |(article, _)| article));
        keep(
            table,
            Observation {
                actor_id: if id.is_empty() { actor } else { id }.to_string(),
                actor: actor.to_string(),
                axis: axis.id.clone(),
                article: cell(columns.article).to_string(),
                cluster: cluster.map(str::to_string),
                statement: cell(columns.statement).to_string(),
                source: Some(maybe(columns.source).to_string()).filter(|source| !source.is_empty()),
                from,
                to,
                value: number(value)?,
                hits: count(axis.hits),
                poles: (count(axis.positive), count(axis.negative)),
            },
        );
    }
    Ok(())
}

fn long(
    cells: &[&str],
    columns: &[Option<usize>; ROLES.len()],
    axis: &str,
    wanted: &Wanted,
    table: &mut ScoredTable,
) -> Outcome {
    let [actor, date, value, article, own_axis, source, statement, hits, positive, negative] =
        columns.map(|index| index.and_then(|index| cells.get(index)).copied().unwrap_or("").trim());
    if value.is_empty() || value == "NA" {
        return Ok(());
    }
    let axis = if own_axis.is_empty() { axis } else { own_axis };
    if !wanted.axes.is_empty() && !wanted.axes.iter().any(|wanted| wanted == axis) {
        return Ok(());
    }
    if actor.is_empty() {
        return Err("no actor".into());
    }
    if article.is_empty() {
        return Err("no article: intervals resample articles".into());
    }
    let (from, to) = days(date)?;
    let count = |cell: &str| cell.parse::<usize>().unwrap_or(0);
    keep(
        table,
        Observation {
            actor_id: actor.to_string(),
            actor: actor.to_string(),
            axis: axis.to_string(),
            article: article.to_string(),
            cluster: None,
            statement: statement.to_string(),
            source: Some(source.to_string()).filter(|source| !source.is_empty()),
            from,
            to,
            value: number(value)?,
            hits: count(hits),
            poles: (count(positive), count(negative)),
        },
    );
    Ok(())
}

fn keep(table: &mut ScoredTable, seen: Observation) {
    let (low, high) = table.range.unwrap_or((seen.value, seen.value));
    table.range = Some((low.min(seen.value), high.max(seen.value)));
    table.scores.push(&seen);
}

/// A day, month or year, with or without a time behind it.
fn days(cell: &str) -> std::result::Result<(NaiveDate, NaiveDate), String> {
    let day = cell.split(['T', ' ']).next().unwrap_or("");
    bounds(day).ok_or_else(|| format!("'{cell}' is no date; write 2019-02-15, 2019-02 or 2019"))
}

fn number(cell: &str) -> std::result::Result<f64, String> {
    let value: Option<f64> = cell.parse().or_else(|_| cell.replace(',', ".").parse()).ok();
    value.filter(|value| value.is_finite()).ok_or_else(|| format!("value '{cell}' is not a number"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, wanted: &Wanted) -> Result<ScoredTable> {
        let file = tempfile::NamedTempFile::with_suffix(".csv").unwrap();
        std::fs::write(file.path(), text).unwrap();
        scored(file.path(), wanted)
    }

    fn mapped(pairs: &[(&str, &str)]) -> Wanted {
        let columns = pairs.iter().map(|(role, column)| (role.to_string(), column.to_string())).collect();
        Wanted { columns, ..Wanted::default() }
    }

    #[test]
    fn another_tools_table_is_read_with_four_columns() {
        let text = "\u{feff}actor;date;article;value\nLind;2019-02-15;a1;0,5\nLind;2019-03;a2;-2.5\nLind;;a3;1\nLind;2019;a4;\n";
        let table = read(text, &Wanted::default()).unwrap();
        assert_eq!((table.scores.len(), table.rows, table.skipped.len()), (2, 4, 1));
        assert_eq!(table.range, Some((-2.5, 0.5)));
        assert_eq!(table.scores.row(1).to.to_string(), "2019-03-31");
        assert_eq!(table.scores.axes.name(0), "value");
        assert!(table.skipped[0].path.ends_with(":4"), "{:?}", table.skipped);
    }

    #[test]
    fn columns_can_be_mapped_and_wrong_ones_are_named() {
        let text = "speaker\tday\tdoc\tlsd\tpaper\nLind\t2019-02-15\ta1\t0.5\tWire\n";
        let pairs = [
            ("actor", "speaker"),
            ("date", "day"),
            ("article", "doc"),
            ("value", "lsd"),
            ("source", "paper"),
        ];
        let table = read(text, &mapped(&pairs)).unwrap();
        assert_eq!((table.scores.axes.name(0), table.scores.sources.name(0)), ("lsd", "Wire"));
        let error = read(text, &mapped(&[("actor", "who")])).unwrap_err().to_string();
        assert!(
            error.contains("no column 'who' for actor; there are: speaker, day, doc, lsd, paper"),
            "{error}"
        );
        let error = read(text, &Wanted::default()).unwrap_err().to_string();
        assert!(error.contains(":1: there is no column 'actor'; there are: speaker"), "{error}");
        let error = read(text, &mapped(&[("colour", "day")])).unwrap_err().to_string();
        assert!(error.contains("role 'colour' is not known"), "{error}");
    }

    #[test]
    fn our_own_table_is_known_by_its_columns() {
        let text = "statement_id,article_id,said_from,said_to,actor_id,actor,form,duplicate_of,eu,eu_hits,eu_positive,eu_negative\n\
                    a#1,a,2003-01-01,2003-12-31,lind,Ann Lind,direct,,0.5,2,2,0\n\
                    b#1,b,2003-01-01,2003-12-31,lind,Ann Lind,direct,a#1,0.5,2,2,0\n\
                    b#2,b,2003-05-01,2003-05-01,,(author),author,,0.1,1,1,0\n\
                    b#3,b,2003-05-01,2003-05-01,,Bo Berg,direct,,,0,0,0\n";
        let table = read(text, &Wanted::default()).unwrap();
        assert_eq!((table.scores.len(), table.scores.row(0).poles), (1, (2, 0)));
        let kept = read(text, &Wanted { keep_duplicates: true, ..Wanted::default() }).unwrap();
        assert_eq!(kept.scores.len(), 2);
        assert_eq!(kept.scores.articles.name(kept.scores.row(1).cluster), "a");
        let error =
            read(text, &Wanted { axes: vec!["uk".into()], ..Wanted::default() }).unwrap_err().to_string();
        assert!(error.contains("no axis 'uk'; there are: eu"), "{error}");
    }
}
