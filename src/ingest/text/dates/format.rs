//! The format of ambiguous dates (`--date-format`).

use crate::error::{Error, Result};
use chrono::{NaiveDate, NaiveDateTime};

/// How dates are written (`--date-format`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateFormat(String);

impl DateFormat {
    /// From `DD/MM/YYYY` or, as in R, `%d/%m/%Y`; `%s` is a Unix time. A format
    /// without year, month or day is an error.
    pub fn new(written: &str) -> Result<DateFormat> {
        let format = if written.contains('%') {
            written.to_string()
        } else {
            [
                ("YYYY", "%Y"),
                ("YY", "%y"),
                ("MM", "%m"),
                ("DD", "%d"),
                ("M", "%-m"),
                ("D", "%-d"),
                ("hh", "%H"),
                ("mm", "%M"),
                ("ss", "%S"),
            ]
            .into_iter()
            .fold(written.to_string(), |format, (from, to)| replaced(&format, from, to))
        };
        let format = DateFormat(format);
        // A format is sound if it reads back what it writes.
        let day = NaiveDate::from_ymd_opt(2003, 12, 31).unwrap_or_default();
        let mut sample = String::new();
        let sound = std::fmt::write(
            &mut sample,
            format_args!("{}", day.and_time(Default::default()).format(&format.0)),
        )
        .is_ok()
            && format.read(&sample) == Some(day);
        if sound {
            return Ok(format);
        }
        Err(Error::input(
            "--date-format",
            format!("'{written}' does not tell year, month and day"),
            "write it like DD/MM/YYYY, or like %d %B %Y",
        ))
    }

    /// The day, if the value has this format.
    pub fn read(&self, value: &str) -> Option<NaiveDate> {
        NaiveDate::parse_from_str(value, &self.0)
            .ok()
            .or_else(|| NaiveDateTime::parse_from_str(value, &self.0).ok().map(|time| time.date()))
    }
}

/// Replaces `from` except in parts that were replaced before (`%m`).
fn replaced(format: &str, from: &str, to: &str) -> String {
    let mut out = String::new();
    let mut rest = format;
    while !rest.is_empty() {
        if let Some(behind) = rest.strip_prefix(from) {
            out.push_str(to);
            rest = behind;
        } else if rest.starts_with('%') {
            let characters = if rest.starts_with("%-") { 3 } else { 2 };
            let length = rest.char_indices().nth(characters).map_or(rest.len(), |(at, _)| at);
            let (code, behind) = rest.split_at(length);
            out.push_str(code);
            rest = behind;
        } else {
            let length = rest.chars().next().map_or(1, char::len_utf8);
            let (character, behind) = rest.split_at(length);
            out.push_str(character);
            rest = behind;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_resolves_ambiguous_dates() {
        let read = |format: &str, value: &str| {
            DateFormat::new(format).unwrap().read(value).map(|day| day.to_string())
        };
        assert_eq!(read("DD/MM/YYYY", "03/04/2019").as_deref(), Some("2019-04-03"));
        assert_eq!(read("MM/DD/YYYY", "03/04/2019").as_deref(), Some("2019-03-04"));
        assert_eq!(read("%d/%m/%Y", "3/4/2019").as_deref(), Some("2019-04-03"));
        assert_eq!(read("DD.MM.YY hh:mm", "03.04.19 12:30").as_deref(), Some("2019-04-03"));
        assert_eq!(read("%s", "1551398400").as_deref(), Some("2019-03-01"));
        assert_eq!(read("DD/MM/YYYY", "2019-03-04"), None);
        for format in ["MM/YYYY", "%", "%Q", "", "day", "%H:%M", "%é", "%-"] {
            assert!(DateFormat::new(format).is_err(), "{format}");
        }
    }
}
