//! The separator between the cells of a table, and the error of a row that cannot be read.

use crate::error::Error;

/// The separators of tables. A comma wins where a line holds as many of another.
pub const OF_TABLES: [u8; 3] = [b',', b'\t', b';'];
/// The separators of word lists, which are mostly separated by tabs.
pub const OF_WORD_LISTS: [u8; 3] = [b'\t', b';', b','];

/// The separator that is most frequent in a line, the header or the first row of a table; of
/// several equally frequent ones the first of `candidates`.
pub fn guess(line: &[u8], candidates: [u8; 3]) -> u8 {
    let count = |separator: u8| line.iter().filter(|byte| **byte == separator).count();
    let mut best = candidates[0];
    for separator in candidates {
        if count(separator) > count(best) {
            best = separator;
        }
    }
    best
}

/// The error of a row that cannot be read, with its file and line.
pub fn row_error(place: &str, cause: csv::Error) -> Error {
    let line = cause.position().map_or(1, csv::Position::line);
    Error::input(format!("{place}:{line}"), "the row cannot be read", "check its quotes").because(cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_separator_wins() {
        assert_eq!(guess(b"id;text, short;date", OF_TABLES), b';');
        assert_eq!(guess(b"id\ttext\tdate", OF_TABLES), b'\t');
        assert_eq!(guess(b"a,b;c", OF_TABLES), b',');
        assert_eq!(guess(b"text", OF_TABLES), b',');
        assert_eq!(guess(b"word", OF_WORD_LISTS), b'\t');
    }
}
