//! Who values what: a target with the words that value it.
//!
//! Lives here: which appraisal belongs to which target, and in what order they
//! govern each other. May not live here: what they are worth (see `compose`).

use crate::model::{Entry, EntryKind, Language, PronounRole, Text, TokenFlag, TokenKind, WordClass};
use crate::score::compositional::carry_over::{Link, carried};
use crate::score::compositional::clauses::Clause;
use crate::score::lookup::matcher::Match;

/// The most words between an appraisal and its target in one clause.
const REACH: usize = 9;
/// The same for an appraisal that ends in a preposition ("part of"), and for one
/// that takes away: what is reduced or ended far from a target is another thing.
const GOVERNED: usize = 5;
/// The most words between a quality and a target behind it.
const QUALITY_AHEAD: usize = 3;
/// The most words between a target and blame behind it without a copula.
const BLAME_BEHIND: usize = 1;
/// How far before blame its copula may stand ("is a very great mistake").
const COPULA: usize = 4;
/// How many words a comma between a verb and its target counts for.
const COMMA: usize = 3;
/// How many tokens away a target is looked for.
const WINDOW: usize = 40;
/// The most targets that one appraisal values together.
pub(crate) const COORDINATED: usize = 8;
/// How many words a preposition between them counts for: "is important for
/// the union" values what stands before sooner than what stands behind.
const PREPOSITION: usize = 2;
/// The same for a word that names where a thing comes from: "what we want from
/// the union".
const SOURCE: usize = 3;

/// A match with its place among the clauses.
pub struct Placed {
    /// The match.
    pub found: Match,
    /// Index of its clause.
    pub clause: usize,
}

/// A target or term, and the appraisals that value it (indices of matches).
pub struct Unit {
    /// The target or term.
    pub head: usize,
    /// Appraisals before it, the nearest first: each governs those before it
    /// in this list ("afraid of | losing | our sovereignty").
    pub before: Vec<usize>,
    /// Appraisals behind it, in text order, each of the whole.
    pub behind: Vec<usize>,
    /// Appraisals of another clause that take up the target, and how.
    pub later: Vec<(usize, Link)>,
}

/// What is needed to read a statement.
pub struct Reading<'a> {
    /// The segmented body.
    pub text: &'a Text,
    /// Rules of its language.
    pub language: &'a Language,
    /// Its clauses.
    pub clauses: &'a [Clause],
    /// Entries of the lexicon.
    pub entries: &'a [Entry],
}

/// The units of a statement in text order, and the appraisals that found no
/// target.
pub fn units(placed: &[Placed], reading: &Reading) -> (Vec<Unit>, Vec<usize>) {
    let entry = |index: usize| &reading.entries[placed[index].found.entry];
    let mut units: Vec<Unit> = (0..placed.len())
        .filter(|index| is_head(entry(*index)))
        .map(|head| Unit { head, before: Vec::new(), behind: Vec::new(), later: Vec::new() })
        .collect();
    let mut unattached = Vec::new();
    for index in 0..placed.len() {
        if entry(index).kind != EntryKind::Appraisal {
            continue;
        }
        let places = attach(index, placed, &units, reading);
        if places.is_empty() {
            match carried(index, placed, &units, reading) {
                Some((unit, link)) => units[unit].later.push((index, link)),
                None => unattached.push(index),
            }
        }
        for unit in places {
            let head = &placed[units[unit].head].found.tokens;
            if placed[index].found.tokens.end <= head.start {
                units[unit].before.push(index);
            } else {
                units[unit].behind.push(index);
            }
        }
    }
    for unit in &mut units {
        specific(&mut unit.before, placed, reading);
        specific(&mut unit.behind, placed, reading);
        unit.before.sort_by_key(|index| std::cmp::Reverse(placed[*index].found.tokens.end));
    }
    (units, unattached)
}

/// Whether an entry can be valued: a target, or a term that scores.
fn is_head(entry: &Entry) -> bool {
    match entry.kind {
        EntryKind::Target => true,
        EntryKind::Term => entry.weight != 0.0 || entry.negated != 0.0,
        EntryKind::Appraisal => false,
    }
}

/// Where the same words value any axis and this one, the closer entry counts.
fn specific(list: &mut Vec<usize>, placed: &[Placed], reading: &Reading) {
    let of_axis = |index: usize| reading.entries[placed[index].found.entry].axis.is_some();
    let overlaps = |one: usize, two: usize| {
        let (one, two) = (&placed[one].found.tokens, &placed[two].found.tokens);
        one.start < two.end && two.start < one.end
    };
    let kept: Vec<usize> = list
        .iter()
        .copied()
        .filter(|index| {
            of_axis(*index)
                || !list.iter().any(|other| other != index && of_axis(*other) && overlaps(*index, *other))
        })
        .collect();
    *list = kept;
}

/// The units of its own clause that an appraisal values: the nearest that fits
/// and those coordinated with it.
fn attach(index: usize, placed: &[Placed], units: &[Unit], reading: &Reading) -> Vec<usize> {
    let appraisal = &placed[index];
    let axis = reading.entries[appraisal.found.entry].axis;
    let fits = |unit: &Unit| {
        let head = &placed[unit.head];
        head.clause == appraisal.clause
            && suits(axis, &reading.entries[head.found.entry])
            && !touch(&head.found, &appraisal.found)
    };
    // "the loss of", "threats to": what ends in a preposition looks ahead only.
    let governs = reading
        .language
        .is(reading.text.word(appraisal.found.tokens.end.saturating_sub(1)), WordClass::Preposition)
        && appraisal.found.tokens.len() > 1;
    let takes_away = reading.entries[appraisal.found.entry].direction < 0;
    let reach = if governs || takes_away { GOVERNED } else { REACH };
    let tokens = &appraisal.found.tokens;
    let start = |unit: &Unit| placed[unit.head].found.tokens.start;
    let from = units.partition_point(|unit| start(unit) + WINDOW < tokens.start);
    let to = units.partition_point(|unit| start(unit) < tokens.end + WINDOW);
    let nearest = units
        .iter()
        .enumerate()
        .take(to)
        .skip(from)
        .filter(|(_, unit)| fits(unit))
        .filter(|(_, unit)| {
            let entry = &reading.entries[appraisal.found.entry];
            let head = &placed[unit.head].found;
            if entry.direction == 0 {
                !idle(&appraisal.found, head, entry.weight < 0.0, reading)
            } else {
                appraisal.found.tokens.end <= head.tokens.start
                    || !own_subject(head.tokens.end..appraisal.found.tokens.start, reading)
                        && !has_object(&appraisal.found, &reading.clauses[appraisal.clause], reading)
            }
        })
        .filter(|(_, unit)| !governs || placed[unit.head].found.tokens.start >= appraisal.found.tokens.end)
        .map(|(at, unit)| (cost(appraisal, &placed[unit.head], reading), at))
        .filter(|((distance, _), _)| *distance <= reach)
        .min();
    let Some((_, nearest)) = nearest else { return Vec::new() };
    let mut found = vec![nearest];
    let ahead = appraisal.found.tokens.end <= placed[units[nearest].head].found.tokens.start;
    if ahead {
        // "preserve our sovereignty and independence", "the union and the market".
        let mut last = nearest;
        for next in nearest + 1..units.len().min(nearest + COORDINATED) {
            let between =
                placed[units[last].head].found.tokens.end..placed[units[next].head].found.tokens.start;
            let coordinated = between.start <= between.end
                && between.len() <= 4
                && between
                    .clone()
                    .any(|at| reading.text.word(at) == "," || reading.text.is(at, WordClass::Conjunction))
                && between.clone().all(|at| {
                    reading.text.word(at) == ","
                        || reading.text.is(at, WordClass::Conjunction)
                        || reading.text.is(at, WordClass::Article)
                        || reading.text.is(at, WordClass::Transparent)
                });
            if !coordinated || !fits(&units[next]) {
                break;
            }
            found.push(next);
            last = next;
        }
    }
    found
}

/// Whether an appraisal of an axis (or of any) may value a target: one that
/// has no weight of its own (a partner, a power) is valued only by what speaks
/// of its axis, because "Russia is strong" is no stand on a union.
pub(crate) fn suits(axis: Option<usize>, head: &Entry) -> bool {
    axis == head.axis || axis.is_none() && head.weight != 0.0
}

/// Whether a verb behind a target has an object of its own: what follows it is
/// neither the clause's end nor a mark, a preposition or a conjunction. "The
/// union helps us resist threats" resists threats, not the union.
fn has_object(verb: &Match, clause: &Clause, reading: &Reading) -> bool {
    let next = verb.tokens.end;
    if next >= clause.tokens.end || reading.text.tokens[next].kind == TokenKind::Punctuation {
        return false;
    }
    let class = |class| reading.text.is(next, class);
    !(class(WordClass::Preposition)
        || class(WordClass::Conjunction)
        || class(WordClass::Complementizer)
        || class(WordClass::Relative)
        || class(WordClass::AdverbBetween)
        || class(WordClass::TimeWord))
}

/// Whether a verb behind a target has a subject of its own that a preposition
/// or conjunction brings in: "membership, as we leave".
fn own_subject(mut between: std::ops::Range<usize>, reading: &Reading) -> bool {
    between.next();
    between.into_iter().any(|at| {
        reading.text.is(at - 1, WordClass::Preposition)
            && reading.text.has(at, TokenFlag::Pronoun)
            && reading
                .language
                .pronouns
                .get(reading.text.word(at))
                .is_some_and(|readings| readings.iter().any(|pronoun| pronoun.role == PronounRole::Subject))
    })
}

/// Whether a quality belongs to some other noun: it stands too far before the
/// target ("a critical moment for ..."), or behind it within a phrase of its own
/// ("in the hardest times"). Blame needs a closer tie than praise: a noun such
/// as "problems" anywhere behind a target seldom speaks of it.
fn idle(quality: &Match, head: &Match, blames: bool, reading: &Reading) -> bool {
    let word = |at: usize| reading.text.word(at);
    let class = |at: usize, class| reading.text.is(at, class);
    let content = |between: std::ops::Range<usize>| {
        between
            .filter(|at| {
                reading.text.tokens[*at].kind != TokenKind::Punctuation
                    && !class(*at, WordClass::Transparent)
                    && !class(*at, WordClass::Article)
            })
            .count()
    };
    if quality.tokens.end <= head.tokens.start {
        let between = quality.tokens.end..head.tokens.start;
        return content(between.clone()) > QUALITY_AHEAD
            || between.into_iter().any(|at| {
                blames && word(at) == ","
                    || class(at, WordClass::Preposition) && !class(at, WordClass::Transparent)
            });
    }
    let start = quality.tokens.start;
    let between = head.tokens.end..start;
    let phrase = (head.tokens.end.max(start.saturating_sub(2))..start).any(|at| {
        class(at, WordClass::Preposition)
            && !class(at, WordClass::Auxiliary)
            && !(at + 1 < start && reading.text.has(at + 1, TokenFlag::Pronoun))
    });
    let copula = || {
        (between.start.max(start.saturating_sub(COPULA))..start).any(|at| {
            class(at, WordClass::Auxiliary)
                || class(at, WordClass::Linking)
                || word(at) == "—"
                || word(at) == "–"
        })
    };
    phrase || blames && !copula() && content(between.clone()) > BLAME_BEHIND
}

fn touch(one: &Match, two: &Match) -> bool {
    one.tokens.start < two.tokens.end && two.tokens.start < one.tokens.end
}

/// Words between, prepositions counting more; at equal distance a value looks
/// ahead: "give up sovereignty".
fn cost(appraisal: &Placed, head: &Placed, reading: &Reading) -> (usize, bool) {
    let (one, two) = (&appraisal.found.tokens, &head.found.tokens);
    let ahead = two.start >= one.end;
    let between = if ahead { one.end..two.start } else { two.end..one.start };
    let verb = reading.entries[appraisal.found.entry].direction != 0;
    let marks =
        if verb && ahead { between.clone().filter(|at| reading.text.word(*at) == ",").count() } else { 0 };
    let distance: usize = between
        .filter(|at| reading.text.tokens[*at].kind != TokenKind::Punctuation)
        .map(|at| {
            if reading.text.is(at, WordClass::Source) {
                SOURCE
            } else if reading.text.is(at, WordClass::Transparent) || reading.text.is(at, WordClass::Article) {
                0
            } else if reading.text.is(at, WordClass::Preposition) {
                PREPOSITION
            } else {
                1
            }
        })
        .sum();
    (distance + marks * COMMA, !ahead)
}
