//! Periods of the calendar.
//!
//! Lives here: where a day falls. May not live here: statistics.

use crate::model::{Period, Scores};
use chrono::{Datelike, NaiveDate};
use foldhash::fast::RandomState;
use std::collections::HashMap;

/// A period with its label ("2019", "2019-H1", "2019-Q1", "2019-02").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// For people.
    pub label: String,
    /// First day.
    pub start: NaiveDate,
    /// Last day.
    pub end: NaiveDate,
}

fn months(period: Period) -> i32 {
    match period {
        Period::Year => 12,
        Period::Half => 6,
        Period::Quarter => 3,
        Period::Month => 1,
    }
}

/// The number of the period a day falls in; consecutive periods have
/// consecutive numbers.
pub fn number(day: NaiveDate, period: Period) -> i32 {
    (day.year() * 12 + day.month0() as i32).div_euclid(months(period))
}

/// The period of a number.
pub fn span(number: i32, period: Period) -> Span {
    let first = number * months(period);
    let (year, month) = (first.div_euclid(12), first.rem_euclid(12));
    let part = month / months(period) + 1;
    let label = match period {
        Period::Year => format!("{year}"),
        Period::Half => format!("{year}-H{part}"),
        Period::Quarter => format!("{year}-Q{part}"),
        Period::Month => format!("{year}-{part:02}"),
    };
    let day = |months: i32| {
        NaiveDate::from_ymd_opt(months.div_euclid(12), months.rem_euclid(12) as u32 + 1, 1)
            .unwrap_or(if months < 0 { NaiveDate::MIN } else { NaiveDate::MAX })
    };
    let next = day(first + self::months(period));
    Span { label, start: day(first), end: next.pred_opt().unwrap_or(next) }
}

/// The period a day falls in: label, first and last day.
pub fn period_of(day: NaiveDate, period: Period) -> (String, NaiveDate, NaiveDate) {
    let span = span(number(day, period), period);
    (span.label, span.start, span.end)
}

/// The middle of a period as a year with fraction.
pub fn middle(number: i32, period: Period) -> f64 {
    (f64::from(number) + 0.5) * f64::from(months(period)) / 12.0
}

/// The finest period that leaves a median of at least 5 statements in the cells
/// (actor x axis x period) that hold any; years when none does.
pub fn auto_period(scores: &Scores) -> Period {
    for period in [Period::Month, Period::Quarter, Period::Half] {
        let mut cells: HashMap<(u32, u32, i32), usize, RandomState> = HashMap::default();
        for row in scores.rows() {
            *cells.entry((row.actor, row.axis, number(row.day(), period))).or_default() += 1;
        }
        let mut counts: Vec<usize> = cells.into_values().collect();
        counts.sort_unstable();
        if counts.get(counts.len() / 2).is_some_and(|median| *median >= 5) {
            return period;
        }
    }
    Period::Year
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_falls_in_one_period_of_each_length() {
        let day = NaiveDate::from_ymd_opt(2019, 8, 31).unwrap();
        let cases = [
            (Period::Year, "2019", "2019-01-01", "2019-12-31"),
            (Period::Half, "2019-H2", "2019-07-01", "2019-12-31"),
            (Period::Quarter, "2019-Q3", "2019-07-01", "2019-09-30"),
            (Period::Month, "2019-08", "2019-08-01", "2019-08-31"),
        ];
        for (period, label, from, to) in cases {
            let found = span(number(day, period), period);
            assert_eq!(
                (found.label.as_str(), found.start.to_string().as_str(), found.end.to_string().as_str()),
                (label, from, to)
            );
            assert!(found.end < span(number(day, period) + 1, period).start);
        }
        assert!((middle(number(day, Period::Year), Period::Year) - 2019.5).abs() < 1e-12);
    }
}
