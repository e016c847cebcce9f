//! Dictionaries with one pattern a line: LIWC (`.dic`) and Lexicoder (`.lc3`).
//! LIWC's conditions in round or angle brackets cannot be converted and are reported.

use crate::error::{Error, Result};
use crate::ingest::resources::dictionaries::{Foreign, Import};
use crate::ingest::text::encoding::decode;
use std::collections::BTreeMap;
use std::path::Path;

fn read(path: &Path) -> Result<String> {
    let place = path.display().to_string();
    let bytes = crate::files::read_bytes(path, crate::ingest::RESOURCE_BYTES)
        .map_err(|cause| Error::input(&place, "the file cannot be read", "check the path").because(cause))?;
    decode(&bytes).map_err(|why| Error::input(&place, format!("the file {why}"), "save it as UTF-8"))
}

/// A LIWC dictionary: between two lines `%` the categories with their numbers
/// (tabs before them make a tree; names are joined by `/`), then a term and the
/// numbers of its categories a line.
pub fn liwc(path: &Path) -> Result<Import> {
    let text = read(path)?;
    let mut marks = text.lines().enumerate().filter(|(_, line)| line.trim() == "%").map(|(at, _)| at);
    let (Some(open), Some(close)) = (marks.next(), marks.next()) else {
        return Err(Error::input(
            path.display().to_string(),
            "there are no two lines with `%` around the categories",
            "give a dictionary in LIWC's format",
        ));
    };
    let mut names: BTreeMap<&str, String> = BTreeMap::new();
    let mut tree: Vec<&str> = Vec::new();
    for line in text.lines().skip(open + 1).take(close - open - 1).filter(|line| !line.trim().is_empty()) {
        let depth = line.len() - line.trim_start_matches('\t').len();
        let mut cells = line.split_whitespace();
        let (Some(number), Some(name)) = (cells.next(), cells.next()) else { continue };
        tree.truncate(depth);
        tree.push(name);
        names.insert(number, tree.join("/"));
    }
    let mut import = Import::default();
    for (at, line) in text.lines().enumerate().skip(close + 1).filter(|(_, line)| !line.trim().is_empty()) {
        let line_number = at + 1;
        if line.contains(['(', '<', '{']) {
            let line = line.trim();
            import.losses.push(format!("line {line_number}: '{line}' has a condition: left out"));
            continue;
        }
        // Terms of several words are written with blanks; numbers come at the end.
        let cells: Vec<&str> = line.split_whitespace().collect();
        let words = cells.iter().rposition(|cell| !names.contains_key(cell)).map_or(0, |at| at + 1);
        let term = cells[..words].join(" ");
        if words == cells.len() {
            import.losses.push(format!("line {line_number}: '{term}' has no known category: left out"));
        }
        for number in &cells[words..] {
            import.add(Foreign {
                term: term.clone(),
                category: names[number].clone(),
                weight: None,
                line: Some(line_number),
            });
        }
    }
    Ok(import.without_repeats())
}

/// A Lexicoder dictionary: `+category` lines (with a colour behind `#`), then one
/// pattern a line.
pub fn lexicoder(path: &Path) -> Result<Import> {
    let text = read(path)?;
    let mut import = Import::default();
    let mut category = None;
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('+') {
            category = Some(name.split('#').next().unwrap_or(name).trim().to_string());
            continue;
        }
        match &category {
            Some(category) => import.add(Foreign {
                term: line.to_string(),
                category: category.clone(),
                weight: None,
                line: Some(at + 1),
            }),
            None => {
                import.losses.push(format!("line {}: '{line}' stands before any category: left out", at + 1))
            }
        }
    }
    if category.is_none() {
        return Err(Error::input(
            path.display().to_string(),
            "no line begins a category with `+`",
            "give a dictionary in Lexicoder's format",
        ));
    }
    Ok(import.without_repeats())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(import: &Import) -> Vec<String> {
        import.entries.iter().map(|entry| format!("{}: {}", entry.category, entry.term)).collect()
    }

    fn file(text: &str) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        file
    }

    #[test]
    fn liwc_categories_and_their_tree() {
        let file = file(
            "%\n1\taffect\n\t2\tgood\n\t3\tbad\n%\nsplendid*\t1\t2\nsafe pier\t2\nrotten\t3\n(kind) of\t2\nodd\t9\n",
        );
        let found = liwc(file.path()).unwrap();
        assert_eq!(
            told(&found),
            ["affect: splendid*", "affect/good: splendid*", "affect/good: safe pier", "affect/bad: rotten"]
        );
        assert_eq!(
            found.losses,
            [
                "line 9: '(kind) of\t2' has a condition: left out",
                "line 10: 'odd 9' has no known category: left out",
            ]
        );
    }

    #[test]
    fn lexicoder_categories_lose_their_colours() {
        let file = file("stray\n+negative#AA0000\nrott*\n+positive\nsafe pier\n");
        let found = lexicoder(file.path()).unwrap();
        assert_eq!(told(&found), ["negative: rott*", "positive: safe pier"]);
        assert_eq!(found.losses, ["line 1: 'stray' stands before any category: left out"]);
        let none = tempfile::NamedTempFile::new().unwrap();
        assert!(lexicoder(none.path()).unwrap_err().to_string().contains("no line begins a category"));
        assert!(liwc(none.path()).unwrap_err().to_string().contains("no two lines"));
    }
}
