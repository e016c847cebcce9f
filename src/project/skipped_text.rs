//! What could not be used, in words for the end of a command.

use crate::model::{Skipped, visible_line};
use std::fmt::Write;

/// More lines than this are counted, not shown.
const SHOWN: usize = 20;

/// Reasons of rows about something that was kept.
const KEPT: [&str; 4] = ["no_date", "metadata", "replaced", "id"];

/// One line a row: what was left out, and what was kept in part. `table` says whether the
/// rest can be read in a `skipped.csv`.
pub fn lines(skipped: &[Skipped], table: bool) -> String {
    let mut text = String::new();
    for row in skipped.iter().take(SHOWN) {
        let word = if KEPT.contains(&row.reason.as_str()) { "note" } else { "skipped" };
        let _ = writeln!(text, "{word} {}: {}", visible_line(&row.path), visible_line(&row.detail));
    }
    if skipped.len() > SHOWN {
        let place = if table { ", all in skipped.csv" } else { "" };
        let _ = writeln!(text, "… and {} more{place}", skipped.len() - SHOWN);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_rows_are_counted() {
        let row = |line: usize| Skipped {
            path: format!("a.csv:{line}"),
            reason: if line == 1 { "no_date" } else { "record" }.into(),
            detail: "why".into(),
        };
        let text = lines(&(1..=23).map(row).collect::<Vec<_>>(), true);
        assert!(text.starts_with("note a.csv:1: why\nskipped a.csv:2: why\n"), "{text}");
        assert!(text.ends_with("… and 3 more, all in skipped.csv\n"), "{text}");
        assert_eq!(lines(&[], true), "");
        let forged = Skipped { path: "a\nskipped b.csv".into(), ..row(2) };
        assert_eq!(lines(&[forged], true).lines().count(), 1, "a name begins no line of its own");
    }
}
