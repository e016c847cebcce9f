//! Publication dates in metadata, file names and datelines. A date that could be two days is
//! refused. Neither today's date nor the time at which a file was changed is ever used.

pub(crate) mod format;
pub(crate) mod partial;

use crate::ingest::fold;
use crate::ingest::text::dates::format::DateFormat;
use crate::model::{CalendarKind, Language};
use chrono::{Datelike, NaiveDate};

/// Why a date is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// "03/04/2019": 3 April or 4 March.
    Ambiguous,
    /// "March 2019": names no day.
    Partial,
    /// Not recognised as a date.
    Unknown,
}

impl Refused {
    /// A sentence for the user.
    pub fn detail(self, written: &str) -> String {
        let short: String = written.chars().take(60).collect();
        match self {
            Refused::Ambiguous => format!(
                "'{short}' could be two days: say which with --date-format DD/MM/YYYY or MM/DD/YYYY; it was not used"
            ),
            Refused::Partial => {
                format!(
                    "'{short}' names no day: write it as 2003-06-05, or 2003-06 if the day is not known; it was not used"
                )
            }
            Refused::Unknown => {
                format!(
                    "'{short}' is no date: write it as 2003-06-05, or say how to read it with --date-format"
                )
            }
        }
    }
}

/// A date as metadata of our own tables give it: `2003-06-05`, with or without a
/// time behind it.
pub fn metadata(value: &str) -> Option<NaiveDate> {
    let value = value.trim();
    let day = value.get(..10)?;
    let rest = &value[10..];
    if !rest.is_empty() && !rest.starts_with(['T', ' ', 't']) {
        return None;
    }
    NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()
}

/// A date that a record, page or front matter states, in any known form. `format` is tried
/// first.
pub fn written(
    value: &str,
    format: Option<&DateFormat>,
    languages: &[Language],
) -> Result<NaiveDate, Refused> {
    let value = value.trim();
    if let Some(day) = format.and_then(|format| format.read(value)) {
        return plausible(day);
    }
    if let Some(day) = metadata(value) {
        return plausible(day);
    }
    let first = value.split([' ', 'T', ',']).next().unwrap_or("");
    match numbers(first) {
        Err(Refused::Unknown) => {}
        found => return found.and_then(plausible),
    }
    match named(value, languages, false) {
        Named::Day(day) => plausible(day),
        Named::Month => Err(Refused::Partial),
        Named::No => Err(Refused::Unknown),
    }
}

/// Newspapers are younger than 1600, and a typing mistake (0219, 20019) is no
/// date.
fn plausible(day: NaiveDate) -> Result<NaiveDate, Refused> {
    if (1600..=2199).contains(&day.year()) { Ok(day) } else { Err(Refused::Unknown) }
}

/// `2019-03-01`, `2019/3/1`, `20190301`, `1.3.2019`, `13/3/2019`.
fn numbers(value: &str) -> Result<NaiveDate, Refused> {
    let whole = |year: u32, month: u32, day: u32| {
        i32::try_from(year)
            .ok()
            .and_then(|year| NaiveDate::from_ymd_opt(year, month, day))
            .ok_or(Refused::Unknown)
    };
    if value.len() == 8 && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return NaiveDate::parse_from_str(value, "%Y%m%d")
            .ok()
            .filter(|day| (1800..=2199).contains(&day.year()))
            .ok_or(Refused::Unknown);
    }
    let Some(mark) = value.chars().find(|character| !character.is_ascii_digit()) else {
        let year = value.parse().is_ok_and(|year: u32| (1800..=2199).contains(&year));
        return Err(if year { Refused::Partial } else { Refused::Unknown });
    };
    if !matches!(mark, '-' | '/' | '.') {
        return Err(Refused::Unknown);
    }
    let parts: Vec<&str> = value.trim_end_matches('.').split(mark).collect();
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() <= 4);
    let parts: Option<Vec<(u32, usize)>> =
        parts.iter().map(|part| number(part).map(|number| (number, part.len()))).collect();
    match parts.as_deref() {
        Some([(year, 4), (month, _), (day, _)]) => whole(*year, *month, *day),
        Some([(day, 1..=2), (month, 1..=2), (year, 4)]) if mark == '.' => whole(*year, *month, *day),
        Some([(one, 1..=2), (two, 1..=2), (year, 4)]) => match (*one, *two) {
            (day, month) if day == month || day > 12 => whole(*year, month, day),
            (month, day) if day > 12 => whole(*year, month, day),
            _ => Err(Refused::Ambiguous),
        },
        Some([(year, 4), (month, 1..=2)]) if (1..=12).contains(month) && *year >= 1600 => {
            Err(Refused::Partial)
        }
        _ => Err(Refused::Unknown),
    }
}

enum Named {
    Day(NaiveDate),
    Month,
    No,
}

/// A date with the month's name. `alone`: only a time and a weekday are allowed beside it.
fn named(value: &str, languages: &[Language], alone: bool) -> Named {
    let (mut day, mut month, mut year) = (None, None, None);
    let mut timed = false;
    for (index, token) in
        value.split([' ', ',', '\u{a0}', '|', '(', ')']).filter(|token| !token.is_empty()).enumerate()
    {
        if index >= 12 {
            break;
        }
        let word = fold(token.trim_end_matches('.'));
        // An ordinal is a number followed by two or three letters.
        let letters = word.trim_start_matches(|character: char| character.is_ascii_digit());
        let ordinal = letters.chars().count() <= 3 && letters.chars().all(|c| c.is_alphabetic() || c == '-');
        let bare = if ordinal { &word[..word.len() - letters.len()] } else { &word };
        if let Ok(number) = bare.parse::<i32>() {
            match number {
                1..=31 if day.is_none() => day = Some(number as u32),
                1800..=2199 if year.is_none() => year = Some(number),
                _ if alone => return Named::No,
                _ => {}
            }
            continue;
        }
        if word.contains(':') && word.starts_with(|first: char| first.is_ascii_digit()) {
            timed = true;
            continue;
        }
        let kinds = || languages.iter().filter_map(|language| language.calendar.get(&word)).flatten();
        let found = kinds().find(|(kind, _)| *kind == CalendarKind::Month).map(|(_, value)| *value);
        let known = || {
            kinds().any(|(kind, _)| {
                matches!(kind, CalendarKind::Weekday | CalendarKind::YearSuffix | CalendarKind::Unit)
            }) || is_weekday(&word, languages)
                || (timed && token.len() <= 5 && token.is_ascii())
        };
        match found {
            Some(value) if month.is_none() => month = u32::try_from(value).ok(),
            _ if !alone || known() => {}
            _ => return Named::No,
        }
    }
    match (year, month, day) {
        (Some(year), Some(month), Some(day)) => {
            NaiveDate::from_ymd_opt(year, month, day).map_or(Named::No, Named::Day)
        }
        (Some(_), Some(_), None) => Named::Month,
        _ => Named::No,
    }
}

/// A weekday or its abbreviation ("Fri", «пт»).
fn is_weekday(word: &str, languages: &[Language]) -> bool {
    word.chars().count() >= 2
        && languages.iter().flat_map(|language| &language.calendar).any(|(known, kinds)| {
            known.starts_with(word) && kinds.iter().any(|(kind, _)| *kind == CalendarKind::Weekday)
        })
}

/// A date in a file's name: at its start (`2019-03-01_title`, `20190301-title`,
/// `2019_03_01 title`), else the only one anywhere in it (`gull_2019-03-01`).
pub fn file_name(stem: &str) -> Option<NaiveDate> {
    let ends = |rest: &str| !rest.starts_with(|next: char| next.is_ascii_digit());
    for (length, format) in [(10, "%Y-%m-%d"), (10, "%Y_%m_%d"), (10, "%Y.%m.%d"), (8, "%Y%m%d")] {
        if let Some(head) = stem.get(..length)
            && ends(&stem[length..])
            && let Ok(day) = NaiveDate::parse_from_str(head, format)
        {
            return plausible(day).ok();
        }
    }
    let mut found = None;
    for (at, _) in stem.char_indices() {
        let free = at == 0 || !stem[..at].ends_with(|before: char| before.is_ascii_digit());
        if let Some(ten) = stem.get(at..at + 10)
            && free
            && ends(&stem[at + 10..])
            && let Ok(day) = NaiveDate::parse_from_str(ten, "%Y-%m-%d")
        {
            if found.is_some_and(|other| other != day) {
                return None;
            }
            found = plausible(day).ok();
        }
    }
    found
}

/// A line that holds only a date, with or without a time: "March 01, 2019",
/// "1 March 2019, 10:30", «1 марта 2019 г.», "01.03.2019", "2019-03-01".
pub fn dateline(line: &str, languages: &[Language]) -> Option<NaiveDate> {
    let line = line.trim().trim_matches(['*', '_', '#']).trim();
    if line.is_empty() || line.len() > 64 || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut parts = line.split([' ', ',']).filter(|part| !part.is_empty());
    let timed = |part: &str| part.contains(':') || part.chars().all(|c| c.is_ascii_uppercase() || c == '|');
    if let Some(Ok(day)) = parts.next().map(|first| numbers(first.trim_end_matches(':')))
        && parts.all(timed)
    {
        return plausible(day).ok();
    }
    match named(line, languages, true) {
        Named::Day(day) => plausible(day).ok(),
        _ => None,
    }
}

/// The date after the place at the beginning of a report: "MINSK, March 1, 2019 —
/// The ...", «МИНСК, 1 марта 2019 г. (Агентство) — ...».
pub fn opening(paragraph: &str, languages: &[Language]) -> Option<NaiveDate> {
    let head: &str = paragraph.char_indices().nth(90).map_or(paragraph, |(end, _)| &paragraph[..end]);
    let dash = [" — ", " – ", " - ", " -- ", "— ", "– "].iter().filter_map(|dash| head.find(dash)).min()?;
    let head = &head[..dash];
    let head = head.find('(').map_or(head, |bracket| &head[..bracket]);
    let (place, date) = head.split_once(',')?;
    let named = place.chars().next().is_some_and(char::is_uppercase) && place.split_whitespace().count() <= 4;
    if !named || place.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // A country may follow the place: "MINSK, Belarus, March 1, 2019".
    dateline(date, languages).or_else(|| dateline(date.split_once(',')?.1, languages))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn languages() -> Vec<Language> {
        let mut english = Language::default();
        for (word, kind, value) in [
            ("march", CalendarKind::Month, 3),
            ("mar", CalendarKind::Month, 3),
            ("марта", CalendarKind::Month, 3),
            ("года", CalendarKind::YearSuffix, 0),
            ("г", CalendarKind::YearSuffix, 0),
            ("friday", CalendarKind::Weekday, 5),
            ("пятница", CalendarKind::Weekday, 5),
        ] {
            english.calendar.insert(word.into(), vec![(kind, value)]);
        }
        vec![english]
    }

    fn first() -> NaiveDate {
        NaiveDate::from_ymd_opt(2019, 3, 1).unwrap()
    }

    #[test]
    fn a_date_alone_is_read_and_anything_else_is_not() {
        for line in [
            "March 01, 2019",
            "1 March 2019",
            "1st March 2019",
            "Friday, 1 March 2019, 10:30 GMT",
            "1 марта 2019 года",
            "1 марта 2019 г., 12:05",
            "01.03.2019",
            "01.03.2019 12:05",
            "2019-03-01",
            "2019-03-01 12:05:00",
        ] {
            assert_eq!(dateline(line, &languages()), Some(first()), "{line}");
        }
        for line in [
            "March 2019",
            "32 March 2019",
            "1 March 2019 was cold",
            "",
            "30 марта",
            "03/04/2019",
            "01.03.2019 a",
        ] {
            assert_eq!(dateline(line, &languages()), None, "{line}");
        }
    }

    #[test]
    fn written_dates_are_read_or_refused_with_a_reason() {
        let read = |value: &str| written(value, None, &languages());
        for value in [
            "2019-03-01",
            "2019-03-01T10:00:00+03:00",
            "2019-03-01 10:00",
            "2019/3/1",
            "2019.03.01",
            "20190301",
            "1.3.2019",
            "March 1, 2019 10:30 AM",
            "Fri, 01 Mar 2019 10:00:00 GMT",
            "Friday, March 1st, 2019",
            "1 марта 2019 года в 12:30",
        ] {
            assert_eq!(read(value), Ok(first()), "{value}");
        }
        assert_eq!(read("13/03/2019"), Ok(NaiveDate::from_ymd_opt(2019, 3, 13).unwrap()));
        assert_eq!(read("03/13/2019"), Ok(NaiveDate::from_ymd_opt(2019, 3, 13).unwrap()));
        assert_eq!(read("03/04/2019"), Err(Refused::Ambiguous));
        assert_eq!(read("3-4-2019 10:00"), Err(Refused::Ambiguous));
        for value in ["2019", "2019-03", "March 2019"] {
            assert_eq!(read(value), Err(Refused::Partial), "{value}");
        }
        for value in ["", "yesterday", "0219-03-01", "2019-02-30", "1551398400", "31/31/2019", "x"] {
            assert_eq!(read(value), Err(Refused::Unknown), "{value}");
        }
    }

    #[test]
    fn names_and_openings() {
        for stem in ["2019-03-01_talks", "20190301", "2019_03_01 talks", "gull-2019-03-01", "a2019-03-01"] {
            assert_eq!(file_name(stem), Some(first()), "{stem}");
        }
        for stem in ["2019-03-011", "20190301123", "12019-03-01", "a_2019-03-01_2019-04-01", "talks"] {
            assert_eq!(file_name(stem), None, "{stem}");
        }
        assert_eq!(opening("MINSK, March 1, 2019 — The mayors met.", &languages()), Some(first()));
        assert_eq!(
            opening("МИНСК, 1 марта 2019 г. (Чайка) – Мэры встретились.", &languages()),
            Some(first())
        );
        assert_eq!(opening("The mayors met on March 1, 2019 — a Friday.", &languages()), None);
    }

    proptest! {
        #[test]
        fn any_text_is_a_date_or_none(text in "[0-9a-zа-я /.,:TZ%\u{a0}-]{0,30}", format in "[YMDhms%a-zA-Z/. -]{0,12}") {
            let _ = (dateline(&text, &languages()), opening(&text, &languages()), file_name(&text));
            let format = DateFormat::new(&format).ok();
            if let Ok(day) = written(&text, format.as_ref(), &languages()) {
                prop_assert!((1600..2200).contains(&day.year()));
            }
        }
    }
}
