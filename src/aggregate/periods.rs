//! Periods of the calendar: in which one a day falls, and which length suits a table.

use crate::model::{Choice, Period, Scores, middle as middle_day};
use chrono::{Datelike, NaiveDate};
use foldhash::fast::RandomState;
use std::collections::HashMap;

/// The length of periods as it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodLength {
    /// The finest that leaves a median of at least 5 statements.
    Auto,
    /// This one, however few statements it leaves.
    Fixed(Period),
}

impl PeriodLength {
    /// The length, if it does not depend on the statements.
    pub fn fixed(self) -> Option<Period> {
        match self {
            PeriodLength::Auto => None,
            PeriodLength::Fixed(period) => Some(period),
        }
    }
}

impl Choice for PeriodLength {
    const ALL: &'static [PeriodLength] = &[
        PeriodLength::Auto,
        PeriodLength::Fixed(Period::Year),
        PeriodLength::Fixed(Period::Half),
        PeriodLength::Fixed(Period::Quarter),
        PeriodLength::Fixed(Period::Month),
    ];

    fn as_str(self) -> &'static str {
        self.fixed().map_or("auto", Period::as_str)
    }

    fn help(self) -> &'static str {
        match self {
            PeriodLength::Auto => "The finest that leaves a median of at least 5 statements",
            PeriodLength::Fixed(_) => "",
        }
    }
}

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

/// Where a statement belongs that was made on some day from `from` to `to`: the
/// number of the period, and whether these days reach beyond it (then the middle
/// one decides). None when they are more than a period has: "in 2003" belongs
/// to no month, and to put it into one would make up what nobody said.
pub fn of_days(from: NaiveDate, to: NaiveDate, period: Period) -> Option<(i32, bool)> {
    let first = number(from, period);
    if number(to, period) == first {
        return Some((first, false));
    }
    let longest = match period {
        Period::Year => 366,
        Period::Half => 184,
        Period::Quarter => 92,
        Period::Month => 31,
    };
    ((to - from).num_days() < longest).then(|| (number(middle_day(from, to), period), true))
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

/// The middle of a period as a year with fraction.
pub fn middle(number: i32, period: Period) -> f64 {
    (f64::from(number) + 0.5) * f64::from(months(period)) / 12.0
}

/// The finest period that leaves a median of at least 5 statements in the cells
/// (actor x axis x period) that hold any, and for which at most a tenth of the
/// statements that years can hold is dated too coarsely; years when none does.
pub fn auto_period(scores: &Scores) -> Period {
    let in_years = scores.rows().filter(|row| of_days(row.from, row.to, Period::Year).is_some()).count();
    for period in [Period::Month, Period::Quarter, Period::Half] {
        let mut cells: HashMap<(u32, u32, i32), usize, RandomState> = HashMap::default();
        let mut held = 0;
        for row in scores.rows() {
            if let Some((number, _)) = of_days(row.from, row.to, period) {
                *cells.entry((row.actor, row.axis, number)).or_default() += 1;
                held += 1;
            }
        }
        let mut counts: Vec<usize> = cells.into_values().collect();
        counts.sort_unstable();
        let enough = counts.get(counts.len() / 2).is_some_and(|median| *median >= 5);
        if enough && held * 10 >= in_years * 9 {
            return period;
        }
    }
    Period::Year
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_enters_no_period_shorter_than_its_date() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let place = |from, to, period| {
            of_days(day(from), day(to), period).map(|(number, beyond)| (span(number, period).label, beyond))
        };
        let inside = |label: &str| Some((label.to_string(), false));
        let beyond = |label: &str| Some((label.to_string(), true));
        let february = ("2021-02-01", "2021-02-28");
        assert_eq!(place(february.0, february.1, Period::Month), inside("2021-02"));
        assert_eq!(place(february.0, february.1, Period::Year), inside("2021"));
        let year = ("2021-01-01", "2021-12-31");
        assert_eq!(place(year.0, year.1, Period::Year), inside("2021"));
        for finer in [Period::Half, Period::Quarter, Period::Month] {
            assert_eq!(place(year.0, year.1, finer), None);
        }
        // A week over the end of a month is as exact as a month is long.
        assert_eq!(place("2021-01-29", "2021-02-04", Period::Month), beyond("2021-02"));
        assert_eq!(place("2018-12-01", "2019-02-28", Period::Year), beyond("2019"));
        assert_eq!(place("2018-12-01", "2019-02-28", Period::Month), None);
        assert_eq!(place("1990-01-01", "1999-12-31", Period::Year), None);
    }

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
