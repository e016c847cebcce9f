//! Publication dates in metadata, file names and datelines.
//!
//! Lives here: what a date alone on a line looks like. May not live here: time
//! expressions in sentences (see `date`).

use super::fold;
use crate::model::{CalendarKind, Language};
use chrono::NaiveDate;

/// A date as metadata give it: `2003-06-05`, with or without a time behind it.
pub fn metadata(value: &str) -> Option<NaiveDate> {
    let value = value.trim();
    let day = value.get(..10).filter(|_| value.len() == 10 || value[10..].starts_with(['T', ' ', 't']))?;
    NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()
}

/// A date at the start of a file's name: `2019-03-01_title`.
pub fn file_name(stem: &str) -> Option<NaiveDate> {
    let day = stem.get(..10)?;
    if stem.get(10..).and_then(|rest| rest.chars().next()).is_some_and(|next| next.is_ascii_digit()) {
        return None;
    }
    NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()
}

/// A line that is nothing but a date: "March 01, 2019", "1 March 2019",
/// «1 марта 2019 г.», "01.03.2019", "2019-03-01".
pub fn dateline(line: &str, languages: &[Language]) -> Option<NaiveDate> {
    let line = line.trim().trim_matches(['*', '_', '#']).trim();
    if line.is_empty() || line.len() > 48 {
        return None;
    }
    for format in ["%Y-%m-%d", "%d.%m.%Y"] {
        if let Ok(day) = NaiveDate::parse_from_str(line, format) {
            return Some(day);
        }
    }
    let words: Vec<String> = line
        .split([' ', ',', '\u{a0}'])
        .filter(|word| !word.is_empty())
        .map(|word| fold(word.trim_end_matches('.')))
        .collect();
    if words.len() > 5 {
        return None;
    }
    let (mut day, mut month, mut year) = (None, None, None);
    for word in &words {
        if let Ok(number) = word.parse::<i32>() {
            match number {
                1..=31 if day.is_none() => day = Some(number as u32),
                1900..=2099 if year.is_none() => year = Some(number),
                _ => return None,
            }
            continue;
        }
        let kinds: Vec<(CalendarKind, i32)> =
            languages.iter().filter_map(|language| language.calendar.get(word)).flatten().copied().collect();
        let found = kinds.iter().find(|(kind, _)| *kind == CalendarKind::Month).map(|(_, value)| *value);
        let known = kinds.iter().any(|(kind, _)| {
            matches!(kind, CalendarKind::Weekday | CalendarKind::YearSuffix | CalendarKind::Unit)
        });
        match found {
            Some(value) if month.is_none() => month = u32::try_from(value).ok(),
            _ if known => {}
            _ => return None,
        }
    }
    NaiveDate::from_ymd_opt(year?, month?, day?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_alone_is_read_and_anything_else_is_not() {
        let mut english = Language::default();
        english.calendar.insert("march".into(), vec![(CalendarKind::Month, 3)]);
        english.calendar.insert("марта".into(), vec![(CalendarKind::Month, 3)]);
        english.calendar.insert("года".into(), vec![(CalendarKind::YearSuffix, 0)]);
        let languages = [english];
        let day = NaiveDate::from_ymd_opt(2019, 3, 1);
        for line in ["March 01, 2019", "1 March 2019", "1 марта 2019 года", "01.03.2019", "2019-03-01"]
        {
            assert_eq!(dateline(line, &languages), day, "{line}");
        }
        for line in ["March 2019", "32 March 2019", "1 March 2019 was cold", "", "30 марта"] {
            assert_eq!(dateline(line, &languages), None, "{line}");
        }
        assert_eq!(file_name("2019-03-01_talks"), day);
        assert_eq!(file_name("2019-03-011"), None);
        assert_eq!(metadata("2019-03-01T10:00:00Z"), day);
        assert_eq!(metadata("01/03/2019"), None);
    }
}
