//! Hand-coded scores: a table with `id` and a column an axis, or a column a coder; and the key
//! of a coding sheet.

use crate::error::{Error, Result};
use crate::ingest::tables::sheet::Sheet;
use crate::model::{Coded, Gold};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The codes of each item by axis, the mean if several coders coded it (one row a coder). An
/// empty cell is no code. If no item has a code on any of `axes`, that is an error.
pub fn mean_codes(path: &Path, axes: &[String]) -> Result<BTreeMap<String, BTreeMap<String, f64>>> {
    let sheet = Sheet::read_large(path, &["id"])?;
    let mut sums: BTreeMap<String, BTreeMap<String, (f64, usize)>> = BTreeMap::new();
    for row in sheet.rows() {
        let item = sums.entry(row.get("id").to_string()).or_default();
        for axis in axes {
            if row.get(axis).is_empty() {
                continue;
            }
            let (sum, count) = item.entry(axis.clone()).or_default();
            *sum += row.number(axis, f64::MIN, f64::MAX)?;
            *count += 1;
        }
    }
    if sums.values().all(BTreeMap::is_empty) {
        return Err(Error::input(
            path.display().to_string(),
            "no item has a code",
            format!("name a column after an axis: {}", axes.join(", ")),
        ));
    }
    Ok(sums
        .into_iter()
        .map(|(id, codes)| {
            let means = codes.into_iter().map(|(axis, (sum, count))| (axis, sum / count as f64));
            (id, means.collect())
        })
        .collect())
}

/// The key of a coding sheet: the id of each statement by the id that coders saw. A missing
/// column is an error.
pub fn coding_key(path: &Path) -> Result<BTreeMap<String, String>> {
    let sheet = Sheet::read_large(path, &["id", "statement_id"])?;
    Ok(sheet.rows().map(|row| (row.get("id").to_string(), row.get("statement_id").to_string())).collect())
}

/// The codes on one axis, coder by coder, each within -`scale` and `scale`.
///
/// Two shapes are read. Long: a column named after the axis, one row an item
/// and coder; the coder's name is in `coder`, without that column rows of an
/// item are its first, second, ... coder. Wide: one row an item and a column a
/// coder, named in `columns` or beginning with the axis (`position_a`,
/// `position_b`). An empty cell is no code.
///
/// Several files are read as one table, so that every coder may have a sheet. A
/// row whose `coder` is empty belongs to the file's own coder.
pub fn codes_by_coder(paths: &[PathBuf], axis: &str, columns: &[String], scale: f64) -> Result<Gold> {
    let mut gold = Gold::default();
    for path in paths {
        let file = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let own = (paths.len() > 1).then_some(file);
        add(&mut gold, path, own, axis, columns, scale)?;
    }
    let count = gold.coders.len();
    gold.items.iter_mut().for_each(|item| item.codes.resize(count, None));
    gold.items.retain(|item| item.codes.iter().any(Option::is_some));
    if gold.items.is_empty() {
        return Err(Error::input(
            paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", "),
            format!("no item has a code on '{axis}'"),
            "fill the column, or name another --axis",
        ));
    }
    Ok(gold)
}

/// Adds the codes of one file; `own` names the coder of rows without one.
fn add(
    gold: &mut Gold,
    path: &Path,
    own: Option<String>,
    axis: &str,
    columns: &[String],
    scale: f64,
) -> Result<()> {
    let sheet = Sheet::read_large(path, &["id"])?;
    let has = |name: &str| sheet.header().iter().any(|column| column == name);
    let header = || format!("{}:1", path.display());
    let known = sheet.header().join(", ");
    let axis = axis.to_lowercase();
    let prefix = format!("{axis}_");
    let wide: Vec<String> = if columns.is_empty() {
        sheet.header().iter().filter(|name| name.starts_with(&prefix)).cloned().collect()
    } else {
        columns.iter().map(|name| name.to_lowercase()).collect()
    };
    if let Some(missing) = columns.iter().find(|name| !has(&name.to_lowercase())) {
        return Err(Error::input(
            header(),
            format!("column '{missing}' is missing; there are: {known}"),
            "correct --coders",
        ));
    }
    let long = columns.is_empty() && has(&axis);
    if !long && wide.is_empty() {
        return Err(Error::input(
            header(),
            format!("column '{axis}' is missing; there are: {known}"),
            format!("name a column '{axis}', or the coders' columns with --coders, or another --axis"),
        ));
    }
    let mut at: BTreeMap<String, usize> =
        gold.items.iter().enumerate().map(|(place, item)| (item.id.clone(), place)).collect();
    for row in sheet.rows() {
        let id = row.get("id").to_string();
        if id.is_empty() {
            return Err(row.error("the id is empty", "give every row the id of its statement"));
        }
        let place = *at.entry(id.clone()).or_insert_with(|| {
            gold.items.push(Coded { id: id.clone(), place: row.place(), codes: Vec::new() });
            gold.items.len() - 1
        });
        let cells: Vec<(String, &str)> = if long {
            let name = match (row.get("coder"), &own) {
                ("", Some(own)) => own.clone(),
                ("", None) if has("coder") => "1".to_string(),
                ("", None) => (gold.items[place].codes.len() + 1).to_string(),
                (name, _) => name.to_string(),
            };
            vec![(name, axis.as_str())]
        } else {
            wide.iter().map(|name| (name.trim_start_matches(&prefix).to_string(), name.as_str())).collect()
        };
        for (coder, column) in cells {
            let coder = gold.coders.iter().position(|name| *name == coder).unwrap_or_else(|| {
                gold.coders.push(coder);
                gold.coders.len() - 1
            });
            let codes = &mut gold.items[place].codes;
            codes.resize(codes.len().max(coder + 1), None);
            if codes[coder].is_some() {
                return Err(row.error(
                    format!("coder '{}' coded '{id}' before", gold.coders[coder]),
                    "keep one row an item and coder",
                ));
            }
            if !row.get(column).is_empty() {
                codes[coder] = Some(row.number(column, -scale, scale)?);
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coded(text: &str, columns: &[&str]) -> Result<Gold> {
        let file = tempfile::NamedTempFile::with_suffix(".csv").unwrap();
        std::fs::write(file.path(), text).unwrap();
        let columns: Vec<String> = columns.iter().map(|name| name.to_string()).collect();
        codes_by_coder(&[file.path().to_path_buf()], "position", &columns, 2.0)
    }

    #[test]
    fn long_and_wide_tables_are_the_same() {
        let long = coded("id,coder,position\nx,a,1\nx,b,2\ny,b,-1\nz,a,\n", &[]).unwrap();
        assert_eq!(long.coders, ["a", "b"]);
        let codes: Vec<&[Option<f64>]> = long.items.iter().map(|item| item.codes.as_slice()).collect();
        assert_eq!(codes, [&[Some(1.0), Some(2.0)][..], &[None, Some(-1.0)][..]]);
        let wide = coded("id,position_a,position_b\nx,1,2\ny,,-1\n", &[]).unwrap();
        let named = coded("id;Ann;Ben\nx;1;2\ny;;-1\n", &["Ann", "Ben"]).unwrap();
        for other in [wide, named] {
            let same: Vec<&[Option<f64>]> = other.items.iter().map(|item| item.codes.as_slice()).collect();
            assert_eq!(same, codes);
        }
    }

    #[test]
    fn every_coder_may_have_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let paths = [
            file("ann.csv", "id,coder,position\nx,Ann,1\ny,Ann,\n"),
            file("second.csv", "id,coder,position\ny,,-1\nx,,2\n"),
        ];
        let gold = codes_by_coder(&paths, "position", &[], 2.0).unwrap();
        assert_eq!(gold.coders, ["Ann", "second"]);
        let codes: Vec<&[Option<f64>]> = gold.items.iter().map(|item| item.codes.as_slice()).collect();
        assert_eq!(codes, [&[Some(1.0), Some(2.0)][..], &[None, Some(-1.0)][..]]);
    }

    #[test]
    fn mistakes_name_line_and_remedy() {
        for (text, columns, expected) in [
            ("id,tone\nx,1\n", &[][..], ":1: column 'position' is missing; there are: id, tone; name"),
            ("id,a\nx,1\n", &["b"][..], ":1: column 'b' is missing; there are: id, a; correct --coders"),
            ("id,position\nx,3\n", &[][..], ":2: position 3 is out of range; use a number from -2 to 2"),
            ("id,coder,position\nx,a,1\nx,a,2\n", &[][..], ":3: coder 'a' coded 'x' before"),
            ("id,position\nx,\n", &[][..], "no item has a code on 'position'"),
        ] {
            let error = coded(text, columns).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}\nwanted: {expected}");
        }
    }

    #[test]
    fn coders_are_averaged_and_empty_cells_left_out() {
        let file = tempfile::NamedTempFile::with_suffix(".csv").unwrap();
        std::fs::write(file.path(), "id,a,b\nx,1,\nx,2,\ny,-2,1\n").unwrap();
        let codes = mean_codes(file.path(), &["a".into(), "b".into()]).unwrap();
        assert_eq!(codes["x"], BTreeMap::from([("a".into(), 1.5)]));
        assert_eq!(codes["y"], BTreeMap::from([("a".into(), -2.0), ("b".into(), 1.0)]));
        let error = mean_codes(file.path(), &["c".into()]).unwrap_err().to_string();
        assert!(error.contains("no item has a code"), "{error}");
    }
}
