//! Scores that an earlier run wrote: `statements.csv`, one axis of it.
//!
//! Lives here: reading our own table back. May not live here: aggregation.

use crate::error::Result;
use crate::ingest::tables::sheet::Sheet;
use crate::ingest::text::dates::partial;
use crate::model::Said;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// One statement of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreRow {
    /// Id of the statement.
    pub id: String,
    /// The score in [-1, 1]; None where the cell is empty.
    pub score: Option<f64>,
    /// Why there is none, as the table says.
    pub why_not: String,
    /// The words; empty without that column.
    pub text: String,
    /// Language code, if the table has it.
    pub language: Option<String>,
    /// Who speaks, if the table has it.
    pub actor: Option<String>,
    /// The days on which it can have been said, if the table has them.
    pub said: Option<Said>,
    /// How the words reached the reader, if the table has it.
    pub form: Option<String>,
}

/// Reads the columns `id_column` (`statement_id`; `id` of a key, for the ids that
/// coders saw) and `axis`, and those that describe the statement where they are
/// there.
pub fn scores(path: &Path, id_column: &str, axis: &str) -> Result<Vec<ScoreRow>> {
    let axis = axis.to_lowercase();
    let sheet = Sheet::read_large(path, &[id_column, &axis])?;
    let mut seen = BTreeSet::new();
    let mut rows = Vec::new();
    for row in sheet.rows() {
        let filled = |column: &str| Some(row.get(column).to_string()).filter(|cell| !cell.is_empty());
        let id = row.get(id_column).to_string();
        if !seen.insert(id.clone()) {
            return Err(row.error(format!("statement '{id}' stands here twice"), "keep one row a statement"));
        }
        let score = match row.get(&axis) {
            "" => None,
            _ => Some(row.number(&axis, f64::MIN, f64::MAX)?),
        };
        if let Some(beyond) = score.filter(|score| score.abs() > 1.0) {
            return Err(row.error(
                format!("{axis} {beyond} lies beyond -1 and 1, as scores do on a scale without ends"),
                "score again without --scale logit or valence-sum, --method cluster or sentimentr",
            ));
        }
        rows.push(ScoreRow {
            score,
            why_not: row.get(&format!("{axis}_why_not")).to_string(),
            text: row.get("text").to_string(),
            language: filled("language"),
            actor: filled("actor"),
            said: said(row.get("said_from"), row.get("said_to")),
            form: filled("form"),
            id,
        });
    }
    Ok(rows)
}

/// The key of a coding sheet: the id of each statement by the id that coders saw.
pub fn key(path: &Path) -> Result<BTreeMap<String, String>> {
    let sheet = Sheet::read_large(path, &["id", "statement_id"])?;
    Ok(sheet.rows().map(|row| (row.get("id").to_string(), row.get("statement_id").to_string())).collect())
}

/// First and last day; without a last one the first stands alone.
fn said(from: &str, to: &str) -> Option<Said> {
    if to.is_empty() { partial::said(from) } else { partial::said(&format!("{from}/{to}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_score_stays_absent() {
        let file = tempfile::NamedTempFile::with_suffix(".csv").unwrap();
        std::fs::write(
            file.path(),
            "statement_id,said_from,position,position_why_not\na,2019-02-15,0.5,\nb,,,no_match\n",
        )
        .unwrap();
        let rows = scores(file.path(), "statement_id", "position").unwrap();
        assert_eq!((rows[0].score, rows[1].score), (Some(0.5), None));
        assert_eq!(rows[1].why_not, "no_match");
        assert!(rows[0].said.is_some() && rows[0].actor.is_none());
        std::fs::write(file.path(), "statement_id,position\na,1.5\n").unwrap();
        let error = scores(file.path(), "statement_id", "position").unwrap_err().to_string();
        assert!(error.contains(":2: position 1.5 lies beyond -1 and 1"), "{error}");
        let error = scores(file.path(), "statement_id", "tone").unwrap_err().to_string();
        assert!(error.contains(":1: column 'tone' is missing"), "{error}");
    }
}
