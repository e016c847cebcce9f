//! `index.html`: what stands in it, and that it agrees with the tables.

use crate::support::{err, folder, rows, stance};
use std::path::Path;

fn made(input: &str, out: &Path, more: &[&str]) -> String {
    let out_text = out.display().to_string();
    let mut args = vec!["run", input, "--out", &out_text];
    args.extend(more);
    let output = stance(&args);
    assert!(output.status.success(), "{}", err(&output));
    std::fs::read_to_string(out.join("index.html")).expect("the page")
}

fn data(page: &str) -> serde_json::Value {
    let start = "<script type=\"application/json\" id=\"data\">";
    let from = page.find(start).expect("the data") + start.len();
    let to = from + page[from..].find("</script>").expect("its end");
    serde_json::from_str(&page[from..to]).expect("JSON")
}

/// Headings, sections and tables, one a line, without what the corpus decides.
fn skeleton(page: &str) -> String {
    let page = &page[page.find("<body>").expect("a body")..];
    let mut lines = Vec::new();
    for part in page.split('<').skip(1) {
        let Some((tag, text)) = part.split_once('>') else { continue };
        let name = tag.split_whitespace().next().unwrap_or("");
        let id = tag.split("id=\"").nth(1).and_then(|rest| rest.split('"').next());
        match name {
            "section" | "form" | "nav" | "main" => {
                lines.push(format!("{name} {}", id.unwrap_or("")).trim_end().to_string());
            }
            // Headings of actors carry an id; those of sections do, too.
            "h1" | "h2" => lines.push(format!("  {name} {}", text.trim())),
            "h3" if id.is_none() => lines.push(format!("  {name} {}", text.trim())),
            "th" if tag.contains("scope=\"col\"") && !text.trim().is_empty() => {
                lines.push(format!("    column {}", text.trim()));
            }
            "label" => lines.push(format!("    filter {}", text.trim())),
            _ => {}
        }
    }
    lines.dedup();
    let mut seen = std::collections::BTreeSet::new();
    lines.retain(|line| !line.starts_with("    column") || seen.insert(line.clone()));
    lines.join("\n")
}

#[test]
fn the_page_counts_what_the_tables_count() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("sample");
    let page = made("data/articles", &out, &["--compare", "1999..2001,2018..2019"]);
    assert!(page.len() < 3_000_000, "{} bytes", page.len());
    let statements = rows(&std::fs::read_to_string(out.join("statements.csv")).unwrap());
    // In the HTML itself, and in the data of the script.
    assert_eq!(page.matches("<tr id=\"s-").count(), statements.len());
    let data = data(&page);
    let kept = data["rows"].as_array().expect("rows");
    assert_eq!(kept.len(), statements.len());
    assert!(page.contains(&format!("All {} rows of", statements.len())));
    let said = statements.iter().filter(|row| row["form"] != "author").count();
    assert!(page.contains(&format!("{said} statements by ")));
    // Every statement with its words, its scores and its hits.
    let hits = rows(&std::fs::read_to_string(out.join("hits.csv")).unwrap());
    let axes = data["axes"].as_array().expect("axes");
    for row in kept {
        let id = row[0].as_str().expect("an id");
        let told = statements.iter().find(|told| told["statement_id"] == id).expect("a row of the table");
        let text: String = row[16]
            .as_array()
            .expect("runs")
            .iter()
            .map(|run| run.as_str().or_else(|| run[0].as_str()).expect("words").to_string())
            .collect();
        assert_eq!(text, told["text"], "{id}");
        assert_eq!(
            row[19].as_array().unwrap().len(),
            hits.iter().filter(|hit| hit["statement_id"] == id).count()
        );
        for (place, axis) in axes.iter().enumerate() {
            let shown = told[axis["id"].as_str().unwrap()].parse::<f64>().ok();
            assert_eq!(row[17][place].as_f64().is_some(), shown.is_some(), "{id}");
            if let Some(shown) = shown {
                assert!((row[17][place].as_f64().unwrap() - shown).abs() < 1e-4, "{id}");
            }
        }
    }
    // The finding stands at the top, word for word.
    let shifts = rows(&std::fs::read_to_string(out.join("shifts.csv")).unwrap());
    let shift =
        shifts.iter().find(|row| row["actor_id"] == "lukashenko" && row["axis"] == "position").unwrap();
    assert!(page.contains(&shift["finding"].replace('<', "&lt;")), "{}", shift["finding"]);
}

#[test]
fn the_skeleton_of_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let page = made("data/articles", &folder.path().join("x"), &["--compare", "1999..2001,2018..2019"]);
    let expected = include_str!("page_skeleton.txt");
    assert_eq!(skeleton(&page), expected.trim_end(), "if this is meant, write it to page_skeleton.txt");
    // The note for a paper names the seed; options are no JSON.
    assert!(
        page.contains("seed 20190215") && page.contains("analysis: seed") && !page.contains("{&quot;period")
    );
    // One file: nothing is loaded, and no address of a network stands in it but names of XML.
    for word in ["http://", "https://", "src=", "@import", "url("] {
        let rest = page.replace("http://www.w3.org/2000/svg", "");
        assert!(!rest.contains(word), "{word}");
    }
}

#[test]
fn an_article_cannot_break_out_of_the_page() {
    let attack = "</script><script>alert(1)</script><img src=x onerror=alert(2)>";
    let folder = folder(&[(
        "2019-02-16_<b>.txt",
        &format!("Alexander Lukashenko said that sovereignty is sacred {attack} to all of us."),
    )]);
    let out = folder.path().join("out");
    let page = made(&folder.path().display().to_string(), &out, &["--language", "en", "-q"]);
    assert_eq!(page.matches("<script").count(), 2);
    assert!(!page.contains("<img") && !page.contains("<b>"));
    assert!(page.contains("alert(1)"), "the words are shown");
    let runs = data(&page)["rows"][0][16].to_string();
    assert!(runs.contains("<script>alert(1)</script>"), "{runs}");
}

#[test]
#[cfg(unix)]
fn open_hands_the_page_to_the_browser() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let (browser, told) = (folder.path().join("browser"), folder.path().join("told"));
    std::fs::write(
        &browser,
        format!("#!/bin/sh\necho \"$1\" > '{0}.part' && mv '{0}.part' '{0}'\n", told.display()),
    )
    .unwrap();
    std::fs::set_permissions(&browser, std::fs::Permissions::from_mode(0o755)).unwrap();
    let out = folder.path().join("out");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_stance"))
        .args(["run", "data/articles", "--open", "-q", "--out", &out.display().to_string()])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("BROWSER", &browser)
        .output()
        .expect("the binary starts");
    assert!(output.status.success());
    for _ in 0..200 {
        if told.exists() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(std::fs::read_to_string(told).unwrap().trim(), out.join("index.html").display().to_string());
}
