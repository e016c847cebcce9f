//! The statements as data for the page's script, escaped so that they cannot end its element.
//!
//! A statement is an array; words that repeat are listed once in `strings` and named by their index.
//! `page.js` has the same list of fields.

use crate::model::NoScore;
use crate::report::page::content::PageAxis;
use crate::report::page::data::choice::Entries;
use crate::report::page::data::entry::Entry;
use crate::report::page::view::reason;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};

/// Every string once.
#[derive(Default)]
struct Strings {
    all: Vec<String>,
    index: HashMap<String, usize>,
}

impl Strings {
    fn of(&mut self, text: &str) -> usize {
        if let Some(index) = self.index.get(text) {
            return *index;
        }
        self.all.push(text.to_string());
        self.index.insert(text.to_string(), self.all.len() - 1);
        self.all.len() - 1
    }
}

/// Bytes of a part, about.
const PART: usize = 1 << 20;

/// The data as JSON that cannot end its script element, in parts: at no time does it
/// stand in memory twice.
pub fn data(
    entries: &Entries,
    axes: &[PageAxis],
    main: usize,
    copy_note: &str,
    href: &dyn Fn(&str) -> String,
) -> Vec<String> {
    let mut strings = Strings::default();
    let mut articles = String::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut rows = vec![String::from("\n")];
    for (number, entry) in entries.iter().enumerate() {
        let next = known.len();
        let article = *known.entry(entry.article.clone()).or_insert_with(|| {
            let article = json!([
                entry.article,
                entry.place,
                href(&entry.place),
                entry.title,
                entry.published,
                entry.source
            ]);
            articles.push_str(if next == 0 { "" } else { "," });
            articles.push_str(&harmless(&article.to_string()));
            next
        });
        if rows.last().is_none_or(|part| part.len() > PART) {
            rows.push(String::new());
        }
        // One value at a time: fifty thousand at once would fill the memory.
        let line = harmless(&row(&entry, article, axes, &mut strings).to_string());
        if let Some(part) = rows.last_mut() {
            part.push_str(if number == 0 { "" } else { ",\n" });
            part.push_str(&line);
        }
    }
    let axes: Vec<Value> = axes
        .iter()
        .map(|axis| {
            json!({
                "id": axis.axis.id,
                "name": axis.axis.name,
                "negative": axis.axis.negative,
                "positive": axis.axis.positive,
                "formula": axis.formula,
            })
        })
        .collect();
    let reasons = [NoScore::NoMatch, NoScore::NoWeight, NoScore::Question, NoScore::Language];
    let reasons: BTreeMap<&str, &str> = reasons.map(|why| (why.as_str(), reason(why.as_str()))).into();
    let first = json!({ "axes": axes, "main": main, "reasons": reasons, "copies": copy_note }).to_string();
    let first = first.strip_suffix('}').unwrap_or(&first);
    let strings = json!(strings.all).to_string();
    let mut data = vec![harmless(first), ",\"articles\":[".into(), articles, "],\"strings\":".into()];
    data.extend([harmless(&strings), ",\"rows\":[".into()]);
    if known.is_empty() {
        rows.clear();
    }
    data.extend(rows);
    data.push("]}".into());
    data
}

fn row(entry: &Entry, article: usize, axes: &[PageAxis], strings: &mut Strings) -> Value {
    let axis = |id: &str| axes.iter().position(|axis| axis.axis.id == id).map_or(-1, |index| index as i64);
    let day = |day: Option<chrono::NaiveDate>| day.map_or(String::new(), |day| day.to_string());
    let runs: Vec<Value> = entry
        .runs
        .iter()
        .map(|run| match (run.hits.as_slice(), run.shifter) {
            ([], false) => json!(run.text),
            ([], true) => json!([run.text]),
            (hits, _) => {
                let mut parts = vec![json!(run.text)];
                parts.extend(hits.iter().map(|hit| json!(hit)));
                Value::Array(parts)
            }
        })
        .collect();
    let scores: Vec<Value> = axes
        .iter()
        .map(|axis| match entry.scores.iter().find(|score| score.axis == axis.axis.id) {
            Some(score) => match score.value {
                Ok(value) => json!(short(value)),
                Err(why) => json!(why.as_str()),
            },
            None => Value::Null,
        })
        .collect();
    let sums: Vec<Value> = entry
        .scores
        .iter()
        .filter(|score| score.value.is_ok())
        .map(|score| {
            let mut flat = vec![json!(axis(&score.axis)), json!(strings.of(&score.sum.lead))];
            flat.extend(score.sum.terms.iter().map(|term| json!(strings.of(term))));
            Value::Array(flat)
        })
        .collect();
    let hits: Vec<Value> = entry
        .hits
        .iter()
        .map(|hit| {
            json!([
                axis(&hit.axis),
                strings.of(hit.kind),
                strings.of(&hit.term),
                strings.of(&hit.words),
                hit.span.start,
                hit.span.end,
                strings.of(hit.status),
                short(hit.contribution),
                strings.of(&hit.target),
                strings.of(&hit.arithmetic),
            ])
        })
        .collect();
    let spans: Vec<usize> = entry.spans.iter().flat_map(|span| [span.start, span.end]).collect();
    json!([
        entry.id,
        article,
        strings.of(&day(entry.said.map(|said| said.0))),
        strings.of(&day(entry.said.map(|said| said.1))),
        strings.of(&day(entry.day())),
        strings.of(&entry.precision),
        strings.of(&entry.dated_by),
        strings.of(&entry.actor_id),
        strings.of(&entry.actor),
        strings.of(&entry.speaker),
        strings.of(&entry.because),
        strings.of(&entry.speaks_for),
        strings.of(entry.form.as_str()),
        strings.of(&entry.cue),
        strings.of(&entry.cue_class),
        spans,
        runs,
        scores,
        sums,
        hits,
        strings.of(&entry.duplicate_of),
        u8::from(entry.cut),
        strings.of(&entry.date_note),
    ])
}

/// Four decimals are enough to check a sum of numbers shown with three.
fn short(value: f64) -> Value {
    let value = (value * 1e4).round() / 1e4 + 0.0;
    if value.fract() == 0.0 { json!(value as i64) } else { json!(value) }
}

/// JSON without a character that could end a script element, open a comment or
/// break a line of script. All of them stand only within strings, where an
/// escape means the same.
pub fn harmless(json: &str) -> String {
    let mut safe = String::with_capacity(json.len() + json.len() / 50);
    for character in json.chars() {
        match character {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\u{7f}' => {
                safe.push_str(&format!("\\u{:04x}", character as u32));
            }
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_script_in_a_statement_stays_a_string() {
        let text = "</script><script>alert(1)</script><!-- \u{2028}&";
        let safe = harmless(&json!([text]).to_string());
        assert_eq!(
            safe,
            r#"["\u003c/script\u003e\u003cscript\u003ealert(1)\u003c/script\u003e\u003c!-- \u2028\u0026"]"#
        );
        assert_eq!(serde_json::from_str::<Vec<String>>(&safe).unwrap(), [text]);
    }

    proptest! {
        #[test]
        fn no_text_breaks_out_of_the_data(text in any::<String>(), tail in "(</script|<!--|-->|]]>|\u{2028}){0,3}") {
            let text = text + &tail;
            let safe = harmless(&json!({ "text": text }).to_string());
            let clean = !safe.contains(['<', '>', '&', '\u{2028}', '\u{2029}']);
            prop_assert!(clean, "{}", safe);
            let back: Value = serde_json::from_str(&safe).unwrap();
            prop_assert_eq!(back["text"].as_str(), Some(text.as_str()));
        }
    }
}
