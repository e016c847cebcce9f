//! `stance explain`: speaker, hits, shifters and arithmetic. The snapshots are
//! what a user reads.

use crate::support::{err, folder, out, stance};
use serde_json::Value;

#[test]
fn not_an_icon() {
    let output = stance(&["explain", "Sovereignty is not an icon, Lukashenko said."]);
    assert!(output.status.success(), "{}", err(&output));
    // The probability changes with every training.
    let told = out(&output);
    let (before, after) = told.split_once("; a report with probability ").expect("how sure it is");
    let told = format!("{before}{}", after.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.'));
    insta::assert_snapshot!(told, @r#"
    “Sovereignty is not an icon”
      speaker   Alexander Lukashenko: “Lukashenko” beside the cue, named by surname
      form      indirect; cue “said”, class neutral
      hit       “icon” of “Sovereignty” [appraisal icon]: sovereignty -0.8 (under “not”) = -0.8, negated
      integration no score: no_match
      sovereignty -0.87 = what exceeds 0.15 of 0.05 × -0.664037 sovereignty.appraisal- + 0.9 × -0.664037 sovereignty.outright + 0.058 × -0.8 sovereignty.score + -0.047 × -0.487925 sovereignty.tone + 0.241 × 1 sovereignty.against + 0.92 × -0.8 sovereignty.clear + 0.272 × 0.462117 sovereignty.count
      position  +0.88 = what exceeds 0.15 of -0.05 × -0.664037 sovereignty.appraisal- + -0.854 × -0.664037 sovereignty.outright + -0.05 × -0.8 sovereignty.score + 0.066 × -0.487925 sovereignty.tone + -0.251 × 1 sovereignty.against + -0.971 × -0.8 sovereignty.clear + -0.227 × 0.462117 sovereignty.count
      sentiment no score: no_match
    "#);
}

#[test]
fn titles_are_resolved_by_the_date() {
    for (day, name) in [("2007-02-01", "Vladimir Putin"), ("2010-02-01", "Dmitry Medvedev")] {
        let output =
            stance(&["explain", "--published", day, "The Russian president said the union was necessary."]);
        assert!(out(&output).contains(&format!("speaker   {name}")), "{}", out(&output));
    }
}

#[test]
fn invented_sentences_are_understood() {
    // text, speaker, sign of the position (0: no score)
    let cases = [
        ("Putin said the union must be strengthened.", "Vladimir Putin", 1),
        ("“We will never give up our sovereignty,” Lukashenko said.", "Alexander Lukashenko", -1),
        ("Lukashenko denied that Belarus would give up its independence.", "Alexander Lukashenko", -1),
        ("According to Lavrov, a single currency is out of the question.", "Sergei Lavrov", -1),
        ("Lukashenko called for a single state.", "Alexander Lukashenko", 1),
        ("Makei, who spoke in Minsk, said that sovereignty was priceless.", "Vladimir Makei", -1),
        ("«Мы не отдадим суверенитет», – заявил Лукашенко.", "Alexander Lukashenko", -1),
        ("По словам Путина, интеграция необходима.", "Vladimir Putin", 1),
        ("Лукашенко отверг создание наднациональных органов.", "Alexander Lukashenko", -1),
        ("Как отметил Лавров, союз надо укреплять.", "Sergei Lavrov", 1),
        ("Lukashenko said the harvest was good.", "Alexander Lukashenko", 0),
    ];
    for (text, speaker, sign) in cases {
        let output = stance(&["explain", "--published", "2019-02-16", text]);
        let account = out(&output);
        assert!(account.contains(&format!("speaker   {speaker}:")), "{text}\n{account}");
        let position = account
            .lines()
            .find_map(|line| line.trim().strip_prefix("position"))
            .unwrap_or_else(|| panic!("{account}"))
            .trim()
            .to_string();
        let found = match position.chars().next() {
            Some('+') => 1,
            Some('-') => -1,
            _ => 0,
        };
        assert_eq!(found, sign, "{text}\n{account}");
    }
}

fn json(args: &[&str]) -> Value {
    let mut all = vec!["explain", "--json", "--published", "2019-02-16"];
    all.extend(args);
    let output = stance(&all);
    assert!(output.status.success(), "{}", err(&output));
    serde_json::from_str(&out(&output)).expect("JSON")
}

/// Repeats the sums of an account. Returns how many scores were checked.
fn adds_up(account: &Value) -> usize {
    let number = |value: &Value| value.as_f64().expect("a number");
    let mut checked = 0;
    for statement in account["statements"].as_array().expect("statements") {
        for lexicon in statement["lexicons"].as_array().expect("lexicons") {
            let hits = lexicon["hits"].as_array().expect("hits");
            for hit in hits {
                let bytes = |end: &str| hit["matched"][end].as_u64().expect("an offset") as usize;
                let words = &account["text"].as_str().expect("the text")[bytes("start")..bytes("end")];
                assert_eq!(words, hit["matched"]["text"]);
            }
            let scores = lexicon["scores"].as_array().expect("scores");
            for score in scores {
                if score["score"].is_null() {
                    assert!(score["why_not"].is_string(), "{score}");
                    continue;
                }
                let axis = &score["axis"];
                let on_axis = hits.iter().filter(|hit| hit["axis"] == *axis);
                let contributions: Vec<f64> = on_axis.map(|hit| number(&hit["contribution"])).collect();
                let (p, n) = (number(&score["positive"]), number(&score["negative"]));
                let formula = score["formula"].as_str().expect("a formula");
                let expected = if formula.starts_with("sign(q)") {
                    let parts = score["features"].as_array().expect("features");
                    let q: f64 =
                        parts.iter().map(|part| number(&part["value"]) * number(&part["weight"])).sum();
                    (q.signum() * (q.abs() - number(&score["quiet"])).max(0.0)).clamp(-1.0, 1.0)
                } else if formula.starts_with("sum c |c|") {
                    let weight: f64 = contributions.iter().map(|c| c.abs()).sum();
                    contributions.iter().map(|c| c * c.abs()).sum::<f64>() / weight
                } else if formula.starts_with("sum of factor") {
                    let factors = score["derived_from"].as_object().expect("a formula");
                    let value = |axis: &String| {
                        let found = scores.iter().find(|score| score["axis"] == **axis).expect("its axis");
                        found["score"].as_f64().unwrap_or(0.0)
                    };
                    factors
                        .iter()
                        .map(|(axis, factor)| number(factor) * value(axis))
                        .sum::<f64>()
                        .clamp(-1.0, 1.0)
                } else if formula.starts_with("ln(") {
                    ((p + 0.5) / (n + 0.5)).ln()
                } else {
                    assert_eq!(formula, "(P - N) / (P + N)");
                    (p - n) / (p + n)
                };
                assert!((expected - number(&score["score"])).abs() < 1e-9, "{expected} {score}");
                checked += 1;
            }
        }
    }
    checked
}

#[test]
fn the_account_for_machines_adds_up() {
    let texts = [
        "Sovereignty is not an icon, Lukashenko said.",
        "“We will never give up our sovereignty, but the union must be strengthened,” Putin said on Monday.",
        "По словам Путина, интеграция необходима, но суверенитет священен.",
    ];
    for text in texts {
        for more in [
            &[][..],
            &["--method", "count"][..],
            &["--method", "lsd"][..],
            &["--scale", "logit"][..],
            &["--method", "quanteda", "--scale", "proportion"][..],
        ] {
            let mut args = vec![text];
            args.extend(more);
            let account = json(&args);
            assert!(adds_up(&account) > 0, "{text} {more:?}");
        }
    }
    // Without fitted weights: the bounded mean and the formula of a derived axis.
    let plain = folder(&[
        (
            "lexicon.toml",
            "id = \"p\"\nname = \"P\"\nversion = \"1\"\nlanguages = [\"en\"]\n\n[[axis]]\nid = \"a\"\nname = \"A\"\n\
             negative = \"-\"\npositive = \"+\"\n\n[[axis]]\nid = \"b\"\nname = \"B\"\nnegative = \"-\"\npositive = \"+\"\n\n\
             [[derived]]\nid = \"d\"\nname = \"D\"\nnegative = \"-\"\npositive = \"+\"\nformula = { a = 1.0, b = -0.5 }\n",
        ),
        ("terms.en.csv", "term,kind,axis,weight\nharbour,term,a,0.6\npier,term,a,-0.2\nboat,term,b,0.5\n"),
    ]);
    let lexicon = plain.path().display().to_string();
    let account = json(&["We want a harbour, not a pier and a boat.", "--lexicon", &lexicon]);
    assert_eq!(adds_up(&account), 3);
}

#[test]
fn the_account_for_machines_names_speaker_day_and_clauses() {
    let account =
        json(&["Lukashenko said on Monday that the union is necessary, but sovereignty is sacred."]);
    let statement = &account["statements"][0];
    assert_eq!(statement["speaker"]["actor_id"], "lukashenko");
    assert_eq!(statement["cue"]["text"], "said");
    assert_eq!(statement["said"]["from"], "2019-02-11");
    assert_eq!(statement["said"]["expression"]["text"], "Monday");
    assert_eq!(statement["clauses"].as_array().map(Vec::len), Some(2));
    let hits = statement["lexicons"][0]["hits"].as_array().expect("hits");
    let clause = |word: &str| {
        let hit = hits.iter().find(|hit| hit["target"]["text"].as_str() == Some(word));
        hit.unwrap_or_else(|| panic!("{word} {hits:?}"))["clause"].as_u64()
    };
    assert_eq!(clause("sovereignty"), Some(1), "{hits:?}");
    // The same in words.
    let output =
        stance(&["explain", "Lukashenko said that the union is necessary, but sovereignty is sacred."]);
    assert!(out(&output).contains("  clause    “but sovereignty is sacred"), "{}", out(&output));
}

#[test]
fn other_methods_tell_what_they_count_and_weigh() {
    for (method, hit, sum) in [
        (
            "lsd",
            "“integration” [target integrat*]: integration counts -1 (“not”), negated",
            "position  -1.00 = (P - N) / (P + N) over 1 hit",
        ),
        ("vader", "“integration” [target integrat*]: integration ", "s = 4 times contributions and marks: -"),
        ("cluster", "(“not”) = -", "mean over sentences of the sum of contributions: -"),
        // A derived axis shows its formula.
        ("cluster", "(“not”) = -", "= 1 × integration + -1 × sovereignty"),
    ] {
        let output = stance(&["explain", "--method", method, "This is not integration, Lukashenko said."]);
        let told = out(&output);
        assert!(told.contains(hit) && told.contains(sum), "{method}\n{told}");
    }
}
