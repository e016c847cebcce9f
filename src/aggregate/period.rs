//! Periods of the calendar.
//!
//! Lives here: where a day falls. May not live here: statistics.

use crate::model::{Observation, Period};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// The period a day falls in: label ("2019", "2019-H1", "2019-Q1", "2019-02"),
/// first and last day.
pub fn period_of(day: NaiveDate, period: Period) -> (String, NaiveDate, NaiveDate) {
    let year = day.year();
    let months = match period {
        Period::Year => 12,
        Period::Half => 6,
        Period::Quarter => 3,
        Period::Month => 1,
    };
    let number = day.month0() / months;
    let label = match period {
        Period::Year => format!("{year}"),
        Period::Half => format!("{year}-H{}", number + 1),
        Period::Quarter => format!("{year}-Q{}", number + 1),
        Period::Month => format!("{year}-{:02}", number + 1),
    };
    let first = NaiveDate::from_ymd_opt(year, number * months + 1, 1).unwrap_or(day);
    let next = if number * months + months >= 12 {
        NaiveDate::from_ymd_opt(year + 1, 1, 1)
    } else {
        NaiveDate::from_ymd_opt(year, (number + 1) * months + 1, 1)
    };
    let last = next.and_then(|next| next.pred_opt()).unwrap_or(day);
    (label, first, last)
}

/// The finest period that leaves a median of at least 5 statements in the cells
/// (actor x axis x period) that hold any; years when none does.
pub fn auto_period(observations: &[Observation]) -> Period {
    for period in [Period::Month, Period::Quarter, Period::Half] {
        let mut cells: BTreeMap<(&str, &str, String), usize> = BTreeMap::new();
        for observation in observations {
            let (label, _, _) = period_of(observation.day(), period);
            *cells.entry((&observation.actor_id, &observation.axis, label)).or_default() += 1;
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
            let (found, first, last) = period_of(day, period);
            assert_eq!(
                (found.as_str(), first.to_string().as_str(), last.to_string().as_str()),
                (label, from, to)
            );
        }
    }
}
