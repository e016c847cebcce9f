//! A `statements.csv` of an earlier run, with all its axes, to draw a coding
//! sheet from.
//!
//! Lives here: reading our own table back. May not live here: which statements
//! are drawn.

use crate::error::{Error, Result};
use crate::ingest::tables::sheet::Sheet;
use crate::ingest::text::dates::partial;
use crate::model::{Form, Said, Span, Voice};
use std::path::Path;

/// One statement of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// Id of the statement.
    pub id: String,
    /// Id of its article.
    pub article: String,
    /// From its first to its last byte in the article, if the table says it.
    pub span: Option<Span>,
    /// The words.
    pub text: String,
    /// Two-letter language code; empty if unknown.
    pub language: String,
    /// Who speaks; empty if unknown.
    pub actor: String,
    /// How the words reach the reader; empty if unknown.
    pub form: String,
    /// When it was said.
    pub said: Option<Said>,
    /// Whether it repeats an earlier statement of another article.
    pub duplicate: bool,
    /// One entry an axis; None where the cell is empty.
    pub scores: Vec<Option<f64>>,
}

impl Listed {
    /// What decides whether the statement counts.
    pub fn voice(&self) -> Voice<'_> {
        let author = self.form == Form::Author.as_str();
        Voice { id: &self.actor, name: &self.actor, author, copy: self.duplicate }
    }
}

/// The axes of the table (every column `AXIS` that has an `AXIS_hits` beside it)
/// and its rows.
pub fn listed(path: &Path) -> Result<(Vec<String>, Vec<Listed>)> {
    let sheet = Sheet::read_large(path, &["statement_id", "text"])?;
    let header = sheet.header();
    let axes: Vec<String> =
        header.iter().filter(|name| header.contains(&format!("{name}_hits"))).cloned().collect();
    if axes.is_empty() {
        return Err(Error::input(
            format!("{}:1", path.display()),
            "the table has no axis: no column has an ..._hits beside it",
            "give a statements.csv that `stance run` or `stance score` wrote",
        ));
    }
    let mut rows = Vec::new();
    for row in sheet.rows() {
        let byte = |column: &str| row.get(column).parse::<usize>().ok();
        let span = byte("start").zip(byte("end")).filter(|(start, end)| start <= end);
        let said = match (row.get("said_from"), row.get("said_to")) {
            (from, "") => partial::said(from),
            (from, to) => partial::said(&format!("{from}/{to}")),
        };
        let scores = axes.iter().map(|axis| match row.get(axis) {
            "" => Ok(None),
            _ => row.number(axis, f64::MIN, f64::MAX).map(Some),
        });
        rows.push(Listed {
            id: row.get("statement_id").to_string(),
            article: row.get("article_id").to_string(),
            span: span.map(|(start, end)| Span::new(start, end)),
            text: row.get("text").to_string(),
            language: row.get("language").to_string(),
            actor: row.get("actor").to_string(),
            form: row.get("form").to_string(),
            said,
            duplicate: !row.get("duplicate_of").is_empty(),
            scores: scores.collect::<Result<_>>()?,
        });
    }
    Ok((axes, rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_are_known_by_their_hits() {
        let file = tempfile::NamedTempFile::with_suffix(".csv").unwrap();
        let write = |text: &str| std::fs::write(file.path(), text).unwrap();
        write(
            "statement_id,start,end,said_from,said_to,text,tone,tone_hits,tone_why_not\n\
             a,3,9,2019-02-01,2019-02-28,Words,0.5,1,\nb,,,,,More,,0,no_match\n",
        );
        let (axes, rows) = listed(file.path()).unwrap();
        assert_eq!(axes, ["tone"]);
        assert_eq!((rows[0].span, rows[0].scores[0]), (Some(Span::new(3, 9)), Some(0.5)));
        assert_eq!(rows[0].said.as_ref().unwrap().to.to_string(), "2019-02-28");
        assert_eq!((rows[1].span, rows[1].scores[0], &rows[1].said), (None, None, &None));
        write("statement_id,text\na,Words\n");
        assert!(listed(file.path()).unwrap_err().to_string().contains("the table has no axis"));
    }
}
