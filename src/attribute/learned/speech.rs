//! The reports of speech in a paragraph.
//!
//! Lives here: from judged cues and labelled units to a source and a content
//! as token ranges. May not live here: who the source is (see `source` and
//! `resolve`).

use crate::attribute::learned::features;
use crate::attribute::learned::features::{REACH, Window};
use crate::attribute::learned::tagger;
use crate::attribute::learned::tagger::Label;
use crate::attribute::learned::units;
use crate::attribute::learned::units::{Row, is_quotation};
use crate::attribute::people::mentions::Mention;
use crate::attribute::rules::cues::Found;
use crate::model::{Language, Learned, Scope, TaggerTables, Text};
use std::ops::Range;

/// A report of speech as the tagger sees it.
#[derive(Debug, Clone)]
pub struct Report<'a> {
    /// The cue.
    pub found: Found<'a>,
    /// How sure the judge is that the cue reports speech, 0 to 1.
    pub probability: f32,
    /// Tokens that name the source; None when nobody is named near.
    pub source: Option<Range<usize>>,
    /// Token ranges of the content in reading order; never empty.
    pub content: Vec<Range<usize>>,
    /// Sentence of the cue.
    pub sentence: usize,
}

/// Reports below the threshold are handed on down to this share of it: who is
/// known to matter is listened to more closely.
const UNSURE: f32 = 0.5;

/// All reports of a paragraph in the order of their cues, the unsure ones (below
/// the threshold) too.
pub fn reports<'a>(
    text: &Text,
    mentions: &[Mention],
    language: &'a Language,
    learned: &Learned,
    scope: Scope,
    sentences: Range<usize>,
) -> Vec<Report<'a>> {
    let mut row = units::row(text, mentions, language, sentences);
    let mut buffer = Vec::with_capacity(64);
    for index in 0..row.candidates.len() {
        let chances = tagger::judge(learned, &row, index, &mut buffer);
        row.note(index, chances);
    }
    let first = claims(&learned.first, &row, learned.floor, scope);
    let claimed = reconsidered(&learned.second, &row, &first);
    let mut judged: Vec<Judged> = claimed
        .into_iter()
        .filter_map(|(claim, others)| Judged::new(learned, scope, &row, claim, others, &mut buffer))
        .collect();
    orphans(learned, scope, &row, &mut judged, &mut buffer);
    let found = judged
        .into_iter()
        .filter(|judged| judged.probability >= learned.threshold * UNSURE)
        .map(|judged| {
            let candidate = &row.candidates[judged.claim.candidate];
            let cue = candidate.found.tokens.start;
            let source = runs(&row, &judged.claim.labels, |label| label == Label::Source)
                .into_iter()
                .min_by_key(|run| run.start.abs_diff(cue).min(run.end.abs_diff(cue)));
            Report {
                found: candidate.found.clone(),
                probability: judged.probability,
                source,
                content: runs(&row, &judged.claim.labels, Label::said),
                sentence: row.units[candidate.units.start].sentence,
            }
        })
        .collect();
    unrivalled(found)
}

/// A claim with content, verified.
struct Judged {
    claim: Claim,
    others: Vec<u8>,
    probability: f32,
}

impl Judged {
    fn new(
        learned: &Learned,
        scope: Scope,
        row: &Row,
        claim: Claim,
        others: Vec<u8>,
        buffer: &mut Vec<u32>,
    ) -> Option<Self> {
        if !claim.labels.iter().any(|(_, label)| label.said()) {
            return None;
        }
        features::verify(row, &claim, &others, buffer);
        let probability = tagger::verify(learned, scope, buffer);
        Some(Judged { claim, others, probability })
    }
}

/// A long quotation that no cue claims, in a sentence with a cue, is given to
/// the nearest likely one when that makes a better statement than it had:
/// nearly all long quotations are somebody's words.
fn orphans(learned: &Learned, scope: Scope, row: &Row, judged: &mut Vec<Judged>, buffer: &mut Vec<u32>) {
    for (place, unit) in row.units.iter().enumerate() {
        let long = is_quotation(unit.class) && unit.class != units::Class::Scare && unit.tokens.len() >= LONG;
        if !long {
            continue;
        }
        let start = |candidate: usize| row.candidates[candidate].units.start;
        let near = judged.partition_point(|judged| start(judged.claim.candidate) + 2 * REACH < place);
        let near =
            judged[near..].iter().take_while(|judged| start(judged.claim.candidate) < place + 2 * REACH);
        let claimed = { near }.any(|judged| {
            judged.probability >= learned.threshold
                && judged.claim.labels.iter().any(|(at, label)| *at == place && label.said())
        });
        if claimed {
            continue;
        }
        let from = row.candidates.partition_point(|candidate| candidate.units.start + REACH < place);
        let nearest = row
            .candidates
            .iter()
            .enumerate()
            .skip(from)
            .take_while(|(_, candidate)| candidate.units.start < place + REACH)
            .filter(|(_, candidate)| {
                candidate.likely(scope) >= learned.floor
                    && row.units[candidate.units.start].sentence == unit.sentence
            })
            .min_by_key(|(_, candidate)| candidate.units.start.abs_diff(place));
        let Some((index, candidate)) = nearest else { continue };
        let window = Window::new(row, candidate);
        let before = judged.binary_search_by_key(&index, |judged| judged.claim.candidate).ok();
        let others = before.map_or(vec![0; window.range.len()], |at| judged[at].others.clone());
        let labels = tagger::tag(&learned.first, &window, &[], Some(place));
        let claim = Claim { candidate: index, labels };
        let Some(forced) = Judged::new(learned, scope, row, claim, others, buffer) else { continue };
        match before {
            Some(at) if judged[at].probability < forced.probability => judged[at] = forced,
            Some(_) => {}
            None => {
                let at = judged.partition_point(|judged| judged.claim.candidate < index);
                judged.insert(at, forced);
            }
        }
    }
}

/// From so many tokens on a quotation is long.
const LONG: usize = 7;

/// How many reports back the same words may have been claimed.
const RIVALS: usize = 12;

/// Words are said once: of two reports that share half of their content, the
/// surer one.
fn unrivalled(mut found: Vec<Report>) -> Vec<Report> {
    let mut index = 0;
    while index < found.len() {
        let rival = (0..index)
            .rev()
            .take(RIVALS)
            .find(|before| rivals(&found[*before].content, &found[index].content));
        match rival {
            Some(before) if found[before].probability < found[index].probability => {
                found.remove(before);
            }
            Some(_) => {
                found.remove(index);
            }
            None => index += 1,
        }
    }
    found
}

fn rivals(one: &[Range<usize>], two: &[Range<usize>]) -> bool {
    let size = |pieces: &[Range<usize>]| pieces.iter().map(|piece| piece.len()).sum::<usize>();
    let shared: usize = one
        .iter()
        .flat_map(|a| two.iter().map(move |b| a.end.min(b.end).saturating_sub(a.start.max(b.start))))
        .sum();
    shared * 2 > size(one) + size(two) - shared
}

/// Claims seen again in the light of the others, each with what the others
/// claim of its window.
pub fn reconsidered(tables: &TaggerTables, row: &Row, claims: &[Claim]) -> Vec<(Claim, Vec<u8>)> {
    claims
        .iter()
        .map(|claim| {
            let window = Window::new(row, &row.candidates[claim.candidate]);
            let others = others(&window, claim.candidate, claims, row);
            if others.iter().all(|other| *other == 0) {
                return (claim.clone(), others);
            }
            let labels = tagger::tag(tables, &window, &others, None);
            (Claim { candidate: claim.candidate, labels }, others)
        })
        .collect()
}

/// What one cue claims: the labels of the units around it.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Index of the candidate.
    pub candidate: usize,
    /// Units of its window, the cue's own left out.
    pub labels: Vec<(usize, Label)>,
}

/// The claims of all likely cues, each made without knowing the others.
pub fn claims(tables: &TaggerTables, row: &Row, floor: f32, scope: Scope) -> Vec<Claim> {
    row.candidates
        .iter()
        .enumerate()
        .filter(|(_, candidate)| candidate.likely(scope) >= floor)
        .map(|(index, candidate)| {
            let window = Window::new(row, candidate);
            Claim { candidate: index, labels: tagger::tag(tables, &window, &[], None) }
        })
        .collect()
}

/// What each unit of a window is to the other cues: 0 nothing, 1 or 2 the
/// source of a cue before or behind, 3 or 4 content of one, 5 or 6 the cue
/// itself.
pub fn others(window: &Window, candidate: usize, claims: &[Claim], row: &Row) -> Vec<u8> {
    let mut others = vec![0; window.range.len()];
    let mut set = |place: usize, value: u8, only_free: bool| {
        if window.range.contains(&place) {
            let other: &mut u8 = &mut others[place - window.range.start];
            if !only_free || *other == 0 {
                *other = value;
            }
        }
    };
    // Claims whose window can reach into this one; they stand in order.
    let start = |claim: &Claim| row.candidates[claim.candidate].units.start;
    let near = claims.partition_point(|claim| start(claim) + 2 * REACH < window.range.start);
    let near = claims[near..].iter().take_while(|claim| start(claim) < window.range.end + 2 * REACH);
    for claim in near.filter(|claim| claim.candidate != candidate) {
        // Only a likely cue has a say.
        if row.candidates[claim.candidate].chance < 0.5 {
            continue;
        }
        let behind = u8::from(claim.candidate > candidate);
        for (place, label) in &claim.labels {
            match label {
                Label::Source => set(*place, 1 + behind, false),
                label if label.said() => set(*place, 3 + behind, true),
                _ => {}
            }
        }
        // The cue is what its labels leave out.
        let mut expected = claim.labels.first().map_or(0, |(first, _)| *first);
        for (place, _) in &claim.labels {
            (expected..*place).for_each(|cue| set(cue, 5 + behind, false));
            expected = place + 1;
        }
    }
    others
}

/// Stretches of units with one label, marks at their ends off, as tokens.
fn runs(row: &Row, labels: &[(usize, Label)], wanted: impl Fn(Label) -> bool) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Option<Range<usize>> = None;
    for (place, label) in labels {
        if wanted(*label) {
            open = match open {
                Some(run) if run.end == *place => Some(run.start..place + 1),
                Some(run) => {
                    found.extend(trimmed(row, run));
                    Some(*place..place + 1)
                }
                None => Some(*place..place + 1),
            };
        } else if let Some(run) = open.take() {
            found.extend(trimmed(row, run));
        }
    }
    found.extend(open.and_then(|run| trimmed(row, run)));
    found
}

fn trimmed(row: &Row, mut run: Range<usize>) -> Option<Range<usize>> {
    let mark = |index: usize| units::is_mark(row.units[index].class);
    while run.start < run.end && mark(run.start) {
        run.start += 1;
    }
    while run.start < run.end && mark(run.end - 1) {
        run.end -= 1;
    }
    (!run.is_empty()).then(|| row.units[run.start].tokens.start..row.units[run.end - 1].tokens.end)
}
