//! Attaches each appraisal to the target that it evaluates.

use crate::model::{Entry, EntryKind, PronounRole, TokenFlag, TokenKind, WordClass};
use crate::score::compositional::carry_over::carried;
use crate::score::compositional::clauses::Clause;
use crate::score::compositional::target_group::{COORDINATED, Passage, PlacedMatch, TargetGroup, can_value};
use crate::score::lookup::matched::Match;

/// Maximum number of words between an appraisal and its target in one clause.
const REACH: usize = 9;
/// The same for an appraisal that ends in a preposition ("part of"), and for one
/// that takes away: what is reduced or ended far from a target is another thing.
const GOVERNED: usize = 5;
/// Maximum number of words between a quality and a target behind it.
const QUALITY_AHEAD: usize = 3;
/// Maximum number of words between a target and blame behind it without a copula.
const BLAME_BEHIND: usize = 1;
/// How far before blame its copula may stand ("is a very great mistake").
const COPULA: usize = 4;
/// How many words a comma between a verb and its target counts for.
const COMMA: usize = 3;
/// How many tokens away a target is looked for.
const WINDOW: usize = 40;
/// How many words a preposition between them counts for: "is important for
/// the union" values what is before it rather than what is behind.
const PREPOSITION: usize = 2;
/// The same for a word that names where a thing comes from: "what we want from
/// the union".
const SOURCE: usize = 3;

/// The targets of a passage in text order, each with the appraisals that value it, and the
/// appraisals that found no target.
pub fn target_groups(placed: &[PlacedMatch], passage: &Passage) -> (Vec<TargetGroup>, Vec<usize>) {
    let entry = |index: usize| &passage.entries[placed[index].found.entry];
    let mut groups: Vec<TargetGroup> =
        (0..placed.len()).filter(|index| can_be_valued(entry(*index))).map(TargetGroup::new).collect();
    let mut unattached = Vec::new();
    for index in 0..placed.len() {
        if entry(index).kind != EntryKind::Appraisal {
            continue;
        }
        let places = attach(index, placed, &groups, passage);
        if places.is_empty() {
            match carried(index, placed, &groups, passage) {
                Some((group, link)) => groups[group].later.push((index, link)),
                None => unattached.push(index),
            }
        }
        for group in places {
            let head = &placed[groups[group].target].found.tokens;
            if placed[index].found.tokens.end <= head.start {
                groups[group].before.push(index);
            } else {
                groups[group].behind.push(index);
            }
        }
    }
    for group in &mut groups {
        drop_less_specific(&mut group.before, placed, passage);
        drop_less_specific(&mut group.behind, placed, passage);
        group.before.sort_by_key(|index| std::cmp::Reverse(placed[*index].found.tokens.end));
    }
    (groups, unattached)
}

/// True if an entry can be valued: a target, or a term that scores.
fn can_be_valued(entry: &Entry) -> bool {
    match entry.kind {
        EntryKind::Target => true,
        EntryKind::Term => entry.weight != 0.0 || entry.negated != 0.0,
        EntryKind::Appraisal => false,
    }
}

/// Drops appraisals of any axis where the same words are an appraisal of this axis too.
fn drop_less_specific(list: &mut Vec<usize>, placed: &[PlacedMatch], passage: &Passage) {
    let of_axis = |index: usize| passage.entries[placed[index].found.entry].axis.is_some();
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

/// The groups of its own clause that an appraisal values: the nearest that fits
/// and those coordinated with it.
fn attach(index: usize, placed: &[PlacedMatch], groups: &[TargetGroup], passage: &Passage) -> Vec<usize> {
    let appraisal = &placed[index];
    let axis = passage.entries[appraisal.found.entry].axis;
    let fits = |group: &TargetGroup| {
        let head = &placed[group.target];
        head.clause == appraisal.clause
            && can_value(axis, &passage.entries[head.found.entry])
            && !touch(&head.found, &appraisal.found)
    };
    // "the loss of", "threats to": what ends in a preposition looks ahead only.
    let governs = passage
        .language
        .is(passage.text.word(appraisal.found.tokens.end.saturating_sub(1)), WordClass::Preposition)
        && appraisal.found.tokens.len() > 1;
    let takes_away = passage.entries[appraisal.found.entry].direction < 0;
    let reach = if governs || takes_away { GOVERNED } else { REACH };
    let tokens = &appraisal.found.tokens;
    let start = |group: &TargetGroup| placed[group.target].found.tokens.start;
    let from = groups.partition_point(|group| start(group) + WINDOW < tokens.start);
    let to = groups.partition_point(|group| start(group) < tokens.end + WINDOW);
    let nearest = groups
        .iter()
        .enumerate()
        .take(to)
        .skip(from)
        .filter(|(_, group)| fits(group))
        .filter(|(_, group)| {
            let entry = &passage.entries[appraisal.found.entry];
            let target = &placed[group.target].found;
            if entry.direction == 0 {
                !belongs_elsewhere(&appraisal.found, target, entry.weight < 0.0, passage)
            } else {
                appraisal.found.tokens.end <= target.tokens.start
                    || !own_subject(target.tokens.end..appraisal.found.tokens.start, passage)
                        && !has_object(&appraisal.found, &passage.clauses[appraisal.clause], passage)
            }
        })
        .filter(|(_, group)| {
            !governs || placed[group.target].found.tokens.start >= appraisal.found.tokens.end
        })
        .map(|(at, group)| (cost(appraisal, &placed[group.target], passage), at))
        .filter(|((distance, _), _)| *distance <= reach)
        .min();
    let Some((_, nearest)) = nearest else { return Vec::new() };
    let mut found = vec![nearest];
    let ahead = appraisal.found.tokens.end <= placed[groups[nearest].target].found.tokens.start;
    if ahead {
        // "preserve our sovereignty and independence", "the union and the market".
        let mut last = nearest;
        for next in nearest + 1..groups.len().min(nearest + COORDINATED) {
            let (one, two) = (&placed[groups[last].target], &placed[groups[next].target]);
            if !coordinated(&one.found, &two.found, passage) || !fits(&groups[next]) {
                break;
            }
            found.push(next);
            last = next;
        }
    }
    found
}

/// True if two targets are joined by a comma or a conjunction, with nothing else between but
/// articles and transparent words.
fn coordinated(one: &Match, two: &Match, passage: &Passage) -> bool {
    let between = one.tokens.end..two.tokens.start;
    let joins = |at: usize| passage.text.word(at) == "," || passage.text.is(at, WordClass::Conjunction);
    let light =
        |at: usize| passage.text.is(at, WordClass::Article) || passage.text.is(at, WordClass::Transparent);
    between.start <= between.end
        && between.len() <= 4
        && between.clone().any(joins)
        && between.clone().all(|at| joins(at) || light(at))
}

/// True if a verb behind a target has an object of its own: what follows it is
/// neither the clause's end nor a mark, a preposition or a conjunction. "The
/// union helps us resist threats" resists threats, not the union.
fn has_object(verb: &Match, clause: &Clause, passage: &Passage) -> bool {
    let next = verb.tokens.end;
    if next >= clause.tokens.end || passage.text.tokens[next].kind == TokenKind::Punctuation {
        return false;
    }
    let class = |class| passage.text.is(next, class);
    !(class(WordClass::Preposition)
        || class(WordClass::Conjunction)
        || class(WordClass::Complementizer)
        || class(WordClass::Relative)
        || class(WordClass::AdverbBetween)
        || class(WordClass::TimeWord))
}

/// True if a verb behind a target has a subject of its own that a preposition
/// or conjunction brings in: "membership, as we leave".
fn own_subject(mut between: std::ops::Range<usize>, passage: &Passage) -> bool {
    between.next();
    between.into_iter().any(|at| {
        passage.text.is(at - 1, WordClass::Preposition)
            && passage.text.has(at, TokenFlag::Pronoun)
            && passage
                .language
                .pronouns
                .get(passage.text.word(at))
                .is_some_and(|readings| readings.iter().any(|pronoun| pronoun.role == PronounRole::Subject))
    })
}

/// True if a quality belongs to some other noun: it is too far before the
/// target ("a critical moment for ..."), or behind it within a phrase of its own
/// ("in the hardest times"). Blame needs a closer tie than praise: a noun such
/// as "problems" anywhere behind a target seldom speaks of it.
fn belongs_elsewhere(quality: &Match, head: &Match, blames: bool, passage: &Passage) -> bool {
    let word = |at: usize| passage.text.word(at);
    let class = |at: usize, class| passage.text.is(at, class);
    let content = |between: std::ops::Range<usize>| {
        between
            .filter(|at| {
                passage.text.tokens[*at].kind != TokenKind::Punctuation
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
            && !(at + 1 < start && passage.text.has(at + 1, TokenFlag::Pronoun))
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
fn cost(appraisal: &PlacedMatch, head: &PlacedMatch, passage: &Passage) -> (usize, bool) {
    let (one, two) = (&appraisal.found.tokens, &head.found.tokens);
    let ahead = two.start >= one.end;
    let between = if ahead { one.end..two.start } else { two.end..one.start };
    let verb = passage.entries[appraisal.found.entry].direction != 0;
    let marks =
        if verb && ahead { between.clone().filter(|at| passage.text.word(*at) == ",").count() } else { 0 };
    let distance: usize = between
        .filter(|at| passage.text.tokens[*at].kind != TokenKind::Punctuation)
        .map(|at| {
            if passage.text.is(at, WordClass::Source) {
                SOURCE
            } else if passage.text.is(at, WordClass::Transparent) || passage.text.is(at, WordClass::Article) {
                0
            } else if passage.text.is(at, WordClass::Preposition) {
                PREPOSITION
            } else {
                1
            }
        })
        .sum();
    (distance + marks * COMMA, !ahead)
}
