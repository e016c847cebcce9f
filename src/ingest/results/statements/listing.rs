//! The statements of a table one by one, with their words and scores, for samples and
//! evaluations.

use crate::error::{Error, Result};
use crate::ingest::results::statements::columns;
use crate::ingest::results::statements::columns::{AxisColumns, find};
use crate::ingest::short::{names, short};
use crate::ingest::tables::reader::TableReader;
use crate::ingest::text::dates::partial::parse_partial;
use crate::model::{Form, Said, Span, Voice};
use std::collections::BTreeSet;
use std::path::Path;

/// The statements of a table.
#[derive(Debug, Default, PartialEq)]
pub struct StatementList {
    /// Ids of the axes, in the order of the scores of a row.
    pub axes: Vec<String>,
    /// In the order of the table.
    pub rows: Vec<StatementRow>,
}

/// One statement of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementRow {
    /// Id of the statement.
    pub id: String,
    /// Id of its article; empty if unknown.
    pub article: String,
    /// From its first to its last byte in the article, if the table has it.
    pub span: Option<Span>,
    /// The words; empty if unknown.
    pub text: String,
    /// Two-letter language code; empty if unknown.
    pub language: String,
    /// The speaker; empty if unknown.
    pub actor: String,
    /// How the words reach the reader; empty if unknown.
    pub form: String,
    /// The days on which it can have been said, if the table has them.
    pub said: Option<Said>,
    /// True if it repeats an earlier statement of another article.
    pub duplicate: bool,
    /// One an axis.
    pub scores: Vec<ListedScore>,
}

impl StatementRow {
    /// What decides whether the statement counts.
    pub fn voice(&self) -> Voice<'_> {
        let author = self.form == Form::Author.as_str();
        Voice { id: &self.actor, name: &self.actor, author, copy: self.duplicate }
    }
}

/// The score of a statement on one axis.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListedScore {
    /// The score; None where the cell is empty.
    pub value: Option<f64>,
    /// Why there is none, as the table states it; empty if it does not.
    pub why_not: String,
}

/// All statements of a table with all its axes (every column `AXIS` with an `AXIS_hits` beside
/// it). Errors: a table that cannot be read, without words or without an axis; a row that cannot
/// be read.
pub fn statement_list(path: &Path) -> Result<StatementList> {
    let table = TableReader::open(path)?;
    let columns = ListColumns::find(path, table.header(), columns::STATEMENT_ID, &[columns::TEXT])?;
    let axes = AxisColumns::all(table.header());
    if axes.is_empty() {
        return Err(Error::input(
            format!("{}:1", path.display()),
            "the table has no axis: no column has an ..._hits beside it",
            "give a statements table that `stance run` or `stance score` wrote",
        ));
    }
    columns.read(path, table, &axes, |_| Ok(()))
}

/// The statements of a table with their scores on one axis, by the ids in the column
/// `id_column` (`statement_id`; `id` of a key, for the ids that coders saw). Errors: a missing
/// column, a repeated id, a score beyond -1 and 1, a row that cannot be read.
pub fn statements_on_axis(path: &Path, id_column: &str, axis: &str) -> Result<StatementList> {
    let table = TableReader::open(path)?;
    let columns = ListColumns::find(path, table.header(), id_column, &[axis])?;
    let value = find(table.header(), axis).unwrap_or_default();
    let axes = [AxisColumns::at(table.header(), value)];
    let mut seen = BTreeSet::new();
    columns.read(path, table, &axes, |row| {
        if !seen.insert(row.id.clone()) {
            return Err((
                format!("statement '{}' stands here twice", short(&row.id, 60)),
                "keep one row a statement",
            ));
        }
        match row.scores.first().and_then(|score| score.value).filter(|score| score.abs() > 1.0) {
            None => Ok(()),
            Some(beyond) => Err((
                format!("{axis} {beyond} lies beyond -1 and 1, as scores do on a scale without ends"),
                "score again without --scale logit or valence-sum, --method cluster or sentimentr",
            )),
        }
    })
}

/// The columns of a table that describe its statements.
struct ListColumns {
    id: usize,
    article: Option<usize>,
    start: Option<usize>,
    end: Option<usize>,
    text: Option<usize>,
    language: Option<usize>,
    actor: Option<usize>,
    form: Option<usize>,
    said_from: Option<usize>,
    said_to: Option<usize>,
    duplicate_of: Option<usize>,
}

/// Message and remedy.
type Problem = (String, &'static str);

impl ListColumns {
    /// Finds the columns; the id and those `needed` must be there.
    fn find(path: &Path, header: &[String], id_column: &str, needed: &[&str]) -> Result<ListColumns> {
        let place = || path.display().to_string();
        if header.iter().all(String::is_empty) {
            return Err(Error::input(place(), "the file is empty", "give a table with a header"));
        }
        if let Some(missing) =
            std::iter::once(&id_column).chain(needed).find(|name| find(header, name).is_none())
        {
            let wanted: Vec<&str> = std::iter::once(id_column).chain(needed.iter().copied()).collect();
            return Err(Error::input(
                format!("{}:1", place()),
                format!("column '{missing}' is missing; there are: {}", names(header)),
                format!("the header must name {}", wanted.join(",")),
            ));
        }
        Ok(ListColumns {
            id: find(header, id_column).unwrap_or_default(),
            article: find(header, columns::ARTICLE_ID),
            start: find(header, columns::START),
            end: find(header, columns::END),
            text: find(header, columns::TEXT),
            language: find(header, columns::LANGUAGE),
            actor: find(header, columns::ACTOR),
            form: find(header, columns::FORM),
            said_from: find(header, columns::SAID_FROM),
            said_to: find(header, columns::SAID_TO),
            duplicate_of: find(header, columns::DUPLICATE_OF),
        })
    }

    /// The columns that are read, in order.
    fn used(&self, axes: &[AxisColumns]) -> Vec<usize> {
        let own = [
            Some(self.id),
            self.article,
            self.start,
            self.end,
            self.text,
            self.language,
            self.actor,
            self.form,
            self.said_from,
            self.said_to,
            self.duplicate_of,
        ];
        let mut used: Vec<usize> =
            own.into_iter().flatten().chain(axes.iter().flat_map(AxisColumns::used)).collect();
        used.sort_unstable();
        used.dedup();
        used
    }

    /// Reads all rows; an error of `check` becomes an error at the row.
    fn read(
        &self,
        path: &Path,
        table: TableReader,
        axes: &[AxisColumns],
        mut check: impl FnMut(&StatementRow) -> std::result::Result<(), Problem>,
    ) -> Result<StatementList> {
        let mut rows = Vec::new();
        table.for_each(&self.used(axes), |number, cells| {
            let at = |(message, remedy): Problem| {
                Error::input(format!("{}:{number}", path.display()), message, remedy)
            };
            let cells = cells.map_err(|problem| {
                at((problem, "put a cell that contains the separator in double quotes, or take the row out"))
            })?;
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                return Ok(());
            }
            let row = self.row(cells, axes).map_err(at)?;
            check(&row).map_err(at)?;
            rows.push(row);
            Ok(())
        })?;
        Ok(StatementList { axes: axes.iter().map(|axis| axis.id.clone()).collect(), rows })
    }

    fn row(&self, cells: &[&str], axes: &[AxisColumns]) -> std::result::Result<StatementRow, Problem> {
        let cell = |place: Option<usize>| place.and_then(|at| cells.get(at)).map_or("", |cell| cell.trim());
        let text = |place: Option<usize>| cell(place).to_string();
        let byte = |place: Option<usize>| cell(place).parse::<usize>().ok();
        let span = byte(self.start).zip(byte(self.end)).filter(|(start, end)| start <= end);
        let said = match (cell(self.said_from), cell(self.said_to)) {
            (from, "") => parse_partial(from),
            (from, to) => parse_partial(&format!("{from}/{to}")),
        };
        let score = |axis: &AxisColumns| {
            let value = match cell(Some(axis.value)) {
                "" => None,
                number => Some(score(&axis.id, number)?),
            };
            Ok(ListedScore { value, why_not: text(axis.why_not) })
        };
        Ok(StatementRow {
            id: text(Some(self.id)),
            article: text(self.article),
            span: span.map(|(start, end)| Span::new(start, end)),
            text: text(self.text),
            language: text(self.language),
            actor: text(self.actor),
            form: text(self.form),
            said,
            duplicate: !cell(self.duplicate_of).is_empty(),
            scores: axes.iter().map(score).collect::<std::result::Result<_, Problem>>()?,
        })
    }
}

fn score(axis: &str, cell: &str) -> std::result::Result<f64, Problem> {
    let value = cell.replace(',', ".").parse::<f64>().ok().filter(|value| value.is_finite());
    value.ok_or_else(|| {
        (format!("{axis} '{}' is not a number", short(cell, 60)), "write a number, or leave the cell empty")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::with_suffix(".csv").unwrap();
        std::fs::write(file.path(), text).unwrap();
        file
    }

    #[test]
    fn axes_are_recognised_by_their_hits() {
        let table = file(
            "statement_id,start,end,said_from,said_to,text,tone,tone_hits,tone_why_not\n\
             #a,3,9,2019-02-01,2019-02-28,Words,0.5,1,\nb,,,,,More,,0,no_match\n",
        );
        let StatementList { axes, rows } = statement_list(table.path()).unwrap();
        assert_eq!(axes, ["tone"]);
        assert_eq!(rows[0].id, "#a", "an id is no comment");
        assert_eq!((rows[0].span, rows[0].scores[0].value), (Some(Span::new(3, 9)), Some(0.5)));
        assert_eq!(rows[0].said.as_ref().unwrap().to.to_string(), "2019-02-28");
        assert_eq!((rows[1].span, rows[1].scores[0].value, &rows[1].said), (None, None, &None));
        let error = statement_list(file("statement_id,text\na,Words\n").path()).unwrap_err().to_string();
        assert!(error.contains("the table has no axis"), "{error}");
    }

    #[test]
    fn an_empty_score_stays_absent() {
        let of = |text: &str, axis: &str| statements_on_axis(file(text).path(), "statement_id", axis);
        let table = "statement_id,said_from,position,position_why_not\na,2019-02-15,0.5,\nb,,,no_match\n";
        let rows = of(table, "Position").unwrap().rows;
        assert_eq!((rows[0].scores[0].value, rows[1].scores[0].value), (Some(0.5), None));
        assert_eq!(rows[1].scores[0].why_not, "no_match");
        assert!(rows[0].said.is_some() && rows[0].actor.is_empty());
        for (table, axis, expected) in [
            ("statement_id,position\na,1.5\n", "position", ":2: position 1.5 lies beyond -1 and 1"),
            ("statement_id,position\na,x\n", "position", ":2: position 'x' is not a number"),
            ("statement_id,position\na,1\na,1\n", "position", ":3: statement 'a' stands here twice"),
            ("statement_id,position\na,1,2\n", "position", ":2: 3 cells, but the header has 2"),
            ("statement_id,position\na,1\n", "tone", ":1: column 'tone' is missing"),
        ] {
            let error = of(table, axis).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
