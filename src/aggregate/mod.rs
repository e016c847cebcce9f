//! From scored statements to trends and tested shifts.
//!
//! `cells` groups statements by actor, axis and period into clusters (articles), and
//! `trend::points` estimates a mean for each cell. On the cells of one actor rest the slope
//! (`trend::slope`), the smooth line (`trend::smooth`) and the breaks of level
//! (`change::breaks`). `change::compare` tests two windows of time. `duplicates` finds
//! syndicated copies before anything is counted. How a statement was scored is none of this
//! room's business.

pub(crate) mod bootstrap;
pub(crate) mod cells;
pub(crate) mod change;
pub(crate) mod coarse_dates;
pub(crate) mod duplicates;
pub(crate) mod findings;
pub(crate) mod periods;
pub(crate) mod plan;
pub(crate) mod terms;
pub(crate) mod trend;

use crate::aggregate::change::breaks;
use crate::aggregate::change::compare;
pub use crate::aggregate::change::compare::{window, windows};
use crate::aggregate::change::windows;
pub use crate::aggregate::duplicates::{Duplicates, Signature, mark_duplicates};
pub use crate::aggregate::periods::{PeriodLength, auto_period};
pub use crate::aggregate::plan::{Options, Plan, Weight};
pub use crate::aggregate::terms::TermUses;
use crate::aggregate::trend::points::points;
pub use crate::aggregate::trend::pooled::{HitWeights, PooledEvidence, PooledScale, pooled};
use crate::aggregate::trend::series;
use crate::aggregate::trend::slope;
use crate::aggregate::trend::smooth;

use crate::aggregate::trend::series::Series;
use crate::error::Result;
use crate::model::{Analysis, Axis, Period, Scores, Slope};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// All analyses of a table of scored statements that the plan asks for. Fails only when
/// polars does.
pub fn analyse(scores: &Scores, plan: &Plan) -> Result<Analysis> {
    analyse_in_steps(scores, plan, &mut |_| ())
}

/// The same; calls `done` with the name of each step after it.
pub fn analyse_in_steps(scores: &Scores, plan: &Plan, done: &mut dyn FnMut(&str)) -> Result<Analysis> {
    let options = &plan.options;
    let period = plan.period.unwrap_or_else(|| auto_period(scores));
    let cells = cells::cells(scores, period, false)?;
    done("cells");
    let too_coarse = coarse_dates::too_coarse(scores, period);
    let mut all_points = points(scores, &cells, period, options);
    if plan.by_source {
        let by_source = cells::cells(scores, period, true)?;
        all_points.extend(points(scores, &by_source, period, options));
    }
    done("intervals");
    let series = series::series(scores, &cells, options.weight);
    let poles = |axis: &str| plan.axes.iter().find(|known| known.id == axis);
    let slopes = series.par_iter().filter_map(|one| slope(one, period, poles(one.axis))).collect();
    done("slopes");
    let broken: Vec<_> =
        series.par_iter().map(|one| breaks::breaks(one, period, poles(one.axis), options)).collect();
    let (fits, breaks): (Vec<_>, Vec<_>) = broken.into_iter().unzip();
    done("breaks");
    let drawn = most_quoted(&series, plan.lines);
    let lines = drawn.par_iter().filter_map(|one| smooth::line(one, period, options)).collect();
    done("smooth lines");
    let shifts = if plan.windows.is_empty() && plan.events.is_empty() {
        Vec::new()
    } else {
        compare::shifts(&windows::timelines(scores), plan)
    };
    done("comparisons");
    Ok(Analysis {
        period,
        too_coarse,
        axes: plan.axes.clone(),
        points: all_points,
        lines,
        slopes,
        shifts,
        fits: fits.into_iter().flatten().collect(),
        breaks: breaks.into_iter().flatten().collect(),
        events: plan.events.clone(),
    })
}

/// The series of the actors with most statements on any axis, in order of the
/// series.
fn most_quoted<'a, 'b>(series: &'b [Series<'a>], most: usize) -> Vec<&'b Series<'a>> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for one in series {
        let count = counts.entry(one.actor_id).or_default();
        *count = (*count).max(one.statements());
    }
    let mut actors: Vec<(&str, usize)> = counts.into_iter().collect();
    actors.sort_by(|one, two| two.1.cmp(&one.1).then(one.0.cmp(two.0)));
    actors.truncate(most);
    series.iter().filter(|one| actors.iter().any(|(id, _)| *id == one.actor_id)).collect()
}

fn slope(series: &Series, period: Period, axis: Option<&Axis>) -> Option<Slope> {
    let found = slope::drift(&series.times(period), &series.means())?;
    let mut slope = Slope {
        actor_id: series.actor_id.to_string(),
        actor: series.actor.to_string(),
        axis: series.axis.to_string(),
        periods: series.periods.len(),
        slope: found.slope,
        interval: found.interval.ends(),
        intercept: found.intercept,
        s: found.s,
        tau: found.tau,
        z: found.z,
        p: found.exact_p.unwrap_or(found.normal_p),
        exact: found.exact_p.is_some(),
        corrected: found.corrected.map(|found| (found.z, found.p)),
        finding: String::new(),
    };
    slope.finding = findings::slope(&slope, axis);
    Some(slope)
}
