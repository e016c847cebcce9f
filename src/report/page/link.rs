//! Links from the page to articles, and to places within the page.

use std::path::{Component, Path};

/// The link from a page in `folder` to the file of an article: a relative
/// path, percent-encoded. Empty when the place is no file (standard input).
/// The number of a line behind the path is left out.
pub fn to_file(folder: &Path, place: &str) -> String {
    let path = match place.rsplit_once(':') {
        Some((path, line)) if !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit()) => path,
        _ => place,
    };
    if path.is_empty() || path == "-" || path == "stdin" {
        return String::new();
    }
    let (Ok(from), Ok(to)) = (std::path::absolute(folder), std::path::absolute(path)) else {
        return String::new();
    };
    let parts = |path: &Path| -> Vec<String> {
        path.components()
            .filter(|part| !matches!(part, Component::CurDir | Component::RootDir))
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect()
    };
    let (from, to) = (parts(&from), parts(&to));
    let shared = from.iter().zip(&to).take_while(|(one, two)| one == two).count();
    let mut steps = vec!["..".to_string(); from.len() - shared];
    steps.extend(to[shared..].iter().map(|part| encode(part)));
    // Never a bare name: "javascript:" must not open a link.
    format!("./{}", steps.join("/"))
}

/// Everything but letters, digits and `-._~` as percent signs.
pub fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(byte as char),
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_relative_and_harmless() {
        let folder = Path::new("reports/sample");
        let cases = [
            ("data/articles/a.md", "./../../data/articles/a.md"),
            ("data/all.jsonl:12", "./../../data/all.jsonl"),
            ("data/\"><img onerror=x>.md", "./../../data/%22%3E%3Cimg%20onerror%3Dx%3E.md"),
            ("javascript:alert(1)", "./../../javascript%3Aalert%281%29"),
            ("reports/sample/Статья.txt", "./%D0%A1%D1%82%D0%B0%D1%82%D1%8C%D1%8F.txt"),
            ("stdin:3", ""),
        ];
        for (place, expected) in cases {
            assert_eq!(to_file(folder, place), expected, "{place}");
        }
    }
}
