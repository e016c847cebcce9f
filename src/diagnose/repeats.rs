//! Rows that say the same twice, or contradict each other.
//!
//! Entries compete for the same words of a text within an axis, and of two
//! with the same pattern the same one always wins. Which one depends on weights and
//! order; the author should decide it.

use crate::diagnose::finding::{Defect, Finding};
use crate::model::{Entry, Lexicon, Pattern};
use std::collections::HashMap;

/// Duplicates and contradictions, reported at the later row.
pub fn repeats(lexicon: &Lexicon) -> Vec<Finding> {
    let mut seen: HashMap<(&str, &Pattern, Option<usize>), Vec<&Entry>> = HashMap::new();
    let mut findings = Vec::new();
    for entry in &lexicon.entries {
        let earlier = seen.entry((&entry.language, &entry.pattern, entry.axis)).or_default();
        // One finding a row: the gravest.
        let against = earlier.iter().find(|first| first.weight * entry.weight < 0.0);
        let same = earlier.iter().find(|first| first.kind == entry.kind);
        let at = (entry.place.as_str(), entry.term.as_str());
        let finding = if let Some(first) = against {
            Some(Finding::error(
                Defect::Contradiction,
                at,
                format!(
                    "weighs {} as a {} here and {} as a {} at {}",
                    entry.weight,
                    entry.kind.as_str(),
                    first.weight,
                    first.kind.as_str(),
                    first.place
                ),
                "decide for one sign; if it depends on the company, write phrases instead".into(),
            ))
        } else if let Some(first) = same {
            Some(Finding::error(
                Defect::Duplicate,
                at,
                format!("stands at {} already with this kind and axis", first.place),
                "keep one of the two rows".into(),
            ))
        } else {
            earlier.first().map(|first| {
                Finding::warning(
                    Defect::Duplicate,
                    at,
                    format!(
                        "stands at {} already, as a {}; only one of them is used",
                        first.place,
                        first.kind.as_str()
                    ),
                    format!(
                        "keep the row whose kind it is: {} or {}",
                        first.kind.as_str(),
                        entry.kind.as_str()
                    ),
                )
            })
        };
        findings.extend(finding);
        earlier.push(entry);
    }
    findings
}
