//! Arithmetic with days, months and years. Nothing here knows text.

use crate::model::Precision;
use chrono::{Datelike, Days, NaiveDate};

/// A closed interval of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// The unit in which it is known.
    pub precision: Precision,
}

impl Interval {
    /// From the first to the last day, both included.
    pub fn new(from: NaiveDate, to: NaiveDate, precision: Precision) -> Self {
        Interval { from, to, precision }
    }
}

/// One day.
pub fn day(day: NaiveDate) -> Interval {
    Interval::new(day, day, Precision::Day)
}

/// A month of a year.
pub fn month(year: i32, month: u32) -> Option<Interval> {
    months(year, month, 1, Precision::Month)
}

/// Some months from the first day of a month.
fn months(year: i32, month: u32, count: i32, precision: Precision) -> Option<Interval> {
    let from = NaiveDate::from_ymd_opt(year, month, 1)?;
    Some(Interval::new(from, month_after(from, count)?.pred_opt()?, precision))
}

/// Whole years, `last` included.
pub fn years(first: i32, last: i32) -> Option<Interval> {
    let (from, to) = (NaiveDate::from_ymd_opt(first, 1, 1)?, NaiveDate::from_ymd_opt(last, 12, 31)?);
    Some(Interval::new(from, to, Precision::Year))
}

/// The ten years from `first` on.
pub fn decade(first: i32) -> Option<Interval> {
    Some(Interval { precision: Precision::Decade, ..years(first, first + 9)? })
}

/// Three months from the first month of a season; a winter belongs to the year in which it ends.
pub fn season(year: i32, first: u32) -> Option<Interval> {
    let year = if first == 12 { year - 1 } else { year };
    months(year, first, 3, Precision::Season)
}

/// A quarter (units of 3 months) or a half (6) of a year, counted from 1.
pub fn section(year: i32, months_each: i32, number: i32) -> Option<Interval> {
    let first = u32::try_from(months_each.checked_mul(number.checked_sub(1)?)? + 1).ok()?;
    let precision = if months_each == 3 { Precision::Quarter } else { Precision::Half };
    months(year, first, months_each, precision)
}

/// The first day of the month that is `months` months later (or earlier).
pub fn month_after(day: NaiveDate, months: i32) -> Option<NaiveDate> {
    let count = day.year() * 12 + day.month0() as i32 + months;
    NaiveDate::from_ymd_opt(count.div_euclid(12), count.rem_euclid(12) as u32 + 1, 1)
}

/// The unit of time that is `steps` units from the one of the anchor: day, week (Monday to Sunday),
/// month, quarter, year, decade or half year (units 0 to 6).
pub fn unit(anchor: NaiveDate, unit: i32, steps: i32) -> Option<Interval> {
    match unit {
        0 => Some(day(shift(anchor, i64::from(steps))?)),
        1 => {
            let monday = shift(anchor, -i64::from(anchor.weekday().num_days_from_monday()))?;
            let from = shift(monday, 7 * i64::from(steps))?;
            Some(Interval::new(from, shift(from, 6)?, Precision::Week))
        }
        2 => {
            let first = month_after(anchor, steps)?;
            month(first.year(), first.month())
        }
        3 | 6 => {
            let each = if unit == 3 { 3 } else { 6 };
            let start = section(anchor.year(), each, anchor.month0() as i32 / each + 1)?.from;
            let from = month_after(start, each * steps)?;
            section(from.year(), each, from.month0() as i32 / each + 1)
        }
        4 => years(anchor.year() + steps, anchor.year() + steps),
        _ => decade(anchor.year().div_euclid(10) * 10 + 10 * steps),
    }
}

/// The time that is `steps` units from a time: "two weeks ago". Days give a day, one week the same day
/// of that week, more weeks a week, months and half years a month, years and decades a year. A time that
/// is known less exactly than the unit keeps its width.
pub fn counted(anchor: Interval, unit: i32, steps: i32) -> Option<Interval> {
    let (unit, steps) = match unit {
        5 => (4, steps.checked_mul(10)?),
        6 => (2, steps.checked_mul(6)?),
        3 => (2, steps.checked_mul(3)?),
        _ => (unit, steps),
    };
    let moved = |day: NaiveDate| match unit {
        0 | 1 => shift(day, i64::from(steps) * if unit == 0 { 1 } else { 7 }),
        _ => {
            let first = month_after(day, steps.checked_mul(if unit == 2 { 1 } else { 12 })?)?;
            let last = month_after(first, 1)?.pred_opt()?;
            first.with_day(day.day()).or(Some(last))
        }
    };
    let (from, to) = (moved(anchor.from)?, moved(anchor.to)?);
    let of_unit = match unit {
        0 => Precision::Day,
        1 if steps.abs() == 1 => Precision::Day,
        1 => Precision::Week,
        2 => Precision::Month,
        _ => Precision::Year,
    };
    if anchor.precision > of_unit {
        return Some(Interval::new(from, to, anchor.precision));
    }
    match of_unit {
        Precision::Day => Some(Interval::new(from, to, Precision::Day)),
        Precision::Week => self::unit(from, 1, 0),
        Precision::Month => self::unit(from, 2, 0),
        _ => self::unit(from, 4, 0),
    }
}

/// "A few weeks ago": two to six units back.
pub fn few(anchor: Interval, unit: i32, direction: i32) -> Option<Interval> {
    let near = counted(anchor, unit, 2 * direction)?;
    let far = counted(anchor, unit, 6 * direction)?;
    Some(Interval::new(near.from.min(far.from), near.to.max(far.to), near.precision))
}

/// The first, middle or last third (1 to 3) of a time: of a year four months,
/// of a month ten days, of a week Monday and Tuesday, Wednesday and Thursday,
/// or the rest; of a decade its years 0 to 3, 4 to 6 or 7 to 9. A day is a day.
pub fn third(whole: Interval, which: i32) -> Option<Interval> {
    let Interval { from, to, precision } = whole;
    let days = |first: i64, last: Option<i64>, precision| {
        let last = last.and_then(|last| shift(from, last)).unwrap_or(to).min(to);
        Some(Interval::new(shift(from, first)?, last, precision))
    };
    let over_months = |first: i32, count: i32, precision| {
        let from = month_after(from, first)?;
        months(from.year(), from.month(), count, precision)
    };
    match (precision, which) {
        (Precision::Week, 1) => days(0, Some(1), Precision::Day),
        (Precision::Week, 2) => days(2, Some(3), Precision::Day),
        (Precision::Week, _) => days(4, None, Precision::Day),
        (Precision::Month, 1) => days(0, Some(9), Precision::Week),
        (Precision::Month, 2) => days(10, Some(19), Precision::Week),
        (Precision::Month, _) => days(20, None, Precision::Week),
        (Precision::Season | Precision::Quarter, _) => over_months(which - 1, 1, Precision::Month),
        (Precision::Half, _) => over_months(2 * (which - 1), 2, Precision::Month),
        (Precision::Year, _) => over_months(4 * (which - 1), 4, Precision::Quarter),
        (Precision::Decade, 1) => years(from.year(), from.year() + 3),
        (Precision::Decade, 2) => years(from.year() + 4, from.year() + 6),
        (Precision::Decade, _) => years(from.year() + 7, from.year() + 9),
        (Precision::Day, _) => Some(whole),
    }
}

/// The first or second half of a year, a month or a decade.
pub fn half(whole: Interval, which: i32) -> Option<Interval> {
    let Interval { from, to, precision } = whole;
    match (precision, which) {
        (Precision::Year, 1 | 2) => section(from.year(), 6, which),
        (Precision::Month, 1) => Some(Interval::new(from, shift(from, 14)?, Precision::Week)),
        (Precision::Month, 2) => Some(Interval::new(shift(from, 15)?, to, Precision::Week)),
        (Precision::Decade, 1) => years(from.year(), from.year() + 4),
        (Precision::Decade, 2) => years(from.year() + 5, from.year() + 9),
        _ => None,
    }
}

/// The day that is `days` days later (or earlier).
pub fn shift(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    if days >= 0 {
        day.checked_add_days(Days::new(days.unsigned_abs()))
    } else {
        day.checked_sub_days(Days::new(days.unsigned_abs()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn shown(time: Option<Interval>) -> String {
        let Interval { from, to, precision } = time.expect("a time");
        format!("{from} {to} {}", precision.as_str())
    }

    #[test]
    fn units_are_counted_from_the_calendar() {
        let friday = on("2019-03-01");
        assert_eq!(shown(unit(friday, 0, -1)), "2019-02-28 2019-02-28 day");
        assert_eq!(shown(unit(friday, 1, -1)), "2019-02-18 2019-02-24 week");
        assert_eq!(shown(unit(friday, 2, -3)), "2018-12-01 2018-12-31 month");
        assert_eq!(shown(unit(friday, 3, -1)), "2018-10-01 2018-12-31 quarter");
        assert_eq!(shown(unit(friday, 6, -1)), "2018-07-01 2018-12-31 half");
        assert_eq!(shown(unit(friday, 4, -2)), "2017-01-01 2017-12-31 year");
        assert_eq!(shown(unit(friday, 5, 0)), "2010-01-01 2019-12-31 decade");
        assert_eq!(unit(NaiveDate::MIN, 0, -1), None);
    }

    #[test]
    fn what_is_known_less_exactly_than_the_unit_keeps_its_width() {
        let year = years(2013, 2013).expect("a year");
        assert_eq!(shown(counted(year, 4, -2)), "2011-01-01 2011-12-31 year");
        assert_eq!(shown(counted(year, 2, 2)), "2013-03-01 2014-02-28 year");
        // The last of a month stays in the month that is meant.
        assert_eq!(shown(counted(day(on("2019-03-31")), 2, -1)), "2019-02-01 2019-02-28 month");
        assert_eq!(shown(counted(day(on("2019-03-01")), 5, -2)), "1999-01-01 1999-12-31 year");
    }

    #[test]
    fn thirds_and_halves() {
        let february = month(2019, 2).expect("a month");
        assert_eq!(shown(third(february, 3)), "2019-02-21 2019-02-28 week");
        assert_eq!(shown(half(february, 2)), "2019-02-16 2019-02-28 week");
        let nineties = decade(1990).expect("a decade");
        assert_eq!(shown(third(nineties, 2)), "1994-01-01 1996-12-31 year");
        assert_eq!(shown(season(2014, 12)), "2013-12-01 2014-02-28 season");
    }
}
