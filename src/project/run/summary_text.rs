//! What `stance run` and `stance trend` say at their end: where the actors stand, and the sentences
//! of the tests.

use crate::model::{Analysis, Axis, TrendPoint, counted, visible_line};
use crate::project::options::analysis::findings;
use crate::project::run_counts::Tally;
use crate::report;
use crate::report::page::Skips;
use crate::report::{SummaryAxis, SummaryRow};
use std::collections::BTreeMap;
use std::path::Path;

/// Maximum number of actors in the table.
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
        text.push_str(&actor_table(axis, analysis, colours));
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

/// Where the actors stand on an axis, those with most statements first.
pub fn actor_table(axis: &Axis, analysis: &Analysis, colours: bool) -> String {
    let mut by_actor: BTreeMap<&str, Vec<&TrendPoint>> = BTreeMap::new();
    for point in analysis.points.iter().filter(|point| point.axis == axis.id && point.source.is_none()) {
        by_actor.entry(&point.actor).or_default().push(point);
    }
    let mut rows: Vec<SummaryRow> =
        by_actor.iter().map(|(actor, points)| SummaryRow::new(actor, points)).collect();
    rows.sort_by(|one, two| two.statements.cmp(&one.statements).then(one.actor.cmp(&two.actor)));
    let hidden = rows.len().saturating_sub(MOST);
    rows.truncate(MOST);
    let poles = SummaryAxis { name: &axis.name, negative: &axis.negative, positive: &axis.positive };
    let mut text = report::summary(poles, &rows, colours);
    if hidden > 0 {
        text.push_str(&format!("… and {hidden} more in trend.csv\n"));
    }
    text
}

fn shown(path: &Path) -> String {
    visible_line(&path.display().to_string()).into_owned()
}
