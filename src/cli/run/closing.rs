//! What `stance run` prints at its end.
//!
//! Lives here: the short table and the sentences of the tests. May not live
//! here: any statistic.

use super::super::analysis::findings;
use super::super::resources::Read;
use crate::model::{Analysis, Axis, Form, Row, TrendPoint};
use crate::report::{self, SummaryRow};
use std::collections::BTreeMap;
use std::path::Path;

/// Prints the summary to standard error.
pub fn closing(place: &Path, axis: Option<&Axis>, analysis: &Analysis, rows: &[Row], read: &Read) {
    let said = rows.iter().filter(|row| row.statement.form != Form::Author).count();
    eprintln!(
        "{} articles read, {} notes in skipped.csv; {said} statements by speakers\n",
        read.articles.len(),
        read.skipped.len()
    );
    if let Some(axis) = axis {
        let mut by_actor: BTreeMap<&str, Vec<&TrendPoint>> = BTreeMap::new();
        for point in analysis.points.iter().filter(|p| p.axis == axis.id && p.source.is_none()) {
            by_actor.entry(&point.actor).or_default().push(point);
        }
        let mut table: Vec<SummaryRow> =
            by_actor.iter().map(|(actor, points)| SummaryRow::new(actor, points)).collect();
        table.sort_by(|one, two| two.statements.cmp(&one.statements).then(one.actor.cmp(&two.actor)));
        let hidden = table.len().saturating_sub(10);
        table.truncate(10);
        eprint!(
            "{}",
            report::summary(&format!("{} ({} … {})", axis.name, axis.negative, axis.positive), &table)
        );
        if hidden > 0 {
            eprintln!("… and {hidden} more in trend.csv");
        }
        for finding in findings(analysis, &axis.id) {
            eprintln!("\n{finding}");
        }
    }
    eprintln!(
        "\nResults: {} (statements.csv, hits.csv, trend.csv, shifts.csv, position.png, …;
         what each column means: CODEBOOK.md)",
        place.display()
    );
}
