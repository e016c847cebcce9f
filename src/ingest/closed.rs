//! Closed sets of words in data files (classes, kinds, roles, genders): a word that is not
//! in the set is an error that names the set.

/// The value of a word among named choices. `what` says what the word is, for the message.
///
/// # Errors
/// Message and remedy, for a word that is none of the choices. A choice that is the empty
/// word stands for an empty cell.
pub fn word<T: Copy>(what: &str, word: &str, choices: &[(T, &str)]) -> Result<T, (String, String)> {
    if let Some((value, _)) = choices.iter().find(|(_, known)| *known == word) {
        return Ok(*value);
    }
    let known: Vec<&str> =
        choices.iter().map(|(_, known)| *known).filter(|known| !known.is_empty()).collect();
    let or_empty = if known.len() < choices.len() { ", or leave it empty" } else { "" };
    Err((format!("{what} '{word}' is not known"), format!("use one of {}{or_empty}", known.join(", "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_word_is_refused_with_the_known_ones() {
        let choices = [(1, "one"), (2, "two"), (0, "")];
        assert_eq!(word("number", "two", &choices), Ok(2));
        assert_eq!(word("number", "", &choices), Ok(0));
        let (message, remedy) = word("number", "tow", &choices).unwrap_err();
        assert_eq!(message, "number 'tow' is not known");
        assert_eq!(remedy, "use one of one, two, or leave it empty");
        assert_eq!(word("number", "tow", &choices[..1]).unwrap_err().1, "use one of one");
    }
}
