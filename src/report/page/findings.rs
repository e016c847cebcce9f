//! The headline findings: plain sentences, each with its uncertainty, the most important first.

use crate::model::{ChangePoint, Shift, TrendPoint, counted};
use crate::report::page::content::{Page, PageAxis};
use crate::report::page::data::counts::Counts;
use crate::report::page::view::signed;
use serde::Serialize;
use std::collections::BTreeMap;

/// A sentence of the first section.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// "change", "break" (a drift, too), "level" or "caution".
    kind: &'static str,
    /// Id of the actor, for a link; empty if it is about nobody.
    actor_id: String,
    text: String,
}

/// How many sentences of a kind stand at the top.
const MOST: usize = 6;
/// What has a smaller p counts as shown.
const SURE: f64 = 0.05;

/// The findings on the main axis: tested changes, breaks, levels, cautions.
pub fn findings(page: &Page, counts: &Counts) -> Vec<Finding> {
    let Some(axis) = page.axes.get(page.main) else { return Vec::new() };
    let mut findings = changes(page, axis);
    // Undecided results are in the tables only.
    let on_axis = |found: &&ChangePoint| found.axis == axis.axis.id && found.decided;
    let mut breaks: Vec<&ChangePoint> = page.breaks.iter().filter(on_axis).collect();
    breaks.sort_by(|one, two| size(two).total_cmp(&size(one)).then(one.actor_id.cmp(&two.actor_id)));
    findings.extend(breaks.iter().take(MOST).map(|found| Finding {
        kind: "break",
        actor_id: found.actor_id.clone(),
        text: found.finding.clone(),
    }));
    let drifts = page.slopes.iter().filter(|slope| slope.axis == axis.axis.id && slope.cautious_p() < SURE);
    findings.extend(drifts.take(MOST).map(|slope| Finding {
        kind: "break",
        actor_id: slope.actor_id.clone(),
        text: slope.finding.clone(),
    }));
    findings.extend(levels(page, axis));
    findings.extend(cautions(counts, axis));
    findings
}

fn size(found: &ChangePoint) -> f64 {
    (found.levels.1 - found.levels.0).abs()
}

/// Compared windows: those that show a change first, the largest first.
fn changes(page: &Page, axis: &PageAxis) -> Vec<Finding> {
    let on_axis = || page.shifts.iter().filter(|shift| shift.axis == axis.axis.id);
    let sure = |shift: &Shift| shift.q.is_some_and(|q| q < SURE);
    let mut tested: Vec<&Shift> = on_axis().filter(|shift| shift.interval.is_some()).collect();
    tested.sort_by(|one, two| {
        let order = sure(two).cmp(&sure(one));
        order
            .then(two.difference.abs().total_cmp(&one.difference.abs()))
            .then(one.actor_id.cmp(&two.actor_id))
    });
    let mut findings: Vec<Finding> = tested
        .iter()
        .take(MOST)
        .map(|shift| Finding {
            kind: "change",
            actor_id: shift.actor_id.clone(),
            text: shift.finding.clone(),
        })
        .collect();
    let untested = on_axis().count() - tested.len();
    if untested > 0 {
        let who = if untested == 1 { "1 actor has".into() } else { format!("{untested} actors have") };
        findings.push(Finding {
            kind: "caution",
            actor_id: String::new(),
            text: format!("{who} too few articles in a window for an interval of the change."),
        });
    }
    findings
}

/// Where the most frequent speakers stood in the last period that has an
/// interval.
fn levels(page: &Page, axis: &PageAxis) -> Vec<Finding> {
    let mut by_actor: BTreeMap<&str, Vec<&TrendPoint>> = BTreeMap::new();
    for point in page.points.iter().filter(|point| point.axis == axis.axis.id) {
        by_actor.entry(&point.actor_id).or_default().push(point);
    }
    let said = |points: &[&TrendPoint]| points.iter().map(|point| point.statements).sum::<usize>();
    let mut actors: Vec<_> = by_actor.into_iter().collect();
    actors.sort_by(|one, two| said(&two.1).cmp(&said(&one.1)).then(one.0.cmp(two.0)));
    let told = actors
        .iter()
        .filter_map(|(_, points)| points.iter().rev().find(|point| point.interval.is_some()))
        .take(MOST);
    told.map(|point| Finding { kind: "level", actor_id: point.actor_id.clone(), text: level(point, axis) })
        .collect()
}

fn level(point: &TrendPoint, axis: &PageAxis) -> String {
    let (low, high) = point.interval.unwrap_or((-1.0, 1.0));
    let side = if low > 0.0 {
        format!("on the side of “{}”", axis.axis.positive)
    } else if high < 0.0 {
        format!("on the side of “{}”", axis.axis.negative)
    } else {
        "on neither side: the interval holds 0".to_string()
    };
    format!(
        "In {} {} stood at {} [{}, {}] on {}, {side} (n = {} in {}).",
        point.period,
        point.actor,
        signed(point.mean.unwrap_or(0.0)),
        signed(low),
        signed(high),
        axis.axis.name.to_lowercase(),
        counted(point.statements, "statement"),
        counted(point.articles, "article")
    )
}

fn cautions(counts: &Counts, axis: &PageAxis) -> Vec<Finding> {
    let said = counts.rows - counts.author;
    let scored = counts.scored.get(&axis.axis.id).copied().unwrap_or(0);
    let mut cautions = Vec::new();
    let mut caution = |text: String| {
        cautions.push(Finding { kind: "caution", actor_id: String::new(), text });
    };
    caution(format!(
        "{scored} of {} by speakers {} a score on {}; the others show no evidence for either pole and count in \
         no mean.",
        counted(said, "statement"),
        if scored == 1 { "has" } else { "have" },
        axis.axis.name.to_lowercase()
    ));
    if counts.copies > 0 {
        let kept = counts.counting().keep_duplicates;
        caution(match (counts.copies, kept) {
            (1, false) => "One statement is a copy of another and counts once.".into(),
            (1, true) => "One statement is a copy of another and counts too (--keep-duplicates).".into(),
            (more, false) => format!("{more} statements are copies of others and count once."),
            (more, true) => {
                format!("{more} statements are copies of others and count too (--keep-duplicates).")
            }
        });
    }
    if counts.undated > 0 {
        caution(match counts.undated {
            1 => "One statement has no date and stays out of trends.".into(),
            more => format!("{more} statements have no date and stay out of trends."),
        });
    }
    cautions
}
