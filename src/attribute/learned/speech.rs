//! The reports of speech in a paragraph as the learned models see them: a cue, the tokens of its
//! source and the tokens of its content. Who the source is, `people::resolve` decides.

use crate::attribute::attribution::CueMatch;
use crate::attribute::learned::features::{CueWindow, REACH};
use crate::attribute::learned::labels::{Claim, Label};
use crate::attribute::learned::units::{ParagraphUnits, is_quotation};
use crate::attribute::learned::{features, tagger, units};
use crate::model::{Learned, Scope, TaggerTables};
use std::ops::Range;

/// A report of speech found by the learned models.
#[derive(Debug, Clone)]
pub struct Report<'a> {
    /// The cue.
    pub cue: CueMatch<'a>,
    /// Probability by the verifier that this is a report, 0 to 1.
    pub probability: f32,
    /// Tokens that name the source; None if the window names nobody.
    pub source: Option<Range<usize>>,
    /// Token ranges of the content in reading order, at least one.
    pub content: Vec<Range<usize>>,
    /// Index of the cue's sentence.
    pub sentence: usize,
}

/// Reports below the threshold are returned too, down to this share of it: the reader accepts them
/// for speakers on the roster.
const UNSURE_SHARE: f32 = 0.5;

/// The reports of a paragraph in the order of their cues, with unsure ones whose probability is below
/// the threshold.
pub fn reports<'a>(mut paragraph: ParagraphUnits<'a>, learned: &Learned, scope: Scope) -> Vec<Report<'a>> {
    let mut features = Vec::with_capacity(64);
    for index in 0..paragraph.candidates.len() {
        let verdicts = tagger::classify_cue(learned, &paragraph, index, &mut features);
        paragraph.set_probabilities(index, verdicts);
    }
    let first = claims(&learned.first, &paragraph, learned.cue_threshold, scope);
    let relabelled = relabel(&learned.second, &paragraph, &first);
    let mut verifier = Verifier { learned, scope, paragraph: &paragraph, features };
    let mut verified: Vec<VerifiedClaim> =
        relabelled.into_iter().filter_map(|(claim, others)| verifier.verify(claim, others)).collect();
    verifier.assign_unclaimed_quotations(&mut verified);
    let reports = verified
        .into_iter()
        .filter(|verified| verified.probability >= learned.report_threshold * UNSURE_SHARE)
        .map(|verified| report(&paragraph, &verified))
        .collect();
    without_rivals(reports)
}

fn report<'a>(paragraph: &ParagraphUnits<'a>, verified: &VerifiedClaim) -> Report<'a> {
    let labels = &verified.claim.labels;
    let candidate = &paragraph.candidates[verified.claim.candidate];
    let cue = candidate.cue.tokens.start;
    let source = runs(paragraph, labels, |label| label == Label::Source)
        .into_iter()
        .min_by_key(|run| run.start.abs_diff(cue).min(run.end.abs_diff(cue)));
    Report {
        cue: candidate.cue.clone(),
        probability: verified.probability,
        source,
        content: runs(paragraph, labels, Label::is_content),
        sentence: paragraph.units[candidate.units.start].sentence,
    }
}

/// A claim that has content, with the verifier's probability.
struct VerifiedClaim {
    claim: Claim,
    /// The role of each unit of its window for other cues.
    others: Vec<u8>,
    probability: f32,
}

/// Verifies the claims of one paragraph.
struct Verifier<'s, 'a> {
    learned: &'s Learned,
    scope: Scope,
    paragraph: &'s ParagraphUnits<'a>,
    /// Reused for the features of every claim.
    features: Vec<u32>,
}

impl Verifier<'_, '_> {
    /// None for a claim without content.
    fn verify(&mut self, claim: Claim, others: Vec<u8>) -> Option<VerifiedClaim> {
        if !claim.labels.iter().any(|(_, label)| label.is_content()) {
            return None;
        }
        features::verifier::verifier_features(self.paragraph, &claim, &others, &mut self.features);
        let probability = tagger::report_probability(self.learned, self.scope, &self.features);
        Some(VerifiedClaim { claim, others, probability })
    }

    /// Gives a long quotation that no cue claims to the nearest likely cue of its sentence, if that
    /// makes the claim of this cue more probable. Nearly all long quotations are reports.
    fn assign_unclaimed_quotations(&mut self, verified: &mut Vec<VerifiedClaim>) {
        let paragraph = self.paragraph;
        for (place, unit) in paragraph.units.iter().enumerate() {
            let long = is_quotation(unit.class)
                && unit.class != units::UnitClass::Scare
                && unit.tokens.len() >= LONG_QUOTATION;
            if !long || self.is_claimed(place, verified) {
                continue;
            }
            let Some(index) = self.nearest_cue(place, unit.sentence) else { continue };
            let window = CueWindow::new(paragraph, &paragraph.candidates[index]);
            let before = verified.binary_search_by_key(&index, |verified| verified.claim.candidate).ok();
            let others = before.map_or(vec![0; window.range.len()], |at| verified[at].others.clone());
            let labels = tagger::tag(&self.learned.first, &window, &[], Some(place));
            let Some(forced) = self.verify(Claim { candidate: index, labels }, others) else { continue };
            match before {
                Some(at) if verified[at].probability < forced.probability => verified[at] = forced,
                Some(_) => {}
                None => {
                    let at = verified.partition_point(|verified| verified.claim.candidate < index);
                    verified.insert(at, forced);
                }
            }
        }
    }

    /// True if a claim above the threshold takes a unit as content.
    fn is_claimed(&self, place: usize, verified: &[VerifiedClaim]) -> bool {
        let start = |claim: &Claim| self.paragraph.candidates[claim.candidate].units.start;
        let near = verified.partition_point(|verified| start(&verified.claim) + 2 * REACH < place);
        verified[near..].iter().take_while(|verified| start(&verified.claim) < place + 2 * REACH).any(
            |verified| {
                verified.probability >= self.learned.report_threshold
                    && verified.claim.labels.iter().any(|(at, label)| *at == place && label.is_content())
            },
        )
    }

    /// The index of the likely cue nearest to a unit in its sentence.
    fn nearest_cue(&self, place: usize, sentence: usize) -> Option<usize> {
        let paragraph = self.paragraph;
        let from = paragraph.candidates.partition_point(|candidate| candidate.units.start + REACH < place);
        paragraph
            .candidates
            .iter()
            .enumerate()
            .skip(from)
            .take_while(|(_, candidate)| candidate.units.start < place + REACH)
            .filter(|(_, candidate)| {
                candidate.probability(self.scope) >= self.learned.cue_threshold
                    && paragraph.units[candidate.units.start].sentence == sentence
            })
            .min_by_key(|(_, candidate)| candidate.units.start.abs_diff(place))
            .map(|(index, _)| index)
    }
}

/// Minimum number of tokens of a long quotation.
const LONG_QUOTATION: usize = 7;

/// Number of earlier reports with which a report is compared.
const MAX_RIVALS: usize = 12;

/// Keeps the more probable of any two reports that share more than half of their content.
fn without_rivals(mut found: Vec<Report>) -> Vec<Report> {
    let mut index = 0;
    while index < found.len() {
        let rival = (0..index)
            .rev()
            .take(MAX_RIVALS)
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

/// Labels every claim again, knowing the other claims. Returns each claim with the roles of its units
/// for the other cues.
pub fn relabel(tables: &TaggerTables, paragraph: &ParagraphUnits, claims: &[Claim]) -> Vec<(Claim, Vec<u8>)> {
    claims
        .iter()
        .map(|claim| {
            let window = CueWindow::new(paragraph, &paragraph.candidates[claim.candidate]);
            let others = roles_for_others(&window, claim.candidate, claims, paragraph);
            if others.iter().all(|other| *other == 0) {
                return (claim.clone(), others);
            }
            let labels = tagger::tag(tables, &window, &others, None);
            (Claim { candidate: claim.candidate, labels }, others)
        })
        .collect()
}

/// The claims of all candidates with a probability of at least `cue_threshold`, each labelled without
/// knowing the others.
pub fn claims(
    tables: &TaggerTables,
    paragraph: &ParagraphUnits,
    cue_threshold: f32,
    scope: Scope,
) -> Vec<Claim> {
    paragraph
        .candidates
        .iter()
        .enumerate()
        .filter(|(_, candidate)| candidate.probability(scope) >= cue_threshold)
        .map(|(index, candidate)| {
            let window = CueWindow::new(paragraph, candidate);
            Claim { candidate: index, labels: tagger::tag(tables, &window, &[], None) }
        })
        .collect()
}

/// The role of each unit of a window for other cues: 0 none, 1 or 2 source of an earlier or later
/// cue, 3 or 4 its content, 5 or 6 the cue itself.
pub fn roles_for_others(
    window: &CueWindow,
    candidate: usize,
    claims: &[Claim],
    paragraph: &ParagraphUnits,
) -> Vec<u8> {
    let mut others = vec![0; window.range.len()];
    let mut set = |place: usize, value: u8, only_free: bool| {
        if window.range.contains(&place) {
            let other: &mut u8 = &mut others[place - window.range.start];
            if !only_free || *other == 0 {
                *other = value;
            }
        }
    };
    // Claims whose window can reach into this one; claims are in reading order.
    let start = |claim: &Claim| paragraph.candidates[claim.candidate].units.start;
    let near = claims.partition_point(|claim| start(claim) + 2 * REACH < window.range.start);
    let near = claims[near..].iter().take_while(|claim| start(claim) < window.range.end + 2 * REACH);
    for claim in near.filter(|claim| claim.candidate != candidate) {
        // Only likely cues count.
        if paragraph.candidates[claim.candidate].speech_probability < 0.5 {
            continue;
        }
        let behind = u8::from(claim.candidate > candidate);
        for (place, label) in &claim.labels {
            match label {
                Label::Source => set(*place, 1 + behind, false),
                label if label.is_content() => set(*place, 3 + behind, true),
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

/// Runs of units with a wanted label, as token ranges without punctuation at their ends.
fn runs(
    paragraph: &ParagraphUnits,
    labels: &[(usize, Label)],
    wanted: impl Fn(Label) -> bool,
) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Option<Range<usize>> = None;
    for (place, label) in labels {
        if wanted(*label) {
            open = match open {
                Some(run) if run.end == *place => Some(run.start..place + 1),
                Some(run) => {
                    found.extend(trimmed(paragraph, run));
                    Some(*place..place + 1)
                }
                None => Some(*place..place + 1),
            };
        } else if let Some(run) = open.take() {
            found.extend(trimmed(paragraph, run));
        }
    }
    found.extend(open.and_then(|run| trimmed(paragraph, run)));
    found
}

fn trimmed(paragraph: &ParagraphUnits, mut run: Range<usize>) -> Option<Range<usize>> {
    let mark = |index: usize| units::is_mark(paragraph.units[index].class);
    while run.start < run.end && mark(run.start) {
        run.start += 1;
    }
    while run.start < run.end && mark(run.end - 1) {
        run.end -= 1;
    }
    (!run.is_empty())
        .then(|| paragraph.units[run.start].tokens.start..paragraph.units[run.end - 1].tokens.end)
}
