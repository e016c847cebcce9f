//! Scored statements for trends. The table is read row by row into columns of numbers, so
//! millions of rows need only the memory of their numbers.

use crate::error::{Error, Result};
use crate::ingest::results::statements::layout::layout;
use crate::ingest::results::statements::rows::add_row;
use crate::ingest::results::statements::selection::{ScoredTable, Selection};
use crate::ingest::tables::reader::TableReader;
use crate::model::Skipped;
use std::path::Path;

/// Reads a table in CSV, TSV, JSON Lines or Parquet. A `statements` table is recognised by its
/// columns; of any other table the columns `actor`, `date`, `article` and `value` are read, or
/// those that `wanted` maps. Errors: a table that cannot be read, a missing column, no score at
/// all.
pub fn read_scores(path: &Path, wanted: &Selection) -> Result<ScoredTable> {
    let place = path.display().to_string();
    let reader = TableReader::open(path)?;
    let header = reader.header().to_vec();
    let layout = layout(&header, wanted, &place)?;
    let mut table = ScoredTable::default();
    reader.for_each(&layout.used(), |number, cells| {
        table.rows += 1;
        if let Err(detail) = cells.and_then(|cells| add_row(cells, &layout, wanted, &mut table)) {
            table.skipped.push(Skipped::new(format!("{place}:{number}"), "record", detail));
        }
        Ok(())
    })?;
    if table.scores.is_empty() {
        return Err(no_scores(&place, &table, &header));
    }
    Ok(table)
}

fn no_scores(place: &str, table: &ScoredTable, header: &[String]) -> Error {
    let why = table.skipped.first().map_or("no row has a value".to_string(), |row| {
        format!(
            "{} of {} rows were skipped, the first: {}: {}",
            table.skipped.len(),
            table.rows,
            row.path,
            row.detail
        )
    });
    Error::input(
        place,
        format!("no scored statement in the table ({why})"),
        format!("map its columns with --col, as in --col value=score; there are: {}", header.join(", ")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Counting;

    fn read(text: &str, wanted: &Selection) -> Result<ScoredTable> {
        let file = tempfile::NamedTempFile::with_suffix(".csv").unwrap();
        std::fs::write(file.path(), text).unwrap();
        read_scores(file.path(), wanted)
    }

    fn mapped(pairs: &[(&str, &str)]) -> Selection {
        let columns = pairs.iter().map(|(role, column)| (role.to_string(), column.to_string())).collect();
        Selection { columns, ..Selection::default() }
    }

    #[test]
    fn another_tools_table_is_read_with_four_columns() {
        let text = "\u{feff}actor;date;article;value\nLind;2019-02-15;a1;0,5\nLind;2019-03;a2;-2.5\nLind;;a3;1\nLind;2019;a4;\n";
        let table = read(text, &Selection::default()).unwrap();
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
        let error = read(text, &Selection::default()).unwrap_err().to_string();
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
        let table = read(text, &Selection::default()).unwrap();
        assert_eq!((table.scores.len(), table.scores.row(0).poles), (1, (2, 0)));
        let kept = read(
            text,
            &Selection {
                counting: Counting { keep_duplicates: true, ..Counting::default() },
                ..Selection::default()
            },
        )
        .unwrap();
        assert_eq!(kept.scores.len(), 2);
        assert_eq!(kept.scores.articles.name(kept.scores.row(1).cluster), "a");
        let error = read(text, &Selection { axes: vec!["uk".into()], ..Selection::default() })
            .unwrap_err()
            .to_string();
        assert!(error.contains("no axis 'uk'; there are: eu"), "{error}");
    }

    #[test]
    fn publication_dates_count_when_they_are_asked_for() {
        let by_publication = Selection {
            counting: Counting { by_publication: true, ..Counting::default() },
            ..Selection::default()
        };
        let text = "statement_id,article_id,published,said_from,said_to,actor_id,actor,eu,eu_hits,published_precision\n\
                    a#1,a,2021-02-01,2003-01-01,2003-12-31,lind,Ann Lind,0.5,2,month\n\
                    b#1,b,2021-03-05,2003-01-01,2003-12-31,lind,Ann Lind,0.5,2,day\n";
        let days = |table: ScoredTable| -> Vec<String> {
            table.scores.rows().map(|row| format!("{}..{}", row.from, row.to)).collect()
        };
        assert_eq!(days(read(text, &Selection::default()).unwrap()), ["2003-01-01..2003-12-31"; 2]);
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
            days(read(text, &Selection { columns, ..by_publication }).unwrap()),
            ["2021-02-01..2021-02-28"]
        );
    }
}
