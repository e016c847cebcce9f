//! Every rule of the product of signs on a few invented words.
//!
//! A case gives words (`|` is a border of clauses), the target with the appraisals that value
//! it, and the hits that come of them: word, contribution and status. Contributions are what the
//! words say for sovereignty.

#![cfg(test)]

use crate::model::{
    Axis, Form, Language, Lexicon, Pattern, PatternPart, Shifter, ShifterScope, Speaker, Statement, Text,
    Token, TokenKind,
};
use crate::score::compositional::algebra::*;
use crate::score::compositional::clauses::Clause;
use crate::score::compositional::context::sentences;
use crate::score::compositional::target_group::{Passage, PlacedMatch};
use crate::score::lookup::matched::Match;
use crate::score::lookup::matcher::Matcher;

/// Word, kind, weight, negated, direction.
const ENTRIES: [(&str, EntryKind, f64, f64, i8); 15] = [
    ("sovereignty", EntryKind::Target, 0.4, -0.4, 0),
    ("isolation", EntryKind::Target, -0.4, 0.4, 0),
    ("name", EntryKind::Target, 0.05, -0.05, 0),
    ("annexed", EntryKind::Term, -0.7, 0.7, 0),
    ("swallowed", EntryKind::Term, -0.7, -0.7, 0),
    ("sacred", EntryKind::Appraisal, 0.8, -0.8, 0),
    ("fine", EntryKind::Appraisal, 0.5, -0.5, 0),
    ("illusion", EntryKind::Appraisal, -0.6, 0.6, 0),
    ("mistake", EntryKind::Appraisal, -0.7, 0.7, 0),
    ("strengthen", EntryKind::Appraisal, 0.6, -0.6, 1),
    ("surrender", EntryKind::Appraisal, -0.8, 0.8, -1),
    // A loss that nobody chose.
    ("lose", EntryKind::Appraisal, 0.5, 0.5, -1),
    ("propose", EntryKind::Appraisal, 0.5, 0.5, 1),
    ("fear", EntryKind::Appraisal, -0.5, 0.5, -1),
    ("unused", EntryKind::Appraisal, 0.0, 0.0, 0),
];

/// Word, kind, scope, factor.
const SHIFTERS: [(&str, ShifterKind, ShifterScope, f64); 9] = [
    ("not", ShifterKind::Negator, ShifterScope::Next, -1.0),
    ("hardly", ShifterKind::Negator, ShifterScope::Next, -0.5),
    ("impossible", ShifterKind::Negator, ShifterScope::Previous, -1.0),
    ("without", ShifterKind::Lack, ShifterScope::Next, -0.6),
    ("very", ShifterKind::Amplifier, ShifterScope::Next, 1.4),
    ("slightly", ShifterKind::Downtoner, ShifterScope::Next, 0.3),
    ("perhaps", ShifterKind::Hedge, ShifterScope::Clause, 0.7),
    ("if", ShifterKind::Conditional, ShifterScope::Clause, 0.5),
    ("who_needs", ShifterKind::Rhetorical, ShifterScope::Clause, -1.0),
];

/// The target, and the words before, behind and in other clauses that value it.
#[derive(Clone, Copy)]
struct Group<'a> {
    target: &'a str,
    before: &'a [&'a str],
    behind: &'a [&'a str],
    later: &'a [(&'a str, Link)],
}

/// A target that nothing values.
const fn bare(target: &str) -> Group<'_> {
    Group { target, before: &[], behind: &[], later: &[] }
}

fn before<'a>(words: &'a [&'a str], target: &'a str) -> Group<'a> {
    Group { before: words, ..bare(target) }
}

fn behind<'a>(target: &'a str, words: &'a [&'a str]) -> Group<'a> {
    Group { behind: words, ..bare(target) }
}

fn lexicon() -> Lexicon {
    let entry = |(word, kind, weight, negated, direction): &(&str, EntryKind, f64, f64, i8)| Entry {
        term: (*word).into(),
        pattern: Pattern { parts: vec![PatternPart::Word((*word).into())] },
        kind: *kind,
        axis: (*kind != EntryKind::Appraisal).then_some(0),
        weight: *weight,
        negated: *negated,
        direction: *direction,
        note: String::new(),
        language: "en".into(),
        place: String::new(),
    };
    Lexicon {
        languages: vec!["en".into()],
        axes: vec![Axis { id: "sovereignty".into(), ..Axis::default() }],
        entries: ENTRIES.iter().map(entry).collect(),
        ..Lexicon::default()
    }
}

/// Words, and the borders of clauses among them.
fn segment(words: &str) -> (Text, Vec<Clause>) {
    let mut text = Text { folded: words.into(), ..Text::default() };
    let mut clauses = vec![Clause { tokens: 0..0, sentence: 0, opener: Some(0) }];
    let mut start = 0;
    for word in words.split(' ') {
        let span = Span::new(start, start + word.len());
        start += word.len() + 1;
        if word == "|" {
            let at = text.tokens.len();
            clauses.push(Clause { tokens: at..at, sentence: 0, opener: None });
            continue;
        }
        let kind = if word == "?" { TokenKind::Punctuation } else { TokenKind::Word };
        text.tokens.push(Token { span, folded: span, kind, flags: Default::default() });
        if let Some(clause) = clauses.last_mut() {
            clause.tokens.end = text.tokens.len();
        }
    }
    (text, clauses)
}

/// The hits of a group: word, contribution, status.
fn hits(words: &str, cue_class: CueClass, group: Group) -> Vec<(String, f64, Status)> {
    let (text, clauses) = segment(words);
    let matcher = Matcher::new(lexicon(), &[]);
    let language = Language::default();
    let entries = &matcher.lexicon().entries;
    let clause = |token: usize| clauses.iter().position(|clause| clause.tokens.contains(&token)).unwrap();
    let placed: Vec<PlacedMatch> = (0..text.tokens.len())
        .filter_map(|at| {
            let entry = ENTRIES.iter().position(|entry| entry.0 == text.word(at))?;
            Some(PlacedMatch { found: Match { entry, tokens: at..at + 1 }, clause: clause(at) })
        })
        .collect();
    let shifters: Vec<Shifter> = SHIFTERS
        .iter()
        .map(|(word, kind, scope, factor)| Shifter {
            words: vec![word.to_string()],
            kind: *kind,
            factor: *factor,
            scope: *scope,
        })
        .collect();
    let found: Vec<Found> = (0..text.tokens.len())
        .filter_map(|at| {
            let shifter = shifters.iter().find(|shifter| shifter.words[0] == text.word(at))?;
            Some(Found { tokens: at..at + 1, shifter })
        })
        .collect();
    let index = |word: &&str| placed.iter().position(|one| ENTRIES[one.found.entry].0 == *word).unwrap();
    let groups = [TargetGroup {
        target: index(&group.target),
        before: group.before.iter().map(index).collect(),
        behind: group.behind.iter().map(index).collect(),
        later: group.later.iter().map(|(word, link)| (index(word), *link)).collect(),
    }];
    let statement = Statement {
        content: vec![Span::new(0, words.len())],
        cue: Some(Span::new(0, 0)),
        cue_class,
        form: Form::Indirect,
        speaker: Speaker::default(),
        sentence: 0,
        said: Vec::new(),
        date_note: None,
    };
    let context = MatchContext {
        body: words,
        matcher: &matcher,
        statement: &statement,
        passage: Passage { text: &text, language: &language, clauses: &clauses, entries },
        sentences: sentences(&clauses),
        shifters: found,
        placed: &placed,
        groups: &groups,
    };
    let hits = context.group(&groups[0]).into_iter();
    hits.map(|hit| (hit.term.to_string(), hit.contribution, hit.status)).collect()
}

/// Words, cue, group, expected hits.
type Case<'a> = (&'a str, CueClass, Group<'a>, &'a [(&'a str, f64, Status)]);

fn check(cases: &[Case]) {
    for (words, cue, group, expected) in cases {
        let found = hits(words, *cue, *group);
        let same = found.len() == expected.len()
            && found
                .iter()
                .zip(*expected)
                .all(|(one, two)| one.0 == two.0 && (one.1 - two.1).abs() < 1e-12 && one.2 == two.2);
        assert!(same, "{words}, {cue:?}: {found:?}, not {expected:?}");
    }
}

use CueClass::{Denying, Endorsing, Hedged as HedgedCue, Neutral};
use Status::{Asserted, Conditional, Governed, Hedged, Negated};

#[test]
fn a_bare_mention_has_the_weight_of_its_entry_or_what_a_cue_makes_of_it() {
    let (thing, opposite) = (bare("sovereignty"), bare("isolation"));
    check(&[
        ("sovereignty", Neutral, thing, &[("sovereignty", 0.4, Asserted)]),
        ("isolation", Neutral, opposite, &[("isolation", -0.4, Asserted)]),
        ("sovereignty", Endorsing, thing, &[("sovereignty", 0.7, Asserted)]),
        ("isolation", Endorsing, opposite, &[("isolation", -0.7, Asserted)]),
        ("sovereignty", Denying, thing, &[("sovereignty", -0.7, Negated)]),
        ("isolation", Denying, opposite, &[("isolation", 0.7, Negated)]),
        ("sovereignty", HedgedCue, thing, &[("sovereignty", 0.32, Asserted)]),
        // An endorsing cue on a thing that is negated refuses it.
        ("not sovereignty", Endorsing, thing, &[("sovereignty", -0.7, Negated)]),
    ]);
}

#[test]
fn a_negated_mention_is_what_its_entry_says_under_negation() {
    check(&[
        ("not sovereignty", Neutral, bare("sovereignty"), &[("sovereignty", -0.4, Negated)]),
        ("hardly sovereignty", Neutral, bare("sovereignty"), &[("sovereignty", -0.2, Negated)]),
        ("not annexed", Neutral, bare("annexed"), &[("annexed", 0.7, Negated)]),
        ("annexed", Denying, bare("annexed"), &[("annexed", 0.7, Negated)]),
        // A negator right behind a target that nothing values says something against it.
        ("sovereignty not here", Neutral, bare("sovereignty"), &[("sovereignty", -0.4, Negated)]),
    ]);
}

#[test]
fn a_verdict_denies_and_two_denials_cancel_out() {
    let thing = bare("sovereignty");
    check(&[
        ("sovereignty impossible", Neutral, thing, &[("sovereignty", -0.7, Negated)]),
        ("sovereignty impossible", Denying, thing, &[("sovereignty", 0.4, Asserted)]),
        ("sovereignty | this is impossible", Neutral, thing, &[("sovereignty", -0.7, Negated)]),
        (
            "sacred sovereignty impossible",
            Neutral,
            before(&["sacred"], "sovereignty"),
            &[("sacred", -0.8, Negated)],
        ),
        (
            "sacred sovereignty impossible",
            Denying,
            before(&["sacred"], "sovereignty"),
            &[("sacred", 0.8, Asserted)],
        ),
    ]);
}

#[test]
fn what_is_done_without_a_thing_needs_it_only_under_a_negation() {
    check(&[
        (
            "without sovereignty we do not live",
            Neutral,
            bare("sovereignty"),
            &[("sovereignty", 0.7, Negated)],
        ),
        ("without isolation we do not live", Neutral, bare("isolation"), &[("isolation", -0.7, Negated)]),
        // Without a negation, and where it is little more than a name, it is turned weakly.
        ("without sovereignty we live", Neutral, bare("sovereignty"), &[("sovereignty", -0.24, Negated)]),
        ("without name we do not live", Neutral, bare("name"), &[("name", -0.03, Negated)]),
        // What cannot be without another thing is not refused.
        ("not sovereignty without it", Neutral, bare("sovereignty"), &[("sovereignty", 0.12, Negated)]),
    ]);
}

#[test]
fn a_term_that_says_the_same_under_negation_is_changed_by_nothing() {
    check(&[
        ("swallowed", Neutral, bare("swallowed"), &[("swallowed", -0.7, Asserted)]),
        ("not swallowed", Neutral, bare("swallowed"), &[("swallowed", -0.7, Negated)]),
        ("swallowed", Denying, bare("swallowed"), &[("swallowed", -0.7, Negated)]),
        (
            "fear swallowed fine",
            Neutral,
            Group { behind: &["fine"], ..before(&["fear"], "swallowed") },
            &[("swallowed", -0.7, Asserted), ("fear", 0.0, Governed), ("fine", 0.0, Governed)],
        ),
    ]);
}

#[test]
fn a_modifier_has_the_sign_of_its_target() {
    let (thing, opposite) = (before(&["sacred"], "sovereignty"), before(&["sacred"], "isolation"));
    check(&[
        ("sacred sovereignty", Neutral, thing, &[("sacred", 0.8, Asserted)]),
        ("not sacred sovereignty", Neutral, thing, &[("sacred", -0.8, Negated)]),
        ("hardly sacred sovereignty", Neutral, thing, &[("sacred", -0.4, Negated)]),
        ("sacred isolation", Neutral, opposite, &[("sacred", -0.8, Asserted)]),
        ("sacred sovereignty", Denying, thing, &[("sacred", -0.8, Negated)]),
        // The negator of the target turns its modifier too.
        ("sacred not sovereignty", Neutral, thing, &[("sacred", -0.8, Asserted)]),
        // A term speaks beside its modifier.
        (
            "fine annexed",
            Neutral,
            before(&["fine"], "annexed"),
            &[("fine", -0.5, Asserted), ("annexed", -0.7, Asserted)],
        ),
    ]);
}

#[test]
fn what_governs_keeps_or_turns_the_sign_and_the_outermost_speaks_with_the_greatest_weight() {
    let give_up = before(&["surrender"], "sovereignty");
    let blamed = before(&["surrender", "mistake"], "sovereignty");
    check(&[
        ("surrender sovereignty", Neutral, give_up, &[("surrender", -0.8, Asserted)]),
        ("not surrender sovereignty", Neutral, give_up, &[("surrender", 0.8, Negated)]),
        (
            "surrender isolation",
            Neutral,
            before(&["surrender"], "isolation"),
            &[("surrender", 0.8, Asserted)],
        ),
        (
            "strengthen sovereignty",
            Neutral,
            before(&["strengthen"], "sovereignty"),
            &[("strengthen", 0.6, Asserted)],
        ),
        (
            "mistake surrender sovereignty",
            Neutral,
            blamed,
            &[("mistake", 0.8, Asserted), ("surrender", 0.0, Governed)],
        ),
        (
            "mistake strengthen sovereignty",
            Neutral,
            before(&["strengthen", "mistake"], "sovereignty"),
            &[("mistake", -0.7, Asserted), ("strengthen", 0.0, Governed)],
        ),
        (
            "mistake not surrender sovereignty",
            Neutral,
            blamed,
            &[("mistake", -0.8, Asserted), ("surrender", 0.0, Governed)],
        ),
        // Blame far from the verb belongs to something else.
        (
            "mistake of all our people surrender sovereignty",
            Neutral,
            blamed,
            &[("surrender", -0.8, Asserted), ("mistake", 0.0, Governed)],
        ),
        // A modifier says nothing beside what governs.
        (
            "surrender fine sovereignty",
            Neutral,
            before(&["fine", "surrender"], "sovereignty"),
            &[("surrender", -0.8, Asserted), ("fine", 0.0, Governed)],
        ),
        // A term lends its weight to what governs it.
        (
            "strengthen annexed",
            Neutral,
            before(&["strengthen"], "annexed"),
            &[("strengthen", -0.7, Asserted)],
        ),
    ]);
}

#[test]
fn a_denial_turns_what_governs_unless_it_is_negated_already() {
    let give_up = before(&["surrender"], "sovereignty");
    check(&[
        ("surrender sovereignty", Denying, give_up, &[("surrender", 0.8, Negated)]),
        ("not surrender sovereignty", Denying, give_up, &[("surrender", -0.8, Asserted)]),
        ("surrender sovereignty impossible", Denying, give_up, &[("surrender", -0.8, Asserted)]),
    ]);
}

#[test]
fn a_loss_that_nobody_chose_speaks_for_what_is_lost_and_against_nothing() {
    check(&[
        ("lose sovereignty", Neutral, before(&["lose"], "sovereignty"), &[("lose", 0.5, Asserted)]),
        ("not lose sovereignty", Neutral, before(&["lose"], "sovereignty"), &[("lose", 0.5, Negated)]),
        ("lose isolation", Neutral, before(&["lose"], "isolation"), &[("lose", 0.5, Asserted)]),
        ("isolation lose", Neutral, behind("isolation", &["lose"]), &[("lose", 0.5, Asserted)]),
        // Feared and governed: what is feared of a loss is for the thing.
        (
            "fear lose sovereignty",
            Neutral,
            before(&["lose", "fear"], "sovereignty"),
            &[("fear", 0.5, Asserted), ("lose", 0.0, Governed)],
        ),
    ]);
}

#[test]
fn what_stands_behind_values_the_target_or_overrules_what_stands_before() {
    let contradicted = Group { behind: &["mistake"], ..before(&["surrender"], "sovereignty") };
    check(&[
        ("sovereignty sacred", Neutral, behind("sovereignty", &["sacred"]), &[("sacred", 0.8, Asserted)]),
        ("isolation sacred", Neutral, behind("isolation", &["sacred"]), &[("sacred", -0.8, Asserted)]),
        ("sovereignty not sacred", Neutral, behind("sovereignty", &["sacred"]), &[("sacred", -0.8, Negated)]),
        // "No union will be good": the negator of the target turns what stands behind.
        (
            "not sovereignty will be sacred",
            Neutral,
            behind("sovereignty", &["sacred"]),
            &[("sacred", -0.8, Negated)],
        ),
        // It is turned by a denial, but the denial is not among its words.
        ("sovereignty sacred", Denying, behind("sovereignty", &["sacred"]), &[("sacred", -0.8, Asserted)]),
        (
            "sacred sovereignty illusion",
            Neutral,
            Group { behind: &["illusion"], ..before(&["sacred"], "sovereignty") },
            &[("sacred", 0.0, Governed), ("illusion", -0.6, Asserted)],
        ),
        (
            "sacred sovereignty fine",
            Neutral,
            Group { behind: &["fine"], ..before(&["sacred"], "sovereignty") },
            &[("sacred", 0.8, Asserted), ("fine", 0.5, Asserted)],
        ),
        (
            "surrender sovereignty mistake",
            Neutral,
            contradicted,
            &[("surrender", 0.0, Governed), ("mistake", 0.7, Asserted)],
        ),
        (
            "propose sovereignty mistake",
            Neutral,
            Group { behind: &["mistake"], ..before(&["propose"], "sovereignty") },
            &[("propose", 0.5, Asserted)],
        ),
    ]);
}

#[test]
fn an_appraisal_of_another_clause_counts_by_how_it_takes_up_the_target() {
    let later = |later| Group { later, ..bare("sovereignty") };
    let governed = |later| Group { later, ..before(&["surrender"], "sovereignty") };
    check(&[
        (
            "sovereignty | it sacred",
            Neutral,
            later(&[("sacred", Link::Pronoun)]),
            &[("sacred", 0.72, Asserted)],
        ),
        ("sovereignty | sacred", Neutral, later(&[("sacred", Link::Adjacent)]), &[("sacred", 0.4, Asserted)]),
        (
            "sovereignty | sacred",
            Neutral,
            later(&[("sacred", Link::Consequence)]),
            &[("sacred", 0.8, Asserted)],
        ),
        // A denial does not reach it.
        (
            "sovereignty | it sacred",
            Denying,
            later(&[("sacred", Link::Pronoun)]),
            &[("sacred", 0.72, Asserted)],
        ),
        // A pronoun takes up the target itself, a consequence what is done to it.
        (
            "surrender sovereignty | it sacred",
            Neutral,
            governed(&[("sacred", Link::Pronoun)]),
            &[("surrender", -0.8, Asserted), ("sacred", 0.72, Asserted)],
        ),
        (
            "surrender sovereignty | mistake",
            Neutral,
            governed(&[("mistake", Link::Consequence)]),
            &[("surrender", 0.0, Governed), ("mistake", 0.7, Asserted)],
        ),
    ]);
}

#[test]
fn words_of_degree_strengthen_and_damp_within_limits() {
    let (fine, sacred) = (before(&["fine"], "sovereignty"), before(&["sacred"], "sovereignty"));
    check(&[
        ("very fine sovereignty", Neutral, fine, &[("fine", 0.7, Asserted)]),
        ("very very fine sovereignty", Neutral, fine, &[("fine", 0.8, Asserted)]),
        ("very sacred sovereignty", Neutral, sacred, &[("sacred", 1.0, Asserted)]),
        ("slightly fine sovereignty", Neutral, fine, &[("fine", 0.15, Asserted)]),
        ("slightly slightly fine sovereignty", Neutral, fine, &[("fine", 0.1, Asserted)]),
        ("fine sovereignty", HedgedCue, fine, &[("fine", 0.4, Asserted)]),
        ("perhaps fine sovereignty", Neutral, fine, &[("fine", 0.35, Hedged)]),
    ]);
}

#[test]
fn a_thing_named_in_a_condition_or_a_guess_is_not_supported() {
    let (thing, sacred) = (bare("sovereignty"), before(&["sacred"], "sovereignty"));
    check(&[
        ("if sovereignty", Neutral, thing, &[("sovereignty", 0.0, Conditional)]),
        ("perhaps sovereignty", Neutral, thing, &[("sovereignty", 0.0, Hedged)]),
        ("perhaps annexed", Neutral, bare("annexed"), &[("annexed", -0.49, Hedged)]),
        ("if sacred sovereignty", Neutral, sacred, &[("sacred", 0.4, Conditional)]),
        // What is denied in a condition is missed.
        ("if not sacred sovereignty", Neutral, sacred, &[("sacred", 0.16, Conditional)]),
    ]);
}

#[test]
fn a_question_halves_and_a_rhetorical_one_turns() {
    let (thing, sacred) = (bare("sovereignty"), before(&["sacred"], "sovereignty"));
    check(&[
        ("sacred sovereignty ?", Neutral, sacred, &[("sacred", 0.4, Asserted)]),
        ("who_needs sacred sovereignty ?", Neutral, sacred, &[("sacred", -0.8, Negated)]),
        ("who_needs sovereignty ?", Neutral, thing, &[("sovereignty", -0.7, Negated)]),
        ("who_needs isolation ?", Neutral, bare("isolation"), &[("isolation", 0.7, Negated)]),
        // Without a question mark it asks nothing.
        ("who_needs sovereignty", Neutral, thing, &[("sovereignty", 0.4, Asserted)]),
    ]);
}
