//! `stance explain`: speaker, hits, shifters and arithmetic. The snapshots are
//! what a user reads.

use crate::support::{err, out, stance};

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
      sovereignty -0.13 = what exceeds 0.15 of 0.2 × -0.664037 sovereignty.appraisal- + 0.2 × -0.8 sovereignty.score + -0.034 × -0.487925 sovereignty.tone
      position  +0.12 = what exceeds 0.15 of -0.2 × -0.664037 sovereignty.appraisal- + -0.2 × -0.8 sovereignty.score + 0.041 × -0.487925 sovereignty.tone
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
