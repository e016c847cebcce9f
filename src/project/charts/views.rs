//! The values of the charts beside `position.png`.
//!
//! Lives here: what stands in `shift`, `heatmap`, `terms` and `axes`. May not
//! live here: drawing (see `report`), or what they are made from (see `draw`).

use crate::model::{Axis, ScoredRow, TrendPoint, Window};
use crate::project::charts::{Material, described};
use crate::report::{AxesChart, HeatChart, ShiftChart, ShiftRow, TermChart};
use chrono::NaiveDate;
use std::collections::HashSet;

/// Who moved between the windows of `--compare`: those with an interval
/// first, the larger change first.
pub fn shift(material: &Material) -> ShiftChart {
    let axis = material.axis;
    let mut rows: Vec<ShiftRow> = material
        .shifts
        .iter()
        .filter(|shift| shift.axis == axis.id && shift.test == "permutation")
        .filter(|shift| !described(&shift.actor_id, &shift.actor))
        .map(|shift| ShiftRow {
            name: shift.actor.clone(),
            windows: (written(&shift.window_a), written(&shift.window_b)),
            n: shift.n,
            means: shift.mean,
            interval: shift.interval,
            p: shift.p,
        })
        .collect();
    rows.sort_by(|one, two| {
        let change = |row: &ShiftRow| (row.means.1 - row.means.0).abs();
        let sure = |row: &ShiftRow| row.interval.is_some();
        sure(two)
            .cmp(&sure(one))
            .then(change(two).total_cmp(&change(one)))
            .then_with(|| one.name.cmp(&two.name))
    });
    let (question, before, after) = match material.windows {
        [(one, two)] => {
            let (one, two) = (written(&one.label), written(&two.label));
            (format!("who moved between {one} and {two}?"), one, two)
        }
        _ => ("who moved?".into(), "the first window".into(), "the second".into()),
    };
    let inside = |row: &ScoredRow| {
        let day = row.day();
        material
            .windows
            .iter()
            .any(|(one, two)| (one.from <= day && day <= one.to) || (two.from <= day && day <= two.to))
    };
    let basis = material.basis(|row| material.on(row, axis) && inside(row));
    ShiftChart {
        title: format!("{}: {question}", axis.name),
        subtitle: format!(
            "Mean of the statements in {before} (hollow) and in {after} (filled). Band: 95 % interval of the change. \
             Blue: towards {}; orange: towards {}; grey: no clear change, or too few articles.",
            axis.positive, axis.negative
        ),
        axis: axis.clone(),
        rows,
        caption: material.caption(basis, "; bootstrap and permutation over articles; n counts articles"),
    }
}

/// A window as people write it: "2003–2013" for "2003..2013".
fn written(window: &str) -> String {
    let years = window.split("..").all(|end| end.len() <= 4);
    window.replace("..", if years { "–" } else { " – " })
}

/// Means of everybody by period.
pub fn heat(material: &Material, actors: Vec<(String, String)>) -> HeatChart {
    let axis = material.axis;
    let points: Vec<TrendPoint> =
        material.points.iter().filter(|point| point.axis == axis.id).cloned().collect();
    let ids: HashSet<&str> = actors.iter().map(|(id, _)| id.as_str()).collect();
    let numbers = material.numbers(|id| ids.contains(id));
    let basis = material.basis(|row| material.on(row, axis) && numbers[row.actor as usize]);
    HeatChart {
        title: format!("{} by speaker and {}", axis.name, material.unit_of_time()),
        subtitle: "Colour: mean of the statements. Frame: fewer than 3. Empty: nothing was said. Most statements on top."
            .into(),
        axis: axis.clone(),
        actors,
        points,
        caption: material.caption(basis, &material.undrawn()),
    }
}

/// The terms behind the movement of one actor between the windows of
/// `--compare`, or between the halves of what was said.
pub fn terms(material: &Material, (id, name): &(String, String)) -> TermChart {
    let axis = material.axis;
    let own = |row: &ScoredRow| material.on(row, axis) && material.by(row, id);
    let scores = &material.gathered.scores;
    let mut days: Vec<NaiveDate> = scores.rows().filter(own).map(|row| row.day()).collect();
    days.sort_unstable();
    let windows = material.windows.first().cloned().or_else(|| halves(&days));
    let actor = scores.rows().find(own).map(|row| row.actor);
    let (terms, labels) = match (&windows, actor) {
        (Some((one, two)), Some(actor)) => {
            let count = |window: &Window| {
                days.iter().filter(|day| window.from <= **day && **day <= window.to).count()
            };
            let statements = [count(one), count(two)];
            let terms = material.gathered.terms.shifts(actor, (one, two), statements);
            (terms, (written(&one.label), written(&two.label)))
        }
        (Some((one, two)), None) => (Vec::new(), (written(&one.label), written(&two.label))),
        (None, _) => (Vec::new(), (String::new(), String::new())),
    };
    let within = |window: &Window, day| window.from <= day && day <= window.to;
    let inside = |row: &ScoredRow| {
        let compared = windows.as_ref();
        own(row) && compared.is_none_or(|(one, two)| within(one, row.day()) || within(two, row.day()))
    };
    TermChart {
        title: format!("Which terms moved {name}?"),
        subtitle: format!(
            "What a term adds to {} per statement in {} (hollow) and {} (filled), and how often it counted. Blue: it moved \
             towards {}; orange: towards {}.",
            axis.name.to_lowercase(),
            labels.0,
            labels.1,
            axis.positive,
            axis.negative
        ),
        axis: axis.clone(),
        windows: labels,
        terms,
        caption: material
            .caption(material.basis(inside), "; the largest changes; sums of hits, before fitted weights"),
    }
}

/// The statements before the middle one, and the rest, by day.
fn halves(days: &[NaiveDate]) -> Option<(Window, Window)> {
    let (first, last) = (*days.first()?, *days.last()?);
    let middle = days[days.len() / 2];
    let before = middle.pred_opt().filter(|day| *day >= first)?;
    let window = |from, to| Window { label: format!("{from}..{to}"), from, to };
    Some((window(first, before), window(middle, last)))
}

/// The two axes that weigh most in the drawn one, against each other; None if
/// it is not made of two.
pub fn axes(material: &Material, (id, name): &(String, String)) -> Option<AxesChart> {
    let mut factors: Vec<(&String, &f64)> = material.formula.iter().collect();
    factors.sort_by(|one, two| two.1.abs().total_cmp(&one.1.abs()).then(two.1.total_cmp(one.1)));
    let known = |id: &str| -> Option<&Axis> { material.axes.iter().find(|axis| axis.id == id) };
    let (across, upwards) = (known(factors.first()?.0)?, known(factors.get(1)?.0)?);
    let of = |axis: &Axis| -> Vec<&TrendPoint> {
        let mut points: Vec<&TrendPoint> = material
            .points
            .iter()
            .filter(|point| point.axis == axis.id && point.actor_id == *id && point.mean.is_some())
            .collect();
        points.sort_by_key(|point| point.start);
        points
    };
    let (one, two) = (of(across), of(upwards));
    let steps: Vec<(TrendPoint, TrendPoint)> = one
        .iter()
        .filter_map(|point| {
            let same = two.iter().find(|other| other.period == point.period)?;
            Some(((*point).clone(), (*same).clone()))
        })
        .collect();
    let alone = one.len() + two.len() - 2 * steps.len();
    let missing = match alone {
        0 => String::new(),
        1 => "; one period has a mean on one axis only and is not drawn".to_string(),
        more => format!("; {more} periods have a mean on one axis only and are not drawn"),
    };
    let both = |row: &ScoredRow| material.on(row, across) || material.on(row, upwards);
    let basis = material.basis(|row| material.by(row, id) && both(row));
    Some(AxesChart {
        title: format!("{name}: {} and {}", across.name.to_lowercase(), upwards.name.to_lowercase()),
        subtitle: format!(
            "Means per {}, joined in order of time from pale to full; larger with more statements (the \
             smaller n of both axes), hollow below 3.",
            material.unit_of_time()
        ),
        across: across.clone(),
        upwards: upwards.clone(),
        name: name.clone(),
        steps,
        caption: material.caption(basis, &missing),
    })
}
