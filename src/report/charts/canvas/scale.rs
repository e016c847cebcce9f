//! Positions of values and days, and the ticks between them.

use chrono::{Datelike, NaiveDate};

/// A day as a number of years: the first of July 2019 is about 2019.5.
pub fn years(day: NaiveDate) -> f64 {
    let length = if day.leap_year() { 366.0 } else { 365.0 };
    f64::from(day.year()) + f64::from(day.ordinal0()) / length
}

/// A value between two bounds as a place between two others; held within.
pub fn between(value: f64, from: (f64, f64), to: (f64, f64)) -> f64 {
    let share = (value - from.0) / (from.1 - from.0).max(1e-9);
    to.0 + share.clamp(0.0, 1.0) * (to.1 - to.0)
}

/// How far an axis must reach on both sides of zero for values up to `most`:
/// half, three quarters, or the whole of it. Never less: a small change must
/// not look like a large one.
pub fn reach(most: f64) -> f64 {
    [0.5, 0.75].into_iter().find(|limit| most <= limit - 0.02).unwrap_or(1.0)
}

/// Room beyond the ends of an axis, as a factor of its reach: a dot at the end
/// then stands inside the frame.
pub const BEYOND: f64 = 1.045;

/// Ticks of an axis that reaches so far, or a little farther, from below.
pub fn value_ticks(limit: f64) -> Vec<f64> {
    let step = if limit > 0.8 { 0.5 } else { 0.25 };
    let most = (limit / step).round() as i32;
    (-most..=most).map(|count| f64::from(count) * step).collect()
}

/// "+0.25", "0", "−1".
pub fn signed(value: f64) -> String {
    if value == 0.0 {
        return "0".into();
    }
    let digits = format!("{:.2}", value.abs());
    let digits = digits.trim_end_matches('0').trim_end_matches('.');
    format!("{}{digits}", if value < 0.0 { '−' } else { '+' })
}

/// "+0.25", "0.00", "−1.00": always two decimals.
pub fn exact(value: f64) -> String {
    let digits = format!("{:.2}", value.abs());
    match digits.as_str() {
        "0.00" => digits,
        _ if value < 0.0 => format!("−{digits}"),
        _ => format!("+{digits}"),
    }
}

/// Ticks of a time axis between two places in years, at most `most` of them:
/// years, or months where there are few years.
pub fn time_ticks(from: f64, to: f64, most: usize) -> Vec<(f64, String)> {
    let most = most.max(1) as f64;
    if to - from < 2.0 {
        let months = (to - from) * 12.0;
        let step = [1, 2, 3, 6].into_iter().find(|step| months / f64::from(*step) <= most).unwrap_or(12);
        let first = (from * 12.0 - 1e-6).ceil() as i32;
        let last = (to * 12.0 + 1e-6).floor() as i32;
        return (first..=last)
            .filter(|month| month.rem_euclid(12) % step == 0)
            .map(|month| {
                let (year, place) = (month.div_euclid(12), month.rem_euclid(12) + 1);
                (f64::from(month) / 12.0, format!("{year}-{place:02}"))
            })
            .collect();
    }
    year_ticks(from, to, most as usize)
}

/// The first of January of round years between two places, at most `most`.
pub fn year_ticks(from: f64, to: f64, most: usize) -> Vec<(f64, String)> {
    let most = most.max(1) as f64;
    let step = [1, 2, 5, 10, 20, 50, 100, 200, 500]
        .into_iter()
        .find(|step| (to - from) / f64::from(*step) <= most)
        .unwrap_or(1000);
    let (first, last) = ((from - 1e-6).ceil() as i32, (to + 1e-6).floor() as i32);
    (first..=last)
        .filter(|year| year.rem_euclid(step) == 0)
        .map(|year| (f64::from(year), year.to_string()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_with_a_true_minus() {
        let written: Vec<String> = [0.25, 0.0, -1.0, -0.5].into_iter().map(signed).collect();
        assert_eq!(written, ["+0.25", "0", "−1", "−0.5"]);
        assert_eq!([exact(-0.004), exact(-0.211), exact(1.0)], ["0.00", "−0.21", "+1.00"]);
    }

    #[test]
    fn an_axis_reaches_no_less_than_half() {
        assert_eq!([reach(0.0), reach(0.3), reach(0.6), reach(0.74), reach(1.0)], [0.5, 0.5, 0.75, 1.0, 1.0]);
        assert_eq!(value_ticks(0.5), [-0.5, -0.25, 0.0, 0.25, 0.5]);
        assert_eq!(value_ticks(1.0), [-1.0, -0.5, 0.0, 0.5, 1.0]);
    }

    #[test]
    fn ticks_are_round_years_or_months_and_never_too_many() {
        let labels = |from, to, most| -> Vec<String> {
            time_ticks(from, to, most).into_iter().map(|tick| tick.1).collect()
        };
        assert_eq!(labels(1999.0, 2025.0, 6), ["2000", "2005", "2010", "2015", "2020", "2025"]);
        assert_eq!(labels(2019.0, 2020.0, 4), ["2019-01", "2019-04", "2019-07", "2019-10", "2020-01"]);
        for span in [0.1, 0.5, 1.0, 3.0, 25.0, 400.0] {
            assert!(time_ticks(1900.0, 1900.0 + span, 7).len() <= 8, "{span}");
        }
    }

    #[test]
    fn a_day_lies_within_its_year() {
        let day = |m, d| NaiveDate::from_ymd_opt(2020, m, d).unwrap();
        assert_eq!(years(day(1, 1)), 2020.0);
        assert!(years(day(12, 31)) < 2021.0);
    }
}
