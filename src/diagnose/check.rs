//! All findings about one lexicon, in the order of its files.

use crate::diagnose::finding::Finding;
use crate::diagnose::{balance, letters, reach, repeats};
use crate::model::Lexicon;

/// Everything that can be known to be wrong without reading a text. `cut` gives
/// the folded words into which the tokeniser cuts some characters of a language
/// (language, characters); `unreadable` are the rows that are no entries.
pub fn check(
    lexicon: &Lexicon,
    unreadable: Vec<Finding>,
    cut: &dyn Fn(&str, &str) -> Vec<String>,
) -> Vec<Finding> {
    let mut findings = unreadable;
    findings.extend(repeats::repeats(lexicon));
    for entry in &lexicon.entries {
        // A mixed word is unreachable too, and one finding tells it better.
        let mixed = letters::mixed(entry);
        if mixed.is_none() {
            findings.extend(reach::unreachable(entry, cut));
        }
        findings.extend(mixed);
        findings.extend(reach::short_glob(entry));
        findings.extend(balance::without_effect(entry));
    }
    findings.extend(letters::foreign(lexicon));
    findings.extend(reach::shadowed(lexicon));
    findings.extend(balance::imbalance(lexicon));
    sort(&mut findings);
    findings
}

/// By file, line, and severity.
fn sort(findings: &mut [Finding]) {
    findings.sort_by_cached_key(|finding| {
        let (file, line) = finding.place.rsplit_once(':').unwrap_or((&finding.place, "0"));
        let line = line.parse::<usize>().ok();
        // A path with a colon and no line stands as it is.
        let file = if line.is_some() { file } else { &finding.place };
        (file.to_string(), line.unwrap_or(0), finding.severity, finding.defect)
    });
}
