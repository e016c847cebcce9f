//! Hand-coded scores: CSV with `id` and a column an axis.
//!
//! Lives here: the format. May not live here: what coders agree on.

use super::sheet::Sheet;
use crate::error::{Error, Result};
use std::collections::BTreeMap;
use std::path::Path;

/// The codes of each item by axis, the mean where several coders coded it (one
/// row a coder). An empty cell is no code. At least one of `axes` must be a
/// column.
pub fn gold(path: &Path, axes: &[String]) -> Result<BTreeMap<String, BTreeMap<String, f64>>> {
    let sheet = Sheet::read(path, &["id"])?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coders_are_averaged_and_empty_cells_left_out() {
        let file = tempfile::NamedTempFile::with_suffix(".csv").unwrap();
        std::fs::write(file.path(), "id,a,b\nx,1,\nx,2,\ny,-2,1\n").unwrap();
        let codes = gold(file.path(), &["a".into(), "b".into()]).unwrap();
        assert_eq!(codes["x"], BTreeMap::from([("a".into(), 1.5)]));
        assert_eq!(codes["y"], BTreeMap::from([("a".into(), -2.0), ("b".into(), 1.0)]));
        let error = gold(file.path(), &["c".into()]).unwrap_err().to_string();
        assert!(error.contains("no item has a code"), "{error}");
    }
}
