//! Scored statements from a table: `statements.csv` of an earlier run, or what
//! another tool wrote, as CSV or Parquet.
//!
//! Lives here: reading the table row by row into columns (`layout` says which of
//! its columns hold what, `rows` what a row comes to). May not live here: any
//! statistic. The table is never held as text, so millions of rows are read in
//! the memory of their numbers.

pub(crate) mod layout;
pub(crate) mod rows;

use crate::error::{Error, Result};
use crate::files::open_regular;
use crate::ingest::results::statements::layout::layout;
use crate::ingest::tables::parquet::Parquet;
use crate::model::{Counting, Scores, Skipped};
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek};
use std::path::Path;

/// Maximum number of bytes of a cell.
const LONGEST_CELL: usize = 10_000_000;

/// What is to be read from a table.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Roles and the columns that hold them.
    pub columns: Vec<(String, String)>,
    /// Only these axes; all when empty.
    pub axes: Vec<String>,
    /// What counts in trends, and by which day.
    pub counting: Counting,
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

impl ScoredTable {
    /// Notes a row that could not be used.
    fn skip(&mut self, place: &str, number: u64, detail: String) {
        self.skipped.push(Skipped::new(format!("{place}:{number}"), "record", detail));
    }
}

/// Reads a Parquet file, a CSV or a TSV (`,`, `;` or tab; with or without a byte
/// order mark). A `statements` table is known by its columns; of any other table
/// the columns `actor`, `date`, `article` and `value` are read, or those that
/// `wanted` maps.
pub fn scored(path: &Path, wanted: &Wanted) -> Result<ScoredTable> {
    let place = path.display().to_string();
    let cannot = |cause: std::io::Error| {
        Error::input(&place, "the table cannot be read", "check that the file is there").because(cause)
    };
    let mut file = open_regular(path).map_err(cannot)?;
    let mut first = Vec::new();
    (&mut file).take(4).read_to_end(&mut first).map_err(cannot)?;
    file.rewind().map_err(cannot)?;
    let (table, header) = if first == b"PAR1" {
        from_parquet(file, wanted, &place)?
    } else {
        from_csv(file, wanted, &place, &cannot)?
    };
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

fn from_csv(
    file: File,
    wanted: &Wanted,
    place: &str,
    cannot: &dyn Fn(std::io::Error) -> Error,
) -> Result<(ScoredTable, Vec<String>)> {
    let mut file = BufReader::with_capacity(1 << 20, file);
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
        .map_err(|cause| broken(cause, place))?
        .iter()
        .map(|name| name.trim().trim_start_matches('\u{feff}').to_string())
        .collect();
    let layout = layout(&header, wanted, place)?;
    let mut table = ScoredTable::default();
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(|cause| broken(cause, place))? {
        table.rows += 1;
        let line = record.position().map_or(0, csv::Position::line);
        let mut cells: Vec<&str> = Vec::with_capacity(record.len());
        for cell in &record {
            cells.push(std::str::from_utf8(cell).map_err(|cause| {
                let at = format!("{place}:{line}");
                Error::input(at, "the row is not UTF-8", "save the table as UTF-8 CSV").because(cause)
            })?);
        }
        if let Err(detail) = rows::row(&cells, &layout, wanted, &mut table) {
            table.skip(place, line, detail);
        }
    }
    Ok((table, header))
}

fn broken(cause: csv::Error, place: &str) -> Error {
    let line = cause.position().map_or(1, csv::Position::line);
    Error::input(format!("{place}:{line}"), "the row cannot be read", "check its quotes").because(cause)
}

/// Only the columns that are used are unpacked.
fn from_parquet(file: File, wanted: &Wanted, place: &str) -> Result<(ScoredTable, Vec<String>)> {
    let damaged = |why: String| {
        Error::input(place, format!("this cannot be read as Parquet: {why}"), "write the file again")
    };
    let mut parquet = Parquet::open(file).map_err(damaged)?;
    let header = parquet.names().to_vec();
    let layout = layout(&header, wanted, place)?;
    let used = layout.used();
    let mut table = ScoredTable::default();
    while let Some(texts) = parquet.texts(&used, LONGEST_CELL).map_err(damaged)? {
        for (row, what) in texts.lost {
            table.skip(place, row as u64, what);
        }
        for row in &texts.too_large {
            table.rows += 1;
            table.skip(place, *row as u64, format!("a cell has more than {LONGEST_CELL} bytes"));
        }
        for row in (0..texts.rows).filter(|row| texts.too_large.binary_search(&(texts.first + row)).is_err())
        {
            table.rows += 1;
            let mut cells = vec![""; header.len()];
            for (index, column) in used.iter().zip(&texts.columns) {
                cells[*index] = column[row].as_deref().unwrap_or("");
            }
            if let Err(detail) = rows::row(&cells, &layout, wanted, &mut table) {
                table.skip(place, (texts.first + row) as u64, detail);
            }
        }
    }
    Ok((table, header))
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
        let kept = read(
            text,
            &Wanted {
                counting: Counting { keep_duplicates: true, ..Counting::default() },
                ..Wanted::default()
            },
        )
        .unwrap();
        assert_eq!(kept.scores.len(), 2);
        assert_eq!(kept.scores.articles.name(kept.scores.row(1).cluster), "a");
        let error =
            read(text, &Wanted { axes: vec!["uk".into()], ..Wanted::default() }).unwrap_err().to_string();
        assert!(error.contains("no axis 'uk'; there are: eu"), "{error}");
    }

    #[test]
    fn publication_dates_count_when_they_are_asked_for() {
        let by_publication = Wanted {
            counting: Counting { by_publication: true, ..Counting::default() },
            ..Wanted::default()
        };
        let text = "statement_id,article_id,published,said_from,said_to,actor_id,actor,eu,eu_hits,published_precision\n\
                    a#1,a,2021-02-01,2003-01-01,2003-12-31,lind,Ann Lind,0.5,2,month\n\
                    b#1,b,2021-03-05,2003-01-01,2003-12-31,lind,Ann Lind,0.5,2,day\n";
        let days = |table: ScoredTable| -> Vec<String> {
            table.scores.rows().map(|row| format!("{}..{}", row.from, row.to)).collect()
        };
        assert_eq!(days(read(text, &Wanted::default()).unwrap()), ["2003-01-01..2003-12-31"; 2]);
        let found = days(read(text, &by_publication).unwrap());
        assert_eq!(found, ["2021-02-01..2021-02-28", "2021-03-05..2021-03-05"]);
        let text = "actor,date,article,value,printed\nLind,2003,a1,0.5,2021-02\n";
        let error = read(text, &by_publication).unwrap_err().to_string();
        assert!(
            error
                .contains("no column 'published', by which --date-by published goes; there are: actor, date"),
            "{error}"
        );
        let columns = vec![("published".to_string(), "printed".to_string())];
        assert_eq!(
            days(read(text, &Wanted { columns, ..by_publication }).unwrap()),
            ["2021-02-01..2021-02-28"]
        );
    }
}
