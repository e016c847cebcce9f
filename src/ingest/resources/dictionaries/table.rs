//! Weighted word lists: one row a term, with or without a header (VADER's text
//! file, sentimentr's keys, ANEW, AFINN). Columns other than term, weight and category are
//! not read.

use crate::error::{Error, Result};
use crate::ingest::resources::dictionaries::{Foreign, Import};
use crate::ingest::tables::separator::{OF_WORD_LISTS, guess, row_error};
use crate::ingest::text::encoding::decode;
use std::path::Path;

/// Names of the columns; by default the first column is the term and the second
/// the weight, and the first row is a header if its weight is no number.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// Column of the terms.
    pub term: Option<String>,
    /// Column of the weights.
    pub weight: Option<String>,
    /// Column of the categories.
    pub category: Option<String>,
}

/// Reads a list; tab, `,` or `;` separate its cells. `midpoint` is taken off every
/// weight (5 for norms from 1 to 9).
pub fn weighted(path: &Path, columns: &Columns, midpoint: f64) -> Result<Import> {
    let place = path.display().to_string();
    let bytes = crate::files::read_bytes(path, crate::ingest::RESOURCE_BYTES)
        .map_err(|cause| Error::input(&place, "the file cannot be read", "check the path").because(cause))?;
    let text =
        decode(&bytes).map_err(|why| Error::input(&place, format!("the file {why}"), "save it as UTF-8"))?;
    let first = text.lines().next().unwrap_or("");
    let separator = guess(first.as_bytes(), OF_WORD_LISTS);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .quoting(separator != b'\t')
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|cause| row_error(&place, cause))?;
        let line = record.position().map_or(0, |position| position.line() as usize);
        rows.push((line, record.iter().map(str::to_string).collect()));
    }
    let named = columns.term.is_some() || columns.weight.is_some() || columns.category.is_some();
    let number = |cell: &str| cell.replace(',', ".").parse::<f64>().ok().filter(|value| value.is_finite());
    let weightless = rows.first().is_some_and(|(_, row)| row.get(1).and_then(|cell| number(cell)).is_none());
    let header: Vec<String> = match named || weightless {
        true if !rows.is_empty() => rows.remove(0).1,
        _ => Vec::new(),
    };
    let column = |name: &Option<String>, otherwise: Option<usize>, flag: &str| match name {
        None => Ok(otherwise),
        Some(name) => {
            header.iter().position(|known| known.eq_ignore_ascii_case(name)).map(Some).ok_or_else(|| {
                Error::input(
                    format!("{place}:1"),
                    format!("column '{name}' is missing; there are: {}", header.join(", ")),
                    format!("correct {flag}"),
                )
            })
        }
    };
    let term = column(&columns.term, Some(0), "--term")?;
    let weight =
        column(&columns.weight, if columns.category.is_some() { None } else { Some(1) }, "--weight")?;
    let category = column(&columns.category, None, "--category")?;
    let mut import = Import::default();
    let others =
        header.len().saturating_sub(1 + usize::from(weight.is_some()) + usize::from(category.is_some()));
    for (line, row) in rows {
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).map_or("", String::as_str);
        let value = number(cell(weight)).map(|value| value - midpoint);
        if weight.is_some() && value.is_none() {
            import.losses.push(format!(
                "line {line}: the weight '{}' of '{}' is no number: left out",
                cell(weight),
                cell(term)
            ));
            continue;
        }
        import.add(Foreign {
            term: cell(term).to_string(),
            category: cell(category).to_string(),
            weight: value,
            line: Some(line),
        });
    }
    if others > 0 {
        import.losses.push(format!("{others} other columns are not kept"));
    }
    Ok(import.without_repeats())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, columns: Columns, midpoint: f64) -> Result<Import> {
        let file = tempfile::NamedTempFile::with_suffix(".txt").unwrap();
        std::fs::write(file.path(), text).unwrap();
        weighted(file.path(), &columns, midpoint)
    }

    #[test]
    fn with_and_without_header() {
        let plain =
            read("splendid\t2.5\t0.7\nrotten\t-1.9\t0.5\n:)\t2.0\t0.1\n", Columns::default(), 0.0).unwrap();
        let told: Vec<(&str, Option<f64>)> =
            plain.entries.iter().map(|entry| (entry.term.as_str(), entry.weight)).collect();
        assert_eq!(told, [("splendid", Some(2.5)), ("rotten", Some(-1.9))]);
        assert_eq!(
            plain.losses,
            ["line 3: ':)' has a part without letters, which is no word here: left out"]
        );
        let named = Columns { term: Some("word".into()), weight: Some("valence".into()), category: None };
        let norms = read("id;Word;valence\n1;harbour;7,5\n2;storm;2\n3;odd;none\n", named, 5.0).unwrap();
        let weights: Vec<Option<f64>> = norms.entries.iter().map(|entry| entry.weight).collect();
        assert_eq!(weights, [Some(2.5), Some(-3.0)]);
        assert_eq!(
            norms.losses,
            ["line 4: the weight 'none' of 'odd' is no number: left out", "1 other columns are not kept"]
        );
    }

    #[test]
    fn a_missing_column_is_named() {
        let columns = Columns { term: Some("lemma".into()), ..Columns::default() };
        let error = read("word,weight\na,1\n", columns, 0.0).unwrap_err().to_string();
        assert!(
            error.contains(":1: column 'lemma' is missing; there are: word, weight; correct --term"),
            "{error}"
        );
    }
}
