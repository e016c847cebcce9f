//! Errors of TOML files for people who do not know TOML: the line, its words, and what to do.

use crate::error::Error;

/// The line of a TOML error, counted from 1.
fn line(text: &str, cause: &toml::de::Error) -> usize {
    cause.span().map_or(1, |span| text.get(..span.start).unwrap_or("").matches('\n').count() + 1)
}

/// A mistake in a TOML file as an error with its line, the words of that line and what to
/// do. `example` says where to see how such a file is written.
pub fn mistake(place: &str, text: &str, cause: &toml::de::Error, example: &str) -> Error {
    let number = line(text, cause);
    let written = text.lines().nth(number - 1).unwrap_or("").trim();
    let short: String = written.chars().take(60).collect();
    let dots = if short.len() < written.len() { "…" } else { "" };
    let message = cause.message().replace('\n', "; ");
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let first = quoted.first().copied().unwrap_or("");
    let (what, remedy) = if message.starts_with("unknown field") {
        let known = &quoted[1..];
        let likely = nearest(first, known).map_or(String::new(), |key| format!("did you mean {key}? Or "));
        let remedy = format!("{likely}use one of {}, or take the line out", known.join(", "));
        (format!("'{first}' is not known here"), remedy)
    } else if message.starts_with("missing field") {
        (format!("'{first}' is missing"), format!("add it; {example}"))
    } else if message.starts_with("duplicate key") {
        ("this key is given twice".to_string(), "keep one of the two lines".to_string())
    } else if message.starts_with("invalid type") {
        let expected = message.rsplit_once("expected ").map_or("", |(_, expected)| expected);
        let (kind, written) = plain(expected);
        (format!("expected {kind}"), format!("write it like {written}"))
    } else if message.contains("string") {
        let remedy = "put words between two straight quotation marks, as in name = \"Ann Lind\"".to_string();
        ("a quotation mark is missing or does not belong here".to_string(), remedy)
    } else if message.starts_with("key with no value") {
        ("this line does not have the form key = value".to_string(), format!("write key = value; {example}"))
    } else if message.contains("date") || message.contains("leading zero") {
        let remedy = "write days as year-month-day, as in 2019-02-15, and no 0 in front of other numbers";
        ("this is neither a date that exists nor a number".to_string(), remedy.to_string())
    } else {
        (format!("this cannot be read: {message}"), example.to_string())
    };
    Error::input(format!("{place}:{number}"), format!("{what}, in: {short}{dots}"), remedy)
}

/// The known word that a slip of the pen most likely meant; None where no word is near.
fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let word = word.replace('_', "-").to_lowercase();
    let distance = |key: &&str| strsim::osa_distance(&word, key);
    let near = known.iter().copied().min_by_key(distance)?;
    (distance(&near) <= near.chars().count().div_ceil(3)).then_some(near)
}

/// A kind of value in plain words, and an example of it.
fn plain(expected: &str) -> (&str, &str) {
    match expected {
        "a sequence" => ("a list", "[\"one\", \"two\"]"),
        "f64" | "f32" | "i64" | "u64" => ("a number", "0.5"),
        "a string" => ("words", "\"in quotation marks\""),
        "a map" => ("a part of its own", "[name], with its keys on the lines below"),
        expected if expected.contains("datetime") => ("a day", "2019-02-15, without quotation marks"),
        expected if expected.starts_with("struct") => {
            ("a part of its own", "[[name]], with its keys on the lines below")
        }
        expected => (expected, "the example"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn explained(text: &str) -> String {
        #[derive(serde::Deserialize, Debug)]
        #[serde(deny_unknown_fields)]
        #[allow(dead_code)]
        struct File {
            name: String,
            weight: Option<f64>,
            all: Option<Vec<String>>,
        }
        let cause = toml::from_str::<File>(text).unwrap_err();
        mistake("x.toml", text, &cause, "see the example").to_string()
    }

    #[test]
    fn mistakes_are_explained_in_plain_words() {
        let cases = [
            (
                "nme = \"a\"\n",
                "x.toml:1: 'nme' is not known here, in: nme = \"a\"; did you mean name? Or use one of name, weight, all, or take the line out",
            ),
            (
                "\nname = \"a\n",
                "x.toml:2: a quotation mark is missing or does not belong here, in: name = \"a; put words",
            ),
            (
                "name = \"a\"\nweight = \"much\"\n",
                "x.toml:2: expected a number, in: weight = \"much\"; write it like 0.5",
            ),
            (
                "name = \"a\"\nall = \"b\"\n",
                "x.toml:2: expected a list, in: all = \"b\"; write it like [\"one\", \"two\"]",
            ),
            ("name = \"a\"\nname = \"b\"\n", "x.toml:2: this key is given twice, in: name = \"b\"; keep one"),
            ("weight = 1.0\n", "'name' is missing"),
            (
                "Ann Lind\n",
                "x.toml:1: this line does not have the form key = value, in: Ann Lind; write key = value; see the example",
            ),
        ];
        for (text, expected) in cases {
            assert!(explained(text).contains(expected), "{}\nwanted: {expected}", explained(text));
        }
    }
}
