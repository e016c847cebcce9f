//! What `stance run` says at its end.
//!
//! Lives here: the short table and the sentences of the tests. May not live
//! here: any statistic, or printing (see `telling`).

use crate::model::{Analysis, Axis, TrendPoint, counted, visible_line};
use crate::project::analysis::findings;
use crate::project::run_counts::Tally;
use crate::report;
use crate::report::page::Skips;
use crate::report::{SummaryAxis, SummaryRow};
use std::collections::BTreeMap;
use std::path::Path;

/// So many actors stand in the table.
const MOST: usize = 10;

/// The summary of a run whose results will lie in `place`.
pub fn closing(
    place: &Path,
    axis: Option<&Axis>,
    analysis: &Analysis,
    (tally, skips): (&Tally, &Skips),
    colours: bool,
) -> String {
    let mut text = format!(
        "{} read, {} in skipped.csv; {} by speakers\n\n",
        counted(tally.read(), "article"),
        counted(skips.len(), "note"),
        counted(tally.said(), "statement")
    );
    if let Some(axis) = axis {
        let mut by_actor: BTreeMap<&str, Vec<&TrendPoint>> = BTreeMap::new();
        for point in analysis.points.iter().filter(|p| p.axis == axis.id && p.source.is_none()) {
            by_actor.entry(&point.actor).or_default().push(point);
        }
        let mut table: Vec<SummaryRow> =
            by_actor.iter().map(|(actor, points)| SummaryRow::new(actor, points)).collect();
        table.sort_by(|one, two| two.statements.cmp(&one.statements).then(one.actor.cmp(&two.actor)));
        let hidden = table.len().saturating_sub(MOST);
        table.truncate(MOST);
        let poles = SummaryAxis { name: &axis.name, negative: &axis.negative, positive: &axis.positive };
        text.push_str(&report::summary(poles, &table, colours));
        if hidden > 0 {
            text.push_str(&format!("… and {hidden} more in trend.csv\n"));
        }
        text.push_str("then, now: means of the first and the last third of the periods with statements\n");
        for finding in findings(analysis, &axis.id) {
            text.push_str(&format!("\n{}\n", visible_line(finding)));
        }
    }
    text.push_str(&format!(
        "\nReport:  {}\nTables:  {} (statements, hits, trend, shifts, …; what each column means: CODEBOOK.md)\n",
        shown(&place.join("index.html")),
        shown(place)
    ));
    text
}

fn shown(path: &Path) -> String {
    visible_line(&path.display().to_string()).into_owned()
}
