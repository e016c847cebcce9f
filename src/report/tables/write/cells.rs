//! Cells of rows as text in one string, before any format. A table of a million statements has
//! twenty million cells: one string each would cost more than reading the articles.

use chrono::{Datelike, NaiveDate};
use std::fmt::Write;

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

    /// True if there is none.
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

/// A number with at most six decimals, no trailing zeros, never "-0"; empty for one that is not
/// finite.
pub fn number(value: f64) -> String {
    let mut text = String::new();
    number_into(value, &mut text);
    text
}

/// Up to here millionths are whole numbers of at most 15 digits, which a float holds exactly.
const EXACT: f64 = 1e15;

/// Writes a whole number with at least `least` digits. Tables of millions of rows are mostly
/// numbers, and the general way to write one takes several times as long.
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
    fn numbers_are_short() {
        assert_eq!(number(-0.0000001), "0");
        assert_eq!(number(1.0 / 3.0), "0.333333");
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
