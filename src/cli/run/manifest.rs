//! What `run.json` says of a run.
//!
//! Lives here: the options, counts and warnings of this command. May not live
//! here: how they are written (see `report`).

use super::super::resources::{Loaded, Read};
use super::RunArgs;
use crate::model::{Period, Row};
use crate::report::Manifest;
use std::collections::BTreeMap;

/// The manifest of a run.
pub fn manifest(
    args: &RunArgs,
    inputs: &[String],
    period: Period,
    loaded: &Loaded,
    read: &Read,
    rows: &[Row],
) -> Manifest {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    counts.insert("articles_read".into(), read.articles.len());
    counts.insert("rows".into(), rows.len());
    for skipped in &read.skipped {
        *counts.entry(format!("skipped_{}", skipped.reason)).or_default() += 1;
    }
    for row in rows {
        *counts.entry(format!("statements_{}", row.statement.form.as_str())).or_default() += 1;
        *counts.entry("hits".into()).or_default() += row.scored.iter().map(|s| s.hits.len()).sum::<usize>();
        *counts.entry("duplicates".into()).or_default() += usize::from(row.duplicate_of.is_some());
    }
    let mut warnings = Vec::new();
    let undated = rows.iter().filter(|row| row.said.is_none()).count();
    if undated > 0 {
        warnings.push(format!("{undated} statements have no date and stay out of trends"));
    }
    Manifest {
        program: "stancetrack".into(),
        version: env!("CARGO_PKG_VERSION").into(),
        configuration: serde_json::json!({
            "inputs": inputs,
            "method": args.scoring.method.name(),
            "scale": args.scoring.scale.name(),
            "period": period,
            "compare": args.compare,
            "date_by": format!("{:?}", args.date_by).to_lowercase(),
            "seed": args.seed,
            "keep_duplicates": args.keep_duplicates,
            "language": args.common.language,
            "no_roster": args.common.no_roster,
        }),
        resources: loaded.hashes.iter().cloned().collect(),
        inputs: read.hashes.iter().cloned().collect(),
        counts,
        warnings,
    }
}
