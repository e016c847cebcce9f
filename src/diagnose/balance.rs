//! The number of entries and words of each pole, and entries that are worth nothing.
//!
//! A dictionary with three times as many words for one pole finds that pole
//! three times as easily; the mean of a corpus that says nothing then leans to it.

use crate::diagnose::finding::{Defect, Finding};
use crate::model::{Entry, EntryKind, Lexicon, PatternPart};
use std::collections::{BTreeMap, BTreeSet};

/// The least ratio between the poles that gives a warning.
const RATIO: usize = 3;
/// Fewer words than this say nothing about balance.
const LEAST: usize = 4;

/// The number of entries of one language, kind, axis and pole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Language code.
    pub language: String,
    /// Their kind.
    pub kind: EntryKind,
    /// Id of the axis; "any" for appraisals of any.
    pub axis: String,
    /// Name of the pole; "none" for weight 0.
    pub pole: String,
    /// Number of entries.
    pub entries: usize,
    /// Number of entries with a `*`.
    pub globs: usize,
    /// Number of entries of several words.
    pub phrases: usize,
}

/// The entries counted, in the order of languages, kinds, axes and poles (the
/// positive one first).
pub fn tally(lexicon: &Lexicon) -> Vec<Tally> {
    let mut counts: BTreeMap<(usize, EntryKind, usize, i8), [usize; 3]> = BTreeMap::new();
    for entry in &lexicon.entries {
        let language = lexicon.languages.iter().position(|code| *code == entry.language).unwrap_or(0);
        let key = (language, entry.kind, entry.axis.unwrap_or(usize::MAX), -sign(entry.weight));
        let glob = entry.pattern.parts.iter().any(|part| matches!(part, PatternPart::Glob(_)));
        let phrase = entry.pattern.parts.len() > 1;
        let count = counts.entry(key).or_default();
        count[0] += 1;
        count[1] += usize::from(glob);
        count[2] += usize::from(phrase);
    }
    counts
        .into_iter()
        .map(|((language, kind, axis, turned), [entries, globs, phrases])| {
            let axis = lexicon.axes.get(axis);
            let pole = match (axis, -turned) {
                (_, 0) => "none".to_string(),
                (Some(axis), 1) => axis.positive.clone(),
                (Some(axis), _) => axis.negative.clone(),
                (None, 1) => "positive".to_string(),
                (None, _) => "negative".to_string(),
            };
            Tally {
                language: lexicon.languages.get(language).cloned().unwrap_or_default(),
                kind,
                axis: axis.map_or("any".to_string(), |axis| axis.id.to_string()),
                pole,
                entries,
                globs,
                phrases,
            }
        })
        .collect()
}

/// An entry that cannot change any score. A `term` of weight 0 has its use: it
/// keeps its words from others. So has a target: it can be valued.
pub fn without_effect(entry: &Entry) -> Option<Finding> {
    let idle = entry.kind == EntryKind::Appraisal
        && entry.weight == 0.0
        && entry.negated == 0.0
        && entry.direction == 0;
    idle.then(|| {
        Finding::error(
            Defect::NoEffect,
            (&entry.place, &entry.term),
            "an appraisal of weight 0 values nothing".into(),
            "give it a weight, or make it a term of weight 0 if it shall keep its words from others".into(),
        )
    })
}

/// Axes with far more words for one pole, and axes without any, by language.
/// Targets are left out: naming a thing is neither for it nor against it. Words
/// are counted rather than entries: a family written out ("decide | choose | shape"
/// with "our | their own" and "future | path | fate") has many rows and few words,
/// and finds no more than they do.
pub fn imbalance(lexicon: &Lexicon) -> Vec<Finding> {
    let mut findings = Vec::new();
    for language in &lexicon.languages {
        let of = || lexicon.entries.iter().filter(|entry| entry.language == *language);
        let Some(first) = of().next() else { continue };
        let file = first.place.rsplit_once(':').map_or(first.place.as_str(), |(file, _)| file);
        let axes = lexicon.axes.iter().enumerate();
        let axes = axes
            .map(|(at, axis)| (Some(at), axis.id.as_str(), axis.positive.as_str(), axis.negative.as_str()));
        for (at, name, positive, negative) in axes.chain([(None, "any axis", "positive", "negative")]) {
            let valuing = || of().filter(move |entry| entry.axis == at && entry.kind != EntryKind::Target);
            let plus = vocabulary(valuing().filter(|entry| entry.weight > 0.0));
            let minus = vocabulary(valuing().filter(|entry| entry.weight < 0.0));
            if plus.max(minus) < LEAST || plus.max(minus) < RATIO * plus.min(minus) {
                continue;
            }
            let poorer = if plus < minus { positive } else { negative };
            findings.push(Finding::warning(
                Defect::Imbalance,
                (file, ""),
                format!("{name}: entries for '{positive}' use {plus} different words, for '{negative}' {minus}"),
                format!("look for words of '{poorer}'; `stance lexicon coverage` shows what statements without a hit say"),
            ));
        }
    }
    findings
}

/// Number of different words in the entries.
fn vocabulary<'a>(entries: impl Iterator<Item = &'a Entry>) -> usize {
    let parts = entries.flat_map(|entry| &entry.pattern.parts);
    let words: BTreeSet<&str> = parts
        .filter_map(|part| match part {
            PatternPart::Word(word) | PatternPart::Glob(word) => Some(word.as_str()),
            PatternPart::Gap => None,
        })
        .collect();
    words.len()
}

fn sign(weight: f64) -> i8 {
    i8::from(weight > 0.0) - i8::from(weight < 0.0)
}
