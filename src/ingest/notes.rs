//! Bounds the notes about one file. A file of thirty million broken lines would otherwise give
//! thirty million rows of `skipped.csv`: the first notes of a reason are kept, further ones are
//! counted and summed up in one row at the file's end.

use crate::ingest::articles::item::{FurtherNotes, Item};
use crate::model::Skipped;
use std::collections::BTreeMap;

/// Maximum number of notes of one reason for one file.
pub const MAX_NOTES: usize = 100;

/// Number of notes of one file by reason.
#[derive(Debug, Default)]
pub struct Notes {
    file: String,
    seen: BTreeMap<String, usize>,
}

impl Notes {
    /// No notes yet about a file.
    pub fn of(file: &str) -> Notes {
        Notes { file: file.to_string(), ..Notes::default() }
    }

    /// True if a further note of the reason is only counted. To be checked before a note is
    /// worded, because wording takes longer than reading a broken line.
    pub fn is_full(&self, reason: &str) -> bool {
        self.seen.get(reason).is_some_and(|count| *count >= MAX_NOTES)
    }

    /// Counts notes; true if one more may be kept.
    pub fn count(&mut self, reason: &str, count: usize) -> bool {
        match self.seen.get_mut(reason) {
            Some(seen) => {
                *seen += count;
                *seen <= MAX_NOTES
            }
            None => {
                self.seen.insert(reason.to_string(), count);
                count <= MAX_NOTES
            }
        }
    }

    /// Counts the notes among the items from `start` on and removes those beyond the bound.
    pub fn bound(&mut self, items: &mut Vec<Item>, start: usize) {
        let mut kept = start;
        for at in start..items.len() {
            let beyond = matches!(&items[at], Item::Skipped(skipped) if !self.count(&skipped.reason, 1));
            if !beyond {
                items.swap(kept, at);
                kept += 1;
            }
        }
        items.truncate(kept);
    }

    /// The number of notes beyond the bound, by reason.
    pub fn further(&self) -> impl Iterator<Item = Item> {
        let beyond = self.seen.iter().filter(|(_, count)| **count > MAX_NOTES);
        beyond.map(|(reason, count)| {
            Item::FurtherNotes(FurtherNotes {
                path: self.file.clone(),
                reason: reason.clone(),
                count: count - MAX_NOTES,
            })
        })
    }

    /// Bounds the notes of a file over all its work items. To be called in their order.
    pub fn limit(&mut self, items: &mut Vec<Item>) {
        if items.iter().all(|item| matches!(item, Item::Article(_) | Item::Statement(_) | Item::File(_))) {
            return;
        }
        for item in std::mem::take(items) {
            match item {
                Item::Skipped(skipped) => {
                    self.turn_to(file_of(&skipped.path));
                    if self.count(&skipped.reason, 1) {
                        items.push(Item::Skipped(skipped));
                    }
                }
                Item::FurtherNotes(more) => {
                    self.turn_to(&more.path);
                    self.count(&more.reason, more.count);
                }
                Item::End(file) => {
                    if file == self.file {
                        items.extend(self.further());
                    }
                    *self = Notes::default();
                }
                other => items.push(other),
            }
        }
    }

    fn turn_to(&mut self, file: &str) {
        if self.file != file {
            *self = Notes::of(file);
        }
    }
}

/// Notes about some lines of a file, with those beyond the bound as a count.
pub fn bounded(file: &str, lines: &[usize], note: impl Fn(usize) -> Skipped) -> Vec<Item> {
    let mut items: Vec<Item> = lines.iter().take(MAX_NOTES).map(|line| Item::Skipped(note(*line))).collect();
    if let Some(Item::Skipped(first)) = items.first()
        && lines.len() > MAX_NOTES
    {
        let reason = first.reason.clone();
        items.push(Item::FurtherNotes(FurtherNotes {
            path: file.to_string(),
            reason,
            count: lines.len() - MAX_NOTES,
        }));
    }
    items
}

/// The path of a note without its line.
fn file_of(path: &str) -> &str {
    match path.rsplit_once(':') {
        Some((file, line)) if !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit()) => file,
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(file: &str, line: usize) -> Item {
        Item::Skipped(Skipped::new(format!("{file}:{line}"), "record", "broken"))
    }

    #[test]
    fn a_file_has_a_bounded_number_of_notes_and_the_rest_is_counted() {
        let mut notes = Notes::default();
        let mut all = Vec::new();
        for piece in 0..3 {
            let mut items: Vec<Item> = (0..80).map(|line| note("a.jsonl", piece * 80 + line)).collect();
            items.push(Item::Skipped(Skipped::new("a.jsonl:7", "date", "no date")));
            notes.limit(&mut items);
            all.extend(items);
        }
        let more = FurtherNotes { path: "a.jsonl".into(), reason: "record".into(), count: 1000 };
        let mut end = vec![Item::FurtherNotes(more), Item::End("a.jsonl".into())];
        notes.limit(&mut end);
        assert_eq!(all.len(), 103);
        let [Item::FurtherNotes(more)] = &end[..] else { panic!("{end:?}") };
        assert_eq!((more.reason.as_str(), more.count), ("record", 1140));
        assert_eq!(more.row().detail, "and 1140 more of this kind in this file");
    }

    #[test]
    fn files_are_counted_apart() {
        let mut notes = Notes::default();
        let mut items: Vec<Item> = (0..500).map(|file| note(&format!("{file}.pdf"), 1)).collect();
        notes.limit(&mut items);
        assert_eq!(items.len(), 500);
        let mut items: Vec<Item> = (0..100).map(|line| note("a", line)).collect();
        items.push(Item::End("a".into()));
        notes.limit(&mut items);
        assert_eq!(items.len(), 100);
    }

    #[test]
    fn lines_beyond_the_bound_are_not_worded() {
        let lines: Vec<usize> = (0..1000).collect();
        let items = bounded("a", &lines, |line| Skipped::new(format!("a:{line}"), "ragged", "x"));
        assert_eq!(items.len(), MAX_NOTES + 1);
        assert!(matches!(items.last(), Some(Item::FurtherNotes(more)) if more.count == 900));
    }
}
