//! The short table at the end of a run.
//!
//! Lives here: sparklines and alignment. May not live here: how means are made.

use crate::model::TrendPoint;
use unicode_width::UnicodeWidthStr;

/// One actor in the summary.
#[derive(Debug, Clone, PartialEq)]
pub struct SummaryRow {
    /// Name for people.
    pub actor: String,
    /// Statements with a score.
    pub statements: usize,
    /// Mean of the first third of the periods that hold statements.
    pub then: Option<f64>,
    /// Mean of the last third.
    pub now: Option<f64>,
    /// Period means, gaps as None.
    pub line: Vec<Option<f64>>,
}

impl SummaryRow {
    /// The row of one actor from the points of one axis, in order of time.
    pub fn new(actor: &str, points: &[&TrendPoint]) -> Self {
        let filled: Vec<&&TrendPoint> = points.iter().filter(|point| point.mean.is_some()).collect();
        let third = filled.len().div_ceil(3);
        let mean = |points: &[&&TrendPoint]| {
            let n: usize = points.iter().map(|point| point.statements).sum();
            let sum: f64 = points.iter().map(|p| p.mean.unwrap_or(0.0) * p.statements as f64).sum();
            (n > 0).then(|| sum / n as f64)
        };
        SummaryRow {
            actor: actor.to_string(),
            statements: points.iter().map(|point| point.statements).sum(),
            then: mean(&filled[..third.min(filled.len())]),
            now: mean(&filled[filled.len() - third.min(filled.len())..]),
            line: points.iter().map(|point| point.mean).collect(),
        }
    }
}

const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

fn sparkline(line: &[Option<f64>]) -> String {
    line.iter()
        .map(|mean| match mean {
            Some(mean) => BARS[(((mean.clamp(-1.0, 1.0) + 1.0) / 2.0 * 7.0).round()) as usize],
            None => ' ',
        })
        .collect()
}

/// The table as text, aligned for terminals. `axis` names the column.
pub fn summary(axis: &str, rows: &[SummaryRow]) -> String {
    let width = rows.iter().map(|row| row.actor.width()).max().unwrap_or(0).max(5);
    let pad = |text: &str, width: usize| format!("{text}{}", " ".repeat(width.saturating_sub(text.width())));
    let value = |value: Option<f64>| value.map_or("    –".to_string(), |value| format!("{value:+.2}"));
    let mut text = format!("{}     n   then    now  {axis}, -1 (low) to +1 (high)\n", pad("actor", width));
    for row in rows {
        text.push_str(&format!(
            "{} {:>5}  {:>5}  {:>5}  {}\n",
            pad(&row.actor, width),
            row.statements,
            value(row.then),
            value(row.now),
            sparkline(&row.line)
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_both_scripts_stand_in_line() {
        let row = |actor: &str| SummaryRow {
            actor: actor.into(),
            statements: 3,
            then: Some(0.5),
            now: None,
            line: vec![Some(-1.0), None, Some(1.0)],
        };
        let text = summary("position", &[row("Ann"), row("Анна Линд")]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[1].width(), lines[2].width());
        assert!(lines[2].ends_with("▁ █"), "{}", lines[2]);
    }
}
