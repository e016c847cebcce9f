//! Arithmetic with days, months and years.
//!
//! Lives here: intervals of the calendar. May not live here: text.

use crate::model::Precision;
use chrono::{Datelike, Days, NaiveDate};

/// A closed interval of days.
pub type Interval = (NaiveDate, NaiveDate, Precision);

/// The whole of a month.
pub fn month(year: i32, month: u32) -> Option<Interval> {
    let from = NaiveDate::from_ymd_opt(year, month, 1)?;
    let next = if month == 12 {
        NaiveDate::from_ymd_opt(year + 1, 1, 1)?
    } else {
        NaiveDate::from_ymd_opt(year, month + 1, 1)?
    };
    Some((from, next.pred_opt()?, Precision::Month))
}

/// The whole of some years, the last included.
pub fn years(first: i32, last: i32) -> Option<Interval> {
    Some((NaiveDate::from_ymd_opt(first, 1, 1)?, NaiveDate::from_ymd_opt(last, 12, 31)?, Precision::Year))
}

/// Three months from the season's first; winter is named by the year it ends in.
pub fn season(year: i32, first: u32) -> Option<Interval> {
    let year = if first == 12 { year - 1 } else { year };
    let from = NaiveDate::from_ymd_opt(year, first, 1)?;
    let to = month_after(from, 3)?.pred_opt()?;
    Some((from, to, Precision::Quarter))
}

/// The same day some months on (or back), the first of that month.
pub fn month_after(day: NaiveDate, months: i32) -> Option<NaiveDate> {
    let count = day.year() * 12 + day.month0() as i32 + months;
    NaiveDate::from_ymd_opt(count.div_euclid(12), count.rem_euclid(12) as u32 + 1, 1)
}

/// One unit of time that lies `steps` units from the anchor: the day, the week
/// (Monday to Sunday), the month, quarter, year or decade (units 0 to 5).
pub fn unit(anchor: NaiveDate, unit: i32, steps: i32) -> Option<Interval> {
    match unit {
        0 => {
            let day = shift(anchor, i64::from(steps))?;
            Some((day, day, Precision::Day))
        }
        1 => {
            let monday = shift(anchor, -i64::from(anchor.weekday().num_days_from_monday()))?;
            let from = shift(monday, 7 * i64::from(steps))?;
            Some((from, shift(from, 6)?, Precision::Month))
        }
        2 => {
            let first = month_after(anchor, steps)?;
            month(first.year(), first.month())
        }
        3 => {
            let quarter = anchor.month0() as i32 / 3;
            let start = NaiveDate::from_ymd_opt(anchor.year(), quarter as u32 * 3 + 1, 1)?;
            let from = month_after(start, 3 * steps)?;
            Some((from, month_after(from, 3)?.pred_opt()?, Precision::Quarter))
        }
        4 => years(anchor.year() + steps, anchor.year() + steps),
        _ => {
            let decade = anchor.year().div_euclid(10) * 10 + 10 * steps;
            years(decade, decade + 9)
        }
    }
}

/// "two weeks ago": a day for days and weeks, a month for months, a year for
/// years and decades.
pub fn ago(anchor: NaiveDate, count: i32, unit: i32) -> Option<Interval> {
    match unit {
        0 => self::unit(anchor, 0, -count),
        1 => {
            let day = shift(anchor, -7 * i64::from(count))?;
            if count == 1 { Some((day, day, Precision::Day)) } else { self::unit(day, 1, 0) }
        }
        2 => self::unit(anchor, 2, -count),
        3 => self::unit(anchor, 3, -count),
        4 => self::unit(anchor, 4, -count),
        _ => self::unit(anchor, 5, -count),
    }
}

/// A day some days on (or back).
pub fn shift(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    if days >= 0 {
        day.checked_add_days(Days::new(days.unsigned_abs()))
    } else {
        day.checked_sub_days(Days::new(days.unsigned_abs()))
    }
}
