//! Numbers with their noun, for messages. It is here because messages of all stages use it.

/// "1 article", "2 articles", "0 articles". `thing` is the English singular.
pub fn counted(number: usize, thing: &str) -> String {
    match thing.strip_suffix('y') {
        _ if number == 1 => format!("1 {thing}"),
        Some(stem) => format!("{number} {stem}ies"),
        None => format!("{number} {thing}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_not_many() {
        let cases = [
            (0, "article", "0 articles"),
            (1, "article", "1 article"),
            (2, "article", "2 articles"),
            (1, "entry", "1 entry"),
            (3, "entry", "3 entries"),
        ];
        for (number, thing, expected) in cases {
            assert_eq!(counted(number, thing), expected);
        }
    }
}
