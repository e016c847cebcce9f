//! Words of a file inside messages, bounded: a table may have 100,000 columns, and a name
//! may be a megabyte long.

/// Maximum number of names in a message.
const NAMES: usize = 20;
/// Maximum number of characters of a name in a message.
const NAME: usize = 60;

/// The beginning of a text.
pub fn short(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_string(),
    }
}

/// Names for a message, the first ones if there are many.
pub fn names<'a>(all: impl IntoIterator<Item = &'a String>) -> String {
    let mut all = all.into_iter();
    let mut text: Vec<String> = all.by_ref().take(NAMES).map(|name| short(name, NAME)).collect();
    let more = all.count();
    if more > 0 {
        text.push(format!("and {more} more"));
    }
    text.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_and_names_are_cut() {
        let all: Vec<String> = (0..100_000).map(|number| format!("c{number}")).collect();
        let text = names(&all);
        assert!(text.starts_with("c0, c1") && text.ends_with("c19, and 99980 more"), "{text}");
        assert_eq!(names(&all[..2]), "c0, c1");
        assert_eq!(short("Минск", 5), "Минск");
        assert_eq!(short("Минск", 3), "Мин…");
    }
}
