//! What the scorer makes of sentences: signs, told apart that a count of words
//! would not tell apart. All sentences are invented.

use stancetrack::model::{Record, Status};
use stancetrack::pipeline::{Resources, record_row};
use stancetrack::score::Method;
use std::sync::LazyLock;

static RESOURCES: LazyLock<Resources> = LazyLock::new(|| resources(Method::Compositional));

fn resources(method: Method) -> Resources {
    let shipped = crate::support::repository;
    let languages = stancetrack::ingest::languages(&shipped("lexicons/languages")).unwrap();
    let roster = stancetrack::ingest::roster(
        &shipped("data/actors/belarus-russia.toml"),
        &shipped("lexicons/languages"),
    )
    .unwrap();
    let lexicon = stancetrack::ingest::lexicon(&shipped("lexicons/integration-sovereignty")).unwrap();
    Resources::new(languages, &roster, vec![lexicon], method)
}

fn record(text: &str) -> Record {
    let russian = text.chars().any(|character| ('а'..='я').contains(&character));
    Record {
        id: "1".into(),
        place: "test".into(),
        text: text.into(),
        actor: None,
        form: None,
        date: None,
        language: if russian { "ru" } else { "en" }.into(),
    }
}

/// The sum of contributions on an axis, by sign.
fn sign(text: &str, axis: &str) -> i8 {
    let row = record_row(&record(text), &RESOURCES).unwrap();
    let hits = row.scored.iter().flat_map(|scored| &scored.hits);
    let sum: f64 = hits.filter(|hit| hit.axis == axis).map(|hit| hit.contribution).sum();
    if sum.abs() < 0.05 { 0 } else { sum.signum() as i8 }
}

#[test]
fn signs_multiply_along_what_governs_what() {
    let cases = [
        // Valuing, and its denial.
        ("Our sovereignty is sacred.", "sovereignty", 1),
        ("Sovereignty is not sacred.", "sovereignty", -1),
        ("Our independence is not for sale.", "sovereignty", 1),
        ("There is no alternative to integration.", "integration", 1),
        ("The union is not only necessary but urgent.", "integration", 1),
        ("The union is a mistake.", "integration", -1),
        ("The union is not a mistake.", "integration", 1),
        // What it does to us, and what would follow.
        ("The union is a threat to all of us.", "integration", -1),
        ("If we join the bloc, our farms will be bankrupt.", "integration", -1),
        ("Our farms will be bankrupt if we join the bloc.", "integration", -1),
        ("Integration has brought us nothing but losses.", "integration", -1),
        ("We have nothing to fear from closer union.", "integration", 1),
        ("They want to swallow us, and we will not allow it.", "integration", -1),
        // A predicate overrules an attribute, a dash stands for "is", two negatives are one.
        ("Full independence is an illusion.", "sovereignty", -1),
        ("Суверенитет — не икона.", "sovereignty", -1),
        ("Никому этот союз не нужен.", "integration", -1),
        // Giving up is chosen, losing is feared, and so is not losing.
        ("We shall give up our sovereignty.", "sovereignty", -1),
        ("We shall never give up our sovereignty.", "sovereignty", 1),
        ("It would be a mistake to give up our sovereignty.", "sovereignty", 1),
        ("Giving up our sovereignty would be a mistake.", "sovereignty", 1),
        ("We are losing our independence.", "sovereignty", 1),
        ("We shall not lose our independence.", "sovereignty", 1),
        ("We shall not allow our independence to be put at risk.", "sovereignty", 1),
        // Joining and leaving.
        ("We want to join the European Union.", "integration", 1),
        ("We do not want to join the European Union.", "integration", -1),
        ("We will leave the European Union.", "integration", -1),
        ("It would be wrong to leave the European Union.", "integration", 1),
        ("We are not going to leave the union.", "integration", 1),
        ("We must remove the trade barriers.", "integration", 1),
        // Capture is rejected whether it is denied or not.
        ("They will swallow us.", "integration", -1),
        ("We will not be swallowed.", "integration", -1),
        // Verdicts on what was said before.
        ("A merger with our neighbours? Out of the question.", "integration", -1),
        ("Who needs such a union?", "integration", -1),
        // A verb with an object of its own values that.
        ("The union helps us resist threats.", "integration", 1),
        // Need.
        ("Without integration we shall not survive.", "integration", 1),
        ("Суверенитет для нас священен.", "sovereignty", 1),
        ("Мы никогда не отдадим суверенитет.", "sovereignty", 1),
        ("Мы готовы отдать часть суверенитета.", "sovereignty", -1),
        ("Интеграция необходима.", "integration", 1),
        ("Интеграция не нужна.", "integration", -1),
        ("Вступать в союз мы не будем, это исключено.", "integration", -1),
        ("Мы не потеряем независимость.", "sovereignty", 1),
        ("Разрушать союз нельзя.", "integration", 1),
    ];
    let mut wrong = Vec::new();
    for (text, axis, expected) in cases {
        let found = sign(text, axis);
        if found != expected {
            wrong.push(format!("{text} {axis}: {found}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Today's wrong answers, with what would be right: they are here so that the
/// day one is put right is noticed.
#[test]
fn what_is_still_misread() {
    let cases = [
        // Irony: right would be -1.
        ("A union of thieves, that is what they have built.", "integration", 1),
        // Blame: the speaker would like it ratified; right would be 1.
        ("Ask them why the union treaty was never ratified.", "integration", -1),
        // The negator stands in the gap of an entry ("is ... threat to") and is taken for a
        // word of it; right would be 1.
        ("The union is not a threat to us.", "integration", -1),
        // Allusion without a word of the debate: right would be 1.
        ("Our place is at the table, not in the corridor.", "integration", 0),
    ];
    for (text, axis, today) in cases {
        assert_eq!(sign(text, axis), today, "{text}");
    }
}

#[test]
fn a_part_of_another_value_counts_nothing_by_itself() {
    let row = record_row(&record("Giving up our sovereignty would be a mistake."), &RESOURCES).unwrap();
    let hits: Vec<_> = row.scored.iter().flat_map(|scored| &scored.hits).collect();
    let governed: Vec<_> = hits.iter().filter(|hit| hit.status == Status::Governed).collect();
    assert_eq!(governed.len(), 1, "{hits:?}");
    assert_eq!((governed[0].term.as_str(), governed[0].contribution), ("giving up", 0.0));
}

#[test]
fn not_sacred_is_scored_against_sovereignty() {
    for text in [
        "Sovereignty is not sacred.",
        "Sovereignty is not an icon.",
        "We shall give up our sovereignty.",
        "Суверенитет не священен.",
    ] {
        let row = record_row(&record(text), &RESOURCES).unwrap();
        let value =
            |axis: &str| row.scored[0].scores.iter().find(|score| score.axis == axis).unwrap().value.unwrap();
        assert!(
            value("sovereignty") < -0.05 && value("position") > 0.05,
            "{text} {:?}",
            row.scored[0].scores
        );
    }
}

#[test]
fn a_calibrated_score_is_the_sum_of_its_parts() {
    let row =
        record_row(&record("We want a closer union, and integration is necessary."), &RESOURCES).unwrap();
    let score = row.scored[0].scores.iter().find(|score| score.axis == "position").unwrap();
    let sum: f64 = score.parts.iter().map(|(_, value, weight)| value * weight).sum();
    let value = score.value.unwrap();
    assert!((value - (sum - stancetrack::score::DEAD_ZONE)).abs() < 1e-9, "{score:?}");
    assert!(value > 0.2, "{score:?}");
}

#[test]
fn nothing_named_is_no_score() {
    let row = record_row(&record("The bread is excellent this year."), &RESOURCES).unwrap();
    assert!(row.scored[0].scores.iter().all(|score| score.value.is_err()), "{:?}", row.scored);
}

/// Plain statements, all invented, balanced over what can be stood for. `learned` were
/// used while the rules were written; `read` were written by somebody who had not
/// seen the lexicons, scored, and then read; `unread` were only ever scored. The
/// last two say what to expect of sentences that nobody has prepared for.
#[test]
fn plain_statements_are_read_as_meant() {
    let file =
        std::fs::read_to_string(crate::support::repository("tests/suite/plain_statements.tsv")).unwrap();
    let mut tally: std::collections::BTreeMap<&str, (usize, usize, usize)> = Default::default();
    for line in file.lines().skip(1) {
        let [set, language, stand, text] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("four columns: {line}")
        };
        let row = record_row(&Record { language: language.into(), ..record(text) }, &RESOURCES).unwrap();
        let position = row.scored[0].scores.iter().find(|score| score.axis == "position").unwrap();
        let meant = if matches!(stand, "integration+" | "sovereignty-") { 1.0 } else { -1.0 };
        let value = position.value.unwrap_or(0.0) * meant;
        let counts = tally.entry(set).or_default();
        counts.0 += usize::from(value > 0.0);
        counts.1 += usize::from(value < 0.0);
        counts.2 += 1;
    }
    let share = |set: &str| {
        let (right, wrong, all) = tally[set];
        assert!(all >= 120, "{tally:?}");
        (right as f64 / all as f64, wrong as f64 / all as f64)
    };
    let (right, wrong) = share("learned");
    assert!(right >= 0.95 && wrong <= 0.03, "{tally:?}");
    let (right, wrong) = share("read");
    assert!(right >= 0.57 && wrong <= 0.23, "{tally:?}");
    let (right, wrong) = share("unread");
    assert!(right >= 0.42 && wrong <= 0.34, "{tally:?}");
}
