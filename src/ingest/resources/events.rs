//! Lists of dated events: a CSV with date, label and source.

use crate::error::Result;
use crate::ingest::resources::resource_path::ResourcePath;
use crate::ingest::text::dates;
use crate::model::Event;

/// Reads a CSV with the columns `date` (YYYY-MM-DD) and `label`; a column
/// `source` may say where the event can be read about. Sorted by date.
///
/// # Errors
/// With file and line, for a row without a label or with something else than a date.
pub fn events(path: impl Into<ResourcePath>) -> Result<Vec<Event>> {
    let sheet = path.into().sheet(&["date", "label"])?;
    let mut events = Vec::new();
    for row in sheet.rows() {
        let day = dates::metadata(row.get("date")).ok_or_else(|| {
            row.error(format!("'{}' is not a date", row.get("date")), "write it as 2019-02-15")
        })?;
        if row.get("label").is_empty() {
            return Err(row.error("the event has no label", "say in a few words what happened"));
        }
        events.push(Event {
            day,
            label: row.get("label").to_string(),
            source: row.get("source").to_string(),
        });
    }
    events.sort_by(|one, two| one.day.cmp(&two.day).then(one.label.cmp(&two.label)));
    Ok(events)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_sorted_and_mistakes_are_named() {
        let file = tempfile::NamedTempFile::with_suffix(".csv").unwrap();
        std::fs::write(file.path(), "label;date\nA treaty;2019-02-15\nA vote;2004-10-17\n").unwrap();
        let found = events(file.path()).unwrap();
        assert_eq!(found[0].label, "A vote");
        std::fs::write(file.path(), "date,label\n15.2.2019,A treaty\n").unwrap();
        let error = events(file.path()).unwrap_err().to_string();
        assert!(error.contains(":2: '15.2.2019' is not a date; write it as 2019-02-15"), "{error}");
    }
}
