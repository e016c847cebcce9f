//! `stance attribute` and `stance score --unit statement`.

use crate::support::{err, folder, out, rows, stance};

#[test]
fn attribution_is_written_as_json_lines() {
    let folder = folder(&[(
        "2019-02-16_harbour.txt",
        "“The harbour is ours,” Mayor Ann Lind said on Friday. “We keep it.”\n\nLind and Sergei Lavrov said the talks were over. She denied that the harbour would be sold.",
    )]);
    let output =
        stance(&["attribute", "--no-roster", "--language", "en", "-q", &folder.path().display().to_string()]);
    assert!(output.status.success(), "{}", err(&output));
    let all: Vec<serde_json::Value> =
        out(&output).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let told: Vec<(String, String, String)> = all
        .iter()
        .map(|row| {
            let text = |key: &str| row[key].as_str().unwrap_or("").to_string();
            (text("speaker"), text("form"), text("text"))
        })
        .collect();
    assert_eq!(told[0].0, "Ann Lind");
    assert_eq!(told[0].1, "direct");
    assert_eq!(told[0].2, "“The harbour is ours,” “We keep it.”");
    // Joint speakers give one row each.
    assert_eq!((told[1].0.as_str(), told[2].0.as_str()), ("Ann Lind", "Sergei Lavrov"));
    assert_eq!(told[1].2, told[2].2);
    assert_eq!(all[3]["cue_class"], "denying");
}

#[test]
fn a_transcript_gives_each_turn_to_its_speaker() {
    let folder = folder(&[(
        "2019-02-16_talks.txt",
        "President of Russia Vladimir Putin: Good afternoon, colleagues.\n\nThe union must be strengthened.\n\nAlexander Lukashenko: We will never give up our sovereignty.\n\nQuestion: And the currency?",
    )]);
    let output = stance(&["score", "--language", "en", "-q", &folder.path().display().to_string()]);
    let table = rows(&out(&output));
    let told: Vec<(&str, &str, &str)> =
        table.iter().map(|row| (row["actor"].as_str(), row["form"].as_str(), row["text"].as_str())).collect();
    assert_eq!(told[1], ("Vladimir Putin", "turn", "The union must be strengthened."));
    assert_eq!(told[2].0, "Alexander Lukashenko");
    assert_eq!(told[3].0, "Question");
}

#[test]
fn records_are_scored_without_attribution() {
    let folder = folder(&[(
        "items.csv",
        "nr,words,who,day,lang\na1,Our sovereignty is sacred.,Alexander Lukashenko,2019-02-15,en\na2,The weather is mild.,Vladimir Putin,2019-02-15,en\n",
    )]);
    let file = folder.path().join("items.csv").display().to_string();
    let output = stance(&[
        "score",
        "--unit",
        "statement",
        "--col",
        "id=nr,text=words,actor=who,date=day,language=lang",
        &file,
    ]);
    assert!(output.status.success(), "{}", err(&output));
    let table = rows(&out(&output));
    assert_eq!(table[0]["statement_id"], "a1");
    assert_eq!(table[0]["actor_id"], "lukashenko");
    assert!(table[0]["sovereignty"].parse::<f64>().unwrap() > 0.3, "{table:?}");
    // Nothing said is not zero.
    assert_eq!((table[1]["position"].as_str(), table[1]["position_why_not"].as_str()), ("", "no_match"));

    let output = stance(&["score", "--unit", "statement", "--col", "text=wrods", &file]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("there are: "), "{}", err(&output));
}

#[test]
fn a_statement_belongs_to_the_day_it_was_made() {
    let folder = folder(&[(
        "2019-03-01_column.txt",
        "The mayors met in Gull Bay on 13-15 February, and Ann Lind made a statement. According to Lind, the harbour is priceless.\n\nCritics recalled her words of 2003, 2009 and even 2013. On those occasions Lind said that the harbour could be sold. She said on Tuesday that it was closed.\n\n“Not in 2050,” Lind said.",
    )]);
    let output = stance(&["score", "--language", "en", "-q", &folder.path().display().to_string()]);
    let table = rows(&out(&output));
    let when = |words: &str| -> Vec<(String, String)> {
        table
            .iter()
            .filter(|row| row["text"].contains(words) && row["form"] != "author")
            .map(|row| (row["said_from"].clone(), row["said_to"].clone()))
            .collect()
    };
    let pair = |one: &str, two: &str| (one.to_string(), two.to_string());
    assert_eq!(when("priceless"), [pair("2019-02-13", "2019-02-15")]);
    let years = ["2003", "2009", "2013"].map(|year| pair(&format!("{year}-01-01"), &format!("{year}-12-31")));
    assert_eq!(when("could be sold"), years);
    assert_eq!(when("closed"), [pair("2019-02-26", "2019-02-26")]);
    // What the words speak of does not date them.
    assert_eq!(when("2050").len(), 1);
    assert!(when("2050")[0].0.starts_with("2019"));
}
