//! Options whose values are the words of a [`Choice`].

use crate::model::Choice;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

/// Reads a value by its word; help texts and error messages list all words.
pub fn choice<T: Choice>() -> impl TypedValueParser<Value = T> {
    let words = T::ALL.iter().map(|value| {
        let word = PossibleValue::new(value.as_str());
        if value.help().is_empty() { word } else { word.help(value.help()) }
    });
    PossibleValuesParser::new(words).try_map(|word| T::parse(&word))
}

/// The word of a value that was given.
pub fn word(value: Option<impl Choice>) -> Option<String> {
    value.map(|value| value.as_str().to_string())
}
