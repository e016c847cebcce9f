//! A row of a table as scored statements, or why it cannot be used.

use crate::ingest::results::statements::columns::AxisColumns;
use crate::ingest::results::statements::layout::{Layout, Own, ROLES};
use crate::ingest::results::statements::selection::{ScoredTable, Selection};
use crate::model::{Form, Observation, Voice, bounds};
use chrono::NaiveDate;

/// Nothing, or why the row could not be used.
pub type Outcome = std::result::Result<(), String>;

/// Adds the scores of a row to a table.
pub fn add_row(cells: &[&str], layout: &Layout, wanted: &Selection, table: &mut ScoredTable) -> Outcome {
    match layout {
        Layout::Wide { axes, columns } => wide(cells, axes, columns, wanted, table),
        Layout::Long { columns, axis } => long(cells, columns, axis, wanted, table),
    }
}

fn wide(
    cells: &[&str],
    axes: &[AxisColumns],
    columns: &Own,
    wanted: &Selection,
    table: &mut ScoredTable,
) -> Outcome {
    let cell = |index: usize| cells.get(index).copied().unwrap_or("").trim();
    let maybe = |index: Option<usize>| index.map_or("", cell);
    let (id, actor) = (cell(columns.actor_id), cell(columns.actor));
    let author = maybe(columns.form) == Form::Author.as_str();
    let copy = maybe(columns.duplicate_of);
    if !wanted.counting.counts(Voice { id, name: actor, author, copy: !copy.is_empty() }) {
        return Ok(());
    }
    for axis in axes {
        let value = cell(axis.value);
        if value.is_empty() {
            continue;
        }
        if cell(columns.from).is_empty() {
            return Err("no date: the statement stays out of trends".into());
        }
        let (from, to) = match columns.to {
            Some(to) => (days(cell(columns.from))?.0, days(cell(to))?.1),
            None => published(cell(columns.from), maybe(columns.precision))?,
        };
        let count = |index: Option<usize>| maybe(index).parse::<usize>().unwrap_or(0);
        let cluster = (!copy.is_empty()).then(|| copy.rsplit_once('#').map_or(copy, |(article, _)| article));
        keep(
            table,
            Observation {
                actor_id: if id.is_empty() { actor } else { id }.to_string(),
                actor: actor.to_string(),
                axis: axis.id.to_string(),
                article: cell(columns.article).to_string(),
                cluster: cluster.map(str::to_string),
                statement: cell(columns.statement).to_string(),
                source: Some(maybe(columns.source).to_string()).filter(|source| !source.is_empty()),
                from,
                to,
                value: number(value)?,
                hits: count(axis.hits),
                poles: (count(axis.positive), count(axis.negative)),
            },
        );
    }
    Ok(())
}

fn long(
    cells: &[&str],
    columns: &[Option<usize>; ROLES.len()],
    axis: &str,
    wanted: &Selection,
    table: &mut ScoredTable,
) -> Outcome {
    let [actor, date, value, article, own_axis, source, statement, hits, positive, negative, _] =
        columns.map(|index| index.and_then(|index| cells.get(index)).copied().unwrap_or("").trim());
    if value.is_empty() || value == "NA" {
        return Ok(());
    }
    let axis = if own_axis.is_empty() { axis } else { own_axis };
    if !wanted.axes.is_empty() && !wanted.axes.iter().any(|wanted| wanted == axis) {
        return Ok(());
    }
    if actor.is_empty() {
        return Err("no actor".into());
    }
    if article.is_empty() {
        return Err("no article: intervals resample articles".into());
    }
    let (from, to) = days(date)?;
    let count = |cell: &str| cell.parse::<usize>().unwrap_or(0);
    keep(
        table,
        Observation {
            actor_id: actor.to_string(),
            actor: actor.to_string(),
            axis: axis.to_string(),
            article: article.to_string(),
            cluster: None,
            statement: statement.to_string(),
            source: Some(source.to_string()).filter(|source| !source.is_empty()),
            from,
            to,
            value: number(value)?,
            hits: count(hits),
            poles: (count(positive), count(negative)),
        },
    );
    Ok(())
}

fn keep(table: &mut ScoredTable, seen: Observation) {
    let (low, high) = table.range.unwrap_or((seen.value, seen.value));
    table.range = Some((low.min(seen.value), high.max(seen.value)));
    table.scores.push(&seen);
}

/// The days from the first day of a publication on that its precision names.
fn published(cell: &str, precision: &str) -> std::result::Result<(NaiveDate, NaiveDate), String> {
    let (first, last) = days(cell)?;
    let months = match precision {
        "month" => 1,
        "quarter" => 3,
        "half" => 6,
        "year" => 12,
        _ => return Ok((first, last)),
    };
    let next = first.checked_add_months(chrono::Months::new(months));
    Ok((first, next.and_then(|next| next.pred_opt()).unwrap_or(last)))
}

/// A day, month or year, with or without a time behind it.
fn days(cell: &str) -> std::result::Result<(NaiveDate, NaiveDate), String> {
    let day = cell.split(['T', ' ']).next().unwrap_or("");
    bounds(day).ok_or_else(|| format!("'{cell}' is no date; write 2019-02-15, 2019-02 or 2019"))
}

fn number(cell: &str) -> std::result::Result<f64, String> {
    let value: Option<f64> = cell.parse().or_else(|_| cell.replace(',', ".").parse()).ok();
    value.filter(|value| value.is_finite()).ok_or_else(|| format!("value '{cell}' is not a number"))
}
