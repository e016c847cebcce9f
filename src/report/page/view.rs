//! A statement as a reader sees it: its row in the table and, unfolded, the account of its score, for
//! readers without scripts. `templates/page.js` writes the same for the others; the browser test
//! compares the two.

use crate::model::Counting;
use crate::report::page::content::PageAxis;
use crate::report::page::data::entry::{Entry, EntryHit, EntryScore};
use serde::Serialize;

/// A row of the table of statements.
#[derive(Debug, Clone, Serialize)]
pub struct RowView {
    id: String,
    author: bool,
    actor: String,
    when: String,
    runs: Vec<RunView>,
    cut: bool,
    value: Option<ValueView>,
    why_not: String,
    form: String,
    source: String,
    lines: Vec<(String, String)>,
    hits: Vec<[String; 5]>,
    sums: Vec<(String, String)>,
    place: String,
    href: String,
    bytes: String,
    cite: String,
}

#[derive(Debug, Clone, Serialize)]
struct RunView {
    text: String,
    /// "", "positive", "negative", "nothing" or "shifter".
    class: &'static str,
    note: String,
}

/// A score with its pole and the bar that shows it.
#[derive(Debug, Clone, Serialize)]
pub struct ValueView {
    text: String,
    pole: String,
    class: &'static str,
    x: i32,
    width: i32,
}

impl ValueView {
    /// A value on an axis.
    pub fn new(value: f64, axis: &PageAxis) -> Self {
        let shown = (value * 100.0).round() / 100.0;
        let (class, pole) = match shown {
            v if v > 0.0 => ("positive", axis.axis.positive.clone()),
            v if v < 0.0 => ("negative", axis.axis.negative.clone()),
            _ => ("nothing", "between the poles".to_string()),
        };
        let percent = (value * 100.0).round() as i32;
        let percent = percent.clamp(-100, 100);
        ValueView { text: signed(value), pole, class, x: percent.min(0), width: percent.abs() }
    }
}

/// Two decimals with a sign; the minus is a minus.
pub fn signed(value: f64) -> String {
    let shown = (value * 100.0).round() / 100.0 + 0.0;
    if shown == 0.0 { "0.00".into() } else { format!("{shown:+.2}").replace('-', "−") }
}

/// Rounded as the data for the script is, so that both show the same.
fn as_data(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

/// At most three decimals.
pub fn plain(value: f64) -> String {
    let shown = (as_data(value) * 1e3).round() / 1e3 + 0.0;
    format!("{shown}").replace('-', "−")
}

/// What the account of a copy says behind "repeats ID".
pub fn copy_note(counting: Counting) -> &'static str {
    match counting.keep_duplicates {
        true => "and counts too (--keep-duplicates)",
        false => "and counts in no trend",
    }
}

/// The row of an entry, seen on one axis. `href` is the link to its article,
/// empty when there is none.
pub fn row(entry: &Entry, axis: &PageAxis, axes: &[PageAxis], copy_note: &str, href: String) -> RowView {
    let score = entry.scores.iter().find(|score| score.axis == axis.axis.id);
    let value = score.and_then(|score| score.value.ok()).map(as_data);
    let actor = if entry.actor.is_empty() { "(unresolved)".to_string() } else { entry.actor.clone() };
    RowView {
        id: entry.id.clone(),
        author: entry.form == crate::model::Form::Author,
        actor,
        when: when(entry),
        runs: entry
            .runs
            .iter()
            .map(|run| {
                let class = if run.shifter { "shifter" } else { class(&run.hits, entry, axis) };
                RunView { text: run.text.clone(), class, note: note(&run.hits, entry, axis) }
            })
            .collect(),
        cut: entry.cut,
        value: value.map(|value| ValueView::new(value, axis)),
        why_not: score.and_then(|score| score.value.err()).map_or("", |why| why.as_str()).to_string(),
        form: entry.form.as_str().to_string(),
        source: entry.source.clone(),
        lines: lines(entry, copy_note),
        hits: entry.hits.iter().map(|hit| hit_cells(hit, axes)).collect(),
        sums: entry
            .scores
            .iter()
            .map(|score| {
                let name = axes.iter().find(|axis| axis.axis.id == score.axis);
                let name = name.map_or(score.axis.to_string(), |axis| axis.axis.name.clone());
                (name, sum(score))
            })
            .collect(),
        place: entry.place.clone(),
        href,
        bytes: bytes(entry),
        cite: cite(entry),
    }
}

/// Which pole of the axis a run speaks for.
fn class(hits: &[usize], entry: &Entry, axis: &PageAxis) -> &'static str {
    let mut seen = false;
    let mut sum = 0.0;
    for hit in hits.iter().filter_map(|hit| entry.hits.get(*hit)) {
        if let Some(factor) = axis.formula.get(hit.axis.as_str()) {
            seen = true;
            sum += factor * hit.contribution;
        }
    }
    match sum {
        _ if !seen => "",
        sum if sum > 0.0 => "positive",
        sum if sum < 0.0 => "negative",
        _ => "nothing",
    }
}

fn note(hits: &[usize], entry: &Entry, axis: &PageAxis) -> String {
    let hits = hits.iter().filter_map(|hit| entry.hits.get(*hit));
    let notes = hits
        .filter(|hit| axis.formula.contains_key(hit.axis.as_str()))
        .map(|hit| format!("{} {}: {}", hit.kind, hit.term, plain(hit.contribution)));
    notes.collect::<Vec<_>>().join("; ")
}

/// The day, or the days.
fn when(entry: &Entry) -> String {
    let Some((from, to)) = entry.said else { return "no date".into() };
    let whole_year = entry.precision == "year"
        && from.format("%m-%d").to_string() == "01-01"
        && to.format("%m-%d").to_string() == "12-31"
        && from.format("%Y").to_string() == to.format("%Y").to_string();
    match (from == to, whole_year) {
        (true, _) => from.to_string(),
        (_, true) => from.format("%Y").to_string(),
        _ => format!("{from} to {to}"),
    }
}

/// Who, how and when, each with its reason.
fn lines(entry: &Entry, copy_note: &str) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    let mut line = |label: &str, words: String| lines.push((label.to_string(), words));
    line("Why this speaker", entry.because.clone());
    if !entry.speaks_for.is_empty() {
        line("Speaks for", entry.speaks_for.clone());
    }
    let cue = if entry.cue.is_empty() { "no cue".to_string() } else { format!("cue “{}”", entry.cue) };
    line("Form", format!("{}; {cue}, class {}", entry.form.as_str(), entry.cue_class));
    let dated = match (entry.said.is_some(), entry.dated_by.is_empty()) {
        (false, _) => "no date was found: it stays out of trends".to_string(),
        (true, true) => format!("{}, the day it was printed", when(entry)),
        (true, false) => format!("{} ({}), from “{}”", when(entry), entry.precision, entry.dated_by),
    };
    line("Said", dated);
    if !entry.date_note.is_empty() {
        line("Date", entry.date_note.clone());
    }
    if !entry.duplicate_of.is_empty() {
        line("Copy", format!("repeats {} {}", entry.duplicate_of, copy_note));
    }
    lines
}

fn hit_cells(hit: &EntryHit, axes: &[PageAxis]) -> [String; 5] {
    let axis = axes.iter().find(|axis| axis.axis.id == hit.axis);
    let name = axis.map_or("no axis".to_string(), |axis| axis.axis.name.clone());
    let of = if hit.target.is_empty() { String::new() } else { format!(" of “{}”", hit.target) };
    [
        format!("“{}”{of}", hit.words),
        format!("{} {}", hit.kind, hit.term),
        name,
        hit.arithmetic.clone(),
        hit.status.to_string(),
    ]
}

/// How the score of an axis came about.
fn sum(score: &EntryScore) -> String {
    match score.value {
        Ok(value) => format!("{} = {}", signed(as_data(value)), score.sum.text()),
        Err(why) => format!("no score: {}", reason(why.as_str())),
    }
}

/// Why there is no score, in words.
pub fn reason(word: &str) -> &str {
    match word {
        "no_match" => "no entry of the lexicon matched",
        "no_weight" => "what matched carries no weight",
        "question" => "a question claims nothing",
        "language" => "the lexicon has no terms for this language",
        other => other,
    }
}

fn bytes(entry: &Entry) -> String {
    let spans: Vec<String> = entry.spans.iter().map(|span| format!("{}–{}", span.start, span.end)).collect();
    spans.join(", ")
}

/// A reference for a footnote.
fn cite(entry: &Entry) -> String {
    let mut parts = Vec::new();
    if !entry.source.is_empty() {
        parts.push(entry.source.clone());
    }
    if !entry.title.is_empty() {
        parts.push(format!("“{}”", entry.title));
    }
    if !entry.published.is_empty() {
        parts.push(entry.published.clone());
    }
    parts.push(format!("statement {}, bytes {}", entry.id, bytes(entry)));
    parts.join(", ")
}
