//! Our own method: what a statement says of the things that it names.
//!
//! `clauses` cuts the content, `shifters` finds what turns or damps, `attachment` joins appraisals
//! to their targets (`carry_over` across clauses), `context` says which shifters reach them,
//! `algebra` multiplies the signs (`agents` for what a target does to another). `features` sums
//! the hits up, `bounded_mean` makes one number of them, with the weights that `calibrate` fitted.

pub(crate) mod agents;
pub(crate) mod algebra;
pub(crate) mod attachment;
pub(crate) mod bounded_mean;
pub(crate) mod calibrate;
pub(crate) mod carry_over;
pub(crate) mod clauses;
pub(crate) mod context;
pub(crate) mod evidence;
pub(crate) mod features;
pub(crate) mod fitted;
pub(crate) mod shifters;
pub(crate) mod target_group;

use crate::model::{
    CueClass, Entry, EntryKind, Hit, Lexicon, Name, NoScore, Score, Scored, ShifterKind, ShifterScope,
    Statement, Status, Text, WordClass,
};
use crate::score::absent::without_any;
use crate::score::compositional::attachment::target_groups;
use crate::score::compositional::bounded_mean::{bounded_mean, calibrated, derive};
use crate::score::compositional::clauses::{Clause, clauses};
use crate::score::compositional::context::{MatchContext, clause_of, sentences};
use crate::score::compositional::evidence::StatementEvidence;
use crate::score::compositional::features::{NAME, features};
use crate::score::compositional::shifters::Found;
use crate::score::compositional::target_group::{Passage, PlacedMatch};
use crate::score::content::{Content, words};
use crate::score::dictionary::poles::{Poles, tally};
use crate::score::lookup::matched::Match;
use crate::score::lookup::matcher::Matcher;
use std::ops::Range;

/// Maximum number of tokens of a matched expression (a bound for look-ups).
const LONGEST: usize = 30;

/// Scores one statement.
pub fn compose(statement: &Statement, content: &Content) -> Scored {
    if statement.cue_class == CueClass::Questioning {
        return without_any(content.matcher.lexicon(), NoScore::Question);
    }
    let read = read(statement, content);
    let scores = scores(content.matcher, &read);
    Scored { scores, hits: read.hits }
}

/// Finds all hits of a statement, and what else its features need.
pub fn read(statement: &Statement, content: &Content) -> StatementEvidence {
    let mut evidence = StatementEvidence {
        hits: Vec::new(),
        negators: 0,
        words: words(&content.pieces, content.text),
        poles: vec![Poles::default(); content.matcher.lexicon().axes.len()],
    };
    for piece in &content.pieces {
        read_piece(statement, content, piece, &mut evidence);
    }
    evidence
        .hits
        .sort_by(|a, b| (a.span.start, a.span.end, &a.axis).cmp(&(b.span.start, b.span.end, &b.axis)));
    evidence
}

/// Adds what one piece of the content holds.
fn read_piece(
    statement: &Statement,
    content: &Content,
    piece: &Range<usize>,
    evidence: &mut StatementEvidence,
) {
    let Content { text, matcher, language, .. } = *content;
    let lexicon = matcher.lexicon();
    let mut found = matcher.matches(text, piece.clone(), &language.code);
    for entry in found.iter().map(|one| &lexicon.entries[one.entry]) {
        if entry.kind != EntryKind::Target || entry.weight.abs() >= NAME {
            tally(&mut evidence.poles, entry);
        }
    }
    // Without anything to value nothing is said, and nothing more is read.
    if !found.iter().any(|one| names(&lexicon.entries[one.entry])) {
        evidence.hits.extend(found.iter().map(|one| unread(one, text, lexicon)));
        return;
    }
    let clauses = clauses(text, piece.clone(), language);
    let mut shifters = shifters::shifters(text, piece.clone(), language);
    settle_overlaps(&mut found, &mut shifters, lexicon);
    concord(&mut shifters, &clauses, text);
    // A blocker has kept its words from others ("no doubt") and does no more.
    shifters.retain(|found| found.shifter.kind != ShifterKind::Blocker);
    let negates = |found: &&Found| matches!(found.shifter.kind, ShifterKind::Negator | ShifterKind::Lack);
    evidence.negators += shifters.iter().filter(negates).count();
    let place = |found: Match| {
        let clause = clause_of(&clauses, found.tokens.start)?;
        Some(PlacedMatch { found, clause })
    };
    let placed: Vec<PlacedMatch> = found.into_iter().filter_map(place).collect();
    let passage = Passage { text, language, clauses: &clauses, entries: &lexicon.entries };
    let (groups, unattached) = target_groups(&placed, &passage);
    let context = MatchContext {
        body: content.body,
        matcher,
        statement,
        passage,
        sentences: sentences(&clauses),
        shifters,
        placed: &placed,
        groups: &groups,
    };
    evidence.hits.extend(hits(&context, unattached));
}

/// The hits of one piece, given the appraisals without a target.
fn hits(context: &MatchContext, mut unattached: Vec<usize>) -> Vec<Hit> {
    let mut hits: Vec<Hit> = context.groups.iter().flat_map(|group| context.group(group)).collect();
    hits.extend(context.relations());
    hits.extend(context.agents(&mut unattached));
    hits.extend(unattached.into_iter().map(|index| context.silent(index, Status::Unattached)));
    let blocking = (0..context.placed.len()).filter(|index| {
        let entry = context.entry(*index);
        entry.kind == EntryKind::Term && entry.weight == 0.0 && entry.negated == 0.0
    });
    hits.extend(blocking.map(|index| context.silent(index, Status::Blocking)));
    hits
}

/// Where a match and a shifter share words, one of them gives way: a shifter within a matched
/// expression belongs to it ("not an icon"), and an appraisal within a shifter to that
/// ("failed to"). A verdict ("impossible") that is an appraisal too is a verdict on what was said
/// before it, if anything was; else it values what follows.
fn settle_overlaps(found: &mut Vec<Match>, shifters: &mut Vec<Found>, lexicon: &Lexicon) {
    let entry = |one: &Match| &lexicon.entries[one.entry];
    let inside = |one: &Range<usize>, two: &Range<usize>| one.start >= two.start && one.end <= two.end;
    let first = found.iter().filter(|one| entry(one).weight != 0.0 && names(entry(one)));
    let first = first.map(|one| one.tokens.end).min().unwrap_or(usize::MAX);
    shifters.retain(|shifter| {
        let tokens = &shifter.tokens;
        let verdict = matches!(shifter.shifter.scope, ShifterScope::Previous | ShifterScope::Both)
            && first <= tokens.start;
        let from = found.partition_point(|one| one.tokens.start + LONGEST < tokens.start);
        let to = found.partition_point(|one| one.tokens.start < tokens.end).max(from);
        !found[from..to].iter().any(|one| {
            let same_words = entry(one).kind == EntryKind::Appraisal && inside(&one.tokens, tokens);
            inside(tokens, &one.tokens) && !(verdict && same_words)
        })
    });
    found.retain(|one| {
        let from = shifters.partition_point(|shifter| shifter.tokens.end < one.tokens.end);
        let mut near = shifters[from..].iter().take_while(|shifter| shifter.tokens.start <= one.tokens.start);
        entry(one).kind != EntryKind::Appraisal || !near.any(|shifter| inside(&one.tokens, &shifter.tokens))
    });
}

/// Drops negators that only agree with a verdict behind them in their clause:
/// «никому этот союз не нужен» says no once.
fn concord(shifters: &mut Vec<Found>, clauses: &[Clause], text: &Text) {
    let negates = |found: &Found| found.shifter.kind == ShifterKind::Negator;
    let agrees: Vec<bool> = shifters
        .iter()
        .enumerate()
        .map(|(at, found)| {
            let clause = clause_of(clauses, found.tokens.start);
            negates(found)
                && found.tokens.len() == 1
                && text.is(found.tokens.start, WordClass::Concord)
                && shifters[at + 1..].iter().any(|other| {
                    negates(other)
                        && matches!(other.shifter.scope, ShifterScope::Previous | ShifterScope::Both)
                        && clause_of(clauses, other.tokens.start) == clause
                })
        })
        .collect();
    let mut agrees = agrees.into_iter();
    shifters.retain(|_| !agrees.next().unwrap_or(false));
}

/// Whether an entry names a thing that can be valued.
fn names(entry: &Entry) -> bool {
    entry.kind != EntryKind::Appraisal && (entry.kind == EntryKind::Target || entry.weight != 0.0)
}

/// A match in a stretch that names nothing.
fn unread(one: &Match, text: &Text, lexicon: &Lexicon) -> Hit {
    let entry = &lexicon.entries[one.entry];
    let axis = entry.axis.and_then(|axis| lexicon.axes.get(axis));
    Hit {
        axis: axis.map_or(Name::default(), |axis| axis.id),
        kind: entry.kind,
        term: entry.term,
        span: text.span_of(one.tokens.clone()),
        weight: entry.weight,
        status: if entry.kind == EntryKind::Appraisal { Status::Unattached } else { Status::Blocking },
        factor: 0.0,
        contribution: 0.0,
        target: None,
        shifters: Vec::new(),
    }
}

/// The scores of all axes from the hits: calibrated where the lexicon has fitted
/// weights, else the bounded mean of an axis and the formula of a derived one.
fn scores(matcher: &Matcher, read: &StatementEvidence) -> Vec<Score> {
    let lexicon = matcher.lexicon();
    let hits = &read.hits;
    let silent = lexicon.calibration.is_empty() || hits.iter().all(|hit| hit.contribution == 0.0);
    let values = if silent { Vec::new() } else { features(lexicon, read) };
    let mut plain: Vec<Score> = lexicon
        .axes
        .iter()
        .map(|axis| {
            let contributions: Vec<f64> =
                hits.iter().filter(|hit| hit.axis == axis.id).map(|hit| hit.contribution).collect();
            let counted = contributions.iter().filter(|c| **c != 0.0).count();
            let reason = if contributions.is_empty() { NoScore::NoMatch } else { NoScore::NoWeight };
            let value = bounded_mean(&contributions).ok_or(reason);
            let towards = |sign: f64| contributions.iter().filter(|c| **c * sign > 0.0).count();
            let poles = (towards(1.0), towards(-1.0));
            Score { axis: axis.id, value, hits: counted, poles, parts: Vec::new() }
        })
        .collect();
    for derived in &lexicon.derived {
        let score = derive(derived, &plain);
        plain.push(score);
    }
    plain
        .into_iter()
        .enumerate()
        .map(|(at, score)| match matcher.fitted(at) {
            Some(weights) => {
                let evidence = score.value.map(|_| score.hits);
                let poles = score.poles;
                Score { poles, ..calibrated(score.axis, weights, &values, evidence) }
            }
            None => score,
        })
        .collect()
}
