//! What `stance run` prints at its end.
//!
//! Lives here: the short table and the sentences of the tests. May not live
//! here: any statistic.

use super::super::analysis::findings;
use super::super::tally::Tally;
use crate::model::{Analysis, Axis, TrendPoint};
use crate::report::page::Skips;
use crate::report::{self, SummaryAxis, SummaryRow};
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::Path;

/// So many actors stand in the table.
const MOST: usize = 10;

/// Prints the summary to standard error.
pub fn closing(place: &Path, axis: Option<&Axis>, analysis: &Analysis, (tally, skips): (&Tally, &Skips)) {
    eprintln!(
        "{} articles read, {} notes in skipped.csv; {} statements by speakers\n",
        tally.read(),
        skips.len(),
        tally.said()
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
        eprint!("{}", report::summary(poles, &table, colours()));
        if hidden > 0 {
            eprintln!("… and {hidden} more in trend.csv");
        }
        eprintln!("then, now: means of the first and the last third of the periods with statements");
        for finding in findings(analysis, &axis.id) {
            eprintln!("\n{finding}");
        }
    }
    eprintln!(
        "\nReport:  {}\nTables:  {} (statements, hits, trend, shifts, …; what each column means: CODEBOOK.md)",
        place.join("index.html").display(),
        place.display()
    );
}

fn colours() -> bool {
    let variable = |name: &str| std::env::var(name).ok();
    report::colours(
        std::io::stderr().is_terminal(),
        variable("NO_COLOR").as_deref(),
        variable("TERM").as_deref(),
    )
}
