//! Dates of records, as exact as the record gives them: a day, month, quarter, year or range.

use crate::ingest::text::dates;
use crate::model::{Precision, Said};
use chrono::{Days, Months, NaiveDate};

/// The forms that are read, for messages.
pub const FORMS: &str = "write 2021-03-15, 2021-03, 2021-Q1, 2021 or 2021-03-01/2021-03-20";

/// The days that a cell means: a day (`2021-03-15`, also with a time behind it,
/// or `15.03.2021`), a month (`2021-03`), a quarter (`2021-Q1`), a year (`2021`),
/// or two of these with a slash between, first and last. None for anything else:
/// "03/2021" is read differently in different countries, so it is not guessed.
pub fn parse_partial(cell: &str) -> Option<Said> {
    let cell = cell.trim();
    if let Some((first, last)) = cell.split_once('/') {
        let (first, last) = (single(first.trim())?, single(last.trim())?);
        let days = (last.to - first.from).num_days();
        let precision = match days {
            ..0 => return None,
            0 => Precision::Day,
            1..=31 => Precision::Month,
            32..=92 => Precision::Quarter,
            _ => Precision::Year,
        };
        return Some(Said { to: last.to, precision, ..first });
    }
    single(cell)
}

fn single(cell: &str) -> Option<Said> {
    let of = |from: NaiveDate, to: NaiveDate, precision| Said { from, to, precision, expression: None };
    if let Some(day) =
        dates::metadata(cell).or_else(|| NaiveDate::parse_from_str(cell, "%d.%m.%Y").ok()).filter(in_reach)
    {
        return Some(of(day, day, Precision::Day));
    }
    let (year, rest) = cell.split_at_checked(4)?;
    let year: i32 = Some(year).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()))?.parse().ok()?;
    let (first, months, precision) = match rest.as_bytes() {
        [] => (1, 12, Precision::Year),
        [b'-', b'Q' | b'q', quarter @ b'1'..=b'4'] => {
            (u32::from(quarter - b'1') * 3 + 1, 3, Precision::Quarter)
        }
        [b'-', tens @ b'0'..=b'1', ones @ b'0'..=b'9'] => {
            (u32::from(tens - b'0') * 10 + u32::from(ones - b'0'), 1, Precision::Month)
        }
        _ => return None,
    };
    let from = NaiveDate::from_ymd_opt(year, first, 1).filter(in_reach)?;
    let to = from.checked_add_months(Months::new(months))?.checked_sub_days(Days::new(1))?;
    Some(of(from, to, precision))
}

/// A year of three digits or beyond the next century is a typing mistake.
fn in_reach(day: &NaiveDate) -> bool {
    use chrono::Datelike;
    (1000..2200).contains(&day.year())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_date_is_as_exact_as_it_is_written() {
        for (cell, from, to, precision) in [
            ("2021-03-15", "2021-03-15", "2021-03-15", Precision::Day),
            ("2021-03-15T08:00:00Z", "2021-03-15", "2021-03-15", Precision::Day),
            (" 15.03.2021 ", "2021-03-15", "2021-03-15", Precision::Day),
            ("2020-02", "2020-02-01", "2020-02-29", Precision::Month),
            ("2021-12", "2021-12-01", "2021-12-31", Precision::Month),
            ("2021-Q1", "2021-01-01", "2021-03-31", Precision::Quarter),
            ("2021-q4", "2021-10-01", "2021-12-31", Precision::Quarter),
            ("2021", "2021-01-01", "2021-12-31", Precision::Year),
            ("2021-03-01/2021-03-20", "2021-03-01", "2021-03-20", Precision::Month),
            ("2019/2021", "2019-01-01", "2021-12-31", Precision::Year),
            ("2021-01/2021-03", "2021-01-01", "2021-03-31", Precision::Quarter),
        ] {
            let said = parse_partial(cell).unwrap_or_else(|| panic!("{cell}"));
            let days = (said.from.to_string(), said.to.to_string(), said.precision);
            assert_eq!(days, (from.to_string(), to.to_string(), precision), "{cell}");
        }
    }

    #[test]
    fn what_could_mean_two_days_is_not_read() {
        for cell in [
            "",
            "03/2021",
            "15/03/2021",
            "2021-13",
            "2021-00",
            "2021-Q5",
            "21",
            "2021-3",
            "2021-02-30",
            "2021.0",
            "2021/2019",
            "март 2021",
            "0021",
            "9999",
            "2021-03/",
        ] {
            assert_eq!(parse_partial(cell), None, "{cell}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics_and_the_ends_are_in_order(cell in "\\PC{0,24}|[0-9]{4}-?[0-9Qq]{0,2}(/[0-9]{4})?") {
            if let Some(said) = parse_partial(&cell) {
                prop_assert!(said.from <= said.to);
            }
        }
    }
}
