//! Rules of other tools on a lexicon in our format: the values that these tools
//! publish, and what they make of a few sentences of ours.
//!
//! The word values are those that the published scores imply; no lexicon of these
//! tools is here.

use crate::support::{err, folder, out, repository, rows, stance};
use stancetrack::model::{Language, NoScore, Record, Scored};
use stancetrack::pipeline::{Resources, record_row};
use stancetrack::score::{Method, Scale};
use std::sync::LazyLock;

static LANGUAGES: LazyLock<Vec<Language>> =
    LazyLock::new(|| stancetrack::ingest::languages(&repository("lexicons/languages")).unwrap());

/// The scores of one text with a lexicon of one axis, `tone`.
fn scored(text: &str, entries: &[(&str, f64)], method: Method, scale: Scale) -> Scored {
    scored_in(LANGUAGES.clone(), text, entries, method, scale)
}

fn scored_in(
    languages: Vec<Language>,
    text: &str,
    entries: &[(&str, f64)],
    method: Method,
    scale: Scale,
) -> Scored {
    let mut terms = String::from("term,kind,axis,weight\n");
    for (term, weight) in entries {
        terms.push_str(&format!("{term},term,tone,{weight}\n"));
    }
    let lexicon = folder(&[("lexicon.toml", LEXICON), ("terms.en.csv", &terms)]);
    let roster = stancetrack::model::Roster::default();
    let lexicon = stancetrack::ingest::lexicon(lexicon.path()).unwrap();
    let mut resources = Resources::new(languages, &roster, vec![lexicon], method);
    resources.scale = scale;
    let record = Record {
        id: "1".into(),
        place: "test".into(),
        text: text.into(),
        actor: None,
        form: None,
        date: None,
        language: "en".into(),
    };
    record_row(&record, &resources).unwrap().scored.remove(0)
}

const LEXICON: &str = "id = \"tone\"\nname = \"Tone\"\nversion = \"1\"\nlanguages = [\"en\"]\n\n\
    [[axis]]\nid = \"tone\"\nname = \"Tone\"\nnegative = \"bad\"\npositive = \"good\"\n";

/// Text, lexicon and score.
type Case<'a> = (&'a str, &'a [(&'a str, f64)], f64);

fn value(text: &str, entries: &[(&str, f64)], method: Method) -> Result<f64, NoScore> {
    scored(text, entries, method, Scale::Mean).scores[0].value
}

/// Compounds of VADER's documentation. Values on its scale (-4 to 4): good 1.9, bad
/// -2.5 and smart + handsome + funny = 5.8 follow from the scores of single
/// sentences; great and uncompelling are one choice of two that do.
#[test]
fn vader_gives_the_compounds_of_its_documentation() {
    let words: Vec<(&str, f64)> = [
        ("smart", 1.7),
        ("handsome", 2.2),
        ("funny", 1.9),
        ("good", 1.9),
        ("bad", -2.5),
        ("great", 3.1),
        ("uncompelling", -0.9),
        ("kind", 2.4),
    ]
    .map(|(word, value)| (word, value / 4.0))
    .to_vec();
    for (text, expected) in [
        ("VADER is smart, handsome, and funny.", 0.8316),
        ("VADER is very smart, handsome, and funny.", 0.8545),
        ("VADER is VERY SMART, handsome, and FUNNY!!!", 0.9342),
        ("VADER is not smart, handsome, nor funny.", -0.7424),
        ("The book was good.", 0.4404),
        ("The book was only kind of good.", 0.3832),
        ("The plot was good, but the characters are uncompelling and the dialog is not great.", -0.7042),
        ("Not bad at all", 0.4310),
    ] {
        let found = value(text, &words, Method::Vader).unwrap();
        assert!((found - expected).abs() < 5e-5, "{text}: {found} is not {expected}");
    }
    assert_eq!(value("The book was blue.", &words, Method::Vader), Err(NoScore::NoMatch));
}

/// By VADER's rules by hand, with good = 1.9 and s / sqrt(s² + 15).
#[test]
fn vader_rule_by_rule() {
    let compound = |sum: f64| (sum / (sum * sum + 15.0).sqrt() * 1e4).round() / 1e4;
    let words = [("good", 1.9), ("fine", 0.95), ("bad", -2.5), ("no", -1.2)].map(|(w, v)| (w, v / 4.0));
    for (text, sum) in [
        ("It is good", 1.9),
        ("It is GOOD", 1.9 + 0.733),
        ("IT IS GOOD", 1.9),
        ("It is really good", 1.9 + 0.293),
        ("It is bad, really bad", -2.5 - 2.5 - 0.293),
        // Two negators multiply.
        ("It is not never good", 1.9 * 0.5476),
        ("It is never so good", 1.9 * 1.25 * 1.25),
        ("It is without doubt good", 1.9),
        ("It is the least good", 1.9 * -0.74),
        ("It is at least good", 1.9),
        // A "no" that is listed itself: silent before a listed word, which it turns.
        ("There is no good here", 1.9 * -0.74),
        ("It wouldn't be good", 1.9 * -0.74),
        ("good but bad", 0.95 - 3.75),
        ("good and good but here", 1.9),
        // Values are looked up by themselves: half of good is fine, and is halved again.
        ("good and fine but here", 1.9 * 0.25 + 0.95),
        ("It is good!", 1.9 + 0.292),
        ("It is bad!!!!!!", -2.5 - 4.0 * 0.292),
        ("Is it good???", 1.9 + 0.54),
    ] {
        let found = value(text, &words, Method::Vader).unwrap();
        assert_eq!(found, compound(sum), "{text}");
    }
    // Sentences are averaged, those without a listed word left out.
    let found = value("It is good. It rains. It is bad.", &words, Method::Vader).unwrap();
    assert!((found - (compound(1.9) + compound(-2.5)) / 2.0).abs() < 1e-9);
}

/// An idiom is looked for only where three words stand before, and does not take
/// its words away. The sums -1.1 and 0.3 follow from the published scores; how they
/// are shared out among the three values is a choice.
#[test]
fn vader_idioms_as_coded() {
    let mut languages = LANGUAGES.clone();
    for language in &mut languages {
        language
            .presets
            .insert(stancetrack::model::PresetRole::VaderIdiom, vec![("kiss of death".into(), -1.5)]);
    }
    let words = [("kiss", 1.8 / 4.0), ("death", -2.9 / 4.0)];
    for (text, expected) in [("it was kiss of death", 0.0772), ("kiss of death", -0.2732)] {
        let found = scored_in(languages.clone(), text, &words, Method::Vader, Scale::Mean);
        assert_eq!(found.scores[0].value, Ok(expected), "{text}");
    }
}

/// Values of sentimentr's examples and issues, and of its code by hand.
#[test]
fn sentimentr_as_coded() {
    let cases: [Case; 5] = [
        ("I'm not happy", &[("happy", 0.75)], -0.4330127),
        ("But I hate really bad dogs", &[("hate", -0.75), ("bad", -0.75)], -1.8677359),
        ("he's a nice guy but can be a jerk", &[("nice", 0.5), ("jerk", -0.5)], -0.374833),
        ("I am not very happy", &[("happy", 0.75)], -0.0670820),
        ("a , not b c d e f g good", &[("good", 0.75)], -0.25),
    ];
    for (text, entries, expected) in cases {
        let found = value(text, entries, Method::Sentimentr).unwrap();
        assert!((found - expected).abs() < 1e-6, "{text}: {found} is not {expected}");
    }
}

#[test]
fn sentometrics_keeps_the_window_and_multiplies_adversatives() {
    let cases: [Case; 6] = [
        ("I'm not happy", &[("happy", 0.75)], -0.75 / 3f64.sqrt()),
        ("I am not very happy", &[("happy", 0.75)], -0.15 / 5f64.sqrt()),
        ("a , not b c d e f g good", &[("good", 0.75)], 0.25),
        // One adversative before: times 1.25; one behind: times 0.75.
        ("But I hate dogs", &[("hate", -0.75)], -0.75 * 1.25 / 2.0),
        ("a nice guy but dull", &[("nice", 0.5)], 0.5 * 0.75 / 5f64.sqrt()),
        ("not never happy", &[("happy", 0.75)], 0.75 / 3f64.sqrt()),
    ];
    for (text, entries, expected) in cases {
        let found = value(text, entries, Method::Cluster).unwrap();
        assert!((found - expected).abs() < 1e-9, "{text}: {found} is not {expected}");
    }
    let happy = [("happy", 0.75)];
    let text = "I am happy. It rains today. I am not happy.";
    let found = value(text, &happy, Method::Cluster).unwrap();
    let expected = (0.75 / 3f64.sqrt() - 0.75 / 2.0) / 2.0;
    assert!((found - expected).abs() < 1e-9, "sentences without a match are left out: {found}");
    assert_eq!(value("It rains.", &happy, Method::Cluster), Err(NoScore::NoMatch));
}

#[test]
fn look_ups_count_poles_and_lexicoder_turns_them() {
    let entries = [("good", 0.5), ("great success", 0.9), ("success", 0.4), ("bad", -0.6), ("good bye", 0.0)];
    for (text, plain, lsd) in [
        ("A good day.", Some(1.0), Some(1.0)),
        ("It was not a very good day.", Some(1.0), Some(-1.0)),
        ("It was not bad at all.", Some(-1.0), Some(1.0)),
        // "today" is not transparent: the negator belongs to another thought.
        ("Not today, a good day.", Some(1.0), Some(1.0)),
        ("A great success, and bad luck.", Some(0.0), Some(0.0)),
        ("Good bye.", None, None),
        ("A day.", None, None),
    ] {
        for (method, expected) in [(Method::Quanteda, plain), (Method::Lsd, lsd)] {
            assert_eq!(value(text, &entries, method).ok(), expected, "{text} {method:?}");
        }
    }
    let why = |text| value(text, &entries, Method::Quanteda).unwrap_err();
    assert_eq!((why("Good bye."), why("A day.")), (NoScore::NoWeight, NoScore::NoMatch));
}

#[test]
fn scope_decides_about_nested_entries_of_two_keys() {
    let entries = [("great loss", 0.9), ("loss", -0.4)];
    let value = |method| value("A great loss.", &entries, method).unwrap();
    assert_eq!((value(Method::Quanteda), value(Method::QuantedaKey)), (1.0, 0.0));
}

/// The scales by hand: two positive matches and one negative among nine words.
#[test]
fn the_same_hits_on_every_scale() {
    let entries = [("great success", 0.9), ("good", 0.5), ("bad", -0.6)];
    let text = "A great success, a good day and bad luck.";
    let on = |method, scale| scored(text, &entries, method, scale).scores[0].value.unwrap();
    for method in [Method::Count, Method::Quanteda, Method::QuantedaKey, Method::Lsd] {
        for (scale, expected) in [
            (Scale::Mean, 1.0 / 3.0),
            (Scale::Proportion, 1.0 / 3.0),
            (Scale::Logit, (2.5f64 / 1.5).ln()),
            (Scale::Valence, 0.8 / 3.0),
            (Scale::ValenceSum, 0.8),
        ] {
            let found = on(method, scale);
            assert!((found - expected).abs() < 1e-12, "{method:?} {scale:?}: {found}");
        }
    }
    // Nine words; quanteda has ten features: "great success" is one, comma and full stop
    // are one each.
    assert!((on(Method::Count, Scale::Share) - 1.0 / 9.0).abs() < 1e-12);
    assert!((on(Method::Quanteda, Scale::Share) - 1.0 / 10.0).abs() < 1e-12);
    assert!((on(Method::Count, Scale::ValenceShare) - 0.8 / 9.0).abs() < 1e-12);
    for scale in [Scale::Mean, Scale::Proportion, Scale::Logit, Scale::ValenceSum] {
        let silent = scored("Nothing here.", &entries, Method::Count, scale);
        assert_eq!(silent.scores[0].value, Err(NoScore::NoMatch), "{scale:?}");
    }
}

#[test]
fn method_and_scale_on_the_command_line() {
    let files = folder(&[
        ("lexicon.toml", LEXICON),
        ("terms.en.csv", "term,kind,axis,weight\ngood,term,tone,0.5\nbad,term,tone,-0.6\n"),
        ("items.csv", "id,text\na,It is not good.\nb,It is blue.\n"),
    ]);
    let lexicon = files.path().display().to_string();
    let items = files.path().join("items.csv").display().to_string();
    let run = |more: &[&str]| {
        let mut args =
            vec!["score", "--unit", "statement", &items, "--lexicon", &lexicon, "--language", "en"];
        args.extend(more);
        stance(&args)
    };
    for (more, expected) in [
        (&["--method", "quanteda"][..], "1"),
        (&["--method", "quanteda-key"][..], "1"),
        (&["--method", "lsd"][..], "-1"),
        (&["--method", "lsd", "--scale", "logit"][..], "-1.098612"),
        (&["--method", "count", "--scale", "share"][..], "0.25"),
        (&["--method", "vader"][..], "-0.357"),
        (&["--method", "cluster"][..], "-0.25"),
        (&["--method", "sentimentr"][..], "-0.25"),
        (&["--scale", "valence"][..], "-0.5"),
    ] {
        let output = run(more);
        assert!(output.status.success(), "{more:?} {}", err(&output));
        let table = rows(&out(&output));
        assert_eq!(table[0]["tone"], expected, "{more:?}");
        assert_eq!((table[1]["tone"].as_str(), table[1]["tone_why_not"].as_str()), ("", "no_match"));
    }
    let output = run(&["--method", "vader", "--scale", "logit"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        err(&output).contains("--scale: --method vader has a formula of its own; leave --scale out"),
        "{}",
        err(&output)
    );
}

/// A lexicon with its poles exchanged gives every score with the other sign.
#[test]
fn swapping_the_poles_turns_every_sign() {
    let entries = [("good", 0.5), ("great success", 0.9), ("bad", -0.6), ("loss", -0.3)];
    let turned = entries.map(|(term, weight)| (term, -weight));
    for text in [
        "A great success, but a very bad loss.",
        "It was not good. It was slightly bad, but not a loss!",
        "Never so good, or so bad?",
    ] {
        for method in [
            Method::Count,
            Method::Quanteda,
            Method::QuantedaKey,
            Method::Lsd,
            Method::Vader,
            Method::Cluster,
            Method::Sentimentr,
        ] {
            let (one, two) = (value(text, &entries, method), value(text, &turned, method));
            let sum = one.unwrap() + two.unwrap();
            assert!(sum.abs() < 1e-9, "{method:?}: {text}");
        }
    }
}
