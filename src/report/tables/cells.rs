//! Rows as text in one piece, and what kind of thing each column holds.
//!
//! Lives here: cells before any format. May not live here: formats. A table of
//! a million statements is a million times twenty cells: one string each would
//! cost more than reading the articles.

use chrono::{Datelike, NaiveDate};
use std::fmt::Write;

/// What a column holds. All cells are text; the kind says how formats that know
/// types write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A whole number: counts and byte offsets.
    Count,
    /// A number with at most six decimals.
    Number,
    /// A day as 2019-03-01.
    Day,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

impl Column {
    /// A column of some kind.
    pub fn new(name: impl Into<String>, kind: Kind) -> Self {
        Column { name: name.into(), kind }
    }

    /// A column whose name says its kind: a name means the same in every table.
    /// What is not listed is text.
    pub fn named(name: &str) -> Self {
        let kind = match name {
            "start" | "end" | "speaker_start" | "speaker_end" | "positive" | "negative" | "permutations"
            | "placebo_rank" | "placebo_dates" | "boot_failed" | "piece" => Kind::Count,
            "published" | "said_from" | "said_to" | "period_start" | "period_end" | "day" | "first_said"
            | "last_said" | "day_low" | "day_high" | "said_a_from" | "said_a_to" | "said_b_from"
            | "said_b_to" => Kind::Day,
            "weight"
            | "factor"
            | "contribution"
            | "mean"
            | "mean_a"
            | "mean_b"
            | "se"
            | "ci_low"
            | "ci_high"
            | "difference"
            | "p"
            | "q"
            | "position"
            | "importance"
            | "se_articles"
            | "design_effect"
            | "within_source_mean"
            | "log_odds"
            | "log_odds_se"
            | "log_odds_boot_se"
            | "log_odds_low"
            | "log_odds_high"
            | "value"
            | "slope_per_year"
            | "intercept"
            | "kendall_tau"
            | "z"
            | "z_corrected"
            | "p_corrected"
            | "kendall_s"
            | "level_before"
            | "level_after"
            | "cliffs_delta"
            | "within_source_difference"
            | "p_smallest"
            | "local_jump"
            | "local_jump_se"
            | "similarity"
            | "rss"
            | "bic"
            | "delta_bic" => Kind::Number,
            _ if name.starts_with("n_") => Kind::Count,
            _ => Kind::Text,
        };
        Column::new(name, kind)
    }
}

/// Rows of a table, cell after cell in one string. An empty cell is a missing
/// value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells {
    text: String,
    /// Where each cell ends.
    ends: Vec<usize>,
}

impl Cells {
    /// Adds a cell of words.
    pub fn text(&mut self, words: &str) {
        self.text.push_str(words);
        self.close();
    }

    /// Adds a cell that `fill` writes.
    pub fn with(&mut self, fill: impl FnOnce(&mut String)) {
        fill(&mut self.text);
        self.close();
    }

    /// Adds a missing value.
    pub fn none(&mut self) {
        self.close();
    }

    /// Adds words or nothing.
    pub fn maybe(&mut self, words: Option<&str>) {
        self.text(words.unwrap_or(""));
    }

    /// Adds a whole number or nothing.
    pub fn count(&mut self, count: Option<usize>) {
        if let Some(count) = count {
            digits(count as u64, 1, &mut self.text);
        }
        self.close();
    }

    /// Adds a number with at most six decimals, no trailing zeros, never "-0".
    pub fn number(&mut self, value: f64) {
        number_into(value, &mut self.text);
        self.close();
    }

    /// Adds a day or nothing.
    pub fn day(&mut self, day: Option<NaiveDate>) {
        if let Some(day) = day {
            day_into(day, &mut self.text);
        }
        self.close();
    }

    fn close(&mut self) {
        self.ends.push(self.text.len());
    }

    /// Number of cells.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Bytes of text held.
    pub fn size(&self) -> usize {
        self.text.len()
    }

    /// One cell; empty beyond the last.
    pub fn cell(&self, index: usize) -> &str {
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(index).and_then(|end| self.text.get(start..*end)).unwrap_or("")
    }

    /// All cells in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let cell = self.text.get(start..*end).unwrap_or("");
            start = *end;
            cell
        })
    }

    /// Adds the cells of another.
    pub fn append(&mut self, other: &Cells) {
        let from = self.text.len();
        self.text.push_str(&other.text);
        self.ends.extend(other.ends.iter().map(|end| from + end));
    }
}

/// Writes a number as [`Cells::number`] does; nothing for one that is not finite.
pub fn number_into(value: f64, text: &mut String) {
    let millionths = (value * 1e6).round();
    if !millionths.is_finite() {
        return;
    }
    if millionths.abs() > EXACT {
        let _ = write!(text, "{}", millionths / 1e6);
        return;
    }
    if millionths < 0.0 {
        text.push('-');
    }
    let millionths = millionths.abs() as u64;
    digits(millionths / 1_000_000, 1, text);
    let behind = millionths % 1_000_000;
    if behind > 0 {
        text.push('.');
        digits(behind, 6, text);
        text.truncate(text.trim_end_matches('0').len());
    }
}

/// Up to here millionths are whole numbers of 15 digits, which stand for one number
/// each: their digits are the shortest way to write it.
const EXACT: f64 = 1e15;

/// Writes a whole number with at least so many digits. Tables of millions of rows are
/// numbers for the most part; the general way to write one takes several times as long.
fn digits(mut number: u64, least: usize, text: &mut String) {
    let mut places = [b'0'; 20];
    let mut first = places.len();
    while number > 0 || places.len() - first < least {
        first -= 1;
        places[first] = b'0' + (number % 10) as u8;
        number /= 10;
    }
    text.push_str(std::str::from_utf8(&places[first..]).unwrap_or(""));
}

fn day_into(day: NaiveDate, text: &mut String) {
    let Ok(year @ 0..=9999) = u64::try_from(day.year()) else {
        let _ = write!(text, "{day}");
        return;
    };
    digits(year, 4, text);
    text.push('-');
    digits(u64::from(day.month()), 2, text);
    text.push('-');
    digits(u64::from(day.day()), 2, text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_and_days_are_written_as_the_library_writes_them(
            value in prop_oneof![-1.0..1.0f64, -1e10..1e10f64, any::<f64>()],
            count in any::<u32>(),
            day in -800_000i32..4_000_000,
        ) {
            let mut cells = Cells::default();
            cells.number(value);
            cells.count(Some(count as usize));
            cells.day(NaiveDate::from_num_days_from_ce_opt(day));
            let number = if value.is_finite() && (value * 1e6).is_finite() {
                format!("{}", (value * 1e6).round() / 1e6 + 0.0)
            } else {
                String::new()
            };
            prop_assert_eq!(cells.cell(0), number);
            prop_assert_eq!(cells.cell(1), count.to_string());
            let day = NaiveDate::from_num_days_from_ce_opt(day).map(|day| day.to_string());
            prop_assert_eq!(cells.cell(2), day.unwrap_or_default());
        }
    }

    #[test]
    fn cells_come_out_as_they_went_in() {
        let mut cells = Cells::default();
        cells.text("a");
        cells.none();
        cells.number(-0.0000001);
        cells.count(Some(12));
        cells.day("2019-03-01".parse().ok());
        let mut more = Cells::default();
        more.text("é");
        cells.append(&more);
        assert_eq!(cells.iter().collect::<Vec<_>>(), ["a", "", "0", "12", "2019-03-01", "é"]);
        assert_eq!((cells.cell(0), cells.cell(3), cells.cell(5), cells.cell(6)), ("a", "12", "é", ""));
    }
}
