//! From the results of a run to the values of the templates: what each section of the page holds, and
//! how much of it.

use crate::model::{Form, Shift, counted};
use crate::report::page::actors;
use crate::report::page::actors::ActorView;
use crate::report::page::assets::{SCRIPT, STYLE};
use crate::report::page::content::{Evidence, MOST_ROWS, Page, PageAxis};
use crate::report::page::data::choice::Entries;
use crate::report::page::data::counts::Counts;
use crate::report::page::data::json;
use crate::report::page::findings;
use crate::report::page::findings::Finding;
use crate::report::page::pictures;
use crate::report::page::pictures::PictureView;
use crate::report::page::view;
use crate::report::page::view::{RowView, plain, reason, signed};
use crate::report::page::{link, policy, provenance};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Maximum number of statements in the page as HTML; a script shows the others.
const STATIC_ROWS: usize = 200;
/// Maximum number of terms for each pole of an axis.
const MOST_TERMS: usize = 15;

/// All that `page.html` names.
#[derive(Debug, Serialize)]
pub struct Sections {
    policy: String,
    style: String,
    script: &'static str,
    title: String,
    summary: String,
    days: Option<(String, String)>,
    version: String,
    axis: AxisView,
    axes: Vec<AxisView>,
    findings: Vec<Finding>,
    pictures: Vec<PictureView>,
    actors: Vec<ActorView>,
    more_actors: usize,
    filters: Filters,
    rows: Vec<RowView>,
    kept: usize,
    all: usize,
    author: usize,
    complete: bool,
    copies_count: bool,
    data: &'static str,
    shifts: Vec<ShiftView>,
    breaks: Vec<BreakView>,
    slopes: Vec<SlopeView>,
    events: Vec<(String, String)>,
    trend: Vec<TrendView>,
    more_trend: usize,
    terms: Vec<TermsView>,
    skipped_counts: Vec<(String, usize)>,
    skipped: Vec<[String; 3]>,
    more_skipped: usize,
    manifest: provenance::ManifestView,
    cite: provenance::Cite,
}

#[derive(Debug, Clone, Serialize)]
struct AxisView {
    id: String,
    name: String,
    negative: String,
    positive: String,
}

/// What the filters of the table offer.
#[derive(Debug, Serialize)]
struct Filters {
    actors: Vec<(String, String, usize)>,
    years: Vec<String>,
    forms: Vec<String>,
    sources: Vec<String>,
}

#[derive(Debug, Serialize)]
struct ShiftView {
    actor_id: String,
    actor: String,
    axis: String,
    test: String,
    windows: (String, String),
    n: (usize, usize),
    means: (String, String),
    difference: String,
    interval: String,
    p: String,
    q: String,
}

#[derive(Debug, Serialize)]
struct BreakView {
    actor: String,
    axis: String,
    period: String,
    between: String,
    levels: (String, String),
    p: String,
    decided: bool,
}

#[derive(Debug, Serialize)]
struct SlopeView {
    actor: String,
    axis: String,
    periods: usize,
    slope: String,
    interval: String,
    tau: String,
    p: String,
    corrected_p: String,
}

#[derive(Debug, Serialize)]
struct TrendView {
    actor: String,
    axis: String,
    row: actors::PeriodView,
}

/// The terms that contributed most to an axis, for each pole.
#[derive(Debug, Serialize)]
struct TermsView {
    axis: String,
    poles: [(String, &'static str, Vec<TermView>); 2],
}

#[derive(Debug, Serialize)]
struct TermView {
    term: String,
    hits: usize,
    against: usize,
    sum: String,
}

/// Stands where the data of the script belong: with them the template would be held
/// in memory several times. Text of articles cannot hold it, because it is escaped.
pub(crate) const DATA: &str = "<!--data-->";

/// The values of the page, and the data of its script in parts.
pub fn sections(page: &Page, evidence: Evidence) -> (Sections, Vec<String>) {
    let Evidence { counts, choice } = evidence;
    let entries = choice.entries();
    let nothing = PageAxis { axis: Default::default(), formula: BTreeMap::new() };
    let axis = page.axes.get(page.main).unwrap_or(&nothing);
    let periods: BTreeSet<String> =
        page.points.iter().map(|p| format!("{}|{}|{}", p.actor_id, p.axis, p.period)).collect();
    let href = |place: &str| link::to_file(page.folder, place);
    let actors = actors::actors(page, axis, &counts, &entries);
    let on_main = |axis: &str| axis == page.axes.get(page.main).map_or("", |main| main.axis.id.as_str());
    let trend: Vec<_> = page.points.iter().filter(|point| point.statements > 0).collect();
    // The main axis first, as everywhere.
    let trend: Vec<_> = trend
        .iter()
        .filter(|point| on_main(&point.axis))
        .chain(trend.iter().filter(|point| !on_main(&point.axis)))
        .collect();
    let kept = entries.len();
    let filters = filters(&entries);
    let copy_note = view::copy_note(counts.counting());
    let rows = shown(&entries)
        .into_iter()
        .filter_map(|number| entries.get(number))
        .map(|entry| view::row(&entry, axis, &page.axes, copy_note, href(&entry.place)))
        .collect();
    let data = json::data(&entries, &page.axes, page.main, copy_note, &href);
    let mut colours = pictures::Colours::default();
    let pictures: Vec<PictureView> = page
        .pictures
        .iter()
        .map(|picture| pictures::view(picture.clone(), &|key| periods.contains(key), &mut colours))
        .collect();
    let style = format!("{STYLE}{}", colours.css());
    let sections = Sections {
        policy: policy::policy(SCRIPT, &style),
        style,
        script: SCRIPT,
        title: title(axis),
        summary: summary(&counts, page),
        days: counts.days.map(|(from, to)| (from.to_string(), to.to_string())),
        version: page.manifest.version.clone(),
        axis: axis_view(axis),
        axes: page.axes.iter().map(axis_view).collect(),
        findings: findings::findings(page, &counts),
        pictures,
        more_actors: counts.speakers.len() - actors.len(),
        actors,
        filters,
        rows,
        kept,
        all: counts.rows,
        author: counts.author,
        copies_count: counts.counting().keep_duplicates,
        complete: kept == counts.rows,
        data: DATA,
        shifts: page.shifts.iter().take(MOST_ROWS).map(|shift| shift_view(shift, page)).collect(),
        breaks: page
            .breaks
            .iter()
            .take(MOST_ROWS)
            .map(|found| BreakView {
                actor: found.actor.clone(),
                axis: name(&found.axis, page),
                period: found.period.clone(),
                between: found.interval.map_or("–".into(), |(from, to)| format!("{from} to {to}")),
                levels: (signed(found.levels.0), signed(found.levels.1)),
                p: probability(Some(found.p)),
                decided: found.decided,
            })
            .collect(),
        slopes: page
            .slopes
            .iter()
            .take(MOST_ROWS)
            .map(|slope| SlopeView {
                actor: slope.actor.clone(),
                axis: name(&slope.axis, page),
                periods: slope.periods,
                slope: thousandths(slope.slope),
                interval: format!("[{}, {}]", thousandths(slope.interval.0), thousandths(slope.interval.1)),
                tau: signed(slope.tau),
                p: probability(Some(slope.p)),
                corrected_p: probability(slope.corrected.map(|(_, p)| p)),
            })
            .collect(),
        events: page.events.iter().map(|event| (event.day.to_string(), event.label.clone())).collect(),
        more_trend: trend.len().saturating_sub(MOST_ROWS),
        trend: trend
            .iter()
            .take(MOST_ROWS)
            .map(|point| TrendView {
                actor: point.actor.clone(),
                axis: name(&point.axis, page),
                row: actors::period(
                    point,
                    page.axes.iter().find(|a| a.axis.id == point.axis).unwrap_or(axis),
                ),
            })
            .collect(),
        terms: page.axes.iter().filter_map(|axis| terms(&counts, axis)).collect(),
        skipped_counts: skipped_counts(page),
        more_skipped: page.skipped.len().saturating_sub(MOST_ROWS),
        skipped: page
            .skipped
            .first
            .iter()
            .map(|row| [row.path.clone(), row.reason.clone(), row.detail.clone()])
            .collect(),
        manifest: provenance::manifest(page),
        cite: provenance::cite(page),
    };
    (sections, data)
}

fn title(axis: &PageAxis) -> String {
    let axis = &axis.axis;
    if axis.id.is_empty() {
        return "Statements".into();
    }
    format!("{}: {} or {}?", axis.name, axis.positive, axis.negative)
}

fn summary(counts: &Counts, page: &Page) -> String {
    let read = page.manifest.counts.get("articles_read").copied().unwrap_or(counts.articles);
    let said = counts.rows - counts.author;
    let speakers = counted(counts.speakers.len(), "speaker");
    format!("{} by {speakers} in {}", counted(said, "statement"), counted(read, "article"))
}

fn axis_view(axis: &PageAxis) -> AxisView {
    let axis = &axis.axis;
    AxisView {
        id: axis.id.to_string(),
        name: axis.name.clone(),
        negative: axis.negative.clone(),
        positive: axis.positive.clone(),
    }
}

fn name(id: &str, page: &Page) -> String {
    page.axes.iter().find(|axis| axis.axis.id == id).map_or(id.to_string(), |axis| axis.axis.name.clone())
}

/// Numbers of the statements that are in the page without scripts: those of speakers
/// first, as far as there is room.
fn shown(entries: &Entries) -> Vec<usize> {
    let (mut speakers, mut author) = (Vec::new(), Vec::new());
    for (number, entry) in entries.iter().enumerate() {
        let group = if entry.form == Form::Author { &mut author } else { &mut speakers };
        if group.len() < STATIC_ROWS {
            group.push(number);
        }
        if speakers.len() == STATIC_ROWS {
            break;
        }
    }
    let mut shown: Vec<usize> = speakers.into_iter().chain(author).take(STATIC_ROWS).collect();
    shown.sort_unstable();
    shown
}

fn filters(entries: &Entries) -> Filters {
    let mut actors: BTreeMap<String, (String, usize)> = BTreeMap::new();
    let mut years = BTreeSet::new();
    let mut forms = BTreeSet::new();
    let mut sources = BTreeSet::new();
    for entry in entries.iter() {
        years.extend(entry.day().map(|day| day.format("%Y").to_string()));
        forms.insert(entry.form.as_str().to_string());
        sources.insert(entry.source);
        if entry.form != Form::Author {
            actors.entry(entry.actor_id).or_insert((entry.actor, 0)).1 += 1;
        }
    }
    let mut actors: Vec<(String, String, usize)> = actors
        .into_iter()
        .map(|(id, (name, count))| (id, if name.is_empty() { "(unresolved)".into() } else { name }, count))
        .collect();
    actors.sort_by(|one, two| two.2.cmp(&one.2).then(one.1.cmp(&two.1)));
    actors.truncate(MOST_ROWS);
    Filters {
        actors,
        years: years.into_iter().collect(),
        forms: forms.into_iter().collect(),
        sources: sources.into_iter().filter(|source| !source.is_empty()).take(MOST_ROWS).collect(),
    }
}

fn probability(p: Option<f64>) -> String {
    match p {
        None => "–".into(),
        Some(p) if p < 0.001 => "< 0.001".into(),
        Some(p) => format!("{p:.3}"),
    }
}

/// Three decimals with a sign: a drift per year is small.
fn thousandths(value: f64) -> String {
    format!("{:+.3}", (value * 1e3).round() / 1e3 + 0.0).replace('-', "−")
}

fn shift_view(shift: &Shift, page: &Page) -> ShiftView {
    ShiftView {
        actor_id: shift.actor_id.clone(),
        actor: shift.actor.clone(),
        axis: name(&shift.axis, page),
        test: shift.event.as_ref().map_or(shift.test.clone(), |event| format!("{}: {event}", shift.test)),
        windows: (shift.window_a.clone(), shift.window_b.clone()),
        n: shift.n,
        means: (signed(shift.mean.0), signed(shift.mean.1)),
        difference: signed(shift.difference),
        interval: shift
            .interval
            .map_or("too few articles".into(), |(low, high)| format!("[{}, {}]", signed(low), signed(high))),
        p: probability(shift.p),
        q: probability(shift.q),
    }
}

fn terms(counts: &Counts, axis: &PageAxis) -> Option<TermsView> {
    let side = |sign: f64| -> Vec<TermView> {
        counts
            .top_terms(&axis.axis.id, sign, MOST_TERMS)
            .into_iter()
            .map(|(term, used)| TermView {
                term: term.to_string(),
                hits: used.hits,
                against: if sign > 0.0 { used.hits - used.positive } else { used.positive },
                sum: plain(used.sum),
            })
            .collect()
    };
    let (positive, negative) = (side(1.0), side(-1.0));
    if positive.is_empty() && negative.is_empty() {
        return None;
    }
    Some(TermsView {
        axis: axis.axis.name.clone(),
        poles: [
            (axis.axis.positive.clone(), "positive", positive),
            (axis.axis.negative.clone(), "negative", negative),
        ],
    })
}

fn skipped_counts(page: &Page) -> Vec<(String, usize)> {
    page.skipped.counts.iter().map(|(word, count)| (reason(word).to_string(), *count)).collect()
}
